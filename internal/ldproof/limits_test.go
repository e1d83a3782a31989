package ldproof_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/ldproof"
	"github.com/travelseal/travelseal/internal/strict/json"
)

// tree is a leg with as many like it within, to a depth.
func tree(width, depth int) string {
	if depth == 0 {
		return `{"type":"Leg"}`
	}
	within := strings.Repeat(","+tree(width, depth-1), width)[1:]
	return `{"type":"Leg","leg":[` + within + `]}`
}

func TestGraphsAreBoundedBeforeTheyAreWritten(t *testing.T) {
	crew := func(n int) string { return strings.Repeat(`{"deputy":`, n) + `{}` + strings.Repeat("}", n) }
	for name, members := range map[string]string{
		"five that look alike": `"leg":[` + strings.Repeat(`,{"type":"Leg"}`, 5)[1:] + `]`,
		"forty":                `"leg":[` + strings.Repeat(`,{"type":"Leg"}`, 40)[1:] + `]`,
		"a deep chain":         `"crew":` + crew(31),
		"a wide tree":          `"leg":[` + tree(3, 3) + `]`,
		"many named":           `"agent":[` + strings.Repeat(`,"did:x:y"`, 3)[1:] + `],"title":[` + many(1000) + `]`,
	} {
		start := time.Now()
		refused(t, document(members), formats.CodeLimit, "JSON-LD")
		if took := time.Since(start); took > 5*time.Second {
			t.Errorf("%s: refused after %v", name, took)
		}
	}
	for name, members := range map[string]string{
		"four that look alike": `"leg":[` + strings.Repeat(`,{"type":"Leg"}`, 4)[1:] + `]`,
		"a chain":              `"crew":` + crew(28),
		"hundreds of values":   `"title":[` + many(990) + `]`,
		"a hundred objects":    `"leg":[` + strings.Repeat(`,{"id":"bare","type":"Leg"}`, 100)[1:] + `]`,
	} {
		if d := parsed(t, document(members), formats.Options{}); d.Canonical == "" {
			t.Errorf("%s: not written", name)
		}
	}
}

// many writes different texts.
func many(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(`,"` + strings.Repeat("a", i%7) + strings.Repeat("b", i/7) + `"`)
	}
	return b.String()[1:]
}

// The worst that the bounds let through: trees of unnamed objects that look alike, in which the algorithm tries every
// order of every group.
func TestTheWorstGraphWithinTheBoundsIsQuick(t *testing.T) {
	for name, members := range map[string]string{
		"four with four":        `"leg":[` + strings.Repeat(","+tree(4, 1), 4)[1:] + `]`,
		"two, two, two, two":    `"leg":[` + tree(2, 3) + "," + tree(2, 2) + `]`,
		"four, with a chain":    `"leg":[` + strings.Repeat(","+tree(1, 6), 4)[1:] + `]`,
		"three, three, and one": `"leg":[` + strings.Repeat(","+tree(3, 1), 3)[1:] + `]`,
		"four crews":            `"crew":[` + strings.Repeat(`,{"deputy":[{"deputy":[{},{}]},{"deputy":[{},{}]}]}`, 4)[1:] + `]`,
	} {
		start := time.Now()
		d, err := parse(document(members), formats.Options{})
		if took := time.Since(start); err != nil || took > 2*time.Second {
			t.Errorf("%s: %v, %v", name, took, err)
		} else {
			t.Logf("%s: %v, %d statements", name, took, strings.Count(d.Canonical, "\n"))
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(document("")))
	f.Add([]byte(signed(document(`"id":"urn:a","title":"a","crew":{"id":"B7"},"leg":[{"type":"Leg"},{"type":"Leg"}]`), proof)))
	f.Add([]byte(signed(document(`"id":"bare"`), proofOf("Ed25519Signature2020", `,"proofValue":"z2"`))))
	f.Add([]byte(signed(document(`"id":"_:b0","unheard":[[]]`), `[]`)))
	f.Fuzz(func(t *testing.T, text []byte) {
		v, err := json.Parse(text, json.Limits{Depth: 24, Items: 10_000})
		if err != nil {
			return
		}
		start := time.Now()
		d, err := ldproof.Parse(v, own, formats.Options{Tolerate: []string{"unknown-member"}})
		if took := time.Since(start); took > 10*time.Second {
			t.Fatalf("%v", took)
		}
		var fe *formats.Error
		if err != nil && !errors.As(err, &fe) || (d == nil) == (err == nil) {
			t.Fatalf("%v, %v", d, err)
		}
		if d != nil && d.Seal != nil && (d.Seal.Problem.Code == "") != (d.Seal.Signed != nil) {
			t.Fatalf("%+v", d.Seal)
		}
	})
}
