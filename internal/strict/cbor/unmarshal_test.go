package cbor_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	lib "github.com/fxamacker/cbor/v2"

	"github.com/travelseal/travelseal/internal/strict/cbor"
)

type claims struct {
	Issuer  string     `cbor:"1,keyasint"`
	Expires cbor.Value `cbor:"4,keyasint"`
	Cert    cbor.Value `cbor:"-260,keyasint"`
	Name    string     `cbor:"iss"`
}

func TestUnmarshalFillsAStructAndKeepsValuesForLater(t *testing.T) {
	var c claims
	if err := cbor.Unmarshal(unhex(t, "a3 01 625858 04 fb41d9555555555555 390103 a1 01 80"), &c); err != nil {
		t.Fatal(err)
	}
	if f, ok := c.Expires.Float(); c.Issuer != "XX" || !ok || f < 1.6e9 {
		t.Errorf("issuer %q, expires %v, %t", c.Issuer, f, ok)
	}
	var inner map[int]cbor.Value
	if err := c.Cert.Unmarshal(&inner); err != nil || inner[1].Kind() != cbor.Array {
		t.Errorf("certificate %v, %v", inner, err)
	}
}

func TestMissingAndNullAreToldApart(t *testing.T) {
	c := claims{}
	if err := cbor.Unmarshal(unhex(t, "a1 04 f6"), &c); err != nil {
		t.Fatal(err)
	}
	if c.Expires.Kind() != cbor.Null || c.Cert.Kind() != cbor.Missing {
		t.Errorf("expires %v, certificate %v", c.Expires.Kind(), c.Cert.Kind())
	}
}

// If the library begins to copy what it gives to UnmarshalCBOR, a Value still works but its documentation is wrong.
func TestValuePointsIntoTheInput(t *testing.T) {
	b := unhex(t, "a1 04 05")
	var c claims
	if err := cbor.Unmarshal(b, &c); err != nil {
		t.Fatal(err)
	}
	b[2] = 0x06
	if n, ok := c.Expires.Int(); !ok || n != 6 {
		t.Errorf("the Value reads %d, %t after its input became 6", n, ok)
	}
}

func TestFieldsMatchExactly(t *testing.T) {
	for name, text := range map[string]string{
		"upper case":              "a1 63 495353 6178",
		"title case":              "a1 63 497373 6178",
		"name as a byte string":   "a1 43 697373 6178",
		"integer key as text":     "a1 61 31 6178",
		"integer key as a float":  "a1 f93c00 6178",
		"Go name of the field":    "a1 64 4e616d65 6178",
		"Go name of another kind": "a1 66 497373756572 6178",
	} {
		var c claims
		err := cbor.Unmarshal(unhex(t, text), &c)
		if c.Name != "" || c.Issuer != "" {
			t.Errorf("%s: %+v, %v", name, c, err)
		}
	}
}

func TestUnmarshalRefusals(t *testing.T) {
	deep := strings.Repeat("81", 65) + "00"
	for name, c := range map[string]struct {
		text string
		into any
		want error
	}{
		"key twice":                    {"a2 01 6161 01 6162", new(claims), cbor.ErrDuplicateKey},
		"unknown key twice":            {"a2 09 00 09 00", new(claims), cbor.ErrDuplicateKey},
		"key twice in a map":           {"a2 01 00 01 00", new(map[int]int), cbor.ErrDuplicateKey},
		"indefinite map":               {"bf ff", new(claims), cbor.ErrNonCanonical},
		"indefinite in an unknown key": {"a1 09 9f ff", new(claims), cbor.ErrNonCanonical},
		"second item":                  {"a0 a0", new(claims), cbor.ErrTrailing},
		"nothing":                      {"", new(claims), cbor.ErrTruncated},
		"cut short":                    {"a1 01 62 61", new(claims), cbor.ErrTruncated},
		"too deep":                     {deep, new(any), cbor.ErrLimit},
		"too many elements":            {"9a 00010001", new(any), cbor.ErrLimit},
		"too many entries":             {"ba 00010001", new(any), cbor.ErrLimit},
		"integer for a text":           {"a1 01 05", new(claims), cbor.ErrType},
		"array for a struct":           {"81 05", new(claims), cbor.ErrType},
		"text that is not UTF-8":       {"a1 01 61 ff", new(claims), cbor.ErrUTF8},
		"reserved initial byte":        {"1c", new(any), cbor.ErrMalformed},
		"tag 1 around a text":          {"c1 61 31", new(cbor.Value), cbor.ErrMalformed},
		"number for a time":            {"1a 60000000", new(time.Time), cbor.ErrType},
	} {
		refused(t, name, cbor.Unmarshal(unhex(t, c.text), c.into), c.want, -1)
	}
}

func TestUnmarshalLenientAllowsIndefiniteLengthsAndNothingElse(t *testing.T) {
	var c claims
	if err := cbor.UnmarshalLenient(unhex(t, "bf 01 7f 6158 6158 ff 390103 bf 01 9f ff ff ff"), &c); err != nil || c.Issuer != "XX" {
		t.Errorf("issuer %q, %v", c.Issuer, err)
	}
	var inner map[int]cbor.Value
	if err := c.Cert.Unmarshal(&inner); err != nil || inner[1].Kind() != cbor.Array {
		t.Errorf("certificate %v, %v", inner, err)
	}
	refused(t, "key twice", cbor.UnmarshalLenient(unhex(t, "bf 01 6161 01 6162 ff"), &c), cbor.ErrDuplicateKey, -1)
	refused(t, "trailing", cbor.UnmarshalLenient(unhex(t, "bf ff 00"), &c), cbor.ErrTrailing, -1)
}

type picky struct{}

func (*picky) UnmarshalCBOR(b []byte) error { return cbor.Check(b, cbor.Limits{}) }

type careless struct{}

func (*careless) UnmarshalCBOR(b []byte) error { return fmt.Errorf("cannot read %q", b) }

func TestErrorsOfAFieldsOwnDecoder(t *testing.T) {
	err := cbor.Unmarshal(unhex(t, "81 80"), new([]picky))
	refused(t, "an Error of this package is passed on", err, cbor.ErrLimit, 0)
	err = cbor.Unmarshal(unhex(t, "81 66 736563726574"), new([]careless))
	refused(t, "another error is not", err, cbor.ErrMalformed, -1)
}

func TestUnmarshalErrorsHoldNoContent(t *testing.T) {
	for _, text := range []string{
		"a2 66736563726574 00 66736563726574 00", // key twice
		"a1 01 1a 00736563",                      // number for a text
		"66 736563726574",                        // text for a struct
		"a1 01 66 7365637265ff",                  // not UTF-8
	} {
		err := cbor.Unmarshal(unhex(t, text), new(claims))
		if err == nil || strings.Contains(err.Error(), "secret") || strings.Contains(err.Error(), "7562595") {
			t.Errorf("%s: %v", text, err)
		}
		var e *lib.DupMapKeyError
		if errors.As(err, &e) {
			t.Errorf("%s: the error of the library can be reached: %v", text, e)
		}
	}
	err := cbor.Unmarshal(unhex(t, "a1 01 05"), new(claims))
	if want := "cbor: positive integer where cbor_test.claims.1 needs another type"; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

func TestTheCallersMistakesAreNotTheDocuments(t *testing.T) {
	var own *cbor.Error
	for _, into := range []any{nil, claims{}, (*claims)(nil)} {
		if err := cbor.Unmarshal(unhex(t, "a0"), into); err == nil || errors.As(err, &own) {
			t.Errorf("into %T: %v", into, err)
		}
	}
}

func FuzzUnmarshal(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, b []byte) {
		var c claims
		err := cbor.Unmarshal(b, &c)
		var e *cbor.Error
		if err != nil && !errors.As(err, &e) {
			t.Fatalf("error of type %T", err)
		}
		if err == nil && cbor.UnmarshalLenient(b, new(claims)) != nil {
			t.Fatal("leniency refuses what strictness accepts")
		}
	})
}

func BenchmarkUnmarshal(b *testing.B) {
	text := certificate(b)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		var c claims
		if err := cbor.Unmarshal(text, &c); err != nil {
			b.Fatal(err)
		}
	}
}
