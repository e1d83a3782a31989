package heuristics_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/verify"
)

func TestIdentityName(t *testing.T) {
	cert := func(name string) paper { return certificate(person(name, "1984-07-19"), dose("2021-05-10")) }
	mrz := func(name string) paper { return printed(person(name, "1984-07-19")) }
	chip := mrz("ACHTERBERG,MAREN").as(verify.Authentic)
	const mismatch, similar, match, not = "rule.identity_name_mismatch documents[0].holder.names", "rule.identity_name_similar documents[0].holder.names",
		"rule.identity_name_match documents[0].holder.names", "rule.identity_name_not_compared documents[0].holder.names"
	play(t, "rule.identity_name_mismatch", []scene{
		{"another person", []paper{cert("Achterberg,Maren"), mrz("QUILL,TOBIAS")}, []string{mismatch}},
		{"a sister", []paper{cert("Achterberg,Maren"), mrz("ACHTERBERG,JOHANNA")}, []string{mismatch}},
		{"a changed family name, to be asked about", []paper{cert("Achterberg,Maren"), mrz("LINDQVIST,MAREN")}, []string{mismatch}},
		{"a borrowed certificate beside a sealed passport, whichever comes first", []paper{chip, cert("Quill,Tobias")},
			[]string{"rule.identity_name_mismatch documents[1].holder.names"}},
		{"the passport second", []paper{cert("Quill,Tobias"), chip}, []string{mismatch}},
		{"two certificates", []paper{cert("Quill,Tobias"), cert("Achterberg,Maren")}, []string{"rule.identity_name_mismatch documents[1].holder.names"}},
		{"none of several people", []paper{cert("Quill,Tobias").with(person("Quill,Brigid", "1979-03-28")), mrz("ACHTERBERG,MAREN")},
			[]string{"rule.identity_name_mismatch documents[0].subjects"}},

		{"the ICAO form", []paper{cert("Müller,Jörg"), mrz("MUELLER,JOERG")}, []string{match}},
		{"order", []paper{cert("Yunfan,Ouyang"), mrz("OUYANG,YUN<FAN")}, []string{match}},
		{"one name", []paper{cert("Suryawati,"), mrz("SURYAWATI,")}, []string{match}},
		{"Vietnamese", []paper{cert("Nguyễn,Thị Ánh"), mrz("NGUYEN,ANH")}, []string{match}},
		{"second given name missing", []paper{cert("Achterberg,Maren Zoë"), mrz("ACHTERBERG,MAREN")}, []string{match}},
		{"second surname missing", []paper{cert("Peña García,Carmen"), mrz("PENA,CARMEN")}, []string{similar}},
		{"a misread letter", []paper{cert("Achterberg,Maren"), mrz("ACHTERBERG,MARBN")}, []string{similar}},
		{"another script without its ICAO form", []paper{cert("Иванов,Иван"), mrz("IVANOV,IVAN")}, []string{not}},
		{"one of several people", []paper{cert("Quill,Tobias").with(person("Achterberg,Maren", "1984-07-19")), mrz("ACHTERBERG,MAREN")},
			[]string{"rule.identity_name_match documents[0].subjects[1].names"}},
		{"one of several passports", []paper{cert("Achterberg,Maren"), mrz("QUILL,TOBIAS").with(person("ACHTERBERG,MAREN", "1984-07-19"))}, []string{match}},
		{"one of several people in another script", []paper{cert("Quill,Tobias").with(person("Иванов,Иван", "1984-07-19")), mrz("IVANOV,IVAN")},
			[]string{"rule.identity_name_not_compared documents[0].subjects[1].names"}},
		{"more people than are compared", []paper{cert("Quill,Tobias"), mrz("ACHTERBERG,MAREN").with(slices.Repeat([]formats.Subject{maren}, 32)...)}, []string{not}},
		{"as many people as are compared", []paper{cert("Quill,Tobias"), mrz("ACHTERBERG,MAREN").with(slices.Repeat([]formats.Subject{maren}, 31)...)}, []string{mismatch}},
		{"a single document", []paper{cert("Achterberg,Maren")}, nil},
		{"nothing is sealed", []paper{cert("Achterberg,Maren").as(verify.Untrusted), mrz("QUILL,TOBIAS")}, nil},
		{"the other document is disproved", []paper{cert("Achterberg,Maren"), cert("Quill,Tobias").as(verify.Invalid)}, nil},
		{"the other document names nobody", []paper{cert("Achterberg,Maren"), {status: verify.Unsealed}}, nil},
	})
}

func TestIdentityBirth(t *testing.T) {
	births := func(a, b string) []paper {
		return []paper{certificate(person("Achterberg,Maren", a), dose("2021-05-10")), printed(person("ACHTERBERG,MAREN", b))}
	}
	const mismatch, explained, match = "rule.identity_dob_mismatch documents[0].holder.birth_date", "rule.identity_dob_explained documents[0].holder.birth_date",
		"rule.identity_dob_match documents[0].holder.birth_date"
	play(t, "rule.identity_dob_mismatch", []scene{
		{"another date", births("1984-07-19", "1991-11-02"), []string{mismatch}},
		{"another year and month", births("1984-07-19", "1985-08-19"), []string{mismatch}},
		{"another year, known only by itself", births("1984", "1991-11-02"), []string{mismatch}},
		{"1 January of another year", births("1984-01-01", "1991-11-02"), []string{mismatch}},
		{"57 years, which is another calendar only if one date cannot be ours", births("1963-05-17", "2020-05-17"), []string{mismatch}},
		{"Buddhist Era, another day", births("2527-07-19", "1984-07-23"), []string{mismatch}},

		{"equal", births("1984-07-19", "1984-07-19"), []string{match}},
		{"the day is not known", births("1984-07", "1984-07-19"), []string{match}},
		{"only the year is known", births("1984-07-19", "1984"), []string{match}},
		{"day and month exchanged", births("1984-07-11", "1984-11-07"), []string{explained}},
		{"one digit", births("1984-07-19", "1986-07-19"), []string{explained}},
		{"neighbouring digits exchanged", births("1984-07-19", "1948-07-19"), []string{explained}},
		{"one digit of a year alone", births("1984", "1985-07-19"), []string{explained}},
		{"one digit of a month without a day", births("1984-07", "1984-08-19"), []string{explained}},
		{"1 January of the same year", births("1984-01-01", "1984-07-19"), []string{explained}},
		{"1 January in the passport", births("1984-07-19", "1984-01-01"), []string{explained}},
		{"Buddhist Era", births("2527-07-19", "1984-07-19"), []string{explained}},
		{"Buddhist Era in the passport", births("1984-07-19", "2527-07-19"), []string{explained}},
		{"Bikram Sambat", births("2041-04-04", "1984-07-19"), []string{explained}},
		{"solar Hijri", births("1363-04-28", "1984-07-19"), []string{explained}},
		{"lunar Hijri", births("1404-10-20", "1984-07-19"), []string{explained}},
		{"a date that stands for an unknown one", births("1900-01-01", "1984-07-19"), []string{explained}},
		{"no date in one", births("", "1984-07-19"), nil},
		{"no date in either", births("", ""), nil},
		{"one of several people", []paper{certificate(person("Quill,Tobias", "1991-11-02"), dose("2021-05-10")).with(maren), printed(person("ACHTERBERG,MAREN", "1984-07-19"))},
			[]string{"rule.identity_dob_match documents[0].subjects[1].birth_date"}},
		{"one of several people has no date", []paper{certificate(person("Quill,Tobias", "1991-11-02"), dose("2021-05-10")).with(person("Quill,Juno", "")),
			printed(person("ACHTERBERG,MAREN", "1984-07-19"))}, nil},
		{"nothing is sealed", []paper{printed(person("ACHTERBERG,MAREN", "1984-07-19")), printed(person("ACHTERBERG,MAREN", "1991-11-02"))}, nil},
	})
}

func TestTheReasonOfAMatchIsInItsDetail(t *testing.T) {
	_, report := show(t, asOf, certificate(person("Söder,Karl", "1984-07-11"), dose("2021-05-10")), printed(person("KARL,SOEDER", "1984-11-07")))
	details := make(map[verify.Code]string)
	for _, f := range report.Findings {
		details[f.Code] = f.Detail
	}
	for code, want := range map[verify.Code]string{
		"rule.identity_name_match":    "compared with documents[1]: same after transliteration of Ö to OE and change of order",
		"rule.identity_dob_explained": "compared with documents[1]: day and month have changed places",
	} {
		if details[code] != want {
			t.Errorf("%s: %q, want %q", code, details[code], want)
		}
	}
	if report.Verdict != verify.Accept {
		t.Errorf("the verdict is %v", report.Verdict)
	}
}

// A difference in name or birth refers the certificate, and leaves the passport's own verdict alone.
func TestADifferenceRefersTheCertificateAndNothingElse(t *testing.T) {
	chip := printed(person("ACHTERBERG,MAREN", "1984-07-19")).as(verify.Authentic)
	_, report := show(t, asOf, chip, certificate(person("Quill,Tobias", "1991-11-02"), dose("2021-05-10")))
	if report.Verdict != verify.Refer || report.Documents[0].Verdict != verify.Accept || report.Documents[1].Verdict != verify.Refer {
		t.Errorf("%v, documents %v and %v", report.Verdict, report.Documents[0].Verdict, report.Documents[1].Verdict)
	}
}

func TestNamePlaceholder(t *testing.T) {
	cert := func(name, birth string) paper { return certificate(person(name, birth), dose("2021-05-10")) }
	numbered := func(p paper, id string) paper {
		p.claims.Events[0].ID = id
		return p
	}
	utopian := func(p paper, d formats.DocRef) paper {
		p.claims.Documents = []formats.DocRef{d}
		return p
	}
	const says, hint = "rule.name_placeholder documents[0].holder.names", "rule.name_placeholder_hint documents[0].holder.names"
	play(t, "rule.name_placeholder", []scene{
		{"a cartoon born in 1900", []paper{cert("Mouse,Mickey", "1900-01-01")}, []string{says}},
		{"a sponge born in 1900", []paper{cert("Squarepants,Spongebob", "1900")}, []string{says}},
		{"the specimen of passports", []paper{utopian(cert("Eriksson,Anna Maria", "1974-08-12"), formats.DocRef{IssuingState: "UTO"})}, []string{says}},
		{"the specimen's number", []paper{utopian(cert("Eriksson,Anna Maria", "1974-08-12"), formats.DocRef{Number: "L898902C3"})}, []string{says}},
		{"a test identifier", []paper{numbered(cert("Mustermann,Erika", "1964-08-12"), "URN:UVCI:01:DE:TEST/12345")}, []string{says}},
		{"John Doe with a specimen's identifier", []paper{numbered(cert("Doe,John", "1964-08-12"), "urn:uvci:01:uk:specimen#4")}, []string{says}},

		{"a name of forms alone is a hint", []paper{cert("Test,Test", "1984-07-19")}, []string{hint}},
		{"a specimen's name alone is a hint", []paper{cert("Mustermann,Erika", "1964-08-12")}, []string{hint}},
		{"keys in a row are a hint", []paper{cert("Qwertz,Asdfg", "1984-07-19")}, []string{hint}},
		{"one letter struck again and again is a hint", []paper{cert("Xxxxx,A", "1984-07-19")}, []string{hint}},

		{"an unknown birth date by itself", []paper{cert("Achterberg,Maren", "1900-01-01")}, nil},
		{"a birth on 1 January", []paper{cert("Doe,John", "1964-01-01")}, nil},
		{"a real Anna Maria Eriksson", []paper{cert("Eriksson,Anna Maria", "1971-02-03")}, nil},
		{"a real John Doe", []paper{cert("Doe,John Kwame", "1971-02-03")}, nil},
		{"a politician named after another", []paper{cert("Uunona,Adolf Hitler", "1966-02-03")}, nil},
		{"a family called Test", []paper{cert("Test,Zoë", "1971-02-03")}, nil},
		{"a family called Sample", []paper{cert("Sample,Brigid", "1971-02-03")}, nil},
		{"a test centre's identifier by itself", []paper{numbered(cert("Achterberg,Maren", "1984-07-19"), "URN:UVCI:01:DE:TEST/12345")}, nil},
		{"an identifier with the word inside another", []paper{numbered(cert("Doe,John", "1971-02-03"), "URN:UVCI:01:AT:PROTESTANT")}, nil},
		{"a name in another script", []paper{cert("Иванов,Иван", "1900-01-01")}, nil},
		{"no name", []paper{cert(",", "1900-01-01")}, nil},
		{"not sealed", []paper{cert("Mouse,Mickey", "1900-01-01").as(verify.Untrusted)}, nil},
	})
}

func TestThePlaceholderRuleNamesTheSecondSign(t *testing.T) {
	_, report := show(t, asOf, certificate(person("Mouse,Mickey", "1900-01-01"), dose("2021-05-10")))
	for _, f := range report.Findings {
		if f.Code == "rule.name_placeholder" && strings.Contains(f.Detail, "birth date") && report.Verdict == verify.Refer {
			return
		}
	}
	t.Errorf("%v %+v", report.Verdict, report.Findings)
}
