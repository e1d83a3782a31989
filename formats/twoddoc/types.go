package twoddoc

import (
	"strings"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/mrz"
)

// A docType is one type of document (ANTS 2D-Doc v3.1.3 §6): what it is, what its signer must be allowed to vouch for, and how
// its people and events are read from the message.
type docType struct {
	title   string
	purpose formats.Uses
	read    func(m message, c *formats.Claims) []formats.Check
}

var types = map[string]docType{
	"00": {"proof of address", 0, beneficiary},
	"01": {"invoice of a supplier, as a proof of address", 0, beneficiary},
	"02": {"notice of housing tax, as a proof of address", 0, beneficiary},
	"03": {"bank account details", 0, accountHolder},
	"04": {"notice of income tax", 0, beneficiary},
	"05": {"SEPAmail account details", 0, accountHolder},
	"06": {"payslip", 0, beneficiary},
	"07": {"identity document", 0, identity},
	"08": {"machine readable zone of an identity document", 0, zone},
	"09": {"extended invoice", 0, beneficiary},
	"10": {"employment contract", 0, identity},
	"11": {"bank statement", 0, accountHolder},
	"12": {"deed of a bailiff", 0, nil},
	"16": {"certificate of an application for asylum", 0, identity},
	"17": {"certificate of the end of an asylum seeker's allowance", 0, identity},
	"28": {"notice of income tax", 0, nil},
	"A0": {"certificate of air quality", 0, nil},
	"A1": {"letter about points of a driving licence", 0, nil},
	"A2": {"mobility card", 0, identity},
	"A3": {"sticker of a hire car with driver", 0, nil},
	"A4": {"death certificate", 0, deceased},
	"A5": {"card of a driver of passengers", 0, nil},
	"A6": {"fire fighter's card", 0, cardHolder},
	"A7": {"certificate of air quality, version 2", 0, nil},
	"B0": {"diploma", 0, student},
	"B1": {"certificate of a student's contribution", 0, student},
	"B2": {"result of a COVID-19 test", formats.Test, tested},
	"L1": {"certificate of vaccination", formats.Vaccination, vaccinated},
}

// divided makes a name of the first line of a postal address: quality, family name and given name with strokes between
// them (AFNOR NF Z 10-011).
func divided(line, source string) formats.Name {
	parts := strings.Split(strings.TrimSpace(line), "/")
	if len(parts) == 3 && parts[1] != "" {
		return formats.Name{Family: parts[1], Given: parts[2], Source: source}
	}
	return formats.Name{Full: strings.TrimSpace(line), Source: source}
}

// spaced turns the strokes between given names into blanks.
func spaced(given string) string { return strings.ReplaceAll(given, "/", " ") }

// add takes in a subject that has a name.
func add(c *formats.Claims, s formats.Subject) {
	if len(s.Names) > 0 && s.Names[0].Family+s.Names[0].Given+s.Names[0].Full != "" {
		c.Subjects = append(c.Subjects, s)
	}
}

func beneficiary(m message, c *formats.Claims) []formats.Check {
	name := divided(m.text("10"), "10")
	if m.text("10") == "" {
		name = formats.Name{Family: m.text("13"), Given: m.text("12"), Source: "13, 12"}
	}
	add(c, formats.Subject{Names: []formats.Name{name}})
	return nil
}

func accountHolder(m message, c *formats.Claims) []formats.Check {
	add(c, formats.Subject{Names: []formats.Name{divided(m.text("30"), "30")}})
	return nil
}

func cardHolder(m message, c *formats.Claims) []formats.Check {
	add(c, formats.Subject{Names: []formats.Name{{Family: m.text("80"), Given: spaced(m.text("81")), Source: "80, 81"}}})
	return nil
}

func identity(m message, c *formats.Claims) []formats.Check {
	given, source := m.text("60"), "62, 60"
	if given == "" {
		given, source = m.text("61"), "62, 61"
	}
	s := formats.Subject{
		Names: []formats.Name{{Family: m.text("62"), Given: spaced(given), Source: source}},
		Birth: m.date("69"), Sex: m.text("68"), Nationality: m.text("67"),
	}
	if used := m.text("63"); used != "" {
		s.Names = append(s.Names, formats.Name{Family: used, Given: spaced(given), Source: "63"})
	}
	add(c, s)
	if ref := (formats.DocRef{Type: strings.TrimSpace(m.text("65")), Number: m.text("66"), IssuingState: m.text("6I")}); ref.Number != "" {
		c.Documents = append(c.Documents, ref)
	}
	return nil
}

// zone reads the machine readable zone, in which 2D-Doc has blanks for fillers.
func zone(m message, c *formats.Claims) []formats.Check {
	text := strings.ReplaceAll(m.text("6F"), " ", "<")
	z, err := mrz.Parse([]byte(text), mrz.Options{})
	if err != nil {
		return []formats.Check{{Kind: formats.Schema, Result: formats.Fails, Name: "2D-Doc", Where: "message.6F", Text: "not a machine readable zone that is read here"}}
	}
	add(c, formats.Subject{
		Names: []formats.Name{{Family: z.Primary, Given: z.Secondary, Script: "icao", Source: "6F"}},
		Birth: z.Birth, Sex: z.Sex, Nationality: z.Nationality,
	})
	c.Documents = append(c.Documents, formats.DocRef{Type: z.DocumentCode, Number: z.Number, IssuingState: z.IssuingState, Expires: z.Expires})
	return z.Checks()
}

func deceased(m message, c *formats.Claims) []formats.Check {
	add(c, formats.Subject{
		Names: []formats.Name{{Family: m.text("72"), Given: spaced(m.text("73")), Source: "72, 73"}}, Birth: m.date("75"), Sex: m.text("76"),
	})
	return nil
}

func student(m message, c *formats.Claims) []formats.Check {
	given, source := m.text("B0"), "B2, B0"
	if given == "" {
		given, source = m.text("B1"), "B2, B1"
	}
	add(c, formats.Subject{
		Names: []formats.Name{{Family: m.text("B2"), Given: spaced(given), Source: source}}, Birth: m.date("B7"), Sex: m.text("B6"), Nationality: m.text("B5"),
	})
	return nil
}

func tested(m message, c *formats.Claims) []formats.Check {
	add(c, formats.Subject{
		Names: []formats.Name{{Family: m.text("F1"), Given: spaced(m.text("F0")), Source: "F1, F0"}}, Birth: m.date("F2"), Sex: m.text("F3"),
	})
	c.Events = append(c.Events, formats.Event{
		Kind: formats.Test, TestType: coded("LOINC", m.text("F4")), Result: coded("", m.text("F5")), When: m.date("F6"),
	})
	return nil
}

func vaccinated(m message, c *formats.Claims) []formats.Check {
	add(c, formats.Subject{
		Names: []formats.Name{{Family: m.text("L0"), Given: spaced(m.text("L1")), Source: "L0, L1"}}, Birth: m.date("L2"),
	})
	c.Events = append(c.Events, formats.Event{
		Kind: formats.Vaccination, Target: coded("", m.text("L3")), Prophylaxis: coded("ATC", m.text("L4")), Product: coded("", m.text("L5")),
		Manufacturer: coded("", m.text("L6")), Dose: m.count("L7"), Doses: m.count("L8"), When: m.date("L9"),
	})
	return nil
}

// coded is a code of a system; nothing where there is no code.
func coded(system, code string) formats.Coded {
	if code == "" {
		return formats.Coded{}
	}
	return formats.Coded{System: system, Code: code}
}
