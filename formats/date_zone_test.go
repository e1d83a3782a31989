package formats_test

import (
	"encoding/binary"
	"testing"
	"time"

	"github.com/travelseal/travelseal/formats"
)

// summerTime is a zone that is one hour ahead of UTC until 1970 and two hours ever since, as a TZif file of version 1
// (RFC 9636 §3).
func summerTime(t *testing.T) *time.Location {
	t.Helper()
	b := append([]byte("TZif"), make([]byte, 16)...)
	for _, count := range []uint32{0, 0, 0, 1, 2, 8} { // UT, standard, leap seconds, transitions, types, letters
		b = binary.BigEndian.AppendUint32(b, count)
	}
	b = binary.BigEndian.AppendUint32(b, 0) // the transition, at the beginning of 1970
	b = append(b, 1)                        // to the second type
	b = append(binary.BigEndian.AppendUint32(b, 3600), 0, 0)
	b = append(binary.BigEndian.AppendUint32(b, 7200), 1, 4)
	zone, err := time.LoadLocationFromTZData("Utopia/Amaurot", append(b, "UST\x00UDT\x00"...))
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

func TestAMomentDoesNotDependOnTheZoneOfTheMachine(t *testing.T) {
	machine := time.Local
	defer func() { time.Local = machine }()
	for _, text := range []string{"2021-07-01T12:00:00+01:00", "2021-07-01T12:00:00+02:00", "2021-07-01T12:00:00", "2021-07-01T12:00:00Z"} {
		time.Local = time.UTC
		want := mustParse(t, text)
		time.Local = summerTime(t)
		got := mustParse(t, text)
		if !got.Instant.Equal(want.Instant) || got.String() != want.String() {
			t.Errorf("%s is %v on one machine and %v on another", text, want, got)
		}
	}
}

// FuzzParseDate demands of every text that is read as a date that its written form means the same.
func FuzzParseDate(f *testing.F) {
	for _, s := range []string{
		"", "1963", "1963-04", "1963-04-09", "1963-00-00", "1963-04-00", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999999-23:59",
		"2021-04-25T12:45:31Z", "2021-04-25T12:45:31+02:00", "2021-04-25T12:45:31+0200", "2021-04-25 12:45", "2021-04-25T12:45:31.5",
		"2021-04-25T12:45:31+24:60", "2024-02-29", "2023-02-29",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d, err := formats.ParseDate(text)
		if err != nil {
			return
		}
		if d.Earliest().After(d.Latest()) {
			t.Errorf("%q begins %v and ends %v", text, d.Earliest(), d.Latest())
		}
		again, err := formats.ParseDate(d.String())
		if err != nil {
			t.Fatalf("%q is written %q, which is no date: %v", text, d, err)
		}
		if again.Year != d.Year || again.Month != d.Month || again.Day != d.Day || !again.Instant.Equal(d.Instant) {
			t.Errorf("%q is %+v; written and read again %+v", text, d, again)
		}
		if again.String() != d.String() {
			t.Errorf("%q is written %q and then %q", text, d, again)
		}
	})
}
