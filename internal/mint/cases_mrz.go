package mint

import "strings"

// MRZCases lists the documents of testdata/mrz: first those with nothing against them, which are referred all the same
// because nobody has sealed them, then those in which something is wrong.
func MRZCases() []Case { return append(soundZones(), unsoundZones()...) }

// soundZones are zones that keep to the specification.
func soundZones() []Case {
	want := Want{Status: "unsealed", Verdict: "refer", Code: "seal.not_of_this_kind"}
	with := func(m MRZ, change func(*MRZ)) MRZ {
		change(&m)
		return m
	}
	return []Case{
		{Name: "passport", About: "A passport with optional data.", Want: want,
			Text: with(Maren.Passport("UT7042681", "F"), func(m *MRZ) { m.Optional = "84K719" }).TD3()},
		{Name: "passport-blank-digit", About: "A passport without optional data, whose check digit is a filler.", Want: want,
			Text: with(Tobias.Passport("UT7042699", "M"), func(m *MRZ) { m.BlankDigit = true }).TD3()},
		{Name: "passport-zero-digit", About: "A passport without optional data, whose check digit is 0; the number is short.", Want: want,
			Text: Brigid.Passport("UT70427", "F").TD3()},
		{Name: "passport-mononym", About: "A person with one name; the sex is not specified.", Want: want,
			Text: Surya.Passport("UT7042708", "").TD3()},
		{Name: "passport-birth-month", About: "A person whose day of birth is not known.", Want: want,
			Text: Hirut.Passport("UT7042716", "F").TD3()},
		{Name: "passport-name-cut", About: "A name that fills its field and is cut off.", Want: want,
			Text: with(Jonas.Passport("UT7042724", "M"), func(m *MRZ) { m.Secondary = "JONAS<ALBRECHT<FERDINAND" }).TD3()},
		{Name: "passport-refugee", About: "A travel document for a refugee, issued by a State with a code of one letter.", Want: want,
			Text: with(Samar.Passport("UT7042732", "F"), func(m *MRZ) { m.State, m.Nationality = "D", "XXB" }).TD3()},
		{Name: "passport-run", About: "All characters of a passport in one run.", Want: want,
			Text: strings.ReplaceAll(Mali.Passport("UT7042740", "F").TD3(), "\n", "")},
		{Name: "card", About: "An identity card.", Want: want,
			Text: Yunfan.Card("C20816354", "M").TD1()},
		{Name: "card-long-number", About: "An identity card whose number has 13 characters, and optional data in both lines.", Want: want,
			Text: with(Madhumita.Card("C20816354K9R7", "F"), func(m *MRZ) { m.Optional, m.SecondLine = "77Q", "0042" }).TD1()},
		{Name: "td2", About: "A travel document of size 2 with optional data.", Want: want,
			Text: with(Brigid.Card("D40617728", "F"), func(m *MRZ) { m.Optional = "Q04" }).TD2()},
		{Name: "td2-long-number", About: "A travel document of size 2 whose number has 12 characters, the last three in the optional data.", Want: want,
			Text: Tobias.Card("D40617728X31", "M").TD2()},
		{Name: "td2-organisation", About: "A travel document of the United Nations for a person whose nationality is left out.", Want: want,
			Text: with(Samar.Card("D40617736", "F"), func(m *MRZ) { m.State, m.Nationality = "UNO", "" }).TD2()},
		{Name: "mrv-a", About: "A large visa, for a person of unspecified nationality; the optional data have no check digit.", Want: want,
			Text: with(Maren.Visa("V30719954", "F"), func(m *MRZ) { m.Nationality, m.Optional = "XXX", "B2M<0014UT704268" }).MRVA()},
		{Name: "mrv-b", About: "A small visa for a person with one name.", Want: want,
			Text: with(Surya.Visa("V30719962", "F"), func(m *MRZ) { m.Code, m.Optional = "VC", "90D" }).MRVB()},
		{Name: "france", About: "A French identity card of the old layout, issued in April 2019 for a person with two given names.", Want: want,
			Text: with(Brigid.FrenchCard("1904UT300417", "F"), func(m *MRZ) { m.Office = "UT3014" }).French()},
		{Name: "france-no-office", About: "A French identity card of the last century, which states no office.", Want: want,
			Text: Jonas.FrenchCard("9409UT102854", "M").French()},
		{Name: "card-child", About: "The identity card of a child of four years.", Want: want,
			Text: Pippa.Card("C20816362", "F").TD1()},
	}
}

// unsoundZones are zones in which a check digit is wrong, a field breaks its rule, or the shape is not that of a zone.
func unsoundZones() []Case {
	mismatch := Want{"unsealed", "refer", "check.mismatch"}
	unreadable := func(code string) Want { return Want{"unreadable", "refer", code} }
	passport, card := Maren.Passport("UT7042681", "F"), Yunfan.Card("C20816354", "M")
	passport.Optional = "84K719"
	td3, td1 := passport.TD3(), card.TD1()
	td2, french := Brigid.Card("D40617728", "F").TD2(), Brigid.FrenchCard("1904UT300417", "F").French()
	mrva, mrvb := Maren.Visa("V30719954", "F").MRVA(), Maren.Visa("V30719954", "F").MRVB()
	stateless := passport
	stateless.State = "XXA"
	unknown := passport
	unknown.State = "QZX"
	withdrawn := passport
	withdrawn.Nationality = "YUG"
	impossible := passport
	impossible.Birth = "840732"

	return []Case{
		{Name: "digit-number", About: "The check digit of the document number is the next one.", Want: mismatch,
			Text: replaced(td3, 45+9, '0'+(td3[45+9]-'0'+1)%10)},
		{Name: "digit-birth", About: "A digit of the year of birth was changed.", Want: mismatch, Text: replaced(td3, 45+14, '9')},
		{Name: "digit-expiry", About: "A digit of the year of expiry was changed.", Want: mismatch, Text: replaced(td3, 45+22, '9')},
		{Name: "digit-optional", About: "A letter of the optional data was read as a numeral.", Want: mismatch, Text: replaced(td3, 45+30, '8')},
		{Name: "digit-composite", About: "The composite check digit is a letter.", Want: mismatch, Text: replaced(td3, 45+43, 'O')},
		{Name: "card-digit-number", About: "A letter of a card's number was read as a numeral.", Want: mismatch, Text: replaced(td1, 5, '6')},
		{Name: "td2-digit-expiry", About: "A digit of the expiry of a document of size 2 was changed.", Want: mismatch, Text: replaced(td2, 37+26, '9')},
		{Name: "td2-digit-composite", About: "The composite check digit of a document of size 2 is another.", Want: mismatch,
			Text: replaced(td2, 37+35, '0'+(td2[37+35]-'0'+1)%10)},
		{Name: "mrv-a-digit-number", About: "A letter of a visa's number was read as a numeral.", Want: mismatch, Text: replaced(mrva, 45, '7')},
		{Name: "mrv-b-digit-birth", About: "A digit of the birth on a small visa was changed.", Want: mismatch, Text: replaced(mrvb, 37+15, '6')},
		{Name: "france-digit-number", About: "A digit of the number of a French card was changed.", Want: mismatch, Text: replaced(french, 37+9, '9')},
		{Name: "france-name", About: "A letter of the name on a French card was changed, which its composite check digit covers.", Want: mismatch,
			Text: replaced(french, 6, 'B')},
		{Name: "look-alike", About: "The zero of a birth was read as the letter O, which is suggested and not applied.", Want: mismatch,
			Text: replaced(td3, 45+15, 'O')},
		{Name: "look-alikes", About: "In the number and in the expiry a numeral was read as a letter.", Want: mismatch,
			Text: replaced(replaced(td3, 45+3, 'O'), 45+23, 'I')},

		{Name: "state-unknown", About: "An issuing State with a code that nobody has.",
			Want: Want{"unsealed", "refer", "content.schema"}, Text: unknown.TD3()},
		{Name: "state-of-nobody", About: "An issuing State with the code of stateless persons.",
			Want: Want{"unsealed", "refer", "content.schema"}, Text: stateless.TD3()},
		{Name: "nationality-withdrawn", About: "A nationality with a code that ISO 3166 has withdrawn.",
			Want: Want{"unsealed", "refer", "content.schema"}, Text: withdrawn.TD3()},
		{Name: "france-issue-impossible", About: "A French card whose number begins with a thirteenth month, with check digits that match.",
			Want: Want{"unsealed", "refer", "content.schema"}, Text: Brigid.FrenchCard("1913UT300417", "F").French()},
		{Name: "birth-impossible", About: "A birth on 32 July, with check digits that match.",
			Want: Want{"unsealed", "refer", "content.schema"}, Text: impossible.TD3()},
		{Name: "name-numeral", About: "A letter of the name was read as a numeral, which no check digit covers.",
			Want: Want{"unsealed", "refer", "content.schema"}, Text: replaced(td3, 5, '4')},
		{Name: "blanks", About: "Blanks where the zone prints fillers.",
			Want: Want{"unsealed", "refer", "decode.tolerated"}, Text: strings.Replace(td3, "<<MAREN<ZOE", "  MAREN ZOE", 1)},
		{Name: "guillemets", About: "Quotation marks where the zone prints fillers.",
			Want: Want{"unsealed", "refer", "decode.tolerated"}, Text: strings.ReplaceAll(td2, "<", "«")},
		{Name: "lines-broken", About: "The lines of a passport broken into four.",
			Want: Want{"unsealed", "refer", "decode.tolerated"}, Text: td3[:22] + "\n" + td3[22:67] + "\n" + td3[67:]},

		{Name: "short-line", About: "The last character of the first line is missing.",
			Want: unreadable("decode.truncated"), Text: strings.Replace(td3, "<\n", "\n", 1)},
		{Name: "long-line", About: "The first line has a character more.",
			Want: unreadable("decode.trailing"), Text: strings.Replace(td3, "<\n", "<<\n", 1)},
		{Name: "lower-case", About: "The name in small letters.",
			Want: unreadable("decode.encoding"), Text: strings.Replace(td3, "MAREN", "maren", 1)},
		{Name: "td2-short-line", About: "The last line of a document of size 2 lacks its end.",
			Want: unreadable("decode.truncated"), Text: td2[:len(td2)-2]},
		{Name: "foreign-character", About: "A name with a letter that no zone has.",
			Want: unreadable("decode.unknown_format"), Text: strings.Replace(td3, "ZOE", "ZOË", 1)},
	}
}

// replaced puts another character at a place.
func replaced(s string, at int, c byte) string { return s[:at] + string(c) + s[at+1:] }
