package names_test

import (
	"strings"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/heuristics/names"
)

// spelled is a name as an issuer writes it, passport as a machine-readable zone has it.
func spelled(family, given string) []formats.Name {
	return []formats.Name{{Family: family, Given: given}}
}

func passport(family, given string) []formats.Name {
	return []formats.Name{{Family: family, Given: given, Script: "icao"}}
}

func whole(full string) []formats.Name { return []formats.Name{{Full: full}} }

// both is a name in its own script and in the ICAO form of the same document.
func both(family, given, familyICAO, givenICAO string) []formats.Name {
	return append(spelled(family, given), passport(familyICAO, givenICAO)...)
}

type comparison struct {
	custom string
	a, b   []formats.Name
	want   names.Level
	reason string // the whole reason; "" where it is not looked at
}

func check(t *testing.T, list []comparison) {
	t.Helper()
	for _, c := range list {
		t.Run(c.custom, func(t *testing.T) {
			got, back := names.Compare(c.a, c.b), names.Compare(c.b, c.a)
			if got.Level != c.want {
				t.Errorf("%v (%.3f, %s), want %v", got.Level, got.Score, got.Reason, c.want)
			}
			if c.reason != "" && got.Reason != c.reason {
				t.Errorf("reason %q, want %q", got.Reason, c.reason)
			}
			if back.Level != got.Level || back.Score != got.Score {
				t.Errorf("the other way round %v %.3f, not %v %.3f", back.Level, back.Score, got.Level, got.Score)
			}
		})
	}
}

func TestOnePersonInTwoDocumentsHasTheSameName(t *testing.T) {
	check(t, []comparison{
		{"plain", spelled("Quill", "Tobias"), passport("QUILL", "TOBIAS"), names.Same, "same as written"},
		{"German, ICAO form", spelled("Müller", "Jörg"), passport("MUELLER", "JOERG"), names.Same,
			"same after transliteration of Ü to UE and Ö to OE"},
		{"German, order", spelled("Söder", "Karl"), whole("KARL SOEDER"), names.Same,
			"same after transliteration of Ö to OE and change of order"},
		{"German, letters without dots", spelled("Müller", "Jörg"), spelled("Muller", "Jorg"), names.Same, ""},
		{"German, UXX", spelled("Müller", "Jörg"), passport("MUXXLLER", "JOERG"), names.Same, ""},
		{"German, sharp s", spelled("Weiß-Groß", "Anna"), passport("WEISS<GROSS", "ANNA"), names.Same, ""},
		{"German, sharp S as capital", spelled("WEIẞ", "Anna"), passport("WEISS", "ANNA"), names.Same, ""},
		{"decomposed letters", spelled("Mu\u0308ller", "Jo\u0308rg"), passport("MUELLER", "JOERG"), names.Same, ""},
		{"Danish", spelled("Ødegård", "Søren Æbelø"), passport("OEDEGAARD", "SOEREN<AEBELOE"), names.Same, ""},
		{"Swedish, one letter for Å", spelled("Åberg", "Måns"), passport("ABERG", "MANS"), names.Same, ""},
		{"Icelandic", spelled("Þórðardóttir", "Guðrún"), passport("THORDARDOTTIR", "GUDRUN"), names.Same, ""},
		{"Polish", spelled("Wałęsa", "Łucja Żaneta"), passport("WALESA", "LUCJA<ZANETA"), names.Same, ""},
		{"Turkish", spelled("Işık", "İbrahim Şükrü"), passport("ISIK", "IBRAHIM<SUEKRUE"), names.Same, ""},
		{"Turkish, capitals", spelled("IŞIK", "İBRAHİM"), spelled("ışık", "ibrahim"), names.Same, ""},
		{"Croatian", spelled("Đurić", "Željko"), passport("DJURIC", "ZELJKO"), names.Same, ""},
		{"Spanish, all there", spelled("Peña García", "María del Carmen"), passport("PENA<GARCIA", "MARIA<DEL<CARMEN"), names.Same, ""},
		{"Spanish, NXX", spelled("Peña", "Íñigo"), passport("PENXXA", "INXXIGO"), names.Same, ""},
		{"Vietnamese", spelled("Nguyễn", "Thị Thanh Ánh"), passport("NGUYEN", "THI<THANH<ANH"), names.Same, "same after leaving out accents"},
		{"Vietnamese, given name first", spelled("Đặng", "Văn Hùng"), whole("HUNG VAN DANG"), names.Same,
			"same after transliteration of Đ to D, leaving out accents and change of order"},
		{"Vietnamese, without the middle name", spelled("Trần", "Thị Hương"), passport("TRAN", "HUONG"), names.Same, ""},
		{"Vietnamese, a short family name", spelled("Lê", "Văn Đô"), passport("LE", "VAN<DO"), names.Same, ""},
		{"Indonesian, one name", spelled("", "Sukarwati"), passport("SUKARWATI", ""), names.Same, "same as written"},
		{"Indonesian, one name written twice", spelled("Sukarwati", "Sukarwati"), passport("SUKARWATI", ""), names.Same,
			"same after reading a repeated single name once"},
		{"one name and a stand-in", spelled("Sukarwati", "FNU"), passport("SUKARWATI", ""), names.Same, ""},
		{"Chinese, joined", spelled("Ouyang", "Yun Fan"), passport("OUYANG", "YUNFAN"), names.Same, "same after joining parts"},
		{"Chinese, hyphen and order", whole("Xiao-Ming Wang"), passport("WANG", "XIAOMING"), names.Same, ""},
		{"Chinese, fields exchanged", spelled("Xiaoming", "Wang"), passport("WANG", "XIAOMING"), names.Same, "same after change of order"},
		{"Korean", spelled("Kim", "Min-jun"), passport("KIM", "MINJUN"), names.Same, ""},
		{"Arabic, article joined", spelled("Al-Zaytuni", "Samar"), passport("ALZAYTUNI", "SAMAR"), names.Same, ""},
		{"Arabic, article missing", spelled("Al-Zaytuni", "Samar"), passport("ZAYTUNI", "SAMAR"), names.Same, ""},
		{"Arabic, joined article missing", spelled("Elzaytuni", "Samar"), passport("ZAYTUNI", "SAMAR"), names.Same, ""},
		{"Arabic, son of", spelled("Al Harthy", "Said bin Hamad"), passport("ALHARTHY", "SAID<HAMAD"), names.Same, ""},
		{"Arabic, written as one", spelled("Zaytuni", "Abd Al Rahman"), passport("ZAYTUNI", "ABDALRAHMAN"), names.Same, ""},
		{"Bengali, short form", spelled("Sengupta", "Md. Rafiq"), passport("SENGUPTA", "MOHAMMAD<RAFIQ"), names.Same,
			"same after writing a customary short form in full"},
		{"Malay, patronymic", whole("NURUL AIN BINTI OSMAN"), passport("NURUL<AIN<OSMAN", ""), names.Same, ""},
		{"Tamil, initial", whole("S. Kumaraswamy"), spelled("Kumaraswamy", "Selvan"), names.Same,
			"same after change of order and reading initials"},
		{"Dutch, particles", spelled("van der Berg", "Jan"), passport("BERG", "JAN"), names.Same, ""},
		{"Irish", spelled("O’Brien", "Siobhán"), passport("OBRIEN", "SIOBHAN"), names.Same, ""},
		{"Irish, apostrophe as a space", spelled("O'Brien", "Siobhán"), passport("O<BRIEN", "SIOBHAN"), names.Same, ""},
		{"Hawaiian", spelled("Kahananui", "Leiʻa"), passport("KAHANANUI", "LEIA"), names.Same, ""},
		{"French hyphen", spelled("Dupré", "Jean-Pierre"), passport("DUPRE", "JEAN<PIERRE"), names.Same, ""},
		{"French, hyphen left out", spelled("Dupré", "Jean-Pierre"), passport("DUPRE", "JEANPIERRE"), names.Same, ""},
		{"title", spelled("Quill", "Dr. Tobias"), passport("QUILL", "TOBIAS"), names.Same, ""},
		{"suffix", spelled("Quill Jr.", "Tobias"), passport("QUILL", "TOBIAS"), names.Same, ""},
		{"second given name missing", spelled("Quill", "Tobias Emil"), passport("QUILL", "TOBIAS"), names.Same,
			"same after leaving out given names that one document lacks"},
		{"undivided with fillers", whole("QUILL<<TOBIAS<EMIL"), passport("QUILL", "TOBIAS"), names.Same, ""},
		{"undivided with a comma", whole("Quill, Tobias Emil"), passport("QUILL", "TOBIAS"), names.Same, ""},
		{"full-width letters", spelled("Ｑｕｉｌｌ", "Ｔｏｂｉａｓ"), passport("QUILL", "TOBIAS"), names.Same, ""},
		{"many parts", spelled("Herath Mudiyanselage Ranasinghe Bandara", "Don Kusum Indika Samanthi"),
			passport("HERATH<MUDIYANSELAGE<RANASINGHE<BANDARA", "DON<KUSUM<INDIKA<SAMANTHI"), names.Same, "same as written"},
	})
}

func TestAnotherSpellingIsSimilarAndNotDifferent(t *testing.T) {
	check(t, []comparison{
		{"one letter", spelled("Quill", "Tobias"), passport("QUILL", "TOBIES"), names.Similar, "2 of 2 parts agree or are spelled alike"},
		{"Arabic vowels", spelled("Zaytuni", "Youssef"), passport("ZAYTUNI", "YUSUF"), names.Similar, ""},
		{"Arabic, one word", spelled("Zaytuni", "Abdul Rahman"), passport("ZAYTUNI", "ABDALRAHMAN"), names.Similar, ""},
		{"Russian ending", spelled("Kuznetsov", "Sergei"), passport("KUZNETSOV", "SERGEY"), names.Similar, ""},
		{"neither document has the dots", spelled("Muller", "Jorg"), passport("MUELLER", "JOERG"), names.Similar, ""},
		{"Spanish, second surname missing", spelled("Peña García", "Carmen"), passport("PENA", "CARMEN"), names.Similar,
			"2 of 2 parts agree after transliteration of Ñ to N and leaving out a part of the name that one document lacks"},
		{"surname added at marriage", spelled("Quill-Söderblom", "Maren"), passport("QUILL", "MAREN"), names.Similar, ""},
		{"father's name added to one name", spelled("Sukarwati", "Hadi"), passport("SUKARWATI", ""), names.Similar, ""},
		{"initials only", spelled("S", "J"), passport("SODERBLOM", "JONAS"), names.Similar, ""},
		{"two initials", spelled("Perera", "W. M."), passport("PERERA", "WASANTHA<MALINI"), names.Similar, ""},
	})
}

func TestAnotherPersonsNameIsDifferent(t *testing.T) {
	check(t, []comparison{
		{"all", spelled("Quill", "Tobias"), passport("SODERBLOM", "MAREN"), names.Different, "0 of 2 parts agree"},
		{"sister", spelled("García", "Ana"), passport("GARCIA", "MARIA"), names.Different, "1 of 2 parts agrees after leaving out accents"},
		{"another surname", spelled("Quill", "Maren"), passport("ACHTERBERG", "MAREN"), names.Different, ""},
		{"short Chinese names", spelled("Wang", "Wei"), passport("WANG", "FEI"), names.Different, ""},
		{"Vietnamese, the given name alone differs", spelled("Nguyễn", "Văn Ánh"), passport("NGUYEN", "VAN<BINH"), names.Different, ""},
		{"Vietnamese, the family name alone differs", spelled("Lê", "Văn Ánh"), passport("NGUYEN", "VAN<ANH"), names.Different, ""},
		{"four parts, one another", spelled("Peña García", "María Carmen"), passport("PENA<GARCIA", "MARIA<ROSA"), names.Different, ""},
		{"one name", spelled("Sukarwati", ""), passport("SUHARTONO", ""), names.Different, ""},
		{"one initial is no proof", spelled("", "S"), passport("SODERBLOM", "JONAS"), names.Different, ""},
		{"same short form, another name", spelled("Hossain", "Md. Rafiq"), passport("HOSSAIN", "MOHAMMAD<TARIQUL"), names.Different, ""},
	})
}

func TestANameThatFillsItsFieldMayBeCut(t *testing.T) {
	// Names of 30, 31 and 39 characters with their fillers, as TD1, TD2 and TD3 have room for.
	check(t, []comparison{
		{"TD3, last given name cut", spelled("Wickramasinghe Bandaranayake", "Konstantinos Alexandros"),
			passport("WICKRAMASINGHE<BANDARANAYAKE", "KONSTANTI"), names.Same,
			"same after allowing for a machine-readable line that is too short"},
		{"TD2, given names missing", spelled("Wickramasinghe", "Konstantinos Alexandros Ioannis"),
			passport("WICKRAMASINGHE", "KONSTANTINOS<AL"), names.Same, ""},
		{"TD1", spelled("Wickramasinghe", "Konstantinos Alexandros"), passport("WICKRAMASINGHE", "KONSTANTINOS<A"), names.Same, ""},
		{"one character shorter is not full", spelled("Wickramasinghe Bandaranayake", "Konstantinos Alexandros"),
			passport("WICKRAMASINGHE<BANDARANAYAKE", "KONSTANT"), names.Similar, ""},
		{"full, and another person", spelled("Wickramasinghe Bandaranayake", "Maria Alexandra"),
			passport("WICKRAMASINGHE<BANDARANAYAKE", "KONSTANTI"), names.Different, ""},
		{"only a machine-readable name is cut", spelled("Wickramasinghe Bandaranayake", "Konstanti"),
			spelled("Wickramasinghe Bandaranayake", "Konstantinos"), names.Similar, ""},
	})
}

func TestOtherScriptsAreComparedByTheDocumentsOwnICAOForm(t *testing.T) {
	mali := both("แก้วทองคำ", "มะลิ", "KAEOTHONGKHAM", "MALI")
	check(t, []comparison{
		{"Thai", mali, passport("KAEOTHONGKHAM", "MALI"), names.Same,
			"same as written; by the ICAO form of a name that the document has in another script"},
		{"Chinese", both("歐陽", "雲帆", "OUYANG", "YUNFAN"), passport("OUYANG", "YUN<FAN"), names.Same,
			"same after joining parts; by the ICAO form of a name that the document has in another script"},
		{"another person", mali, passport("QUILL", "TOBIAS"), names.Different, ""},
		{"no ICAO form", spelled("Иванов", "Иван"), passport("IVANOV", "IVAN"), names.Unknown,
			"not compared: a document has the name in another script only, without its ICAO form"},
		{"one letter of another script", spelled("Qu\u0456ll", "Tobias"), passport("QUILL", "TOBIAS"), names.Unknown, ""},
		{"the Latin spelling needs no ICAO form", both("Söder", "Karl", "SOEDER", "KARL"), passport("SOEDER", "KARL"), names.Same, "same as written"},
	})
}

func TestNoNameIsNoDifference(t *testing.T) {
	for _, c := range []struct{ a, b []formats.Name }{
		{nil, nil}, {nil, spelled("Quill", "Tobias")}, {spelled("", ""), spelled("Quill", "Tobias")},
		{spelled("<<", "- ."), spelled("Quill", "Tobias")}, {whole("123"), whole("123")},
	} {
		got := names.Compare(c.a, c.b)
		if got.Level != names.Unknown || got.Score != 0 || got.Reason != "not compared: a document gives no name" {
			t.Errorf("%v and %v: %+v", c.a, c.b, got)
		}
	}
}

func TestTheBestOfSeveralSpellingsCounts(t *testing.T) {
	several := append(spelled("Achterberg", "Maren"), spelled("Lindqvist", "Maren")...)
	if got := names.Compare(several, passport("LINDQVIST", "MAREN")); got.Level != names.Same {
		t.Errorf("%+v", got)
	}
	five := append(append(append(several, several...), several...), passport("QUILL", "TOBIAS")...)
	if got := names.Compare(five, passport("QUILL", "TOBIAS")); got.Level == names.Same {
		t.Errorf("a seventh spelling was looked at: %+v", got)
	}
}

func TestTheReasonHoldsNoPartOfAName(t *testing.T) {
	for _, b := range [][]formats.Name{passport("SOEDERBLOM", "JONAS<EMIL"), passport("SODERBLOM", "JONAH"), passport("ACHTERBERG", "MAREN")} {
		reason := strings.ToUpper(names.Compare(spelled("Söderblom", "Jonas"), b).Reason)
		for _, word := range []string{"DERBLOM", "JONA", "EMIL", "ACHTERBERG", "MAREN"} {
			if strings.Contains(reason, word) {
				t.Errorf("%q", reason)
			}
		}
	}
}

func TestLevelsHaveNames(t *testing.T) {
	for l, want := range map[names.Level]string{names.Unknown: "unknown", names.Different: "different", names.Similar: "similar",
		names.Same: "same", 9: "unknown", -1: "unknown"} {
		if l.String() != want {
			t.Errorf("%d is %q", int(l), l)
		}
	}
}

func TestWordsAreThePartsInTheFirstTransliteration(t *testing.T) {
	for _, c := range []struct {
		name formats.Name
		want string
	}{
		{formats.Name{Family: "Müller-Söderblom", Given: "Jonas Å."}, "MUELLER SOEDERBLOM JONAS AA"},
		{formats.Name{Full: "QUILL<<TOBIAS"}, "QUILL TOBIAS"},
		{formats.Name{Family: "Иванов"}, ""},
		{formats.Name{}, ""},
	} {
		if got := strings.Join(names.Words(c.name), " "); got != c.want {
			t.Errorf("%+v: %q, want %q", c.name, got, c.want)
		}
	}
}
