package dgcg_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/trustlist/dgcg"
)

func load(t testing.TB, files map[string][]byte) *trustlist.Snapshot {
	t.Helper()
	dir := t.TempDir()
	for name, data := range files {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s, err := trustlist.Loader{Importers: dgcg.Importers}.Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestALoaderTakesWhatTheTrustAnchorAnswersFor(t *testing.T) {
	good := list(gateway.Good()...)
	for name, c := range map[string]struct {
		files map[string][]byte
		want  int
	}{
		"pinned":        {map[string][]byte{"list.json": good, "ta.pem": gateway.Anchor.PEM()}, 2},
		"nobody pinned": {map[string][]byte{"list.json": good, "dsc.pem": gateway.DSC.PEM()}, 0},
		"a stranger":    {map[string][]byte{"list.json": good, "ta.pem": gateway.Stranger.PEM()}, 0},
	} {
		got := 0
		s := load(t, c.files)
		for _, a := range s.Anchors() {
			if a.Source.Name == "list.json" {
				got++
			}
		}
		if got != c.want || len(s.Dropped()) == 0 {
			t.Errorf("%s: %d anchors, %v", name, got, s.Dropped())
		}
	}
}
