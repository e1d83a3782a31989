package barcode

import (
	"bytes"
	"strings"
	"time"

	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/internal/mint/pki"
)

// An idbSpecimen is a case before it is built.
type idbSpecimen struct {
	name, about string
	doc         IDB
	want        mint.Want
}

// IDBCases lists the documents of testdata/idb: first those that must be accepted, then those that must not.
func IDBCases() []mint.Case {
	ut := Utopia()
	var cases []mint.Case
	for _, s := range append(goodIDBs(ut), append(badIDBs(ut), brokenIDBs(ut)...)...) {
		cases = append(cases, mint.Case{Name: s.name, About: s.about, Text: s.doc.Build(), Want: s.want, Picture: s.name == "card"})
	}
	return cases
}

func goodIDBs(ut State) []idbSpecimen {
	accept := mint.Want{Status: "authentic", Verdict: "accept"}
	return []idbSpecimen{
		{"card", "The seal on an identity card, signed on P-256.", Card(ut.P256), accept},
		{"card-zipped", "The same, compressed.", Card(ut.P256).But(func(d *IDB) { d.Zipped = true }), accept},
		{"card-masked-date", "The date of signing has a mask.", Card(ut.P256).But(func(d *IDB) { d.Masked = true }), accept},
		{"card-early", "With the identifier of a draft.", Card(ut.P256).But(func(d *IDB) { d.Identifier = "NDB1" }), accept},
		{"passport", "The seal on a passport, signed on brainpoolP384r1 over SHA-384.", Passport(ut.Brainpool384).But(func(d *IDB) { d.Algorithm = 2 }), accept},
		{"passport-p521", "Signed on P-521 over SHA-512.", Passport(ut.P521).But(func(d *IDB) { d.Algorithm = 3 }), accept},
		{"emergency", "The seal on an emergency travel document, signed on brainpoolP256r1.", Paper(ut.Brainpool256), accept},
		{"visa", "The seal on a visa.", VisaSticker(ut.P256), accept},
		{"certificate", "With the signer's certificate.", Card(ut.P256).But(func(d *IDB) { d.WithCert = true }), accept},
	}
}

func badIDBs(ut State) []idbSpecimen {
	card := Card(ut.P256)
	mismatch, untrusted := mint.Want{Status: "invalid", Verdict: "reject", Code: "seal.mismatch"}, func(code string) mint.Want {
		return mint.Want{Status: "untrusted", Verdict: "refer", Code: code}
	}
	signed := func(f func([]byte) []byte) IDB { return card.Hooked(IDBHooks{Signature: f}) }
	stranger := pki.NewCSCA("stranger", pki.CSCA()).Issue("S9", Signer("UT", "S9", 9))
	return []idbSpecimen{
		{"forged", "Signed with a key of the forger's own, under the reference of a trusted certificate.",
			card.But(func(d *IDB) { d.Signer = Fresh(ut.P256) }), mismatch},
		{"altered", "The card access number was changed after signing.", card.Hooked(IDBHooks{Payload: func(b []byte) []byte {
			return bytes.Replace(b, mint.C40("156782"), mint.C40("156783"), 1)
		}}), mismatch},
		{"swapped", "r and s exchanged.", signed(swapped), mismatch},
		{"short", "A signature of 63 bytes.", signed(func(raw []byte) []byte { return raw[:63] }), mismatch},
		{"empty", "A signature of no bytes.", signed(func([]byte) []byte { return nil }), mismatch},
		{"der", "The signature in ASN.1.", signed(AsDER), mismatch},
		{"other-hash", "The header names SHA-384, and the signature is over SHA-256.",
			card.Hooked(IDBHooks{Payload: func(b []byte) []byte { b[2] = 2; return b }}), mismatch},
		{"unsigned", "There is no signature, and the letter says so.", card.But(func(d *IDB) { d.Signer = nil }),
			mint.Want{Status: "unsealed", Verdict: "refer", Code: "seal.none"}},
		{"stripped", "There is no signature, and the letter says that there is one.", card.Hooked(IDBHooks{Payload: func(b []byte) []byte {
			return b[:len(b)-66]
		}}), mint.Want{Status: "unsealed", Verdict: "refer", Code: "seal.none"}},
		{"unknown-signer", "A signer that no trust list has.", Card(stranger), untrusted("seal.signer_unknown")},
		{"unknown-certificate", "A signer that no trust list has, with its certificate.", Card(stranger).But(func(d *IDB) { d.WithCert = true }),
			untrusted("seal.sound_signer_unknown")},
		{"country", "The seal says that another state issued it than its signer's.", card.But(func(d *IDB) { d.State = "AUS" }), untrusted("seal.country")},
		{"document-type", "A card by a signer whose certificate is for stickers.", Card(ut.Stickers), untrusted("seal.wrong_use")},
		{"authority", "Signed by a certificate authority itself.", Card(ut.Authority), untrusted("seal.wrong_role")},
		{"algorithm", "An algorithm that the report does not have.", card.But(func(d *IDB) { d.Algorithm = 4 }),
			mint.Want{Status: "indeterminate", Verdict: "refer", Code: "seal.unsupported"}},
		{"outside-validity", "Signed after the time in which the signer's key signs.",
			Card(ut.Past).But(func(d *IDB) { d.Created = d.Created.AddDate(0, 1, 0) }),
			mint.Want{Status: "authentic", Verdict: "refer", Code: "seal.outside_validity"}},
	}
}

func brokenIDBs(ut State) []idbSpecimen {
	card := Card(ut.P256)
	schema := mint.Want{Status: "authentic", Verdict: "refer", Code: "content.schema"}
	unreadable := func(code string) mint.Want { return mint.Want{Status: "unreadable", Verdict: "refer", Code: code} }
	payload := func(f func([]byte) []byte) IDB { return card.Hooked(IDBHooks{Payload: f}) }
	text := func(f func(string) string) IDB { return card.Hooked(IDBHooks{Text: f}) }
	zipped := card.But(func(d *IDB) { d.Zipped = true })
	return []idbSpecimen{
		{"message", "A message that is not known.", card.With(0x81, []byte{1}), schema},
		{"proof", "A proof of vaccination, whose content is not read.", card.With(0x04, []byte{1, 1, 1}), schema},
		{"visa-stay", "A visa without the duration of stay.", VisaSticker(ut.P256).But(func(d *IDB) { d.Messages[0].Value = without(d.Messages[0].Value, 0x04) }), schema},
		{"zone-length", "A zone of another size.", card.With(0x07, mint.C40("UTO")), schema},
		{"not-yet-signed", "Signed in 2058.", card.But(func(d *IDB) { d.Created = time.Date(2058, 1, 1, 0, 0, 0, 0, time.UTC) }),
			mint.Want{Status: "authentic", Verdict: "reject", Code: "time.not_yet_valid"}},
		{"letter", "A letter other than A to D.", text(func(s string) string { return "RDB1E" + s[5:] }), unreadable("decode.version")},
		{"base32", "A small letter.", text(func(s string) string { return s[:9] + strings.ToLower(s[9:10]) + s[10:] }), unreadable("decode.encoding")},
		{"padding", "The padding of base32.", text(func(s string) string { return s + "=" }), unreadable("decode.encoding")},
		{"state", "A numeral in the code of the state.", card.Hooked(IDBHooks{Header: func(b []byte) []byte { copy(b, mint.C40("UT0")); return b }}), unreadable("decode.payload")},
		{"date", "The thirtieth of February.", card.Hooked(IDBHooks{Header: func(b []byte) []byte { copy(b[8:], mint.SealDate(2026, 2, 30)); return b }}), unreadable("decode.payload")},
		{"no-messages", "No messages.", card.Hooked(IDBHooks{Messages: func([]byte) []byte { return nil }}), unreadable("decode.envelope")},
		{"message-twice", "The card access number is there twice.", card.But(func(d *IDB) { d.Messages = append(d.Messages[:2:2], d.Messages[1]) }), unreadable("decode.payload")},
		{"element", "An element that is not known.", payload(func(b []byte) []byte { return append(b, 0x30, 0) }), unreadable("decode.envelope")},
		{"length", "A length in more bytes than it takes.", card.Hooked(IDBHooks{Messages: func(b []byte) []byte {
			return append([]byte{b[0], 0x81}, b[1:]...)
		}}), unreadable("decode.noncanonical")},
		{"truncated", "The last part is missing.", payload(func(b []byte) []byte { return b[:len(b)/2] }), unreadable("decode.truncated")},
		{"checksum", "The checksum of the compressed seal is another.", zipped.Hooked(IDBHooks{Packed: func(b []byte) []byte { b[len(b)-1] ^= 1; return b }}), unreadable("decode.encoding")},
		{"zip-trailing", "Something after the compressed seal.", zipped.Hooked(IDBHooks{Packed: func(b []byte) []byte { return append(b, 0) }}), unreadable("decode.trailing")},
	}
}

// without removes an element, by its tag, from others with lengths of one byte.
func without(elements []byte, tag byte) []byte {
	var left []byte
	for at := 0; at < len(elements); {
		end := at + 2 + int(elements[at+1])
		if elements[at] != tag {
			left = append(left, elements[at:end]...)
		}
		at = end
	}
	return left
}
