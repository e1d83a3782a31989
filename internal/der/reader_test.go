package der_test

import (
	"bytes"
	"encoding/hex"
	"errors"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/internal/der"
)

// b is bytes in hexadecimal; spaces are for the eye.
func b(t testing.TB, text string) []byte {
	t.Helper()
	data, err := hex.DecodeString(strings.ReplaceAll(text, " ", ""))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// value is the one value that data in hexadecimal holds.
func value(t testing.TB, text string) der.Value {
	t.Helper()
	r := der.New(b(t, text))
	v, err := r.Next("the value")
	if err != nil || !r.Empty() {
		t.Fatalf("%s: %v", text, err)
	}
	return v
}

// wrong demands that err is an *Error of the kind, about what, at the byte.
func wrong(t testing.TB, name string, err, kind error, what string, offset int) {
	t.Helper()
	var de *der.Error
	if !errors.As(err, &de) || !errors.Is(err, kind) || de.What != what || de.Offset != offset {
		t.Errorf("%s: %v, want %q at byte %d: %v", name, err, what, offset, kind)
	}
}

func TestAReaderWalksOverTheValuesOfOneLevel(t *testing.T) {
	data := b(t, "30 07 02 01 05 5F0E 01 AA 7F61 02 05 00")
	r := der.New(data)
	seq, err := r.Read(der.Sequence, "the sequence")
	if err != nil || seq.Offset != 0 || !bytes.Equal(seq.Raw, data[:9]) || !bytes.Equal(seq.Content, data[2:9]) {
		t.Fatalf("%+v, %v", seq, err)
	}
	in := seq.Reader()
	n, err := in.Read(der.Integer, "the number")
	if err != nil || n.Offset != 2 || !bytes.Equal(n.Content, []byte{5}) {
		t.Fatalf("%+v, %v", n, err)
	}
	name, err := in.Next("the name")
	if err != nil || name.Tag != 0x5F0E || name.Offset != 5 || !bytes.Equal(name.Content, []byte{0xAA}) || name.Tag.Constructed() {
		t.Fatalf("%+v, %v", name, err)
	}
	if err := in.End("the sequence"); err != nil || !in.Empty() || in.Offset() != 9 {
		t.Fatal(err, in.Offset())
	}
	if r.Peek() != 0x7F61 || !bytes.Equal(r.Rest(), data[9:]) || r.Offset() != 9 {
		t.Fatalf("%s at %d", r.Peek(), r.Offset())
	}
	wrong(t, "end", r.End("the file"), der.ErrTrailing, "the file", 9)
	template, err := r.Next("the template")
	if err != nil || !template.Tag.Constructed() || template.Offset != 9 {
		t.Fatalf("%+v, %v", template, err)
	}
	null, err := template.Inside(der.Null, "the null")
	if err != nil || null.Offset != 12 || len(null.Content) != 0 {
		t.Fatalf("%+v, %v", null, err)
	}
	_, err = r.Next("one more")
	wrong(t, "after the end", err, der.ErrTruncated, "one more", 14)
	_, err = r.Read(der.Null, "one more")
	wrong(t, "after the end", err, der.ErrTruncated, "one more", 14)
	if r.Peek() != 0 {
		t.Error(r.Peek())
	}
}

func TestAnOptionalValueIsReadOrLeft(t *testing.T) {
	r := der.New(b(t, "A0 02 05 00 02 01 01"))
	v, found, err := r.Optional(der.ContextOf(0), "the version")
	if err != nil || !found || len(v.Content) != 2 {
		t.Fatalf("%+v, %t, %v", v, found, err)
	}
	if _, found, err = r.Optional(der.ContextOf(1), "the issuer"); found || err != nil || r.Offset() != 4 {
		t.Fatal(found, err, r.Offset())
	}
	if _, found, err = r.Optional(der.Integer, "the number"); !found || err != nil || !r.Empty() {
		t.Fatal(found, err)
	}
	if _, found, err = r.Optional(der.Integer, "the number"); found || err != nil {
		t.Fatal(found, err)
	}
	r = der.New(b(t, "02 02 01"))
	v, found, err = r.Optional(der.Integer, "the number")
	wrong(t, "cut off", err, der.ErrTruncated, "the number", 0)
	if found || v.Raw != nil {
		t.Errorf("%+v is cut off and found", v)
	}
}

func TestACopyOfAReaderWalksAlone(t *testing.T) {
	r := der.New(b(t, "05 00 02 01 01"))
	second := r
	if _, err := r.Next("the first"); err != nil {
		t.Fatal(err)
	}
	if second.Peek() != der.Null || r.Peek() != der.Integer {
		t.Error(second.Peek(), r.Peek())
	}
	var zero der.Reader
	if !zero.Empty() || zero.Peek() != 0 || zero.Offset() != 0 || len(zero.Rest()) != 0 || zero.End("it") != nil {
		t.Error("the zero Reader has something to read")
	}
}

// What one value may grow into must not be its neighbour.
func TestAppendingToAValueLeavesTheDataAlone(t *testing.T) {
	data := b(t, "04 01 AA 05 00")
	r := der.New(data)
	v, err := r.Next("the octets")
	if err != nil {
		t.Fatal(err)
	}
	_, _ = append(v.Content, 0xFF), append(v.Raw, 0xFF)
	if data[3] != 5 {
		t.Error("an append wrote into the value that follows")
	}
}

func TestEveryOtherSpellingOfALengthIsRefused(t *testing.T) {
	for name, c := range map[string]struct {
		data string
		kind error
	}{
		"indefinite":                {"30 80 00 00", der.ErrLength},
		"reserved":                  {"04 FF 00", der.ErrLength},
		"long form of 127":          {"04 81 7F" + strings.Repeat("00", 127), der.ErrLength},
		"a leading zero":            {"04 82 00 80" + strings.Repeat("00", 128), der.ErrLength},
		"five octets":               {"04 85 01 00 00 00 00", der.ErrLength},
		"no length":                 {"04", der.ErrTruncated},
		"half a length":             {"04 82 01", der.ErrTruncated},
		"one octet too few":         {"04 03 01 02", der.ErrTruncated},
		"4 GiB":                     {"04 84 FF FF FF FF 00", der.ErrTruncated},
		"2 GiB":                     {"04 84 80 00 00 00 00", der.ErrTruncated},
		"2 GiB less one":            {"04 84 7F FF FF FF 00", der.ErrTruncated},
		"a tag that begins with 00": {"3F 80 01 00", der.ErrTag},
		"half a tag":                {"7F", der.ErrTag},
		"half a longer tag":         {"7F 81", der.ErrTag},
		"a tag of four octets":      {"7F 81 81 01 00", der.ErrTag},
		"nothing":                   {"", der.ErrTruncated},
	} {
		r := der.New(b(t, c.data))
		v, err := r.Next("the value")
		wrong(t, name, err, c.kind, "the value", 0)
		if v.Raw != nil || v.Content != nil || r.Offset() != 0 {
			t.Errorf("%s: refused, and gives %+v all the same", name, v)
		}
	}
}

func TestLengthsAtTheStepsOfTheirForm(t *testing.T) {
	for length, head := range map[int]string{0: "04 00", 127: "04 7F", 128: "04 81 80", 255: "04 81 FF", 256: "04 82 01 00", 65535: "04 82 FFFF", 65536: "04 83 010000"} {
		data := append(b(t, head), make([]byte, length)...)
		if v, err := der.Only(data, der.OctetString, "the octets"); err != nil || len(v.Content) != length || len(v.Raw) != len(data) {
			t.Errorf("%d: %v", length, err)
		}
	}
}

func TestOnlyAndInsideTakeOneValueAndNothingElse(t *testing.T) {
	_, err := der.Only(b(t, "05 00 00"), der.Null, "the null")
	wrong(t, "more", err, der.ErrTrailing, "the null", 2)
	_, err = der.Only(b(t, "04 00"), der.Null, "the null")
	wrong(t, "other", err, der.ErrTag, "the null", 0)
	outer := value(t, "A0 04 05 00 05 00")
	_, err = outer.Inside(der.Null, "the null")
	wrong(t, "more inside", err, der.ErrTrailing, "the null", 4)
	_, err = outer.Inside(der.Integer, "the number")
	wrong(t, "other inside", err, der.ErrTag, "the number", 2)
	_, err = value(t, "A0 00").Inside(der.Null, "the null")
	wrong(t, "nothing inside", err, der.ErrTruncated, "the null", 2)
}

func TestAnErrorNamesThePlaceAndNoData(t *testing.T) {
	_, err := der.Only([]byte("\x05\x06secret"), der.Sequence, "the certificate")
	if got := err.Error(); got != "the certificate at byte 0: another type of value stands here" {
		t.Error(got)
	}
}

func TestReadingAllocatesNothing(t *testing.T) {
	data := b(t, "30 0D 02 01 05 06 03 55 04 03 A0 03 02 01 07")
	if n := testing.AllocsPerRun(100, func() {
		r := der.New(data)
		seq, _ := r.Read(der.Sequence, "the sequence")
		for in := seq.Reader(); !in.Empty(); {
			if _, err := in.Next("a member"); err != nil {
				t.Fatal(err)
			}
		}
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}
