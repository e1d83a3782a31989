package divoc_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/divoc"
	"github.com/travelseal/travelseal/internal/ldproof"
	"github.com/travelseal/travelseal/internal/mint"
)

// What a credential signs, two programs that share nothing must agree on: the one that mints writes the canonical form
// from a table of its own and without the library.
func TestTheSignedBytesAreThoseThatWereSigned(t *testing.T) {
	entry, _ := good.Body.Get("evidence", 0)
	second := entry.(mint.JSONObject).Set(mint.CredentialIssuer+"vaccine/2", "id").Set("2", "certificateId").Set(2, "dose").
		Set("14 Utopia Street", "facility", "address", "streetAddress")
	later := good.Set(mint.LaterContext, "@context", 1)
	for name, c := range map[string]mint.Credential{
		"PS256": good, "RS256": good.SignedBy(mint.RSA2048, "RsaSignature2018", "RS256"),
		"Ed25519Signature2018":  good.SignedBy(mint.Ed25519, "Ed25519Signature2018", "EdDSA"),
		"Ed25519Signature2020":  good.SignedBy(mint.Ed25519, "Ed25519Signature2020", ""),
		"its context":           good.SignedBy(mint.Ed25519, "Ed25519Signature2020", "").Set("https://w3id.org/security/suites/ed25519-2020/v1", "@context", 2),
		"JsonWebSignature2020":  good.SignedBy(mint.P256, "JsonWebSignature2020", "ES256"),
		"security v2":           good.Set("https://w3id.org/security/v2", "@context", 2),
		"later members":         later.Set("1984-07-19", "credentialSubject", "dob").Set("XM68M6", "evidence", 0, "icd11Code"),
		"Sri Lanka's context":   good.Set("https://divoc.lgcc.gov.lk/credentials/vaccination/v1", "@context", 1),
		"another order":         good.Drop("issuer").Set(mint.CredentialIssuer, "issuer"),
		"two entries":           good.Set([]any{entry, second}, "evidence"),
		"no names at all":       good.Drop("evidence", 0, "id").Drop("credentialSubject", "id"),
		"a bare id":             good.Set("962433308V", "credentialSubject", "id"),
		"a bare id of an entry": good.Set("12", "evidence", 0, "id"),
		"letters to escape":     good.Set("Maren \"Zoë\" \\ Achter\nberg\r", "credentialSubject", "name"),
		"scripts":               good.Of(mint.Samar).Set("🛃 歐陽 雲帆", "evidence", 0, "facility", "name"),
		"equal values":          good.Set("2025-10-03", "evidence", 0, "effectiveUntil").Set("COVISHIELD", "evidence", 0, "manufacturer"),
		"a verifier's id":       good.Set("V-17", "evidence", 0, "verifier", "id"),
		"a credential's name":   good.Set("urn:uuid:8a1e", "id"),
		"dates":                 good.Set("2059-01-01T00:00:00Z", "expirationDate").Set("2026-01-01T00:00:00Z", "validFrom"),
	} {
		built := c.Build()
		s := decode(t, c, formats.Options{}).Seals[0]
		if string(s.Signed) != string(built.Signed) || s.Problem.Code != "" || s.Envelope != ldproof.Envelope {
			t.Errorf("%s: %+v; the canonical form was\n%s", name, s.Problem, built.Quads)
		}
	}
}

func TestWhatTheProofDoesNotCoverIsAPartOfItsOwn(t *testing.T) {
	for name, c := range map[string]struct {
		doc   mint.Credential
		parts string
	}{
		"a bare id of the holder":    {good.Set("962433308V", "credentialSubject", "id"), "credential 0, credentialSubject -1"},
		"an empty id of the holder":  {good.Set("", "credentialSubject", "id"), "credential 0, credentialSubject -1"},
		"a bare id of the entry":     {good.Set("72040918351", "evidence", 0, "id"), "credential 0, evidence -1"},
		"both":                       {good.Set("1", "credentialSubject", "id").Set("2", "evidence", 0, "id"), "credential 0, credentialSubject -1, evidence -1"},
		"a bare id of an address":    {good.Set("home", "credentialSubject", "address", "id"), "credential 0, credentialSubject.address -1"},
		"a bare id of the clinic":    {good.Set("clinic", "evidence", 0, "facility", "id"), "credential 0, evidence.facility -1"},
		"a verifier's id is no name": {good.Set("V-17", "evidence", 0, "verifier", "id"), "credential 0"},
		"nothing":                    {good, "credential 0"},
		"an address's absolute name": {good.Set("urn:home", "credentialSubject", "address", "id"), "credential 0"},
	} {
		doc := decode(t, c.doc, formats.Options{})
		var got []string
		for _, p := range doc.Parts {
			got = append(got, p.Name+map[int]string{0: " 0", formats.NoSeal: " -1"}[p.Seal])
		}
		if s := strings.Join(got, ", "); s != c.parts {
			t.Errorf("%s: the parts are %s, want %s", name, s, c.parts)
		}
		if strings.Contains(c.parts, "credentialSubject -1") != (len(doc.Parts[0].Unverified.Subjects) == 0) || strings.Contains(c.parts, "evidence -1") != (len(doc.Parts[0].Unverified.Events) == 0) {
			t.Errorf("%s: the sealed part says %+v", name, doc.Parts[0].Unverified)
		}
	}
	e := event(t, decode(t, good.Set("clinic", "evidence", 0, "facility", "id"), formats.Options{}))
	if e.Place != "" || e.Country != "" {
		t.Errorf("the clinic is not covered, and shown: %+v", e)
	}
}

func TestADocumentWithUnknownMembersIsNotChecked(t *testing.T) {
	c := good.Alter("Comirnaty", "evidence", 0, "medicinalProduct").Alter("x", "credentialSubject", "sex")
	doc := decode(t, c, formats.Options{})
	if p := doc.Seals[0].Problem; p.Code != formats.CodeSealUnsupported || !strings.HasPrefix(p.Text, "credentialSubject: ") || doc.Seals[0].Signed != nil {
		t.Errorf("%+v", doc.Seals[0])
	}
	tolerated := decode(t, c, formats.Options{Tolerate: []string{"unknown-member"}})
	if s := tolerated.Seals[0]; s.Problem.Code != "" || string(s.Signed) != string(good.Build().Signed) {
		t.Errorf("%+v", s)
	}
	var doubtful []string
	for _, check := range tolerated.Checks {
		if check.Result == formats.Doubtful {
			doubtful = append(doubtful, check.Where)
		}
	}
	if !slices.Equal(doubtful, []string{"credentialSubject", "evidence[0]"}) {
		t.Errorf("%+v", tolerated.Checks)
	}
	for _, claims := range []formats.Claims{doc.Parts[0].Unverified, tolerated.Parts[0].Unverified} {
		for _, f := range claims.Extra {
			if f.Value == "Comirnaty" || f.Value == "x" {
				t.Errorf("%+v is shown", f)
			}
		}
	}
	if !slices.ContainsFunc(divoc.Format.Tolerances, func(tol formats.Tolerance) bool { return tol.Name == "unknown-member" && !tol.On }) {
		t.Error("the tolerance is not listed, or on by default")
	}
}

func TestACredentialWithoutAProofHasNoSeal(t *testing.T) {
	c := good
	c.Hooks.Whole = func(o mint.JSONObject) mint.JSONObject { return o.Drop("proof") }
	doc := decode(t, c, formats.Options{})
	if len(doc.Seals) != 0 || len(doc.Parts) != 1 || doc.Parts[0].Seal != formats.NoSeal {
		t.Errorf("%+v", doc)
	}
}
