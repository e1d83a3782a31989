package jws_test

import (
	"bytes"
	"encoding/base64"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/formats"
)

// What is wrong with a header but leaves the message readable is a problem of its seal: it can be shown, and it is
// neither proof nor disproof.
func TestAHeaderThatForbidsCheckingIsAProblemOfTheSeal(t *testing.T) {
	const header, unsupported = formats.CodeSealHeader, formats.CodeSealUnsupported
	for h, c := range map[string]struct{ code, says string }{
		`{}`:                                         {header, "no algorithm"},
		`{"kid":"k"}`:                                {header, "no algorithm"},
		`{"ALG":"ES256"}`:                            {header, "no algorithm"},
		`{"alg":"none"}`:                             {unsupported, "nothing is signed"},
		`{"alg":"None"}`:                             {unsupported, "nothing is signed"},
		`{"alg":"nOnE"}`:                             {unsupported, "nothing is signed"},
		`{"alg":"HS256"}`:                            {unsupported, "a MAC"},
		`{"alg":"HS512"}`:                            {unsupported, "a MAC"},
		`{"alg":"es256"}`:                            {unsupported, "not one that is accepted"},
		`{"alg":"ES256K"}`:                           {unsupported, "not one that is accepted"},
		`{"alg":"RS1"}`:                              {unsupported, "not one that is accepted"},
		`{"alg":""}`:                                 {unsupported, "not one that is accepted"},
		`{"alg":null}`:                               {unsupported, "not one that is accepted"},
		`{"alg":-7}`:                                 {unsupported, "not one that is accepted"},
		`{"alg":["ES256"]}`:                          {unsupported, "not one that is accepted"},
		`{"alg":"ES256","crit":["x"]}`:               {header, "critical"},
		`{"alg":"ES256","crit":[]}`:                  {header, "critical"},
		`{"alg":"ES256","crit":["alg"]}`:             {header, "critical"},
		`{"alg":"ES256","crit":null}`:                {header, "critical"},
		`{"alg":"ES256","b64":false}`:                {header, "b64"},
		`{"alg":"ES256","b64":true}`:                 {header, "b64"},
		`{"alg":"ES256","jwk":{"kty":""}}`:           {header, "a key of its own"},
		`{"alg":"ES256","jwk":null}`:                 {header, "a key of its own"},
		`{"jku":"http://x","alg":"ES256"}`:           {header, "a key of its own"},
		`{"alg":"ES256","x5u":"http://x"}`:           {header, "a key of its own"},
		`{"b64":false,"crit":["b64"],"alg":"ES256"}`: {header, "b64"},
		`{"crit":["x"],"alg":"none"}`:                {header, "critical"},
	} {
		m := parse(t, token(h, payload, signature), formats.Options{})
		if p := m.Seal.Problem; p.Code != c.code || !strings.Contains(p.Text, c.says) || m.Seal.Algorithm != (formats.Algorithm{}) {
			t.Errorf("%s: %+v with %v, want %s", h, p, m.Seal.Algorithm, c.code)
		}
		if string(m.Payload) != payload {
			t.Errorf("%s: %+v", h, m)
		}
	}
}

func TestMembersThatForbidNothingAreNoProblem(t *testing.T) {
	for h, name := range map[string]string{
		`{"alg":"ES256"}`:                                "ES256",
		"{ \"alg\" :\n\"ES384\" }":                       "ES384",
		`{"alg":"PS256","x":{"y":[1]},"cty":"z"}`:        "PS256",
		`{"alg":"RS256","JWK":{}}`:                       "RS256",
		`{"alg":"EdDSA","x5t#S256":"x"}`:                 "EdDSA",
		`{"al\u0067":"ES512"}`:                           "ES512",
		`{"alg":"\u0045S256"}`:                           "ES256",
		`{"alg":"ES256","typ":"application/x","zip":""}`: "ES256",
	} {
		if s := parse(t, token(h, payload, signature), formats.Options{}).Seal; s.Problem.Code != "" || s.Algorithm.Name() != name {
			t.Errorf("%s: %+v, %s", h, s.Problem, s.Algorithm.Name())
		}
	}
}

func TestAHeaderThatIsNoneIsRefused(t *testing.T) {
	deep := strings.Repeat("[", 30) + strings.Repeat("]", 30)
	for h, c := range map[string]struct {
		code, step string
		offset     int
	}{
		``:                              {formats.CodeTruncated, "JWS header", 0},
		`{`:                             {formats.CodeTruncated, "JWS header", 1},
		`{"alg":"ES256"}{}`:             {formats.CodeTrailing, "JWS header", 15},
		`{"alg":"ES256"} x`:             {formats.CodeTrailing, "JWS header", 16},
		"\xef\xbb\xbf{}":                {formats.CodeEnvelope, "JWS header", 0},
		`[]`:                            {formats.CodeEnvelope, "JWS header", -1},
		`"alg"`:                         {formats.CodeEnvelope, "JWS header", -1},
		`null`:                          {formats.CodeEnvelope, "JWS header", -1},
		`{"alg":"ES256","alg":"none"}`:  {formats.CodeEnvelope, "JWS header", 15},
		`{"a":1,"\u0061":2}`:            {formats.CodeEnvelope, "JWS header", 7},
		`{"alg":"\xff"}`:                {formats.CodeEnvelope, "JWS header", 8},
		`{"x":` + deep + `}`:            {formats.CodeLimit, "JWS header", 28},
		`{"alg":"ES256","kid":7}`:       {formats.CodeEnvelope, "JWS header kid", -1},
		`{"alg":"ES256","typ":{}}`:      {formats.CodeEnvelope, "JWS header typ", -1},
		`{"alg":"ES256","zip":true}`:    {formats.CodeEnvelope, "JWS header zip", -1},
		`{"alg":"ES256","x5c":"AAAA"}`:  {formats.CodeEnvelope, "JWS header x5c", -1},
		`{"alg":"ES256","x5c":[1]}`:     {formats.CodeEnvelope, "JWS header x5c", -1},
		`{"alg":"ES256","x5c":["_-A"]}`: {formats.CodeEnvelope, "JWS header x5c", -1},
		`{"alg":"ES256","x5c":["","","","","","","","",""]}`: {formats.CodeEnvelope, "JWS header x5c", -1},
	} {
		refused(t, h, token(h, payload, signature), formats.Options{}, c.code, c.step, c.offset)
	}
	limit := formats.Options{Limits: formats.Limits{Items: 1}}
	refused(t, "a limit of items", token(es256, payload, signature), limit, formats.CodeLimit, "JWS header", 15)
}

func TestAChainIsKeptAsItIs(t *testing.T) {
	b64 := base64.StdEncoding.EncodeToString
	h := `{"alg":"ES256","x5c":["` + b64([]byte("signer")) + `","` + b64([]byte("authority!")) + `"]}`
	chain := parse(t, token(h, payload, signature), formats.Options{}).Seal.Signer.Chain
	if len(chain) != 2 || !bytes.Equal(chain[0], []byte("signer")) || !bytes.Equal(chain[1], []byte("authority!")) {
		t.Errorf("%q", chain)
	}
}
