package divoc

import (
	"bytes"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/ldproof"
)

// ID names the format.
const ID formats.ID = "divoc"

// Format is the DIVOC verifiable credential.
var Format = formats.Format{
	ID:         ID,
	Title:      "DIVOC vaccination certificate (India, Sri Lanka, the Philippines, Indonesia)",
	Spec:       "W3C Verifiable Credentials Data Model 1.1; DIVOC vaccination context; Linked Data Proofs 1.0",
	Tolerances: []formats.Tolerance{sharedProperty, ldproof.UnknownMember},
	Detect:     detect,
	Decode:     decode,
	Trace:      trace,
}

// sharedProperty is noted on every document whose context makes one property of several members.
var sharedProperty = formats.Tolerance{
	Name: "shared-property", On: true,
	Why:  "the contexts of all issuers map batch, vaccine and manufacturer to one property, so that the signature does not tell which value is whose",
	Cite: "DIVOC vaccination context; JSON-LD 1.1 §4.1",
}

// The beginnings of what is claimed: an archive, and one in base64.
const (
	archiveStart = "PK\x03\x04"
	base64Start  = "B64:"
)

// file is the file of the archive that holds the credential.
const file = "certificate.json"

// detect claims archives that speak of the certificate's file, every archive in base64, and every text of a verifiable
// credential in JSON-LD, so that one of another kind or version is named as such.
func detect(in formats.Input) bool {
	b, ok := in.Lone()
	switch {
	case !ok:
		return false
	case bytes.HasPrefix(b, []byte(archiveStart)):
		return bytes.Contains(b, []byte(file))
	case bytes.HasPrefix(b, []byte(base64Start)):
		return true
	}
	return isObject(b) && bytes.Contains(b, []byte(`"@context"`)) && bytes.Contains(b, []byte(`VerifiableCredential`))
}

// isObject reports whether a text can only be a JSON object (RFC 8259 §2).
func isObject(b []byte) bool { return len(b) > 0 && b[0] == '{' }
