package bcbp_test

import (
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/bcbp"
	"github.com/travelseal/travelseal/formats/formatstest"
	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/verify"
)

// TestConformance attacks the passes without a signature: whatever is done to them, they are never accepted.
func TestConformance(t *testing.T) {
	formatstest.Run(t, formatstest.Suite{Format: bcbp.Format, Places: true, Alphabet: "0FM/ >^z", Unseen: unseen})
}

// TestSignedPasses attacks those that carry one, as every other sealed document.
func TestSignedPasses(t *testing.T) {
	sealed := bcbp.Format
	sealed.Unsealed = false
	corpus := formatstest.Load(t, bcbp.ID)
	var cases []formatstest.Case
	for _, c := range corpus.Cases {
		if c.Want.Code != string(verify.SealNotOfKind) {
			cases = append(cases, c)
		}
	}
	corpus.Cases = cases
	formatstest.RunOn(t, formatstest.Suite{Format: sealed, Places: true, Layers: []formatstest.Layer{signature()}}, corpus)
}

func FuzzDecode(f *testing.F) { formatstest.Fuzz(f, bcbp.Format) }

// signature reaches the signature within the security data, and writes it back with its length.
func signature() formatstest.Layer {
	var before string
	return formatstest.Layer{
		Name: "signature",
		Unwrap: func(outer []byte) ([]byte, error) {
			at := strings.LastIndexByte(string(outer), '^')
			before = string(outer[:at+2])
			return base64.StdEncoding.DecodeString(string(outer[at+4:]))
		},
		Wrap: func(b []byte) []byte {
			data := base64.StdEncoding.EncodeToString(b)
			return []byte(before + fmt.Sprintf("%02X", len(data)) + data)
		},
	}
}

// unseen says why nothing can notice that one character became another: the text still has the form of a pass. It is read
// here a second time, by the lengths alone.
func unseen(data []byte, at int, to byte) string {
	if wellFormed(string(data[:at]) + string(to) + string(data[at+1:])) {
		return "a pass has no check digits, and every length still fits"
	}
	return ""
}

func wellFormed(s string) bool {
	if len(s) < 23 || s[0] != 'M' || s[1] < '1' || s[1] > '9' || strings.Trim(s[2:22], "ABCDEFGHIJKLMNOPQRSTUVWXYZ /-.'") != "" {
		return false
	}
	rest := s[23:]
	for leg := range int(s[1] - '0') {
		if len(rest) < 37 {
			return false
		}
		field, after, ok := cutSized(rest[35:])
		if !ok || field != "" && !variable(field, leg == 0) {
			return false
		}
		rest = after
	}
	if rest == "" {
		return true
	}
	if rest[0] != '^' || len(rest) < 4 || rest[1] == ' ' {
		return false
	}
	_, after, ok := cutSized(rest[2:])
	return ok && after == ""
}

// variable reads a field of variable length; its parts may end between two items only.
func variable(field string, first bool) bool {
	if first {
		if len(field) < 2 || field[0] != '>' {
			return false
		}
		unique, after, ok := cutSized(field[2:])
		if !ok || !ends(len(unique), 1, 1, 1, 4, 1, 3, 13, 13, 13) {
			return false
		}
		field = after
	}
	if field == "" {
		return true
	}
	repeated, _, ok := cutSized(field)
	return ok && ends(len(repeated), 3, 10, 1, 1, 3, 3, 16, 1, 3, 1)
}

func ends(n int, sizes ...int) bool {
	for _, size := range sizes {
		if n <= 0 {
			break
		}
		n -= size
	}
	return n >= 0
}

func cutSized(s string) (field, after string, ok bool) {
	if len(s) < 2 || strings.ToUpper(s[:2]) != s[:2] {
		return "", "", false
	}
	n, err := strconv.ParseUint(s[:2], 16, 8)
	if err != nil || len(s) < 2+int(n) {
		return "", "", false
	}
	return s[2 : 2+n], s[2+n:], true
}

func decode(t *testing.T, p mint.BoardingPass) *formats.Document {
	t.Helper()
	doc, err := bcbp.Format.Decode(formats.Text(p.Build()), formats.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// refused demands that a text is not decoded, with the code, the step and the place that say why.
func refused(t *testing.T, text, code, step string, offset int) {
	t.Helper()
	doc, err := bcbp.Format.Decode(formats.Text(text), formats.Options{})
	var fe *formats.Error
	if !errors.As(err, &fe) || doc != nil {
		t.Fatalf("decoded: %v, %v", doc, err)
	}
	if fe.Format != bcbp.ID || fe.Code != code || fe.Step != step || fe.Offset != offset {
		t.Errorf("%s in %q at %d, want %s in %q at %d (%v)", fe.Code, fe.Step, fe.Offset, code, step, offset, err)
	}
}
