package emrtd_test

import (
	"bytes"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/internal/mint/chip"
	"github.com/travelseal/travelseal/internal/mint/der"
	"github.com/travelseal/travelseal/verify"
)

// A sealed group that cannot be read is one breach at its place; the seal and the other groups stand.
func TestABrokenGroupIsOneFinding(t *testing.T) {
	whole := full().With(5, chip.DisplayedPortrait("yunfan")).With(7, chip.Signature("yunfan")).With(16, chip.DG16("X", "1"))
	want := names(decode(t, whole, formats.Options{}))
	for n, tag := range map[int]byte{1: 0x61, 2: 0x75, 3: 0x63, 5: 0x65, 7: 0x67, 11: 0x6B, 12: 0x6C, 14: 0x6E, 15: 0x6F, 16: 0x70} {
		for name, content := range map[string][]byte{
			"nothing": nil, "text": []byte("hello"), "another group": {0x60, 0}, "cut off": whole.Groups[n][:len(whole.Groups[n])/2],
			"nothing in it": {tag, 0}, "something else in it": {tag, 3, 0x04, 1, 0}, "something after it": append(bytes.Clone(whole.Groups[n]), 7),
		} {
			if n == 3 && strings.Contains(name, "in it") { // nobody looks into it
				continue
			}
			x := whole.With(n, content)
			doc := decode(t, x, formats.Options{})
			if got := notable(doc); !begin(got, []string{chip.DGName(n) + ": "}) {
				t.Errorf("DG%d, %s: %q", n, name, got)
			}
			if p := part(t, doc, chip.DGName(n)); !reflect.DeepEqual(p.Unverified, formats.Claims{}) && name != "something after it" {
				t.Errorf("DG%d, %s: it says %+v", n, name, p.Unverified)
			}
			if got := names(doc); !slices.Equal(got, want) {
				t.Errorf("DG%d, %s: parts %v", n, name, got)
			}
			if name != "something after it" { // that is not sealed: the digest is over the value
				judged(t, chip.DGName(n)+", "+name, x, breaks.at(chip.DGName(n)))
			}
		}
	}
}

func TestPaddingOfAGroupIsNoPartOfIt(t *testing.T) {
	c := chip.Good()
	for name, x := range map[string]struct {
		tail []byte
		want outcome
	}{
		"zeros": {[]byte{0, 0, 0}, mentioned.at("DG2")}, "FF": {[]byte{0xFF}, mentioned.at("DG2")},
		"zeros and FF": {[]byte{0, 0xFF}, breaks.at("DG2")}, "a byte": {[]byte{1}, breaks.at("DG2")}, "itself": {c.Groups[2], breaks.at("DG2")},
	} {
		judged(t, name, c.Put(2, append(bytes.Clone(c.Groups[2]), x.tail...)), x.want)
	}
	o := formats.Options{Refuse: []string{"file-padding"}}
	doc := decode(t, c.Put(2, append(bytes.Clone(c.Groups[2]), 0)), o)
	if n := notable(doc); !begin(n, []string{"DG2: DG2 at byte "}) {
		t.Errorf("%q", n)
	}
	refused(t, input(c.SOD(func(b []byte) []byte { return append(b, 0) }).Files()), o, formats.CodeTrailing, "EF.SOD")
	com := c.PutFile("EF.COM", append(c.Files()["EF.COM"], 0))
	if n := notable(decode(t, com, o)); !slices.Equal(n, []string{"EF.COM: (com-differs)"}) {
		t.Errorf("%q", n)
	}
}

func TestTheZoneOfAChipIsReadStrictly(t *testing.T) {
	good := mint.Maren.Passport("UT0017243", "F").TD3()
	with := func(zone string) chip.Chip { return chip.Of(zone, "maren", chip.Utopia().DSC) }
	for name, x := range map[string]struct {
		zone string
		want []string
	}{
		"small letters":        {strings.Replace(good, "MAREN", "maren", 1), []string{"DG1: line 1"}},
		"blanks":               {strings.Replace(good, "<<MAREN", "  MAREN", 1), []string{"DG1: line 1"}},
		"another character":    {strings.Replace(good, "<<MAREN", "__MAREN", 1), []string{"DG1: line 1"}},
		"a wrong digit":        {strings.Replace(good, "8407199", "8407198", 1), []string{"DG1, line 2, position 20: ", "DG1, line 2, position 44: "}},
		"a quotation mark":     {strings.Replace(good, "<<MAREN", "«MAREN", 1), []string{"DG1: line 1"}},
		"a document of size 2": {mint.Maren.Card("UT0017243", "F").TD2(), nil},
		"a visa":               {"V" + good[1:], []string{"DG1: document code: "}},
		"an old French card":   {mint.Maren.FrenchCard("1904UT300417", "F").French(), []string{"DG1: document code: "}},
		"a date of zeros": {mint.MRZ{Code: "P", State: "UTO", Primary: "X", Number: "1", Nationality: "UTO", Birth: "840000", Sex: "F", Expires: "310520"}.TD3(),
			[]string{"DG1, line 2, positions 14 to 19: (mrz-zero-date)"}},
	} {
		if n := notable(decode(t, with(x.zone), formats.Options{})); !begin(n, x.want) {
			t.Errorf("%s: %q, want %q", name, n, x.want)
		}
	}
	judged(t, "a wrong digit, sealed", with(strings.Replace(good, "8407199", "8407198", 1)), outcome{verify.Authentic, verify.Refer, verify.CheckMismatch, "DG1, line 2, position 20"})
	// What helps people who type is of no use here, whoever switches it on.
	o := formats.Options{Tolerate: []string{"mrz-lowercase", "mrz-spaces", "mrz-guillemets"}}
	if n := notable(decode(t, with(strings.Replace(good, "MAREN", "maren", 1)), o)); !begin(n, []string{"DG1: line 1"}) {
		t.Errorf("%q", n)
	}
}

func TestACardsZoneIsReadToo(t *testing.T) {
	doc := decode(t, chip.GoodBrainpool(), formats.Options{})
	want := formats.DocRef{Type: "I", Number: "UT4410095", IssuingState: "UTO", Expires: formats.Date{Year: 2031, Month: 5, Day: 20, TwoDigitYear: true}}
	if got := part(t, doc, "DG1").Unverified.Documents; !slices.Equal(got, []formats.DocRef{want}) {
		t.Errorf("%+v", got)
	}
}

// A document without a date of expiry is not expired, and its seal is not asked to outlive it.
func TestADocumentMayHaveNoExpiry(t *testing.T) {
	zone := mint.Maren.Passport("UT0017243", "F")
	zone.Expires = "<<<<<<"
	doc := decode(t, chip.Of(zone.TD3(), "maren", chip.Utopia().DSC), formats.Options{})
	if !doc.Validity.NotAfter.IsZero() {
		t.Errorf("%v", doc.Validity)
	}
	zone.Expires = "251101"
	judged(t, "expired", chip.Of(zone.TD3(), "maren", chip.Utopia().DSC), outcome{verify.Authentic, verify.Reject, verify.TimeExpired, ""})
}

func TestAnotherDateOfBirthIsABreachAndNoSecondPerson(t *testing.T) {
	c := bilingual()
	for name, x := range map[string]struct {
		birth string
		want  outcome
	}{
		"another day":     {"19960831", breaks.at("DG11")},
		"another century": {"18960830", outcome{verify.Authentic, verify.Accept, "", ""}}, // the zone has two digits
		"no day":          {"19960800", outcome{verify.Authentic, verify.Accept, "", ""}},
		"none":            {"", outcome{verify.Authentic, verify.Accept, "", ""}},
	} {
		chip := c.With(11, chip.DG11(chip.Detail{Name: "歐陽<<雲帆", Birth: x.birth}))
		judged(t, name, chip, x.want)
		if d := inspect(t, chip); len(d.Verified.Subjects) != 1 || len(d.Verified.Subjects[0].Names) != 2 {
			t.Errorf("%s: %+v", name, d.Verified.Subjects)
		}
	}
}

func TestNamesAreDividedAtTwoFillers(t *testing.T) {
	for text, want := range map[string]formats.Name{
		"ØDEGÅRD<QUILL<<TOBIAS<JAN": {Family: "ØDEGÅRD QUILL", Given: "TOBIAS JAN", Source: "DG11"},
		"แก้วทองคำ<<มะลิ":           {Family: "แก้วทองคำ", Given: "มะลิ", Source: "DG11"},
		"سمر الزيتوني":              {Full: "سمر الزيتوني", Source: "DG11"},
		"SURYAWATI<":                {Full: "SURYAWATI", Source: "DG11"},
		"SURYAWATI<<":               {Family: "SURYAWATI", Source: "DG11"},
	} {
		doc := decode(t, chip.Good().With(11, chip.DG11(chip.Detail{Name: text})), formats.Options{})
		if got := part(t, doc, "DG11").Unverified.Subjects[0].Names; !slices.Equal(got, []formats.Name{want}) {
			t.Errorf("%q: %+v", text, got)
		}
	}
}

func TestWhatGenuineChipsDoOtherwiseMayBeRefused(t *testing.T) {
	unlisted := der.Tagged([]byte{0x6B}, der.Tagged([]byte{0x5C}), der.Tagged([]byte{0x5F, 0x14}, der.Raw("DR"))).Encode()
	c := chip.Good().With(11, unlisted)
	judged(t, "tolerated", c, mentioned.at("DG11"))
	doc := decode(t, c, formats.Options{Refuse: []string{"lds-tag-list"}})
	if n := notable(doc); !begin(n, []string{"DG11: the tag list at byte "}) || !reflect.DeepEqual(part(t, doc, "DG11").Unverified, formats.Claims{}) {
		t.Errorf("%q", n)
	}
	for name, x := range map[string]struct {
		chip chip.Chip
		want string
	}{
		"dg-not-given": {full().WithoutDG(14), "EF.SOD: sealed, and not given: DG14"},
		"com-differs":  {chip.Good().PutFile("EF.COM", chip.COM("0107", "040000", 1)), "EF.COM: lists other"},
	} {
		if n := notable(decode(t, x.chip, formats.Options{Refuse: []string{name}})); !begin(n, []string{x.want}) {
			t.Errorf("%s: %q", name, n)
		}
	}
	refused(t, input(chip.Good().Unwrapped().Files()), formats.Options{Refuse: []string{"sod-bare"}}, formats.CodeEnvelope, "EF.SOD")
	refused(t, input(chip.GoodBER().Files()), formats.Options{Refuse: []string{"ber.indefinite_length"}}, formats.CodeNonCanonical, "EF.SOD")
}

func TestWhatHidesCharactersIsSeen(t *testing.T) {
	for name, x := range map[string]chip.Detail{"name": {Name: "QUILL<<TOBIAS\u202EREIX"}, "address": {Address: "1 UTOPIA\u200BSTREET"}} {
		judged(t, name, chip.Good().With(11, chip.DG11(x)), outcome{verify.Authentic, verify.Refer, verify.ContentHidden, ""})
	}
}
