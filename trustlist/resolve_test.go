package trustlist_test

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/trustlist"
)

// sealed is a loader for which the path "sealed" stands for these files.
func sealed(info trustlist.Info, done *int, files ...string) trustlist.Loader {
	return trustlist.Loader{Resolve: func(path string) (*trustlist.Resolved, error) {
		switch filepath.Base(path) {
		case "sealed":
			return &trustlist.Resolved{Files: files, Info: info, Done: func() { *done++ }}, nil
		case "broken":
			return nil, errors.New("nobody has signed it")
		}
		return nil, nil
	}}
}

func TestWhatAPathStandsForIsDatedByWhoSealedIt(t *testing.T) {
	made, older := time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC), time.Date(2026, 9, 1, 0, 0, 0, 0, time.UTC)
	info := trustlist.Info{Name: "bundle", Version: 7, Created: made, Expires: made.AddDate(0, 0, 7), Seen: made.AddDate(0, 0, 1), StateReset: true, SHA256: [32]byte{9}}
	pem := file(t, "v.pem", utopia.Vaccination.PEM())
	old := file(t, "old.json", mint.TrustJSON(older))
	var done int
	l := sealed(info, &done, pem, old)

	s, err := l.Load("sealed")
	if err != nil {
		t.Fatal(err)
	}
	got := s.Info()
	want := info
	want.Anchors, want.Earliest = got.Anchors, got.Earliest
	if got != want || got.Anchors != 1 {
		t.Errorf("alone:\n%+v\nwant\n%+v", got, want)
	}
	if done != 1 {
		t.Errorf("the files were given back %d times", done)
	}

	beside := file(t, "beside.json", mint.TrustJSON(older.AddDate(0, -1, 0)))
	if s, err = l.Load("sealed", beside); err != nil {
		t.Fatal(err)
	}
	got = s.Info()
	if got.Name != "bundle+beside.json" || got.Version != 7 || !got.Created.Equal(older.AddDate(0, -1, 0)) || !got.Expires.Equal(info.Expires) || !got.Seen.Equal(info.Seen) || !got.StateReset {
		t.Errorf("beside another list: %+v", got)
	}
	if s, err = l.Load("sealed", file(t, "r.pem", utopia.Recovery.PEM())); err != nil || !s.Info().Created.IsZero() {
		t.Errorf("beside a certificate without a date: %+v, %v", s.Info(), err)
	}
}

func TestEveryFileOfASealedWholeMustBeTrustMaterial(t *testing.T) {
	var done int
	l := sealed(trustlist.Info{Name: "bundle"}, &done, file(t, "v.pem", utopia.Vaccination.PEM()), file(t, "revoked.srt", []byte("nothing")))
	if _, err := l.Load("sealed"); err == nil || !strings.Contains(err.Error(), "revoked.srt") {
		t.Errorf("got %v", err)
	}
	if done != 1 {
		t.Errorf("the files were given back %d times", done)
	}
	if _, err := l.Load("broken"); err == nil || !strings.Contains(err.Error(), "nobody has signed it") {
		t.Errorf("got %v", err)
	}
}
