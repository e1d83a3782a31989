package verify

// A Status says how far one document is proved. The zero Status is Indeterminate.
type Status int

const (
	// Indeterminate means that something needed for a decision could not be checked.
	Indeterminate Status = iota
	// Unreadable means that the bytes are no document that is known here, or a damaged one.
	Unreadable
	// Unsealed means that the document carries no signature of an issuer.
	Unsealed
	// Untrusted means that there is a signature, but none that a key on the trust list is known to have made for this use.
	Untrusted
	// Invalid means that the document is disproved: a signature of an identified signer fails, a sealed digest differs, or
	// the issuer has revoked it.
	Invalid
	// Authentic means that a trusted issuer has sealed exactly this content.
	Authentic
)

var statusNames = [...]string{"indeterminate", "unreadable", "unsealed", "untrusted", "invalid", "authentic"}

func (s Status) String() string               { return name(statusNames[:], int(s)) }
func (s Status) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// A Verdict says what to do. The zero Verdict is Refer: a person must look.
type Verdict int

const (
	Refer Verdict = iota
	Reject
	Accept
)

var verdictNames = [...]string{"refer", "reject", "accept"}

func (v Verdict) String() string               { return name(verdictNames[:], int(v)) }
func (v Verdict) MarshalText() ([]byte, error) { return []byte(v.String()), nil }

// worse gives the verdict that binds when two are joined: reject before refer before accept.
func worse(a, b Verdict) Verdict {
	rank := [...]int{Refer: 1, Reject: 2, Accept: 0}
	if rank[a] >= rank[b] {
		return a
	}
	return b
}

// An Effect says what a Finding does to the verdict. The zero Effect informs.
type Effect int

const (
	// Inform tells and changes nothing.
	Inform Effect = iota
	// Protect offers help to the traveller. It is never adverse and comes first in every output.
	Protect
	// Doubt turns Accept into Refer.
	Doubt
	// Disqualify turns an authentic document into Reject.
	Disqualify
)

var effectNames = [...]string{"inform", "protect", "doubt", "disqualify"}

func (e Effect) String() string               { return name(effectNames[:], int(e)) }
func (e Effect) MarshalText() ([]byte, error) { return []byte(e.String()), nil }

// ParseEffect gives the effect of a name that String prints.
func ParseEffect(s string) (Effect, bool) {
	for i, n := range effectNames {
		if n == s {
			return Effect(i), true
		}
	}
	return 0, false
}

// A SealState says what came of checking one signature. The zero state is that it was not checked.
type SealState int

const (
	// NotChecked means that the signature must not or cannot be checked; a finding says why.
	NotChecked SealState = iota
	// UnknownSigner means that the trust list has no key for the signer that the document names.
	UnknownSigner
	// NoKeyMatches means that keys of that name exist, but none made the signature, and none is proved to be the signer's.
	NoKeyMatches
	// Fails means that the signature is not one of the identified signer over these bytes.
	Fails
	// Holds means that a key of the trust list made the signature over exactly these bytes.
	Holds
)

var sealStateNames = [...]string{"not checked", "unknown signer", "no key matches", "fails", "holds"}

func (s SealState) String() string               { return name(sealStateNames[:], int(s)) }
func (s SealState) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

func name(names []string, i int) string {
	if i < 0 || i >= len(names) {
		return "unknown"
	}
	return names[i]
}
