package divoc_test

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/divoc"
	"github.com/travelseal/travelseal/formats/formatstest"
	"github.com/travelseal/travelseal/internal/mint"
)

// layers are the encodings between the content of the code and the credential. The corpus has three carriers, so that
// the first layer remembers which one it took off.
func layers() []formatstest.Layer {
	carrier := mint.InBase64
	return []formatstest.Layer{{
		Name: "archive",
		Unwrap: func(text []byte) ([]byte, error) {
			b, c, err := archiveIn(text)
			carrier = c
			return b, err
		},
		Wrap: func(b []byte) []byte { return []byte(carrier.Write("", b)) },
	}, {
		Name:   "JSON",
		Unwrap: content,
		Wrap:   func(b []byte) []byte { return mint.Archive(mint.ArchiveFile{Name: file, Data: b}) },
	}}
}

const file = "certificate.json"

// archiveIn takes the archive out of the content of a code.
func archiveIn(text []byte) ([]byte, mint.Carrier, error) {
	switch {
	case bytes.HasPrefix(text, []byte("B64:")):
		b, err := base64.StdEncoding.Strict().DecodeString(string(text[4:]))
		return b, mint.InBase64, err
	case utf8.Valid(text):
		var b []byte
		for _, c := range string(text) {
			b = append(b, byte(c))
		}
		return b, mint.InText, nil
	}
	return text, mint.InBytes, nil
}

// content takes the credential out of an archive.
func content(archive []byte) ([]byte, error) {
	r, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
	if err != nil {
		return nil, err
	}
	f, err := r.Open(file)
	if err != nil {
		return nil, err
	}
	return io.ReadAll(f)
}

func TestConformance(t *testing.T) {
	formatstest.Run(t, formatstest.Suite{Format: divoc.Format, Layers: layers(), Idle: idle})
}

// idle names the bits that say nothing about the content: in the directory of the archive, who made it and the file's
// attributes (APPNOTE 4.4.2, 4.4.14, 4.4.15), and what the compressed data leave open: the rest of their last byte, and
// from which of two equal places is copied (RFC 1951 §3.2). In the text, a bit is idle if it changes only such bits.
func idle(layer string, data []byte, bit int) string {
	if layer == "JSON" {
		return ""
	}
	changed := bytes.Clone(data)
	changed[bit/8] ^= 1 << (bit % 8)
	archive, other := data, changed
	if layer == "text" {
		var err error
		if archive, _, err = archiveIn(data); err != nil {
			return ""
		}
		if other, _, err = archiveIn(changed); err != nil || len(other) != len(archive) {
			return ""
		}
	}
	directory := bytes.Index(archive, []byte("PK\x01\x02"))
	reason := ""
	for i := range archive {
		switch at := i - directory; {
		case archive[i] == other[i]:
		case at == 4 || at == 5:
			reason = "the program that made the archive"
		case at >= 36 && at < 42:
			reason = "the attributes of the file"
		case at < 0 && i >= 30+len(file) && sameContent(archive, other):
			reason = "another spelling of the same compressed data"
		default:
			return ""
		}
	}
	return reason
}

func sameContent(a, b []byte) bool {
	x, errX := content(a)
	y, errY := content(b)
	return errX == nil && errY == nil && bytes.Equal(x, y)
}

func FuzzDecode(f *testing.F) { formatstest.Fuzz(f, divoc.Format) }

// good is a credential against which nothing can be said.
var good = mint.VaccinationCredential()

func decode(t *testing.T, c mint.Credential, o formats.Options) *formats.Document {
	t.Helper()
	doc, err := divoc.Format.Decode(formats.Text(c.Build().Text), o)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// refused demands that a text is not decoded, with the code and the step that say why.
func refused(t *testing.T, text string, o formats.Options, code, step string) *formats.Error {
	t.Helper()
	doc, err := divoc.Format.Decode(formats.Text(text), o)
	var fe *formats.Error
	if !errors.As(err, &fe) || doc != nil {
		t.Fatalf("decoded: %v, %v", doc, err)
	}
	if fe.Format != divoc.ID || fe.Code != code || fe.Step != step {
		t.Errorf("%s %s in step %q, want %s in %q (%v)", fe.Format, fe.Code, fe.Step, code, step, err)
	}
	return fe
}

// failing gives the breaches of a Document as "where: what is wrong".
func failing(doc *formats.Document) []string {
	var list []string
	for _, c := range doc.Checks {
		if c.Result == formats.Fails {
			list = append(list, c.Where+": "+c.Text)
		}
	}
	return list
}

// begin reports whether there are as many breaches as wanted ones, and each begins with its own.
func begin(breaches, want []string) bool {
	return slices.EqualFunc(breaches, want, strings.HasPrefix)
}
