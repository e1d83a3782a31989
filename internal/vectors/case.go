package vectors

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
)

// A Case is one test case for a health document, as the README beside the cases describes it. A field that the case
// leaves out or sets to null has its zero value: nothing is stated there, and nothing is to be tested.
type Case struct {
	ID     string `json:"id"` // unique among all cases
	Suite  string `json:"suite"`
	Format string `json:"format"` // "eu-dcc", "shc", …; not always a format's ID in this module
	Input  Input  `json:"input"`
	Trust  *Trust `json:"trust"` // nil: nothing is trusted
	At     string `json:"at"`    // the clock as the source spells it; see Clock
	Expect Expect `json:"expect"`

	PayloadCompare string `json:"payload_compare"` // set where the dates of Expect.Payload compare as instants, not as text

	AtDerived     bool            `json:"at_derived"` // At is one hour after the document's issue, not the source's own
	Family        string          `json:"family"`     // what the case tries out, in the suite's own words
	Features      []string        `json:"features"`
	SchemaVersion string          `json:"schema_version"` // of the EU DCC schema
	ScanHard      bool            `json:"scan_hard"`      // gozxing is known not to read the picture
	Optional      bool            `json:"optional"`       // outside the core, such as links that need the network
	Special       bool            `json:"special"`        // the source keeps it apart, as a special case or a revocation
	Note          string          `json:"note"`
	Conflicts     []string        `json:"conflicts"`    // fields of Expect on which the source contradicts itself
	TrustOrigin   []string        `json:"trust_origin"` // where the keys in Trust came from
	CRL           string          `json:"crl_b64"`      // a certificate revocation list, base64 DER
	JSONRaw       json.RawMessage `json:"json_raw"`     // the source's JSON where the document does not hold it
	ExpectRaw     json.RawMessage `json:"expect_raw"`   // the source's own expectation, verbatim
	Checked       json.RawMessage `json:"checked"`      // what a throw-away checker of the collector's found
	Source        Source          `json:"source"`

	folder string
}

// An Input is what the case presents. Usually one field is set.
type Input struct {
	Text   string          `json:"text"`
	Texts  []string        `json:"texts"` // chunks of one document
	File   string          `json:"file"`  // a picture or, with Binary, raw bytes; read it with Case.File
	Files  []string        `json:"files"`
	Binary bool            `json:"binary"`
	Kind   string          `json:"kind"` // SMART Health Cards: jws, file, qrnumeric, …; "" is the text of a QR code
	JSON   json.RawMessage `json:"json"`
	Stages *Stages         `json:"stages"`

	Passcode      string `json:"passcode"` // SMART Health Links
	DecryptionKey string `json:"decryption_key"`
}

// Stages are the intermediate results of decoding an EU DCC; "" where the source lacks one.
type Stages struct {
	Base45        string `json:"base45"`
	CompressedHex string `json:"compressed_hex"`
	COSEHex       string `json:"cose_hex"`
	CBORHex       string `json:"cbor_hex"`
}

// Trust is the key material that the case trusts. Usually one field is set.
type Trust struct {
	CertsPEM     []string            `json:"certs_pem"`
	JWKS         json.RawMessage     `json:"jwks"`
	DIDDocuments []json.RawMessage   `json:"did_documents"`
	SPKIByKID    map[string][]string `json:"spki_by_kid"`   // base64 key ID to base64 SubjectPublicKeyInfos
	AT1CertsPEM  []string            `json:"at1_certs_pem"` // for documents with the prefix AT1: only
}

// Expect is what must come out. nil is not stated.
type Expect struct {
	Decode    *bool `json:"decode"`
	Signature *bool `json:"signature"`
	Expired   *bool `json:"expired"` // covers not yet valid too
	NotActive *bool `json:"not_active"`
	Schema    *bool `json:"schema"`
	KeyUsage  *bool `json:"key_usage"`

	Payload      json.RawMessage `json:"payload"`
	PayloadScope string          `json:"payload_scope"` // set where Payload is in the source's own form

	Outcome        *string  `json:"outcome"`         // valid, invalid or unverifiable
	AcceptOutcomes []string `json:"accept_outcomes"` // set where more than one answer is right

	QRText        string `json:"qr_text"` // what the picture must read as
	PictureDecode *bool  `json:"picture_decode"`
	Reason        string `json:"reason"`
}

// A Source says where a case was copied from and under which licence.
type Source struct {
	Repo    string `json:"repo"`
	Path    string `json:"path"`
	Commit  string `json:"commit"`
	License string `json:"license"`
}

// File reads one of the files that the case names, relative to its suite's folder.
func (c Case) File(t testing.TB, name string) []byte {
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
