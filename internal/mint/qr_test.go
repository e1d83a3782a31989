package mint_test

import (
	"bytes"
	"image"
	"image/png"
	"slices"
	"testing"

	"github.com/makiuchi-d/gozxing"
	multiqr "github.com/makiuchi-d/gozxing/multi/qrcode"
	"github.com/makiuchi-d/gozxing/qrcode"

	"github.com/travelseal/travelseal/internal/mint"
)

func bitmap(t *testing.T, file []byte) (*gozxing.BinaryBitmap, image.Image) {
	t.Helper()
	picture, err := png.Decode(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	bits, err := gozxing.NewBinaryBitmapFromImage(picture)
	if err != nil {
		t.Fatal(err)
	}
	return bits, picture
}

func TestAQRCodeReadsBack(t *testing.T) {
	for _, text := range []string{mint.Vaccination(mint.Utopia().RSA).Build().Text, "A", "lower case, ünïcode"} {
		bits, picture := bitmap(t, mint.PNG(mint.QR(text)))
		result, err := qrcode.NewQRCodeReader().Decode(bits, nil)
		if err != nil {
			t.Errorf("%.12s…: %v", text, err)
			continue
		}
		if got := result.GetText(); got != text {
			t.Errorf("%.12s… reads back as %q", text, got)
		}
		if level := result.GetResultMetadata()[gozxing.ResultMetadataType_ERROR_CORRECTION_LEVEL]; level != "Q" {
			t.Errorf("%.12s…: error correction %v", text, level)
		}
		if size := picture.Bounds().Dx(); size%4 != 0 || (size/4-8-17)%4 != 0 {
			t.Errorf("%.12s…: %d pixels are no whole number of modules", text, size)
		}
	}
}

func TestTheQuietZoneIsWhite(t *testing.T) {
	picture := mint.QR("A")
	inner := picture.Rect.Inset(16)
	for y := range picture.Rect.Dy() {
		for x := range picture.Rect.Dx() {
			if !image.Pt(x, y).In(inner) && picture.ColorIndexAt(x, y) != 0 {
				t.Fatalf("the pixel at %d, %d is black", x, y)
			}
		}
	}
	if picture.ColorIndexAt(16, 16) != 1 {
		t.Error("the code does not begin after four modules")
	}
}

func TestTwoCodesSideBySideReadBack(t *testing.T) {
	ut := mint.Utopia()
	want := []string{mint.Vaccination(ut.Vaccination).Build().Text, mint.Recovery(ut.RSA).Build().Text}
	bits, _ := bitmap(t, mint.PNG(mint.SideBySide(want...)))
	results, err := multiqr.NewQRCodeMultiReader().DecodeMultipleWithoutHint(bits)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, r := range results {
		got = append(got, r.GetText())
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("%d codes read back, and not as they were written", len(got))
	}
}

func TestATextThatNoCodeHoldsPanics(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("it was drawn")
		}
	}()
	mint.QR(string(make([]byte, 3000)))
}
