package attacks_test

import (
	"bytes"
	"errors"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/mint"
)

// rawFormat is the least that a format can be: "RAW1", eight bytes of a key identifier, 64 of a signature of ES256, and
// the text that is signed. It stands for another scheme than health certificates.
var rawFormat = formats.Format{
	ID: "raw", Title: "Another scheme", Spec: "these tests",
	Detect: func(in formats.Input) bool {
		b, ok := in.Lone()
		return ok && bytes.HasPrefix(b, []byte("RAW1"))
	},
	Decode: func(in formats.Input, _ formats.Options) (*formats.Document, error) {
		b, _ := in.Lone()
		if len(b) < rawHead {
			return nil, &formats.Error{Format: "raw", Code: formats.CodeTruncated, Step: "head", Offset: len(b), Err: errors.New("too short")}
		}
		return &formats.Document{
			Format: "raw",
			Parts:  []formats.Part{{Name: "text", Unverified: formats.Claims{Extra: []formats.Field{{Name: "text", Value: string(b[rawHead:])}}}}},
			Seals: []formats.Seal{{
				Role: formats.Issuer, Envelope: "raw", Algorithm: formats.ES256,
				Signer: formats.Signer{KeyID: b[4:12]}, Signature: b[12:rawHead], Signed: b[rawHead:],
			}},
		}, nil
	},
}

const rawHead = 4 + 8 + 64

// rawDocument is a document of rawFormat.
func rawDocument(s mint.Signer) []byte {
	text := []byte("a document of another scheme")
	return bytes.Join([][]byte{[]byte("RAW1"), s.KID, s.Sign(text), text}, nil)
}
