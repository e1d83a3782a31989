package mrz_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/mrz"
)

// dated is a passport with these two dates; its check digits are of no account here.
func dated(birth, expires string) string {
	return strings.NewReplacer("740812", birth, "120415", expires).Replace(utopia)
}

func TestWithoutAClockTheExpiryTellsTheCentury(t *testing.T) {
	for _, c := range []struct{ birth, expires, wantBirth, wantExpires string }{
		{"740812", "310520", "1974-08-12", "2031-05-20"},
		{"310520", "310520", "2031-05-20", "2031-05-20"}, // not after the expiry
		{"310521", "310520", "1931-05-21", "2031-05-20"}, // a day after it
		{"000101", "310520", "2000-01-01", "2031-05-20"},
		{"991231", "310520", "1999-12-31", "2031-05-20"},
		{"000229", "310520", "2000-02-29", "2031-05-20"},
		{"050101", "000101", "1905-01-01", "2000-01-01"},
		{"350101", "991231", "2035-01-01", "2099-12-31"},
		{"32<<<<", "310520", "1932", "2031-05-20"},
		{"31<<<<", "310520", "2031", "2031-05-20"},
		{"3106<<", "310520", "1931-06", "2031-05-20"},
		{"3105<<", "310520", "2031-05", "2031-05-20"},
		{"740812", "<<<<<<", "", ""}, // nothing tells the century of the birth
	} {
		m := parse(t, dated(c.birth, c.expires), mrz.Options{})
		if m.Birth.String() != c.wantBirth || m.Expires.String() != c.wantExpires || len(notes(m)) != 0 {
			t.Errorf("%s, %s: %s, %s, %v", c.birth, c.expires, m.Birth, m.Expires, notes(m))
		}
	}
}

func TestAMomentTellsTheCentury(t *testing.T) {
	day := func(y int, m time.Month, d, h int) time.Time { return time.Date(y, m, d, h, 0, 0, 0, time.UTC) }
	for _, c := range []struct {
		asOf                                   time.Time
		birth, expires, wantBirth, wantExpires string
	}{
		{day(2026, 11, 1, 12), "310520", "340520", "1931-05-20", "2034-05-20"},
		{day(2026, 11, 1, 12), "261101", "310520", "2026-11-01", "2031-05-20"}, // born today
		{day(2026, 11, 1, 10), "261102", "310520", "2026-11-02", "2031-05-20"}, // born today, east of the date line
		{day(2026, 11, 1, 9), "261102", "310520", "1926-11-02", "2031-05-20"},  // nowhere is it the second yet
		{day(2026, 11, 1, 12), "26<<<<", "310520", "2026", "2031-05-20"},
		{day(2026, 11, 1, 12), "740812", "761231", "1974-08-12", "1976-12-31"}, // 50 years before
		{day(2026, 11, 1, 12), "740812", "750101", "1974-08-12", "2075-01-01"}, // 49 years after
		{day(2049, 1, 1, 12), "740812", "990101", "1974-08-12", "1999-01-01"},
		{day(2050, 1, 1, 12), "740812", "990101", "1974-08-12", "2099-01-01"},
		{day(2099, 12, 31, 12), "010101", "050101", "2001-01-01", "2105-01-01"},
		{day(2026, 11, 1, 12), "740812", "<<<<<<", "1974-08-12", ""},
	} {
		m := parse(t, dated(c.birth, c.expires), mrz.Options{AsOf: c.asOf})
		if m.Birth.String() != c.wantBirth || m.Expires.String() != c.wantExpires || len(notes(m)) != 0 {
			t.Errorf("%v, %s, %s: %s, %s, %v", c.asOf, c.birth, c.expires, m.Birth, m.Expires, notes(m))
		}
	}
}

func TestUnknownPartsOfABirthStayUnknown(t *testing.T) {
	for birth, want := range map[string]formats.Date{
		"7408<<": {Year: 1974, Month: 8, TwoDigitYear: true},
		"74<<<<": {Year: 1974, TwoDigitYear: true},
		"74<<12": {Year: 1974, TwoDigitYear: true}, // a day without a month
		"<<<<<<": {},
		"<<0812": {}, // a day without a year
		"7<0812": {}, // a decade is no year
		"74081<": {Year: 1974, Month: 8, TwoDigitYear: true},
	} {
		if m := parse(t, dated(birth, "310520"), mrz.Options{}); m.Birth != want || len(notes(m)) != 0 {
			t.Errorf("%s: %+v, %v", birth, m.Birth, notes(m))
		}
	}
}

func TestToleratedReadingsAreNamedAndCanBeRefused(t *testing.T) {
	lower := strings.ToLower(utopia)
	for _, c := range []struct {
		name, text   string
		tolerate     []string
		result       formats.CheckResult
		birth, given string
	}{
		{"mrz-zero-date", dated("740800", "310520"), nil, formats.Tolerated, "1974-08", "ANNA MARIA"},
		{"mrz-zero-date", dated("740000", "310520"), nil, formats.Tolerated, "1974", "ANNA MARIA"},
		{"mrz-zero-date", dated("000000", "310520"), nil, formats.Tolerated, "", "ANNA MARIA"},
		{"mrz-zero-date", dated("000800", "310520"), nil, formats.Tolerated, "2000-08", "ANNA MARIA"},
		{"mrz-sex-x", strings.Replace(utopia, "2F1", "2X1", 1), nil, formats.Tolerated, "1974-08-12", "ANNA MARIA"},
		{"mrz-spaces", strings.Replace(utopia, "<<ANNA<MARIA", "  ANNA MARIA", 1), nil, formats.Tolerated, "1974-08-12", "ANNA MARIA"},
		{"mrz-spaces", strings.Replace(utopia, "UTO7408122F", " UTO 740812 2 F ", 1), nil, formats.Tolerated, "1974-08-12", "ANNA MARIA"},
		{"mrz-lowercase", lower, []string{"mrz-lowercase"}, formats.Doubtful, "1974-08-12", "ANNA MARIA"},
	} {
		m := parse(t, c.text, mrz.Options{Decoding: formats.Options{Tolerate: c.tolerate}})
		list := notes(m)
		if m.Birth.String() != c.birth || m.Secondary != c.given || len(list) != 1 || list[0].Name != c.name || list[0].Result != c.result ||
			list[0].Kind != formats.Reading || list[0].Where == "" || list[0].Text == "" {
			t.Errorf("%s: %s, %s, %+v", c.name, m.Birth, m.Secondary, list)
		}
		o := mrz.Options{Decoding: formats.Options{Refuse: []string{c.name}, Tolerate: c.tolerate}}
		switch strict, err := mrz.Parse([]byte(c.text), o); {
		case err != nil && strings.HasPrefix(c.name, "mrz-sp") || err != nil && c.name == "mrz-lowercase":
		case err != nil || len(notes(strict)) != 1 || notes(strict)[0].Result != formats.Fails:
			t.Errorf("%s refused: %v, %+v", c.name, err, notes(strict))
		}
	}
	if m := parse(t, strings.Replace(utopia, "2F1", "2X1", 1), mrz.Options{}); m.Sex != "X" {
		t.Errorf("%q", m.Sex)
	}
	if m := parse(t, strings.Replace(utopia, "2F1", "2<1", 1), mrz.Options{}); m.Sex != "X" || len(notes(m)) != 0 {
		t.Errorf("%q, %v", m.Sex, notes(m))
	}
}

func TestEveryToleranceIsDescribed(t *testing.T) {
	var names []string
	for _, tol := range mrz.Tolerances() {
		if tol.Name == "" || tol.Why == "" || tol.Cite == "" || slices.Contains(names, tol.Name) {
			t.Errorf("%+v", tol)
		}
		names = append(names, tol.Name)
	}
}
