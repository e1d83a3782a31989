package cose_test

import (
	"bytes"
	"errors"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/cose"
	"github.com/travelseal/travelseal/internal/mint"
)

// A signature over a detached payload and further data (RFC 9052 §4.4) is over what the reader has, and never over what a
// message says instead.
func TestWhatStandsOutsideIsSigned(t *testing.T) {
	payload, further := []byte("the transcript"), []byte("further data")
	message := func(held mint.Item, signature []byte) []byte {
		return mint.Encode(mint.Array{mint.Bytes(mint.Encode(mint.Map{pair(alg, es256)})), mint.Map{}, held, mint.Bytes(signature)})
	}
	want := mint.Encode(mint.Array{mint.Text("Signature1"), mint.Bytes(mint.Encode(mint.Map{pair(alg, es256)})), mint.Bytes(further), mint.Bytes(payload)})
	for name, c := range map[string]struct {
		held    mint.Item
		outside cose.Outside
		code    string // "" where it is read
	}{
		"detached":              {mint.Null{}, cose.Outside{Payload: payload, AAD: further}, ""},
		"held":                  {mint.Bytes(payload), cose.Outside{AAD: further}, ""},
		"held all the same":     {mint.Bytes(payload), cose.Outside{Payload: payload, AAD: further}, ""},
		"another is held":       {mint.Bytes("another"), cose.Outside{Payload: payload, AAD: further}, formats.CodePayload},
		"detached, not given":   {mint.Null{}, cose.Outside{AAD: further}, formats.CodePayload},
		"neither held nor null": {mint.Text(payload), cose.Outside{Payload: payload}, formats.CodeEnvelope},
	} {
		for _, signature := range [][]byte{bytes.Repeat([]byte{1}, 64), nil} { // through go-cose, and by the way of its own
			m, err := cose.ParseWith(message(c.held, signature), formats.Options{}, c.outside)
			var fe *formats.Error
			switch {
			case c.code != "":
				if !errors.As(err, &fe) || fe.Code != c.code {
					t.Errorf("%s: %v, want %s", name, err, c.code)
				}
			case err != nil || !bytes.Equal(m.Seal.Signed, want) || !bytes.Equal(m.Payload, payload):
				t.Errorf("%s: signed %x, want %x (%v)", name, m.Seal.Signed, want, err)
			}
		}
	}
}

// Lengths in more bytes than they need are read where a format says so. What is signed is written anew, and is the same.
func TestLongHeadsAreReadWhereTheyAreTolerated(t *testing.T) {
	body := mint.Array{mint.Bytes(mint.Encode(mint.Map{pair(alg, es256)})), mint.LongHead{Item: mint.Map{pair(kid, mint.Bytes("k"))}, Width: 2}, mint.Bytes("x"), mint.Bytes(make([]byte, 64))}
	message := mint.Encode(mint.LongHead{Item: body, Width: 4})
	var fe *formats.Error
	if _, err := cose.Parse(message, formats.Options{}); !errors.As(err, &fe) || fe.Code != formats.CodeNonCanonical {
		t.Errorf("without the tolerance: %v", err)
	}
	m, err := cose.Parse(message, formats.Options{Tolerate: []string{cose.LongHeads.Name}})
	want := mint.Encode(mint.Array{mint.Text("Signature1"), body[0], mint.Bytes(nil), mint.Bytes("x")})
	if err != nil || !bytes.Equal(m.Seal.Signed, want) || len(m.Checks) != 2 || m.Checks[0].Name != cose.LongHeads.Name || m.Checks[0].Result != formats.Doubtful {
		t.Errorf("%x, %+v, %v", m.Seal.Signed, m.Checks, err)
	}
}
