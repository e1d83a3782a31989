package heuristics_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/verify"
)

var maren = person("Achterberg,Maren", "1984-07-19")

func TestDoseInFuture(t *testing.T) {
	speaks := func(events ...formats.Event) []paper { return []paper{certificate(maren, events...)} }
	const says = "rule.dose_in_future documents[0].events[0].date"
	play(t, "rule.dose_in_future", []scene{
		{"next year", speaks(dose("2027-01-10")), []string{says}},
		{"the first day beyond the slack", speaks(dose("2026-11-04")), []string{says}},
		{"a sample tomorrow and an hour", speaks(event(formats.Test, "2026-11-02T13:00:00Z")), []string{says}},
		{"a first positive result", speaks(event(formats.Recovery, "2027-01")), []string{says}},
		{"a year of the Buddhist Era", speaks(dose("2564-05-10")), []string{says}},
		{"the second of two doses", speaks(dose("2021-05-10"), dose("2031-05-10")), []string{"rule.dose_in_future documents[0].events[1].date"}},

		{"today", speaks(dose("2026-11-01")), nil},
		{"tomorrow, as on the date line", speaks(dose("2026-11-02")), nil},
		{"the last day within the slack", speaks(dose("2026-11-03")), nil},
		{"a sample of this morning in another zone", speaks(event(formats.Test, "2026-11-02T01:00:00+14:00")), nil},
		{"a sample within a day", speaks(event(formats.Test, "2026-11-02T12:00:00Z")), nil},
		{"this year, no more is known", speaks(dose("2026")), nil},
		{"a recovery that is valid until later", speaks(formats.Event{Kind: formats.Recovery, When: day("2021-05-10"), Until: day("2027-05-10")}), nil},
		{"a flight", speaks(event(formats.Boarding, "2027-01-10")), nil},
		{"an exemption that begins later", speaks(event(formats.Exemption, "2027-01-10")), nil},
		{"no date", speaks(formats.Event{Kind: formats.Vaccination}), nil},
		{"not sealed", []paper{certificate(maren, dose("2027-01-10")).as(verify.Untrusted)}, nil},
	})
}

func TestDoseInFutureNamesACalendarThatWouldFit(t *testing.T) {
	_, report := show(t, asOf, certificate(maren, dose("2564-05-10")))
	i := slices.IndexFunc(report.Findings, func(f verify.Finding) bool { return f.Code == "rule.dose_in_future" })
	if i < 0 || report.Findings[i].Detail != "the year would fit in the Buddhist Era" || report.Verdict != verify.Refer {
		t.Errorf("%v %+v", report.Verdict, report.Findings)
	}
}

func TestDoseAfterIssuance(t *testing.T) {
	speaks := func(events ...formats.Event) []paper { return []paper{certificate(maren, events...)} }
	undated := certificate(maren, dose("2025-05-10"))
	undated.issued = time.Time{}
	const says = "rule.dose_after_issuance documents[0].events[0].date"
	play(t, "rule.dose_after_issuance", []scene{
		{"a year later", speaks(dose("2023-03-02")), []string{says}},
		{"the first day beyond the slack", speaks(dose("2022-03-05")), []string{says}},
		{"a sample a day and a minute later", speaks(event(formats.Test, "2022-03-03T10:01:00Z")), []string{says}},
		{"the month after", speaks(event(formats.Recovery, "2022-04")), []string{says}},

		{"the day before", speaks(dose("2022-03-01")), nil},
		{"the same day", speaks(dose("2022-03-02")), nil},
		{"prepared the day before", speaks(dose("2022-03-03")), nil},
		{"the last day within the slack", speaks(dose("2022-03-04")), nil},
		{"a sample a day later", speaks(event(formats.Test, "2022-03-03T10:00:00Z")), nil},
		{"a sample without a zone", speaks(event(formats.Test, "2022-03-04T09:00:00")), nil},
		{"the same month, no more is known", speaks(dose("2022-03")), nil},
		{"a certificate without a date of issue", []paper{undated}, nil},
		{"not sealed", []paper{certificate(maren, dose("2023-03-02")).as(verify.Unsealed)}, nil},
		{"disproved", []paper{certificate(maren, dose("2023-03-02")).as(verify.Invalid)}, nil},
	})
}

func TestDoseBeforeBirth(t *testing.T) {
	of := func(birth, when string) []paper {
		return []paper{certificate(person("Achterberg,Pippa", birth), dose(when))}
	}
	const says, suspect = "rule.dose_before_birth documents[0].events[0].date", "rule.calendar_suspect documents[0].events[0].date"
	family := certificate(person("Achterberg,Pippa", "2022-01-20"), dose("2021-05-25"))
	play(t, "rule.dose_before_birth", []scene{
		{"years before", of("2022-01-20", "2019-05-25"), []string{says}},
		{"months before, and no exchange of day and month helps", of("2022-01-20", "2021-05-25"), []string{says}},
		{"the first day beyond the slack", of("2022-01-20", "2022-01-17"), []string{says}},
		{"partial dates that cannot meet", of("2022", "2020-05"), []string{says}},
		{"before everybody named", []paper{family.with(person("Achterberg,Juno", "2022-01-22"))}, []string{says}},
		{"a birth in the future that no calendar explains", of("2095-05-25", "2021-05-25"), []string{says}},

		{"Buddhist Era", of("2506-04-13", "2021-05-25"), []string{suspect}},
		{"Buddhist Era, year only", of("2506", "2021-05-25"), []string{suspect}},
		{"Bikram Sambat", of("2045-01-02", "2021-05-25"), []string{suspect}},
		{"day and month of the birth exchanged", of("2021-11-03", "2021-05-25"), []string{suspect}},
		{"day and month of the dose exchanged", of("2021-05-25", "2021-03-11"), []string{suspect}},

		{"an adult", of("1984-07-19", "2021-05-25"), nil},
		{"on the day of birth", of("2021-05-25", "2021-05-25"), nil},
		{"on the day of birth, in another zone", of("2021-05-25", "2021-05-24T20:00:00Z"), nil},
		{"two days before, for the slack", of("2021-05-25", "2021-05-23"), nil},
		{"in the year of birth", of("2021", "2021-02-25"), nil},
		{"in the month of birth", of("2021-05", "2021-05-02"), nil},
		{"a birth that is not known", of("", "2021-05-25"), nil},
		{"1900", of("1900-01-01", "2021-05-25"), nil},
		{"solar Hijri", of("1363-04-28", "2021-05-25"), nil},
		{"one of several people was born", []paper{family.with(maren)}, nil},
		{"the birth of one of several people is not known", []paper{family.with(person("Achterberg,Juno", ""))}, nil},
		{"not sealed", []paper{certificate(person("Achterberg,Pippa", "2022-01-20"), dose("2019-05-25")).as(verify.Unsealed)}, nil},
	})
}

func TestDoseBeforeAuthorisation(t *testing.T) {
	of := func(product, when string) []paper {
		e := dose(when)
		e.Product.Code = product
		return []paper{certificate(maren, e)}
	}
	sample := event(formats.Test, "2019-05-10")
	sample.Product.Code = "EU/1/20/1528"
	const says = "rule.dose_before_authorisation documents[0].events[0].date"
	play(t, "rule.dose_before_authorisation", []scene{
		{"a year mistyped", of("EU/1/20/1528", "2012-05-10"), []string{says}},
		{"the day before the first trial", of("EU/1/20/1507", "2020-03-15"), []string{says}},
		{"the month before", of("CoronaVac", "2020-02"), []string{says}},
		{"the year before", of("Covaxin", "2019"), []string{says}},

		{"the day of the first trial", of("EU/1/20/1507", "2020-03-16"), nil},
		{"a taker of an early trial", of("EU/1/21/1529", "2020-05-04"), nil},
		{"developers before the trial", of("Sputnik-V", "2020-05-10"), nil},
		{"used abroad before it was authorised here", of("BBIBP-CorV", "2020-09-10"), nil},
		{"a year that may be late enough", of("EU/1/20/1528", "2020"), nil},
		{"ordinary", of("EU/1/20/1528", "2021-05-10"), nil},
		{"an unknown product", of("EU/1/99/9999", "2012-05-10"), nil},
		{"a code of another system", of("207", "2012-05-10"), nil},
		{"no product", of("", "2012-05-10"), nil},
		{"a test", []paper{certificate(maren, sample)}, nil},
	})
}

func TestDetailsAndPlacesHoldNoValueOfTheDocument(t *testing.T) {
	papers := []paper{
		certificate(person("Söderblom,Jonas", "2022-01-20"), dose("2019-05-25"), dose("2031-05-10")),
		printed(person("QUILL,TOBIAS", "1991-11-02")),
	}
	_, report := show(t, asOf, papers...)
	if len(report.Findings) < 5 {
		t.Fatalf("only %d findings", len(report.Findings))
	}
	for _, f := range report.Findings {
		for _, value := range []string{"derblom", "Jonas", "QUILL", "TOBIAS", "2022", "2019", "2031", "1991", "05-25", "11-02"} {
			if strings.Contains(f.Detail+" "+f.Where, value) {
				t.Errorf("%s: %q %q holds %q", f.Code, f.Where, f.Detail, value)
			}
		}
	}
}
