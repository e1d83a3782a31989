package mint

// A Person is an invented holder. An empty field is left out of the certificate.
type Person struct {
	Family, FamilyICAO string // fn as written, fnt as ICAO Doc 9303-3 §6 transliterates it
	Given, GivenICAO   string // gn, gnt
	Birth              string // dob
	ID                 string // the last part of the certificate identifier
}

// The people of the testdata. None of them exists. Where ICAO Doc 9303-3 has a table for a script, the second spelling
// follows it; otherwise it is the usual romanisation.
var (
	Maren  = Person{"Achterberg-Lindqvist", "ACHTERBERG<LINDQVIST", "Maren Zoë", "MAREN<ZOE", "1984-07-19", "4QX7HB2M9WKD"}
	Tobias = Person{"Ødegård Quill", "OEDEGAARD<QUILL", "Tobias", "TOBIAS", "1991-11-02", "Z81KTR5PC0NE"}
	Brigid = Person{"D'Arrowsmith", "DARROWSMITH", "Brigid Hanne", "BRIGID<HANNE", "1979-03-28", "7JVWL3YS6FGA"}
	Jonas  = Person{"Müller-Söderblom", "MUELLER<SOEDERBLOM", "Jonas", "JONAS", "1968-12-05", "M2DC9XQ4UH8B"}

	Mali      = Person{"แก้วทองคำ", "KAEOTHONGKHAM", "มะลิ", "MALI", "1990-04-13", "K5TN1RZ8EJ3V"}
	Samar     = Person{"الزيتوني", "ALZYTWNY", "سمر", "SMR", "1987-09-24", "W9PB6GA2LM7S"}
	Madhumita = Person{"সেনগুপ্ত", "SENGUPTA", "মধুমিতা", "MADHUMITA", "1975-02-17", "C3YF8KD0XQ5H"}
	Yunfan    = Person{"歐陽", "OUYANG", "雲帆", "YUNFAN", "1996-08-30", "R6ZU4VE1TJ9N"}

	Surya = Person{FamilyICAO: "SURYAWATI", Birth: "1982-01-26", ID: "H8LA5WB7PG2M"}                               // one name only
	Hirut = Person{"Tesfalem", "TESFALEM", "Hirut", "HIRUT", "1957-08", "D1XS0CK6NY4Q"}                            // the day of birth is not known
	Pippa = Person{"Achterberg-Lindqvist", "ACHTERBERG<LINDQVIST", "Pippa", "PIPPA", "2021-09-30", "V7MR3QF9ZT5E"} // a child
)

// Of gives the certificate to another person: the name, the date of birth and the identifier.
func (h HCERT) Of(p Person) HCERT {
	h = h.Set(p.name(), "nam").Set(Text(p.Birth), "dob")
	for _, group := range []string{"v", "t", "r"} {
		if _, found := Get(h.DCC(), group, 0); found {
			h = h.Set(p.identifier(), group, 0, "ci")
		}
	}
	return h
}

// name is the member nam of the schema.
func (p Person) name() Map {
	name := Map{}
	for _, part := range []struct{ key, value string }{
		{"fn", p.Family}, {"fnt", p.FamilyICAO}, {"gn", p.Given}, {"gnt", p.GivenICAO},
	} {
		if part.value != "" {
			name = append(name, Pair{Text(part.key), Text(part.value)})
		}
	}
	return name
}

// identifier is a UVCI of the form of Implementing Decision (EU) 2021/1073, Annex III, option 2: opaque.
func (p Person) identifier() Text { return Text("URN:UVCI:01:UT:" + p.ID) }
