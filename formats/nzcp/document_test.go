package nzcp_test

import (
	"bytes"
	"reflect"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/nzcp"
	"github.com/travelseal/travelseal/internal/mint"
)

func TestAPassBecomesADocument(t *testing.T) {
	doc := decode(t, pass.SetClaim(mint.Bytes{0xf8, 0x1d, 0x4f, 0xae, 0x7d, 0xec, 0x11, 0xd0, 0xa7, 0x65, 0, 0xa0, 0xc9, 0x1e, 0x6b, 0xf6}, mint.ClaimTokenID))
	if doc.Format != "nzcp" || doc.Purpose != formats.Vaccination || len(doc.Needs)+len(doc.Checks)+len(doc.Handles) != 0 {
		t.Errorf("%+v", doc)
	}
	if want := (formats.Validity{IssuedAt: mint.IssuedAt, NotBefore: mint.IssuedAt, NotAfter: mint.Expires, MustExpire: true}); doc.Validity != want {
		t.Errorf("valid %+v, want %+v", doc.Validity, want)
	}
	if len(doc.Parts) != 1 || doc.Parts[0].Name != "payload" || doc.Parts[0].Seal != 0 || len(doc.Parts[0].Path) != 0 {
		t.Errorf("%+v", doc.Parts)
	}
	// The identifier is the example of "Mapping JTI <-> CTI".
	want := formats.Claims{
		Subjects: []formats.Subject{{
			Names: []formats.Name{{Family: "Achterberg-Lindqvist", Given: "Maren Zoë", Source: "familyName, givenName"}},
			Birth: formats.Date{Year: 1984, Month: 7, Day: 19},
		}},
		Extra: []formats.Field{{Name: "type", Value: "PublicCovidPass"}, {Name: "version", Value: "1.0.0"}, {Name: "jti", Value: "urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6"}},
	}
	if got := doc.Parts[0].Unverified; !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

func TestTheSealIsThatOfThePass(t *testing.T) {
	built := pass.Build()
	doc := decode(t, pass)
	es256 := formats.ES256
	es256.Curve = "P-256"
	s := doc.Seals[0]
	if len(doc.Seals) != 1 || s.Role != formats.Issuer || s.Envelope != "COSE_Sign1" || s.Algorithm != es256 || s.Problem != (formats.Problem{}) {
		t.Errorf("%+v", s)
	}
	if !bytes.Equal(s.Signed, built.SigStructure) || !bytes.Equal(s.Signature, built.Signature) {
		t.Error("the seal is not that of the document")
	}
	if string(s.Signer.KeyID) != "key-1" || s.Signer.Issuer != mint.PassIssuer || s.Signer.Country != "" || s.Signer.Chain != nil {
		t.Errorf("%+v", s.Signer)
	}
}

func TestPeopleAreReadAsThePassHasThem(t *testing.T) {
	for _, c := range []struct {
		who           mint.Person
		family, given string
	}{
		{mint.Mali, "แก้วทองคำ", "มะลิ"}, {mint.Samar, "الزيتوني", "سمر"}, {mint.Surya, "", "SURYAWATI"}, {mint.Yunfan, "歐陽", "雲帆"},
	} {
		n := decode(t, pass.Of(c.who)).Parts[0].Unverified.Subjects[0].Names
		if len(n) != 1 || n[0].Family != c.family || n[0].Given != c.given || n[0].Full != "" {
			t.Errorf("%+v", n)
		}
	}
	nobody := decode(t, pass.Set(mint.Map{}, "credentialSubject")).Parts[0].Unverified.Subjects
	if !reflect.DeepEqual(nobody, []formats.Subject{{}}) {
		t.Errorf("%+v", nobody)
	}
}

// What breaks the specification is shown as far as it can be.
func TestBrokenValuesAreShown(t *testing.T) {
	claims := decode(t, pass.Of(mint.Hirut).Set(mint.Text("9.9.9"), "version").SetClaim(mint.Bytes(make([]byte, 16)), mint.ClaimTokenID)).Parts[0].Unverified
	if b := claims.Subjects[0].Birth; b != (formats.Date{Year: 1957, Month: 8}) {
		t.Errorf("born %v", b)
	}
	want := []formats.Field{{Name: "type", Value: "PublicCovidPass"}, {Name: "version", Value: "9.9.9"}, {Name: "jti", Value: "urn:uuid:00000000-0000-0000-0000-000000000000"}}
	if !reflect.DeepEqual(claims.Extra, want) {
		t.Errorf("%+v", claims.Extra)
	}
	timed := decode(t, pass.Set(mint.Text("1984-07-19T23:00:00-11:00"), "credentialSubject", "dob")).Parts[0].Unverified.Subjects[0].Birth
	if timed != (formats.Date{Year: 1984, Month: 7, Day: 19}) {
		t.Errorf("a birth date with a time is %+v", timed)
	}
}

// No reason quotes the document: reports and logs carry reasons.
func TestReasonsDoNotQuoteTheDocument(t *testing.T) {
	for _, p := range []mint.Pass{
		pass.Set(mint.Text("1987-13-29"), "credentialSubject", "dob"), pass.Set(mint.Text("1987.29"), "version"),
		pass.Set(mint.Text("1987-29"), "@context", 0), pass.SetClaim(mint.Text("1987-29"), mint.ClaimIssuer), pass.SetClaim(mint.Bytes("1987-29"), mint.ClaimTokenID),
	} {
		doc := decode(t, p)
		if len(doc.Checks) != 1 || strings.Contains(doc.Checks[0].Text, "1987") || strings.Contains(doc.Checks[0].Text, "29") {
			t.Errorf("%+v", doc.Checks)
		}
	}
}

func TestTraceShowsTheStepsOfDecode(t *testing.T) {
	names := "prefix base32 COSE_Sign1 CWT claims credential"
	for _, c := range mint.NZCPCases() {
		doc, err := nzcp.Format.Decode(formats.Text(c.Text), formats.Options{})
		steps := nzcp.Format.Trace(formats.Text(c.Text), formats.Options{})
		var shown []string
		for i, s := range steps {
			shown = append(shown, s.Name)
			if last := i == len(steps)-1; (s.Err != nil) != (last && doc == nil) || (s.Err == nil) != (len(s.Detail) > 0) {
				t.Errorf("%s, %s: %v with %d details", c.Name, s.Name, s.Err, len(s.Detail))
			}
		}
		if got := strings.Join(shown, " "); !strings.HasPrefix(names, got) || doc != nil && got != names {
			t.Errorf("%s: the steps are %s", c.Name, got)
		}
		if last := steps[len(steps)-1].Err; (err == nil) != (last == nil) || err != nil && err.Error() != last.Error() {
			t.Errorf("%s: Trace ends in %v, Decode in %v", c.Name, last, err)
		}
	}
}

func TestTraceShowsWhatEachStepFound(t *testing.T) {
	p := pass.DropClaim(mint.ClaimNotBefore).Set(mint.Text("2.0.0"), "version")
	p.Token.Protected = mint.Set(mint.Drop(p.Token.Protected, mint.HeaderKID), mint.Bytes{0, 0xff}, mint.HeaderKID)
	found := make(map[string]string)
	for _, s := range nzcp.Format.Trace(formats.Text(p.Build().Text), formats.Options{}) {
		for _, f := range s.Detail {
			found[s.Name+" "+f.Name] += f.Value
		}
	}
	for name, want := range map[string]string{
		"prefix prefix": "NZCP:/1/", "COSE_Sign1 algorithm": "ES256", "COSE_Sign1 kid": "00ff", "COSE_Sign1 signature": "64 bytes",
		"CWT claims iss": mint.PassIssuer, "CWT claims verification method": mint.PassIssuer + "#00ff", "CWT claims exp": "2059-01-01T00:00:00Z",
		"CWT claims claim 5 (nbf)": "fails: missing (schema)", "credential version": "2.0.0", "credential dob": "1984-07-19",
		"credential familyName, givenName": "Achterberg-Lindqvist, Maren Zoë", "credential vc.version": "fails: a version that is not known here (schema)",
	} {
		if found[name] != want {
			t.Errorf("%s: got %q, want %q", name, found[name], want)
		}
	}
	named := nzcp.Format.Trace(formats.Text(pass.Build().Text), formats.Options{})
	for _, f := range named[3].Detail {
		if f.Name == "verification method" && f.Value != mint.PassIssuer+"#key-1" {
			t.Errorf("the verification method is %s", f.Value)
		}
	}
	header := nzcp.Format.Trace(formats.Text(token(func(h *mint.HCERT) { h.Protected = mint.Drop(h.Protected, mint.HeaderAlg) }).Build().Text), formats.Options{})
	if last := header[2].Detail[len(header[2].Detail)-1]; last.Name != "problem" || last.Value == "" {
		t.Errorf("%+v", header[2].Detail)
	}
}
