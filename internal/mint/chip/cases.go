package chip

import (
	"crypto"
	"slices"
	"time"

	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/internal/mint/der"
	"github.com/travelseal/travelseal/internal/mint/pki"
)

// A Case is one chip of testdata/emrtd, with what must be said of it at mint.AsOf when the CSCAs of Utopia are trusted and the
// policy and the rules are the default ones.
type Case struct {
	Name  string // of the folder with its files
	About string // what the chip is, in a sentence
	Chip  Chip
	Want  mint.Want
}

// Cases lists the chips of testdata/emrtd: first those that must be accepted, then those that must not.
func Cases() []Case {
	return slices.Concat(
		goodCases(), fileCases(), listCases(), messageCases(), signatureCases(), bytesCases(),
		signerCases(), certificateCases(), timeCases(),
	)
}

// The outcomes. A seal that its own header forbids to check is indeterminate, and a certificate that cannot be used leads
// nowhere, whatever is wrong with it.
var (
	accept     = mint.Want{Status: "authentic", Verdict: "accept"}
	tolerated  = mint.Want{Status: "authentic", Verdict: "accept", Code: "decode.tolerated"}
	mismatch   = mint.Want{Status: "invalid", Verdict: "reject", Code: "seal.mismatch"}
	altered    = mint.Want{Status: "invalid", Verdict: "reject", Code: "part.digest_mismatch"}
	envelope   = mint.Want{Status: "unreadable", Verdict: "refer", Code: "decode.envelope"}
	payload    = mint.Want{Status: "unreadable", Verdict: "refer", Code: "decode.payload"}
	trailing   = mint.Want{Status: "unreadable", Verdict: "refer", Code: "decode.trailing"}
	cut        = mint.Want{Status: "unreadable", Verdict: "refer", Code: "decode.truncated"}
	header     = mint.Want{Status: "indeterminate", Verdict: "refer", Code: "seal.header"}
	tooLarge   = mint.Want{Status: "unreadable", Verdict: "refer", Code: "decode.limit"}
	unknown    = mint.Want{Status: "untrusted", Verdict: "refer", Code: "seal.signer_unknown"}
	otherScope = mint.Want{Status: "untrusted", Verdict: "refer", Code: "seal.out_of_scope"}
	noChain    = mint.Want{Status: "untrusted", Verdict: "refer", Code: "seal.chain"}
	wrongUse   = mint.Want{Status: "untrusted", Verdict: "refer", Code: "seal.wrong_use"}
	wrongRole  = mint.Want{Status: "untrusted", Verdict: "refer", Code: "seal.wrong_role"}
	wrongState = mint.Want{Status: "untrusted", Verdict: "refer", Code: "seal.country"}
)

func goodCases() []Case {
	good, ut := Good(), Utopia()
	noNull := pki.PKCS1NoNull(crypto.SHA256)
	salt := pki.PSSWith(pki.PSS{Hash: crypto.SHA256, MGF: crypto.SHA256, Salt: 20, Trailer: 1})
	signed := func(change func(*pki.SignerInfo)) Chip { return good.Signing(change) }
	return []Case{
		{"passport", "A passport: ECDSA on P-256, version 0 of the security object.", good, accept},
		{"card-brainpool", "An identity card: a Brainpool curve with explicit parameters, version 1, and a name in Thai.",
			GoodBrainpool(), accept},
		{"passport-pss", "A passport with RSASSA-PSS throughout.", GoodPSS(), accept},
		{"passport-ber", "A passport whose message is in BER, with indefinite lengths and the content in pieces; PKCS #1 v1.5.",
			GoodBER(), accept},
		{"sha1", "The hashes of the groups and of the message are SHA-1, as in many a passport in use.",
			good.Hashed(crypto.SHA1), accept},
		{"lds-sha512", "The groups are hashed by SHA-512, the message by SHA-256.",
			good.Listed(func(l *LDS) { l.Hash = crypto.SHA512 }), accept},
		{"no-signing-time", "The message does not say when it was signed.",
			signed(func(s *pki.SignerInfo) { s.Time = time.Time{} }), accept},
		{"key-identifier", "The message names its signer by the key identifier.",
			signed(func(s *pki.SignerInfo) { s.SID = pki.ByKeyID(s.By.KeyID) }), accept},
		{"attributes-reordered", "The signed attributes stand in another order than that of DER.",
			signed(func(s *pki.SignerInfo) { s.Reordered = true }), accept},
		{"attribute-unknown", "A signed attribute that nobody knows.",
			signed(func(s *pki.SignerInfo) { s.Attributes = pki.Valued(pki.OIDUnknown, der.Null()) }), accept},
		{"digest-info", "The DigestInfo of PKCS #1 without NULL.",
			Good().ResignedBy(ut.DSCRSA).Signing(func(s *pki.SignerInfo) { s.Algorithm = &noNull }), accept},
		{"pss-salt-20", "RSASSA-PSS with a salt of 20 bytes, stated so.",
			GoodPSS().Signing(func(s *pki.SignerInfo) { s.Algorithm = &salt }), accept},
		{"no-com", "There is no EF.COM, as LDS 1.8 permits.", good.WithoutFile("EF.COM"), accept},
		{"com-disagrees", "The EF.COM names a group that the seal does not name; the seal counts.",
			good.PutFile("EF.COM", COM("0107", "040000", 1, 2, 3)), accept},
		{"padding", "Zeros after the end of the EF.SOD, as chips give them that are read in blocks.",
			good.SOD(func(b []byte) []byte { return append(b, make([]byte, 16)...) }), accept},
	}
}
