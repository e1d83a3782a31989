package divoc

import (
	"bytes"
	"errors"
	"unicode/utf8"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/strict/base64"
	"github.com/travelseal/travelseal/internal/strict/zip"
)

// maxFiles bounds the files of an archive; a certificate's has one.
const maxFiles = 8

// readText finds out what the barcode holds.
func (r *reading) readText() error {
	switch {
	case bytes.HasPrefix(r.raw, []byte(archiveStart)):
		r.archive = r.raw
	case bytes.HasPrefix(r.raw, []byte(base64Start)):
		b, err := base64.Decode(base64.StdPadded, r.raw[len(base64Start):])
		if err != nil {
			offset := -1
			if be := (*base64.Error)(nil); errors.As(err, &be) {
				offset = len(base64Start) + be.Offset
			}
			return fail(formats.CodeEncoding, "base64", offset, err)
		}
		r.archive = b
	case isObject(r.raw):
		r.json = r.raw
	default:
		return fail(formats.CodeEncoding, "text", 0, errors.New("neither an archive nor a JSON object"))
	}
	return nil
}

// readArchive takes the credential out of the archive. The platform hands the archive to its barcode writer as a text
// with a character for each byte, which many writers put into the code as UTF-8; readers give it back like that.
func (r *reading) readArchive() error {
	if r.json != nil {
		return nil
	}
	files, err := zip.Parse(r.archive, maxFiles)
	if err != nil {
		b, ok := bytesOf(r.archive)
		if !ok {
			return archiveError(err)
		}
		if files, err = zip.Parse(b, maxFiles); err != nil {
			return archiveError(err)
		}
		r.archive = b
	}
	for _, f := range files {
		if f.Name == file {
			if r.json, err = f.Data(r.o.Limits.OrDefault().Inflated); err != nil {
				return archiveError(err)
			}
			return nil
		}
	}
	return fail(formats.CodeEncoding, "archive", -1, errors.New("no file named "+file))
}

// bytesOf gives the bytes of which each is a character of a text in UTF-8; ok is false where the text is none such, or
// is the bytes already.
func bytesOf(text []byte) (b []byte, ok bool) {
	if !utf8.Valid(text) {
		return nil, false
	}
	b = make([]byte, 0, len(text))
	for _, c := range string(text) {
		if c > 0xFF {
			return nil, false
		}
		b = append(b, byte(c))
	}
	return b, len(b) < len(text)
}

func archiveError(err error) error {
	code, offset := formats.CodeEncoding, -1
	switch {
	case errors.Is(err, zip.ErrLimit):
		code = formats.CodeLimit
	case errors.Is(err, zip.ErrTrailing):
		code = formats.CodeTrailing
	case errors.Is(err, zip.ErrTruncated):
		code = formats.CodeTruncated
	}
	if ze := (*zip.Error)(nil); errors.As(err, &ze) {
		offset = ze.Offset
	}
	return fail(code, "archive", offset, err)
}
