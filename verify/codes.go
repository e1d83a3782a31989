package verify

import "slices"

// A Code names one kind of finding. Codes are an interface: they are never removed and never change their meaning.
type Code string

// An Explanation is what a Code stands for.
type Explanation struct {
	Code   Code
	Effect Effect // unless a policy says otherwise
	Text   string // one sentence for an officer
	Cite   string // what it rests on
	Next   string // the next step
	Limits string // what it does not mean
}

type entry struct {
	effect                   Effect
	text, cite, next, limits string
}

// Codes lists every code in alphabetical order.
func Codes() []Code {
	codes := make([]Code, 0, len(table))
	for c := range table {
		codes = append(codes, c)
	}
	slices.Sort(codes)
	return codes
}

// Explain gives the sentence, citation, next step and limits of a code.
func Explain(c Code) (Explanation, bool) {
	e, ok := table[c]
	return Explanation{Code: c, Effect: e.effect, Text: e.text, Cite: e.cite, Next: e.next, Limits: e.limits}, ok
}

// Known reports whether a code exists.
func Known(c Code) bool {
	_, ok := table[c]
	return ok
}

// The codes that this package gives. Codes of inputs and of decoding are listed with their sentences in the tables.
const (
	SealNone            Code = "seal.none"
	SealNotOfKind       Code = "seal.not_of_this_kind"
	SealMismatch        Code = "seal.mismatch"
	SealSoundUnknown    Code = "seal.sound_signer_unknown"
	SealUnsound         Code = "seal.unsound"
	SealSignerUnknown   Code = "seal.signer_unknown"
	SealNoKeyMatches    Code = "seal.no_key_matches"
	SealWrongKeyType    Code = "seal.wrong_key_type"
	SealUnsupported     Code = "seal.unsupported"
	SealHeader          Code = "seal.header"
	SealOutOfScope      Code = "seal.out_of_scope"
	SealWrongUse        Code = "seal.wrong_use"
	SealWrongRole       Code = "seal.wrong_role"
	SealCountry         Code = "seal.country"
	SealSignerExpired   Code = "seal.signer_expired"
	SealOutsideValidity Code = "seal.outside_validity"
	SealOutlivesSigner  Code = "seal.outlives_signer"
	SealSignerRevoked   Code = "seal.signer_revoked"
	SealSignerWithdrawn Code = "seal.signer_withdrawn"
	SealAbuseWindow     Code = "seal.abuse_window"
	SealChain           Code = "seal.chain"
	SealWeakHash        Code = "seal.weak_hash"
	SealNullOmitted     Code = "seal.null_omitted"
	SealCertificate     Code = "seal.certificate_deviates"

	PartUnsealed       Code = "part.unsealed"
	PartMissing        Code = "part.missing"
	PartDigestMismatch Code = "part.digest_mismatch"

	CheckMismatch  Code = "check.mismatch"
	ContentSchema  Code = "content.schema"
	ContentHidden  Code = "content.hidden_characters"
	DecodeTolerant Code = "decode.tolerated"
	DecodeDoubtful Code = "decode.doubtful"

	TimeExpired      Code = "time.expired"
	TimeNotYetValid  Code = "time.not_yet_valid"
	TimeNoExpiry     Code = "time.no_expiry"
	TimeListStale    Code = "time.list_stale"
	TimeClock        Code = "time.clock"
	TimeSelfDeclared Code = "time.self_declared"

	TrustUndated    Code = "trust.undated"
	TrustEmpty      Code = "trust.empty"
	TrustExpired    Code = "trust.expired"
	TrustStateReset Code = "trust.state_reset"

	DocRevoked              Code = "doc.revoked"
	DocAbuseListed          Code = "doc.abuse_listed"
	DocSeveralPeople        Code = "doc.several_people"
	DocNotResolved          Code = "doc.not_resolved"
	RevocationNotConfigured Code = "revocation.not_configured"
	RevocationUnavailable   Code = "revocation.unavailable"
	HolderNotProven         Code = "holder.not_proven"
	HolderDeviceProven      Code = "holder.device_proven"
	HolderDeviceMismatch    Code = "holder.device_mismatch"
	ChipNotProven           Code = "chip.not_proven"
	ChipNotPresented        Code = "chip.not_presented"

	PolicyFormatRefused Code = "policy.format_refused"
	PolicyClaimMissing  Code = "policy.claim_missing"
	PolicyKeyUnvouched  Code = "policy.key_unvouched"

	RunCancelled Code = "run.cancelled"
)
