package diff_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/trustlist/diff"
)

// key is an anchor of a country with a key of its own, by a number.
func key(n int, country string) trustlist.Anchor {
	return trustlist.Anchor{
		Role: trustlist.Signer, Uses: formats.AllUses, Scope: []formats.ID{"eu-dcc"}, Country: country, KeyID: []byte{byte(n >> 8), byte(n)},
		Key: mint.NewKey(mint.P256, fmt.Sprint("diff ", n)).Public(), Source: trustlist.Source{Name: "list", Authentication: trustlist.SignedList},
	}
}

func keys(n int) []trustlist.Anchor {
	var list []trustlist.Anchor
	for i := range n {
		list = append(list, key(i, []string{"UT", "XO"}[i%2]))
	}
	return list
}

func list(t *testing.T, anchors ...trustlist.Anchor) *trustlist.Snapshot {
	t.Helper()
	s, err := trustlist.New(trustlist.Info{Name: "list"}, anchors, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func changed(a trustlist.Anchor, change func(*trustlist.Anchor)) trustlist.Anchor {
	change(&a)
	return a
}

func TestWhatDiffers(t *testing.T) {
	when := time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC)
	revoked := func(a trustlist.Anchor, at time.Time) trustlist.Anchor {
		return changed(a, func(a *trustlist.Anchor) { a.RevokedAt = at })
	}
	base := keys(20)
	for name, c := range map[string]struct {
		after                               []trustlist.Anchor
		added, removed, withdrawn, restored int
		alarms                              []string
	}{
		"the same":               {base, 0, 0, 0, 0, nil},
		"in another order":       {reversed(base), 0, 0, 0, 0, nil},
		"one more":               {append(slices.Clone(base), key(100, "UT")), 1, 0, 0, 0, nil},
		"one less":               {base[1:], 0, 1, 0, 0, nil},
		"sixty percent less":     {base[:8], 0, 12, 0, 0, []string{diff.Shrunk}},
		"nothing":                {nil, 0, 20, 0, 0, []string{diff.Shrunk, diff.Countries}},
		"twice as long":          {keys(40), 20, 0, 0, 0, []string{diff.Grown}},
		"a new country":          {append(slices.Clone(base), key(100, "NZ")), 1, 0, 0, 0, []string{diff.Countries}},
		"one key withdrawn":      {replaced(base, 0, revoked(base[0], when)), 0, 0, 1, 0, nil},
		"one of another country": {replaced(base, 0, changed(base[0], func(a *trustlist.Anchor) { a.Country = "XO" })), 1, 1, 0, 0, nil},
		"one for more formats": {replaced(base, 0, changed(base[0], func(a *trustlist.Anchor) { a.Scope = []formats.ID{"eu-dcc", "emrtd"} })),
			1, 1, 0, 0, nil},
		"one by another key": {replaced(base, 0, changed(base[0], func(a *trustlist.Anchor) { a.Key = key(100, "").Key })), 1, 1, 0, 0, nil},
	} {
		d := diff.Compare(list(t, base...), list(t, c.after...))
		if len(d.Added) != c.added || len(d.Removed) != c.removed || len(d.Withdrawn) != c.withdrawn || len(d.Restored) != c.restored {
			t.Errorf("%s: %+v", name, d)
		}
		if d.Empty() != (c.added+c.removed+c.withdrawn+c.restored == 0) || d.Before != 20 || d.After != len(c.after) {
			t.Errorf("%s: %+v", name, d)
		}
		var codes []string
		for _, a := range d.Alarms(diff.DefaultLimits) {
			codes = append(codes, a.Code)
		}
		if !slices.Equal(codes, c.alarms) {
			t.Errorf("%s: alarms %v, want %v", name, codes, c.alarms)
		}
		if !d.Empty() && len(d.Withdrawn) == 0 && len(d.Alarms(diff.Limits{})) == 0 {
			t.Errorf("%s: the zero limits let it pass", name)
		}
	}
	for name, after := range map[string]trustlist.Anchor{"back": base[0], "from a later moment": revoked(base[0], when.AddDate(0, 1, 0))} {
		d := diff.Compare(list(t, replaced(base, 0, revoked(base[0], when))...), list(t, replaced(base, 0, after)...))
		if a := d.Alarms(diff.DefaultLimits); len(d.Restored) != 1 || len(a) == 0 || a[len(a)-1].Code != diff.Restored {
			t.Errorf("%s: %+v", name, d)
		}
	}
	if d := diff.Compare(nil, list(t, base...)); len(d.Added) != 20 || len(d.NewCountries) != 2 || d.Added[0].String() != "signer UT 0000 eu-dcc" {
		t.Errorf("%+v", d)
	}
}

func reversed(list []trustlist.Anchor) []trustlist.Anchor {
	list = slices.Clone(list)
	slices.Reverse(list)
	return list
}

func replaced(list []trustlist.Anchor, at int, by trustlist.Anchor) []trustlist.Anchor {
	list = slices.Clone(list)
	list[at] = by
	return list
}
