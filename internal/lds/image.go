package lds

import (
	"bytes"
	"encoding/binary"

	"github.com/travelseal/travelseal/internal/der"
)

// An Image is a picture as it stands in the chip. It is recognised by its first bytes and not decoded.
type Image struct {
	MediaType string // "image/jpeg", "image/jp2" in its container, "image/x-jp2-codestream" without
	Data      []byte
	// Width and Height are what the picture's own header says, in pixels; 0 where it could not be found.
	Width, Height int
}

// The first bytes of the kinds of pictures that chips have (ISO/IEC 10918-1 §B.2.1, ISO/IEC 15444-1 §I.5.1 and §A.4.1).
var (
	beginJPEG = []byte{0xFF, 0xD8, 0xFF}
	beginJP2  = []byte{0, 0, 0, 0x0C, 'j', 'P', ' ', ' ', '\r', '\n', 0x87, '\n'}
	beginJ2K  = []byte{0xFF, 0x4F, 0xFF, 0x51}
)

// recognise tells a picture by its content. v is where it stands, for errors.
func recognise(data []byte, v der.Value) (Image, error) {
	m := Image{Data: data}
	switch {
	case bytes.HasPrefix(data, beginJPEG):
		m.MediaType = "image/jpeg"
		m.Width, m.Height = sizeJPEG(data)
	case bytes.HasPrefix(data, beginJP2):
		m.MediaType = "image/jp2"
		m.Width, m.Height = sizeJP2(data)
	case bytes.HasPrefix(data, beginJ2K):
		m.MediaType = "image/x-jp2-codestream"
		m.Width, m.Height = sizeJ2K(data)
	default:
		return Image{}, v.Fail("a picture", ErrImage)
	}
	return m, nil
}

// sizeJPEG walks over the segments to the frame header (ISO/IEC 10918-1 §B.2.2).
func sizeJPEG(b []byte) (width, height int) {
	for at := 2; at+4 <= len(b) && b[at] == 0xFF; {
		marker, length := b[at+1], int(binary.BigEndian.Uint16(b[at+2:]))
		switch {
		case marker == 0xFF: // fill bytes may stand before a marker
			at++
			continue
		case marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC:
			if at+9 > len(b) {
				return 0, 0
			}
			return int(binary.BigEndian.Uint16(b[at+7:])), int(binary.BigEndian.Uint16(b[at+5:]))
		case marker == 0xDA || length < 2: // the picture's data begin
			return 0, 0
		}
		at += 2 + length
	}
	return 0, 0
}

// sizeJP2 finds the image header box within the header box (ISO/IEC 15444-1 §I.5.3.1). The container must begin with its
// signature and its file type, and the header stands before the codestream.
func sizeJP2(b []byte) (width, height int) {
	for len(b) >= 8 {
		length, kind := binary.BigEndian.Uint32(b), string(b[4:8])
		if length < 8 || uint64(length) > uint64(len(b)) {
			return 0, 0
		}
		switch kind {
		case "jp2h":
			b = b[8:length]
			continue
		case "ihdr":
			if length < 22 {
				return 0, 0
			}
			return pixels(b[12:]), pixels(b[8:])
		}
		b = b[length:]
	}
	return 0, 0
}

// sizeJ2K reads the size of the reference grid without its offset (ISO/IEC 15444-1 §A.5.1).
func sizeJ2K(b []byte) (width, height int) {
	if len(b) < 24 {
		return 0, 0
	}
	w, h := pixels(b[8:]), pixels(b[12:])
	x, y := pixels(b[16:]), pixels(b[20:])
	if x > w || y > h {
		return 0, 0
	}
	return w - x, h - y
}

// pixels reads a number of pixels; what no portrait has is 0.
func pixels(b []byte) int {
	n := binary.BigEndian.Uint32(b)
	if n > 1<<16 {
		return 0
	}
	return int(n)
}

// The tags of the pictures in DG5 and DG7 (Doc 9303-10 §4.7.5, §4.7.7).
const (
	tagPortrait  der.Tag = 0x5F40
	tagSignature der.Tag = 0x5F43
)

// Pictures reads the pictures of DG5, the displayed portraits, or of DG7, the signatures or usual marks.
func Pictures(g Group, file []byte) ([]Image, error) {
	tag := tagPortrait
	if g == 7 {
		tag = tagSignature
	}
	r, err := g.open(file)
	if err != nil {
		return nil, err
	}
	count, err := announced(&r, maxImages)
	if err != nil {
		return nil, err
	}
	var list []Image
	for len(list) < count {
		v, err := r.Read(tag, "a picture")
		if err != nil {
			return nil, err
		}
		m, err := recognise(v.Content, v)
		if err != nil {
			return nil, err
		}
		list = append(list, m)
	}
	return list, r.End(g.String())
}
