package mint

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/png"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"
	"github.com/makiuchi-d/gozxing/qrcode/decoder"
)

const (
	modulePixels = 4 // the width of a module
	quietModules = 4 // the white border that ISO/IEC 18004 §6.3.8 asks for
)

// blackAndWhite makes one bit a pixel; white is the zero value of a new picture.
var blackAndWhite = color.Palette{color.Gray{Y: 255}, color.Gray{Y: 0}}

// QR draws a text as a QR code, four pixels a module and a quiet zone, with error correction Q, which the EU recommends
// (Implementing Decision (EU) 2021/1073, Annex I §5.2.2), or with L where the text is too long for that, as health cards
// are. It panics for a text that no QR code can hold.
func QR(text string) *image.Paletted {
	matrix, err := encodeQR(text, decoder.ErrorCorrectionLevel_Q)
	if err != nil {
		matrix, err = encodeQR(text, decoder.ErrorCorrectionLevel_L)
	}
	must(err)
	side := matrix.GetWidth() * modulePixels
	picture := image.NewPaletted(image.Rect(0, 0, side, side), blackAndWhite)
	for y := range side {
		for x := range side {
			if matrix.Get(x/modulePixels, y/modulePixels) {
				picture.SetColorIndex(x, y, 1)
			}
		}
	}
	return picture
}

// encodeQR gives one pixel a module, the quiet zone included: so the writer does where no size is wanted.
func encodeQR(text string, level decoder.ErrorCorrectionLevel) (*gozxing.BitMatrix, error) {
	return qrcode.NewQRCodeWriter().Encode(text, gozxing.BarcodeFormat_QR_CODE, 0, 0, map[gozxing.EncodeHintType]any{
		gozxing.EncodeHintType_ERROR_CORRECTION: level,
		gozxing.EncodeHintType_MARGIN:           quietModules,
	})
}

// SideBySide draws several texts as codes in one picture, from left to right.
func SideBySide(texts ...string) *image.Paletted {
	var codes []*image.Paletted
	var size image.Point
	for _, text := range texts {
		code := QR(text)
		codes = append(codes, code)
		size = image.Pt(size.X+code.Rect.Dx(), max(size.Y, code.Rect.Dy()))
	}
	picture := image.NewPaletted(image.Rectangle{Max: size}, blackAndWhite)
	x := 0
	for _, code := range codes {
		at := image.Pt(x, (size.Y-code.Rect.Dy())/2)
		draw.Draw(picture, code.Rect.Add(at), code, image.Point{}, draw.Src)
		x += code.Rect.Dx()
	}
	return picture
}

// PNG writes a picture without compression: the compressor of the standard library may choose other codes in another
// version of Go, and the committed pictures would change.
func PNG(picture image.Image) []byte {
	var out bytes.Buffer
	must((&png.Encoder{CompressionLevel: png.NoCompression}).Encode(&out, picture))
	return out.Bytes()
}
