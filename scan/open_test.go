package scan_test

import (
	"context"
	"errors"
	"image"
	"testing"

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
		inputs, err := scan.Open(ctx, "x.txt", c.data, l)
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
	if _, err := scan.Open(ctx, "x", mint.PNG(mint.QR("HC1:A")), scan.Limits{}); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if in, err := scan.Open(ctx, "x", []byte("HC1:A"), scan.Limits{}); err != nil || len(in) != 1 {
		t.Errorf("a text takes no time: %v", err)
	}
}

func blankPicture() []byte { return mint.PNG(image.NewGray(image.Rect(0, 0, 200, 200))) }
