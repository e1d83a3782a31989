package ldproof_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/ldproof"
)

// options is the canonical form of the options of a proof of a type.
func options(kind string) string {
	return `_:c14n0 <http://purl.org/dc/terms/created> "2026-01-15T09:30:00Z"^^<http://www.w3.org/2001/XMLSchema#dateTime> .
_:c14n0 <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/security#` + kind + `> .
_:c14n0 <https://w3id.org/security#proofPurpose> <https://w3id.org/security#assertionMethod> .
_:c14n0 <https://w3id.org/security#verificationMethod> <did:x:y#1> .
`
}

// proofOf is a proof of a type with more members behind the options.
func proofOf(kind, rest string) string {
	return `{"type":"` + kind + `","created":"2026-01-15T09:30:00Z","verificationMethod":"did:x:y#1","proofPurpose":"assertionMethod"` + rest + `}`
}

// jws is a member of that name with a header and a signature.
func jws(header, signature string) string {
	return `,"jws":"` + base64.RawURLEncoding.EncodeToString([]byte(header)) + ".." + base64.RawURLEncoding.EncodeToString([]byte(signature)) + `"`
}

func header(alg string) string { return `{"alg":"` + alg + `","b64":false,"crit":["b64"]}` }

func seal(t *testing.T, proof string) formats.Seal {
	t.Helper()
	return *parsed(t, signed(document(`"title":"a"`), proof), formats.Options{}).Seal
}

func TestTheSignedBytesAreTheHashesOfOptionsAndDocument(t *testing.T) {
	text := document(`"title":"a"`)
	es256, es384 := formats.ES256, formats.ES384
	es256.Curve, es384.Curve = "P-256", "P-384"
	for _, c := range []struct {
		kind, alg string
		want      formats.Algorithm
	}{
		{"RsaSignature2018", "PS256", formats.PS256}, {"RsaSignature2018", "RS256", formats.RS256},
		{"Ed25519Signature2018", "EdDSA", formats.EdDSA}, {"Ed25519Signature2020", "", formats.EdDSA},
		{"JsonWebSignature2020", "ES256", es256}, {"JsonWebSignature2020", "ES384", es384},
		{"JsonWebSignature2020", "EdDSA", formats.EdDSA}, {"JsonWebSignature2020", "PS256", formats.PS256},
	} {
		of := sha256.Sum256([]byte(options(c.kind)))
		in := sha256.Sum256([]byte(parsed(t, text, formats.Options{}).Canonical))
		want, rest := append(of[:], in[:]...), `,"proofValue":"z3D7"`
		if c.alg != "" {
			want, rest = append([]byte(base64.RawURLEncoding.EncodeToString([]byte(header(c.alg)))+"."), want...), jws(header(c.alg), "\x5a\x58")
		}
		s := *parsed(t, signed(text, proofOf(c.kind, rest)), formats.Options{}).Seal
		if s.Problem.Code != "" || !bytes.Equal(s.Signed, want) || s.Algorithm != c.want {
			t.Errorf("%s %s: %+v", c.kind, c.alg, s)
		}
		if s.Role != formats.Issuer || s.Envelope != ldproof.Envelope || string(s.Signer.KeyID) != "did:x:y#1" || s.Signer.Issuer != "" || len(s.Signature) != 2 {
			t.Errorf("%s %s: %+v", c.kind, c.alg, s)
		}
	}
}

func TestTheOrderOfTheProofsMembersDoesNotMatter(t *testing.T) {
	a := seal(t, proofOf("RsaSignature2018", jws(header("PS256"), "s")))
	b := seal(t, `{`+jws(header("PS256"), "s")[1:]+`,"proofPurpose":"assertionMethod","verificationMethod":"did:x:y#1","created":"2026-01-15T09:30:00Z","type":"RsaSignature2018"}`)
	if !bytes.Equal(a.Signed, b.Signed) || a.Signed == nil {
		t.Errorf("%q and %q", a.Signed, b.Signed)
	}
}

func TestProofsThatForbidACheck(t *testing.T) {
	good := jws(header("PS256"), "s")
	with := func(old, new string) string {
		p := proofOf("RsaSignature2018", good)
		if !strings.Contains(p, old) {
			t.Fatalf("no %s in %s", old, p)
		}
		return strings.Replace(p, old, new, 1)
	}
	rsa := func(header string) string { return proofOf("RsaSignature2018", jws(header, "s")) }
	for name, c := range map[string]struct{ proof, code string }{
		"an unknown type":            {with("2018", "2099"), formats.CodeSealUnsupported},
		"a type in small letters":    {with("RsaSignature2018", "rsasignature2018"), formats.CodeSealUnsupported},
		"no type":                    {with(`"type":"RsaSignature2018",`, ""), formats.CodeSealUnsupported},
		"a list of types":            {with(`"RsaSignature2018"`, `["RsaSignature2018"]`), formats.CodeSealUnsupported},
		"another purpose":            {with("assertionMethod", "authentication"), formats.CodeSealHeader},
		"no purpose":                 {with(`,"proofPurpose":"assertionMethod"`, ""), formats.CodeSealHeader},
		"no method":                  {with(`"verificationMethod":"did:x:y#1",`, ""), formats.CodeSealHeader},
		"a relative method":          {with("did:x:y#1", "key-1"), formats.CodeSealHeader},
		"a method that is a label":   {with("did:x:y#1", "_:b0"), formats.CodeSealHeader},
		"a method that is a key":     {with(`"did:x:y#1"`, `{"publicKeyPem":"x"}`), formats.CodeSealHeader},
		"no moment":                  {with(`"created":"2026-01-15T09:30:00Z",`, ""), formats.CodeSealHeader},
		"a nonce":                    {with("{", `{"nonce":"x",`), formats.CodeSealHeader},
		"a domain":                   {with("{", `{"domain":"x",`), formats.CodeSealHeader},
		"an end":                     {with("{", `{"expires":"2030-01-01T00:00:00Z",`), formats.CodeSealHeader},
		"a context of its own":       {with("{", `{"@context":{"created":"urn:x"},`), formats.CodeSealHeader},
		"a name of its own":          {with("{", `{"id":"urn:x",`), formats.CodeSealHeader},
		"a jws that is no text":      {proofOf("RsaSignature2018", `,"jws":7`), formats.CodeSealHeader},
		"no signature":               {proofOf("RsaSignature2018", ""), formats.CodeSealHeader},
		"two signatures":             {proofOf("RsaSignature2018", good+`,"proofValue":"z2"`), formats.CodeSealHeader},
		"multibase for a JWS":        {proofOf("RsaSignature2018", `,"proofValue":"z2"`), formats.CodeSealHeader},
		"a JWS for multibase":        {proofOf("Ed25519Signature2020", good), formats.CodeSealHeader},
		"none":                       {rsa(header("none")), formats.CodeSealUnsupported},
		"HS256":                      {rsa(header("HS256")), formats.CodeSealUnsupported},
		"no algorithm":               {rsa(`{"b64":false,"crit":["b64"]}`), formats.CodeSealUnsupported},
		"an algorithm as a number":   {rsa(`{"alg":256,"b64":false,"crit":["b64"]}`), formats.CodeSealUnsupported},
		"an algorithm of others":     {rsa(header("EdDSA")), formats.CodeSealUnsupported},
		"RS256 for Ed25519":          {proofOf("Ed25519Signature2018", jws(header("RS256"), "s")), formats.CodeSealUnsupported},
		"an encoded payload":         {rsa(`{"alg":"PS256","b64":true,"crit":["b64"]}`), formats.CodeSealHeader},
		"b64 that is no truth":       {rsa(`{"alg":"PS256","b64":"false","crit":["b64"]}`), formats.CodeSealHeader},
		"no b64":                     {rsa(`{"alg":"PS256"}`), formats.CodeSealHeader},
		"b64 that is not critical":   {rsa(`{"alg":"PS256","b64":false}`), formats.CodeSealHeader},
		"nothing critical":           {rsa(`{"alg":"PS256","b64":false,"crit":[]}`), formats.CodeSealHeader},
		"something else critical":    {rsa(`{"alg":"PS256","b64":false,"crit":["b64","exp"]}`), formats.CodeSealHeader},
		"a key in the header":        {rsa(`{"alg":"PS256","b64":false,"crit":["b64"],"jwk":{}}`), formats.CodeSealHeader},
		"an address in the header":   {rsa(`{"alg":"PS256","b64":false,"crit":["b64"],"jku":"https://evil.example/"}`), formats.CodeSealHeader},
		"a chain in the header":      {rsa(`{"alg":"PS256","b64":false,"crit":["b64"],"x5c":[]}`), formats.CodeSealHeader},
		"a key's name in the header": {rsa(`{"alg":"PS256","b64":false,"crit":["b64"],"kid":"x"}`), formats.CodeSealHeader},
	} {
		s := seal(t, c.proof)
		if s.Problem.Code != c.code || s.Problem.Text == "" || s.Signed != nil || s.Algorithm != (formats.Algorithm{}) {
			t.Errorf("%s: %+v, want %s", name, s, c.code)
		}
	}
}

func TestProofsThatCannotBeRead(t *testing.T) {
	b64 := base64.RawURLEncoding.EncodeToString
	good := b64([]byte(header("PS256")))
	for name, c := range map[string]struct {
		proof, step string
		offset      int
	}{
		"a list":                   {`[` + proofOf("RsaSignature2018", "") + `]`, "proof", -1},
		"a text":                   {`"proof"`, "proof", -1},
		"null":                     {`null`, "proof", -1},
		"one point":                {proofOf("RsaSignature2018", `,"jws":"`+good+`.AAAA"`), "proof.jws", -1},
		"a payload":                {proofOf("RsaSignature2018", `,"jws":"`+good+`.AAAA.AAAA"`), "proof.jws", -1},
		"a point too many":         {proofOf("RsaSignature2018", `,"jws":"`+good+`..AAAA.AAA"`), "proof.jws", len(good) + 6},
		"three points":             {proofOf("RsaSignature2018", `,"jws":"`+good+`...AAA"`), "proof.jws", len(good) + 2},
		"padding":                  {proofOf("RsaSignature2018", `,"jws":"`+good+`..AAA="`), "proof.jws", len(good) + 5},
		"a loose tail":             {proofOf("RsaSignature2018", `,"jws":"`+good+`..AAB"`), "proof.jws", len(good) + 4},
		"a line feed":              {proofOf("RsaSignature2018", `,"jws":"`+good+`\n..AAAA"`), "proof.jws", len(good)},
		"no header":                {proofOf("RsaSignature2018", `,"jws":"..AAAA"`), "JWS header", 0},
		"a header that is no JSON": {proofOf("RsaSignature2018", jws("x", "s")), "JWS header", 0},
		"a header that is a list":  {proofOf("RsaSignature2018", jws("[]", "s")), "JWS header", -1},
		"a header with twice alg":  {proofOf("RsaSignature2018", jws(`{"alg":"PS256","alg":"RS256"}`, "s")), "JWS header", 15},
		"two headers":              {proofOf("RsaSignature2018", jws(`{}{}`, "s")), "JWS header", 2},
		"another base":             {proofOf("Ed25519Signature2020", `,"proofValue":"uAAAA"`), "proof.proofValue", -1},
		"no base":                  {proofOf("Ed25519Signature2020", `,"proofValue":""`), "proof.proofValue", -1},
		"a letter of no base58":    {proofOf("Ed25519Signature2020", `,"proofValue":"z2l"`), "proof.proofValue", 2},
		"a long signature":         {proofOf("Ed25519Signature2020", `,"proofValue":"z`+strings.Repeat("2", 129)+`"`), "proof.proofValue", 129},
	} {
		_, err := parse(signed(document(""), c.proof), formats.Options{})
		var fe *formats.Error
		if !errors.As(err, &fe) || fe.Code != formats.CodeEnvelope || fe.Step != c.step || fe.Offset != c.offset {
			t.Errorf("%s: %v; want step %s at %d", name, err, c.step, c.offset)
		}
	}
}
