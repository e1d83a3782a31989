package attacks_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/draw"
	"image/gif"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/scan"
	"github.com/travelseal/travelseal/verify"
)

// chunk is one chunk of a PNG (W3C PNG §5.3).
func chunk(kind string, data []byte) []byte {
	b := binary.BigEndian.AppendUint32(nil, uint32(len(data)))
	b = append(append(b, kind...), data...)
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b[4:]))
}

const pngHead = "\x89PNG\r\n\x1a\n"

// header is the IHDR chunk of a picture in shades of gray.
func header(width, height uint32, depth byte) []byte {
	b := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, width), height)
	return chunk("IHDR", append(b, depth, 0, 0, 0, 0))
}

// behindHeader puts chunks behind the IHDR of a PNG.
func behindHeader(picture []byte, chunks ...[]byte) []byte {
	const end = len(pngHead) + 12 + 13
	return append(append(bytes.Clone(picture[:end]), bytes.Join(chunks, nil)...), picture[end:]...)
}

// refusesPicture demands that a picture is refused with a code, by the command as by the reader, at a bounded cost.
func refusesPicture(t *testing.T, name string, picture []byte, code string) {
	t.Helper()
	bounded(t, name, func() {
		symbols, err := scan.Read(t.Context(), picture, scan.Limits{})
		var e *scan.Error
		if symbols != nil || !errors.As(err, &e) || e.Code != code {
			t.Errorf("%s: %d symbols, error %v; want %s", name, len(symbols), err, code)
		}
	})
	if p := command(t, "picture", picture, "verify"); p.code != exitUnreadable || !strings.Contains(p.stdout, code) {
		t.Errorf("%s: exit code %d: %s", name, p.code, p.stdout)
	}
}

func TestA91_ImageBomb(t *testing.T) {
	sibling := mint.PNG(mint.QR(vaccination.Build().Text))
	if r := look(t, utopia(t), sibling); r.Verdict != verify.Accept {
		t.Fatalf("the sibling: %s", r.Verdict)
	}
	const side, row = 65_000, 1 + 65_000/8 // one bit a pixel and a filter byte
	mebibytes := (side*row + 1<<20 - 1) >> 20
	data := zlibOf(zeros(t, mebibytes), uint32(mebibytes))
	bomb := bytes.Join([][]byte{[]byte(pngHead), header(side, side, 1), chunk("IDAT", data), chunk("IEND", nil)}, nil)
	refusesPicture(t, "65,000 x 65,000", bomb, scan.CodeTooLarge)
	refusesPicture(t, "2 to the 48th", append([]byte(pngHead), header(1<<24, 1<<24, 16)...), scan.CodeTooLarge)
	// The decoder itself finds that their product cannot be right.
	refusesPicture(t, "the largest that can be announced", append([]byte(pngHead), header(1<<31-1, 1<<31-1, 16)...), scan.CodeUnreadable)
	refusesPicture(t, "a line of 2 to the 31st", append([]byte(pngHead), header(1<<31-1, 1, 1)...), scan.CodeTooLarge)
	refusesPicture(t, "no height", append([]byte(pngHead), header(100, 0, 1)...), scan.CodeUnreadable)
	refusesPicture(t, "announced and not there", append([]byte(pngHead), header(6000, 6000, 1)...), scan.CodeUnreadable)
	refusesPicture(t, "frames", frames(t, 10_000), scan.CodeTooLarge)
	refusesPicture(t, "scans", scans(jpegOf(t, mint.QR("HC1:")), 10_000), scan.CodeTooLarge)
}

// frames is a GIF of many frames of one pixel.
func frames(t *testing.T, n int) []byte {
	t.Helper()
	var b bytes.Buffer
	one := image.NewPaletted(image.Rect(0, 0, 1, 1), color.Palette{color.Black, color.White})
	if err := gif.EncodeAll(&b, &gif.GIF{Image: []*image.Paletted{one, one}, Delay: []int{1, 1}}); err != nil {
		t.Fatal(err)
	}
	two := b.Bytes()
	second := two[bytes.LastIndex(two, []byte{0x21, 0xf9, 4}) : len(two)-1] // from its graphic control to the trailer
	return append(append(bytes.Clone(two[:len(two)-1]), bytes.Repeat(second, n-2)...), two[len(two)-1])
}

// scans repeats the scan of a JPEG, which a progressive one may do to refine it.
func scans(data []byte, n int) []byte {
	start, end := bytes.Index(data, []byte{0xff, 0xda}), len(data)-2
	return append(append(bytes.Clone(data[:end]), bytes.Repeat(data[start:end], n-1)...), data[end:]...)
}

func TestA91_UnusualPicture(t *testing.T) {
	v := utopia(t)
	code := mint.QR(vaccination.Build().Text)
	encode := func(m draw.Image) []byte {
		draw.Draw(m, m.Bounds(), code, image.Point{}, draw.Src)
		var b bytes.Buffer
		if err := png.Encode(&b, m); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	sibling := encode(image.NewGray(code.Rect))
	profile := func(data []byte) []byte { return chunk("iCCP", append([]byte("profile\x00\x00"), data...)) }
	for name, picture := range map[string][]byte{
		"8 bits":                   sibling,
		"16 bits of gray":          encode(image.NewGray16(code.Rect)),
		"16 bits of each colour":   encode(image.NewNRGBA64(code.Rect)),
		"colour profile":           behindHeader(sibling, profile(mint.Zlib([]byte("a profile")))),
		"colour profile of 64 MiB": behindHeader(sibling, profile(zlibOf(zeros(t, 64), 64))),
		"text of 64 MiB":           behindHeader(sibling, chunk("zTXt", append([]byte("Comment\x00\x00"), zlibOf(zeros(t, 64), 64)...))),
		"gamma and resolution":     behindHeader(sibling, chunk("gAMA", []byte{0, 0, 0, 1}), chunk("pHYs", []byte{0xff, 0xff, 0xff, 0xff, 0, 0, 0, 1, 1})),
	} {
		bounded(t, name, func() {
			if r := look(t, v, picture); r.Verdict != verify.Accept || len(r.Documents) != 1 {
				t.Errorf("%s: %s, %d documents", name, r.Verdict, len(r.Documents))
			}
		})
	}
}

// placed turns a picture as the eight orientations of EXIF do: mirrored, turned upside down, on its side.
func placed(m image.Image, orientation int) *image.Gray {
	w, h := m.Bounds().Dx(), m.Bounds().Dy()
	if orientation > 4 {
		w, h = h, w
	}
	out := image.NewGray(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			u, v := x, y
			switch orientation {
			case 2:
				u = w - 1 - x
			case 3:
				u, v = w-1-x, h-1-y
			case 4:
				v = h - 1 - y
			case 5:
				u, v = y, x
			case 6:
				u, v = y, w-1-x
			case 7:
				u, v = h-1-y, w-1-x
			case 8:
				u, v = h-1-y, x
			}
			r, _, _, _ := m.At(u, v).RGBA()
			out.Pix[y*out.Stride+x] = byte(r >> 8)
		}
	}
	return out
}

func jpegOf(t *testing.T, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, &jpeg.Options{Quality: 90}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// withOrientation puts an EXIF segment with an orientation behind the start of a JPEG (Exif 2.32 §4.6.2).
func withOrientation(data []byte, orientation int) []byte {
	exif := "Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00" + string(rune(orientation)) + "\x00\x00\x00\x00\x00\x00"
	segment := append([]byte{0xff, 0xe1, 0, byte(len(exif) + 2)}, exif...)
	return append(append(bytes.Clone(data[:2]), segment...), data[2:]...)
}

func TestA91_TurnedAndMirroredPicture(t *testing.T) {
	v, code := utopia(t), mint.QR(vaccination.Build().Text)
	for orientation := 1; orientation <= 8; orientation++ {
		for name, m := range map[string]image.Image{"as stored": placed(code, orientation), "as shown": code} {
			picture := withOrientation(jpegOf(t, m), orientation)
			if r := look(t, v, picture); r.Verdict != verify.Accept || len(r.Documents) != 1 {
				t.Errorf("orientation %d, %s: %s, %d documents", orientation, name, r.Verdict, len(r.Documents))
			}
		}
	}
}
