package mrz_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/internal/mrz"
)

func TestEveryLayoutIsReadFieldByField(t *testing.T) {
	td2, visa := mint.Tobias.Card("D40617728", "M"), mint.Tobias.Visa("V30719954", "M")
	td2.Optional, visa.Optional = "84K<719", "84K<719Q"
	large := visa
	large.Optional, large.Nationality = "84K<719Q55ABC<01", "XXB"
	french := mint.Brigid.FrenchCard("1904UT300417", "F")
	french.Office = "UT3014"
	for _, c := range []struct {
		text, layout, code, state, nationality, number, birth, expires, sex, optional, primary, secondary string
	}{
		{td2.TD2(), "TD2", "I", "UTO", "UTO", "D40617728", "1991-11-02", "2031-05-20", "M", "84K<719", "OEDEGAARD QUILL", "TOBIAS"},
		{visa.MRVB(), "MRV-B", "V", "UTO", "UTO", "V30719954", "1991-11-02", "2031-05-20", "M", "84K<719Q", "OEDEGAARD QUILL", "TOBIAS"},
		{large.MRVA(), "MRV-A", "V", "UTO", "XXB", "V30719954", "1991-11-02", "2031-05-20", "M", "84K<719Q55ABC<01", "OEDEGAARD QUILL", "TOBIAS"},
		{french.French(), "FRA-ID", "ID", "FRA", "", "1904UT300417", "1979-03-28", "", "F", "", "DARROWSMITH", "BRIGID HANNE"},
	} {
		m := parse(t, c.text, mrz.Options{})
		got := []string{m.Layout, m.DocumentCode, m.IssuingState, m.Nationality, m.Number, m.Birth.String(), m.Expires.String(), m.Sex, m.Optional, m.Primary, m.Secondary}
		want := []string{c.layout, c.code, c.state, c.nationality, c.number, c.birth, c.expires, c.sex, c.optional, c.primary, c.secondary}
		if !slices.Equal(got, want) || failed(m) != nil || len(notes(m)) != 0 || m.Truncated {
			t.Errorf("%s\nread as %q\nwant    %q, %v, %v", c.text, got, want, failed(m), notes(m))
		}
		if strings.Join(m.Lines, "\n") != c.text {
			t.Errorf("%q", m.Lines)
		}
	}
	m := parse(t, french.French(), mrz.Options{})
	if m.Office != "UT3014" || m.Issued.String() != "2019-04" || !m.Issued.TwoDigitYear {
		t.Errorf("%q, %v", m.Office, m.Issued)
	}
}

func TestTheFirstCharactersTellWhatSharesAShape(t *testing.T) {
	td2 := mint.Tobias.Card("D40617728", "M").TD2()
	for begin, want := range map[string]string{
		"I<UTO": "TD2", "ACUTO": "TD2", "IDUTO": "TD2", "V<UTO": "MRV-B", "VCFRA": "MRV-B", "IDFRA": "FRA-ID", "IRFRA": "TD2", "I<FRA": "TD2", "P<UTO": "TD2",
	} {
		m := parse(t, begin+td2[5:], mrz.Options{})
		misplaced := slices.ContainsFunc(notes(m), func(n formats.Check) bool { return n.Name == "document code" })
		if m.Layout != want || misplaced != (begin == "P<UTO") {
			t.Errorf("%s: %s, %v", begin, m.Layout, notes(m))
		}
	}
	for begin, want := range map[string]string{"P<": "TD3", "PD": "TD3", "V<": "MRV-A", "VN": "MRV-A", "I<": "TD3"} {
		if m := parse(t, begin+utopia[2:], mrz.Options{}); m.Layout != want {
			t.Errorf("%s: %s", begin, m.Layout)
		}
	}
}

func TestOneWrongCharacterInTheOtherLayouts(t *testing.T) {
	td2, long := mint.Maren.Card("D40617728", "F").TD2(), mint.Maren.Card("D40617728X31", "F").TD2()
	mrva, mrvb := mint.Maren.Visa("V30719954", "F").MRVA(), mint.Maren.Visa("V30719954", "F").MRVB()
	french := mint.Maren.FrenchCard("1904UT300417", "F").French()
	for _, c := range []struct {
		text string
		at   int
		to   byte
		want []string
	}{
		{td2, 37, 'M', []string{mrz.DigitNumber, mrz.DigitComposite}},
		{td2, 37 + 19, 'A', []string{mrz.DigitBirth, mrz.DigitComposite}},
		{td2, 37 + 24, '7', []string{mrz.DigitExpires, mrz.DigitComposite}},
		{td2, 37 + 30, '7', []string{mrz.DigitComposite}},
		{td2, 37 + 35, '<', []string{mrz.DigitComposite}},
		{td2, 37 + 11, 'A', nil}, // nationality
		{td2, 37 + 20, 'M', nil}, // sex
		{td2, 8, 'Q', nil},       // name
		{long, 37 + 28, 'Y', []string{mrz.DigitNumber, mrz.DigitComposite}},
		{long, 37 + 31, 'A', []string{mrz.DigitNumber, mrz.DigitComposite}},
		{mrva, 45, 'M', []string{mrz.DigitNumber}},
		{mrva, 45 + 14, '9', []string{mrz.DigitBirth}},
		{mrva, 45 + 27, '<', []string{mrz.DigitExpires}},
		{mrva, 45 + 40, '7', nil}, // optional data
		{mrvb, 37 + 9, 'Q', []string{mrz.DigitNumber}},
		{mrvb, 37 + 35, '7', nil},
		{french, 6, 'Q', []string{mrz.DigitComposite}},
		{french, 37, '7', []string{mrz.DigitNumber, mrz.DigitComposite}},
		{french, 37 + 12, '8', []string{mrz.DigitNumber, mrz.DigitComposite}},
		{french, 37 + 14, 'Q', []string{mrz.DigitComposite}},
		{french, 37 + 27, '9', []string{mrz.DigitBirth, mrz.DigitComposite}},
		{french, 37 + 34, 'M', []string{mrz.DigitComposite}},
	} {
		if got := failed(parse(t, c.text[:c.at]+string(c.to)+c.text[c.at+1:], mrz.Options{})); !slices.Equal(got, c.want) {
			t.Errorf("%s: byte %d becomes %q: %q, want %q", c.text, c.at, c.to, got, c.want)
		}
	}
	if got := failed(parse(t, long, mrz.Options{})); got != nil {
		t.Errorf("%q", got)
	}
}

func TestTheIssueOfAFrenchCardTellsTheCentury(t *testing.T) {
	for _, c := range []struct{ number, birth, issued, born string }{
		{"1904UT300417", "790328", "2019-04", "1979-03-28"},
		{"9409UT102854", "790328", "1994-09", "1979-03-28"},
		{"1904UT300417", "180328", "2019-04", "2018-03-28"},
		{"1904UT300417", "190430", "2019-04", "2019-04-30"}, // a child of the month
		{"1904UT300417", "190501", "2019-04", "1919-05-01"}, // not yet born
		{"5012UT300417", "49<<<<", "1950-12", "1949"},
		{"4912UT300417", "49<<<<", "2049-12", "2049"},
	} {
		card := mint.Brigid.FrenchCard(c.number, "F")
		card.Birth = c.birth
		m := parse(t, card.French(), mrz.Options{})
		if m.Issued.String() != c.issued || m.Birth.String() != c.born || len(notes(m)) != 0 {
			t.Errorf("%s, %s: %s, %s, %v", c.number, c.birth, m.Issued, m.Birth, notes(m))
		}
	}
	for _, number := range []string{"1900UT300417", "1913UT300417", "19A4UT300417", "<<<<<<<<<<<<", "UT0419300417"} {
		m := parse(t, mint.Brigid.FrenchCard(number, "F").French(), mrz.Options{})
		if !m.Issued.IsZero() || !m.Birth.IsZero() || len(notes(m)) == 0 || notes(m)[len(notes(m))-1].Where != "line 2, positions 1 to 12" {
			t.Errorf("%s: %s, %s, %v", number, m.Issued, m.Birth, notes(m))
		}
	}
	asOf := mrz.Options{AsOf: time.Date(2026, 11, 1, 12, 0, 0, 0, time.UTC)}
	if m := parse(t, mint.Brigid.FrenchCard("UT0419300417", "F").French(), asOf); m.Birth.String() != "1979-03-28" {
		t.Errorf("%s", m.Birth)
	}
}

func TestNamesInTheirOwnFieldsAreCutSeparately(t *testing.T) {
	for _, c := range []struct {
		primary, secondary string
		cut                bool
		want               [2]string
	}{
		{"ABCDEFGHIJKLMNOPQRSTUVWX", "BRIGID<HANN", false, [2]string{"ABCDEFGHIJKLMNOPQRSTUVWX", "BRIGID HANN"}},
		{"ABCDEFGHIJKLMNOPQRSTUVWXY", "BRIGID", true, [2]string{"ABCDEFGHIJKLMNOPQRSTUVWXY", "BRIGID"}},
		{"A", "BRIGID<HANNEZ", true, [2]string{"A", "BRIGID HANNEZ"}},
		{"", "BRIGID", false, [2]string{"", "BRIGID"}},
		{"A<B", "", false, [2]string{"A B", ""}},
	} {
		card := mint.Brigid.FrenchCard("1904UT300417", "F")
		card.Primary, card.Secondary = c.primary, c.secondary
		m := parse(t, card.French(), mrz.Options{})
		if m.Primary != c.want[0] || m.Secondary != c.want[1] || m.Truncated != c.cut || len(notes(m)) != 0 {
			t.Errorf("%s, %s: %q, %q, %v, %v", c.primary, c.secondary, m.Primary, m.Secondary, m.Truncated, notes(m))
		}
	}
	card := mint.Brigid.FrenchCard("1904UT300417", "F")
	card.Secondary = "BR1GID"
	if list := notes(parse(t, card.French(), mrz.Options{})); len(list) != 1 || list[0].Where != "line 2, positions 14 to 27" {
		t.Errorf("%v", list)
	}
}
