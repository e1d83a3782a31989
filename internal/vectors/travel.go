package vectors

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// A TravelCase is one test case for a travel document, as the README beside the cases describes it. A field that the case
// leaves out or sets to null has its zero value: nothing is stated there, and nothing is to be tested.
type TravelCase struct {
	ID     string       `json:"id"` // unique among all cases
	Suite  string       `json:"suite"`
	Format string       `json:"format"` // "mrz", "emrtd", …; not always a format's ID in this module
	Input  TravelInput  `json:"input"`
	Trust  *TravelTrust `json:"trust"` // nil: nothing is trusted
	At     string       `json:"at"`    // the clock, RFC 3339
	Expect TravelExpect `json:"expect"`

	TrustKind         string          `json:"trust_kind"` // what kind of certificate Trust holds, in words
	CRLs              []string        `json:"crls"`       // files
	Quirk             string          `json:"quirk"`      // where the document departs from its specification
	SameAs            string          `json:"sameas"`     // a case of the same bytes
	StrictJSON        *bool           `json:"strict_json"`
	AAD               string          `json:"aad_hex"`
	SessionTranscript string          `json:"session_transcript"` // a file
	ReaderKey         json.RawMessage `json:"eReaderKey"`
	ConfirmedBy       string          `json:"confirmed_by"` // what agreed with the expectation when it was written
	Source            TravelSource    `json:"source"`

	folder string
}

// A TravelInput is what the case presents. One field is set.
type TravelInput struct {
	Text  string            `json:"text"`
	Hex   string            `json:"hex"`
	File  string            `json:"file"`
	Files map[string]string `json:"files"` // by the specification's name: "EF.SOD", "DG1"
}

// TravelTrust is the key material that the case trusts. One field is set.
type TravelTrust struct {
	Files    []string        `json:"files"` // certificates, PEM or DER
	CertsPEM []string        `json:"certs_pem"`
	JWK      json.RawMessage `json:"jwk"`
	Secret   string          `json:"secret_hex"`
}

// TravelExpect is what must come out. nil is not stated.
type TravelExpect struct {
	Decode       *bool `json:"decode"`
	DecodeEither bool  `json:"decode_either"` // refusing is also right
	Partial      bool  `json:"partial"`

	Signature       *bool `json:"signature"` // sound under the key in or beside the document
	IssuerSignature *bool `json:"issuer_signature"`
	Chain           *bool `json:"chain"` // the signer leads to Trust
	DGHashes        *bool `json:"dg_hashes"`
	Digests         *bool `json:"digests"`
	ValidNow        *bool `json:"valid_now"`
	Overall         *bool `json:"overall"` // false: must never be reported as verified

	CheckDigits    *bool    `json:"check_digits"`
	BadCheckDigits []string `json:"bad_check_digits"`

	Fields      map[string]json.RawMessage `json:"fields"` // a subset to match, by the source library's names
	Count       *int                       `json:"count"`
	Conformance string                     `json:"conformance"`
	Weak        string                     `json:"weak"`
	Reason      string                     `json:"reason"`
}

// A TravelSource is a Source, with what was done to the document since it was copied.
type TravelSource struct {
	Source
	Also    string `json:"also"`
	Derived string `json:"derived"` // the change that made the case out of the source's document
}

// Travel returns the cases of the given formats, or of all formats where none is given, in the order of the suites'
// names and then of their lines. It skips the test where the cases are absent, and fails it where there is none of a
// format that was asked for.
func Travel(t testing.TB, formats ...string) []TravelCase {
	t.Helper()
	found := make(map[string]bool)
	var cases []TravelCase
	for _, r := range records(t, "travel") {
		c := TravelCase{folder: r.folder}
		r.decode(t, &c)
		found[c.Format] = true
		if len(formats) == 0 || slices.Contains(formats, c.Format) {
			cases = append(cases, c)
		}
	}
	for _, f := range formats {
		if !found[f] {
			t.Fatalf("no travel case has the format %q", f)
		}
	}
	return cases
}

// File reads one of the files that the case names, relative to its suite's folder.
func (c TravelCase) File(t testing.TB, name string) []byte {
	t.Helper()
	if !filepath.IsLocal(name) {
		t.Fatalf("%s: the file %q is outside the suite's folder", c.ID, name)
	}
	data, err := os.ReadFile(filepath.Join(c.folder, name))
	if err != nil {
		t.Fatalf("%s: %v", c.ID, err)
	}
	return data
}
