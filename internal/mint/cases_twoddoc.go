package mint

import (
	"strings"
	"time"
)

// Seal2DCases lists the documents of testdata/2ddoc: first those that must be accepted, then those that must not.
func Seal2DCases() []Case {
	var cases []Case
	for _, s := range append(goodSeals2D(), append(badSeals2D(), badTexts2D()...)...) {
		cases = append(cases, Case{Name: s.name, About: s.about, Text: s.doc.Build(), Want: s.want})
	}
	return cases
}

type specimen2D struct {
	name, about string
	doc         Seal2D
	want        Want
}

func with2D(s Seal2D, change func(*Seal2D)) Seal2D {
	change(&s)
	return s
}

func goodSeals2D() []specimen2D {
	accept := Want{Status: "authentic", Verdict: "accept"}
	version := func(v string) Seal2D { return with2D(Bill2D(), func(s *Seal2D) { s.Version = v }) }
	return []specimen2D{
		{"vaccination", "A certificate of vaccination.", Vaccination2D(), accept},
		{"test", "The result of a test.", Test2D(), accept},
		{"identity", "An identity document.", Identity2D(), accept},
		{"zone", "A machine readable zone.", Zone2D(), accept},
		{"bill", "An invoice that proves an address.", Bill2D(), accept},
		{"version-2", "The header of version 2.", version("02"), accept},
		{"version-3", "The header of version 3.", version("03"), accept},
		{"undated", "A document without a date of issue.", with2D(Bill2D(), func(s *Seal2D) { s.Issued = time.Time{} }), accept},
		{"cut", "A value that had to be cut off.", with2D(Bill2D(), func(s *Seal2D) { s.Message += "23" + "A VERY LONG PART" + RS }), accept},
	}
}

func badSeals2D() []specimen2D {
	good := Vaccination2D()
	altered := func(old, new string) Seal2D {
		return with2D(good, func(s *Seal2D) {
			s.Hooks.Altered = func(text string) string { return strings.Replace(text, old, new, 1) }
		})
	}
	message := func(old, new string) Seal2D {
		return with2D(good, func(s *Seal2D) { s.Message = strings.Replace(s.Message, old, new, 1) })
	}
	form := func(f SignatureForm) Seal2D { return with2D(good, func(s *Seal2D) { s.Hooks.Signature = f }) }
	mismatch, schema := Want{"invalid", "reject", "seal.mismatch"}, Want{"authentic", "refer", "content.schema"}
	return []specimen2D{
		{"forged", "Signed with a key of the forger's own.", good.Resign(Fresh("forger")), mismatch},
		{"altered", "One letter of the name was changed after signing.", altered("MAREN", "KAREN"), mismatch},
		{"altered-header", "The date of signature was changed after signing.", altered(days(good.Signed)+"L1", days(good.Issued)+"L1"), mismatch},
		{"der", "The signature in ASN.1.", form(AsDER), mismatch},
		{"short-signature", "The last byte of the signature is missing.", form(Shortened), mismatch},
		{"unknown-signer", "A certificate that no trust list names.", with2D(good, func(s *Seal2D) { s.Cert = "0002" }), Want{"untrusted", "refer", "seal.signer_unknown"}},
		{"unknown-authority", "An authority that no trust list names.", with2D(good, func(s *Seal2D) { s.CA = "UT01" }), Want{"untrusted", "refer", "seal.signer_unknown"}},
		{"country", "The header names another country than the signer's.", with2D(good, func(s *Seal2D) { s.Country = "AU" }), Want{"untrusted", "refer", "seal.country"}},
		{"before-signer", "Signed before the signer's certificate begins.",
			with2D(good, func(s *Seal2D) { s.Signed = time.Date(2024, 12, 31, 0, 0, 0, 0, time.UTC) }), Want{"authentic", "refer", "seal.outside_validity"}},
		{"future", "Signed in 2058.", with2D(good, func(s *Seal2D) { s.Signed = time.Date(2058, 6, 1, 0, 0, 0, 0, time.UTC) }), Want{"authentic", "reject", "time.not_yet_valid"}},
		{"annex", "An annex, which nobody signed.", with2D(good, func(s *Seal2D) { s.Annex = "0A123456789" }), Want{"authentic", "refer", "part.unsealed"}},
		{"type", "A type that is not known.", with2D(good, func(s *Seal2D) { s.Type = "Z9" }), schema},
		{"perimeter", "A perimeter that is not known.", with2D(good, func(s *Seal2D) { s.Perimeter = "99" }), schema},
		{"identifier", "An identifier that is not known.", message("LATE", "ZZTE"), schema},
		{"twice", "The name is there twice.", message("LATE", "LATEL0KAREN"+GS), schema},
		{"date", "A birth on 32 July.", message("19071984", "32071984"), schema},
		{"short-field", "A value that is too short.", message("J07BX03", "J07"), schema},
		{"unsigned-date", "No date of signature.", with2D(good, func(s *Seal2D) { s.Signed = time.Time{} }), schema},
		{"hidden", "A name with a character that turns the direction of writing.", message("MAREN", "MAREN\u202e"), Want{"authentic", "refer", "content.hidden_characters"}},
	}
}

func badTexts2D() []specimen2D {
	whole := func(change func(string) string) Seal2D {
		return with2D(Bill2D(), func(s *Seal2D) { s.Hooks.Whole = change })
	}
	header := func(old, new string) Seal2D {
		return with2D(Bill2D(), func(s *Seal2D) {
			s.Hooks.Header = func(text string) string { return strings.Replace(text, old, new, 1) }
		})
	}
	unreadable := func(code string) Want { return Want{"unreadable", "refer", code} }
	return []specimen2D{
		{"stripped", "The signature is missing.", whole(func(s string) string { return s[:strings.IndexByte(s, 0x1f)+1] }), unreadable("decode.truncated")},
		{"no-separator", "The signature and its separator are missing.", whole(func(s string) string { return s[:strings.IndexByte(s, 0x1f)] }), unreadable("decode.truncated")},
		{"short-header", "A part of the header.", whole(func(s string) string { return s[:20] }), unreadable("decode.truncated")},
		{"version", "A version that is not known.", header("DC04", "DC05"), unreadable("decode.version")},
		{"small-header", "The header in small letters.", header("UT00", "ut00"), unreadable("decode.encoding")},
		{"header-date", "A date that is no number.", header("DC04UT000001"+days(Bill2D().Issued), "DC04UT000001"+"25XY"), unreadable("decode.payload")},
		{"small-signature", "The signature in small letters.", with2D(Bill2D(), func(s *Seal2D) { s.Hooks.Encoded = strings.ToLower }), unreadable("decode.encoding")},
		{"padded", "The signature with padding.", whole(func(s string) string { return s + "=" }), unreadable("decode.encoding")},
		{"trailing", "A blank follows.", whole(func(s string) string { return s + " " }), unreadable("decode.encoding")},
		{"empty-annex", "A separator without an annex.", whole(func(s string) string { return s + GS }), unreadable("decode.truncated")},
	}
}
