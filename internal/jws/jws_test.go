package jws_test

import (
	"bytes"
	"encoding/base64"
	"errors"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/jws"
)

// token writes a compact JWS of any three parts.
func token(header, payload, signature string) string {
	b64 := base64.RawURLEncoding.EncodeToString
	return b64([]byte(header)) + "." + b64([]byte(payload)) + "." + b64([]byte(signature))
}

const (
	es256     = `{"alg":"ES256","kid":"k"}`
	payload   = `{"iss":"https://example.org"}`
	signature = "not checked here, whatever it is"
)

func parse(t *testing.T, text string, o formats.Options) jws.Message {
	t.Helper()
	m, err := jws.Parse([]byte(text), o)
	if err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	return m
}

// refused demands that a text is not read, with the code, the step and the place that say why.
func refused(t *testing.T, name, text string, o formats.Options, code, step string, offset int) {
	t.Helper()
	m, err := jws.Parse([]byte(text), o)
	var fe *formats.Error
	if !errors.As(err, &fe) || fe.Code != code || fe.Step != step || fe.Offset != offset {
		t.Errorf("%s: %+v, want %s in step %q at %d", name, err, code, step, offset)
	}
	if m.Payload != nil || m.Seal.Signed != nil || m.Seal.Envelope != "" {
		t.Errorf("%s: refused, and gives %+v all the same", name, m)
	}
}

func TestAMessageIsTakenApart(t *testing.T) {
	text := token(`{"zip":"DEF","alg":"ES256","kid":"3Kfdg-Xw","typ":"JWT"}`, payload, signature)
	m := parse(t, text, formats.Options{})
	if string(m.Payload) != payload || m.Zip != "DEF" || m.Type != "JWT" {
		t.Errorf("%+v", m)
	}
	s := m.Seal
	if string(s.Signed) != text[:strings.LastIndexByte(text, '.')] || string(s.Signature) != signature {
		t.Errorf("signed %q, signature %q", s.Signed, s.Signature)
	}
	want := formats.ES256
	want.Curve = "P-256" // RFC 7518 §3.4
	if s.Role != formats.Issuer || s.Envelope != "JWS" || s.Algorithm != want || s.Problem != (formats.Problem{}) {
		t.Errorf("%+v", s)
	}
	if string(s.Signer.KeyID) != "3Kfdg-Xw" || s.Signer.Issuer != "" || s.Signer.Country != "" || s.Signer.Chain != nil {
		t.Errorf("%+v", s.Signer)
	}
}

func TestThreePartsAreNeededAndNoMore(t *testing.T) {
	text := token(es256, payload, signature)
	first := strings.IndexByte(text, '.')
	dots := strings.Repeat(".", 10_000_000)
	for name, c := range map[string]struct {
		text, code string
		offset     int
	}{
		"nothing":               {"", formats.CodeTruncated, 0},
		"one part":              {text[:first], formats.CodeTruncated, first},
		"two parts":             {text[:strings.LastIndexByte(text, '.')], formats.CodeTruncated, strings.LastIndexByte(text, '.')},
		"four parts":            {text + ".x", formats.CodeTrailing, len(text)},
		"a dot after it":        {text + ".", formats.CodeTrailing, len(text)},
		"an encrypted message":  {"eyJhbGciOiJkaXIifQ..aXY.Yw.dA", formats.CodeTrailing, 23},
		"ten million dots":      {dots, formats.CodeTrailing, 2},
		"and behind a good one": {text + dots, formats.CodeTrailing, len(text)},
		"no payload":            {token(es256, "", signature), formats.CodePayload, len("eyJhbGciOiJFUzI1NiIsImtpZCI6ImsifQ")},
	} {
		refused(t, name, c.text, formats.Options{}, c.code, "JWS", c.offset)
	}
	bomb := []byte(dots)
	if n := testing.AllocsPerRun(1, func() { _, _ = jws.Parse(bomb, formats.Options{}) }); n > 2 {
		t.Errorf("%v allocations for ten million dots", n)
	}
}

func TestEachPartIsBase64URLInItsOneSpelling(t *testing.T) {
	text := token(es256, payload, signature)
	part := strings.Split(text, ".")
	for name, c := range map[string]struct {
		text, part string
		offset     int
	}{
		"padding of the header":     {part[0] + "==." + part[1] + "." + part[2], "header", len(part[0])},
		"a line feed in it":         {part[0][:4] + "\n" + part[0][4:] + "." + part[1] + "." + part[2], "header", 4},
		"a space in front":          {" " + text, "header", 0},
		"a byte order mark":         {"\xef\xbb\xbf" + text, "header", len(part[0]) + 2},
		"the standard alphabet":     {part[0] + ".ab+/." + part[2], "payload", len(part[0]) + 3},
		"unused bits":               {part[0] + ".YR." + part[2], "payload", len(part[0]) + 2},
		"a lone character":          {part[0] + ".YWJjY." + part[2], "payload", len(part[0]) + 5},
		"a line feed at the end":    {text + "\n", "signature", len(text)},
		"padding of the signature":  {text + "=", "signature", len(text)},
		"UTF-16":                    {strings.Join(strings.Split(part[0], ""), "\x00") + "." + part[1] + "." + part[2], "header", 1},
		"unused bits of the last":   {part[0] + "." + part[1] + ".YR", "signature", len(part[0]) + len(part[1]) + 3},
		"a question mark in a part": {part[0] + "." + part[1] + ".Y?", "signature", len(part[0]) + len(part[1]) + 3},
	} {
		refused(t, name, c.text, formats.Options{}, formats.CodeEncoding, "JWS "+c.part+", base64url", c.offset)
	}
}

func TestAnEmptySignatureIsStillAMessage(t *testing.T) {
	m := parse(t, token(es256, payload, ""), formats.Options{})
	if len(m.Seal.Signature) != 0 || m.Seal.Problem.Code != "" || m.Seal.Algorithm.Name() != "ES256" {
		t.Errorf("%+v", m.Seal)
	}
}

// FuzzParse demands of every text that is read that it is the one spelling of its parts, and of every other that the
// error has a code and nothing is given.
func FuzzParse(f *testing.F) {
	for _, text := range []string{
		"", "..", "a.b.c", token(es256, payload, signature), token(`{"alg":"none"}`, payload, ""),
		token(`{"alg":"HS256","crit":["x"],"x":1}`, payload, "x"), token(`{"alg":"ES256","x5c":["AAAA"]}`, payload, "x"),
		token(`{"alg":"EdDSA","jwk":{}}`, payload, "x"), token(`{"a":1,"a":2}`, payload, "x"),
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		m, err := jws.Parse(text, formats.Options{})
		if err != nil {
			var fe *formats.Error
			if !errors.As(err, &fe) || fe.Code == "" || fe.Step == "" || m.Payload != nil || m.Seal.Signed != nil {
				t.Fatalf("%+v, %v", m, err)
			}
			return
		}
		b64 := base64.RawURLEncoding.EncodeToString
		if whole := string(m.Seal.Signed) + "." + b64(m.Seal.Signature); whole != string(text) {
			t.Fatalf("%q is read as %q", text, whole)
		}
		if !bytes.HasSuffix(m.Seal.Signed, []byte("."+b64(m.Payload))) {
			t.Fatal("the payload is not what is signed")
		}
		if (m.Seal.Problem.Code == "") != (m.Seal.Algorithm.Name() != "") {
			t.Fatalf("problem %v with algorithm %q", m.Seal.Problem, m.Seal.Algorithm.Name())
		}
	})
}
