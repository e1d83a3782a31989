package scan_test

import (
	"bytes"
	"context"
	"errors"
	"image"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/scan"
)

func TestOpenTellsPicturesFromTextsByTheirFirstBytes(t *testing.T) {
	ctx := context.Background()
	picture := mint.PNG(mint.QR("HC1:A"))
	for name, c := range map[string]struct {
		data   []byte
		source string
		want   string
		code   string
	}{
		"a picture":                     {picture, "x.txt#1", "HC1:A", ""},
		"a text":                        {[]byte("HC1:A"), "x.txt", "HC1:A", ""},
		"a text with a mark and ends":   {[]byte("\xef\xbb\xbfHC1:A \r\n\n"), "x.txt", "HC1:A ", ""},
		"nothing":                       {nil, "x.txt", "", ""},
		"a picture that is cut short":   {picture[:60], "x.txt", "", scan.CodeUnreadable},
		"a document of another trade":   {[]byte("%PDF-1.7"), "x.txt", "", scan.CodeMediaType},
		"a picture without a code":      {blankPicture(), "x.txt", "", scan.CodeNoSymbol},
		"a picture beyond the limit":    {picture, "x.txt", "", scan.CodeTooLarge},
		"bytes that are no text at all": {[]byte{0xdc, 3, 0, 1}, "x.txt", "\xdc\x03\x00\x01", ""},
	} {
		var l scan.Limits
		if c.code == scan.CodeTooLarge {
			l.Pixels = 10
		}
		inputs, err := scan.Open(ctx, nil, "x.txt", c.data, l)
		if err != nil || len(inputs) != 1 {
			t.Fatalf("%s: %d inputs, %v", name, len(inputs), err)
		}
		in := inputs[0]
		if in.Source != c.source {
			t.Errorf("%s: the source is %q", name, in.Source)
		}
		if (in.Err == nil) != (c.code == "") || in.Err != nil && in.Err.Code != c.code {
			t.Errorf("%s: %v, want %s", name, in.Err, c.code)
		}
		if data, _ := in.Lone(); c.code == "" && string(data) != c.want {
			t.Errorf("%s: %q, want %q", name, data, c.want)
		}
	}
}

func TestOpenEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := scan.Open(ctx, nil, "x", mint.PNG(mint.QR("HC1:A")), scan.Limits{}); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if in, err := scan.Open(ctx, nil, "x", []byte("HC1:A"), scan.Limits{}); err != nil || len(in) != 1 {
		t.Errorf("a text takes no time: %v", err)
	}
}

// An archive that a format reads is a document; one that none reads is not opened.
func TestOpenLeavesADocumentThatIsAnArchiveAsItIs(t *testing.T) {
	archive := []byte("PK\x03\x04 a document\n")
	zipped := formats.Format{ID: "zipped", Detect: func(in formats.Input) bool {
		data, lone := in.Lone()
		return lone && bytes.Equal(data, archive)
	}, Decode: func(formats.Input, formats.Options) (*formats.Document, error) { return nil, nil }}
	set, err := formats.NewSet(zipped)
	if err != nil {
		t.Fatal(err)
	}
	open := func(set *formats.Set, data []byte) formats.Input {
		in, err := scan.Open(context.Background(), set, "x.zip", data, scan.Limits{})
		if err != nil || len(in) != 1 || in[0].Source != "x.zip" {
			t.Fatalf("%v, %v", in, err)
		}
		return in[0]
	}
	if data, lone := open(set, archive).Lone(); !lone || !bytes.Equal(data, archive) {
		t.Errorf("the document is %q", data)
	}
	if in := open(nil, archive); in.Err == nil || in.Err.Code != scan.CodeMediaType {
		t.Errorf("no set: %v", in.Err)
	}
	if in := open(set, archive[:8]); in.Err == nil || in.Err.Code != scan.CodeUnreadable {
		t.Errorf("another archive: %v", in.Err)
	}
}

func blankPicture() []byte { return mint.PNG(image.NewGray(image.Rect(0, 0, 200, 200))) }

// The last byte of a visible digital seal is a part of its signature, whatever it looks like.
func TestBytesThatAreNoTextStayAsTheyAre(t *testing.T) {
	for name, c := range map[string]struct{ data, want string }{
		"a text with a line end":     {"HC1:6B\r\n", "HC1:6B"},
		"a text with a mark":         {"\xef\xbb\xbfHC1:6B", "HC1:6B"},
		"a seal":                     {"\xdc\x03\xd9\x40", "\xdc\x03\xd9\x40"},
		"a seal that ends in a line": {"\xdc\x03\xd9\r\n\n", "\xdc\x03\xd9\r\n\n"},
		"a mark before bytes":        {"\xef\xbb\xbf\xdc\x03\n", "\xef\xbb\xbf\xdc\x03\n"},
	} {
		got, _ := scan.Text(name, []byte(c.data)).Lone()
		if string(got) != c.want {
			t.Errorf("%s: %q", name, got)
		}
	}
}
