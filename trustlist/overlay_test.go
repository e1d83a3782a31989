package trustlist_test

import (
	"bytes"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/trustlist"
)

var buriedAt = time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC)

// fingerprint is the digest by which an Overlay names a signer's key.
func fingerprint(t testing.TB, s mint.Signer) [32]byte {
	t.Helper()
	a := load(t, file(t, "signer.pem", s.PEM())).Anchors()[0]
	return a.Fingerprint()
}

// overlaid loads lists and an Overlay beside them.
func overlaid(t testing.TB, o trustlist.Overlay, lists ...[]byte) *trustlist.Snapshot {
	t.Helper()
	text, err := o.Append(nil)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	write(t, dir, "overlay.json", text)
	for i, l := range lists {
		write(t, dir, fmt.Sprintf("list-%d", i), l)
	}
	return load(t, dir)
}

func TestAWithdrawnKeyStaysWithdrawnWhateverListBringsItBack(t *testing.T) {
	v := utopia.Vaccination
	key := fingerprint(t, v)
	buried := trustlist.Tombstone{Key: key, Since: buriedAt, Reason: "retired"}
	lists := map[string][]byte{
		"a certificate": v.PEM(), "a list": list(t, nil, entry(v, nil)), "a packed list": pack(t, load(t, file(t, "signer.pem", v.PEM()))),
	}
	for name, l := range lists {
		for what, c := range map[string]struct {
			overlay   trustlist.Overlay
			withdrawn bool
		}{
			"withdrawn":         {trustlist.Overlay{Tombstones: []trustlist.Tombstone{buried}}, true},
			"another key":       {trustlist.Overlay{Tombstones: []trustlist.Tombstone{{Key: [32]byte{1}, Since: buriedAt}}}, false},
			"restored later":    {trustlist.Overlay{Tombstones: []trustlist.Tombstone{buried}, Restored: []trustlist.Restoration{{Key: key, At: buriedAt.Add(1)}}}, false},
			"restored then":     {trustlist.Overlay{Tombstones: []trustlist.Tombstone{buried}, Restored: []trustlist.Restoration{{Key: key, At: buriedAt}}}, false},
			"restored before":   {trustlist.Overlay{Tombstones: []trustlist.Tombstone{buried}, Restored: []trustlist.Restoration{{Key: key, At: buriedAt.Add(-1)}}}, true},
			"another restored":  {trustlist.Overlay{Tombstones: []trustlist.Tombstone{buried}, Restored: []trustlist.Restoration{{Key: [32]byte{1}, At: buriedAt}}}, true},
			"withdrawn a third": {trustlist.Overlay{Tombstones: []trustlist.Tombstone{buried, {Key: key, Since: buriedAt.AddDate(0, 1, 0)}}, Restored: []trustlist.Restoration{{Key: key, At: buriedAt.Add(1)}}}, true},
		} {
			s := overlaid(t, c.overlay, l, utopia.Recovery.PEM())
			a := s.Find(formats.Signer{KeyID: v.KID})[0]
			if withdrawn := !a.Tombstone.Since.IsZero(); withdrawn != c.withdrawn {
				t.Errorf("%s, %s: withdrawn is %v", name, what, withdrawn)
			}
			if b := s.Find(formats.Signer{KeyID: utopia.Recovery.KID})[0]; !b.Tombstone.Since.IsZero() {
				t.Errorf("%s, %s: the other key is withdrawn", name, what)
			}
		}
	}
	s := overlaid(t, trustlist.Overlay{Tombstones: []trustlist.Tombstone{buried}}, v.PEM())
	if d := s.Dropped(); len(d) != 1 || !strings.Contains(d[0].Reason, "withdrawn since 2026-05-01") {
		t.Errorf("what came back is not named: %+v", d)
	}
}

func TestAWithdrawnAuthorityLeadsToNobody(t *testing.T) {
	a := load(t, file(t, "csca.pem", csca.PEM())).Anchors()[0]
	s := overlaid(t, trustlist.Overlay{Tombstones: []trustlist.Tombstone{{Key: a.Fingerprint(), Since: buriedAt}}}, csca.PEM())
	if found, err := s.Lead(brought(dsc)); len(found) != 0 || err == nil {
		t.Errorf("%d signers, %v", len(found), err)
	}
	signer := lead(t, "signer", load(t, file(t, "csca.pem", csca.PEM())), brought(dsc))
	s = overlaid(t, trustlist.Overlay{Tombstones: []trustlist.Tombstone{{Key: signer.Fingerprint(), Since: buriedAt}}}, csca.PEM())
	if got := lead(t, "withdrawn signer", s, brought(dsc)); got.Tombstone.Since.IsZero() {
		t.Error("a signer that was withdrawn is found through its authority as if it were not")
	}
}

func TestAnAbuseWindowBelongsToItsKey(t *testing.T) {
	v, r := utopia.Vaccination, utopia.Recovery
	w := trustlist.AbuseWindow{Key: fingerprint(t, v), From: buriedAt, Until: buriedAt.AddDate(0, 1, 0), Documents: [][trustlist.HashSize]byte{{7}}, Reason: "stolen"}
	s := overlaid(t, trustlist.Overlay{Abuse: []trustlist.AbuseWindow{w}}, v.PEM(), r.PEM())
	got := s.Abuse(s.Find(formats.Signer{KeyID: v.KID})[0])
	if len(got) != 1 || !reflect.DeepEqual(got[0], w) {
		t.Errorf("%+v, want %+v", got, w)
	}
	if got := s.Abuse(s.Find(formats.Signer{KeyID: r.KID})[0]); got != nil {
		t.Errorf("the other key: %+v", got)
	}
	if !w.Names([trustlist.HashSize]byte{7}) || w.Names([trustlist.HashSize]byte{8}) {
		t.Error("documents")
	}
	from, until := w.From, w.Until
	for what, c := range map[string]struct {
		issued, issuedUntil time.Time
		covered             bool
	}{
		"before": {from.Add(-1), time.Time{}, false}, "first": {from, time.Time{}, true}, "last": {until, time.Time{}, true},
		"after": {until.Add(1), time.Time{}, false}, "no date": {time.Time{}, time.Time{}, true}, "a day that reaches in": {from.Add(-5), from, true},
		"a day that begins in": {until, until.Add(9), true}, "around": {from.Add(-5), until.Add(5), true}, "a day before": {from.Add(-5), from.Add(-1), false},
	} {
		if w.Covers(c.issued, c.issuedUntil) != c.covered {
			t.Errorf("%s: %v", what, !c.covered)
		}
	}
	if open := (trustlist.AbuseWindow{}); !open.Covers(buriedAt, time.Time{}) {
		t.Error("a window without bounds")
	}
}

func TestAnOverlayIsWrittenAsItIsRead(t *testing.T) {
	o := &trustlist.Overlay{
		Tombstones: []trustlist.Tombstone{{Key: [32]byte{1}, Since: buriedAt, Reason: "rückwirkend"}}, Restored: []trustlist.Restoration{{Key: [32]byte{2}, At: buriedAt}},
		Abuse: []trustlist.AbuseWindow{{Key: [32]byte{3}, From: buriedAt, Documents: [][trustlist.HashSize]byte{{1}, {2}}}, {Key: [32]byte{3}, Until: buriedAt}},
	}
	text, err := o.Append(nil)
	if err != nil {
		t.Fatal(err)
	}
	back, err := trustlist.ParseOverlay(text)
	if err != nil || !reflect.DeepEqual(back, o) {
		t.Errorf("%+v, %v; want %+v", back, err, o)
	}
	if again, _ := back.Append(nil); !bytes.Equal(again, text) {
		t.Errorf("%s, want %s", again, text)
	}
}

func TestAnOverlayThatIsBrokenIsNotUsed(t *testing.T) {
	good := `{"schema":"travelseal.overlay/1","tombstones":[{"spki_sha256":"` + strings.Repeat("ab", 32) + `","since":"2026-05-01T00:00:00Z","reason":"x"}],` +
		`"restored":[{"spki_sha256":"` + strings.Repeat("cd", 32) + `","at":"2026-05-01T00:00:00Z","reason":"x"}],` +
		`"abuse":[{"spki_sha256":"` + strings.Repeat("ef", 32) + `","from":"2026-05-01T00:00:00Z","until":"2026-06-01T00:00:00Z","documents":["` + strings.Repeat("01", 16) + `"],"reason":"x"}]}`
	if _, err := trustlist.ParseOverlay([]byte(good)); err != nil {
		t.Fatal(err)
	}
	for what, c := range map[string]struct{ from, to, why string }{
		"another version":    {"overlay/1", "overlay/2", "schema"},
		"a member unknown":   {`"restored"`, `"restore"`, "unknown member"},
		"a short key":        {"abab", "ab", "tombstones[0]: spki_sha256: 64"},
		"no key":             {strings.Repeat("cd", 32), "", "restored[0]: spki_sha256"},
		"no moment":          {`"since":"2026-05-01T00:00:00Z"`, `"since":""`, "tombstones[0]: since"},
		"a day for a moment": {`"at":"2026-05-01T00:00:00Z"`, `"at":"2026-05-01"`, "restored[0]: at"},
		"a window reversed":  {"2026-06-01", "2026-04-01", "abuse[0]: until: before from"},
		"a long document":    {"0101", "010101", "abuse[0]: documents[0]: 32"},
		"no hexadecimal":     {strings.Repeat("ef", 32), strings.Repeat("xy", 32), "abuse[0]: spki_sha256"},
	} {
		text := strings.Replace(good, c.from, c.to, 1)
		if _, err := trustlist.ParseOverlay([]byte(text)); err == nil || !strings.Contains(err.Error(), c.why) {
			t.Errorf("%s: %v, want %q", what, err, c.why)
		}
		if what != "another version" { // which is no overlay that is known here
			notLoaded(t, what, file(t, "overlay.json", []byte(text)))
		}
	}
}

func FuzzOverlay(f *testing.F) {
	text, err := (&trustlist.Overlay{Tombstones: []trustlist.Tombstone{{Since: buriedAt}}, Abuse: []trustlist.AbuseWindow{{Documents: make([][trustlist.HashSize]byte, 1)}}}).Append(nil)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(text)
	f.Fuzz(func(t *testing.T, data []byte) {
		o, err := trustlist.ParseOverlay(data)
		if err != nil {
			return
		}
		text, err := o.Append(nil)
		if err != nil {
			t.Fatal(err)
		}
		if back, err := trustlist.ParseOverlay(text); err != nil || len(back.Tombstones) != len(o.Tombstones) || len(back.Abuse) != len(o.Abuse) {
			t.Errorf("%s is written as %s and read as %+v, %v", data, text, back, err)
		}
	})
}
