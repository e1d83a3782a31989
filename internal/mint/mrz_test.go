package mint_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/internal/mint"
)

// The specimen zones of Doc 9303-4 to 9303-7, in their appendices.
func TestZonesAreWrittenAsTheSpecificationShowsThem(t *testing.T) {
	anna := mint.MRZ{
		Code: "P", State: "UTO", Primary: "ERIKSSON", Secondary: "ANNA<MARIA", Number: "L898902C3", Nationality: "UTO",
		Birth: "740812", Sex: "F", Expires: "120415", Optional: "ZE184226B",
	}
	card := anna
	card.Code, card.Number, card.Optional = "I", "D23145890", ""
	long := card
	long.Number, long.Birth, long.Sex, long.Expires = "D23145890734", "340712", "M", "950712"
	long.Primary, long.Secondary = "STEVENSON", "PETER<JOHN"
	visa := anna
	visa.Code, visa.Number, visa.Nationality, visa.Birth, visa.Expires, visa.Optional = "V", "L8988901C", "XXX", "400907", "961210", "6ZE184226B"
	small := visa
	small.Optional = ""
	for _, c := range []struct{ got, want string }{
		{anna.TD3(), "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10"},
		{card.TD1(), "I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\nERIKSSON<<ANNA<MARIA<<<<<<<<<<"},
		{card.TD2(), "I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\nD231458907UTO7408122F1204159<<<<<<<6"},
		{long.TD2(), "I<UTOSTEVENSON<<PETER<JOHN<<<<<<<<<<\nD23145890<UTO3407127M95071227349<<<8"},
		{visa.MRVA(), "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL8988901C4XXX4009078F96121096ZE184226B<<<<<<"},
		{small.MRVB(), "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\nL8988901C4XXX4009078F9612109<<<<<<<<"},
		{long.TD1(), "I<UTOD23145890<7349<<<<<<<<<<<\n3407127M9507122UTO<<<<<<<<<<<2\nSTEVENSON<<PETER<JOHN<<<<<<<<<"},
	} {
		if c.got != c.want {
			t.Errorf("got\n%s\nwant\n%s", c.got, c.want)
		}
	}
}

func TestCheckDigitsFollowTheExamplesOfTheSpecification(t *testing.T) {
	// Doc 9303-3, appendix A.
	for s, want := range map[string]string{
		"520727": "3", "AB2134<<<": "5", "HA672242<658022549601086<<<<<<<<<<<<<<0": "8", "<<<<<<": "0", "": "0",
	} {
		if got := mint.CheckDigit(s); got != want {
			t.Errorf("%q: %s, want %s", s, got, want)
		}
	}
}

func TestACharacterThatNoZoneHasIsNotCounted(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("no panic")
		}
	}()
	mint.CheckDigit("a")
}

func TestZonesHaveNamesOfTheirOwnAndOneShapeEach(t *testing.T) {
	var names, texts []string
	for _, c := range mint.MRZCases() {
		if slices.Contains(names, c.Name) || slices.Contains(texts, c.Text) || c.About == "" {
			t.Errorf("%s: the name or the text is another's, or nothing says what it is", c.Name)
		}
		names, texts = append(names, c.Name), append(texts, c.Text)
		if c.Want.Verdict != "refer" || c.Want.Code == "" {
			t.Errorf("%s: nobody seals a printed zone, so it is referred, for a reason that has a code: %v", c.Name, c.Want)
		}
		if c.Want.Status == "unreadable" {
			continue
		}
		if c.Name == "guillemets" || c.Name == "lines-broken" {
			continue
		}
		width := 44
		for prefix, other := range map[string]int{"card": 30, "td2": 36, "mrv-b": 36, "france": 36} {
			if strings.HasPrefix(c.Name, prefix) {
				width = other
			}
		}
		for _, line := range strings.Split(c.Text, "\n") {
			if len(line) != width && len(line) != 2*44 {
				t.Errorf("%s: a line of %d characters", c.Name, len(line))
			}
		}
	}
}
