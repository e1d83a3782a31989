package conformance

import (
	"testing"

	"github.com/travelseal/travelseal/internal/jcs"
	"github.com/travelseal/travelseal/internal/strict/json"
	"github.com/travelseal/travelseal/internal/vectors"
)

// TestJCS runs every case of the canonical form of RFC 8785.
func TestJCS(t *testing.T) {
	cases := vectors.Travel(t, "jcs")
	list, ran, used := readListing(t), make(map[string]bool), make(map[string]bool)
	tests := 0
	for _, vc := range cases {
		t.Run(vc.ID, func(t *testing.T) {
			ran[vc.ID] = true
			c := &comparison{t: t, id: vc.ID, list: list, used: used}
			canonical, err := canonicalForm(vc.Input.Text)
			c.same("decode", (err == nil) == *vc.Expect.Decode, "canonicalises: %v, expected %v", err, *vc.Expect.Decode)
			if err == nil {
				want := text(plain(t, vc.Expect.Fields["canonical"]))
				c.same("canonical", canonical == want, "got\n%s\nexpected\n%s", canonical, want)
			}
			tests += c.tests
		})
	}
	list.unused(t, ran, used)
	t.Logf("%d cases, %d expectations compared, %d of them listed as disagreements", len(cases), tests, len(used))
}

func canonicalForm(text string) (string, error) {
	v, err := json.Parse([]byte(text), json.Limits{Depth: 24, Items: 10_000})
	if err != nil {
		return "", err
	}
	b, err := jcs.Append(nil, v)
	return string(b), err
}
