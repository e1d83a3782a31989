package barcode_test

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/internal/mint/barcode"
)

const committed = "../../../testdata"

func readAll(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		files[name], err = os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestTheCommittedTestdataAreWhatTheGeneratorWrites(t *testing.T) {
	dir := t.TempDir()
	if err := barcode.WriteTestdata(dir); err != nil {
		t.Fatal(err)
	}
	written := readAll(t, dir)
	for name, want := range written {
		got, err := os.ReadFile(filepath.Join(committed, filepath.FromSlash(name)))
		if err != nil {
			t.Errorf("testdata/%s is missing: run go generate ./internal/mint (%v)", name, err)
		} else if !bytes.Equal(got, want) {
			t.Errorf("testdata/%s is not what the generator writes: run go generate ./internal/mint", name)
		}
	}
	for _, folder := range barcode.Folders() {
		for name := range readAll(t, filepath.Join(committed, folder)) {
			if _, ok := written[folder+"/"+name]; !ok {
				t.Errorf("testdata/%s/%s is not written by the generator: remove it, or add it to the cases", folder, name)
			}
		}
	}
}

func TestCasesHaveNamesOfTheirOwnAndSoundWants(t *testing.T) {
	allowed := map[string][]string{
		"authentic": {"accept", "refer", "reject"}, "invalid": {"reject"}, "untrusted": {"refer"},
		"indeterminate": {"refer"}, "unreadable": {"refer"}, "unsealed": {"refer"},
	}
	for folder, cases := range barcode.Cases() {
		seen := map[string]bool{}
		for _, c := range cases {
			if seen[c.Name] || seen[c.Text] || c.About == "" {
				t.Errorf("%s/%s: a name or document that is there twice, or nothing about it", folder, c.Name)
			}
			seen[c.Name], seen[c.Text] = true, true
			if !slices.Contains(allowed[c.Want.Status], c.Want.Verdict) || (c.Want.Verdict == "accept") != (c.Want.Code == "") {
				t.Errorf("%s/%s: %+v", folder, c.Name, c.Want)
			}
			if strings.HasSuffix(c.Text, "\n") {
				t.Errorf("%s/%s ends with a line feed, which readers of files take away", folder, c.Name)
			}
		}
	}
}

func TestAFolderThatCannotBeWrittenIsAnError(t *testing.T) {
	blocked := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(blocked, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := barcode.WriteTestdata(blocked); err == nil {
		t.Error("no error")
	}
}

func TestASealIsAValue(t *testing.T) {
	good := barcode.Visa(barcode.Utopia().P256)
	before := good.Build()
	good.With(0x04, []byte{1, 2, 3}).Build()
	good.Without(0x05).Build()
	good.But(func(v *barcode.VDS) { v.State = "AUS" }).Build()
	if !bytes.Equal(good.Build(), before) {
		t.Error("the original is another")
	}
}

// The zones are those of Doc 9303-6 and 9303-7, of which package mint writes TD3.
func TestZonesHaveTheDigitsOfAPassport(t *testing.T) {
	m := mint.Maren.Passport("UT7042681", "F")
	passport := strings.Split(m.TD3(), "\n")[1]
	for what, zone := range map[string]string{"TD2": barcode.TD2(m)[36:], "small": barcode.Small(m)[36:], "large": barcode.Large(m)[44:]} {
		if zone[:28] != passport[:28] {
			t.Errorf("%s: %s, passport %s", what, zone, passport)
		}
	}
	if len(barcode.TD2(m)) != 72 || len(barcode.Small(m)) != 72 || len(barcode.Large(m)) != 88 {
		t.Error("of other lengths")
	}
}
