package formats_test

import (
	"errors"
	"io"
	"testing"

	"github.com/travelseal/travelseal/formats"
)

func TestALoneFileIsOneWithoutAName(t *testing.T) {
	for name, c := range map[string]struct {
		in   formats.Input
		lone bool
		size int
	}{
		"no file":      {formats.Input{}, false, 0},
		"text":         {formats.Text("HC1:"), true, 4},
		"empty text":   {formats.Text(""), true, 0},
		"bytes":        {formats.Bytes([]byte{1, 2, 3}), true, 3},
		"named":        {formats.Input{Files: []formats.File{{Name: "DG1", Data: []byte{1}}}}, false, 1},
		"two files":    {formats.Input{Files: []formats.File{{Data: []byte{1}}, {Name: "DG1", Data: []byte{2, 3}}}}, false, 3},
		"two unnamed":  {formats.Input{Files: []formats.File{{Data: []byte{1}}, {Data: []byte{2}}}}, false, 2},
		"lone of none": {formats.Bytes(nil), true, 0},
	} {
		b, ok := c.in.Lone()
		if ok != c.lone || c.in.Size() != c.size || ok && len(b) != c.size || !ok && b != nil {
			t.Errorf("%s: %x, %v, %d bytes", name, b, ok, c.in.Size())
		}
	}
}

func TestBytesAreNotCopied(t *testing.T) {
	b := []byte{1}
	lone, _ := formats.Bytes(b).Lone()
	if b[0] = 2; lone[0] != 2 {
		t.Error("the Input holds a copy")
	}
}

func TestErrorsNameFormatStepAndPlace(t *testing.T) {
	for want, e := range map[string]*formats.Error{
		"hcert: base45 at byte 7: EOF": {Format: "hcert", Step: "base45", Offset: 7, Err: io.EOF},
		"hcert: base45 at byte 0: EOF": {Format: "hcert", Step: "base45", Err: io.EOF},
		"hcert: zlib: EOF":             {Format: "hcert", Step: "zlib", Offset: -1, Err: io.EOF},
		"hcert: EOF":                   {Format: "hcert", Offset: 7, Err: io.EOF},
		"files: EOF":                   {Step: "files", Offset: -1, Err: io.EOF},
		"EOF":                          {Err: io.EOF},
	} {
		if e.Error() != want {
			t.Errorf("got %q, want %q", e.Error(), want)
		}
		if !errors.Is(e, io.EOF) {
			t.Errorf("%q does not unwrap to its cause", want)
		}
	}
}
