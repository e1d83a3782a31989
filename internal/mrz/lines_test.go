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
			text + "\n", "\n" + text, "\r\n\r\n" + text + "\r\n", strings.ReplaceAll(text, "\n", "\r\n"), strings.ReplaceAll(text, "\n", "  \n\t"),
			"  " + text + "  ", strings.ReplaceAll(text, "\n", ""), "\n " + strings.ReplaceAll(text, "\n", "") + "\n",
		} {
			got := parse(t, variant, mrz.Options{})
			if strings.Join(got.Lines, "\n") != text || got.Number != want.Number || len(notes(got)) != 0 || failed(got) != nil {
				t.Errorf("%q: %q, %v", variant, got.Lines, notes(got))
			}
		}
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
		{first + "\n\n" + second, formats.CodeTrailing, "line 1", 44},
		{first + "\n" + second + "\n" + second, formats.CodeTrailing, "line 1", 44},
		{card[:len(card)-1], formats.CodeTruncated, "line 3", 91},
		{card + "\n" + first, formats.CodeTrailing, "lines", 93},
		{td2 + "\n" + td2, formats.CodeVersion, "lines", 0},
		{td2 + td2, formats.CodeVersion, "lines", 0},
		{"V" + utopia[1:], formats.CodeVersion, "document code", -1},
		{strings.Repeat("P", mrz.MaxText+1), formats.CodeLimit, "text", -1},
		{strings.Replace(utopia, "<", "«", 1), formats.CodeEncoding, "line 1, position 2", 1},
		{strings.Replace(utopia, "L8", "L-", 1), formats.CodeEncoding, "line 2, position 2", 46},
		{"  " + strings.Replace(utopia, "L8", "l8", 1), formats.CodeEncoding, "line 2, position 1", 47},
		{strings.Replace(utopia, "<", "\x00", 1), formats.CodeEncoding, "line 1, position 2", 1},
		{strings.Replace(utopia, "<", "\t", 1), formats.CodeEncoding, "line 1, position 2", 1},
		{strings.Replace(utopia, "ERI", "E\rI", 1), formats.CodeEncoding, "line 1, position 7", 6},
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
	o := mrz.Options{Decoding: formats.Options{Refuse: []string{"mrz-spaces"}}}
	if _, err := mrz.Parse([]byte(strings.Replace(utopia, "<", " ", 1)), o); err == nil || !strings.Contains(err.Error(), "line 1, position 2") {
		t.Errorf("%v", err)
	}
}

func TestWhatIsParsedWasRecognised(t *testing.T) {
	for _, c := range mint.MRZCases() {
		_, err := mrz.Parse([]byte(c.Text), mrz.Options{})
		if err == nil && !mrz.Recognise([]byte(c.Text)) {
			t.Errorf("%s is parsed and not recognised", c.Name)
		}
	}
	for _, text := range []string{"", "<", "X<UTO", "7<", "P", "PASSPORT", "P<é", "P<:", strings.Repeat("P<", 101)} {
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
			if !errors.As(err, &fe) || fe.Offset > len(text) || fe.Step == "" {
				t.Fatalf("%v", err)
			}
			return
		}
		width := map[string]int{"TD3": 44, "TD1": 30}[m.Layout]
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
	})
}
