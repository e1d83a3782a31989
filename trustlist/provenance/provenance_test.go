package provenance_test

import (
	"crypto/sha256"
	"encoding/json"
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

func TestARemovedKeyIsBuriedOnceAndRestoredOnce(t *testing.T) {
	o := provenance.NewOverlay()
	o.Bury([]diff.Key{{SPKI: two, Sources: []string{"b"}}, {SPKI: one, Sources: []string{"a", "b"}}}, moment)
	o.Bury([]diff.Key{{SPKI: two, Sources: []string{"b"}}}, moment.AddDate(0, 1, 0))
	if len(o.Tombstones) != 2 || o.Tombstones[0].SPKI != one || o.Tombstones[1].Since != "2026-11-01T00:00:00Z" || o.Tombstones[0].Reason != "removed from a, b" {
		t.Fatalf("%+v", o)
	}
	if err := o.Restore(two, "asked for", moment); err != nil {
		t.Fatal(err)
	}
	if len(o.Tombstones) != 1 || len(o.Restored) != 1 || o.Restored[0] != (provenance.Restored{SPKI: two, At: "2026-11-01T00:00:00Z", Reason: "asked for"}) || o.Removed()[two] {
		t.Errorf("%+v", o)
	}
	if o.Restore(two, "again", moment) == nil {
		t.Error("restored twice")
	}
	// Removed once more, it needs a new word to come back.
	o.Bury([]diff.Key{{SPKI: two}}, moment)
	if len(o.Restored) != 0 || !o.Removed()[two] {
		t.Errorf("%+v", o)
	}
}

func TestAnOverlayIsReadAsItWasWritten(t *testing.T) {
	o := provenance.NewOverlay()
	o.Bury([]diff.Key{{SPKI: one}, {SPKI: two}}, moment)
	if err := o.Restore(two, "asked for", moment); err != nil {
		t.Fatal(err)
	}
	o.Abuse = append(o.Abuse, provenance.Abuse{SPKI: one, From: "2026-01-01T00:00:00Z", Until: "2026-02-01T00:00:00Z", Documents: []string{strings.Repeat("0a", 16)}, Reason: "stolen"})
	text, err := json.Marshal(o)
	if err != nil {
		t.Fatal(err)
	}
	back, err := provenance.ReadOverlay(text)
	if err != nil || !reflect.DeepEqual(o, back) {
		t.Errorf("%+v, %v", back, err)
	}
	for name, change := range map[string][2]string{
		"an unknown member":  {`"abuse":`, `"abused":`},
		"another schema":     {"overlay/1", "overlay/2"},
		"a digest of 31":     {strings.Repeat("22", 32), strings.Repeat("22", 31)},
		"capitals":           {strings.Repeat("0a", 16), strings.Repeat("0A", 16)},
		"a moment":           {"2026-02-01T00:00:00Z", "February"},
		"a tombstone's date": {`"since":"2026-11-01T00:00:00Z"`, `"since":""`},
		"cut":                {"}]}", "}]"},
	} {
		bad := strings.Replace(string(text), change[0], change[1], 1)
		if bad == string(text) {
			t.Fatalf("%s: nothing was changed", name)
		}
		if _, err := provenance.ReadOverlay([]byte(bad)); err == nil {
			t.Errorf("%s is read", name)
		}
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

func FuzzReadOverlay(f *testing.F) {
	f.Add([]byte(`{"schema":"travelseal.overlay/1","tombstones":[{"spki_sha256":"` + one + `","since":"2026-01-01T00:00:00Z","reason":"x"}],"restored":[],"abuse":[]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		o, err := provenance.ReadOverlay(data)
		if err != nil {
			return
		}
		text, err := json.Marshal(o)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := provenance.ReadOverlay(text); err != nil {
			t.Fatal(err)
		}
	})
}
