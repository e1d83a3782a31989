package mint

import (
	"strings"
	"time"
)

// SHCCases lists the documents of testdata/shc: first those that must be accepted, then those that must not.
func SHCCases() []Case { return append(goodCards(), badCards()...) }

// card is a Case of the numerals of one code.
func card(name, about string, want Want, c SHC) Case {
	return Case{Name: name, About: about, Text: c.Build().Text, Want: want}
}

// goodCards are small, because every bit of every layer of each is tried out.
func goodCards() []Case {
	ut := CardSigner("ut-cards")
	accept := Want{Status: "authentic", Verdict: "accept"}
	tolerated := Want{Status: "authentic", Verdict: "accept", Code: "decode.tolerated"}
	one := Card(ut, Tobias, Dose("2025-10-03", "UX4502"))
	token := one.Build().Token
	vaccination := card("vaccination", "Two doses of a vaccine, in the numerals of one code.", accept, VaccinationCard(ut))
	vaccination.Picture = true
	return []Case{
		vaccination,
		{Name: "dose-jws", About: "One dose of a vaccine, as a bare JWS.", Text: token, Want: accept},
		{Name: "dose-one-of-one", About: "The same card, numbered as chunk 1 of 1.", Text: "shc:/1/1/" + Numerals(token), Want: tolerated},
		card("test", "A negative nucleic acid test.", accept, TestCard(ut)),
		card("diagnosis", "A diagnosis of COVID-19 that has passed.", accept, DiagnosisCard(ut)),
		card("expiry", "A card with an end of validity, a revocation identifier and a fraction in its date.", accept,
			one.Set(JSONRaw("1768469400.656"), "nbf").Set(int(Expires.Unix()), "exp").Set("Qm3xV7LkT1s", "vc", "rid")),
		card("name-thai", "A name in Thai script, and resources with identifiers and metadata, which codes leave out.", tolerated,
			Card(ut, Mali, Dose("2025-10-03", "UX4502")).
				Set("p1", Resource(0, "id")...).Set(JSONObject{{"lastUpdated", "2026-01-15"}}, Resource(1, "meta")...)),
	}
}

func badCards() []Case { return append(badCardSeals(), badCardContents()...) }

// badCardSeals have a signature that does not hold, or holds and does not count.
func badCardSeals() []Case {
	ut := CardSigner("ut-cards")
	good := VaccinationCard(ut)
	stranger := CardSigner("stranger")
	header := func(name string, value any) SHC {
		c := good
		c.Header = c.Header.Set(value, name)
		return c
	}
	unsigned := header("alg", "none")
	unsigned.Hooks.Signature = NoSignature
	altered := good
	altered.Hooks.Altered = func([]byte) []byte {
		return Deflate([]byte(strings.Replace(good.Payload.JSON(), "Achterberg", "Achterbarg", 1)))
	}
	return []Case{
		card("forged", "Signed with a key of the forger's own, under the name of a trusted one.", Want{"invalid", "reject", "seal.mismatch"},
			ResignCard(good, stranger)),
		card("altered", "One letter of the name was changed after signing.", Want{"invalid", "reject", "seal.mismatch"}, altered),
		card("unknown-key", "Signed with a key that no trust list names.", Want{"untrusted", "refer", "seal.signer_unknown"}, VaccinationCard(stranger)),
		card("other-issuer", "A trusted key, under the address of an issuer that does not have it.", Want{"untrusted", "refer", "seal.signer_unknown"},
			good.Set(OtherCardIssuer, "iss")),
		card("issuer-slash", "The address of the issuer ends in a slash.", Want{"untrusted", "refer", "content.schema"}, good.Set(CardIssuer+"/", "iss")),
		card("alg-none", "The algorithm is called none, and there is no signature.", Want{"indeterminate", "refer", "seal.unsupported"}, unsigned),
		card("own-key", "The header brings the key with it.", Want{"indeterminate", "refer", "seal.header"},
			header("jwk", JSONObject{{"kty", "EC"}})),
	}
}

// badCardContents are sealed by a trusted issuer, and what they seal is out of date or not as it should be.
func badCardContents() []Case {
	good := VaccinationCard(CardSigner("ut-cards"))
	built := good.Build()
	unreadable := func(code string) Want { return Want{"unreadable", "refer", code} }
	doubted := func(code string) Want { return Want{"authentic", "refer", code} }
	day := func(year int) int { return int(time.Date(year, 6, 1, 0, 0, 0, 0, time.UTC).Unix()) }
	twice := good
	twice.Hooks.JSON = func(s string) string { return `{"iss":"https://evil.example",` + s[1:] }
	wrapped := good
	wrapped.Hooks.Compress = Zlib
	plain := good
	plain.Header, plain.Hooks.Compress = plain.Header.Drop("zip"), func(b []byte) []byte { return b }
	trailing := good
	trailing.Hooks.Compressed = func(b []byte) []byte { return append(b[:len(b):len(b)], 0) }
	chunks := Chunks(built.Token, 3)
	return []Case{
		card("expired", "The card expired in June 2026.", Want{"authentic", "reject", "time.expired"}, good.Set(day(2026), "exp")),
		card("not-yet-valid", "The card is dated 2058.", Want{"authentic", "reject", "time.not_yet_valid"}, good.Set(day(2058), "nbf")),
		card("two-people", "Two people in one card.", doubted("doc.several_people"),
			good.Set(entry(3, patient(Tobias)), "vc", "credentialSubject", "fhirBundle", "entry", 3)),
		card("nobody", "A card that names nobody.", doubted("content.schema"), good.Drop("vc", "credentialSubject", "fhirBundle", "entry", 0)),
		card("not-done", "A vaccination that was not given.", doubted("content.schema"), good.Set("not-done", Resource(1, "status")...)),
		card("issuer-twice", "The claim of the issuer is there twice.", unreadable("decode.payload"), twice),
		card("no-health-card", "A verifiable credential of another type.", unreadable("decode.payload"),
			good.Set([]any{"VerifiableCredential"}, "vc", "type")),
		card("no-zip", "A signed token whose payload is not compressed.", unreadable("decode.version"), plain),
		card("zlib", "The payload is compressed with the head of zlib.", unreadable("decode.encoding"), wrapped),
		card("trailing", "A byte follows the compressed payload.", unreadable("decode.trailing"), trailing),
		{Name: "chunk-2-of-3", About: "The second of three codes, alone.", Want: unreadable("decode.truncated"), Text: chunks[1]},
		{Name: "odd", About: "The first numeral is missing.", Want: unreadable("decode.encoding"), Text: "shc:/" + built.Text[6:]},
		{Name: "pair-78", About: "The first pair is that of no character.", Want: unreadable("decode.encoding"), Text: "shc:/78" + built.Text[7:]},
		{Name: "capitals", About: "The scheme in capital letters.", Want: unreadable("decode.encoding"), Text: "SHC" + built.Text[3:]},
		{Name: "shc2", About: "A version that does not exist.", Want: unreadable("decode.version"), Text: "shc2" + built.Text[3:]},
		{Name: "two-cards", About: "A file of two cards that was not divided.", Want: unreadable("decode.ambiguous"), Text: CardFile(built.Token, built.Token)},
	}
}
