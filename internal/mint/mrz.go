package mint

import "strings"

// An MRZ is the content of a machine readable zone, field by field as it is printed, without the fillers that follow
// (ICAO Doc 9303-4 §4.2.2, Doc 9303-5 §4.2.2, Doc 9303-6 §4.2.2, Doc 9303-7). TD3, TD1, TD2, MRVA, MRVB and French
// write it, with its check digits.
type MRZ struct {
	Code, State          string // document code, issuing State
	Primary, Secondary   string // with a filler between components: "ANNA<MARIA"
	Number               string // a TD1 or TD2 prints what is longer than nine characters in its optional data
	Nationality          string
	Birth, Sex, Expires  string // YYMMDD; fillers for what is not known
	Optional, SecondLine string // optional data; SecondLine is the other optional field of a TD1
	Office               string // department and office of issue of a French card

	// BlankDigit prints a filler for the check digit of empty optional data, as a TD3 may.
	BlankDigit bool
}

// Passport is a travel document of Utopia for a person, valid until 20 May 2031.
func (p Person) Passport(number, sex string) MRZ {
	return MRZ{
		Code: "P", State: "UTO", Primary: p.FamilyICAO, Secondary: p.GivenICAO, Number: number, Nationality: "UTO",
		Birth: p.yymmdd(), Sex: sex, Expires: "310520",
	}
}

// Card is an identity card of Utopia for a person, valid until 20 May 2031.
func (p Person) Card(number, sex string) MRZ {
	m := p.Passport(number, sex)
	m.Code = "I"
	return m
}

// Visa is a visa of Utopia for a person, valid until 20 May 2031.
func (p Person) Visa(number, sex string) MRZ {
	m := p.Passport(number, sex)
	m.Code = "V"
	return m
}

// FrenchCard is an identity card in the layout that France issued until 2021. The number has twelve characters, of which
// the first four are the year and the month of issue.
func (p Person) FrenchCard(number, sex string) MRZ {
	m := p.Passport(number, sex)
	m.Code, m.State, m.Nationality, m.Expires = "ID", "FRA", "", ""
	return m
}

// yymmdd writes the birth date as a zone does, with fillers for what is not known (ICAO Doc 9303-3 §4.8).
func (p Person) yymmdd() string {
	return filled(strings.ReplaceAll(p.Birth, "-", "")[2:], 6)
}

// TD3 writes two lines of 44 characters with a line feed between them.
func (m MRZ) TD3() string {
	upper := filled(m.Code, 2) + filled(m.State, 3) + filled(m.name(), 39)
	number, birth, expires := m.digited(m.Number, 9), m.digited(m.Birth, 6), m.digited(m.Expires, 6)
	optional := m.digited(m.Optional, 14)
	if m.Optional == "" && m.BlankDigit {
		optional = filled("", 15)
	}
	lower := number + filled(m.Nationality, 3) + birth + filled(m.Sex, 1) + expires + optional
	return upper + "\n" + lower + CheckDigit(number+birth+expires+optional)
}

// TD1 writes three lines of 30 characters with line feeds between them.
func (m MRZ) TD1() string {
	number, optional := m.long()
	number += filled(optional, 15)
	birth, expires, second := m.digited(m.Birth, 6), m.digited(m.Expires, 6), filled(m.SecondLine, 11)
	middle := birth + filled(m.Sex, 1) + expires + filled(m.Nationality, 3) + second
	return filled(m.Code, 2) + filled(m.State, 3) + number + "\n" +
		middle + CheckDigit(number+birth+expires+second) + "\n" +
		filled(m.name(), 30)
}

// long is the document number with its check digit, and the optional data with the rest of a number that is longer than
// nine characters.
func (m MRZ) long() (number, optional string) {
	if len(m.Number) > 9 {
		return m.Number[:9] + "<", m.Number[9:] + CheckDigit(m.Number) + "<" + m.Optional
	}
	return m.digited(m.Number, 9), m.Optional
}

// TD2 writes two lines of 36 characters with a line feed between them.
func (m MRZ) TD2() string {
	number, optional := m.long()
	optional = filled(optional, 7)
	birth, expires := m.digited(m.Birth, 6), m.digited(m.Expires, 6)
	return filled(m.Code, 2) + filled(m.State, 3) + filled(m.name(), 31) + "\n" +
		number + filled(m.Nationality, 3) + birth + filled(m.Sex, 1) + expires + optional +
		CheckDigit(number+birth+expires+optional)
}

// MRVA writes the two lines of 44 characters of a visa of Format-A, with a line feed between them.
func (m MRZ) MRVA() string { return m.visa(44) }

// MRVB writes the two lines of 36 characters of a visa of Format-B, with a line feed between them.
func (m MRZ) MRVB() string { return m.visa(36) }

// visa writes a visa, which has no composite check digit.
func (m MRZ) visa(width int) string {
	return filled(m.Code, 2) + filled(m.State, 3) + filled(m.name(), width-5) + "\n" +
		m.digited(m.Number, 9) + filled(m.Nationality, 3) + m.digited(m.Birth, 6) + filled(m.Sex, 1) + m.digited(m.Expires, 6) +
		filled(m.Optional, width-28)
}

// French writes the two lines of 36 characters of a French card, with a line feed between them. Its composite check digit
// covers all of both lines; two fillers stand between given names.
func (m MRZ) French() string {
	upper := filled(m.Code, 2) + filled(m.State, 3) + filled(m.Primary, 25) + filled(m.Office, 6)
	given := strings.ReplaceAll(m.Secondary, "<", "<<")
	lower := m.digited(m.Number, 12) + filled(given, 14) + m.digited(m.Birth, 6) + filled(m.Sex, 1)
	return upper + "\n" + lower + CheckDigit(upper+lower)
}

// name writes the identifiers with two fillers between them; a person with one name has none.
func (m MRZ) name() string {
	if m.Secondary == "" {
		return m.Primary
	}
	return m.Primary + "<<" + m.Secondary
}

// digited is a field with its check digit.
func (MRZ) digited(s string, width int) string {
	s = filled(s, width)
	return s + CheckDigit(s)
}

// filled makes a text as wide as its field: with fillers, or by cutting it off, as names that are too long are.
func filled(s string, width int) string {
	return (s + strings.Repeat("<", width))[:width]
}

// CheckDigit computes the check digit of ICAO Doc 9303-3 §4.9. It panics for a character that a zone does not have.
func CheckDigit(s string) string {
	const values = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	sum := 0
	for i, c := range s {
		v := strings.IndexRune(values, c)
		if v < 0 && c != '<' {
			panic("mint: a character that a machine readable zone does not have")
		}
		sum += max(v, 0) * []int{7, 3, 1}[i%3]
	}
	return values[sum%10 : sum%10+1]
}
