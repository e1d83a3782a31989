package scan_test

import (
	"bytes"
	"context"
	"errors"
	"image"
	"reflect"
	"strings"
	"sync"
	"testing"

	"github.com/makiuchi-d/gozxing"

	"github.com/travelseal/travelseal/scan"
)

const (
	first  = "HC1:FIRST CODE ON THE PAGE, WITH A $ AND A % AND TEXT TO FILL IT UP 0123456789"
	second = "HC1:SECOND CODE ON THE PAGE, WITH A $ AND A % AND TEXT TO FILL UP 9876543210"
)

// payloads reads a picture and gives the payloads in order.
func payloads(t testing.TB, data []byte) []string {
	t.Helper()
	symbols, err := scan.Read(context.Background(), data, scan.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for i, s := range symbols {
		if s.Index != i+1 || s.Kind != "qr" || s.Err != nil || len(s.Points) != 4 {
			t.Errorf("symbol %d: index %d, kind %q, error %v, %d points", i, s.Index, s.Kind, s.Err, len(s.Points))
		}
		out = append(out, string(s.Bytes))
	}
	return out
}

func mustRead(t *testing.T, data []byte, want ...string) {
	t.Helper()
	if got := payloads(t, data); !reflect.DeepEqual(got, want) {
		t.Errorf("read %q, want %q", got, want)
	}
}

func TestOneCodeIsReadWhateverItsSizeAndTurn(t *testing.T) {
	for _, module := range []int{2, 3, 4, 7, 12, 30} {
		mustRead(t, pngOf(t, drawn(t, first, module, nil)), first)
	}
	for _, degrees := range []float64{90, 180, 270, 17, 45, 201} {
		mustRead(t, pngOf(t, turned(drawn(t, first, 5, nil), degrees)), first)
	}
	mustRead(t, pngOf(t, mirrored(drawn(t, first, 5, nil))), first)
	mustRead(t, pngOf(t, negative(drawn(t, first, 5, nil))), first)
	mustRead(t, pngOf(t, mirrored(negative(drawn(t, first, 5, nil)))), first)
}

func TestEveryModeOfTheWriterIsReadToItsBytes(t *testing.T) {
	latin1 := make([]rune, 256)
	every := make([]byte, 256)
	for i := range latin1 {
		latin1[i], every[i] = rune(i), byte(i)
	}
	for _, c := range []struct {
		name, text string
		hints      hints
		bytes      string
		asText     string
	}{
		{"numeric", "0123456789012345", nil, "0123456789012345", "0123456789012345"},
		{"alphanumeric", "HC1:NCF $%*+-./:9", nil, "HC1:NCF $%*+-./:9", "HC1:NCF $%*+-./:9"},
		{"UTF-8 without an ECI", "shc:/é€", nil, "shc:/é€", "shc:/é€"},
		{"UTF-8 with its ECI", "né€", hints{gozxing.EncodeHintType_CHARACTER_SET: "UTF-8"}, "né€", "né€"},
		{"Latin-1 with its ECI", "Zoë", hints{gozxing.EncodeHintType_CHARACTER_SET: "ISO-8859-1"}, "Zo\xeb", "Zoë"},
		{"every byte", string(latin1), hints{gozxing.EncodeHintType_CHARACTER_SET: "ISO-8859-1"}, string(every), string(latin1)},
		{"kanji", "点茗", hints{gozxing.EncodeHintType_CHARACTER_SET: "Shift_JIS"}, "\x93\x5f\xe4\xaa", "点茗"},
		{"GS1", "0104912345123459%10ABC", hints{gozxing.EncodeHintType_GS1_FORMAT: true}, "0104912345123459\x1d10ABC", "0104912345123459\x1d10ABC"},
		{"high correction", first, hints{gozxing.EncodeHintType_ERROR_CORRECTION: "H"}, first, first},
		{"version 10", first, hints{gozxing.EncodeHintType_QR_VERSION: 10}, first, first},
		{"version 27", first, hints{gozxing.EncodeHintType_QR_VERSION: 27}, first, first},
		{"version 40", strings.Repeat("7", 7000), nil, strings.Repeat("7", 7000), strings.Repeat("7", 7000)},
	} {
		t.Run(c.name, func(t *testing.T) {
			symbols, err := scan.Read(context.Background(), pngOf(t, drawn(t, c.text, 4, c.hints)), scan.Limits{})
			if err != nil {
				t.Fatal(err)
			}
			if len(symbols) != 1 || string(symbols[0].Bytes) != c.bytes || symbols[0].Text != c.asText {
				t.Errorf("got %q, text %q", symbols[0].Bytes, symbols[0].Text)
			}
		})
	}
}

func TestAllCodesOfAPageAreReadInReadingOrder(t *testing.T) {
	a, b := drawn(t, first, 4, nil), drawn(t, second, 4, nil)
	other := drawn(t, "third", 6, nil)
	for _, c := range []struct {
		name string
		page *image.Gray
		want []string
	}{
		{"side by side", page(700, 400, map[image.Point]*image.Gray{{400, 20}: b, {20, 23}: a}), []string{first, second}},
		{"one below the other", page(400, 700, map[image.Point]*image.Gray{{20, 20}: b, {20, 400}: a}), []string{second, first}},
		{"three sizes", page(1700, 1200, map[image.Point]*image.Gray{{1200, 900}: a, {30, 40}: drawn(t, second, 8, nil), {800, 10}: other}),
			[]string{second, "third", first}},
		{"dark and light", page(700, 400, map[image.Point]*image.Gray{{20, 20}: a, {400, 20}: negative(b)}), []string{first, second}},
		{"large and small", page(1400, 1400, map[image.Point]*image.Gray{{0, 0}: drawn(t, first, 24, nil), {1250, 1250}: drawn(t, second, 2, nil)}),
			[]string{first, second}},
		{"clear and faint", page(700, 400, map[image.Point]*image.Gray{{20, 20}: a,
			{400, 20}: mapped(b, func(_, _ int, v byte) byte { return 227 + v/9 })}), []string{first, second}},
		{"the same code twice", page(700, 400, map[image.Point]*image.Gray{{400, 20}: a, {20, 20}: a}), []string{first, first}},
	} {
		t.Run(c.name, func(t *testing.T) { mustRead(t, pngOf(t, c.page), c.want...) })
	}
}

func TestACodeWithinACodeIsRead(t *testing.T) {
	outer := drawn(t, first, 14, hints{gozxing.EncodeHintType_ERROR_CORRECTION: "H"})
	inner := drawn(t, "IN", 3, nil)
	middle := image.Pt((outer.Rect.Dx()-inner.Rect.Dx())/2, (outer.Rect.Dy()-inner.Rect.Dy())/2)
	for name, in := range map[string]*image.Gray{"dark": inner, "light": negative(inner)} {
		t.Run(name, func(t *testing.T) {
			mustRead(t, pngOf(t, page(outer.Rect.Dx(), outer.Rect.Dy(), map[image.Point]*image.Gray{{}: overlaid(outer, in, middle)})), first, "IN")
		})
	}
}

// overlaid is a picture with another upon it.
func overlaid(under, over *image.Gray, at image.Point) *image.Gray {
	return mapped(under, func(x, y int, v byte) byte {
		if p := image.Pt(x, y).Sub(at); p.In(over.Rect) {
			return over.GrayAt(p.X, p.Y).Y
		}
		return v
	})
}

func TestPointsAreTheCornersOfTheCode(t *testing.T) {
	code := drawn(t, first, 6, nil) // the quiet zone is four modules wide
	side := code.Rect.Dx() - 48
	for _, c := range []struct {
		name    string
		picture *image.Gray
		want    [4]scan.Point
	}{
		{"upright", code, [4]scan.Point{{24, 24}, {24 + side, 24}, {24 + side, 24 + side}, {24, 24 + side}}},
		{"in a mirror", mirrored(code), [4]scan.Point{{24 + side, 24}, {24, 24}, {24, 24 + side}, {24 + side, 24 + side}}},
	} {
		symbols, err := scan.Read(context.Background(), pngOf(t, c.picture), scan.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		for i, p := range symbols[0].Points {
			if dx, dy := p.X-c.want[i].X, p.Y-c.want[i].Y; dx*dx+dy*dy > 9 {
				t.Errorf("%s: corner %d is at %v, want %v", c.name, i, p, c.want[i])
			}
		}
	}
}

func TestTheSameBytesGiveTheSameSymbols(t *testing.T) {
	data := jpegOf(t, page(900, 900, map[image.Point]*image.Gray{{20, 20}: drawn(t, first, 4, nil), {500, 30}: drawn(t, second, 5, nil),
		{40, 500}: turned(drawn(t, "third", 6, nil), 30)}), 70)
	want, err := scan.Read(context.Background(), data, scan.Limits{})
	if err != nil || len(want) != 3 {
		t.Fatal(len(want), err)
	}
	for range 3 {
		if got, _ := scan.Read(context.Background(), bytes.Clone(data), scan.Limits{}); !reflect.DeepEqual(got, want) {
			t.Fatalf("got %v, then %v", want, got)
		}
	}
}

func TestReadIsSafeForConcurrentUse(t *testing.T) {
	data := jpegOf(t, page(700, 400, map[image.Point]*image.Gray{{20, 20}: drawn(t, first, 4, nil), {400, 20}: drawn(t, second, 4, nil)}), 80)
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			if symbols, err := scan.Read(context.Background(), data, scan.Limits{}); err != nil || len(symbols) != 2 {
				t.Errorf("%d symbols, error %v", len(symbols), err)
			}
		})
	}
	group.Wait()
}

func TestAPictureWithoutACodeIsAnError(t *testing.T) {
	for name, m := range map[string]*image.Gray{
		"blank":       white(300, 300),
		"one pixel":   white(1, 1),
		"half a code": mapped(drawn(t, first, 5, nil), func(x, y int, v byte) byte { return v | byte(-(x / 120 & 1)) }),
	} {
		symbols, err := scan.Read(context.Background(), pngOf(t, m), scan.Limits{})
		var e *scan.Error
		if symbols != nil || !errors.Is(err, scan.ErrNoSymbol) || !errors.As(err, &e) || e.Code != scan.CodeNoSymbol {
			t.Errorf("%s: %d symbols, error %v", name, len(symbols), err)
		}
	}
}
