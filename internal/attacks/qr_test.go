package attacks_test

import (
	"context"
	"encoding/json"
	"errors"
	"image"
	"image/color"
	"image/draw"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/cli"
	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/scan"
	"github.com/travelseal/travelseal/verify"
)

func TestA92_CodeOfUnusualSegments(t *testing.T) {
	v, text := utopia(t), vaccination.Build().Text
	if !strings.Contains(text, "%") {
		t.Fatal("the text has no percent sign, which FNC1 would change")
	}
	says := func(r *verify.Report) string {
		b, err := json.Marshal(r.Documents[0].Verified)
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	sibling := look(t, v, mint.PNG(drawn(t, alphanumeric(text))))
	if sibling.Verdict != verify.Accept {
		t.Fatalf("the sibling: %s, %v", sibling.Verdict, codes(sibling.Documents[0]))
	}
	half := len(text) / 2
	for _, c := range []struct {
		name     string
		same     bool // whether the code still carries the text, and nothing else
		segments []segment
	}{
		{"bytes", true, []segment{plain(text)}},
		{"two segments", true, []segment{alphanumeric(text[:half]), plain(text[half:])}},
		{"an empty segment in front", true, []segment{alphanumeric(""), plain(""), alphanumeric(text)}},
		{"ECI of UTF-8", true, []segment{bits(0b0111, 4, 26, 8), plain(text)}},
		{"ECI of a charset that does not exist", true, []segment{bits(0b0111, 4, 0b110, 3, 899999, 21), plain(text)}},
		{"ECI of Shift JIS", true, []segment{bits(0b0111, 4, 20, 8), plain(text)}},
		{"ECI without a number", false, []segment{bits(0b0111, 4, 0xff, 8), plain(text)}},
		{"first of two codes, with all of the text", true, []segment{bits(0b0011, 4, 0, 4, 1, 4, 0, 8), alphanumeric(text)}},
		{"first of two codes", false, []segment{bits(0b0011, 4, 0, 4, 1, 4, 0, 8), alphanumeric(text[:half])}},
		{"third of two codes", false, []segment{bits(0b0011, 4, 2, 4, 1, 4, 0, 8), alphanumeric(text)}},
		{"structured append behind the text", false, []segment{alphanumeric(text), bits(0b0011, 4, 0, 4, 1, 4, 0, 8)}},
		{"FNC1 first", false, []segment{bits(0b0101, 4), alphanumeric(text)}},
		{"FNC1 second", false, []segment{bits(0b1001, 4, 37, 8), alphanumeric(text)}},
		{"FNC1 second of no application", false, []segment{bits(0b1001, 4, 255, 8), alphanumeric(text)}},
		{"kanji behind the text", false, []segment{alphanumeric(text), bits(0b1000, 4, 1, 10, 0x1fff, 13)}},
		{"kanji alone", false, []segment{bits(0b1000, 4, 2, 10, 0, 13, 0x1fff, 13)}},
		{"kanji that are not there", false, []segment{bits(0b1000, 4, 1023, 10)}},
		{"nothing", false, nil},
		{"an empty segment", false, []segment{plain("")}},
		{"digits that are none", false, []segment{bits(0b0001, 4, 3, 12, 1023, 10), alphanumeric(text)}},
		{"characters that are none", false, []segment{bits(0b0010, 4, 2, 11, 2047, 11), alphanumeric(text)}},
		{"bytes that are not there", false, []segment{bits(0b0100, 4, 65535, 16)}},
		{"a mode that does not exist", false, []segment{alphanumeric(text), bits(0b1110, 4)}},
		{"Hanzi", false, []segment{bits(0b1101, 4, 1, 4, 1, 8, 0, 13), alphanumeric(text)}},
		{"a NUL in front", false, []segment{plain("\x00"), alphanumeric(text)}},
	} {
		r := look(t, v, mint.PNG(drawn(t, c.segments...)))
		d := r.Documents[0]
		switch {
		case len(r.Documents) != 1:
			t.Errorf("%s: %d documents", c.name, len(r.Documents))
		case c.same && (r.Verdict != verify.Accept || says(r) != says(sibling)):
			t.Errorf("%s: %s, codes %v", c.name, r.Verdict, codes(d))
		case !c.same && (r.Verdict != verify.Refer || d.Status != verify.Unreadable):
			t.Errorf("%s: %s, %s, codes %v", c.name, d.Status, r.Verdict, codes(d))
		}
	}
	halves := mint.PNG(sideBySide(
		drawn(t, bits(0b0011, 4, 0, 4, 1, 4, 0, 8), alphanumeric(text[:half])),
		drawn(t, bits(0b0011, 4, 1, 4, 1, 4, 0, 8), alphanumeric(text[half:]))))
	if r := look(t, v, halves); len(r.Documents) != 2 || r.Verdict != verify.Refer {
		t.Errorf("two halves: %d documents, %s", len(r.Documents), r.Verdict)
	}
}

func TestA92_DamagedCode(t *testing.T) {
	v := utopia(t)
	code := mint.QR(vaccination.Build().Text)
	side := code.Rect.Dx()
	painted := func(r image.Rectangle, c color.Color) *image.Gray {
		m := image.NewGray(code.Rect)
		draw.Draw(m, m.Rect, code, image.Point{}, draw.Src)
		draw.Draw(m, r, image.NewUniform(c), image.Point{}, draw.Src)
		return m
	}
	square := func(x, y, size int) image.Rectangle { return image.Rect(x, y, x+size, y+size) }
	negative := image.NewGray(code.Rect)
	for i := range negative.Pix {
		negative.Pix[i] = 255 * code.Pix[i]
	}
	nowhere := image.Rectangle{}
	for _, c := range []struct {
		name    string
		picture image.Image
		reads   bool
	}{
		{"whole", painted(nowhere, color.White), true},
		{"mirrored", placed(code, 2), true},
		{"negative", negative, true},
		{"a stain", painted(square(side/2, side/2, side/8), color.Black), true},
		{"a hole", painted(square(side/2, side/2, side/8), color.White), true},
		{"half painted over", painted(image.Rect(0, side/2, side, side), color.Gray{Y: 128}), false},
		{"cropped", painted(nowhere, color.White).SubImage(image.Rect(0, 0, 2*side/3, side)), false},
		{"a quarter", painted(nowhere, color.White).SubImage(image.Rect(0, 0, side/2, side/2)), false},
		{"one pixel", painted(nowhere, color.White).SubImage(square(side/2, side/2, 1)), false},
		{"black", painted(code.Rect, color.Black), false},
		{"white", painted(code.Rect, color.White), false},
	} {
		picture := mint.PNG(c.picture)
		if !c.reads {
			refusesPicture(t, c.name, picture, scan.CodeNoSymbol)
			continue
		}
		if r := look(t, v, picture); r.Verdict != verify.Accept || len(r.Documents) != 1 {
			t.Errorf("%s: %s, %d documents", c.name, r.Verdict, len(r.Documents))
		}
	}
}

func TestA92_CodeDamagedAtRandom(t *testing.T) {
	v := utopia(t)
	code := mint.QR(vaccination.Build().Text)
	if r := look(t, v, mint.PNG(code)); r.Verdict != verify.Accept {
		t.Fatalf("the sibling: %s", r.Verdict)
	}
	random := rand.New(rand.NewPCG(92, 1))
	for round := range 30 {
		m := image.NewPaletted(code.Rect, code.Palette)
		copy(m.Pix, code.Pix)
		for range 1 + random.IntN(60) { // modules of four pixels turned over
			x, y := 4*random.IntN(code.Rect.Dx()/4), 4*random.IntN(code.Rect.Dy()/4)
			for i := range 16 {
				m.Pix[(y+i/4)*m.Stride+x+i%4] ^= 1
			}
		}
		start := time.Now()
		symbols, err := scan.Read(t.Context(), mint.PNG(m), scan.Limits{})
		if took := time.Since(start); took > maxTime {
			t.Errorf("round %d: %v", round, took)
		}
		var e *scan.Error
		if err != nil && (!errors.As(err, &e) || symbols != nil) {
			t.Fatalf("round %d: error %v", round, err)
		}
		for _, in := range scan.Inputs("picture", symbols) {
			if d := inspect(t, v, in).Documents[0]; d.Verdict == verify.Accept && d.Verified.Subjects[0].Names[0].Family != mint.Maren.Family {
				t.Errorf("round %d: accepted, and says something else", round)
			}
		}
	}
}

func TestA92_ReadingStopsWithItsContext(t *testing.T) {
	picture := mint.PNG(mint.QR(vaccination.Build().Text))
	v := utopia(t)
	if r := look(t, v, picture); r.Verdict != verify.Accept {
		t.Fatalf("the sibling: %s", r.Verdict)
	}
	over, cancel := context.WithCancel(t.Context())
	cancel()
	symbols, err := scan.Read(over, picture, scan.Limits{})
	if symbols != nil || !errors.Is(err, context.Canceled) {
		t.Errorf("%d symbols, error %v", len(symbols), err)
	}
	in := formats.Text(vaccination.Build().Text)
	r := v.Inspect(over, []formats.Input{in})
	if d := r.Documents[0]; d.Status != verify.Indeterminate || d.Verdict != verify.Refer || codes(d)[0] != verify.RunCancelled {
		t.Errorf("%s, %s, codes %v", d.Status, d.Verdict, codes(d))
	}
	if _, err := v.Open(over, in); !errors.Is(err, context.Canceled) {
		t.Errorf("Open: error %v", err)
	}
	var stdout, stderr strings.Builder
	if code := cli.Run(over, []string{"verify", "-"}, strings.NewReader(string(picture)), &stdout, &stderr); code != exitInterrupted {
		t.Errorf("exit code %d: %s%s", code, stdout.String(), stderr.String())
	}
}
