package cbor_test

import (
	"bytes"
	"encoding/hex"
	"errors"
	"strings"
	"testing"

	lib "github.com/fxamacker/cbor/v2"

	"github.com/travelseal/travelseal/internal/strict/cbor"
)

var limits = cbor.Limits{Depth: 24, Items: 10_000}

func unhex(tb testing.TB, s string) []byte {
	tb.Helper()
	b, err := hex.DecodeString(strings.ReplaceAll(s, " ", ""))
	if err != nil {
		tb.Fatal(err)
	}
	return b
}

// certificate is the claims of a vaccination certificate in shape and size: {1: text, 4: int, -260: {1: {…}}}.
func certificate(tb testing.TB) []byte {
	tb.Helper()
	mode, err := lib.EncOptions{Sort: lib.SortBytewiseLexical}.EncMode()
	if err != nil {
		tb.Fatal(err)
	}
	b, err := mode.Marshal(map[int]any{1: "XX", 4: 1_700_000_000, 6: 1_600_000_000, -260: map[int]any{1: map[string]any{
		"ver": "1.3.0", "dob": "1963-04", "nam": map[string]string{"fn": "Müller", "gn": "Zoë", "fnt": "MUELLER", "gnt": "ZOE"},
		"v": []any{map[string]any{"tg": "840539006", "vp": "1119349007", "mp": "EU/1/20/1528", "ma": "ORG-100030215",
			"dn": 2, "sd": 2, "dt": "2021-04-25", "co": "XX", "is": "Ministry of Health", "ci": "URN:UVCI:01:XX:187/37512422923"}},
	}}})
	if err != nil {
		tb.Fatal(err)
	}
	return b
}

func TestStrictFormIsAccepted(t *testing.T) {
	for name, text := range map[string]string{
		"smallest integer":              "00",
		"largest in one byte":           "17",
		"smallest in two":               "1818",
		"smallest in three":             "190100",
		"smallest in five":              "1a00010000",
		"smallest in nine":              "1b0000000100000000",
		"negative":                      "3863",
		"empty strings":                 "82 40 60",
		"text of two bytes a character": "62 c3a9",
		"map keys in any order":         "a3 03 00 01 00 6161 00",
		"integer and text keys alike":   "a2 04 00 61 34 00",
		"same key in different maps":    "a1 01 a1 01 a1 01 00",
		"same key in neighbouring maps": "82 a1 01 00 a1 01 00",
		"half, single and double":       "83 f93c00 fa3f800000 fb3ff0000000000000",
		"not-a-number and infinity":     "82 f97e00 f97c00",
		"tag within tag":                "d8 3d d2 00",
		"false, true, null, undefined":  "84 f4 f5 f6 f7",
		"unassigned simple values":      "82 e0 f820",
		"array as a map key":            "a2 80 00 8101 00",
	} {
		if err := cbor.Check(unhex(t, text), limits); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := cbor.Check(certificate(t), limits); err != nil {
		t.Errorf("certificate: %v", err)
	}
}

func TestRefusalsNameTheirReasonAndOffset(t *testing.T) {
	for name, c := range map[string]struct {
		text   string
		want   error
		offset int
	}{
		"nothing":                          {"", cbor.ErrTruncated, 0},
		"head cut short":                   {"19 01", cbor.ErrTruncated, 0},
		"text cut short":                   {"81 63 6161", cbor.ErrTruncated, 1},
		"bytes longer than can be":         {"5b ffffffffffffffff", cbor.ErrTruncated, 0},
		"element missing":                  {"82 6161", cbor.ErrTruncated, 3},
		"more elements than bytes":         {"83 00 00", cbor.ErrTruncated, 0},
		"more entries than bytes":          {"a2 00 00 01", cbor.ErrTruncated, 0},
		"value missing":                    {"a1 6161", cbor.ErrTruncated, 3},
		"tag without content":              {"c1", cbor.ErrTruncated, 1},
		"second item":                      {"00 00", cbor.ErrTrailing, 1},
		"byte after an array":              {"81 00 ff", cbor.ErrTrailing, 2},
		"two to the 32 elements":           {"81 9a ffffffff", cbor.ErrLimit, 1},
		"two to the 64 entries":            {"bb ffffffffffffffff", cbor.ErrLimit, 0},
		"integer key twice":                {"a2 04 00 04 01", cbor.ErrDuplicateKey, 3},
		"negative key twice":               {"a2 390103 a0 390103 a0", cbor.ErrDuplicateKey, 5},
		"text key twice":                   {"a3 6161 00 6162 00 6161 00", cbor.ErrDuplicateKey, 7},
		"twice in an inner map":            {"a1 01 81 a2 01 00 01 00", cbor.ErrDuplicateKey, 6},
		"twice around an inner map":        {"a2 01 a1 02 00 01 00", cbor.ErrDuplicateKey, 5},
		"twice in a map that is a key":     {"a1 a2 01 00 01 00 00", cbor.ErrDuplicateKey, 4},
		"twice within a tag":               {"d2 a2 01 00 01 00", cbor.ErrDuplicateKey, 4},
		"indefinite array":                 {"9f ff", cbor.ErrNonCanonical, 0},
		"indefinite map":                   {"81 bf ff", cbor.ErrNonCanonical, 1},
		"indefinite text":                  {"7f ff", cbor.ErrNonCanonical, 0},
		"indefinite bytes":                 {"5f ff", cbor.ErrNonCanonical, 0},
		"23 in two bytes":                  {"18 17", cbor.ErrNonCanonical, 0},
		"255 in three bytes":               {"19 00ff", cbor.ErrNonCanonical, 0},
		"65535 in five bytes":              {"1a 0000ffff", cbor.ErrNonCanonical, 0},
		"two to the 32 less 1 in nine":     {"1b 00000000ffffffff", cbor.ErrNonCanonical, 0},
		"negative in two bytes":            {"38 00", cbor.ErrNonCanonical, 0},
		"length in two bytes":              {"81 78 01 61", cbor.ErrNonCanonical, 1},
		"element count in two bytes":       {"98 00", cbor.ErrNonCanonical, 0},
		"tag number in two bytes":          {"d8 01 00", cbor.ErrNonCanonical, 0},
		"float as a map key":               {"a1 f93c00 00", cbor.ErrNonCanonical, 1},
		"float within a map key":           {"a1 81 fa3f800000 00", cbor.ErrNonCanonical, 2},
		"additional information 28":        {"1c", cbor.ErrMalformed, 0},
		"additional information 30":        {"81 fe", cbor.ErrMalformed, 1},
		"indefinite integer":               {"1f", cbor.ErrMalformed, 0},
		"indefinite tag":                   {"df 00", cbor.ErrMalformed, 0},
		"break alone":                      {"ff", cbor.ErrMalformed, 0},
		"break as an element":              {"81 ff", cbor.ErrMalformed, 1},
		"simple value 31 in two bytes":     {"f81f", cbor.ErrMalformed, 0},
		"false in two bytes":               {"f814", cbor.ErrMalformed, 0},
		"text that is Latin-1":             {"81 61 e9", cbor.ErrUTF8, 1},
		"overlong UTF-8":                   {"62 c0af", cbor.ErrUTF8, 0},
		"surrogate in UTF-8":               {"63 eda080", cbor.ErrUTF8, 0},
		"text key that is not UTF-8":       {"a1 61 ff 00", cbor.ErrUTF8, 1},
		"UTF-8 character cut by the claim": {"82 61 c3 a9", cbor.ErrUTF8, 1},
	} {
		refused(t, name, cbor.Check(unhex(t, c.text), limits), c.want, c.offset)
	}
}

func refused(t *testing.T, name string, err, want error, offset int) {
	t.Helper()
	var e *cbor.Error
	if !errors.As(err, &e) || !errors.Is(err, want) {
		t.Errorf("%s: %v; want %v", name, err, want)
		return
	}
	if e.Offset != offset {
		t.Errorf("%s: offset %d, want %d (%v)", name, e.Offset, offset, err)
	}
}

func TestErrorNamesThePlaceAndNotTheContent(t *testing.T) {
	err := cbor.Check(unhex(t, "a2 6161 00 6161 00"), limits)
	if got, want := err.Error(), "cbor: duplicate map key (RFC 8949 §5.6) at byte 4"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestDepthLimitIsExact(t *testing.T) {
	for name, layer := range map[string]string{"arrays": "81", "maps": "a100", "tags": "c6", "indefinite arrays": "9f"} {
		end := ""
		if layer == "9f" {
			end = "ff"
		}
		for _, depth := range []int{1, 2, 24, 999} {
			nested := func(n int) []byte {
				return unhex(t, strings.Repeat(layer, n)+"00"+strings.Repeat(end, n))
			}
			l := cbor.Limits{Depth: depth, Items: 10_000}
			if err := cbor.CheckLenient(nested(depth), l, cbor.Leniency{Indefinite: true}); err != nil {
				t.Errorf("%d %s: %v", depth, name, err)
			}
			err := cbor.CheckLenient(nested(depth+1), l, cbor.Leniency{Indefinite: true})
			refused(t, name, err, cbor.ErrLimit, depth*len(layer)/2)
		}
	}
}

func TestDepthIsBoundedWhateverTheCallerAllows(t *testing.T) {
	deep := append(bytes.Repeat([]byte{0x81}, 1<<20), 0)
	refused(t, "2^20 arrays", cbor.Check(deep, cbor.Limits{Depth: 1 << 30, Items: 1 << 30}), cbor.ErrLimit, 1000)
	refused(t, "2^20 tags", cbor.Check(bytes.Repeat([]byte{0xC6}, 1<<20), cbor.Limits{Depth: 1 << 30}), cbor.ErrLimit, 1000)
}

func TestItemLimitIsExactAndCountsTheWholeText(t *testing.T) {
	for _, c := range []struct {
		text   string
		items  int
		offset int // where one item fewer is refused
	}{
		{"83 00 00 00", 3, 0},
		{"a2 00 00 01 00", 2, 0},
		{"82 81 00 81 00", 4, 3},
		{"a1 00 a1 00 81 00", 3, 4},
		{"9f 00 9f 00 ff ff", 3, 3},
		{"bf 00 00 01 00 ff", 2, 3},
	} {
		b := unhex(t, c.text)
		if err := cbor.CheckLenient(b, cbor.Limits{Depth: 9, Items: c.items}, cbor.Leniency{Indefinite: true}); err != nil {
			t.Errorf("%s, %d items: %v", c.text, c.items, err)
		}
		err := cbor.CheckLenient(b, cbor.Limits{Depth: 9, Items: c.items - 1}, cbor.Leniency{Indefinite: true})
		refused(t, c.text, err, cbor.ErrLimit, c.offset)
	}
}

func TestZeroLimitsAllowALoneItem(t *testing.T) {
	if err := cbor.Check(unhex(t, "63 616263"), cbor.Limits{}); err != nil {
		t.Error(err)
	}
	refused(t, "empty array", cbor.Check(unhex(t, "80"), cbor.Limits{}), cbor.ErrLimit, 0)
	refused(t, "negative limits", cbor.Check(unhex(t, "81 00"), cbor.Limits{Depth: -1, Items: -1}), cbor.ErrLimit, 0)
	refused(t, "no items", cbor.Check(unhex(t, "81 00"), cbor.Limits{Depth: 9, Items: -1}), cbor.ErrLimit, 0)
}

func TestLeniencyAllowsWhatItNamesAndNothingElse(t *testing.T) {
	indefinite, long := cbor.Leniency{Indefinite: true}, cbor.Leniency{LongHeads: true}
	for name, c := range map[string]struct {
		text  string
		allow cbor.Leniency
	}{
		"indefinite array":  {"9f 00 9f ff ff", indefinite},
		"indefinite map":    {"bf 01 00 02 bf ff ff", indefinite},
		"text in chunks":    {"7f 61 61 60 62 c3a9 ff", indefinite},
		"bytes in chunks":   {"5f 41 00 ff", indefinite},
		"long integer":      {"19 0000", long},
		"long length":       {"81 78 01 61", long},
		"long tag":          {"d8 01 00", long},
		"long value of key": {"a1 01 18 01", long},
	} {
		b := unhex(t, c.text)
		if err := cbor.CheckLenient(b, limits, c.allow); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		other := cbor.Leniency{Indefinite: !c.allow.Indefinite, LongHeads: !c.allow.LongHeads}
		if err := cbor.CheckLenient(b, limits, other); !errors.Is(err, cbor.ErrNonCanonical) {
			t.Errorf("%s under the other leniency: %v", name, err)
		}
	}
	for name, c := range map[string]struct {
		text   string
		allow  cbor.Leniency
		want   error
		offset int
	}{
		"no break":                    {"9f 00", indefinite, cbor.ErrTruncated, 2},
		"no break of a string":        {"7f 61 61", indefinite, cbor.ErrTruncated, 3},
		"key without a value":         {"bf 01 ff", indefinite, cbor.ErrMalformed, 2},
		"break in a definite array":   {"81 ff", indefinite, cbor.ErrMalformed, 1},
		"chunk of another type":       {"7f 41 61 ff", indefinite, cbor.ErrMalformed, 1},
		"chunk that is an integer":    {"5f 00 ff", indefinite, cbor.ErrMalformed, 1},
		"chunk in chunks":             {"5f 5f ff ff", indefinite, cbor.ErrMalformed, 1},
		"chunk cut short":             {"5f 42 00", indefinite, cbor.ErrTruncated, 1},
		"chunk that splits a letter":  {"7f 61 c3 61 a9 ff", indefinite, cbor.ErrUTF8, 1},
		"key twice, indefinite":       {"bf 01 00 01 00 ff", indefinite, cbor.ErrDuplicateKey, 3},
		"trailing after indefinite":   {"9f ff ff", indefinite, cbor.ErrTrailing, 2},
		"key in chunks":               {"a1 7f 61 61 ff 00", indefinite, cbor.ErrNonCanonical, 1},
		"long key":                    {"a1 18 01 00", long, cbor.ErrNonCanonical, 1},
		"long head within a key":      {"a1 81 18 01 00", long, cbor.ErrNonCanonical, 2},
		"long simple value":           {"f8 16", long, cbor.ErrMalformed, 0},
		"long length past the end":    {"59 0002 00", long, cbor.ErrTruncated, 0},
		"key twice behind long heads": {"b9 0002 01 00 01 00", long, cbor.ErrDuplicateKey, 5},
	} {
		refused(t, name, cbor.CheckLenient(unhex(t, c.text), limits, c.allow), c.want, c.offset)
	}
}

func TestBigMapsAreNeitherSlowNorLetThrough(t *testing.T) {
	const n = 60_000
	b := []byte{0xB9, n >> 8, n & 0xFF}
	for i := range n {
		b = append(b, 0x78, 40)
		b = append(b, bytes.Repeat([]byte{'k'}, 36)...)
		b = append(b, hex.EncodeToString([]byte{byte(i >> 8), byte(i)})...)
		b = append(b, 0)
	}
	l := cbor.Limits{Depth: 1, Items: n}
	if err := cbor.Check(b, l); err != nil {
		t.Fatal(err)
	}
	last := len(b) - 43
	copy(b[last:last+42], b[3:45])
	refused(t, "last key repeats the first", cbor.Check(b, l), cbor.ErrDuplicateKey, last)
}

func TestCheckAllocatesNothingForACertificate(t *testing.T) {
	b := certificate(t)
	if n := testing.AllocsPerRun(100, func() {
		if err := cbor.Check(b, limits); err != nil {
			t.Fatal(err)
		}
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func TestEveryTruncationIsRefused(t *testing.T) {
	b := certificate(t)
	for n := range b {
		if err := cbor.Check(b[:n], limits); !errors.Is(err, cbor.ErrTruncated) {
			t.Errorf("first %d of %d bytes: %v", n, len(b), err)
		}
	}
}

func seeds(f *testing.F) {
	for _, s := range []string{
		"", "00", "1b7fffffffffffffff", "3b7fffffffffffffff", "3bffffffffffffffff", "f97e00", "fb7ff0000000000000", "f6", "f820",
		"a2 01 00 01 00", "a2 04 fbc000000000000000 6134 00", "9f 00 9f ff ff", "bf 01 00 ff", "7f 61 61 61 62 ff", "5f 41 00 ff",
		"d9d9f7 a1 01 c1 1a 60000000", "c2 49 010000000000000000", "9a ffffffff", "1800", "61 ff", "8080", "c1 f97c00",
	} {
		f.Add(unhex(f, s))
	}
	f.Add(certificate(f))
}

// FuzzCheck compares Check with the library that reads the text afterwards.
func FuzzCheck(f *testing.F) {
	seeds(f)
	definite, err := lib.DecOptions{DupMapKey: lib.DupMapKeyEnforcedAPF, IndefLength: lib.IndefLengthForbidden}.DecMode()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		strict := cbor.Check(b, limits)
		loose := cbor.CheckLenient(b, limits, cbor.Leniency{Indefinite: true, LongHeads: true})
		for _, err := range []error{strict, loose} {
			var e *cbor.Error
			if err != nil && (!errors.As(err, &e) || e.Err == nil || e.Offset < 0 || e.Offset > len(b)) {
				t.Fatalf("error %v has no cause or no place in %d bytes", err, len(b))
			}
		}
		if strict == nil && loose != nil {
			t.Fatalf("leniency refuses what strictness accepts: %v", loose)
		}
		if err := lib.Wellformed(b); loose == nil && err != nil {
			t.Fatalf("the library refuses what is accepted: %v", err)
		}
		wellFormed := definite.Wellformed(b) == nil
		if malformed := errors.Is(strict, cbor.ErrMalformed) || errors.Is(strict, cbor.ErrTruncated) || errors.Is(strict, cbor.ErrTrailing); malformed && wellFormed {
			t.Fatalf("the library accepts what is refused: %v", strict)
		}
		// The library takes the tag 55799 off a key before it compares it; formats read such a key as a tag.
		var v any
		var dup *lib.DupMapKeyError
		if strict == nil && errors.As(definite.Unmarshal(b, &v), &dup) && !bytes.Contains(b, []byte{0xD9, 0xD9, 0xF7}) {
			t.Fatalf("the library finds a duplicate key: %v", dup)
		}
	})
}

func BenchmarkCheck(b *testing.B) {
	text := certificate(b)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		if err := cbor.Check(text, limits); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkCheckBigMap(b *testing.B) {
	text := []byte{0xB9, 0x27, 0x10}
	for i := range 10_000 {
		text = append(text, 0x44, 0, byte(i>>16), byte(i>>8), byte(i), 0)
	}
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		if err := cbor.Check(text, limits); err != nil {
			b.Fatal(err)
		}
	}
}
