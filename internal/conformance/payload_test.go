package conformance

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strconv"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/hcert"
	"github.com/travelseal/travelseal/internal/vectors"
)

// comparePayload compares every value that the case says the certificate holds with the Claims that were read from it.
func comparePayload(c *comparison, vc vectors.Case, in formats.Input) {
	doc, err := hcert.Format.Decode(in, formats.Options{})
	if err != nil {
		c.t.Fatal(err)
	}
	var want map[string]any
	if err := json.Unmarshal(vc.Expect.Payload, &want); err != nil {
		c.t.Fatal(err)
	}
	got, expected := read(doc.Parts[0].Unverified), expectedValues(want)
	c.same("payload", reflect.DeepEqual(got, expected), "read as\n%v\nexpected\n%v", got, expected)
}

// values are the members of a certificate by their path, dates in one spelling.
type values map[string]string

func (v values) set(path, value string) {
	if value != "" {
		v[path] = value
	}
}

// read gives the values that the Claims hold.
func read(c formats.Claims) values {
	v := make(values)
	for _, f := range c.Extra {
		v.set("ver", f.Value)
	}
	v.set("dob", c.Subjects[0].Birth.String())
	for _, n := range c.Subjects[0].Names {
		if n.Script == "icao" {
			v.set("nam.fnt", n.Family)
			v.set("nam.gnt", n.Given)
		} else {
			v.set("nam.fn", n.Family)
			v.set("nam.gn", n.Given)
		}
	}
	for _, e := range c.Events {
		number := func(n int) string {
			if e.Kind != formats.Vaccination {
				return ""
			}
			return strconv.Itoa(n)
		}
		group := map[formats.Uses]string{formats.Vaccination: "v", formats.Test: "t", formats.Recovery: "r", formats.Exemption: "ve"}[e.Kind]
		when := map[formats.Uses]string{formats.Vaccination: "dt", formats.Test: "sc", formats.Recovery: "fr"}[e.Kind]
		for name, value := range map[string]string{
			"tg": e.Target.Code, "vp": e.Prophylaxis.Code, "mp": e.Product.Code, "ma": e.Manufacturer.Code, "dn": number(e.Dose),
			"sd": number(e.Doses), when: oneSpelling(e.When), "df": oneSpelling(e.From), "du": oneSpelling(e.Until), "tt": e.TestType.Code,
			"nm": e.TestName, "tr": e.Result.Code, "tc": e.Place, "co": e.Country, "is": e.Issuer, "ci": e.ID,
		} {
			v.set(group+"."+name, value)
		}
	}
	return v
}

// oneSpelling writes a date so that instants compare as instants.
func oneSpelling(d formats.Date) string {
	if !d.Instant.IsZero() {
		return d.Instant.UTC().String()
	}
	return d.String()
}

// expectedValues gives the values of the expected JSON, of the members that the schema knows.
func expectedValues(want map[string]any) values {
	v := make(values)
	v.set("ver", text(want["ver"]))
	if d, err := formats.ParseDate(text(want["dob"])); err == nil {
		d.Instant = time.Time{} // a birth date has no time of day, whatever the issuer wrote
		v.set("dob", d.String())
	}
	if names, ok := want["nam"].(map[string]any); ok {
		for _, k := range []string{"fn", "fnt", "gn", "gnt"} {
			v.set("nam."+k, text(names[k]))
		}
	}
	dates := map[string]bool{"dt": true, "sc": true, "fr": true, "df": true, "du": true}
	for _, group := range []string{"v", "t", "r", "ve"} {
		entries, _ := want[group].([]any)
		for _, e := range entries {
			for k, member := range e.(map[string]any) {
				value := text(member)
				if dates[k] {
					d, err := formats.ParseDate(value)
					if err != nil {
						continue
					}
					value = oneSpelling(d)
				}
				if k != "dr" { // not a member of the schemas that this version knows
					v.set(group+"."+k, value)
				}
			}
		}
	}
	return v
}

// text writes a JSON value the way a certificate's text has it.
func text(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	case float64:
		return strconv.FormatInt(int64(v), 10)
	}
	return fmt.Sprint(v)
}
