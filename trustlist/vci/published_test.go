package vci_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/internal/vectors"
	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/trustlist/vci"
)

var update = flag.Bool("update", false, "write testdata/published.golden anew")

// loadFolder loads a folder of these files, as --trust does.
func loadFolder(t testing.TB, files map[string][]byte) (*trustlist.Snapshot, error) {
	t.Helper()
	dir := t.TempDir()
	for name, data := range files {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return trustlist.Loader{Importers: vci.Importers}.Load(dir)
}

// The golden file holds what is kept and left out of the published snapshot, as a relying party loads it who has pinned the
// directory's certificate.
func TestThePublishedSnapshot(t *testing.T) {
	files := map[string][]byte{}
	for _, name := range []string{"vci_snapshot.json", "vci_snapshot.sig", "vci_snapshot.crt"} {
		files[name] = vectors.Sample(t, "vci/"+name)
	}
	s, err := vci.ReadSnapshot("vci_snapshot.json", files["vci_snapshot.json"], vci.Trust{Unauthenticated: true})
	if err != nil {
		t.Fatal(err)
	}
	counts := map[string]int{}
	stale := s.Source.Date.AddDate(0, 0, -30)
	for _, i := range s.Issuers {
		counts["issuers"]++
		if i.Dropped != "" {
			counts["issuers dropped: "+i.Dropped]++
		}
		if i.Retrieved.Before(stale) {
			counts["issuers not retrieved for 30 days"]++
		}
		if i.Canonical != "" {
			counts["issuers grouped under another"]++
		}
		for _, k := range i.Keys {
			counts["keys"]++
			if k.Dropped != "" {
				counts["keys dropped: "+k.Dropped]++
			}
		}
		for _, l := range i.Lists {
			counts["revocation lists"]++
			counts["cards revoked"] += len(l.Revoked)
			if l.Dropped != "" {
				counts["revocation lists dropped: "+l.Dropped]++
			}
		}
	}
	loaded, err := loadFolder(t, files)
	if err != nil {
		t.Fatal(err)
	}
	if !loaded.Info().Created.Equal(s.Source.Date) {
		t.Errorf("the list is of %s", loaded.Info().Created)
	}
	for _, a := range loaded.Anchors() {
		counts["anchors: "+a.Role.String()+", "+a.Source.Authentication.String()]++
	}
	var lines []string
	for what, n := range counts {
		lines = append(lines, fmt.Sprintf("%s %d\n", what, n))
	}
	slices.Sort(lines)
	text := strings.Join(lines, "")
	golden := filepath.Join("testdata", "published.golden")
	if *update {
		if err := os.WriteFile(golden, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if text != string(want) {
		t.Errorf("the counts differ from %s; run with -update if that is meant:\n%s", golden, text)
	}
	delete(files, "vci_snapshot.sig")
	if _, err := loadFolder(t, files); err != nil {
		t.Fatal(err)
	}
}

func TestALoaderRefusesASnapshotWithoutPinOrSignature(t *testing.T) {
	data := good()
	all := map[string][]byte{"s.json": data, "s.sig": pinned(t, data).Signatures[0], "s.pem": directory.PEM()}
	for _, missing := range []string{"", "s.sig", "s.pem"} {
		files := map[string][]byte{}
		for name, b := range all {
			if name != missing {
				files[name] = b
			}
		}
		s, err := loadFolder(t, files)
		if err != nil {
			t.Fatal(err)
		}
		fromList, publisher := 0, trustlist.NoRole
		for _, a := range s.Anchors() {
			if a.Source.Name == "s.json" {
				fromList++
			} else {
				publisher = a.Role
			}
		}
		switch {
		case missing == "" && (fromList != 3 || publisher != trustlist.ListSigner || len(s.Dropped()) != 0):
			t.Errorf("%d anchors, the publisher is a %s, %v", fromList, publisher, s.Dropped())
		case missing != "" && (fromList != 0 || len(s.Dropped()) != 1):
			t.Errorf("without %s: %d anchors, %v", missing, fromList, s.Dropped())
		}
	}
}
