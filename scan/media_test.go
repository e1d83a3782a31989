package scan_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/scan"
)

func TestMediaIsToldByTheFirstBytes(t *testing.T) {
	for _, c := range []struct{ head, want string }{
		{"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "image/png"},
		{"\xff\xd8\xff\xe0\x00\x10JFIF", "image/jpeg"},
		{"GIF87a", "image/gif"},
		{"GIF89a", "image/gif"},
		{"RIFF\x24\x00\x00\x00WEBPVP8 ", "image/webp"},
		{"II*\x00", "image/tiff"},
		{"MM\x00*", "image/tiff"},
		{"BM\x36\x00\x00\x00\x00\x00\x00\x00\x36", "image/bmp"},
		{"\x00\x00\x00\x0cjP  \r\n\x87\n", "image/jp2"},
		{"\xff\x4f\xff\x51", "image/jp2"},
		{"\x00\x00\x00\x0cJXL \r\n\x87\n", "image/jxl"},
		{"\xff\x0a", "image/jxl"},
		{"\x00\x00\x00\x18ftypheic", "image/heic"},
		{"\x00\x00\x00\x18ftypmif1", "image/heic"},
		{"\x00\x00\x00\x18ftypavif", "image/avif"},
		{"%PDF-1.7", "application/pdf"},
		{"PK\x03\x04", "application/zip"},
		{"\x1f\x8b\x08\x00", "application/gzip"},
		{"<svg xmlns='http://www.w3.org/2000/svg'>", "image/svg+xml"},
		{"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- a -->\n<svg>", "image/svg+xml"},
		{"<!DOCTYPE svg><svg>", "image/svg+xml"},
		// what is not known, and what only begins like something known
		{"", ""},
		{"HC1:NCF", ""},
		{"BMW", ""},
		{"BM is a text", ""},
		{"RIFF\x24\x00\x00\x00WAVE", ""},
		{"\x00\x00\x00\x18ftypmp42", ""},
		{"<?xml version='1.0'?><masterList/>", ""},
		{"<!DOCTYPE html><html>", ""},
		{"\x89PNG\r\n", ""},
		{" %PDF-1.7", ""},
		{"GIF88a", ""},
	} {
		if got := scan.Media([]byte(c.head)); got != c.want {
			t.Errorf("%q is %q, want %q", c.head, got, c.want)
		}
	}
}

func TestAPolyglotIsWhatItBeginsAs(t *testing.T) {
	code := pngOf(t, drawn(t, first, 4, nil))
	pdf := []byte("%PDF-1.7\n1 0 obj\n<<>>\nendobj\n")
	mustRead(t, append(append([]byte(nil), code...), pdf...), first)
	mustRead(t, append(append([]byte(nil), code...), "PK\x03\x04 <svg>"...), first)
	for _, c := range []struct {
		front string
		looks string
	}{
		{string(pdf), "application/pdf"},
		{"PK\x03\x04", "application/zip"},
		{"<svg>", "image/svg+xml"},
		{"\x00\x00\x00\x18ftypheic", "image/heic"}, // a photo named .png
		{"II*\x00", "image/tiff"},
		{"\n", "not a picture"},
		{"", "not a picture"},
	} {
		behind := code
		if c.front == "" {
			behind = nil
		}
		_, err := scan.Read(context.Background(), append([]byte(c.front), behind...), scan.Limits{})
		var e *scan.Error
		if !errors.As(err, &e) || e.Code != scan.CodeMediaType || !strings.Contains(e.Error(), c.looks) {
			t.Errorf("%q: error %v, want one that says %s", c.front, err, c.looks)
		}
	}
}
