package divoc_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/divoc"
	"github.com/travelseal/travelseal/internal/mint"
)

func event(t *testing.T, doc *formats.Document) formats.Event {
	t.Helper()
	for _, p := range doc.Parts {
		if e := p.Unverified.Events; len(e) > 0 {
			return e[0]
		}
	}
	t.Fatal("no event")
	return formats.Event{}
}

func extra(c formats.Claims, name string) string {
	for _, f := range c.Extra {
		if f.Name == name {
			return f.Value
		}
	}
	return ""
}

func TestACredentialInTheWordsOfAllFormats(t *testing.T) {
	c := good.Set(mint.LaterContext, "@context", 1).Set("1984-07-19", "credentialSubject", "dob").
		Set("XM68M6", "evidence", 0, "icd11Code").Set("COVID-19", "evidence", 0, "prophylaxis").Set("2059-01-01T00:00:00Z", "expirationDate").
		Set("2026-01-15T10:00:00+01:00", "validFrom")
	doc := decode(t, c, formats.Options{})
	if doc.Format != divoc.ID || doc.Purpose != formats.Vaccination || !slices.Equal(doc.Needs, []string{"credential"}) || len(doc.Parts) != 1 || len(doc.Seals) != 1 {
		t.Fatalf("%+v", doc)
	}
	if p := doc.Parts[0]; p.Name != "credential" || p.Seal != 0 || len(p.Path) != 0 {
		t.Errorf("%+v", p)
	}
	claims := doc.Parts[0].Unverified
	s := claims.Subjects[0]
	if len(claims.Subjects) != 1 || s.Names[0] != (formats.Name{Full: "Maren Zoë Achterberg-Lindqvist", Source: "credentialSubject.name"}) || s.Sex != "Female" || s.Nationality != "Utopian" ||
		s.Birth != (formats.Date{Year: 1984, Month: 7, Day: 19}) {
		t.Errorf("%+v", s)
	}
	if d := claims.Documents; len(d) != 1 || d[0] != (formats.DocRef{Type: "Passport", Number: "UT7042681"}) {
		t.Errorf("%+v", d)
	}
	when, _ := formats.ParseDate("2025-10-03T04:28:43.134Z")
	from, _ := formats.ParseDate("2025-10-03")
	until, _ := formats.ParseDate("2025-12-26")
	want := formats.Event{
		Kind: formats.Vaccination, Product: formats.Coded{Code: "COVISHIELD"}, Manufacturer: formats.Coded{Code: "Harbour Serum Works"},
		Prophylaxis: formats.Coded{System: "http://id.who.int/icd/release/11/mms", Code: "XM68M6"}, Dose: 1, Doses: 2, When: when, From: from, Until: until,
		Country: "UT", Place: "Harbour Clinic", Issuer: mint.CredentialIssuer, ID: "72040918351",
	}
	if e := event(t, doc); e != want || len(claims.Events) != 1 {
		t.Errorf("got  %+v\nwant %+v", e, want)
	}
	for name, want := range map[string]string{
		"nonTransferable": "true", "credentialSubject.age": "41", "credentialSubject.refId": "39791185041847", "credentialSubject.address.postalCode": "176207",
		"evidence.batch": "UT-4471-B", "evidence.verifier.name": "Vaccinator Quill", "evidence.prophylaxis": "COVID-19",
		"evidence.facility.address.streetAddress": "12 Utopia Street", "credentialSubject.address.city": "", "evidence.vaccine": "", "issuer": "",
	} {
		if got := extra(claims, name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	v := doc.Validity
	if !v.IssuedAt.Equal(mint.IssuedAt) || !v.NotBefore.Equal(time.Date(2026, 1, 15, 9, 0, 0, 0, time.UTC)) || v.NotAfter.Year() != 2059 || v.MustExpire {
		t.Errorf("%+v", v)
	}
	if seal := doc.Seals[0]; string(seal.Signer.KeyID) != "did:utopia:rsa-2048" || seal.Signer.Issuer != mint.CredentialIssuer || seal.Signer.Country != "" {
		t.Errorf("%+v", seal.Signer)
	}
}

// effectiveUntil is the day of vaccination in the certificates of India; a certificate does not end with it.
func TestAnEntrysDatesAreNotTheCredentials(t *testing.T) {
	v := decode(t, good.Set("2025-10-03", "evidence", 0, "effectiveUntil"), formats.Options{}).Validity
	if !v.NotAfter.IsZero() || !v.NotBefore.IsZero() {
		t.Errorf("%+v", v)
	}
}

func TestTheHoldersNameIsAReferenceToADocument(t *testing.T) {
	for id, want := range map[string]formats.DocRef{
		"did:Passport:Z1234567":              {Type: "Passport", Number: "Z1234567"},
		"did:in.gov.uidai.aadhaar:234234333": {Type: "in.gov.uidai.aadhaar", Number: "234234333"},
		"did:a:b:c":                          {Type: "a:b", Number: "c"},
		"did:alone":                          {Number: "did:alone"},
		"urn:uuid:1-2":                       {Number: "urn:uuid:1-2"},
		"962433308V":                         {Number: "962433308V"},
	} {
		doc := decode(t, good.Set(id, "credentialSubject", "id"), formats.Options{})
		if got := doc.Parts[len(doc.Parts)-1].Unverified.Documents; len(got) != 1 || got[0] != want {
			t.Errorf("%s: %+v", id, got)
		}
	}
	if d := decode(t, good.Drop("credentialSubject", "id"), formats.Options{}).Parts[0].Unverified.Documents; d != nil {
		t.Errorf("%+v", d)
	}
}

func TestSeveralPeopleAndEntriesStaySeveral(t *testing.T) {
	person, _ := good.Body.Get("credentialSubject")
	entry, _ := good.Body.Get("evidence", 0)
	second := entry.(mint.JSONObject).Set(mint.CredentialIssuer+"vaccine/10000000001", "id").Set("10000000001", "certificateId").
		Set("14 Utopia Street", "facility", "address", "streetAddress")
	c := good.Set([]any{person, person.(mint.JSONObject).Set("did:Passport:A1", "id").Set("Pippa", "name").Set("3 Quay", "address", "streetAddress")}, "credentialSubject").Set([]any{entry, second}, "evidence")
	doc := decode(t, c, formats.Options{})
	claims := doc.Parts[0].Unverified
	if len(claims.Subjects) != 2 || len(claims.Events) != 2 || len(failing(doc)) != 0 {
		t.Fatalf("%+v, %q", claims, failing(doc))
	}
	// An array is a set; its order is not signed, and not kept.
	if claims.Subjects[0].Names[0].Full != "Pippa" || claims.Events[0].ID != "10000000001" || extra(claims, "evidence[0].batch") == "" {
		t.Errorf("%+v", claims)
	}
	turned := decode(t, c.Set([]any{second, entry}, "evidence"), formats.Options{})
	if got := turned.Parts[0].Unverified.Events; got[0].ID != "10000000001" || string(turned.Seals[0].Signed) != string(doc.Seals[0].Signed) {
		t.Errorf("the order of the entries makes a difference: %+v", got)
	}
}

// Whoever exchanges the certificateId with another value of its property would escape a revocation by it.
func TestEveryValueOfTheIdentifiersPropertyIsAHandle(t *testing.T) {
	handles := func(c mint.Credential) []string {
		var list []string
		for _, h := range decode(t, c, formats.Options{}).Handles {
			if h.Kind != divoc.HandleCertificateID {
				t.Errorf("the handle %s", h.Kind)
			}
			list = append(list, string(h.Data))
		}
		slices.Sort(list)
		return list
	}
	want := []string{"72040918351", "COVISHIELD", "Harbour Serum Works", "UT-4471-B"}
	if got := handles(good); !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	exchanged := good.Alter("UT-4471-B", "evidence", 0, "certificateId").Alter("72040918351", "evidence", 0, "batch")
	if got := handles(exchanged); !slices.Equal(got, want) {
		t.Errorf("exchanged: %q", got)
	}
	if got := handles(good.Set("17", "evidence", 0, "id")); got != nil {
		t.Errorf("of an entry that is not covered: %q", got)
	}
}

func TestBreachesOfTheSchemaAreNamed(t *testing.T) {
	entry := func(member string) []any { return []any{"evidence", 0, member} }
	const missing, kind = "missing", "several values, or an object"
	for name, c := range map[string]struct {
		doc  mint.Credential
		want []string
	}{
		"none":                    {good, nil},
		"type":                    {good.Set([]any{"VerifiableCredential", "Person"}, "type").Drop("nonTransferable"), []string{"type: not a ProofOfVaccinationCredential"}},
		"no issuer":               {good.Drop("issuer"), []string{"issuer: missing, or several"}},
		"two issuers":             {good.Set([]any{"did:a:b", "did:a:c"}, "issuer"), []string{"issuer: missing, or several"}},
		"no issuance":             {good.Drop("issuanceDate"), []string{"issuanceDate: missing or not readable"}},
		"issuance a day":          {good.Set("2026-01-15", "issuanceDate"), []string{"issuanceDate: not a moment", "issuanceDate: missing or not readable"}},
		"expiry without a zone":   {good.Set("2059-01-15T00:00:00", "expirationDate"), []string{"expirationDate: not a moment"}},
		"expiry twice":            {good.Set([]any{"2059-01-15T00:00:00Z", "2060-01-15T00:00:00Z"}, "expirationDate"), []string{"expirationDate: " + kind}},
		"no holder":               {good.Drop("credentialSubject"), []string{"credentialSubject: missing"}},
		"a holder by name":        {good.Set("did:x:y", "credentialSubject"), []string{"credentialSubject: not an object", "credentialSubject: missing"}},
		"no entry":                {good.Drop("evidence"), []string{"evidence: missing"}},
		"an empty list":           {good.Set([]any{}, "evidence"), []string{"evidence: missing"}},
		"holder of another type":  {good.Set(mint.JSONObject{{Name: "type", Value: "Vaccination"}}, "credentialSubject"), []string{"credentialSubject.type: not a Person", "credentialSubject.name: missing"}},
		"no name":                 {good.Drop("credentialSubject", "name"), []string{"credentialSubject.name: missing"}},
		"an empty name":           {good.Set("", "credentialSubject", "name"), []string{"credentialSubject.name: empty"}},
		"two names":               {good.Set([]any{"A", "B"}, "credentialSubject", "name"), []string{"credentialSubject.name: " + kind}},
		"a name that is a number": {good.Set(7, "credentialSubject", "name"), []string{"credentialSubject.name: not a text"}},
		"a birthday":              {good.Set(mint.LaterContext, "@context", 1).Set("19/07/1984", "credentialSubject", "dob"), []string{"credentialSubject.dob: not a date"}},
		"no certificateId":        {good.Drop(entry("certificateId")...), []string{"evidence.certificateId: missing"}},
		"no batch":                {good.Drop(entry("batch")...), []string{"evidence.batch: missing"}},
		"an empty batch":          {good.Set("", entry("batch")...), nil},
		"no vaccine":              {good.Drop(entry("vaccine")...), []string{"evidence.vaccine: missing"}},
		"an empty vaccine":        {good.Set("", entry("vaccine")...), []string{"evidence.vaccine: empty"}},
		"no manufacturer":         {good.Drop(entry("manufacturer")...), []string{"evidence.manufacturer: missing"}},
		"another certificateId":   {good.Set("918351", entry("certificateId")...), []string{"evidence.certificateId: not the end of the entry's id"}},
		"an empty certificateId":  {good.Set("", entry("certificateId")...), []string{"evidence.certificateId: not the end of the entry's id"}},
		"an entry without id":     {good.Drop(entry("id")...), []string{"evidence.certificateId: not the end of the entry's id"}},
		"no date":                 {good.Drop(entry("date")...), []string{"evidence.date: missing"}},
		"an empty date":           {good.Set("", entry("date")...), []string{"evidence.date: empty"}},
		"a date without hyphens":  {good.Set("20251003", entry("date")...), []string{"evidence.date: not a date"}},
		"no beginning":            {good.Drop(entry("effectiveStart")...), []string{"evidence.effectiveStart: missing"}},
		"no end":                  {good.Drop(entry("effectiveUntil")...), []string{"evidence.effectiveUntil: missing"}},
		"an empty end":            {good.Set("", entry("effectiveUntil")...), nil},
		"the end before":          {good.Set("2025-10-02", entry("effectiveUntil")...), []string{"evidence.date: date, effectiveStart and effectiveUntil are out of order"}},
		"the beginning before":    {good.Set("2025-10-02", entry("effectiveStart")...), []string{"evidence.date: date, effectiveStart and effectiveUntil are out of order"}},
		"all on one day":          {good.Set("2025-10-03", entry("effectiveUntil")...), nil},
		"no dose":                 {good.Drop(entry("dose")...), []string{"evidence.dose: missing"}},
		"dose zero":               {good.Set(0, entry("dose")...), []string{"evidence.dose: not a number from 1 to 99"}},
		"dose a hundred":          {good.Set(100, entry("dose")...), []string{"evidence.dose: not a number from 1 to 99"}},
		"a dose that is a text":   {good.Set("1", entry("dose")...), []string{"evidence.dose: not a number from 1 to 99"}},
		"no number of doses":      {good.Drop(entry("totalDoses")...), []string{"evidence.totalDoses: missing"}},
		"dose three of two":       {good.Set(3, entry("dose")...), []string{"evidence.dose: more than totalDoses"}},
		"dose two of two":         {good.Set(2, entry("dose")...), nil},
		"two clinics":             {good.Set([]any{mint.JSONObject{{Name: "name", Value: "A"}}, mint.JSONObject{{Name: "name", Value: "B"}}}, entry("facility")...), []string{"evidence.facility: not one object", "evidence.facility: not one object"}},
		"a clinic by name":        {good.Set("Harbour Clinic", entry("facility")...), []string{"evidence.facility: not one object"}},
		"no clinic":               {good.Drop(entry("facility")...), nil},
		"two ages":                {good.Set([]any{"41", "42"}, "credentialSubject", "age"), []string{"credentialSubject.age: " + kind}},
	} {
		if got := failing(decode(t, c.doc, formats.Options{})); !begin(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// Every document relies on labels that are not signed, which the tolerance says; without it that is a breach.
func TestSharedPropertiesAreToleratedByName(t *testing.T) {
	for name, o := range map[string]formats.Options{"by default": {}, "by name": {Tolerate: []string{"shared-property"}}} {
		checks := decode(t, good, o).Checks
		if len(checks) != 1 || checks[0].Kind != formats.Reading || checks[0].Result != formats.Tolerated || checks[0].Name != "shared-property" || checks[0].Where != "evidence" || checks[0].Text == "" {
			t.Errorf("%s: %+v", name, checks)
		}
	}
	refuse := formats.Options{Tolerate: []string{"shared-property"}, Refuse: []string{"shared-property"}}
	if got := failing(decode(t, good, refuse)); !begin(got, []string{"evidence: which of the values"}) {
		t.Errorf("refused: %q", got)
	}
}

func TestTheMembersThatShareAPropertyAreKnown(t *testing.T) {
	for url, c := range divoc.Contexts {
		byIRI := make(map[string][]string)
		for name, term := range c.Types["Vaccination"].Terms {
			byIRI[term.IRI] = append(byIRI[term.IRI], name)
		}
		for iri, names := range byIRI {
			slices.Sort(names)
			switch got := strings.Join(names, " "); {
			case len(names) == 1, got == "dose totalDoses", got == "date effectiveStart effectiveUntil", got == "feedbackUrl infoUrl":
			default:
				for _, name := range names {
					if !slices.Contains(divoc.SharedIDs[:], name) {
						t.Errorf("%s: %s is one property with %s (%s)", url, name, got, iri)
					}
				}
			}
		}
	}
}
