package mrz_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/formatstest"
	"github.com/travelseal/travelseal/formats/mrz"
	"github.com/travelseal/travelseal/internal/mint"
)

func TestConformance(t *testing.T) {
	const characters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<"
	formatstest.Run(t, formatstest.Suite{Format: mrz.Format, Places: true, Alphabet: characters, Unseen: unseen})
}

func FuzzDecode(f *testing.F) { formatstest.Fuzz(f, mrz.Format) }

func decode(t *testing.T, text string, o formats.Options) *formats.Document {
	t.Helper()
	doc, err := mrz.Format.Decode(formats.Text(text), o)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func TestAZoneIsDecodedToOneUnsealedPart(t *testing.T) {
	m := mint.Madhumita.Card("C20816354K9R7", "F")
	m.Optional, m.SecondLine = "77Q", "0042"
	doc := decode(t, m.TD1(), formats.Options{})
	if doc.Format != mrz.ID || len(doc.Seals) != 0 || len(doc.Parts) != 1 || doc.Parts[0].Seal != formats.NoSeal || doc.Validity != (formats.Validity{}) {
		t.Errorf("%+v", doc)
	}
	c := doc.Parts[0].Unverified
	if len(c.Subjects) != 1 || len(c.Subjects[0].Names) != 1 || len(c.Documents) != 1 || len(c.Events) != 0 {
		t.Fatalf("%+v", c)
	}
	s := c.Subjects[0]
	if s.Names[0] != (formats.Name{Family: "SENGUPTA", Given: "MADHUMITA", Script: "icao", Source: "mrz"}) {
		t.Errorf("%+v", s.Names[0])
	}
	if s.Birth.String() != "1975-02-17" || s.Sex != "F" || s.Nationality != "UTO" {
		t.Errorf("%+v", s)
	}
	want := formats.DocRef{Type: "I", Number: "C20816354K9R7", IssuingState: "UTO", Expires: formats.Date{Year: 2031, Month: 5, Day: 20, TwoDigitYear: true}}
	if c.Documents[0] != want {
		t.Errorf("%+v", c.Documents[0])
	}
	if len(c.Extra) != 2 || c.Extra[0] != (formats.Field{Name: "optional_data", Value: "77Q"}) || c.Extra[1] != (formats.Field{Name: "optional_data_2", Value: "0042"}) {
		t.Errorf("%+v", c.Extra)
	}
	for _, check := range doc.Checks {
		if check.Kind != formats.Digit || check.Result != formats.Holds || check.Where == "" {
			t.Errorf("%+v", check)
		}
	}
	if len(doc.Checks) != 4 {
		t.Errorf("%d checks", len(doc.Checks))
	}
}

func TestOptionalDataThatIsNotThereIsNotMentioned(t *testing.T) {
	doc := decode(t, mint.Tobias.Passport("UT7042699", "M").TD3(), formats.Options{})
	if extra := doc.Parts[0].Unverified.Extra; extra != nil {
		t.Errorf("%+v", extra)
	}
}

func TestEveryLayoutIsDecoded(t *testing.T) {
	french := mint.Brigid.FrenchCard("1904UT300417", "F")
	french.Office = "UT3014"
	expires := formats.Date{Year: 2031, Month: 5, Day: 20, TwoDigitYear: true}
	for name, c := range map[string]struct {
		text  string
		want  formats.DocRef
		extra []formats.Field
	}{
		"TD2":   {mint.Brigid.Card("D40617728X31", "F").TD2(), formats.DocRef{Type: "I", Number: "D40617728X31", IssuingState: "UTO", Expires: expires}, nil},
		"MRV-A": {mint.Brigid.Visa("V30719954", "F").MRVA(), formats.DocRef{Type: "V", Number: "V30719954", IssuingState: "UTO", Expires: expires}, nil},
		"MRV-B": {mint.Brigid.Visa("V30719954", "F").MRVB(), formats.DocRef{Type: "V", Number: "V30719954", IssuingState: "UTO", Expires: expires}, nil},
		"FRA-ID": {french.French(), formats.DocRef{Type: "ID", Number: "1904UT300417", IssuingState: "FRA", Issued: formats.Date{Year: 2019, Month: 4, TwoDigitYear: true}},
			[]formats.Field{{Name: "issuing_office", Value: "UT3014"}}},
	} {
		doc := decode(t, c.text, formats.Options{})
		claims := doc.Parts[0].Unverified
		s := claims.Subjects[0]
		if claims.Documents[0] != c.want || !slices.Equal(claims.Extra, c.extra) || doc.Parts[0].Seal != formats.NoSeal || len(doc.Seals) != 0 {
			t.Errorf("%s: %+v", name, claims)
		}
		if s.Names[0].Family != "DARROWSMITH" || s.Names[0].Given != "BRIGID HANNE" || s.Birth.String() != "1979-03-28" || s.Sex != "F" {
			t.Errorf("%s: %+v", name, s)
		}
		if layout := mrz.Format.Trace(formats.Text(c.text), formats.Options{})[0].Detail[0].Value; layout != name {
			t.Errorf("%s: %s", name, layout)
		}
	}
}

// Whoever compares a name that was cut off must know that it was.
func TestANameThatFillsItsFieldIsSaidToBeCut(t *testing.T) {
	long := mint.Jonas.Passport("UT7042724", "M")
	long.Secondary = "JONAS<ALBRECHT<FERDINAND"
	cut := func(text string) bool {
		return slices.ContainsFunc(decode(t, text, formats.Options{}).Parts[0].Unverified.Extra, func(f formats.Field) bool { return f.Name == mrz.NameCut })
	}
	if !cut(long.TD3()) || cut(mint.Maren.Passport("UT7042681", "F").TD3()) || cut(mint.Surya.Passport("UT7042708", "").TD3()) {
		t.Error("a name that fits is said to be cut, or one that was cut is not")
	}
}

func TestASuggestionIsSaidAndNotApplied(t *testing.T) {
	good := mint.Maren.Passport("UT7042681", "F").TD3()
	bad := strings.Replace(good, "8407199F3105205", "84O7199F31O5205", 1)
	doc := decode(t, bad, formats.Options{})
	claims := doc.Parts[0].Unverified
	if !claims.Subjects[0].Birth.IsZero() || !claims.Documents[0].Expires.IsZero() {
		t.Errorf("a suggestion was applied: %+v", claims)
	}
	want := []formats.Field{
		{Name: mrz.SuggestedReading, Value: "line 2, position 16: 0 instead of O"},
		{Name: mrz.SuggestedReading, Value: "line 2, position 24: 0 instead of O"},
	}
	if !slices.Equal(claims.Extra, want) {
		t.Errorf("%+v", claims.Extra)
	}
	failing := 0
	for _, c := range doc.Checks {
		if c.Kind != formats.Digit || c.Result != formats.Fails {
			continue
		}
		failing++
		if !strings.Contains(c.Text, "what was read at line 2, position 16 and at line 2, position 24 is the letter or numeral that looks like it") {
			t.Errorf("%+v", c)
		}
	}
	if failing != 2 { // under the weights 7 and 3 the two misreadings cancel out in the composite check digit
		t.Errorf("%d check digits fail", failing)
	}
	steps := mrz.Format.Trace(formats.Text(bad), formats.Options{})
	last := steps[len(steps)-1]
	if len(steps) != 4 || !slices.Equal(last.Detail, []formats.Field{{Name: "line 2, position 16", Value: "0 instead of O"}, {Name: "line 2, position 24", Value: "0 instead of O"}}) {
		t.Errorf("%+v", last)
	}
	for name, text := range map[string]string{"sound": good, "beyond explanation": strings.Replace(good, "8407199", "8407198", 1)} {
		doc := decode(t, text, formats.Options{})
		if doc.Parts[0].Unverified.Extra != nil || strings.Contains(doc.Checks[1].Text, "looks like") {
			t.Errorf("%s: %+v", name, doc)
		}
	}
}

// A G counts as much as a 6, so that the check digits of such a date hold.
func TestAMisreadingThatNoDigitNoticesIsSuggestedWithTheField(t *testing.T) {
	m := mint.Maren.Passport("UT7042681", "F")
	m.Birth = "840716"
	doc := decode(t, strings.Replace(m.TD3(), "840716", "84071G", 1), formats.Options{})
	var breach []formats.Check
	for _, c := range doc.Checks {
		if c.Result == formats.Fails {
			breach = append(breach, c)
		}
	}
	if len(breach) != 1 || breach[0].Kind != formats.Schema || !strings.Contains(breach[0].Text, "holds a letter; every check digit holds if what was read at line 2, position 19") {
		t.Errorf("%+v", breach)
	}
}

func TestCodesOfStatesAreLookedUp(t *testing.T) {
	for _, c := range []struct{ state, nationality, where string }{
		{"UTO", "UTO", ""}, {"D", "D", ""}, {"D", "XXA", ""}, {"D", "XXB", ""}, {"D", "XXC", ""}, {"D", "XXX", ""}, {"UNO", "", ""}, {"UNA", "UNA", ""},
		{"UNK", "UNK", ""}, {"EUE", "FRA", ""}, {"RKS", "RKS", ""}, {"GBR", "GBD", ""}, {"GBD", "GBN", ""}, {"GBR", "GBS", ""}, {"XOM", "ITA", ""},
		{"ZZZ", "UTO", "line 1, positions 3 to 5"}, {"XXA", "UTO", "line 1, positions 3 to 5"}, {"", "UTO", "line 1, positions 3 to 5"},
		{"DE", "UTO", "line 1, positions 3 to 5"}, {"UTO", "GBX", "line 2, positions 11 to 13"}, {"UTO", "SUN", "line 2, positions 11 to 13"},
	} {
		m := mint.Maren.Passport("UT7042681", "F")
		m.State, m.Nationality = c.state, c.nationality
		where := ""
		for _, check := range decode(t, m.TD3(), formats.Options{}).Checks {
			if check.Result == formats.Fails {
				where += check.Where
				if check.Kind != formats.Schema || strings.Contains(check.Text, c.state+" ") && c.state != "" {
					t.Errorf("%+v", check)
				}
			}
		}
		if where != c.where {
			t.Errorf("%s, %s: %q, want %q", c.state, c.nationality, where, c.where)
		}
	}
}

func TestOtherTextsAreNotClaimed(t *testing.T) {
	good := mint.Maren.Passport("UT7042681", "F").TD3()
	for _, in := range []formats.Input{
		{}, formats.Text(""), formats.Text("\n"), formats.Text("HC1:6BFOXN"), formats.Text("P"), formats.Text("PASSPORT NUMBER 12"),
		formats.Text("<?xml version=\"1.0\"?>"), formats.Text("M1ACHTERBERG/MAREN     EABC123 UTOUTA"), formats.Text("{\"P\":\"<\"}"),
		formats.Text("shc:/5676<"), formats.Text("DC03<<<"), formats.Text(strings.Repeat("P<", 257)),
		{Files: []formats.File{{Name: "DG1", Data: []byte(good)}}},
		{Files: []formats.File{{Data: []byte(good)}, {Name: "DG2"}}},
	} {
		if mrz.Format.Detect(in) {
			t.Errorf("%q is claimed", in.Files)
		}
	}
	for _, text := range []string{good, strings.ToLower(good), good[:50], "\r\n " + good + " \n", "V" + good[1:]} {
		if !mrz.Format.Detect(formats.Text(text)) {
			t.Errorf("%q is not claimed", text)
		}
	}
}

func TestRefusalsNameTheFormatAndThePlace(t *testing.T) {
	good := mint.Maren.Passport("UT7042681", "F").TD3()
	_, err := mrz.Format.Decode(formats.Text(strings.Replace(good, "ZOE", "ZO*", 1)), formats.Options{})
	const want = "mrz: line 1, position 36 at byte 35: a character other than A to Z, 0 to 9 and <"
	if err == nil || err.Error() != want {
		t.Errorf("%v, want %s", err, want)
	}
	for _, in := range []formats.Input{{}, {Files: []formats.File{{Name: "DG1", Data: []byte(good)}}}} {
		if _, err := mrz.Format.Decode(in, formats.Options{}); err == nil || !strings.HasPrefix(err.Error(), "mrz: ") {
			t.Errorf("%v", err)
		}
	}
}

func TestTheTraceShowsLinesFieldsAndDigits(t *testing.T) {
	good := mint.Maren.Passport("UT7042681", "F").TD3()
	bad := strings.Replace(good, "8407199", "8407198", 1)
	steps := mrz.Format.Trace(formats.Text(bad), formats.Options{})
	if len(steps) != 3 {
		t.Fatalf("%+v", steps)
	}
	shown := make(map[string]string)
	for _, s := range steps {
		for _, f := range s.Detail {
			shown[s.Name+"/"+f.Name] = f.Value
		}
	}
	for name, want := range map[string]string{
		"lines/layout": "TD3", "lines/line 1": good[:44], "fields/date of birth": "1984-07-19", "fields/primary identifier": "ACHTERBERG LINDQVIST",
		"check digits/date of birth check digit": "fails: 8 is printed, 9 is right", "check digits/document number check digit": "holds",
	} {
		if shown[name] != want {
			t.Errorf("%s: %q, want %q", name, shown[name], want)
		}
	}
	if steps := mrz.Format.Trace(formats.Text(good[:80]), formats.Options{}); len(steps) != 1 || steps[0].Err == nil {
		t.Errorf("%+v", steps)
	}
}
