package formats_test

import (
	"strings"
	"testing"
	"time"

	"github.com/travelseal/travelseal/formats"
)

func at(year int, month time.Month, day, hour, minute, second int, zone *time.Location) time.Time {
	return time.Date(year, month, day, hour, minute, second, 0, zone)
}

func mustParse(t *testing.T, text string) formats.Date {
	t.Helper()
	d, err := formats.ParseDate(text)
	if err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	return d
}

func TestDatesKeepThePrecisionOfTheirDocument(t *testing.T) {
	for _, c := range []struct {
		text             string
		want             formats.Date
		zero, partial    bool
		earliest, latest time.Time
		written          string
	}{
		{text: "", zero: true},
		{"1963", formats.Date{Year: 1963}, false, true,
			at(1963, 1, 1, 0, 0, 0, time.UTC), at(1963, 12, 31, 23, 59, 59, time.UTC), "1963"},
		{"1963-04", formats.Date{Year: 1963, Month: 4}, false, true,
			at(1963, 4, 1, 0, 0, 0, time.UTC), at(1963, 4, 30, 23, 59, 59, time.UTC), "1963-04"},
		{"1963-12", formats.Date{Year: 1963, Month: 12}, false, true,
			at(1963, 12, 1, 0, 0, 0, time.UTC), at(1963, 12, 31, 23, 59, 59, time.UTC), "1963-12"},
		{"1964-02", formats.Date{Year: 1964, Month: 2}, false, true,
			at(1964, 2, 1, 0, 0, 0, time.UTC), at(1964, 2, 29, 23, 59, 59, time.UTC), "1964-02"},
		{"1963-04-09", formats.Date{Year: 1963, Month: 4, Day: 9}, false, false,
			at(1963, 4, 9, 0, 0, 0, time.UTC), at(1963, 4, 9, 23, 59, 59, time.UTC), "1963-04-09"},
		{"1963-12-31", formats.Date{Year: 1963, Month: 12, Day: 31}, false, false,
			at(1963, 12, 31, 0, 0, 0, time.UTC), at(1963, 12, 31, 23, 59, 59, time.UTC), "1963-12-31"},
		{"1963-00-00", formats.Date{Year: 1963}, false, true,
			at(1963, 1, 1, 0, 0, 0, time.UTC), at(1963, 12, 31, 23, 59, 59, time.UTC), "1963"},
		{"1963-00", formats.Date{Year: 1963}, false, true,
			at(1963, 1, 1, 0, 0, 0, time.UTC), at(1963, 12, 31, 23, 59, 59, time.UTC), "1963"},
		{"1963-04-00", formats.Date{Year: 1963, Month: 4}, false, true,
			at(1963, 4, 1, 0, 0, 0, time.UTC), at(1963, 4, 30, 23, 59, 59, time.UTC), "1963-04"},
		{"0001-01-01", formats.Date{Year: 1, Month: 1, Day: 1}, false, false,
			at(1, 1, 1, 0, 0, 0, time.UTC), at(1, 1, 1, 23, 59, 59, time.UTC), "0001-01-01"},
		{"9999", formats.Date{Year: 9999}, false, true,
			at(9999, 1, 1, 0, 0, 0, time.UTC), at(9999, 12, 31, 23, 59, 59, time.UTC), "9999"},
	} {
		d := mustParse(t, c.text)
		if d != c.want || d.IsZero() != c.zero || d.Partial() != c.partial {
			t.Errorf("%q: %+v, zero %v, partial %v", c.text, d, d.IsZero(), d.Partial())
		}
		if !d.Earliest().Equal(c.earliest) || !d.Latest().Equal(c.latest) {
			t.Errorf("%q: from %v to %v, want %v to %v", c.text, d.Earliest(), d.Latest(), c.earliest, c.latest)
		}
		if d.String() != c.written {
			t.Errorf("%q is written %q, want %q", c.text, d, c.written)
		}
	}
}

func TestTimesOfDayKeepTheirZone(t *testing.T) {
	east := time.FixedZone("", 2*3600)
	for _, c := range []struct {
		text    string
		instant time.Time
		noZone  bool
		written string
	}{
		{"2021-04-25T12:45:31Z", at(2021, 4, 25, 12, 45, 31, time.UTC), false, "2021-04-25T12:45:31Z"},
		{"2021-04-25t12:45:31Z", at(2021, 4, 25, 12, 45, 31, time.UTC), false, "2021-04-25T12:45:31Z"},
		{"2021-04-25 12:45:31Z", at(2021, 4, 25, 12, 45, 31, time.UTC), false, "2021-04-25T12:45:31Z"},
		{"2021-04-25T12:45:31+02:00", at(2021, 4, 25, 12, 45, 31, east), false, "2021-04-25T12:45:31+02:00"},
		{"2021-04-25T12:45:31+0200", at(2021, 4, 25, 12, 45, 31, east), false, "2021-04-25T12:45:31+02:00"},
		{"2021-04-25T12:45:31+02", at(2021, 4, 25, 12, 45, 31, east), false, "2021-04-25T12:45:31+02:00"},
		{"2021-04-25T00:30:00+02:00", at(2021, 4, 25, 0, 30, 0, east), false, "2021-04-25T00:30:00+02:00"},
		{"2021-04-25T12:45:31-09:30", at(2021, 4, 25, 12, 45, 31, time.FixedZone("", -9*3600-1800)), false, "2021-04-25T12:45:31-09:30"},
		{"2021-04-25T12:45Z", at(2021, 4, 25, 12, 45, 0, time.UTC), false, "2021-04-25T12:45:00Z"},
		{"2021-04-25T12:45+02:00", at(2021, 4, 25, 12, 45, 0, east), false, "2021-04-25T12:45:00+02:00"},
		{"2021-04-25T12:45:31", at(2021, 4, 25, 12, 45, 31, time.UTC), true, "2021-04-25T12:45:31Z"},
		{"2021-04-25T12:45", at(2021, 4, 25, 12, 45, 0, time.UTC), true, "2021-04-25T12:45:00Z"},
		{"2021-04-25T12:45:31.5Z", at(2021, 4, 25, 12, 45, 31, time.UTC).Add(time.Second / 2), false, "2021-04-25T12:45:31.5Z"},
		{"2021-04-25T12:45:31.123456789", at(2021, 4, 25, 12, 45, 31, time.UTC).Add(123456789), true, "2021-04-25T12:45:31.123456789Z"},
	} {
		d := mustParse(t, c.text)
		if d.Year != 2021 || d.Month != 4 || d.Day != 25 || d.IsZero() || d.Partial() || d.NoZone != c.noZone {
			t.Errorf("%q: %+v", c.text, d)
		}
		if !d.Instant.Equal(c.instant) || !d.Earliest().Equal(c.instant) || !d.Latest().Equal(c.instant) {
			t.Errorf("%q: %v, want %v", c.text, d.Instant, c.instant)
		}
		if d.String() != c.written {
			t.Errorf("%q is written %q, want %q", c.text, d, c.written)
		}
	}
}

func TestWhatIsNoDateIsRefused(t *testing.T) {
	for _, text := range []string{
		"196", "19630", "63", "1963-4", "1963-4-9", "1963-04-9", "1963/04/09", "09.04.1963", "19630409", "1963-04-09-", "1963--04-9",
		" 1963", "1963 ", "1963-", "1963-04-", "١٩٦٣", "-963", "+963", "1e03", "196x-04-09", "1963-0x-09", "1963-04-0x",
		"0000", "0000-04", "0000-04-09", "1963-13", "1963-99-01", "1963-00-09", "1963-04-31", "1963-06-32", "1963-02-30", "1963-12-99",
		"1963T12:00:00Z", "1963-04T12:00:00Z", "1963-00-00T12:00:00Z", "1963-04-00T12:00:00Z", "1963-04-31T12:00:00Z", "0000-01-01T00:00:00Z",
		"1963-04-09T", "1963-04-09T12", "1963-04-09T24:00:00Z", "1963-04-09T12:60:00Z", "1963-04-09T12:00:61Z", "1963-04-09T12:00:00X",
		"1963-04-09T12:00:00+2", "1963-04-09T12:00:00+02:0", "1963-04-09T12:00:00Z ", "1963-04-09T12:00:00+25:00", "1963-04-09T12:00:00.Z",
		"1963-04-09X12:00:00Z", "1963-04-09T 2:00:00Z",
		"1963-04-09T2:00:00Z",       // hours have two digits (RFC 3339 §5.6)
		"1963-04-09T12:00:00,5Z",    // RFC 3339 §5.6 knows the full stop only
		"1963-04-09T12:00:00+24:00", // time-hour is 00 to 23
		"1963-04-09T12:00:00+02:60", // time-minute is 00 to 59
		"1963-04-09T12:00:00+24:60",
	} {
		if d, err := formats.ParseDate(text); err == nil {
			t.Errorf("%q is read as %q", text, d)
		} else if d != (formats.Date{}) {
			t.Errorf("%q is refused, and gives %+v all the same", text, d)
		}
	}
}

// A birth date is personal data, and a reason for refusing one goes into reports and logs.
func TestRefusalsDoNotQuoteTheDate(t *testing.T) {
	for text, pieces := range map[string][]string{
		"1963-02-30":           {"30", "02", "1963"},
		"1963-17-05":           {"17", "05", "1963"},
		"1963-11-31T07:23:45Z": {"31", "11", "07:23"},
		"1963-11-30T27:23:45Z": {"30", "27:23"},
		"0000-11-28":           {"28", "11"},
		"1963-11-2x":           {"2x", "1963"},
	} {
		_, err := formats.ParseDate(text)
		if err == nil {
			t.Fatalf("%q is read", text)
		}
		for _, piece := range pieces {
			if strings.Contains(err.Error(), piece) {
				t.Errorf("%q: the error %q quotes %q", text, err, piece)
			}
		}
	}
}

func TestLeapDaysExistInLeapYearsOnly(t *testing.T) {
	for year, leap := range map[string]bool{
		"2024": true, "2023": false, "2000": true, "1900": false, "2100": false, "2400": true, "0004": true, "0001": false,
	} {
		d, err := formats.ParseDate(year + "-02-29")
		if (err == nil) != leap {
			t.Errorf("29 February %s: %v, %v", year, d, err)
		}
		if d := mustParse(t, year+"-02"); (d.Latest().Day() == 29) != leap {
			t.Errorf("February %s ends on day %d", year, d.Latest().Day())
		}
		if leap && !d.Latest().Equal(mustParse(t, year+"-02").Latest()) {
			t.Errorf("29 February %s is not the end of that month", year)
		}
	}
}

func TestADateOfAMomentKeepsItsZone(t *testing.T) {
	moment := at(2021, 12, 31, 23, 30, 0, time.FixedZone("", -5*3600))
	d := formats.DateOf(moment)
	if d.Year != 2021 || d.Month != 12 || d.Day != 31 || !d.Instant.Equal(moment) || d.NoZone {
		t.Errorf("%+v", d)
	}
	if d.String() != "2021-12-31T23:30:00-05:00" {
		t.Errorf("written %q", d)
	}
}
