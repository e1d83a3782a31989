package formats_test

import (
	"testing"

	"github.com/travelseal/travelseal/formats"
)

func TestALimitOfZeroOrLessIsTheDefault(t *testing.T) {
	d := formats.DefaultLimits
	if d.Input != 1<<20 || d.Inflated != 256<<10 || d.Depth != 24 || d.Items != 10_000 {
		t.Errorf("the defaults are %+v, not those that Limits describes", d)
	}
	for _, c := range []struct{ given, want formats.Limits }{
		{formats.Limits{}, d},
		{formats.Limits{Input: -1, Inflated: -1, Depth: -1, Items: -1}, d},
		{formats.Limits{Input: 1}, formats.Limits{Input: 1, Inflated: d.Inflated, Depth: d.Depth, Items: d.Items}},
		{formats.Limits{Inflated: 2}, formats.Limits{Input: d.Input, Inflated: 2, Depth: d.Depth, Items: d.Items}},
		{formats.Limits{Depth: 3}, formats.Limits{Input: d.Input, Inflated: d.Inflated, Depth: 3, Items: d.Items}},
		{formats.Limits{Items: 4}, formats.Limits{Input: d.Input, Inflated: d.Inflated, Depth: d.Depth, Items: 4}},
		{formats.Limits{Input: 1, Inflated: 2, Depth: 3, Items: 4}, formats.Limits{Input: 1, Inflated: 2, Depth: 3, Items: 4}},
	} {
		if got := c.given.OrDefault(); got != c.want {
			t.Errorf("%+v: %+v, want %+v", c.given, got, c.want)
		}
	}
}

func TestATolerancesSwitchIsItsName(t *testing.T) {
	on, off := formats.Tolerance{Name: "a", On: true}, formats.Tolerance{Name: "b"}
	for _, c := range []struct {
		o    formats.Options
		t    formats.Tolerance
		want bool
	}{
		{formats.Options{}, on, true},
		{formats.Options{}, off, false},
		{formats.Options{}, formats.Tolerance{}, false},
		{formats.Options{Tolerate: []string{"b"}}, off, true},
		{formats.Options{Tolerate: []string{"a"}}, off, false},
		{formats.Options{Refuse: []string{"a"}}, on, false},
		{formats.Options{Refuse: []string{"b"}}, on, true},
		{formats.Options{Tolerate: []string{"a"}, Refuse: []string{"a"}}, on, false},
		{formats.Options{Tolerate: []string{"b"}, Refuse: []string{"b"}}, off, false},
		{formats.Options{Tolerate: []string{"x", "B", "b "}}, off, false},
	} {
		if got := c.o.Allows(c.t); got != c.want {
			t.Errorf("%+v under %+v: %v", c.t, c.o, got)
		}
	}
}

func TestUsesAreASet(t *testing.T) {
	for _, c := range []struct {
		u    formats.Uses
		text string
	}{
		{0, ""},
		{formats.Vaccination, "vaccination"}, {formats.Test, "test"}, {formats.Recovery, "recovery"},
		{formats.Exemption, "exemption"}, {formats.Travel, "travel"}, {formats.Boarding, "boarding"},
		{formats.Boarding | formats.Vaccination, "vaccination boarding"},
		{formats.AllUses, "vaccination test recovery exemption travel boarding"},
	} {
		if c.u.String() != c.text {
			t.Errorf("%b is written %q, want %q", c.u, c.u, c.text)
		}
		var again formats.Uses
		for _, name := range c.u.Names() {
			u, ok := formats.ParseUse(name)
			if !ok || again.Has(u) {
				t.Errorf("%q is no use of its own", name)
			}
			again |= u
		}
		if again != c.u {
			t.Errorf("%b: its names mean %b", c.u, again)
		}
	}
	for _, name := range []string{"", "Test", "vaccination test", " test", "all", "*"} {
		if u, ok := formats.ParseUse(name); ok || u != 0 {
			t.Errorf("%q is read as %v", name, u)
		}
	}
}

func TestHasDemandsEveryUse(t *testing.T) {
	both := formats.Vaccination | formats.Test
	for _, c := range []struct {
		u, want formats.Uses
		has     bool
	}{
		{0, formats.Vaccination, false}, {both, formats.Test, true}, {both, both, true}, {formats.Test, both, false},
		{both, formats.Recovery, false}, {formats.AllUses, both, true}, {0, 0, true},
	} {
		if c.u.Has(c.want) != c.has {
			t.Errorf("%q has %q: %v", c.u, c.want, !c.has)
		}
	}
}
