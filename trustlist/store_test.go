package trustlist_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/trustlist"
)

// A store holds what its map says, or fails.
type store struct {
	entries map[string]time.Time // kind and data
	next    time.Time
	err     error
}

func (s *store) Find(kind string, h [trustlist.HashSize]byte) (bool, time.Time, error) {
	if s.err != nil {
		return false, time.Time{}, s.err
	}
	for name, before := range s.entries {
		if k, data, _ := strings.Cut(name, " "); k == kind && [trustlist.HashSize]byte(hash(data)) == h {
			return true, before, nil
		}
	}
	return false, time.Time{}, nil
}

func (s *store) Dates() (created, nextUpdate time.Time) { return time.Time{}, s.next }

func holding(names ...string) *store {
	s := &store{entries: map[string]time.Time{}, next: nextUpdate}
	for _, n := range names {
		s.entries[n] = time.Time{}
	}
	return s
}

func TestStoresAnswerBesideTheListInMemory(t *testing.T) {
	moment := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	memory := &trustlist.Revocations{NextUpdate: nextUpdate}
	memory.Add("uci", [trustlist.HashSize]byte(hash("memory")), time.Time{})
	limited := holding()
	limited.entries["rid card"] = moment
	stale, broken := holding("uci stale"), holding()
	stale.next = nextUpdate.Add(-time.Hour)
	broken.err = errors.New("no answer")
	endless := holding("uci endless")
	endless.next = time.Time{}
	good, unavailable := trustlist.Good, trustlist.Unavailable
	for name, c := range map[string]struct {
		memory  *trustlist.Revocations
		stores  []trustlist.RevocationStore
		handles []formats.Handle
		issued  time.Time
		at      time.Time
		want    trustlist.RevocationState
		kind    string
	}{
		"a store alone":                        {stores: []trustlist.RevocationStore{holding("uci 1")}, handles: handles("uci", "1"), want: trustlist.Revoked, kind: "uci"},
		"not in it":                            {stores: []trustlist.RevocationStore{holding("uci 1")}, handles: handles("uci", "2"), want: good},
		"another kind":                         {stores: []trustlist.RevocationStore{holding("uci 1")}, handles: handles("sig", "1"), want: good},
		"the second store":                     {stores: []trustlist.RevocationStore{holding(), holding("uci 1")}, handles: handles("sig", "1", "uci", "1"), want: trustlist.Revoked, kind: "uci"},
		"in memory":                            {memory: memory, stores: []trustlist.RevocationStore{holding()}, handles: handles("uci", "memory"), want: trustlist.Revoked, kind: "uci"},
		"in memory, beside a broken store":     {memory: memory, stores: []trustlist.RevocationStore{broken}, handles: handles("uci", "memory"), want: trustlist.Revoked, kind: "uci"},
		"in neither":                           {memory: memory, stores: []trustlist.RevocationStore{holding("uci 1")}, handles: handles("uci", "2"), want: good},
		"issued before the moment":             {stores: []trustlist.RevocationStore{limited}, handles: handles("rid", "card"), issued: moment.Add(-1), want: trustlist.Revoked, kind: "rid"},
		"issued at the moment":                 {stores: []trustlist.RevocationStore{limited}, handles: handles("rid", "card"), issued: moment, want: good},
		"issued nobody knows when":             {stores: []trustlist.RevocationStore{limited}, handles: handles("rid", "card"), want: trustlist.Revoked, kind: "rid"},
		"broken":                               {stores: []trustlist.RevocationStore{broken}, handles: handles("uci", "1"), want: unavailable},
		"broken, and the other does not know":  {stores: []trustlist.RevocationStore{broken, holding("uci 1")}, handles: handles("uci", "2"), want: unavailable},
		"the other does not know, and broken":  {stores: []trustlist.RevocationStore{holding("uci 1"), broken}, handles: handles("uci", "2"), want: unavailable},
		"broken, and the other knows":          {stores: []trustlist.RevocationStore{broken, holding("uci 1")}, handles: handles("uci", "1"), want: trustlist.Revoked, kind: "uci"},
		"broken for one, the next is known":    {stores: []trustlist.RevocationStore{broken, holding("sig 1")}, handles: handles("uci", "1", "sig", "1"), want: trustlist.Revoked, kind: "sig"},
		"stale":                                {stores: []trustlist.RevocationStore{stale}, handles: handles("uci", "1"), want: unavailable},
		"stale, and knows":                     {stores: []trustlist.RevocationStore{stale}, handles: handles("uci", "stale"), want: trustlist.Revoked, kind: "uci"},
		"stale beside a fresh list":            {memory: memory, stores: []trustlist.RevocationStore{stale}, handles: handles("uci", "1"), want: unavailable},
		"fresh beside a stale list":            {memory: memory, stores: []trustlist.RevocationStore{endless}, handles: handles("uci", "1"), at: nextUpdate.Add(1), want: unavailable},
		"at the last moment":                   {stores: []trustlist.RevocationStore{holding()}, handles: handles("uci", "1"), at: nextUpdate, want: good},
		"without an end":                       {stores: []trustlist.RevocationStore{endless}, handles: handles("uci", "1"), at: nextUpdate.AddDate(10, 0, 0), want: good},
		"no handle":                            {stores: []trustlist.RevocationStore{holding()}, want: good},
		"no handle, and stale":                 {stores: []trustlist.RevocationStore{stale}, want: unavailable},
		"a store that is not there is no list": {handles: handles("uci", "1"), want: trustlist.NotConfigured},
	} {
		s, err := trustlist.Build(trustlist.Info{}, trustlist.Material{Revocations: c.memory, Stores: c.stores})
		if err != nil {
			t.Fatal(err)
		}
		if c.at.IsZero() {
			c.at = nextUpdate
		}
		got := s.Revoked(c.handles, c.issued, c.at)
		if got.State != c.want || got.Kind != c.kind {
			t.Errorf("%s: %v by %q, want %v by %q", name, got.State, got.Kind, c.want, c.kind)
		}
		if failed := slices.Contains(c.stores, trustlist.RevocationStore(broken)); (got.Detail != "") != (failed && got.State == unavailable) {
			t.Errorf("%s: detail %q", name, got.Detail)
		}
	}
}
