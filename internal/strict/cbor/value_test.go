package cbor_test

import (
	"bytes"
	"math"
	"slices"
	"strings"
	"testing"

	lib "github.com/fxamacker/cbor/v2"

	"github.com/travelseal/travelseal/internal/strict/cbor"
)

// value takes any bytes as a Value, checked or not.
func value(tb testing.TB, text string) cbor.Value {
	tb.Helper()
	var v cbor.Value
	if err := v.UnmarshalCBOR(unhex(tb, text)); err != nil {
		tb.Fatal(err)
	}
	return v
}

func TestKindOfEveryType(t *testing.T) {
	for text, want := range map[string]cbor.Kind{
		"": cbor.Missing, "f6": cbor.Null, "f4": cbor.Bool, "f5": cbor.Bool, "00": cbor.Int, "20": cbor.Int,
		"1bffffffffffffffff": cbor.Int, "3bffffffffffffffff": cbor.Int, "f90000": cbor.Float, "fa00000000": cbor.Float,
		"fb0000000000000000": cbor.Float, "60": cbor.Text, "7fff": cbor.Text, "40": cbor.Bytes, "5fff": cbor.Bytes,
		"80": cbor.Array, "9fff": cbor.Array, "a0": cbor.Map, "bfff": cbor.Map, "c100": cbor.Tag,
		"f7": cbor.Other, "e0": cbor.Other, "f820": cbor.Other, "f816": cbor.Other, "ff": cbor.Other, "1c": cbor.Other,
		"18": cbor.Other, "1f": cbor.Other, "fc": cbor.Other,
	} {
		if got := value(t, text).Kind(); got != want {
			t.Errorf("%q is %v, want %v", text, got, want)
		}
	}
	if got := cbor.Kind(99).String(); got != "unknown" {
		t.Errorf("Kind(99) is %q", got)
	}
	if got := cbor.Other.String(); got != "other" {
		t.Errorf("the last kind is %q", got)
	}
}

func TestIntTakesWhatFitsAndNothingElse(t *testing.T) {
	for text, want := range map[string]int64{
		"00": 0, "17": 23, "1818": 24, "20": -1, "3863": -100, "1b7fffffffffffffff": math.MaxInt64, "3b7fffffffffffffff": math.MinInt64,
	} {
		if got, ok := value(t, text).Int(); !ok || got != want {
			t.Errorf("%s is %d, %t; want %d", text, got, ok, want)
		}
	}
	for _, text := range []string{"", "1b8000000000000000", "3b8000000000000000", "f93c00", "c24101", "6131", "f5", "18", "1c", "0000"} {
		if got, ok := value(t, text).Int(); ok {
			t.Errorf("%q is the integer %d", text, got)
		}
	}
}

func TestFloatOfEveryWidth(t *testing.T) {
	for text, want := range map[string]float64{
		"f90000": 0, "f93c00": 1, "f9c400": -4, "f97bff": 65504, "f90001": 0x1p-24, "f90400": 0x1p-14, "f903ff": 1023 * 0x1p-24,
		"f93555": 1365.0 / 4096, "f97c00": math.Inf(1), "f9fc00": math.Inf(-1), "fa47c35000": 100000, "faff800000": math.Inf(-1),
		"fb7e37e43c8800759c": 1e300, "fbc010666666666666": -4.1,
	} {
		if got, ok := value(t, text).Float(); !ok || got != want {
			t.Errorf("%s is %v, %t; want %v", text, got, ok, want)
		}
	}
	for _, text := range []string{"f97e00", "f9fe01", "fa7fc00000", "fb7ff8000000000000"} {
		if got, ok := value(t, text).Float(); !ok || !math.IsNaN(got) {
			t.Errorf("%s is %v, %t; want not-a-number", text, got, ok)
		}
	}
	if got, ok := value(t, "f98000").Float(); !ok || got != 0 || !math.Signbit(got) {
		t.Errorf("f98000 is %v, %t; want -0", got, ok)
	}
	for _, text := range []string{"", "00", "f5", "f9", "f900", "f820", "f9000000"} {
		if got, ok := value(t, text).Float(); ok {
			t.Errorf("%q is the float %v", text, got)
		}
	}
}

func TestEveryHalfIsWhatTheLibraryReads(t *testing.T) {
	for bits := range 1 << 16 {
		b := []byte{0xF9, byte(bits >> 8), byte(bits)}
		var want float64
		if err := lib.Unmarshal(b, &want); err != nil {
			t.Fatal(err)
		}
		v, err := cbor.Parse(b, cbor.Limits{})
		got, ok := v.Float()
		if err != nil || !ok || math.Float64bits(got) != math.Float64bits(want) && !math.IsNaN(want) || math.IsNaN(got) != math.IsNaN(want) {
			t.Fatalf("%x is %v, want %v", b, got, want)
		}
	}
}

func TestBool(t *testing.T) {
	if got, ok := value(t, "f5").Bool(); !ok || !got {
		t.Errorf("true is %t, %t", got, ok)
	}
	if got, ok := value(t, "f4").Bool(); !ok || got {
		t.Errorf("false is %t, %t", got, ok)
	}
	for _, text := range []string{"", "f6", "01", "f814", "f500"} {
		if got, ok := value(t, text).Bool(); ok || got {
			t.Errorf("%q is the boolean %t", text, got)
		}
	}
}

func TestStrings(t *testing.T) {
	for text, want := range map[string]string{"60": "", "63616263": "abc", "62c3a9": "é", "7fff": "", "7f6161606162ff": "ab"} {
		v := value(t, text)
		if got, ok := v.Text(); !ok || got != want {
			t.Errorf("%s is the text %q, %t; want %q", text, got, ok, want)
		}
		if got, ok := v.TextBytes(); !ok || string(got) != want {
			t.Errorf("%s is the text %q, %t; want %q", text, got, ok, want)
		}
		if got, ok := v.Bytes(); ok {
			t.Errorf("%s is the bytes %x", text, got)
		}
	}
	for text, want := range map[string]string{"40": "", "43616263": "abc", "41ff": "\xff", "5fff": "", "5f4161404162ff": "ab"} {
		v := value(t, text)
		if got, ok := v.Bytes(); !ok || string(got) != want {
			t.Errorf("%s is the bytes %q, %t; want %q", text, got, ok, want)
		}
		if got, ok := v.Text(); ok || got != "" {
			t.Errorf("%s is the text %q", text, got)
		}
	}
	for _, text := range []string{"61ff", "62", "6161ff", "7f6161", "7f4161ff", "7f7f6161ffff", "7f61c3ff", "00", ""} {
		if got, ok := value(t, text).Text(); ok || got != "" {
			t.Errorf("%q is the text %q", text, got)
		}
	}
	for _, text := range []string{"42", "4161ff", "5f4161", "5f6161ff", "5f5f4161ffff", "00", ""} {
		if got, ok := value(t, text).Bytes(); ok {
			t.Errorf("%q is the bytes %q", text, got)
		}
	}
}

func TestTag(t *testing.T) {
	number, content, ok := value(t, "d83dd28443a10126").Tag()
	if !ok || number != 61 || content.Kind() != cbor.Tag {
		t.Fatalf("tag %d of a %v, %t", number, content.Kind(), ok)
	}
	if number, content, ok = content.Tag(); !ok || number != 18 || content.Kind() != cbor.Array {
		t.Errorf("tag %d of a %v, %t", number, content.Kind(), ok)
	}
	for _, text := range []string{"", "00", "c1", "d8", "dc00", "df00"} {
		if number, _, ok := value(t, text).Tag(); ok {
			t.Errorf("%q is the tag %d", text, number)
		}
	}
}

func TestIterationGivesWhatIsThereInOrder(t *testing.T) {
	for _, text := range []string{"83 01 82 02 03 6161", "9f 01 9f 02 03 ff 6161 ff"} {
		v := value(t, text)
		var kinds []string
		for i, e := range v.Elements() {
			if i != len(kinds) {
				t.Errorf("%s: index %d after %d elements", text, i, len(kinds))
			}
			kinds = append(kinds, e.Kind().String())
		}
		if got := strings.Join(kinds, " "); got != "integer array text" {
			t.Errorf("%s: %s", text, got)
		}
		if n, ok := v.Len(); n != 3 || !ok {
			t.Errorf("%s: %d elements, %t", text, n, ok)
		}
		for range v.Entries() {
			t.Errorf("%s: an array has entries", text)
		}
	}
	for _, text := range []string{"a2 04 a1 0506 20 f6", "bf 04 bf 0506 ff 20 f6 ff"} {
		v := value(t, text)
		var keys []int64
		var kinds []string
		for k, e := range v.Entries() {
			key, _ := k.Int()
			keys, kinds = append(keys, key), append(kinds, e.Kind().String())
		}
		if len(keys) != 2 || keys[0] != 4 || keys[1] != -1 || kinds[0] != "map" || kinds[1] != "null" {
			t.Errorf("%s: %v %v", text, keys, kinds)
		}
		if n, ok := v.Len(); n != 2 || !ok {
			t.Errorf("%s: %d entries, %t", text, n, ok)
		}
		for range v.Elements() {
			t.Errorf("%s: a map has elements", text)
		}
	}
}

func TestIterationCanBeLeft(t *testing.T) {
	n := 0
	for range value(t, "83010203").Elements() {
		n++
		break
	}
	for range value(t, "a201020304").Entries() {
		n++
		break
	}
	if n != 2 {
		t.Errorf("%d steps, want one of each", n)
	}
}

func TestIterationStopsAtWhatIsNotAnItem(t *testing.T) {
	for text, want := range map[string]int{
		"83 00": 1, "9b ffffffffffffffff 00 00": 2, "9f 00 00": 2, "82 00 1c": 1, "82 00 62 61": 1, "9f 00 1c ff": 1, "82 00 ff": 1,
	} {
		v := value(t, text)
		n := 0
		for range v.Elements() {
			n++
		}
		if n != want {
			t.Errorf("%s: %d elements, want %d", text, n, want)
		}
	}
	for _, text := range []string{"a2 01 02 03", "bf 01 02 03 ff", "bb ffffffffffffffff 01 02"} {
		n := 0
		for range value(t, text).Entries() {
			n++
		}
		if n != 1 {
			t.Errorf("%s: %d entries, want 1", text, n)
		}
	}
	for _, text := range []string{"", "00", "83 00", "9f 00", "a2 00 00 00", "bf 00 ff", "9b ffffffffffffffff 00", "bb 8000000000000001 0000", "9f 1c ff"} {
		if n, ok := value(t, text).Len(); ok {
			t.Errorf("%s has the length %d", text, n)
		}
	}
}

func TestDeepBytesDoNotExhaustTheStack(t *testing.T) {
	for _, layer := range []byte{0x81, 0x9F, 0xBF, 0xC6, 0xA1} {
		var v cbor.Value
		if err := v.UnmarshalCBOR(append([]byte{0x82}, bytes.Repeat([]byte{layer}, 1<<20)...)); err != nil {
			t.Fatal(err)
		}
		for i := range v.Elements() {
			t.Errorf("%x: element %d of an array that never ends", layer, i)
		}
	}
}

func TestParseRefusesWhatCheckRefuses(t *testing.T) {
	v, err := cbor.Parse(unhex(t, "a2 01 00 01 00"), limits)
	refused(t, "duplicate key", err, cbor.ErrDuplicateKey, 3)
	if v.Kind() != cbor.Missing {
		t.Errorf("refused, but a %v", v.Kind())
	}
}

func TestAValueKnowsWhereItBegins(t *testing.T) {
	v, err := cbor.Parse(unhex(t, "a2 01 82 00 c1 1a 70000000 6161 a1 02 f5"), limits)
	if err != nil {
		t.Fatal(err)
	}
	var got []int
	var walk func(v cbor.Value)
	walk = func(v cbor.Value) {
		got = append(got, v.Offset())
		for _, e := range v.Elements() {
			walk(e)
		}
		for k, e := range v.Entries() {
			walk(k)
			walk(e)
		}
		if _, inner, tagged := v.Tag(); tagged {
			walk(inner)
		}
	}
	walk(v)
	if want := []int{0, 1, 2, 3, 4, 5, 10, 12, 13, 14}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

func TestReadingAllocatesNothing(t *testing.T) {
	v, err := cbor.Parse(certificate(t), limits)
	if err != nil {
		t.Fatal(err)
	}
	var texts int
	if n := testing.AllocsPerRun(100, func() { texts = 0; count(v, &texts) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
	if texts != 33 {
		t.Errorf("%d texts, want 33", texts)
	}
}

// count adds up the texts in a Value and in all that it holds.
func count(v cbor.Value, texts *int) {
	if _, ok := v.TextBytes(); ok {
		*texts++
	}
	for _, e := range v.Elements() {
		count(e, texts)
	}
	for k, e := range v.Entries() {
		count(k, texts)
		count(e, texts)
	}
}

// FuzzValue reads any bytes with every method: nothing panics or runs on, and what Check accepts is read completely.
func FuzzValue(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, b []byte) {
		var v cbor.Value
		if err := v.UnmarshalCBOR(b); err != nil {
			t.Fatal(err)
		}
		sound := cbor.CheckLenient(b, limits, cbor.Leniency{Indefinite: true, LongHeads: true}) == nil
		visit(t, v, sound, 0)
		var any any
		_ = v.Unmarshal(&any) // must not panic
	})
}

func visit(t *testing.T, v cbor.Value, sound bool, depth int) {
	_, isInt := v.Int()
	_, isFloat := v.Float()
	_, isBool := v.Bool()
	_, isText := v.Text()
	_, isBytes := v.Bytes()
	_, content, isTag := v.Tag()
	n, counted := v.Len()
	answers := 0
	for _, yes := range []bool{isInt, isFloat, isBool, isText, isBytes, isTag, counted} {
		if yes {
			answers++
		}
	}
	if answers > 1 {
		t.Fatalf("%x has %d types", v.Raw(), answers)
	}
	switch kind := v.Kind(); {
	case !sound || kind == cbor.Null || kind == cbor.Other || kind == cbor.Int:
	case kind == cbor.Missing || answers != 1:
		t.Fatalf("%x is a %v but not read as one", v.Raw(), kind)
	}
	if n > len(v.Raw()) || depth > 30 {
		return
	}
	seen := 0
	for _, e := range v.Elements() {
		visit(t, e, sound, depth+1)
		seen++
	}
	for k, e := range v.Entries() {
		visit(t, k, sound, depth+1)
		visit(t, e, sound, depth+1)
		seen++
	}
	if sound && seen != n {
		t.Fatalf("%x: %d visited of %d", v.Raw(), seen, n)
	}
	if isTag {
		visit(t, content, sound, depth+1)
	}
}

func BenchmarkRead(b *testing.B) {
	v, err := cbor.Parse(certificate(b), limits)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		var texts int
		count(v, &texts)
	}
}
