package mrz_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/internal/mrz"
)

func TestOneZoneHasSeveralSpellingsOfItsLines(t *testing.T) {
	card := mint.Maren.Card("C20816354", "F").TD1()
	for _, text := range []string{utopia, card} {
		want := parse(t, text, mrz.Options{})
		for _, variant := range []string{
			text + "\n", "\n" + text, "\r\n\r\n" + text + "\r\n", strings.ReplaceAll(text, "\n", "\r\n"), strings.ReplaceAll(text, "\n", "\r"), strings.ReplaceAll(text, "\n", "  \n\t"),
			"  " + text + "  ", strings.ReplaceAll(text, "\n", "\n \n\r\n"), strings.ReplaceAll(text, "\n", ""), "\n " + strings.ReplaceAll(text, "\n", "") + "\n",
		} {
			got := parse(t, variant, mrz.Options{})
			if strings.Join(got.Lines, "\n") != text || got.Number != want.Number || len(notes(got)) != 0 || failed(got) != nil {
				t.Errorf("%q: %q, %v", variant, got.Lines, notes(got))
			}
		}
	}
}

func TestTheLinesMayBeBrokenAnywhereAndQuotationMarksStandForFillers(t *testing.T) {
	card := mint.Maren.Card("C20816354", "F").TD1()
	td2 := mint.Maren.Card("C20816354", "F").TD2()
	for _, text := range []string{utopia, card, td2} {
		run := strings.ReplaceAll(text, "\n", "")
		for name, variants := range map[string][]string{
			"mrz-spaces": {
				run[:11] + "\n" + run[11:22] + "\n\n" + run[22:50] + "\r\n" + run[50:], strings.Join(strings.Split(run, ""), " "),
				run[:11] + "\n" + strings.Join(strings.Split(run[11:50], ""), " ") + "\n" + run[50:60] + "\n" + run[60:],
				strings.Replace(text, "<", "\t", 1), strings.Replace(text, "<", "\u00A0", 3), run[:20] + "\u3000" + run[20:44] + "\t\u2003" + run[44:],
				strings.Join(strings.Split(run, ""), "\u00A0"),
			},
			"mrz-guillemets": {
				strings.ReplaceAll(text, "<", "«"), strings.ReplaceAll(text, "<", "‹"), strings.ReplaceAll(run, "<", "«"), strings.Replace(text, "<<", "‹<", 1),
			},
		} {
			for _, variant := range variants {
				m := parse(t, variant, mrz.Options{})
				list := notes(m)
				if strings.Join(m.Lines, "\n") != text || failed(m) != nil || len(list) != 1 || list[0].Name != name || list[0].Result != formats.Tolerated {
					t.Errorf("%q: %q, %v", variant, m.Lines, list)
				}
				if !mrz.Recognise([]byte(variant)) {
					t.Errorf("%q is not recognised", variant)
				}
			}
		}
	}
	// Both at once, with a blank after each character and the longest quotation mark for each filler.
	var wide []string
	for _, c := range strings.ReplaceAll(card, "\n", "") {
		wide = append(wide, strings.Replace(string(c), "<", "‹", 1))
	}
	if m := parse(t, strings.Join(wide, " "), mrz.Options{}); strings.Join(m.Lines, "\n") != card || len(notes(m)) != 2 {
		t.Errorf("%q, %v", m.Lines, notes(m))
	}
}

func TestBlanksBetweenGroupsOfARunAreInAddition(t *testing.T) {
	run := strings.ReplaceAll(utopia, "\n", "")
	m := parse(t, run[:10]+" "+run[10:50]+" "+run[50:], mrz.Options{})
	if strings.Join(m.Lines, "\n") != utopia {
		t.Errorf("%q", m.Lines)
	}
	m = parse(t, strings.Replace(run, "<<ANNA", "  ANNA", 1), mrz.Options{})
	if strings.Join(m.Lines, "\n") != utopia {
		t.Errorf("%q", m.Lines)
	}
}

func TestTextsOfAnotherShapeAreRefusedWithThePlace(t *testing.T) {
	first, second, _ := strings.Cut(utopia, "\n")
	card := mint.Maren.Card("C20816354", "F").TD1()
	td2 := strings.Repeat("I<UTO<<<<<<<", 3)
	visa := strings.Replace(utopia, "P<", "V<", 1)
	for _, c := range []struct {
		text, code, step string
		offset           int
	}{
		{"", formats.CodeTruncated, "lines", 0},
		{" \r\n\t", formats.CodeTruncated, "lines", 0},
		{"P", formats.CodeTruncated, "lines", 1},
		{first, formats.CodeTruncated, "lines", 44},
		{first + second[:43], formats.CodeTruncated, "lines", 87},
		{first + second + "<", formats.CodeTrailing, "lines", 89},
		{first + second + "<<<", formats.CodeTrailing, "lines", 91},
		{first[:43] + "\n" + second, formats.CodeTruncated, "line 1", 43},
		{first + "\n" + second[:43], formats.CodeTruncated, "line 2", 88},
		{first + "<\n" + second, formats.CodeTrailing, "line 1", 45},
		{first + "\n" + second + "<", formats.CodeTrailing, "line 2", 90},
		{first[:43] + "\n" + second + "<", formats.CodeTruncated, "line 1", 43}, // 88 characters in all, and none is made up for
		{first[:43] + "\n\n" + second + "<", formats.CodeTruncated, "line 1", 43},
		{first[:20] + "\n" + first[20:] + "\n" + second[:43], formats.CodeTruncated, "line 1", 20},
		{first[:20] + "\n" + first[20:40] + "\n" + first[40:] + "\n" + second[:43], formats.CodeTrailing, "lines", 47},
		{strings.Repeat("P\n", 9), formats.CodeTrailing, "lines", 16},
		{first + "\n" + second + "\n" + second, formats.CodeTrailing, "line 1", 44},
		{card[:len(card)-1], formats.CodeTruncated, "line 3", 91},
		{card + "\n" + first, formats.CodeTrailing, "lines", 93},
		{td2 + "\n" + td2 + "<", formats.CodeTrailing, "line 2", 74},
		{td2[:35] + "\n" + td2, formats.CodeTruncated, "line 1", 35},
		{td2[:34] + "\n" + td2[:35], formats.CodeTruncated, "line 1", 34},
		{td2 + td2 + "<", formats.CodeTrailing, "lines", 73},
		{td2 + td2[:35], formats.CodeTruncated, "lines", 71},
		{first + second[:28], formats.CodeTruncated, "lines", 72}, // as long as a document of size 2, which no passport is
		{strings.ToLower(first[:1]) + first[1:] + second[:28], formats.CodeEncoding, "line 1, position 1", 0},
		{visa[:43] + visa[44:], formats.CodeTruncated, "line 1", 43},
		{strings.Repeat("P", mrz.MaxText+1), formats.CodeLimit, "text", mrz.MaxText},
		{strings.Replace(utopia, "<", "»", 1), formats.CodeEncoding, "line 1, position 2", 1},
		{strings.Replace(utopia, "<<ANNA", "«‹AN.A", 1), formats.CodeEncoding, "line 1, position 18", 20},
		{strings.Replace(utopia, "<", "\xC2", 1), formats.CodeEncoding, "line 1, position 2", 1},
		{strings.Replace(utopia, "<", "\xE2\x80", 1), formats.CodeEncoding, "line 1, position 2", 1},
		{strings.Replace(utopia, "L8", "L-", 1), formats.CodeEncoding, "line 2, position 2", 46},
		{"  " + strings.Replace(utopia, "L8", "l8", 1), formats.CodeEncoding, "line 2, position 1", 47},
		{strings.Replace(utopia, "<", "\x00", 1), formats.CodeEncoding, "line 1, position 2", 1},
		{strings.Replace(utopia, "<", "\v", 1), formats.CodeEncoding, "line 1, position 2", 1},
		{strings.Replace(utopia, "<", "\u200B", 1), formats.CodeEncoding, "line 1, position 2", 1},
		{strings.Replace(utopia, "<<ANNA", "\u00A0\u2003AN.A", 1), formats.CodeEncoding, "line 1, position 18", 20},
		{strings.Replace(utopia, "ERI", "E\rI", 1), formats.CodeTruncated, "line 1", 6},
	} {
		m, err := mrz.Parse([]byte(c.text), mrz.Options{})
		fe := (*formats.Error)(nil)
		if !errors.As(err, &fe) || fe.Code != c.code || fe.Step != c.step || fe.Offset != c.offset {
			t.Errorf("%q: %v, want %s at %s, byte %d", c.text, err, c.code, c.step, c.offset)
		}
		if m.Layout != "" || m.Lines != nil {
			t.Errorf("%q is refused, and gives %+v all the same", c.text, m)
		}
	}
	for _, c := range []struct{ refuse, text, want string }{
		{"mrz-spaces", strings.Replace(utopia, "<", " ", 1), "line 1, position 2"},
		{"mrz-spaces", first[:20] + "\n" + first[20:] + "\n" + second, "line 1"},
		{"mrz-guillemets", strings.Replace(utopia, "A<MARIA", "A«MARIA", 1), "line 1, position 20"},
		{"mrz-guillemets", strings.Replace(utopia, "A<MARIA", "A‹MARIA", 1), "line 1, position 20"},
	} {
		o := mrz.Options{Decoding: formats.Options{Refuse: []string{c.refuse}}}
		if _, err := mrz.Parse([]byte(c.text), o); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %s", c.refuse, err, c.want)
		}
	}
}

func TestWhatIsParsedWasRecognised(t *testing.T) {
	for _, c := range mint.MRZCases() {
		_, err := mrz.Parse([]byte(c.Text), mrz.Options{})
		if err == nil && !mrz.Recognise([]byte(c.Text)) {
			t.Errorf("%s is parsed and not recognised", c.Name)
		}
	}
	for _, text := range []string{"", "<", "X<UTO", "7<", "P", "PASSPORT", "P<é", "P<:", "P»", "P\xC2<", strings.Repeat("P<", mrz.MaxText/2) + "<"} {
		if mrz.Recognise([]byte(text)) {
			t.Errorf("%q is recognised", text)
		}
	}
}

// Whatever the bytes: an *Error or a zone whose lines are of the alphabet and whose digits agree with another
// implementation, and the input is left as it was.
func FuzzParse(f *testing.F) {
	for _, c := range mint.MRZCases() {
		f.Add([]byte(c.Text), int64(0), true)
		f.Add([]byte(c.Text), int64(1793534400), false)
	}
	f.Fuzz(func(t *testing.T, text []byte, asOf int64, lower bool) {
		o := mrz.Options{}
		if asOf != 0 {
			o.AsOf = unix(asOf)
		}
		if lower {
			o.Decoding.Tolerate = []string{"mrz-lowercase"}
		}
		before := bytes.Clone(text)
		m, err := mrz.Parse(text, o)
		if !bytes.Equal(text, before) {
			t.Fatal("the input was changed")
		}
		if fe := (*formats.Error)(nil); err != nil {
			if !errors.As(err, &fe) || fe.Offset < 0 || fe.Offset > len(text) || fe.Step == "" {
				t.Fatalf("%v", err)
			}
			return
		}
		width := map[string]int{"TD1": 30, "TD2": 36, "TD3": 44, "MRV-A": 44, "MRV-B": 36, "FRA-ID": 36}[m.Layout]
		for _, line := range m.Lines {
			if len(line) != width || strings.Trim(line, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<") != "" {
				t.Fatalf("%q", line)
			}
		}
		again := parse(t, strings.Join(m.Lines, "\n"), mrz.Options{AsOf: o.AsOf})
		if again.Number != m.Number || again.Birth != m.Birth || again.Primary != m.Primary || len(failed(again)) != len(failed(m)) {
			t.Fatal("the lines that were read say something else")
		}
		if m.Layout == "TD3" {
			if want := mint.CheckDigit(m.Lines[1][:10] + m.Lines[1][13:20] + m.Lines[1][21:43]); string(m.Digits[4].Want) != want {
				t.Fatalf("composite %c, want %s", m.Digits[4].Want, want)
			}
		}
		m.Checks()
		repaired(t, m)
	})
}
