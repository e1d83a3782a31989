package shc_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/mint"
)

func TestTheSealNamesItsIssuerAndKey(t *testing.T) {
	c := vaccination()
	c.Header = c.Header.Set([]any{"AAAA", "BBBB"}, "x5c")
	b, doc := c.Build(), decode(t, c, formats.Options{})
	if len(doc.Seals) != 1 || len(doc.Parts) != 1 || doc.Parts[0].Name != "payload" || doc.Parts[0].Seal != 0 || doc.Parts[0].Path != nil {
		t.Fatalf("%+v", doc)
	}
	s := doc.Seals[0]
	if string(s.Signed) != b.Token[:strings.LastIndexByte(b.Token, '.')] || string(s.Signature) != string(b.Signature) || s.Envelope != "JWS" || s.Role != formats.Issuer {
		t.Errorf("%+v", s)
	}
	if s.Algorithm.Name() != "ES256" || s.Algorithm.Curve != "P-256" || s.Problem != (formats.Problem{}) {
		t.Errorf("%+v", s.Algorithm)
	}
	if s.Signer.Issuer != mint.CardIssuer || string(s.Signer.KeyID) != string(issuer.KID) || s.Signer.Country != "" || len(s.Signer.Chain) != 2 {
		t.Errorf("%+v", s.Signer)
	}
	if doc.Format != "shc" || doc.Purpose != formats.Vaccination || len(doc.Checks) != 0 || doc.Needs != nil {
		t.Errorf("%+v", doc)
	}
}

func TestNoOtherAlgorithmIsChecked(t *testing.T) {
	for _, alg := range []string{"ES384", "PS256", "RS256", "EdDSA", "none", "HS256", "ES256K"} {
		c := vaccination()
		c.Header = c.Header.Set(alg, "alg")
		s := decode(t, c, formats.Options{}).Seals[0]
		if s.Problem.Code != formats.CodeSealUnsupported || s.Problem.Text == "" || s.Algorithm != (formats.Algorithm{}) {
			t.Errorf("%s: %+v", alg, s)
		}
	}
}

func TestThePayloadIsExpandedStrictly(t *testing.T) {
	with := func(change func(*mint.SHCHooks)) mint.SHC {
		c := vaccination()
		change(&c.Hooks)
		return c
	}
	zip := func(value any) mint.SHC {
		c := vaccination()
		c.Header = c.Header.Set(value, "zip")
		return c
	}
	noZip := vaccination()
	noZip.Header = noZip.Header.Drop("zip")
	compressed := func(f func([]byte) []byte) mint.SHC { return with(func(h *mint.SHCHooks) { h.Compressed = f }) }
	for name, c := range map[string]struct {
		doc  mint.SHC
		o    formats.Options
		code string
	}{
		"no zip":            {noZip, formats.Options{}, formats.CodeVersion},
		"an empty zip":      {zip(""), formats.Options{}, formats.CodeVersion},
		"another zip":       {zip("GZ"), formats.Options{}, formats.CodeVersion},
		"zip in small":      {zip("def"), formats.Options{}, formats.CodeVersion},
		"zlib":              {with(func(h *mint.SHCHooks) { h.Compress = mint.Zlib }), formats.Options{}, formats.CodeEncoding},
		"not compressed":    {with(func(h *mint.SHCHooks) { h.Compress = func(b []byte) []byte { return b } }), formats.Options{}, formats.CodeEncoding},
		"cut":               {compressed(func(b []byte) []byte { return b[:len(b)-1] }), formats.Options{}, formats.CodeTruncated},
		"a byte after it":   {compressed(func(b []byte) []byte { return append(b[:len(b):len(b)], 0) }), formats.Options{}, formats.CodeTrailing},
		"two streams":       {compressed(func(b []byte) []byte { return append(b[:len(b):len(b)], b...) }), formats.Options{}, formats.CodeTrailing},
		"a limit":           {vaccination(), formats.Options{Limits: formats.Limits{Inflated: 100}}, formats.CodeLimit},
		"above the default": {with(func(h *mint.SHCHooks) { h.JSON = func(string) string { return strings.Repeat(" ", 256<<10+1) } }), formats.Options{}, formats.CodeLimit},
	} {
		refused(t, name, c.doc.Build().Text, c.o, c.code, "DEFLATE")
	}
}

func TestThePayloadIsOneStrictJSONObject(t *testing.T) {
	for name, c := range map[string]struct {
		change     func(string) string
		code, step string
	}{
		"cut":               {func(s string) string { return s[:len(s)-1] }, formats.CodeTruncated, "claims"},
		"a second value":    {func(s string) string { return s + "{}" }, formats.CodeTrailing, "claims"},
		"a byte order mark": {func(s string) string { return "\xef\xbb\xbf" + s }, formats.CodePayload, "claims"},
		"a claim twice":     {func(s string) string { return `{"iss":"x",` + s[1:] }, formats.CodePayload, "claims"},
		"twice, escaped":    {func(s string) string { return `{"\u0069ss":"x",` + s[1:] }, formats.CodePayload, "claims"},
		"twice, deep inside": {func(s string) string {
			return strings.Replace(s, `"birthDate"`, `"birthDate":"2000-01-01","birthDate"`, 1)
		}, formats.CodePayload, "claims"},
		"no UTF-8": {func(s string) string { return strings.Replace(s, "Maren", "Mar\xffn", 1) }, formats.CodePayload, "claims"},
		"too deep": {func(s string) string {
			return `{"x":` + strings.Repeat("[", 30) + strings.Repeat("]", 30) + "," + s[1:]
		}, formats.CodeLimit, "claims"},
		"a text, encoded once": {func(s string) string { return `"` + strings.ReplaceAll(s, `"`, `\"`) + `"` }, formats.CodePayload, "claim vc"},
		"a list":               {func(s string) string { return "[" + s + "]" }, formats.CodePayload, "claim vc"},
		"nothing":              {func(string) string { return "" }, formats.CodeTruncated, "claims"},
		"null":                 {func(string) string { return "null" }, formats.CodePayload, "claim vc"},
	} {
		card := vaccination()
		card.Hooks.JSON = c.change
		refused(t, name, card.Build().Text, formats.Options{}, c.code, c.step)
	}
}

func TestATokenOfAnotherKindIsRefused(t *testing.T) {
	v := vaccination()
	for name, c := range map[string]struct {
		doc  mint.SHC
		step string
	}{
		"no vc":                 {v.Drop("vc"), "claim vc"},
		"vc of another case":    {v.Drop("vc").Set(mint.JSONObject{}, "VC"), "claim vc"},
		"vc that is a text":     {v.Set("x", "vc"), "claim vc"},
		"no iss":                {v.Drop("iss"), "claim iss"},
		"iss that is a number":  {v.Set(7, "iss"), "claim iss"},
		"iss in capitals":       {v.Drop("iss").Set("https://x", "ISS"), "claim iss"},
		"no type":               {v.Drop("vc", "type"), "claim vc.type"},
		"another type":          {v.Set([]any{"VerifiableCredential"}, "vc", "type"), "claim vc.type"},
		"a text for the type":   {v.Set("https://smarthealth.cards#health-card", "vc", "type"), "claim vc.type"},
		"the type's beginning":  {v.Set([]any{"https://smarthealth.cards#health-card2"}, "vc", "type"), "claim vc.type"},
		"nbf that is a text":    {v.Set("1768469400", "nbf"), "claim nbf"},
		"nbf that is null":      {v.Set(mint.JSONRaw("null"), "nbf"), "claim nbf"},
		"exp that is a list":    {v.Set([]any{1}, "exp"), "claim exp"},
		"exp that is a boolean": {v.Set(mint.JSONRaw("true"), "exp"), "claim exp"},
	} {
		refused(t, name, c.doc.Build().Text, formats.Options{}, formats.CodePayload, c.step)
	}
}

func TestDatesAreReadAsNumericDates(t *testing.T) {
	v := vaccination()
	number := func(text string) mint.SHC { return v.Set(mint.JSONRaw(text), "nbf").Set(mint.JSONRaw(text), "exp") }
	end := time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC)
	for text, c := range map[string]struct {
		want     time.Time
		breaches int
	}{
		"0": {time.Unix(0, 0), 0}, "1768469400": {mint.IssuedAt, 0}, "1768469400.999": {mint.IssuedAt, 0}, "1.7684694E9": {mint.IssuedAt, 0},
		"253402300799": {end, 0}, "253402300799.5": {end, 0}, "253402300800": {end, 2}, "1768469400000": {end, 2}, "1e300": {end, 2}, "1e999": {end, 2},
		"-1": {end, 2}, "-0.5": {end, 2}, "9223372036854775808": {end, 2},
	} {
		doc := decode(t, number(text), formats.Options{})
		got := doc.Validity
		if !got.NotBefore.Equal(c.want) || !got.NotAfter.Equal(c.want) || !got.IssuedAt.Equal(c.want) || got.MustExpire {
			t.Errorf("%s: %+v", text, got)
		}
		if len(failing(doc)) != c.breaches {
			t.Errorf("%s: %q", text, failing(doc))
		}
	}
	if got := decode(t, v, formats.Options{}).Validity; !got.NotAfter.IsZero() || !got.NotBefore.Equal(mint.IssuedAt) {
		t.Errorf("a card without an end: %+v", got)
	}
}

func TestBreachesOfTheTokenAreNamed(t *testing.T) {
	v := vaccination()
	for name, c := range map[string]struct {
		doc  mint.SHC
		want []string
	}{
		"no nbf":                  {v.Drop("nbf"), []string{"nbf: missing"}},
		"iss without TLS":         {v.Set("http://cards.utopia.example/issuer", "iss"), []string{"iss: not an address that begins with https://"}},
		"iss that is no address":  {v.Set("did:web:x", "iss"), []string{"iss: not an address"}},
		"iss in capitals":         {v.Set("HTTPS://cards.utopia.example/issuer", "iss"), []string{"iss: not an address"}},
		"iss with a slash":        {v.Set("https://cards.utopia.example/issuer/", "iss"), []string{"iss: an address that ends in a slash"}},
		"an empty rid":            {v.Set("", "vc", "rid"), []string{"vc.rid: not one to 24"}},
		"a long rid":              {v.Set(strings.Repeat("x", 25), "vc", "rid"), []string{"vc.rid: not one to 24"}},
		"a rid with a dot":        {v.Set("abc.1636977600", "vc", "rid"), []string{"vc.rid: not one to 24"}},
		"a rid with a slash":      {v.Set("a/b", "vc", "rid"), []string{"vc.rid: not one to 24"}},
		"a rid that is a number":  {v.Set(7, "vc", "rid"), []string{"vc.rid: not one to 24"}},
		"no version of FHIR":      {v.Drop("vc", "credentialSubject", "fhirVersion"), []string{"vc.credentialSubject.fhirVersion: "}},
		"FHIR R5":                 {v.Set("5.0.0", "vc", "credentialSubject", "fhirVersion"), []string{"vc.credentialSubject.fhirVersion: "}},
		"FHIR R4B":                {v.Set("4.3.0", "vc", "credentialSubject", "fhirVersion"), []string{"vc.credentialSubject.fhirVersion: "}},
		"no bundle":               {v.Drop("vc", "credentialSubject", "fhirBundle"), []string{"vc.credentialSubject.fhirBundle: ", "vc.credentialSubject.fhirBundle.entry: it names nobody"}},
		"no subject":              {v.Drop("vc", "credentialSubject"), []string{"vc.credentialSubject.fhirVersion: ", "vc.credentialSubject.fhirBundle: ", "vc.credentialSubject.fhirBundle.entry: "}},
		"no bundle but a Patient": {v.Set("Patient", "vc", "credentialSubject", "fhirBundle", "resourceType"), []string{"vc.credentialSubject.fhirBundle: "}},
		"no entries":              {v.Drop("vc", "credentialSubject", "fhirBundle", "entry"), []string{"vc.credentialSubject.fhirBundle.entry: missing", "vc.credentialSubject.fhirBundle.entry: it names nobody"}},
	} {
		if got := failing(decode(t, c.doc, formats.Options{})); !begin(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestFurtherTypesAreShownAndIgnored(t *testing.T) {
	c := vaccination().Set([]any{"https://smarthealth.cards#covid19", "https://smarthealth.cards#health-card", mint.JSONRaw("7"), "x"}, "vc", "type")
	doc := decode(t, c, formats.Options{})
	if got := extra(doc, "credential_types"); got != "https://smarthealth.cards#covid19 x" || len(doc.Checks) != 0 {
		t.Errorf("%q, %+v", got, doc.Checks)
	}
}

func TestTheHandleIsTheKeyAndTheRevocationIdentifier(t *testing.T) {
	doc := decode(t, vaccination().Set("vwAjHdarZuc", "vc", "rid"), formats.Options{})
	want := []formats.Handle{{Kind: "shc.rid", Data: []byte(string(issuer.KID) + "\x00vwAjHdarZuc")}}
	if !reflect.DeepEqual(doc.Handles, want) || extra(doc, "revocation_id") != "vwAjHdarZuc" {
		t.Errorf("%q", doc.Handles)
	}
	if h := decode(t, vaccination(), formats.Options{}).Handles; h != nil {
		t.Errorf("without one: %q", h)
	}
	if h := decode(t, vaccination().Set("a/b", "vc", "rid"), formats.Options{}).Handles; len(h) != 1 {
		t.Errorf("of a wrong form: %q", h)
	}
}

// A report that nobody can read helps nobody, and a card must not be able to make one.
func TestBreachesAreListedUpToABound(t *testing.T) {
	var resources []mint.JSONObject
	for i := range 100 {
		resources = append(resources, mint.Dose("2025-10-03", fmt.Sprint("UX", i)).Set("not-done", "status"))
	}
	got := failing(decode(t, mint.Card(issuer, mint.Maren, resources...), formats.Options{}))
	if len(got) != 25 || !strings.Contains(got[24], "more breaches") {
		t.Errorf("%d breaches, the last %q", len(got), got[len(got)-1])
	}
}
