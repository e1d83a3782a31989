package diff_test

import (
	"encoding/hex"
	"encoding/json"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/cert"
	"github.com/travelseal/travelseal/internal/mint/pki"
	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/trustlist/diff"
)

// keys are certificates of document signers of an invented state, made once.
var keys = func() []*cert.Certificate {
	csca := pki.NewCSCA("diff", pki.CSCA())
	var list []*cert.Certificate
	for _, name := range []string{"a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"} {
		c, err := cert.Parse(csca.Issue(name, pki.DSC()).Cert)
		if err != nil {
			panic(err)
		}
		list = append(list, c)
	}
	return list
}()

type option func(*trustlist.Anchor)

func from(source string) option {
	return func(a *trustlist.Anchor) { a.Source.Name = source }
}

func of(country string) option { return func(a *trustlist.Anchor) { a.Country = country } }

func dated(day int) option {
	return func(a *trustlist.Anchor) { a.Source.Date = time.Date(2026, 10, day, 0, 0, 0, 0, time.UTC) }
}

func vouched(by trustlist.Authentication) option {
	return func(a *trustlist.Anchor) { a.Source.Authentication = by }
}

func anchor(t *testing.T, key int, options ...option) trustlist.Anchor {
	t.Helper()
	a, err := trustlist.FromCertificate(keys[key], trustlist.Source{Name: "list", Authentication: trustlist.SignedList})
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range options {
		o(&a)
	}
	return a
}

func several(t *testing.T, first, last int, options ...option) (list []trustlist.Anchor) {
	for i := first; i < last; i++ {
		list = append(list, anchor(t, i, options...))
	}
	return list
}

func snapshot(t *testing.T, m trustlist.Material) *trustlist.Snapshot {
	t.Helper()
	s, err := trustlist.Build(trustlist.Info{Name: "trust"}, m)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func anchors(lists ...[]trustlist.Anchor) trustlist.Material {
	return trustlist.Material{Anchors: slices.Concat(lists...)}
}

func revoking(n int, kind string) *trustlist.Revocations {
	r := &trustlist.Revocations{}
	for i := range n {
		r.Add(kind, [trustlist.HashSize]byte{byte(i), byte(i >> 8)}, time.Time{})
	}
	return r
}

func spki(t *testing.T, key int) string {
	sum := snapshot(t, anchors(several(t, key, key+1))).Anchors()[0].Fingerprint()
	return hex.EncodeToString(sum[:])
}

func TestKeysThatCameWentAndChanged(t *testing.T) {
	moment := time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)
	before := snapshot(t, anchors(several(t, 0, 3)))
	changed := func(a *trustlist.Anchor) { a.RevokedAt, a.Scope = moment, []formats.ID{"eu-dcc"} }
	after := snapshot(t, anchors(several(t, 1, 2), several(t, 2, 3, changed), several(t, 3, 4)))
	r := diff.Compare(before, after, diff.Options{})
	if len(r.Added) != 1 || r.Added[0].SPKI != spki(t, 3) || len(r.Removed) != 1 || r.Removed[0].SPKI != spki(t, 0) {
		t.Errorf("%+v, %+v", r.Added, r.Removed)
	}
	if len(r.Changed) != 1 || r.Changed[0].SPKI != spki(t, 2) || !slices.Equal(r.Changed[0].Fields, []string{"revoked_at", "scope"}) {
		t.Errorf("%+v", r.Changed)
	}
	if r.Keys != (diff.Count{Old: 3, New: 3, Added: 1, Removed: 1}) || len(r.Alarms) != 0 {
		t.Errorf("%+v, %+v", r.Keys, r.Alarms)
	}
	if again := diff.Compare(before, after, diff.Options{}); !reflect.DeepEqual(r, again) {
		t.Error("a second report differs")
	}
	if text, err := json.Marshal(r); err != nil || len(text) < 100 {
		t.Error(err)
	}
}

// Each alarm, and the nearest case that is none.
func TestAlarms(t *testing.T) {
	ut := func(first, last int, options ...option) []trustlist.Anchor {
		return several(t, first, last, append([]option{of("UT")}, options...)...)
	}
	dropped := func(m trustlist.Material, reason string) trustlist.Material {
		m.Dropped = append(m.Dropped, trustlist.Dropped{Source: "empty.json", Item: "file", Reason: reason})
		return m
	}
	returned := map[string]bool{spki(t, 5): true}
	for name, c := range map[string]struct {
		before, after trustlist.Material
		o             diff.Options
		want          []string
	}{
		"the same":                  {anchors(ut(0, 5)), anchors(ut(0, 5)), diff.Options{}, nil},
		"two of five gone":          {anchors(ut(0, 5)), anchors(ut(0, 3)), diff.Options{}, nil},
		"three of five gone":        {anchors(ut(0, 5)), anchors(ut(0, 2)), diff.Options{}, []string{"keys_shrunk country UT", "keys_shrunk list", "keys_shrunk source list"}},
		"exchanged for others":      {anchors(ut(0, 5)), anchors(ut(3, 8)), diff.Options{}, []string{"keys_shrunk country UT", "keys_shrunk list", "keys_shrunk source list"}},
		"two of five, and a limit":  {anchors(ut(0, 5)), anchors(ut(0, 3)), diff.Options{Shrink: 0.4}, []string{"keys_shrunk country UT", "keys_shrunk list", "keys_shrunk source list"}},
		"one country of two":        {anchors(ut(0, 8), several(t, 8, 10, of("XA"))), anchors(ut(0, 8)), diff.Options{}, []string{"keys_shrunk country XA"}},
		"a new country":             {anchors(ut(0, 5)), anchors(ut(0, 5), several(t, 5, 6, of("XA"))), diff.Options{}, []string{"country_new country XA"}},
		"ten times":                 {anchors(ut(0, 1)), anchors(ut(0, 10)), diff.Options{}, nil},
		"more than ten times":       {anchors(ut(0, 1)), anchors(ut(0, 11)), diff.Options{}, []string{"keys_grown country UT", "keys_grown list", "keys_grown source list"}},
		"a source vanished":         {anchors(ut(0, 5), ut(5, 6, from("b"))), anchors(ut(0, 5)), diff.Options{}, []string{"source_vanished source b"}},
		"a source of the same keys": {anchors(ut(0, 5), ut(0, 5, from("b"))), anchors(ut(0, 5)), diff.Options{}, []string{"source_vanished source b"}},
		"by hand after signed":      {anchors(ut(0, 5)), anchors(ut(0, 5, vouched(trustlist.ByHand))), diff.Options{}, []string{"authentication_fell source list"}},
		"pinned after signed":       {anchors(ut(0, 5)), anchors(ut(0, 5, vouched(trustlist.PinnedHash))), diff.Options{}, []string{"authentication_fell source list"}},
		"one key by hand":           {anchors(ut(0, 5)), anchors(ut(0, 4), ut(4, 5, vouched(trustlist.ByHand))), diff.Options{}, []string{"authentication_fell source list"}},
		"signed after by hand":      {anchors(ut(0, 5, vouched(trustlist.ByHand))), anchors(ut(0, 5)), diff.Options{}, nil},
		"older":                     {anchors(ut(0, 4, dated(1)), ut(4, 5, dated(3))), anchors(ut(0, 5, dated(2))), diff.Options{}, []string{"source_older source list"}},
		"no date any more":          {anchors(ut(0, 5, dated(1))), anchors(ut(0, 5)), diff.Options{}, []string{"source_older source list"}},
		"newer":                     {anchors(ut(0, 5, dated(2))), anchors(ut(0, 4, dated(1)), ut(4, 5, dated(3))), diff.Options{}, nil},
		"empty":                     {anchors(ut(0, 5)), dropped(anchors(ut(0, 5)), "the list holds no key"), diff.Options{}, []string{"source_empty source empty.json"}},
		"something else taken":      {anchors(ut(0, 5)), dropped(anchors(ut(0, 5)), "x"), diff.Options{Used: map[string]bool{"empty.json": true}}, nil},
		"some of it taken":          {anchors(ut(0, 5, from("empty.json"))), dropped(anchors(ut(0, 5, from("empty.json"))), "x"), diff.Options{}, nil},
		"a removed key is back":     {anchors(ut(0, 5)), anchors(ut(0, 6)), diff.Options{Removed: returned}, []string{"key_returned key " + spki(t, 5)}},
		"and restored":              {anchors(ut(0, 5)), anchors(ut(0, 6)), diff.Options{Removed: returned, Restored: returned}, nil},
		"and was back before":       {anchors(ut(0, 6)), anchors(ut(0, 6)), diff.Options{Removed: returned}, []string{"key_returned key " + spki(t, 5)}},
		"one revocation fewer":      {trustlist.Material{Revocations: revoking(9, "dcc.uci")}, trustlist.Material{Revocations: revoking(8, "dcc.uci")}, diff.Options{}, []string{"revocations_shrunk kind dcc.uci"}},
		"one fewer is permitted":    {trustlist.Material{Revocations: revoking(9, "dcc.uci")}, trustlist.Material{Revocations: revoking(8, "dcc.uci")}, diff.Options{RevocationShrink: 0.5}, nil},
		"ten times as many":         {trustlist.Material{Revocations: revoking(9, "dcc.uci")}, trustlist.Material{Revocations: revoking(91, "dcc.uci")}, diff.Options{}, []string{"revocations_grown kind dcc.uci"}},
		"a kind that is new":        {trustlist.Material{Revocations: revoking(9, "a")}, trustlist.Material{Revocations: func() *trustlist.Revocations { r := revoking(9, "a"); r.Add("b", [16]byte{}, time.Time{}); return r }()}, diff.Options{}, nil},
	} {
		var got []string
		for _, a := range diff.Compare(snapshot(t, c.before), snapshot(t, c.after), c.o).Alarms {
			got = append(got, string(a.Code)+" "+a.Of)
			if a.Text == "" {
				t.Errorf("%s: %s says nothing", name, a.Code)
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestTheFirstListIsComparedWithNothing(t *testing.T) {
	m := anchors(several(t, 0, 3))
	m.Dropped = []trustlist.Dropped{{Source: "empty.json", Item: "file", Reason: "none"}}
	r := diff.Compare(nil, snapshot(t, m), diff.Options{})
	if len(r.Added) != 3 || len(r.Alarms) != 1 || r.Alarms[0].Code != diff.SourceEmpty {
		t.Errorf("%+v", r)
	}
}
