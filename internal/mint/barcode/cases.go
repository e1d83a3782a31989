package barcode

import (
	"bytes"
	"time"
	"unicode/utf8"

	"github.com/travelseal/travelseal/internal/mint"
)

// A specimen is a case before it is built.
type specimen struct {
	name, about string
	doc         VDS
	want        mint.Want
}

// VDSCases lists the documents of testdata/vds: first those that must be accepted, then those that must not.
func VDSCases() []mint.Case {
	ut := Utopia()
	var cases []mint.Case
	for _, s := range append(goodSeals(ut), append(badSeals(ut), badContents(ut)...)...) {
		cases = append(cases, mint.Case{Name: s.name, About: s.about, Text: string(s.doc.Build()), Want: s.want})
	}
	return cases
}

func goodSeals(ut State) []specimen {
	accept := mint.Want{Status: "authentic", Verdict: "accept"}
	long := Permit(ut.P256)
	return []specimen{
		{"visa", "A visa of the small size, signed on P-256.", Visa(ut.P256), accept},
		{"visa-large", "A visa of the large size, signed on P-384 over SHA-384.", LargeVisa(ut.P384), accept},
		{"visa-p521", "Signed on P-521 over SHA-512: the length of the signature takes two bytes.", Visa(ut.P521), accept},
		{"emergency", "An emergency travel document, signed on brainpoolP256r1.", Emergency(ut.Brainpool256), accept},
		{"permit", "A residence permit, signed on brainpoolP384r1 by a signer whose number is FF.", Permit(ut.Brainpool384), accept},
		{"sheet", "A supplementary sheet, signed on brainpoolP224r1 over SHA-224.", Sheet(ut.Brainpool224), accept},
		{"insurance", "A social insurance card, signed on brainpoolP512r1, with a certificate reference of ten characters.", Insurance(ut.Brainpool512), accept},
		{"arrival", "An arrival attestation in version 3, of a person with one name.", Arrival(ut.Brainpool256), accept},
		{"arrival-fixed", "An arrival attestation that says version 4 and is laid out as version 3.",
			Arrival(ut.Brainpool256).But(func(v *VDS) { v.Version, v.Fixed = 3, true }), accept},
		{"sticker", "An address sticker, by a signer that may seal nothing else.", Sticker(ut.Stickers), accept},
		{"bare-signer", "By a signer whose certificate has no usage, and which the relying party has chosen.", Visa(ut.Bare), accept},
		{"journey", "A document of one issuer in version 1.", Journey(ut.P256).But(func(v *VDS) { v.Version = 0 }), accept},
		{"school", "A length of 128 in one byte.", School(ut.P256).But(func(v *VDS) { v.RawLengths, v.Version = true, 1 }), accept},
		{"test", "A certificate of a supervised test.", Tested(ut.P256), accept},
		{"emergency-face", "An emergency travel document with a template of a face.", Portrayed(ut.Brainpool256), accept},
		{"school-der", "The same in two bytes.", School(ut.P256), accept},
		{"reference-zeros", "The certificate reference with zeros before it.", Visa(ut.P256).But(func(v *VDS) { v.Reference = "00027" }), accept},
		{"further-feature", "A feature that the visa's table does not have.", long.With(0x70, []byte{1, 2, 3}), accept},
		{"as-text", "The bytes as characters of ISO 8859-1, in UTF-8.", Visa(ut.P256).Hooked(VDSHooks{Whole: AsText}), accept},
	}
}

// AsText writes bytes as characters of ISO 8859-1 in UTF-8.
func AsText(b []byte) []byte {
	var out []byte
	for _, c := range b {
		out = utf8.AppendRune(out, rune(c))
	}
	return out
}

func badSeals(ut State) []specimen {
	visa := Visa(ut.P256)
	mismatch, untrusted := mint.Want{Status: "invalid", Verdict: "reject", Code: "seal.mismatch"}, func(code string) mint.Want {
		return mint.Want{Status: "untrusted", Verdict: "refer", Code: code}
	}
	signed := func(f func([]byte) []byte) VDS { return visa.Hooked(VDSHooks{Signature: f}) }
	return []specimen{
		{"forged", "Signed with a key of the forger's own, under the name of a trusted signer.",
			visa.But(func(v *VDS) { v.Signer = Fresh(ut.P256) }), mismatch},
		{"altered", "The duration of stay was changed after signing.", visa.Hooked(VDSHooks{Whole: func(b []byte) []byte {
			return bytes.Replace(b, []byte{0x04, 3, 90, 0, 0}, []byte{0x04, 3, 0, 0, 9}, 1)
		}}), mismatch},
		{"swapped", "r and s exchanged.", signed(swapped), mismatch},
		{"zero", "r and s are zero.", signed(func(raw []byte) []byte { return make([]byte, len(raw)) }), mismatch},
		{"short", "A signature of 63 bytes.", signed(func(raw []byte) []byte { return raw[:63] }), mismatch},
		{"empty", "A signature of no bytes.", signed(func([]byte) []byte { return nil }), mismatch},
		{"der", "The signature in ASN.1.", signed(AsDER), mismatch},
		{"stripped", "There is no signature.", visa.But(func(v *VDS) { v.Signer = nil }), mint.Want{Status: "unsealed", Verdict: "refer", Code: "seal.none"}},
		{"unknown-signer", "A signer that no trust list has.", visa.But(func(v *VDS) { v.Reference = "99" }), untrusted("seal.signer_unknown")},
		{"country", "The seal says that another state issued the visa than its signer's.", visa.But(func(v *VDS) { v.State = "AUS" }), untrusted("seal.country")},
		{"document-type", "A visa by a signer whose certificate is for stickers.", Visa(ut.Stickers), untrusted("seal.wrong_use")},
		{"vds-nc-signer", "A visa by a signer whose certificate is for another kind of seal.", Visa(ut.Chips), untrusted("seal.out_of_scope")},
		{"authority", "Signed by a certificate authority itself.", Visa(ut.Authority), untrusted("seal.wrong_role")},
		{"outside-validity", "Signed a year after the time in which the signer's key signs.",
			Visa(ut.Past).But(func(v *VDS) { v.Created = v.Created.AddDate(0, 1, 0) }),
			mint.Want{Status: "authentic", Verdict: "refer", Code: "seal.outside_validity"}},
	}
}

func badContents(ut State) []specimen {
	visa := Visa(ut.P256)
	schema := mint.Want{Status: "authentic", Verdict: "refer", Code: "content.schema"}
	sealed := func(code string) mint.Want { return mint.Want{Status: "authentic", Verdict: "reject", Code: code} }
	unreadable := func(code string) mint.Want { return mint.Want{Status: "unreadable", Verdict: "refer", Code: code} }
	message := func(f func([]byte) []byte) VDS { return visa.Hooked(VDSHooks{Message: f}) }
	header := func(f func([]byte) []byte) VDS { return visa.Hooked(VDSHooks{Header: f}) }
	return []specimen{
		{"kind", "A kind of document that is not known.", visa.But(func(v *VDS) { v.Kind = [2]byte{0x11, 0x05} }), schema},
		{"feature-missing", "The duration of stay is missing.", visa.Without(0x04), schema},
		{"kind-unknown-signer", "A kind of document that is not known, by a signer that no trust list has.",
			visa.But(func(v *VDS) { v.Kind, v.Reference = [2]byte{0x11, 0x05}, "99" }), mint.Want{Status: "untrusted", Verdict: "refer", Code: "content.schema"}},
		{"zone-missing", "There is no machine readable zone.", visa.Without(0x02), schema},
		{"feature-length", "A passport number that is too short.", visa.With(0x05, mint.C40("UT7")), schema},
		{"feature-c40", "A passport number that is not C40.", visa.With(0x05, make([]byte, 6)), schema},
		{"state", "No state has the code.", visa.But(func(v *VDS) { v.State = "UTX" }), mint.Want{Status: "untrusted", Verdict: "refer", Code: "seal.country"}},
		{"expired", "A document that was valid until the end of September 2026.", Journey(ut.P256).With(0x09, mint.SealDate(2026, 9, 30)), sealed("time.expired")},
		{"not-yet-signed", "Signed in 2058.", visa.But(func(v *VDS) { v.Created = time.Date(2058, 1, 1, 0, 0, 0, 0, time.UTC) }), sealed("time.not_yet_valid")},
		{"not-yet-issued", "To be issued in 2058.", visa.But(func(v *VDS) { v.Issued = time.Date(2058, 1, 1, 0, 0, 0, 0, time.UTC) }), sealed("time.not_yet_valid")},
		{"version", "Version 5.", visa.But(func(v *VDS) { v.Version = 4 }), unreadable("decode.version")},
		{"date", "The thirtieth of February.", header(func(b []byte) []byte { copy(b[len(b)-5:], mint.SealDate(2026, 2, 30)); return b }), unreadable("decode.payload")},
		{"reference-length", "The certificate reference is longer than the seal.", header(func(b []byte) []byte {
			copy(b[4:], mint.C40("UTS1FF"))
			return b
		}), unreadable("decode.truncated")},
		{"reference-blank", "A blank in the certificate reference.", visa.But(func(v *VDS) { v.Reference = "2 7" }), unreadable("decode.payload")},
		{"feature-twice", "The passport number is there twice.", message(func(b []byte) []byte {
			return append(b, append([]byte{0x05, 6}, mint.C40("UT7042681")...)...)
		}), unreadable("decode.payload")},
		{"no-feature", "There is no feature.", message(func([]byte) []byte { return nil }), unreadable("decode.payload")},
		{"length", "A length that takes four bytes.", message(func(b []byte) []byte { return append(b, 0x70, 0x84, 0, 0, 0, 1, 0) }), unreadable("decode.noncanonical")},
		{"trailing", "A feature behind the signature.", visa.Hooked(VDSHooks{Whole: func(b []byte) []byte { return append(b, 0x70, 1, 'A') }}), unreadable("decode.trailing")},
		{"truncated", "The last part of the seal is missing.", visa.Hooked(VDSHooks{Whole: func(b []byte) []byte { return b[:len(b)/2] }}), unreadable("decode.truncated")},
	}
}
