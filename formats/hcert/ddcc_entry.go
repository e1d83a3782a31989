package hcert

import "github.com/travelseal/travelseal/formats"

// ddccVaccination is the element vaccination of the core data set for vaccination status (RC2). A signature is for paper.
var ddccVaccination = group{name: "vaccination", use: formats.Vaccination, fields: []field{
	{name: "vaccine", kind: coding, coded: takeVaccine},
	{name: "brand", kind: coding, coded: takeProduct},
	{name: "manufacturer", kind: coding, optional: true, coded: takeManufacturer},
	{name: "maholder", kind: coding, optional: true, coded: takeHolder, extra: "ma_holder"},
	{name: "lot", kind: line, extra: "batch"},
	{name: "date", kind: moment, date: takeWhen},
	{name: "validFrom", kind: calendar, optional: true, date: takeFrom},
	{name: "dose", kind: positive, number: takeNumber},
	{name: "totalDoses", kind: positive, optional: true, number: takeTotal},
	{name: "country", kind: coding, coded: takeCountry},
	{name: "centre", kind: naming, optional: true, text: takePlace},
	{name: "practitioner", kind: naming, optional: true, extra: "practitioner"},
	{name: "disease", kind: coding, optional: true, coded: takeTarget},
	{name: "nextDose", kind: calendar, optional: true, extra: "next_dose"},
}}

// ddccTest is the element test of the core data set for test results (RC2), which the pilot had already.
var ddccTest = group{name: "test", use: formats.Test, fields: []field{
	{name: "pathogen", kind: coding, coded: takeTarget},
	{name: "type", kind: coding, coded: func(e *formats.Event, c formats.Coded) { e.TestType = c }},
	{name: "brand", kind: coding, optional: true, coded: takeProduct},
	{name: "manufacturer", kind: coding, optional: true, coded: takeManufacturer},
	{name: "origin", kind: coding, optional: true, extra: "sample_origin"},
	{name: "date", kind: moment, date: takeWhen},
	{name: "result", kind: coding, optional: true, coded: func(e *formats.Event, c formats.Coded) { e.Result = c }},
	{name: "centre", kind: naming, optional: true, text: takePlace},
	{name: "country", kind: coding, coded: takeCountry},
}}

// pilotVaccination is the vaccination of the pilot, whose members stand at the root of the token.
var pilotVaccination = group{use: formats.Vaccination, fields: []field{
	{name: "vaccine", kind: coding, coded: takeVaccine},
	{name: "brand", kind: coding, coded: takeProduct},
	{name: "manufacturer", kind: coding, optional: true, coded: takeManufacturer},
	{name: "ma_holder", kind: coding, optional: true, coded: takeHolder, extra: "ma_holder"},
	{name: "lot", kind: line, extra: "batch"},
	{name: "date", kind: moment, date: takeWhen},
	{name: "vaccine_valid", kind: calendar, optional: true, date: takeFrom},
	{name: "dose", kind: positive, number: takeNumber},
	{name: "total_doses", kind: positive, optional: true, number: takeTotal},
	{name: "country", kind: coding, coded: takeCountry},
	{name: "centre", kind: naming, optional: true, text: takePlace},
	{name: "hw", kind: naming, optional: true, extra: "practitioner"},
	{name: "disease", kind: coding, optional: true, coded: takeTarget},
	{name: "due_date", kind: calendar, optional: true, extra: "next_dose"},
}}

func takeVaccine(e *formats.Event, c formats.Coded)      { e.Prophylaxis = c }
func takeProduct(e *formats.Event, c formats.Coded)      { e.Product = c }
func takeManufacturer(e *formats.Event, c formats.Coded) { e.Manufacturer = c }
func takeCountry(e *formats.Event, c formats.Coded)      { e.Country = c.Code }
func takeTarget(e *formats.Event, c formats.Coded)       { e.Target = c }
func takePlace(e *formats.Event, s string)               { e.Place = s }
func takeNumber(e *formats.Event, n int)                 { e.Dose = n }
func takeTotal(e *formats.Event, n int)                  { e.Doses = n }
func takeWhen(e *formats.Event, d formats.Date)          { e.When = d }
func takeFrom(e *formats.Event, d formats.Date)          { e.From = d }

// takeHolder takes the holder of the market authorization where the manufacturer is not named.
func takeHolder(e *formats.Event, c formats.Coded) {
	if e.Manufacturer == (formats.Coded{}) {
		e.Manufacturer = c
	}
}
