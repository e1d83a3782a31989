package all_test

import (
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/all"
)

func TestEveryFormatHasAPlaceInTheSet(t *testing.T) {
	list := all.Formats()
	s, err := formats.NewSet(list...)
	if err != nil {
		t.Fatal(err)
	}
	if got := all.Set().List(); len(got) != len(list) || len(list) == 0 {
		t.Errorf("%d formats in the Set, %d in the list", len(got), len(list))
	}
	for _, id := range s.IDs() {
		if p, ok := all.Set().Lookup(id); !ok || p.Title == "" || p.Spec == "" {
			t.Errorf("%s has no title or citation: %+v", id, p)
		}
	}
}

func TestEveryFormatIsDescribed(t *testing.T) {
	for _, f := range all.Formats() {
		if f.Title == "" || f.Spec == "" {
			t.Errorf("%s has no title or citation", f.ID)
		}
		seen := make(map[string]bool)
		for _, tol := range f.Tolerances {
			if tol.Name == "" || tol.Why == "" || tol.Cite == "" {
				t.Errorf("%s: a tolerance without name, reason or citation: %+v", f.ID, tol)
			}
			if seen[tol.Name] {
				t.Errorf("%s: two tolerances are named %s", f.ID, tol.Name)
			}
			seen[tol.Name] = true
		}
	}
}

// Detect and Trace meet every Input, those for other formats among them.
func TestNoFormatFailsOnAnEmptyInput(t *testing.T) {
	for _, f := range all.Formats() {
		for name, in := range map[string]formats.Input{
			"no file": {}, "an empty file": formats.Text(""), "a named file": {Files: []formats.File{{Name: "DG1"}}},
		} {
			if f.Detect(in) {
				t.Errorf("%s recognises %s", f.ID, name)
			}
			if doc, err := f.Decode(in, formats.Options{}); doc != nil || err == nil {
				t.Errorf("%s decodes %s", f.ID, name)
			}
			if f.Trace == nil {
				continue
			}
			if steps := f.Trace(in, formats.Options{}); len(steps) == 0 || steps[len(steps)-1].Err == nil {
				t.Errorf("%s traces %s to the end", f.ID, name)
			}
		}
	}
}
