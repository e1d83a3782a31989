package vectors_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/internal/vectors"
)

func TestTravelLoadsEveryCaseOfTheReadme(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(vectors.Dir(t), "travel", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	line := regexp.MustCompile(`(?m)^By format: (.*)$`).FindSubmatch(text)
	if line == nil {
		t.Fatal("the README has no line of counts by format")
	}
	want := make(map[string]int)
	total := 0
	for _, pair := range strings.Split(string(line[1]), ", ") {
		format, count, _ := strings.Cut(pair, " ")
		n, err := strconv.Atoi(count)
		if err != nil {
			t.Fatalf("%q: %v", pair, err)
		}
		want[format], total = n, total+n
	}
	if total != 334 {
		t.Errorf("the README counts %d cases, want 334", total)
	}
	got, ids := make(map[string]int), make(map[string]bool)
	for _, c := range vectors.Travel(t) {
		got[c.Format]++
		if c.ID == "" || ids[c.ID] {
			t.Errorf("the id %q is empty or not unique", c.ID)
		}
		ids[c.ID] = true
	}
	for format, n := range want {
		if got[format] != n {
			t.Errorf("%s: loaded %d, the README says %d", format, got[format], n)
		}
	}
	if len(got) != len(want) {
		t.Errorf("loaded %d formats, the README has %d", len(got), len(want))
	}
}

func TestTravelSelectsByFormat(t *testing.T) {
	for _, tt := range []struct {
		formats []string
		want    int
	}{{[]string{"mrz"}, 90}, {[]string{"emrtd"}, 63}, {[]string{"mrz", "emrtd"}, 153}} {
		if got := len(vectors.Travel(t, tt.formats...)); got != tt.want {
			t.Errorf("%v: %d cases, want %d", tt.formats, got, tt.want)
		}
	}
}

func TestTravelCaseHasEveryFieldOfTheFiles(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(vectors.Dir(t), "travel", "*", "cases.jsonl"))
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
			var c vectors.TravelCase
			if err := d.Decode(&c); err != nil {
				t.Fatalf("%s: after %q: %v", name, c.ID, err)
			}
		}
	}
}

func TestEveryFileOfATravelCaseCanBeRead(t *testing.T) {
	read := 0
	for _, c := range vectors.Travel(t) {
		names := append([]string(nil), c.CRLs...)
		for _, name := range c.Input.Files {
			names = append(names, name)
		}
		if c.Trust != nil {
			names = append(names, c.Trust.Files...)
		}
		for _, name := range []string{c.Input.File, c.SessionTranscript} {
			if name != "" {
				names = append(names, name)
			}
		}
		for _, name := range names {
			if len(c.File(t, name)) == 0 {
				t.Errorf("%s: %s is empty", c.ID, name)
			}
			read++
		}
	}
	if read == 0 {
		t.Error("no case names a file")
	}
}
