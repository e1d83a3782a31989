package mrz_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/internal/mrz"
)

// utopia is the specimen passport of Doc 9303-4 appendix B; it expires in 2012.
const utopia = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10"

func parse(t *testing.T, text string, o mrz.Options) mrz.MRZ {
	t.Helper()
	m, err := mrz.Parse([]byte(text), o)
	if err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	return m
}

// failed lists the names of the check digits that do not hold.
func failed(m mrz.MRZ) []string {
	var names []string
	for _, d := range m.Digits {
		if !d.OK {
			names = append(names, d.Name)
		}
	}
	return names
}

// notes lists what is noted beside the check digits, by place and kind of outcome.
func notes(m mrz.MRZ) []formats.Check {
	return slices.DeleteFunc(m.Checks(), func(c formats.Check) bool { return c.Kind == formats.Digit })
}

func TestThePassportOfTheSpecificationIsRead(t *testing.T) {
	m := parse(t, utopia, mrz.Options{})
	got := [...]string{
		m.Layout, m.DocumentCode, m.IssuingState, m.Number, m.Nationality, m.Birth.String(), m.Sex, m.Expires.String(), m.Primary, m.Secondary, m.Optional,
		m.OptionalMiddle,
	}
	want := [...]string{"TD3", "P", "UTO", "L898902C3", "UTO", "1974-08-12", "F", "2012-04-15", "ERIKSSON", "ANNA MARIA", "ZE184226B", ""}
	if got != want {
		t.Errorf("%q", got)
	}
	if m.Truncated || len(m.Lines) != 2 || m.Lines[0]+"\n"+m.Lines[1] != utopia || len(notes(m)) != 0 {
		t.Errorf("%+v", m)
	}
	digits := []mrz.Digit{
		{Name: mrz.DigitNumber, Where: "line 2, position 10", Got: '6', Want: '6', OK: true},
		{Name: mrz.DigitBirth, Where: "line 2, position 20", Got: '2', Want: '2', OK: true},
		{Name: mrz.DigitExpires, Where: "line 2, position 28", Got: '9', Want: '9', OK: true},
		{Name: mrz.DigitOptional, Where: "line 2, position 43", Got: '1', Want: '1', OK: true},
		{Name: mrz.DigitComposite, Where: "line 2, position 44", Got: '0', Want: '0', OK: true},
	}
	if !slices.Equal(m.Digits, digits) {
		t.Errorf("%+v", m.Digits)
	}
}

func TestEveryFieldOfAMintedZoneComesBack(t *testing.T) {
	for _, p := range []mint.Person{mint.Tobias, mint.Brigid, mint.Jonas, mint.Mali, mint.Yunfan, mint.Pippa} {
		for _, written := range []mint.MRZ{p.Passport("UT7042681", "F"), p.Card("C20816354", "M"), p.Card("C20816354K9R7", "")} {
			written.Optional = "84K<719"
			text := written.TD3()
			if written.Code == "I" {
				written.SecondLine = "00<42"
				text = written.TD1()
			}
			m := parse(t, text, mrz.Options{})
			sex := written.Sex
			if sex == "" {
				sex = "X"
			}
			got := []string{m.DocumentCode, m.IssuingState, m.Number, m.Nationality, m.Sex, m.Optional, m.OptionalMiddle, m.Birth.String(), m.Expires.String(),
				strings.ReplaceAll(m.Primary, " ", "<"), strings.ReplaceAll(m.Secondary, " ", "<")}
			want := []string{written.Code, "UTO", written.Number, "UTO", sex, written.Optional, written.SecondLine, p.Birth, "2031-05-20", p.FamilyICAO, p.GivenICAO}
			if !slices.Equal(got, want) || len(failed(m)) != 0 || len(notes(m)) != 0 {
				t.Errorf("%s\nread as %q\nwant    %q, %v, %v", text, got, want, failed(m), notes(m))
			}
		}
	}
}

func TestOneWrongCharacterFailsTheDigitsThatCoverIt(t *testing.T) {
	card := mint.Maren.Card("C20816354", "F").TD1()
	long := mint.Maren.Card("C20816354K9R7", "F").TD1()
	for _, c := range []struct {
		text string
		at   int
		to   byte
		want []string
	}{
		{utopia, 45, 'M', []string{mrz.DigitNumber, mrz.DigitComposite}},
		{utopia, 45 + 9, '7', []string{mrz.DigitNumber, mrz.DigitComposite}},
		{utopia, 45 + 18, '3', []string{mrz.DigitBirth, mrz.DigitComposite}},
		{utopia, 45 + 26, '6', []string{mrz.DigitExpires, mrz.DigitComposite}},
		{utopia, 45 + 28, 'Y', []string{mrz.DigitOptional, mrz.DigitComposite}},
		{utopia, 45 + 42, '<', []string{mrz.DigitOptional, mrz.DigitComposite}},
		{utopia, 45 + 43, '<', []string{mrz.DigitComposite}},
		{utopia, 45 + 43, 'A', []string{mrz.DigitComposite}},
		{utopia, 45 + 12, 'X', nil}, // nationality
		{utopia, 45 + 20, 'M', nil}, // sex
		{utopia, 8, 'A', nil},       // name
		{card, 6, '3', []string{mrz.DigitNumber, mrz.DigitComposite}},
		{card, 20, '3', []string{mrz.DigitComposite}},
		{card, 31 + 20, '3', []string{mrz.DigitComposite}},
		{card, 31 + 0, '3', []string{mrz.DigitBirth, mrz.DigitComposite}},
		{long, 16, '3', []string{mrz.DigitNumber, mrz.DigitComposite}},
		{long, 14, '3', []string{mrz.DigitNumber, mrz.DigitComposite}},
	} {
		m := parse(t, c.text[:c.at]+string(c.to)+c.text[c.at+1:], mrz.Options{})
		if got := failed(m); !slices.Equal(got, c.want) {
			t.Errorf("byte %d becomes %q: %q, want %q", c.at, c.to, got, c.want)
		}
		for _, check := range m.Checks() {
			if check.Kind == formats.Digit && (check.Result == formats.Fails) != slices.Contains(c.want, check.Name) {
				t.Errorf("byte %d becomes %q: %+v", c.at, c.to, check)
			}
		}
	}
}

func TestAFillerMayStandForTheDigitOfAnEmptyFieldOnly(t *testing.T) {
	empty := mint.Maren.Passport("UT7042681", "F")
	blank := empty
	blank.BlankDigit = true
	for _, m := range []mint.MRZ{empty, blank} {
		if got := failed(parse(t, m.TD3(), mrz.Options{})); got != nil {
			t.Errorf("%q", got)
		}
	}
	// Filled with what counts nothing: the digit would be 0, and a filler does not do.
	full := strings.Replace(blank.TD3(), "5205<<", "52050<", 1)
	if got := failed(parse(t, full, mrz.Options{})); !slices.Equal(got, []string{mrz.DigitOptional}) {
		t.Errorf("%q", got)
	}
}

func TestALongDocumentNumberEndsInTheOptionalData(t *testing.T) {
	zone := func(optional string) string {
		return "I<UTOD23145890<" + optional + strings.Repeat("<", 15-len(optional)) + "\n7408122F1204159UTO<<<<<<<<<<<2\nERIKSSON<<ANNA<MARIA<<<<<<<<<<"
	}
	const longest = "1234567890123"
	for _, c := range []struct{ optional, number, rest string }{
		{"7349", "D23145890734", ""},
		{"7", "D23145890", ""}, // its digit only
		{"7349<AB<C", "D23145890734", "AB<C"},
		{longest + mint.CheckDigit("D23145890"+longest), "D23145890" + longest, ""}, // up to position 28, as far as it may go
	} {
		m := parse(t, zone(c.optional), mrz.Options{})
		if m.Number != c.number || m.Optional != c.rest || slices.Contains(failed(m), mrz.DigitNumber) {
			t.Errorf("%s: %q, %q, %v", c.optional, m.Number, m.Optional, failed(m))
		}
		if want := fmt.Sprintf("line 1, position %d", 15+len(strings.Split(c.optional, "<")[0])); m.Digits[0].Where != want {
			t.Errorf("%s: the digit is at %s, want %s", c.optional, m.Digits[0].Where, want)
		}
	}
	for _, optional := range []string{"", "<7349", strings.Repeat("1", 15)} { // nothing follows, or nothing ends it
		m := parse(t, zone(optional), mrz.Options{})
		if m.Number != "D23145890" || m.Optional != optional || !slices.Contains(failed(m), mrz.DigitNumber) {
			t.Errorf("%s: %q, %q, %v", optional, m.Number, m.Optional, failed(m))
		}
	}
}

func TestNamesAreDividedAtTheFirstTwoFillers(t *testing.T) {
	for field, want := range map[string][3]string{
		"ERIKSSON<<ANNA<MARIA":                    {"ERIKSSON", "ANNA MARIA", ""},
		"VAN<DER<MUELLEN<<MARTIN":                 {"VAN DER MUELLEN", "MARTIN", ""},
		"SATRIYA<SUDARPA":                         {"SATRIYA SUDARPA", "", ""},
		"ARKFREITH":                               {"ARKFREITH", "", ""},
		"<<ANNA<MARIA":                            {"", "ANNA MARIA", ""},
		"STEVENSON<<PETER<<JOHN":                  {"STEVENSON", "PETER JOHN", ""},
		"STEVENSON<<<PETER":                       {"STEVENSON", "PETER", ""},
		"<ERIKSSON<<ANNA":                         {"ERIKSSON", "ANNA", ""},
		"BENNELONG<WOOLOOMOOLOO<WARRANDYTE<W<<DI": {"BENNELONG WOOLOOMOOLOO WARRANDYTE W", "DI", "cut"},
		"NILAVADHANANANDA<<CHAYAPA<DEJTHAMRONG<K": {"NILAVADHANANANDA", "CHAYAPA DEJTHAMRONG K", "cut"},
	} {
		m := parse(t, "P<UTO"+field+strings.Repeat("<", 39-len(field))+utopia[44:], mrz.Options{})
		if m.Primary != want[0] || m.Secondary != want[1] || m.Truncated != (want[2] == "cut") || len(notes(m)) != 0 {
			t.Errorf("%s: %q, %q, %v, %v", field, m.Primary, m.Secondary, m.Truncated, notes(m))
		}
	}
}

func TestFieldsThatBreakTheirRulesAreNamedAndTheRestIsRead(t *testing.T) {
	for _, c := range []struct{ from, to, where string }{
		{"P<UTO", "I<UTO", "line 1, positions 1 to 2"},
		{"P<UTO", "P1UTO", "line 1, positions 1 to 2"},
		{"P<UTO", "P<UT0", "line 1, positions 3 to 5"},
		{"P<UTO", "P<U<O", "line 1, positions 3 to 5"},
		{"6UTO7", "6UT07", "line 2, positions 11 to 13"},
		{"ANNA", "4NNA", "line 1, positions 6 to 44"},
		{"ERIKSSON<<ANNA<MARIA", "<<<<<<<<<<<<<<<<<<<<", "line 1, positions 6 to 44"},
		{"L898902C3", "<<<<<<<<<", "line 2, positions 1 to 9"},
		{"2F1", "2W1", "line 2, position 21"},
		{"740812", "741312", "line 2, positions 14 to 19"},
		{"740812", "740832", "line 2, positions 14 to 19"},
		{"740812", "740229", "line 2, positions 14 to 19"},
		{"740812", "74O812", "line 2, positions 14 to 19"},
		{"120415", "121315", "line 2, positions 22 to 27"},
		{"120415", "120431", "line 2, positions 22 to 27"},
		{"120415", "120400", "line 2, positions 22 to 27"},
		{"120415", "1204<<", "line 2, positions 22 to 27"},
		{"120415", "12O415", "line 2, positions 22 to 27"},
	} {
		m := parse(t, strings.Replace(utopia, c.from, c.to, 1), mrz.Options{})
		list := notes(m)
		if len(list) != 1 || list[0].Kind != formats.Schema || list[0].Result != formats.Fails || list[0].Where != c.where || list[0].Text == "" {
			t.Errorf("%s for %s: %+v", c.to, c.from, list)
		}
		if m.Optional != "ZE184226B" {
			t.Errorf("%s for %s: the rest is not read", c.to, c.from)
		}
	}
	if m := parse(t, strings.Replace(utopia, "6UTO7", "6<<<7", 1), mrz.Options{}); m.Nationality != "" || len(notes(m)) != 0 {
		t.Errorf("a document without a nationality: %+v", notes(m))
	}
}

func TestChecksNameNoContent(t *testing.T) {
	text := "P1UT0" + strings.Repeat("9", 39) + "\n" + strings.Repeat("Q", 44)
	m := parse(t, text, mrz.Options{})
	for _, c := range m.Checks() {
		if strings.Contains(c.Text, "9") || strings.Contains(c.Text, "QQ") || strings.Contains(c.Text, "UT0") {
			t.Errorf("%+v", c)
		}
	}
	_, err := mrz.Parse([]byte(strings.Repeat("P", 43)+"é"), mrz.Options{})
	if fe := (*formats.Error)(nil); !errors.As(err, &fe) || strings.Contains(err.Error(), "é") {
		t.Errorf("%v", err)
	}
}
