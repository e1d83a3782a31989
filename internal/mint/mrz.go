package mint

import "strings"

// An MRZ is the content of a machine readable zone, field by field as it is printed, without the fillers that follow
// (ICAO Doc 9303-4 §4.2.2, Doc 9303-5 §4.2.2). TD3 and TD1 write it, with its check digits.
type MRZ struct {
	Code, State          string // document code, issuing State
	Primary, Secondary   string // with a filler between components: "ANNA<MARIA"
	Number               string // a TD1 prints what is longer than nine characters in its optional data
	Nationality          string
	Birth, Sex, Expires  string // YYMMDD; fillers for what is not known
	Optional, SecondLine string // optional data; SecondLine is the other optional field of a TD1

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
	number, optional := m.digited(m.Number, 9), m.Optional
	if len(m.Number) > 9 {
		number, optional = m.Number[:9]+"<", m.Number[9:]+CheckDigit(m.Number)+"<"+m.Optional
	}
	number += filled(optional, 15)
	birth, expires, second := m.digited(m.Birth, 6), m.digited(m.Expires, 6), filled(m.SecondLine, 11)
	middle := birth + filled(m.Sex, 1) + expires + filled(m.Nationality, 3) + second
	return filled(m.Code, 2) + filled(m.State, 3) + number + "\n" +
		middle + CheckDigit(number+birth+expires+second) + "\n" +
		filled(m.name(), 30)
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
