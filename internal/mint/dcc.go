package mint

import "time"

// The dates of the documents that Vaccination, Test and Recovery make. They are in force for as long as anybody is
// likely to run the tests.
var (
	IssuedAt = time.Date(2026, 1, 15, 9, 30, 0, 0, time.UTC)
	Expires  = time.Date(2059, 1, 1, 0, 0, 0, 0, time.UTC)
)

// Codes of the value sets of the EU Digital COVID Certificate (Implementing Decision (EU) 2021/1073, Annex II).
const (
	covid19       = Text("840539006") // SNOMED CT
	mRNAVaccine   = Text("1119349007")
	comirnaty     = Text("EU/1/20/1528")
	biontech      = Text("ORG-100030215")
	naat          = Text("LP6464-4") // LOINC
	rapidAntigen  = Text("LP217198-3")
	panbio        = Text("1232")      // the JRC's database of tests
	notDetected   = Text("260415000") // SNOMED CT
	utopianIssuer = Text("Ministry of Health of Utopia")
)

// Vaccination makes a complete certificate of a second dose, of Maren.
func Vaccination(s Signer) HCERT {
	return certificate(s, Maren, "v", Map{
		{Text("tg"), covid19},
		{Text("vp"), mRNAVaccine},
		{Text("mp"), comirnaty},
		{Text("ma"), biontech},
		{Text("dn"), Int(2)},
		{Text("sd"), Int(2)},
		{Text("dt"), Text("2025-10-03")},
		{Text("co"), Text(s.Country)},
		{Text("is"), utopianIssuer},
		{Text("ci"), Maren.identifier()},
	})
}

// Test makes a complete certificate of a negative nucleic acid test, of Tobias.
func Test(s Signer) HCERT {
	return certificate(s, Tobias, "t", Map{
		{Text("tg"), covid19},
		{Text("tt"), naat},
		{Text("nm"), Text("Utopia Diagnostics RT-PCR 4")},
		{Text("sc"), Text("2026-01-14T08:15:00Z")},
		{Text("tr"), notDetected},
		{Text("tc"), Text("Harbour Laboratory, Amaurot")},
		{Text("co"), Text(s.Country)},
		{Text("is"), utopianIssuer},
		{Text("ci"), Tobias.identifier()},
	})
}

// RapidTest makes a complete certificate of a negative antigen test, of Brigid.
func RapidTest(s Signer) HCERT {
	return certificate(s, Brigid, "t", Map{
		{Text("tg"), covid19},
		{Text("tt"), rapidAntigen},
		{Text("ma"), panbio},
		{Text("sc"), Text("2026-01-15T07:40:00+02:00")},
		{Text("tr"), notDetected},
		{Text("tc"), Text("Ferry Terminal 2, Amaurot")},
		{Text("co"), Text(s.Country)},
		{Text("is"), utopianIssuer},
		{Text("ci"), Brigid.identifier()},
	})
}

// Recovery makes a complete certificate of recovery, of Jonas.
func Recovery(s Signer) HCERT {
	return certificate(s, Jonas, "r", Map{
		{Text("tg"), covid19},
		{Text("fr"), Text("2026-01-02")},
		{Text("co"), Text(s.Country)},
		{Text("is"), utopianIssuer},
		{Text("df"), Text("2026-01-13")},
		{Text("du"), Text("2058-12-31")},
		{Text("ci"), Jonas.identifier()},
	})
}

// certificate puts one entry into the schema's frame and the claims around it.
func certificate(s Signer, p Person, group string, entry Map) HCERT {
	dcc := Map{
		{Text("ver"), Text("1.3.0")},
		{Text("nam"), p.name()},
		{Text("dob"), Text(p.Birth)},
		{Text(group), Array{entry}},
	}
	return sealed(s, "HC1:", ClaimHCERT, 1, dcc)
}

// sealed puts a certificate into a member of a claim, the claims of the token around it, and the envelope around them.
func sealed(s Signer, prefix string, claim, member int, certificate Item) HCERT {
	return HCERT{
		Signer: s,
		Claims: Map{
			{Int(ClaimIssuer), Text(s.Country)},
			{Int(ClaimExpires), Unix(Expires)},
			{Int(ClaimIssuedAt), Unix(IssuedAt)},
			{Int(claim), Map{{Int(member), certificate}}},
		},
		At:          []any{claim, member},
		Protected:   Map{{Int(HeaderAlg), Int(s.Alg)}, {Int(HeaderKID), Bytes(s.KID)}},
		Unprotected: Map{},
		Tags:        []uint64{18},
		Prefix:      prefix,
	}
}

// Bomb makes a certificate that verifies, with that many zero bytes in its unprotected header. They shrink a thousand
// times, so that a decoder without a limit pays a thousand times for what it was sent.
func Bomb(s Signer, zeros int) HCERT {
	h := Vaccination(s)
	h.Unprotected = Map{{Text("padding"), Bytes(make([]byte, zeros))}}
	h.Hooks.Compress = ZlibLevel(9)
	return h
}
