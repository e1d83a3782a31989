package scan_test

import (
	"bytes"
	"context"
	"errors"
	"image"
	xdraw "image/draw"
	"strings"
	"testing"
	"time"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/datamatrix"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/all"
	"github.com/travelseal/travelseal/formats/vds"
	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/internal/mint/barcode"
	"github.com/travelseal/travelseal/scan"
)

// drawnDataMatrix is a DataMatrix code of bytes, which gozxing's writer takes as characters of ISO 8859-1, on a quiet zone.
func drawnDataMatrix(t testing.TB, payload []byte, module int) *image.Gray {
	t.Helper()
	var text strings.Builder
	for _, b := range payload {
		text.WriteRune(rune(b))
	}
	m, err := datamatrix.NewDataMatrixWriter().Encode(text.String(), gozxing.BarcodeFormat_DATA_MATRIX, 0, 0, nil)
	if err != nil {
		t.Fatal(err)
	}
	return enlarged(m.GetWidth()+4, module, func(x, y int) bool {
		inside := x >= 2 && y >= 2 && x < m.GetWidth()+2 && y < m.GetHeight()+2
		return inside && m.Get(x-2, y-2)
	})
}

// contents are what such codes carry: a boarding pass, a 2D-Doc with its separators, visible seals, and bytes of every value.
// None fills its DataMatrix to the last byte: gozxing's writer then gives the length twice.
func contents() map[string][]byte {
	every := make([]byte, 0, 160)
	for i := 255; len(every) < 160; i -= 3 {
		every = append(every, byte(i))
	}
	return map[string][]byte{
		"a boarding pass": []byte(mint.ShortPass().Build()), "a 2D-Doc": []byte(mint.Bill2D().Build()), "bytes": every,
		"a visible seal": barcode.Visa(barcode.Utopia().P256).Build(), "a sheet": barcode.Sheet(barcode.Utopia().Brainpool224).Build(),
		"bytes among text": append([]byte("DC03 AND A TEXT THAT IS LONG ENOUGH "), 0xDC, 0x03, 0, 0xFF, 0x80, 0xC3, 0xA9, 0x9F, 0xE9), "text in UTF-8": []byte("Ødegård, 欧陽"),
	}
}

// kinds draw a code of each kind.
var kinds = map[string]func(testing.TB, []byte, int) *image.Gray{"datamatrix": drawnDataMatrix, "aztec": drawnAztec}

func one(t *testing.T, what, kind string, data, want []byte) scan.Symbol {
	t.Helper()
	symbols, err := scan.Read(t.Context(), data, scan.Limits{})
	if err != nil || len(symbols) != 1 {
		t.Errorf("%s, %s: %d codes, %v", what, kind, len(symbols), err)
		return scan.Symbol{}
	}
	if s := symbols[0]; s.Kind != kind || !bytes.Equal(s.Bytes, want) || s.Index != 1 || len(s.Points) != 4 || s.Err != nil {
		t.Errorf("%s, %s: %+v", what, kind, s)
	}
	return symbols[0]
}

func TestOtherKindsGiveTheirBytes(t *testing.T) {
	for kind, draw := range kinds {
		for what, payload := range contents() {
			for _, module := range []int{3, 5, 12} {
				one(t, what, kind, pngOf(t, draw(t, payload, module)), payload)
			}
		}
	}
}

// What a code of any kind holds comes to the decoder as it was written, bit by bit, from the picture on.
func TestASealInACodeIsOpenedWhole(t *testing.T) {
	for kind, draw := range kinds {
		for _, what := range []string{"a visible seal", "a sheet"} {
			want := contents()[what]
			inputs, err := scan.Open(t.Context(), all.Set(), "seal.png", pngOf(t, draw(t, want, 4)), scan.Limits{})
			if err != nil || len(inputs) != 1 || len(inputs[0].Files) != 1 || !bytes.Equal(inputs[0].Files[0].Data, want) {
				t.Errorf("%s in %s: %d, %v", what, kind, len(inputs), err)
				continue
			}
			if _, err := vds.Format.Decode(inputs[0], formats.Options{Refuse: []string{"latin1-text"}}); err != nil {
				t.Errorf("%s in %s: %v", what, kind, err)
			}
		}
	}
}

func TestOtherKindsOnAPage(t *testing.T) {
	payload := contents()["a 2D-Doc"]
	for kind, draw := range kinds {
		for _, module := range []int{4, 6} {
			at := image.Pt(1310, 520)
			code := draw(t, payload, module)
			s := one(t, "a page", kind, jpegOf(t, page(2480, 3508, map[image.Point]*image.Gray{at: code}), 85), payload)
			if len(s.Points) == 4 && (s.Points[0].X < at.X-64 || s.Points[0].Y < at.Y-64 || s.Points[2].X > at.X+code.Rect.Dx()+64) {
				t.Errorf("%s: %v", kind, s.Points)
			}
		}
		screen, code := written(white(1080, 2400)), draw(t, payload, 10)
		xdraw.Draw(screen, code.Rect.Add(image.Pt(200, 800)), code, image.Point{}, xdraw.Src)
		one(t, "a screen", kind, jpegOf(t, screen, 85), payload)
		one(t, "a turn of a few degrees", kind, pngOf(t, turned(draw(t, payload, 8), 4)), payload)
		one(t, "upside down", kind, pngOf(t, turned(draw(t, payload, 8), 180)), payload)
	}
}

// A picture may hold codes of every kind, and gives all of them.
func TestAllKindsBesideEachOther(t *testing.T) {
	picture := page(1600, 700, map[image.Point]*image.Gray{
		{40, 60}: drawn(t, first, 8, nil), {620, 60}: drawnDataMatrix(t, []byte("A"+first), 7), {1130, 60}: drawnAztec(t, []byte("B"+first), 7),
	})
	symbols, err := scan.Read(t.Context(), pngOf(t, picture), scan.Limits{})
	if err != nil || len(symbols) != 3 {
		t.Fatalf("%d codes, %v", len(symbols), err)
	}
	for i, want := range []struct{ kind, text string }{{"qr", first}, {"datamatrix", "A" + first}, {"aztec", "B" + first}} {
		if s := symbols[i]; s.Kind != want.kind || s.Text != want.text || s.Index != i+1 {
			t.Errorf("%d: %+v", i, s)
		}
	}
	if _, err := scan.Read(t.Context(), pngOf(t, picture), scan.Limits{Symbols: 2}); err == nil {
		t.Error("three codes, of which two are allowed")
	}
}

// What is no code is none of the other kinds either.
func TestPrintIsNoCode(t *testing.T) {
	for what, m := range map[string]*image.Gray{
		"text": written(white(1240, 1754)), "white": white(300, 300), "black": mapped(white(300, 300), func(int, int, byte) byte { return 0 }),
		"a chessboard": mapped(white(320, 320), func(x, y int, _ byte) byte { return byte((x/8+y/8)%2) * 255 }),
		"half a code":  page(400, 400, map[image.Point]*image.Gray{{-60, 40}: drawnDataMatrix(t, []byte(first), 6)}),
	} {
		if symbols, err := scan.Read(t.Context(), pngOf(t, m), scan.Limits{}); !errors.Is(err, scan.ErrNoSymbol) {
			t.Errorf("%s: %v, %v", what, symbols, err)
		}
	}
}

// Between two attempts, the end of the context is the end of the search.
func TestTheSearchForOtherKindsEndsWithItsContext(t *testing.T) {
	parts := make(map[image.Point]*image.Gray)
	for i := range 40 {
		noise := mapped(white(200, 200), func(x, y int, _ byte) byte { return byte((x*7919+y*104729+i*31)>>4) & 1 * 255 })
		parts[image.Pt(i%8*300+40, i/8*300+40)] = noise
	}
	data := pngOf(t, page(2480, 1600, parts))
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Millisecond)
	defer cancel()
	began := time.Now()
	if _, err := scan.Read(ctx, data, scan.Limits{}); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%v", err)
	}
	if took := time.Since(began); took > 3*time.Second {
		t.Errorf("it took %v", took)
	}
}
