package vectors

import (
	"encoding/json"
	"slices"
	"testing"
)

// Health returns the cases of the given formats, or of all formats where none is given, in the order of the suites'
// names and then of their lines. It skips the test where the cases are absent, and fails it where there is none of a
// format that was asked for: a misspelt name would otherwise test nothing.
func Health(t testing.TB, formats ...string) []Case {
	t.Helper()
	found := make(map[string]bool)
	var cases []Case
	for _, r := range records(t, "health") {
		c := Case{folder: r.folder}
		r.decode(t, &c)
		found[c.Format] = true
		if len(formats) == 0 || slices.Contains(formats, c.Format) {
			c.dropNulls()
			cases = append(cases, c)
		}
	}
	for _, f := range formats {
		if !found[f] {
			t.Fatalf("no health case has the format %q", f)
		}
	}
	return cases
}

// dropNulls makes a JSON null the nil of its field, as it is for every other type: encoding/json keeps it as text.
func (c *Case) dropNulls() {
	raw := []*json.RawMessage{&c.Input.JSON, &c.Expect.Payload, &c.JSONRaw, &c.ExpectRaw, &c.Checked}
	if c.Trust != nil {
		raw = append(raw, &c.Trust.JWKS)
	}
	for _, m := range raw {
		if string(*m) == "null" {
			*m = nil
		}
	}
}
