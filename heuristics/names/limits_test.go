package names_test

import (
	"strings"
	"testing"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/heuristics/names"
)

func TestWhatLiesBeyondTheLimitsIsLeftOut(t *testing.T) {
	stem := strings.Repeat("a", names.MaxRunes-1)
	if got := names.Compare(whole(stem+"bc"), whole(stem+"bd")); got.Level != names.Same {
		t.Errorf("the 201st character counts: %+v", got)
	}
	if got := names.Compare(whole(stem+"b"), whole(stem+"c")); got.Level == names.Same {
		t.Errorf("the 200th character does not count: %+v", got)
	}
	if got := names.Words(formats.Name{Full: strings.Repeat("ab ", 40)}); len(got) != 16 {
		t.Errorf("%d parts are looked at", len(got))
	}
	if got := names.Compare(spelled(stem, "Tobias"), spelled(stem, "Maren")); got.Level != names.Different {
		t.Errorf("the given name's first character, within the limit, does not count: %+v", got)
	}
}

// A name of a million characters must cost no more than one of two hundred; quadratic work on it would take hours.
func TestAHostileNameIsCheap(t *testing.T) {
	for _, unit := range []string{"ÜÖÜÖÜÖÜÖÜÖ ", "ab ", "Ü", "o\u0308", "\xff", "ABCDEFGHIJ"} {
		var a, b []formats.Name
		for range 8 {
			a = append(a, formats.Name{Family: strings.Repeat(unit, 100_000), Given: "x"})
			b = append(b, formats.Name{Family: "x" + strings.Repeat(unit, 100_000), Given: unit, Script: "icao"})
		}
		start := time.Now()
		names.Compare(a, b)
		if took := time.Since(start); took > 20*time.Second {
			t.Errorf("%q: %v", unit, took)
		}
	}
}

func FuzzCompare(f *testing.F) {
	for _, s := range [][4]string{
		{"Müller", "Jörg", "MUELLER", "JOERG"}, {"Nguyễn", "Thị Thanh Ánh", "NGUYEN", "THI<ANH"}, {"Al-Harthy", "Said bin Hamad", "ALHARTHY", ""},
		{"Işık", "İbrahim", "ISIK", "IBRAHIM"}, {"O’Brien", "", "", "OBRIEN"}, {"Иванов", "Иван", "IVANOV", "IVAN"}, {"", "Sukarwati", "FNU", "SUKARWATI"},
		{"a b c d e f g h i j", "k l m n o p q r s", "aa bb cc dd ee ff gg hh", "ii jj kk"}, {"\xff\xfe", "\u0308", "ﬁ", "ẞŉ"}, {"x x", "", "x", ""},
	} {
		f.Add(s[0], s[1], s[2], s[3])
	}
	f.Fuzz(func(t *testing.T, a, b, c, d string) {
		x := []formats.Name{{Family: a, Given: b}, {Full: a + "," + b, Script: "icao"}}
		y := []formats.Name{{Family: c, Given: d, Script: "icao"}, {Full: d}}
		got := names.Compare(x, y)
		if again := names.Compare(x, y); again != got {
			t.Fatalf("%+v, then %+v", got, again)
		}
		if back := names.Compare(y, x); back.Level != got.Level || back.Score != got.Score {
			t.Fatalf("%+v, the other way round %+v", got, back)
		}
		if got.Score < 0 || got.Score > 1 || got.Reason == "" || (got.Level == names.Same) != (got.Score >= names.High) {
			t.Fatalf("%+v", got)
		}
		if self := names.Compare(x[:1], x[:1]); self.Level != names.Same && self.Level != names.Unknown {
			t.Fatalf("a name is not the same as itself: %+v", self)
		}
	})
}

// BenchmarkCompare measures two long names of one person, with a letter to transliterate, a part in another place and one
// that is spelled otherwise.
func BenchmarkCompare(b *testing.B) {
	x := spelled("Wickramasinghe Mudiyanselage-Söderström", "Maria Jörg Alexandra Konstantinos")
	y := passport("WICKRAMASINGHE<MUDIYANSELAGE<SOEDERSTROEM", "JOERG<MARIA<ALEKSANDRA<KONSTANTINOS")
	for b.Loop() {
		if names.Compare(x, y).Level != names.Similar {
			b.Fatal("not similar")
		}
	}
}

// BenchmarkCompareShort measures what most travellers have.
func BenchmarkCompareShort(b *testing.B) {
	x, y := both("Müller", "Jörg", "MUELLER", "JOERG"), passport("MUELLER", "JOERG")
	for b.Loop() {
		if names.Compare(x, y).Level != names.Same {
			b.Fatal("not the same")
		}
	}
}
