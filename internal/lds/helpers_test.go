package lds_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"testing"

	"github.com/travelseal/travelseal/internal/der"
	mint "github.com/travelseal/travelseal/internal/mint/der"
)

// refused demands that a reader gave nothing but an error with a cause, a place within the data and no word of them.
func refused[T any](t *testing.T, name string, got T, err, cause error, data []byte) {
	t.Helper()
	var de *der.Error
	switch {
	case err == nil:
		t.Errorf("%s: read as %+v", name, got)
	case !errors.Is(err, cause):
		t.Errorf("%s: %v, want %v", name, err, cause)
	case !errors.As(err, &de):
		t.Errorf("%s: %v has no place", name, err)
	case de.What == "" || de.Offset < 0 || de.Offset > len(data):
		t.Errorf("%s: about %q at byte %d of %d", name, de.What, de.Offset, len(data))
	}
}

// tag is a value with the tag of a chip's file: 0x5F1F has two bytes.
func tag(number int, body ...mint.Value) mint.TLV {
	if number > 0xFF {
		return mint.Tagged([]byte{byte(number >> 8), byte(number)}, body...)
	}
	return mint.Tagged([]byte{byte(number)}, body...)
}

func raw(number int, content string) mint.TLV { return tag(number, mint.Raw(content)) }

func join(values ...mint.Value) mint.Value { return mint.Join(values...) }

// The pictures of these tests: enough of each kind to be known, and its size.
var (
	jpeg = append([]byte{0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 'J', 'F', 0xFF, 0xC0, 0, 11, 8, 0x02, 0x13, 0x01, 0x9D, 1, 1, 0x11, 0}, 0xFF, 0xD9)
	j2k  = append([]byte{0xFF, 0x4F, 0xFF, 0x51, 0, 47, 0, 0}, sizes(413, 531, 0, 0)...)
	jp2  = append([]byte("\x00\x00\x00\x0CjP  \r\n\x87\n\x00\x00\x00\x14ftypjp2 \x00\x00\x00\x00jp2 \x00\x00\x00\x2Djp2h\x00\x00\x00\x16ihdr"),
		append(sizes(531, 413), 0, 3, 7, 7, 0, 0, 0, 0, 0, 0x0F, 'c', 'o', 'l', 'r', 1, 0, 0, 0, 0, 0, 16)...)
)

func sizes(list ...uint32) []byte {
	var b []byte
	for _, n := range list {
		b = binary.BigEndian.AppendUint32(b, n)
	}
	return b
}

// record is a face record of ISO/IEC 19794-5 with portraits that are there already.
func record(portraits ...[]byte) []byte {
	body := bytes.Join(portraits, nil)
	b := append([]byte("FAC\x00010\x00"), sizes(uint32(14+len(body)))...)
	b = binary.BigEndian.AppendUint16(b, uint16(len(portraits)))
	return append(b, body...)
}

// portrait is a portrait within a face record: its information, its feature points and the picture.
func portrait(kind, dataType byte, points int, picture []byte) []byte {
	b := sizes(uint32(20 + 8*points + 12 + len(picture)))
	b = binary.BigEndian.AppendUint16(b, uint16(points))
	b = append(b, make([]byte, 14+8*points)...)
	b = append(b, kind, dataType, 413>>8, 413&0xFF, 531>>8, 531&0xFF, 1, 2, 0, 0, 0, 0)
	return append(b, picture...)
}

// template is a biometric template around a record.
func template(block mint.Value) mint.TLV {
	return tag(0x7F60, tag(0xA1, raw(0x81, "\x02"), raw(0x82, "\x00"), raw(0x87, "\x01\x01"), raw(0x88, "\x00\x08")), block)
}

// biometrics is the file of DG2, DG3 or DG4.
func biometrics(group int, count int64, templates ...mint.Value) []byte {
	return tag(group, tag(0x7F61, append([]mint.Value{mint.Int(count)}, templates...)...)).Encode()
}

// faces is a DG2 with one template around a face record.
func faces(rec []byte) []byte { return biometrics(0x75, 1, template(raw(0x5F2E, string(rec)))) }
