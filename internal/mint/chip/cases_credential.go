package chip

import (
	"slices"
	"strings"

	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/internal/mint/der"
	"github.com/travelseal/travelseal/internal/mint/pki"
)

// A CredentialCase is one credential of testdata/dtc, with what must be said of it where a Case is judged.
type CredentialCase struct {
	Name       string // of the file, without its ending
	About      string
	Credential Credential
	Want       mint.Want
}

// CredentialCases lists the credentials of testdata/dtc: first those that must be accepted, then those that must not.
func CredentialCases() []CredentialCase {
	return slices.Concat(goodCredentials(), copiedCredentials(), deviceCredentials(), brokenCredentials())
}

func goodCredentials() []CredentialCase {
	good := Good()
	return []CredentialCase{
		{"passport", "A passport's zone, face and seal, bound to the passport (type 1).", CredentialOf(good), accept},
		{"card-brainpool", "An identity card's, with all else that it holds: Brainpool curves, version 1, a name in Thai.",
			CredentialOf(GoodBrainpool()), accept},
		{"passport-ber", "A passport's whose sealed message is in BER; the credential itself is in DER.", CredentialOf(GoodBER()), tolerated},
		{"fingerprints-left-out", "The issuer sealed fingerprints, and the credential is without them.",
			CredentialOf(good.With(3, Prints(3, "maren")).WithoutDG(3)), tolerated},
		{"sod-bare", "The sealed message without the tag of an EF.SOD.", CredentialOf(good.Unwrapped()), tolerated},
	}
}

// copiedCredentials hold what is wrong on a chip too.
func copiedCredentials() []CredentialCase {
	good, ut := Good(), Utopia()
	authentic := func(code string) mint.Want { return mint.Want{Status: "authentic", Verdict: "refer", Code: code} }
	missing := mint.Want{Status: "indeterminate", Verdict: "refer", Code: "part.missing"}
	nobody := mint.Want{Status: "unsealed", Verdict: "refer", Code: "seal.none"}
	swap := func(s string) string { return strings.Replace(s, "MAREN", "KAREN", 1) }
	expired := mint.Maren.Passport("UT0017243", "F")
	expired.Expires = "260520"
	tobias := Of(mint.Tobias.Passport("UT0017244", "M").TD3(), "tobias", ut.DSC)
	attributes := good.Signing(func(s *pki.SignerInfo) {
		s.Signature = func(b []byte) []byte { return append(b[:len(b)-1], b[len(b)-1]^1) }
	})
	of := func(name, about string, c Chip, want mint.Want) CredentialCase {
		return CredentialCase{name, about, CredentialOf(c), want}
	}
	return []CredentialCase{
		of("dg1-altered", "One letter of the name in the zone was changed after sealing.",
			good.After(func(f map[string][]byte) { f["DG1"] = []byte(swap(string(f["DG1"]))) }), altered),
		of("dg2-exchanged", "The face is that of another person.", good.Put(2, Face("another")), altered),
		of("sod-other", "The seal is that of another passport of the same signer.",
			good.PutFile("EF.SOD", tobias.Files()["EF.SOD"]), altered),
		of("dg1-missing", "There is no zone.", good.WithoutDG(1), missing),
		of("dg2-missing", "There is no face.", good.WithoutDG(2), authentic("part.missing")),
		of("dg11-injected", "Personal details that the seal does not name.", good.Inject(11, DG11(Detail{Name: "KAREN"})),
			authentic("part.unsealed")),
		of("sod-missing", "There is no seal.", good.WithoutFile("EF.SOD"), nobody),
		of("sod-empty", "The seal has no bytes.", good.PutFile("EF.SOD", nil), cut),
		of("sod-and-dg1-missing", "There is a face alone.", good.WithoutFile("EF.SOD").WithoutDG(1), envelope),
		of("signature-altered", "One bit of the signature is the other way round.", attributes, mismatch),
		of("stranger", "Sealed under an authority that is not known.", good.ResignedBy(Rogue().Issue("DS UT 9", pki.DSC())), unknown),
		of("dtc-signer", "The EF.SOD is sealed by a signer of credentials.",
			good.ResignedBy(ut.CSCA.Issue("DTC UT 1", pki.DTCSigner())), wrongUse),
		of("padding", "Zeros after the end of the EF.SOD, which credentials have no reason for.",
			good.SOD(func(b []byte) []byte { return append(b, 0, 0) }), trailing),
		of("expired", "The passport expired in May 2026.", good.With(1, DG1(expired.TD3())),
			mint.Want{Status: "authentic", Verdict: "reject", Code: "time.expired"}),
	}
}

// deviceCredentials hold something for a device that they are bound to.
func deviceCredentials() []CredentialCase {
	good := CredentialOf(Good())
	unchecked := mint.Want{Status: "indeterminate", Verdict: "refer", Code: "seal.unsupported"}
	halved := mint.Want{Status: "authentic", Verdict: "refer", Code: "content.schema"}
	return []CredentialCase{
		{"for-device", "Bound to a passport and a device (type 2).", good.ForDevice(), unchecked},
		{"for-device-alone", "Bound to a device alone (type 3).", CredentialOf(Good().WithoutFile("EF.SOD")).ForDevice(), unchecked},
		{"for-device-others", "Bound to a passport and a device, with something for the State itself.",
			good.With(Security(), OtherInfos()).Behind(TBS(3), SignerInfo()), unchecked},
		{"for-device-unsigned", "Something of a device, and no signature over it.", good.With(Security()).Behind(TBS(3)), halved},
		{"for-device-unlisted", "Something of a device and a signature, and no list of what is signed.",
			good.With(Security()).Behind(SignerInfo()), unchecked},
		{"others-alone", "Something for the State itself, and nothing of a device.", good.With(OtherInfos()), halved},
		{"few-values", "A list of two values to be signed, where three are the least.", good.With(Security()).Behind(TBS(2), SignerInfo()), payload},
		{"many-values", "A list of 32 values to be signed.", good.With(Security()).Behind(TBS(32), SignerInfo()), tooLarge},
	}
}

// brokenCredentials are wrong in their structure.
func brokenCredentials() []CredentialCase {
	good := Good()
	credential := func(change func(*Credential)) Credential {
		c := CredentialOf(good)
		change(&c)
		return c
	}
	data := func(change func([]der.Value) []der.Value) Credential {
		return credential(func(c *Credential) { c.Data = change })
	}
	loose := func(change func(der.TLV) der.Value) Credential {
		return credential(func(c *Credential) { c.Loose = change })
	}
	version := func(v der.Value) Credential { return credential(func(c *Credential) { c.Version = v }) }
	unknown := mint.Want{Status: "unreadable", Verdict: "refer", Code: "decode.version"}
	twice := mint.Want{Status: "unreadable", Verdict: "refer", Code: "decode.ambiguous"}
	notDER := mint.Want{Status: "unreadable", Verdict: "refer", Code: "decode.noncanonical"}
	strange := mint.Want{Status: "authentic", Verdict: "refer", Code: "part.unsealed"}
	return []CredentialCase{
		{"version-0", "Version 0.", version(der.Int(0)), unknown},
		{"version-2", "Version 2, of which nothing is known.", version(der.Int(2)), unknown},
		{"version-padded", "Version 1 with a zero before it.", version(der.IntBytes(0, 1)), notDER},
		{"element-17", "An element that version 1 does not name.", CredentialOf(good).With(der.Implicit(17, []byte("UT"))), strange},
		{"dg1-twice", "The zone is there twice.", data(func(list []der.Value) []der.Value {
			return slices.Insert(list, 1, list[1])
		}), twice},
		{"dg2-first", "The face stands before the zone.", data(func(list []der.Value) []der.Value {
			list[1], list[2] = list[2], list[1]
			return list
		}), payload},
		{"element-universal", "An element without a tag of its own.", CredentialOf(good).With(der.Octets([]byte("UT"))), payload},
		{"trailing-file", "A byte after the end.", loose(func(v der.TLV) der.Value { return der.Trailing(v, 0) }), trailing},
		{"trailing-element", "An element after the last.", CredentialOf(good).Behind(der.Null()), trailing},
		{"indefinite", "The length is not stated, as BER permits.", loose(func(v der.TLV) der.Value { return der.Indefinite(v) }), notDER},
		{"padded-length", "The length has more bytes than it needs.", loose(func(v der.TLV) der.Value { return der.Padded(v, 1) }), notDER},
		{"sod-in-pieces", "The seal is in pieces, as BER permits.", data(func(list []der.Value) []der.Value {
			list[0] = der.Explicit(0, der.Octets(good.Files()["EF.SOD"][:100]), der.Octets(good.Files()["EF.SOD"][100:]))
			return list
		}), notDER},
		{"truncated", "The last hundred bytes are missing.", loose(func(v der.TLV) der.Value {
			b := v.Encode()
			return der.Raw(b[:len(b)-100])
		}), cut},
		{"length-bomb", "A length of two thousand million.", loose(func(v der.TLV) der.Value { return der.Claiming(v, 0x7fffffff) }), cut},
	}
}
