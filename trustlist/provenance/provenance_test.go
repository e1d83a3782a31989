package provenance_test

import (
	"crypto/sha256"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/travelseal/travelseal/internal/cert"
	"github.com/travelseal/travelseal/internal/mint/pki"
	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/trustlist/diff"
	"github.com/travelseal/travelseal/trustlist/provenance"
)

var (
	moment = time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)
	one    = strings.Repeat("11", 32)
	two    = strings.Repeat("22", 32)
)

func buried(t *testing.T, o *trustlist.Overlay, at time.Time, keys ...diff.Key) *trustlist.Overlay {
	t.Helper()
	o, err := provenance.Bury(o, keys, at)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func TestARemovedKeyIsBuriedOnceAndRestoredOnce(t *testing.T) {
	o := buried(t, new(trustlist.Overlay), moment, diff.Key{SPKI: two, Sources: []string{"b"}}, diff.Key{SPKI: one, Sources: []string{"a", "b"}})
	o = buried(t, o, moment.AddDate(0, 1, 0), diff.Key{SPKI: two, Sources: []string{"b"}})
	if len(o.Tombstones) != 2 || o.Tombstones[0].Key[0] != 0x11 || !o.Tombstones[1].Since.Equal(moment) || o.Tombstones[0].Reason != "removed from a, b" {
		t.Fatalf("%+v", o)
	}
	for _, c := range []struct {
		key string
		at  time.Time
	}{{strings.Repeat("33", 32), moment}, {"00", moment}, {two, moment.Add(-time.Second)}} {
		if _, err := provenance.Restore(o, c.key, "asked for", c.at); err == nil {
			t.Errorf("%s is restored at %s", c.key, c.at)
		}
	}
	back, err := provenance.Restore(o, two, "asked for", moment)
	if err != nil {
		t.Fatal(err)
	}
	if got := provenance.Removed(back); got[two] || !got[one] || len(back.Restored) != 1 || back.Restored[0].Reason != "asked for" || !provenance.Removed(o)[two] {
		t.Errorf("%+v", back)
	}
	if _, err := provenance.Restore(back, two, "again", moment); err == nil {
		t.Error("restored twice")
	}
	// Removed once more, it needs a new word to come back, whatever the clock said of the one before.
	for _, at := range []time.Time{moment, moment.AddDate(0, 0, 1)} {
		if again := buried(t, back, at, diff.Key{SPKI: two}); !provenance.Removed(again)[two] {
			t.Errorf("%+v", again)
		}
	}
	if _, err := provenance.Bury(o, []diff.Key{{SPKI: "11"}}, moment); err == nil {
		t.Error("a key of one byte is buried")
	}
}

func TestEverySourceIsAccountedFor(t *testing.T) {
	c, err := cert.Parse(pki.NewCSCA("provenance", pki.CSCA()).Issue("a", pki.DSC()).Cert)
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256([]byte("list"))
	a, err := trustlist.FromCertificate(c, trustlist.Source{Name: "the list's own name", SHA256: sum, Authentication: trustlist.SignedList, Date: moment})
	if err != nil {
		t.Fatal(err)
	}
	s, err := trustlist.Build(trustlist.Info{Name: "trust"}, trustlist.Material{Anchors: []trustlist.Anchor{a}, Dropped: []trustlist.Dropped{
		{Source: "empty.json", Item: "file", Reason: "nothing"}, {Source: "list.json", Item: "1", Reason: "expired"}, {Source: "list.json", Item: "2", Reason: "expired"},
	}})
	if err != nil {
		t.Fatal(err)
	}
	got := provenance.Sources(s, []provenance.File{{Name: "list.json", SHA256: sum, Size: 4}, {Name: "pins", SHA256: sha256.Sum256(nil)}, {Name: "empty.json", SHA256: sha256.Sum256([]byte("x"))}})
	if len(got) != 3 || got[0].File != "empty.json" || got[0].Kept != 0 || got[2].File != "pins" {
		t.Fatalf("%+v", got)
	}
	l := got[1]
	if l.Kept != 1 || l.Name != "the list's own name" || l.Size != 4 || l.Date != "2026-11-01T00:00:00Z" || !reflect.DeepEqual(l.Dropped, []provenance.DroppedCount{{Reason: "expired", Count: 2}}) ||
		!reflect.DeepEqual(l.Authentication, []string{"signed list"}) {
		t.Errorf("%+v", l)
	}
}
