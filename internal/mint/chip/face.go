package chip

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/jpeg"

	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/internal/mint/der"
)

// Portrait draws a picture of nobody: a round patch on a gradient, whose colours follow from a seed. It is a JPEG of 24 by 32
// pixels.
func Portrait(seed string) []byte {
	tint := mint.NewDRBG([]byte("travelseal mint portrait\x00" + seed)).Bytes(4)
	const width, height = 24, 32
	img := image.NewRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			c := color.RGBA{uint8(4*x) + tint[0]/4, uint8(4*y) + tint[1]/4, tint[2], 0xff}
			if dx, dy := x-width/2, y-height/2; dx*dx+dy*dy < 64 {
				c = color.RGBA{0xe0, 0xc0, tint[3], 0xff}
			}
			img.SetRGBA(x, y, c)
		}
	}
	var out bytes.Buffer
	if err := jpeg.Encode(&out, img, &jpeg.Options{Quality: 40}); err != nil {
		panic("chip: " + err.Error())
	}
	return out.Bytes()
}

// FaceRecord is a face record of ISO/IEC 19794-5:2005 §5: a header, and for each picture a block with its own.
func FaceRecord(pictures ...[]byte) []byte {
	be := binary.BigEndian
	var blocks []byte
	for _, picture := range pictures {
		blocks = be.AppendUint32(blocks, uint32(20+12+len(picture))) // facial information, image information, picture
		blocks = append(blocks, make([]byte, 16)...)                 // no feature points; all else is not stated
		blocks = append(blocks, 1, 0)                                // full frontal, JPEG
		blocks = be.AppendUint16(be.AppendUint16(blocks, 24), 32)
		blocks = append(blocks, 1, 2, 0, 0, 0, 0) // sRGB, digital still camera, no device, no quality
		blocks = append(blocks, picture...)
	}
	out := be.AppendUint32([]byte("FAC\x00010\x00"), uint32(14+len(blocks)))
	return append(be.AppendUint16(out, uint16(len(pictures))), blocks...)
}

// DG2 holds faces (Doc 9303-10 §4.7.2): a group template with their number, and for each a biometric template of CBEFF with its
// header and its record.
func DG2(records ...[]byte) []byte {
	templates := []der.Value{der.Int(int64(len(records)))}
	for _, record := range records {
		header := der.Tagged([]byte{0xa1},
			object(0x80, []byte{1, 1}), object(0x81, []byte{2}), // version of the header; the type is a face
			object(0x87, []byte{1, 1}), object(0x88, []byte{0, 8})) // owner and type of the format: ISO/IEC JTC 1/SC 37, a face
		templates = append(templates, der.Tagged([]byte{0x7f, 0x60}, header, object(0x5f2e, record)))
	}
	return group(2, der.Tagged([]byte{0x7f, 0x61}, templates...))
}

// Face is a DG2 with one picture.
func Face(seed string) []byte { return DG2(FaceRecord(Portrait(seed))) }

// DisplayedPortrait is a DG5, and Signature a DG7: pictures without a header (Doc 9303-10 §4.7.5, §4.7.7).
func DisplayedPortrait(seed string) []byte {
	return group(5, der.Int(1), object(0x5f40, Portrait(seed)))
}

// Signature is a DG7.
func Signature(seed string) []byte { return group(7, der.Int(1), object(0x5f43, Portrait(seed))) }
