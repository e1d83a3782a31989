package trustlist_test

import (
	"crypto/sha256"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/trustlist"
)

func hash(data string) []byte {
	sum := sha256.Sum256([]byte(data))
	return sum[:trustlist.HashSize]
}

func revoked(kind, data string) object { return object{"kind": kind, "hash": b64(hash(data))} }

func handles(pairs ...string) []formats.Handle {
	var list []formats.Handle
	for i := 0; i < len(pairs); i += 2 {
		list = append(list, formats.Handle{Kind: pairs[i], Data: []byte(pairs[i+1])})
	}
	return list
}

var nextUpdate = time.Date(2026, 11, 2, 0, 0, 0, 0, time.UTC)

func withRevocations(t *testing.T, entries ...object) []byte {
	return list(t, object{"revocations": object{"created": "2026-11-01T00:00:00Z", "next_update": "2026-11-02T00:00:00Z", "entries": entries}})
}

func TestAListAnswersForADocument(t *testing.T) {
	s := load(t, file(t, "list.json", withRevocations(t, revoked("dcc.uci", "URN:1"), revoked("dcc.signature", "sig"), revoked("dcc.uci", "URN:1"))))
	before, last, after := nextUpdate.Add(-time.Hour), nextUpdate, nextUpdate.Add(time.Second)
	for name, c := range map[string]struct {
		handles []formats.Handle
		at      time.Time
		want    trustlist.RevocationAnswer
	}{
		"not on it":                  {handles("dcc.uci", "URN:2"), before, trustlist.RevocationAnswer{State: trustlist.Good}},
		"no handle":                  {nil, before, trustlist.RevocationAnswer{State: trustlist.Good}},
		"on it":                      {handles("dcc.uci", "URN:1"), before, trustlist.RevocationAnswer{State: trustlist.Revoked, Kind: "dcc.uci"}},
		"on it by the second handle": {handles("dcc.uci", "URN:2", "dcc.signature", "sig"), before, trustlist.RevocationAnswer{State: trustlist.Revoked, Kind: "dcc.signature"}},
		"another kind of the value":  {handles("dcc.signature", "URN:1", "other", "URN:1"), before, trustlist.RevocationAnswer{State: trustlist.Good}},
		"at the last moment":         {handles("dcc.uci", "URN:2"), last, trustlist.RevocationAnswer{State: trustlist.Good}},
		"after the last moment":      {handles("dcc.uci", "URN:2"), after, trustlist.RevocationAnswer{State: trustlist.Unavailable}},
		"no handle, after it":        {nil, after, trustlist.RevocationAnswer{State: trustlist.Unavailable}},
		"on it, after it":            {handles("dcc.uci", "URN:1"), after, trustlist.RevocationAnswer{State: trustlist.Revoked, Kind: "dcc.uci"}},
	} {
		if got := s.Revoked(c.handles, time.Time{}, c.at); got != c.want {
			t.Errorf("%s: %v by %q, want %v by %q", name, got.State, got.Kind, c.want.State, c.want.Kind)
		}
	}
}

func TestWithoutAListNothingIsGood(t *testing.T) {
	var nobody *trustlist.Snapshot
	for name, s := range map[string]*trustlist.Snapshot{
		"nil": nobody, "keys alone": load(t, file(t, "v.pem", utopia.Vaccination.PEM())), "a list without revocations": load(t, file(t, "l.json", list(t, nil))),
	} {
		if got := s.Revoked(handles("dcc.uci", "URN:1"), time.Time{}, nextUpdate); got != (trustlist.RevocationAnswer{}) || got.State != trustlist.NotConfigured {
			t.Errorf("%s: %v", name, got)
		}
	}
	empty := load(t, file(t, "l.json", list(t, object{"revocations": object{}})))
	if got := empty.Revoked(handles("dcc.uci", "URN:1"), time.Time{}, nextUpdate); got.State != trustlist.Good {
		t.Errorf("a list that names nobody: %v", got)
	}
}

// A list that is broken in one entry may be broken in others.
func TestABrokenRevocationFailsTheWholeList(t *testing.T) {
	good := revoked("dcc.uci", "URN:1")
	for name, bad := range map[string]object{
		"no kind": {"hash": good["hash"]}, "an empty kind": {"kind": "", "hash": good["hash"]}, "no hash": {"kind": "dcc.uci"},
		"a hash of 15": {"kind": "dcc.uci", "hash": b64(hash("x")[:15])}, "a hash of 17": {"kind": "dcc.uci", "hash": b64(append(hash("x"), 0))},
		"a moment that is none": {"kind": "dcc.uci", "hash": good["hash"], "issued_before": "yesterday"},
		"a whole digest":        {"kind": "dcc.uci", "hash": b64(digest([]byte("x")))}, "hexadecimal": {"kind": "dcc.uci", "hash": strings.Repeat("0a", 16)},
		"without padding": {"kind": "dcc.uci", "hash": strings.TrimRight(b64(hash("x")), "=")},
	} {
		le := notLoaded(t, name, file(t, "list.json", withRevocations(t, good, bad)))
		if !strings.Contains(le.Error(), "revocations.entries[1]") {
			t.Errorf("%s: %v", name, le)
		}
	}
}

// SMART Health Cards revoke an identifier for the cards that were issued before a moment; the one that replaced them keeps
// it.
func TestAnEntryMayEndWithAMoment(t *testing.T) {
	moment := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	until := func(data string, at time.Time) object {
		return with(revoked("shc.rid", data), object{"issued_before": at.Format(time.RFC3339)})
	}
	s := load(t, file(t, "list.json", withRevocations(t,
		until("one", moment),
		until("twice", moment.Add(-time.Hour)), until("twice", moment), until("twice", moment.Add(-time.Minute)),
		until("all", moment), revoked("shc.rid", "all"), until("all", moment),
		until("long ago", time.Unix(0, 0)))))
	for name, c := range map[string]struct {
		rid    string
		issued time.Time
		want   trustlist.RevocationState
	}{
		"issued before":               {"one", moment.Add(-time.Second), trustlist.Revoked},
		"issued at the moment":        {"one", moment, trustlist.Good},
		"issued after":                {"one", moment.Add(time.Second), trustlist.Good},
		"issued nobody knows when":    {"one", time.Time{}, trustlist.Revoked},
		"another":                     {"two", time.Time{}, trustlist.Good},
		"the latest of three moments": {"twice", moment.Add(-time.Second), trustlist.Revoked},
		"after the latest of three":   {"twice", moment, trustlist.Good},
		"no moment counts for all":    {"all", moment.Add(time.Hour), trustlist.Revoked},
		"a moment of 1970":            {"long ago", moment, trustlist.Good},
	} {
		if got := s.Revoked(handles("shc.rid", c.rid), c.issued, nextUpdate).State; got != c.want {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

func TestSeveralListsAreAsStaleAsTheSoonest(t *testing.T) {
	one := func(next, data string) string {
		r := object{"entries": []object{revoked("dcc.uci", data)}, "created": "2026-10-01T00:00:00Z"}
		if next != "" {
			r["next_update"] = next
		}
		return file(t, "list.json", list(t, object{"revocations": r}))
	}
	sooner, later := "2026-11-02T00:00:00Z", "2026-12-01T00:00:00Z"
	for name, paths := range map[string][]string{
		"the sooner first": {one(sooner, "a"), one(later, "b")}, "the sooner last": {one(later, "a"), one(sooner, "b")},
		"one without an end": {one("", "a"), one(sooner, "b")}, "one without an end last": {one(sooner, "a"), one("", "b")},
		"a list without revocations": {one(sooner, "a"), file(t, "l.json", list(t, nil)), one(later, "b")},
	} {
		s := load(t, paths...)
		for _, data := range []string{"a", "b"} {
			if got := s.Revoked(handles("dcc.uci", data), time.Time{}, nextUpdate).State; got != trustlist.Revoked {
				t.Errorf("%s: %s is %v", name, data, got)
			}
		}
		if got := s.Revoked(nil, time.Time{}, nextUpdate).State; got != trustlist.Good {
			t.Errorf("%s: in time %v", name, got)
		}
		if got := s.Revoked(nil, time.Time{}, nextUpdate.Add(time.Hour)).State; got != trustlist.Unavailable {
			t.Errorf("%s: too late %v", name, got)
		}
	}
	endless := load(t, one("", "a"), one("", "b"))
	if got := endless.Revoked(nil, time.Time{}, time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)).State; got != trustlist.Good {
		t.Errorf("lists without an end: %v", got)
	}
}

func TestRevocationsCountEachEntryOnce(t *testing.T) {
	var r trustlist.Revocations
	if r.Len() != 0 {
		t.Errorf("an empty list has %d entries", r.Len())
	}
	for _, e := range [][2]string{{"a", "1"}, {"a", "2"}, {"b", "1"}, {"a", "1"}} {
		r.Add(e[0], [trustlist.HashSize]byte(hash(e[1])), time.Time{})
	}
	if r.Len() != 3 {
		t.Errorf("%d entries", r.Len())
	}
	s, err := trustlist.New(trustlist.Info{}, nil, nil, &r)
	if err != nil {
		t.Fatal(err)
	}
	if got := s.Revoked(handles("b", "1"), time.Time{}, nextUpdate); got.State != trustlist.Revoked || got.Kind != "b" {
		t.Errorf("%+v", got)
	}
}

func TestStatesHaveTheirWords(t *testing.T) {
	for s, want := range map[trustlist.RevocationState]string{
		trustlist.NotConfigured: "not configured", trustlist.Unavailable: "unavailable", trustlist.Good: "good", trustlist.Revoked: "revoked",
	} {
		if s.String() != want {
			t.Errorf("%d is %q", s, s)
		}
	}
}

// partial is an importer of a list that proves revocations of one kind, and ends.
func partial(kind string, end time.Time) trustlist.Importer {
	return trustlist.Importer{Name: kind, Detect: func(data []byte) bool { return string(data) == kind }, Import: func(trustlist.Source, []byte, []trustlist.Anchor) (trustlist.Material, error) {
		r := &trustlist.Revocations{Partial: true, NextUpdate: end}
		r.Add(kind, [trustlist.HashSize]byte(hash("listed")), time.Time{})
		return trustlist.Material{Revocations: r}, nil
	}}
}

// A batch of certificates that has expired does not make cards doubtful, nor a whole list beside it.
func TestAPartialListEndsForItsOwnKind(t *testing.T) {
	early, late := nextUpdate.AddDate(0, -2, 0), nextUpdate.AddDate(0, 2, 0)
	whole := file(t, "whole.json", withRevocations(t, revoked("divoc.certificate_id", "x")))
	loader := trustlist.Loader{Importers: []trustlist.Importer{partial("dcc.uci", early), partial("shc.rid", late)}}
	dcc, card := file(t, "dcc", []byte("dcc.uci")), file(t, "card", []byte("shc.rid"))
	for name, c := range map[string]struct {
		paths []string
		want  map[string]trustlist.RevocationState
	}{
		"partial lists alone": {[]string{dcc, card}, map[string]trustlist.RevocationState{"dcc.uci": trustlist.Unavailable, "shc.rid": trustlist.NotConfigured, "other": trustlist.NotConfigured}},
		"beside a whole one":  {[]string{dcc, whole, card}, map[string]trustlist.RevocationState{"dcc.uci": trustlist.Unavailable, "shc.rid": trustlist.Good, "other": trustlist.Good}},
		"before a whole one":  {[]string{whole, card}, map[string]trustlist.RevocationState{"dcc.uci": trustlist.Good, "shc.rid": trustlist.Good}},
	} {
		s, err := loader.Load(c.paths...)
		if err != nil {
			t.Fatal(err)
		}
		for kind, want := range c.want {
			if got := s.Revoked(handles(kind, "not listed"), time.Time{}, nextUpdate).State; got != want {
				t.Errorf("%s: %s is %v, want %v", name, kind, got, want)
			}
		}
		if got := s.Revoked(handles("shc.rid", "listed"), time.Time{}, late.AddDate(1, 0, 0)).State; got != trustlist.Revoked {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestAListOfRevocationsStopsTheLoadingWhereItIsBroken(t *testing.T) {
	broken := trustlist.Importer{Name: "broken", Detect: func(data []byte) bool { return string(data) == "list" }, Import: func(trustlist.Source, []byte, []trustlist.Anchor) (trustlist.Material, error) {
		return trustlist.Material{}, trustlist.ErrRevocations
	}}
	dir := filepath.Dir(file(t, "list", []byte("list")))
	if err := os.WriteFile(filepath.Join(dir, "v.pem"), utopia.Vaccination.PEM(), 0o600); err != nil {
		t.Fatal(err)
	}
	if s, err := (trustlist.Loader{Importers: []trustlist.Importer{broken}}).Load(dir); s != nil || !errors.Is(err, trustlist.ErrRevocations) {
		t.Errorf("%v", err)
	}
}

func TestTheListsOfASnapshotAreDescribed(t *testing.T) {
	s := load(t, file(t, "list.json", withRevocations(t, revoked("dcc.uci", "a"), revoked("dcc.uci", "b"), revoked("shc.rid", "c"))))
	got := s.RevocationLists()
	if len(got) != 1 || got[0].Name != "documents" || got[0].Entries != 3 || got[0].Kinds["dcc.uci"] != 2 || !got[0].NextUpdate.Equal(nextUpdate) || got[0].Partial {
		t.Errorf("%+v", got)
	}
	var nobody *trustlist.Snapshot
	if len(nobody.RevocationLists()) != 0 {
		t.Error("nobody has lists")
	}
}
