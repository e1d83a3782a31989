package conformance

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/mrz"
	"github.com/travelseal/travelseal/internal/vectors"
	"github.com/travelseal/travelseal/verify"
)

// TestMRZ runs every case of a printed machine readable zone: shape, layout, check digits and fields.
func TestMRZ(t *testing.T) {
	cases := vectors.Travel(t, "mrz")
	list, ran, used := readListing(t), make(map[string]bool), make(map[string]bool)
	tests, layouts := 0, make(map[string]int)
	for _, vc := range cases {
		t.Run(vc.ID, func(t *testing.T) {
			ran[vc.ID] = true
			c := &comparison{t: t, id: vc.ID, list: list, used: used}
			compareMRZ(c, vc)
			tests += c.tests
			layouts[text(plain(t, vc.Expect.Fields["format"]))]++
		})
	}
	list.unused(t, ran, used)
	t.Logf("%d cases (%v); %d expectations compared, %d of them listed as disagreements", len(cases), layouts, tests, len(used))
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
	if status := inspected(c.t, in); status != verify.Unsealed {
		c.t.Errorf("judged %s: nobody has sealed a printed zone", status)
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
	got["format"] = layoutNames[mrz.Format.Trace(in, formats.Options{})[0].Detail[0].Value]
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

// inspected gives the status of a zone before a verifier that trusts nobody.
func inspected(t *testing.T, in formats.Input) verify.Status {
	t.Helper()
	set, err := formats.NewSet(mrz.Format)
	if err != nil {
		t.Fatal(err)
	}
	now := func() time.Time { return time.Date(2026, 11, 1, 12, 0, 0, 0, time.UTC) }
	v, err := verify.New(verify.Config{Formats: set, Policy: verify.DefaultPolicy(set.IDs()...), Now: now})
	if err != nil {
		t.Fatal(err)
	}
	report := v.Inspect(context.Background(), []formats.Input{in})
	if report.Verdict != verify.Refer {
		t.Errorf("the verdict is %s", report.Verdict)
	}
	return report.Documents[0].Status
}

// layoutNames gives the sources' names of the layouts.
var layoutNames = map[string]string{"TD1": "TD1", "TD2": "TD2", "TD3": "TD3", "MRV-A": "MRVA", "MRV-B": "MRVB", "FRA-ID": "FRA-ID"}

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
