package conformance

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/mrz"
	"github.com/travelseal/travelseal/internal/vectors"
)

// notYet are the layouts that the format does not read, with the number of their cases. Each must be refused as such;
// whoever adds a layout takes it out of this list.
var notYet = map[string]int{"TD2": 8, "MRVA": 6, "MRVB": 1, "FRA-ID": 2}

// TestMRZ runs every case of a printed machine readable zone: shape, check digits and fields.
func TestMRZ(t *testing.T) {
	cases := vectors.Travel(t, "mrz")
	list, ran, used := readListing(t), make(map[string]bool), make(map[string]bool)
	tests, left := 0, make(map[string]int)
	for _, vc := range cases {
		t.Run(vc.ID, func(t *testing.T) {
			ran[vc.ID] = true
			if layout := text(plain(t, vc.Expect.Fields["format"])); notYet[layout] > 0 {
				left[layout]++
				refusedAsNotRead(t, vc, layout)
				return
			}
			c := &comparison{t: t, id: vc.ID, list: list, used: used}
			compareMRZ(c, vc)
			tests += c.tests
		})
	}
	list.unused(t, ran, used)
	if len(ran) == len(cases) && !maps.Equal(left, notYet) {
		t.Errorf("cases of layouts that are not read: %v, expected %v", left, notYet)
	}
	t.Logf("%d cases, of which %v are of layouts that are not read; %d expectations compared, %d of them listed as disagreements",
		len(cases), left, tests, len(used))
}

// refusedAsNotRead demands that a zone of a layout that is not read is named as such.
func refusedAsNotRead(t *testing.T, vc vectors.TravelCase, layout string) {
	_, err := mrz.Format.Decode(formats.Text(vc.Input.Text), formats.Options{})
	fe := (*formats.Error)(nil)
	if !errors.As(err, &fe) || fe.Code != formats.CodeVersion {
		t.Errorf("%s: %v, expected %s", layout, err, formats.CodeVersion)
	}
}

func compareMRZ(c *comparison, vc vectors.TravelCase) {
	e, in := vc.Expect, formats.Text(vc.Input.Text)
	doc, err := mrz.Format.Decode(in, formats.Options{})
	if e.Decode != nil {
		c.same("decode", (err == nil) == *e.Decode, "decodes: %v, expected %v", err, *e.Decode)
	}
	if err != nil {
		return
	}
	bad := failedDigits(doc)
	if e.CheckDigits != nil {
		c.same("check_digits", (len(bad) == 0) == *e.CheckDigits, "%v fail, expected %v", bad, e.BadCheckDigits)
		if !*e.CheckDigits {
			want := slices.Clone(e.BadCheckDigits)
			slices.Sort(want)
			c.same("bad_check_digits", slices.Equal(bad, want), "%v, expected %v", bad, want)
		}
	}
	got := fieldsOf(doc)
	got["format"] = mrz.Format.Trace(in, formats.Options{})[0].Detail[0].Value
	for name, raw := range e.Fields {
		value, known := got[name]
		if !known {
			c.t.Errorf("the case expects a field %q that the runner does not know", name)
			continue
		}
		want := text(plain(c.t, raw))
		if strings.HasSuffix(name, "Date") && strings.Trim(want, "0123456789<") != "" {
			want = "<<<<<<" // the source shows a date with letters as it is printed; here nothing is known of it
		}
		c.same(name, value == want, "read as %q, expected %q", value, want)
	}
}

// digitNames gives the sources' names of the check digits.
var digitNames = map[string]string{
	"document number check digit": "documentNumber", "date of birth check digit": "birthDate", "date of expiry check digit": "expirationDate",
	"optional data check digit": "personalNumber", "composite check digit": "composite",
}

func failedDigits(doc *formats.Document) []string {
	var bad []string
	for _, c := range doc.Checks {
		if c.Kind == formats.Digit && c.Result == formats.Fails {
			bad = append(bad, digitNames[c.Name])
		}
	}
	slices.Sort(bad)
	return bad
}

// fieldsOf gives the claims by the sources' names of the fields, dates as they are printed.
func fieldsOf(doc *formats.Document) map[string]string {
	claims := doc.Parts[0].Unverified
	s, d := claims.Subjects[0], claims.Documents[0]
	return map[string]string{
		"documentCode": d.Type, "issuingState": d.IssuingState, "nationality": s.Nationality, "sex": s.Sex,
		// Of a long number the sources show what stands in its field.
		"documentNumberRaw": d.Number[:min(len(d.Number), 9)],
		"birthDate":         printed(s.Birth), "expiryDate": printed(d.Expires),
		"surname": s.Names[0].Family, "givenNames": s.Names[0].Given,
	}
}

// printed writes a date as a zone does.
func printed(d formats.Date) string {
	two := func(n int) string {
		if n == 0 {
			return "<<"
		}
		return fmt.Sprintf("%02d", n%100)
	}
	return two(d.Year) + two(int(d.Month)) + two(d.Day)
}

// plain reads a JSON value; nil where there is none.
func plain(t *testing.T, raw json.RawMessage) any {
	t.Helper()
	if raw == nil {
		return nil
	}
	var v any
	if err := json.Unmarshal(raw, &v); err != nil {
		t.Fatal(err)
	}
	return v
}
