package heuristics_test

import (
	"testing"
	"time"

	"github.com/travelseal/travelseal/verify"
)

func TestMinor(t *testing.T) {
	born := func(birth string) []paper { return []paper{certificate(person("Achterberg,Pippa", birth))} }
	const says = "protect.minor documents[0].holder.birth_date"
	play(t, "protect.minor", []scene{
		{"a child", born("2021-09-30"), []string{says}},
		{"the day before the eighteenth birthday", born("2008-11-02"), []string{says}},
		{"the eighteenth birthday, which has not begun everywhere", born("2008-11-01"), []string{says}},
		{"perhaps seventeen", born("2008"), []string{says}},
		{"perhaps seventeen, by the month", born("2008-11"), []string{says}},
		{"1 January stands for the year", born("2008-01-01"), []string{says}},
		{"born yesterday on the date line", born("2026-11-02"), []string{says}},
		{"a year that is mistyped", born("2027-09-30"), []string{says}},
		{"a year that may be mistyped or of Nepal's calendar", born("2045-01-02"), []string{says}},
		{"Buddhist Era", born("2560-09-30"), []string{says}},
		{"solar Hijri", born("1396-09-30"), []string{says}},
		{"not proved", []paper{certificate(person("Achterberg,Pippa", "2021-09-30")).as(verify.Untrusted)}, []string{says}},
		{"disproved", []paper{certificate(person("Achterberg,Pippa", "2021-09-30")).as(verify.Invalid)}, []string{says}},
		{"printed", []paper{printed(person("ACHTERBERG,PIPPA", "2021-09-30"))}, []string{says}},
		{"a child in a family's document", []paper{certificate(maren).with(person("Achterberg,Pippa", "2021-09-30"))},
			[]string{"protect.minor documents[0].subjects[1].birth_date"}},

		{"an adult", born("1984-07-19"), nil},
		{"eighteen since yesterday", born("2008-10-31"), nil},
		{"eighteen since last month", born("2008-10"), nil},
		{"only the year is known", born("2007"), nil},
		{"1 January of a year that is long enough ago", born("2007-01-01"), nil},
		{"an adult in the Buddhist Era", born("2527-07-19"), nil},
		{"an unknown date", born("1900-01-01"), nil},
		{"no date", born(""), nil},
		{"a year of no calendar", born("1600"), nil},
	})
}

func TestHelpIsNeverAdverse(t *testing.T) {
	_, report := show(t, asOf, certificate(person("Achterberg,Pippa", "2021-09-30"), dose("2022-02-10")))
	if report.Verdict != verify.Accept || report.Findings[0].Code != "protect.minor" || report.Findings[0].Effect != verify.Protect {
		t.Errorf("%v %+v", report.Verdict, report.Findings)
	}
}

func TestALeapDayIsKeptUntilTheEndOfTheBirthday(t *testing.T) {
	for at, want := range map[string]int{"2026-02-28T12:00:00Z": 1, "2026-03-01T12:00:00Z": 1, "2026-03-02T00:00:00Z": 0} {
		moment, err := time.Parse(time.RFC3339, at)
		if err != nil {
			t.Fatal(err)
		}
		c, _ := show(t, moment, printed(person("ACHTERBERG,PIPPA", "2008-02-29")))
		if got := said(t, "protect.minor", c); len(got) != want {
			t.Errorf("%s: %q", at, got)
		}
	}
}
