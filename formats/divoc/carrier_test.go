package divoc_test

import (
	"encoding/base64"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/divoc"
	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/scan"
)

func TestDetectClaimsCredentialsInEveryCarrier(t *testing.T) {
	built := good.Build()
	for text, want := range map[string]bool{
		built.Text: true, built.JSON: true, string(built.Archive): true, good.On(mint.InText).Build().Text: true, "B64:": true, "B64:UEsDBA": true,
		`{"@context":[],"type":["VerifiableCredential"]}`: true,
		"": false, "{": false, "{}": false, "PK": false, "PK\x03\x04": false, "PK\x03\x04 other.json": false, "b64:UEsDBA": false,
		`{"@context":"https://schema.org"}`: false, `{"verifiableCredential":["eyJ"]}`: false, `[{"@context":[],"type":"VerifiableCredential"}]`: false,
		`{"data":{"hdr":{"t":"icao.vacc"}},"sig":{}}`: false, "HC1:6BF": false, "shc:/5676": false, " " + built.JSON: false, "\ufeff" + built.JSON: false,
	} {
		if got := divoc.Format.Detect(formats.Text(text)); got != want {
			t.Errorf("%.60q: %v", text, got)
		}
	}
	named := formats.Input{Files: []formats.File{{Name: "certificate.json", Data: []byte(built.JSON)}}}
	if divoc.Format.Detect(named) || divoc.Format.Detect(formats.Input{}) {
		t.Error("an Input that is not one text is claimed")
	}
}

func TestEveryCarrierHoldsTheSameCredential(t *testing.T) {
	want := decode(t, good, formats.Options{})
	for _, carrier := range []mint.Carrier{mint.InBytes, mint.InText, mint.Plain} {
		got := decode(t, good.On(carrier), formats.Options{})
		if string(got.Seals[0].Signed) != string(want.Seals[0].Signed) || event(t, got) != event(t, want) {
			t.Errorf("carrier %d: another credential", carrier)
		}
	}
}

// The platform's own barcode writer puts the archive into the code as a text.
func TestAPictureOfACodeIsRead(t *testing.T) {
	text := good.SignedBy(mint.Ed25519, "Ed25519Signature2018", "EdDSA").On(mint.InText).Build().Text
	symbols, err := scan.Read(t.Context(), mint.PNG(mint.QR(text)), scan.Limits{})
	if err != nil || len(symbols) != 1 {
		t.Fatalf("%d codes, %v", len(symbols), err)
	}
	if _, err := divoc.Format.Decode(scan.Inputs("picture", symbols)[0], formats.Options{}); err != nil {
		t.Error(err)
	}
}

func TestEachLayerIsReadStrictly(t *testing.T) {
	archive := func(f func([]byte) []byte) string { c := good; c.Hooks.Archive = f; return c.Build().Text }
	json := func(f func(string) string) string { c := good; c.Hooks.JSON = f; return c.Build().Text }
	plain := good.Build().JSON
	sound := mint.ArchiveFile{Name: "certificate.json", Data: []byte(plain)}
	text := good.Build().Text
	for name, c := range map[string]struct {
		text       string
		o          formats.Options
		code, step string
	}{
		"nothing":               {"", formats.Options{}, formats.CodeEncoding, "text"},
		"something else":        {"HC1:x", formats.Options{}, formats.CodeEncoding, "text"},
		"a list":                {"[" + plain + "]", formats.Options{}, formats.CodeEncoding, "text"},
		"no padding":            {strings.TrimRight(text, "="), formats.Options{}, formats.CodeEncoding, "base64"},
		"a line feed in base64": {text[:100] + "\n" + text[100:], formats.Options{}, formats.CodeEncoding, "base64"},
		"the alphabet for URLs": {"B64:-_-_", formats.Options{}, formats.CodeEncoding, "base64"},
		"nothing in base64":     {"B64:", formats.Options{}, formats.CodeTruncated, "archive"},
		"JSON in base64":        {"B64:" + base64.StdEncoding.EncodeToString([]byte(plain)), formats.Options{}, formats.CodeEncoding, "archive"},
		"half an archive":       {archive(func(b []byte) []byte { return b[:len(b)/2] }), formats.Options{}, formats.CodeTruncated, "archive"},
		"a byte behind it":      {archive(func(b []byte) []byte { return append(b, 0) }), formats.Options{}, formats.CodeTrailing, "archive"},
		"a byte in front":       {archive(func(b []byte) []byte { return append([]byte{0}, b...) }), formats.Options{}, formats.CodeEncoding, "archive"},
		"another name":          {archive(func([]byte) []byte { return mint.Archive(mint.ArchiveFile{Name: "Certificate.json", Data: sound.Data}) }), formats.Options{}, formats.CodeEncoding, "archive"},
		"two of one name":       {archive(func([]byte) []byte { return mint.Archive(sound, sound) }), formats.Options{}, formats.CodeEncoding, "archive"},
		"nine files":            {archive(func([]byte) []byte { return mint.Archive(append(others(8), sound)...) }), formats.Options{}, formats.CodeLimit, "archive"},
		"a path": {archive(func([]byte) []byte {
			return mint.Archive(mint.ArchiveFile{Name: "../certificate.json", Data: sound.Data})
		}), formats.Options{}, formats.CodeEncoding, "archive"},
		"a limit":                 {text, formats.Options{Limits: formats.Limits{Inflated: 1000}}, formats.CodeLimit, "archive"},
		"a wrong checksum":        {archive(func(b []byte) []byte { return mint.FlipBit(b, 8*14) }), formats.Options{}, formats.CodeEncoding, "archive"},
		"a text of other letters": {"PK\x03\x04certificate.json\u0100", formats.Options{}, formats.CodeTruncated, "archive"},
		"a text cut short":        {string([]rune(good.On(mint.InText).Build().Text)[:400]), formats.Options{}, formats.CodeTruncated, "archive"},
		"JSON cut short":          {plain[:len(plain)-1], formats.Options{}, formats.CodeTruncated, "JSON"},
		"JSON and a blank":        {plain + " ", formats.Options{}, formats.CodeTrailing, "JSON"},
		"JSON twice":              {json(func(s string) string { return s + s }), formats.Options{}, formats.CodeTrailing, "JSON"},
		"a blank and JSON":        {json(func(s string) string { return " " + s }), formats.Options{}, formats.CodeTrailing, "JSON"},
		"a byte order mark":       {json(func(s string) string { return "\ufeff" + s }), formats.Options{}, formats.CodePayload, "JSON"},
		"a member twice":          {json(func(s string) string { return `{"issuer":"did:x:y",` + s[1:] }), formats.Options{}, formats.CodePayload, "JSON"},
		"an array":                {json(func(s string) string { return "[" + s + "]" }), formats.Options{}, formats.CodePayload, "JSON-LD"},
		"depth":                   {json(func(string) string { return `{"a":` + strings.Repeat("[", 30) + strings.Repeat("]", 30) + "}" }), formats.Options{}, formats.CodeLimit, "JSON"},
		"items":                   {plain, formats.Options{Limits: formats.Limits{Items: 20}}, formats.CodeLimit, "JSON"},
		"an unknown context":      {good.Set("https://cowin.gov.in/credentials/vaccination/v9", "@context", 1).Build().Text, formats.Options{}, formats.CodeVersion, "@context"},
		"no vaccination context":  {good.Drop("@context", 1).Build().Text, formats.Options{}, formats.CodeVersion, "@context"},
		"a context in the text":   {good.Set(mint.JSONObject{{Name: "name", Value: "urn:x"}}, "@context", 2).Build().Text, formats.Options{}, formats.CodeEnvelope, "@context"},
		"a keyword":               {good.Set("x", "credentialSubject", "@graph").Build().Text, formats.Options{}, formats.CodeEnvelope, "JSON-LD"},
		"a proof that is a list":  {proof(func(p mint.JSONObject) any { return []any{p} }).Build().Text, formats.Options{}, formats.CodeEnvelope, "proof"},
		"a signature cut short":   {proof(func(p mint.JSONObject) any { return p.Set("AAAA", "jws") }).Build().Text, formats.Options{}, formats.CodeEnvelope, "proof.jws"},
	} {
		t.Run(name, func(t *testing.T) { refused(t, c.text, c.o, c.code, c.step) })
	}
}

func others(n int) []mint.ArchiveFile {
	list := make([]mint.ArchiveFile, n)
	for i := range list {
		list[i] = mint.ArchiveFile{Name: "other" + strings.Repeat("x", i)}
	}
	return list
}

// proof gives the credential with something in the place of its proof.
func proof(change func(mint.JSONObject) any) mint.Credential {
	c := good
	c.Hooks.Whole = func(o mint.JSONObject) mint.JSONObject {
		p, _ := o.Get("proof")
		return o.Set(change(p.(mint.JSONObject)), "proof")
	}
	return c
}

func TestFurtherFilesOfTheArchiveAreNotLookedAt(t *testing.T) {
	c := good
	c.Hooks.Archive = func([]byte) []byte {
		return mint.Archive(append(others(7), mint.ArchiveFile{Name: "certificate.json", Data: []byte(good.Build().JSON)})...)
	}
	if got := event(t, decode(t, c, formats.Options{})); got != event(t, decode(t, good, formats.Options{})) {
		t.Errorf("%+v", got)
	}
}

func TestOneFileIsNeeded(t *testing.T) {
	data := []byte(good.Build().Text)
	for name, in := range map[string]formats.Input{
		"none": {}, "named": {Files: []formats.File{{Name: "DG1", Data: data}}}, "two": {Files: []formats.File{{Data: data}, {Name: "x", Data: data}}},
	} {
		if doc, err := divoc.Format.Decode(in, formats.Options{}); doc != nil || err == nil {
			t.Errorf("%s: %v", name, doc)
		}
	}
}

func TestTraceShowsTheStepsOfDecode(t *testing.T) {
	names := "text archive JSON proof credential"
	cases := append(mint.CredentialCases(), mint.Case{Name: "plain", Text: good.On(mint.Plain).Build().Text})
	for _, c := range cases {
		doc, err := divoc.Format.Decode(formats.Text(c.Text), formats.Options{})
		steps := divoc.Format.Trace(formats.Text(c.Text), formats.Options{})
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
	show := func(c mint.Credential) map[string]string {
		found := make(map[string]string)
		for _, s := range divoc.Format.Trace(formats.Text(c.Build().Text), formats.Options{}) {
			for _, f := range s.Detail {
				found[s.Name+" "+f.Name] = f.Value
			}
		}
		return found
	}
	none := good
	none.Hooks.Whole = func(o mint.JSONObject) mint.JSONObject { return o.Drop("proof") }
	for name, c := range map[string]struct {
		doc  mint.Credential
		want map[string]string
	}{
		"a sound one": {good.Set("2059-01-01T00:00:00Z", "expirationDate"), map[string]string{
			"text holds": "an archive", "proof contexts": "https://www.w3.org/2018/credentials/v1 https://cowin.gov.in/credentials/vaccination/v1",
			"proof canonical form": "45 statements", "proof algorithm": "PS256", "proof verificationMethod": "did:utopia:rsa-2048", "proof signature": "256 bytes",
			"credential credential": "covered by the proof", "credential credentialSubject.name": "Maren Zoë Achterberg-Lindqvist", "credential vaccine": "COVISHIELD",
			"credential date": "2025-10-03T04:28:43.134Z", "credential certificateId": "72040918351", "credential issuanceDate": "2026-01-15T09:30:00Z",
			"credential expirationDate": "2059-01-01T00:00:00Z",
			"credential evidence":       "tolerated: which of the values is batch, vaccine and manufacturer is not signed (shared-property)",
		}},
		"the JSON": {good.On(mint.Plain), map[string]string{"text holds": "the credential itself", "archive archive": "none"}},
		"no proof": {none, map[string]string{"proof proof": "none", "credential credential": "not covered by any proof"}},
		"a bare id": {good.Set("17", "credentialSubject", "id"), map[string]string{
			"credential credential": "covered by the proof", "credential credentialSubject": "not covered by any proof",
		}},
		"an unknown member": {good.Set("x", "evidence", 0, "note"), map[string]string{
			"proof problem": "evidence[0]: a member or type that no context defines, which the signature does not cover", "proof canonical form": "",
		}},
	} {
		got := show(c.doc)
		for field, want := range c.want {
			if got[field] != want {
				t.Errorf("%s, %s: got %q, want %q", name, field, got[field], want)
			}
		}
	}
}
