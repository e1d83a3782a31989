package vectors_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"
	"time"

	"github.com/travelseal/travelseal/internal/vectors"
)

// tally counts cases as the README's table does: in all, valid, invalid, unverifiable and without an outcome.
type tally [5]int

func (n *tally) add(outcome *string) {
	n[0]++
	switch {
	case outcome == nil:
		n[4]++
	case *outcome == "valid":
		n[1]++
	case *outcome == "invalid":
		n[2]++
	case *outcome == "unverifiable":
		n[3]++
	}
}

func TestHealthLoadsEveryCaseOfTheReadmesTable(t *testing.T) {
	got := make(map[[2]string]tally)
	var total tally
	ids := make(map[string]bool)
	for _, c := range vectors.Health(t) {
		key := [2]string{c.Suite, c.Format}
		n := got[key]
		n.add(c.Expect.Outcome)
		got[key] = n
		total.add(c.Expect.Outcome)
		if c.ID == "" || ids[c.ID] {
			t.Errorf("the id %q is empty or not unique", c.ID)
		}
		ids[c.ID] = true
	}
	want := readmeTable(t)
	for key, n := range want {
		if got[key] != n {
			t.Errorf("%v: loaded %v, the README says %v", key, got[key], n)
		}
	}
	if len(got) != len(want) {
		t.Errorf("loaded %d pairs of suite and format, the README has %d", len(got), len(want))
	}
	if total != (tally{747, 426, 100, 30, 191}) {
		t.Errorf("loaded %v in all", total)
	}
}

var readmeRow = regexp.MustCompile(`(?m)^\| ([a-z-]+) \| ([a-z-]+) \| (\d+) \((\d+)/(\d+)/(\d+)/(\d+)\) \|$`)

func readmeTable(t *testing.T) map[[2]string]tally {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(vectors.Dir(t), "health", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	table := make(map[[2]string]tally)
	for _, row := range readmeRow.FindAllStringSubmatch(string(text), -1) {
		var n tally
		for i := range n {
			n[i], _ = strconv.Atoi(row[3+i]) // digits, by the expression
		}
		table[[2]string{row[1], row[2]}] = n
	}
	if len(table) != 21 {
		t.Fatalf("the README's table has %d rows that can be read, want 21", len(table))
	}
	return table
}

func TestHealthSelectsByFormat(t *testing.T) {
	for _, tt := range []struct {
		formats []string
		want    int
	}{
		{[]string{"eu-dcc"}, 626},
		{[]string{"eu-dcc-json"}, 23},
		{[]string{"eu-dcc", "eu-dcc-json"}, 649},
		{[]string{"nzcp"}, 23},
	} {
		if got := len(vectors.Health(t, tt.formats...)); got != tt.want {
			t.Errorf("%v: %d cases, want %d", tt.formats, got, tt.want)
		}
	}
}

func TestEveryClockParses(t *testing.T) {
	stated := 0
	for _, c := range vectors.Health(t) {
		at, ok, err := c.Clock()
		if err != nil {
			t.Error(err)
		}
		if ok {
			stated++
			if at.Year() < 2020 || at.Year() > 2100 {
				t.Errorf("%s: the clock %q was read as %v", c.ID, c.At, at)
			}
		}
	}
	if stated != 702 {
		t.Errorf("%d cases state a clock, want 702", stated)
	}
}

func TestClockReadsEachSpelling(t *testing.T) {
	noon := time.Date(2021, 6, 1, 12, 0, 0, 0, time.UTC)
	for at, want := range map[string]time.Time{
		"2021-06-01T12:00:00Z":             noon,
		"2021-06-01T14:00:00+02:00":        noon,
		"2021-06-01T14:00:00+0200":         noon,
		"2021-06-01T12:00:00":              noon,
		"2021-06-01T12:00:00.25":           noon.Add(250 * time.Millisecond),
		"2021-06-01T12:00:00.000001Z":      noon.Add(time.Microsecond),
		"2021-06-01T12:00:00.000000001+00": {},
		"2021-06-01":                       {},
		"1622548800":                       {},
		" 2021-06-01T12:00:00Z":            {},
	} {
		got, ok, err := vectors.Case{At: at}.Clock()
		if want.IsZero() {
			if err == nil || ok {
				t.Errorf("%q: read as %v, want an error", at, got)
			}
		} else if err != nil || !ok || !got.Equal(want) {
			t.Errorf("%q: %v, %v, %v; want %v", at, got, ok, err, want)
		}
	}
	if _, ok, err := (vectors.Case{}).Clock(); ok || err != nil {
		t.Errorf("a case without a clock: %v, %v", ok, err)
	}
}

// A field that Case lacks would be lost without a word, and with it what it demands.
func TestCaseHasEveryFieldOfTheFiles(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(vectors.Dir(t), "health", "*", "cases.jsonl"))
	if err != nil || len(files) == 0 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		d := json.NewDecoder(bytes.NewReader(text))
		d.DisallowUnknownFields()
		for d.More() {
			var c vectors.Case
			if err := d.Decode(&c); err != nil {
				t.Fatalf("%s: after %q: %v", name, c.ID, err)
			}
		}
	}
}

func TestEveryNamedFileCanBeRead(t *testing.T) {
	read := 0
	for _, c := range vectors.Health(t) {
		names := c.Input.Files
		if c.Input.File != "" {
			names = append(names, c.Input.File)
		}
		for _, name := range names {
			if len(c.File(t, name)) == 0 {
				t.Errorf("%s: %s is empty", c.ID, name)
			}
			read++
		}
	}
	if read < 327 {
		t.Errorf("%d files read, want at least the 326 single ones and one list", read)
	}
}

func TestNullIsNotStated(t *testing.T) {
	for _, c := range vectors.Health(t) {
		for what, raw := range map[string]json.RawMessage{"payload": c.Expect.Payload, "json": c.Input.JSON} {
			if string(raw) == "null" {
				t.Fatalf("%s: %s is the text null, want nil", c.ID, what)
			}
		}
	}
}
