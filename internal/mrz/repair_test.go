package mrz_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/internal/mrz"
)

// suggested writes repairs in short: "2.4 O>0".
func suggested(m mrz.MRZ) []string {
	var list []string
	for _, r := range m.Repairs() {
		list = append(list, fmt.Sprintf("%d.%d %c>%c", r.Line, r.Position, r.Read, r.Suggested))
	}
	return list
}

// applied gives the zone after the suggestions.
func applied(m mrz.MRZ) string {
	var lines []string
	for i, line := range m.Lines {
		b := []byte(line)
		for _, r := range m.Repairs() {
			if r.Line == i+1 {
				b[r.Position-1] = r.Suggested
			}
		}
		lines = append(lines, string(b))
	}
	return strings.Join(lines, "\n")
}

// repaired demands that suggestions lead to a zone whose digits hold, and change nothing themselves.
func repaired(t *testing.T, m mrz.MRZ) {
	t.Helper()
	before := strings.Join(m.Lines, "\n")
	list := m.Repairs()
	if strings.Join(m.Lines, "\n") != before {
		t.Fatal("a suggestion was applied")
	}
	if len(list) == 0 {
		return
	}
	after := parse(t, applied(m), mrz.Options{})
	if failed(after) != nil || after.Repairs() != nil {
		t.Fatalf("%q becomes %q: %v", before, after.Lines, failed(after))
	}
}

// What was sound, and became unsound by one exchange, is suggested as it was, or nothing is.
func TestEveryMisreadingIsSuggestedBackOrNotAtAll(t *testing.T) {
	const from, to = "O0I1B8S5Z2G6", "0O1I8B5S2Z6G"
	found, silent := 0, 0
	for _, c := range mint.MRZCases() {
		m, err := mrz.Parse([]byte(c.Text), mrz.Options{})
		if err != nil || failed(m) != nil || len(notes(m)) > 0 {
			continue
		}
		if m.Repairs() != nil {
			t.Errorf("%s is sound, and there are suggestions: %v", c.Name, suggested(m))
		}
		text := strings.Join(m.Lines, "\n")
		for at := range len(text) {
			i := strings.IndexByte(from, text[at])
			if i < 0 {
				continue
			}
			wrong := parse(t, text[:at]+to[i:i+1]+text[at+1:], mrz.Options{})
			repaired(t, wrong)
			switch list := wrong.Repairs(); {
			case list == nil && failed(wrong) != nil:
				silent++
			case list != nil && (len(list) != 1 || applied(wrong) != text):
				t.Errorf("%s: byte %d became %c: %v", c.Name, at, to[i], suggested(wrong))
			case list != nil:
				found++
			}
		}
	}
	t.Logf("%d misreadings are found, %d have several explanations", found, silent)
	if found < 2*silent {
		t.Error("too few are found")
	}
}

func TestSuggestions(t *testing.T) {
	edit := func(text string, pairs ...string) string {
		for i := 0; i < len(pairs); i += 2 {
			if strings.Count(text, pairs[i]) != 1 {
				t.Fatalf("%s is not there once", pairs[i])
			}
			text = strings.Replace(text, pairs[i], pairs[i+1], 1)
		}
		return text
	}
	card := mint.Yunfan.Card("C20816354", "M")
	card.Optional = "Q70"
	td1, long, td2 := card.TD1(), mint.Maren.Card("C40716354K9R7", "F").TD1(), mint.Tobias.Card("D40617728X48", "M").TD2()
	visa, french := mint.Maren.Visa("V30719954", "F").MRVB(), mint.Brigid.FrenchCard("1904UT300417", "F").French()
	for name, c := range map[string]struct {
		text string
		want []string
	}{
		"nothing is wrong":                    {utopia, nil},
		"a letter in a birth":                 {edit(utopia, "7408122F", "74O8122F"), []string{"2.16 O>0"}},
		"a letter for a check digit":          {edit(utopia, "1204159", "120415G"), nil},
		"a letter for the composite":          {edit(utopia, "<<<<<10", "<<<<<1O"), []string{"2.44 O>0"}},
		"a letter for the optional digit":     {edit(utopia, "<<<<<10", "<<<<<I0"), []string{"2.43 I>1"}},
		"one in the birth, one in the expiry": {edit(utopia, "7408122F1204159", "74O8122FI204159"), []string{"2.16 O>0", "2.22 I>1"}},
		"and one in the composite":            {edit(utopia, "7408122F1204159", "74O8122FI204159", "<<<<<10", "<<<<<1O"), []string{"2.16 O>0", "2.22 I>1", "2.44 O>0"}},
		"two in one field":                    {edit(utopia, "7408122F", "74OB122F"), nil},
		"not a look-alike":                    {edit(utopia, "7408122F", "7408222F"), nil},
		"a wrong digit and no letter":         {edit(utopia, "1204159", "1204158"), nil},
		"the optional data of a card":         {edit(td1, "Q70", "Q7O"), []string{"1.18 O>0"}},
		"a long number":                       {edit(long, "C4071", "C4O71"), []string{"1.8 O>0"}},
		"the rest of a long number":           {edit(td2, "X48", "X4B"), []string{"2.31 B>8"}},
		"several explanations":                {edit(td2, "D4061", "D406I"), nil},
		"a visa":                              {edit(visa, "3105205", "31O5205"), []string{"2.24 O>0"}},
		"a visa, twice":                       {edit(visa, "8407199", "84O7199", "3105205", "3105Z05"), []string{"2.16 O>0", "2.26 Z>2"}},
		"the name on a French card":           {edit(french, "BRIGID", "BR1GID"), []string{"2.16 1>I"}},
	} {
		m := parse(t, c.text, mrz.Options{})
		if got := suggested(m); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
		repaired(t, m)
		for _, r := range m.Repairs() {
			if r.Where != fmt.Sprintf("line %d, position %d", r.Line, r.Position) {
				t.Errorf("%s: %+v", name, r)
			}
		}
	}
	g := parse(t, mint.MRZ{Code: "P", State: "UTO", Primary: "X", Number: "A2", Nationality: "UTO", Birth: "740816", Sex: "F", Expires: "310520"}.TD3(), mrz.Options{})
	g = parse(t, strings.Replace(strings.Join(g.Lines, "\n"), "740816", "74081G", 1), mrz.Options{})
	if got := suggested(g); failed(g) != nil || !slices.Equal(got, []string{"2.19 G>6"}) {
		t.Errorf("%q, %v", got, failed(g))
	}
}

// A name and a nationality are not under a check digit, and are not guessed.
func TestWhatNoDigitCoversIsNotSuggested(t *testing.T) {
	m := parse(t, strings.Replace(strings.Replace(utopia, "ERIKSSON", "ER1K5SON", 1), "6UTO7", "6UT07", 1), mrz.Options{})
	if m.Repairs() != nil || len(notes(m)) != 2 {
		t.Errorf("%v, %v", suggested(m), notes(m))
	}
	var none mrz.MRZ
	if none.Repairs() != nil || none.StateAt() != "" {
		t.Error("a zone that was not read has suggestions")
	}
}

// The worst that a text can do to the search.
func TestTheSearchEnds(t *testing.T) {
	for _, c := range lookAlikes {
		for _, shape := range []struct{ begin, state string }{{"P<UTO", "TD3"}, {"I<UTO", "TD1"}, {"I<UTO", "TD2"}, {"V<UTO", "MRV"}, {"IDFRA", "FRA"}} {
			width, lines := 44, 2
			switch shape.state {
			case "TD1":
				width, lines = 30, 3
			case "TD2", "FRA":
				width = 36
			}
			text := shape.begin + strings.Repeat(string(c), width*lines-len(shape.begin))
			repaired(t, parse(t, text, mrz.Options{Decoding: formats.Options{}}))
		}
	}
}

const lookAlikes = "O0I1B8S5Z2G6"
