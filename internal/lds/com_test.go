package lds_test

import (
	"slices"
	"testing"

	"github.com/travelseal/travelseal/internal/der"
	"github.com/travelseal/travelseal/internal/lds"
	mint "github.com/travelseal/travelseal/internal/mint/der"
)

func com(structure, unicode, list string, more ...mint.Value) mint.TLV {
	return mint.And(tag(0x60, raw(0x5F01, structure), raw(0x5F36, unicode), raw(0x5C, list)), more...)
}

func TestEFCOMListsGroups(t *testing.T) {
	c, err := lds.ParseCOM(com("0107", "040000", "\x61\x75\x63\x6E").Encode())
	if err != nil || c.LDSVersion != "0107" || c.UnicodeVersion != "040000" || !slices.Equal(c.Groups, []lds.Group{1, 2, 3, 14}) {
		t.Errorf("%+v, %v", c, err)
	}
	if c, err := lds.ParseCOM(com("0108", "040000", "").Encode()); err != nil || len(c.Groups) != 0 {
		t.Errorf("%+v, %v", c, err)
	}
}

func TestEFCOMIsRefusedForAReason(t *testing.T) {
	for name, c := range map[string]struct {
		file  mint.Value
		cause error
	}{
		"nothing":                  {mint.Raw(nil), der.ErrTruncated},
		"another file":             {tag(0x61, raw(0x5F01, "0107")), der.ErrTag},
		"a short version":          {com("107", "040000", "\x61"), lds.ErrText},
		"a version of letters":     {com("01a7", "040000", "\x61"), lds.ErrText},
		"a short Unicode version":  {com("0107", "04000", "\x61"), lds.ErrText},
		"no list":                  {tag(0x60, raw(0x5F01, "0107"), raw(0x5F36, "040000")), der.ErrTruncated},
		"the versions exchanged":   {tag(0x60, raw(0x5F36, "040000"), raw(0x5F01, "0107"), raw(0x5C, "\x61")), der.ErrTag},
		"EF.SOD among the groups":  {com("0107", "040000", "\x61\x77"), lds.ErrGroup},
		"EF.COM among the groups":  {com("0107", "040000", "\x60"), lds.ErrGroup},
		"a group twice":            {com("0107", "040000", "\x61\x75\x61"), lds.ErrRepeated},
		"something after the list": {com("0107", "040000", "\x61", mint.Null()), der.ErrTrailing},
		"something after the file": {mint.Trailing(com("0107", "040000", "\x61"), 0), der.ErrTrailing},
	} {
		data := c.file.Encode()
		got, err := lds.ParseCOM(data)
		refused(t, name, got, err, c.cause, data)
	}
}

func TestGroupsHaveTheirTags(t *testing.T) {
	seen := make(map[der.Tag]bool)
	for g := lds.Group(1); g <= lds.Groups; g++ {
		back, ok := lds.GroupOf(g.Tag())
		if !g.Exists() || !ok || back != g || g.Title() == "" || seen[g.Tag()] {
			t.Errorf("%s: tag %X, %q, back %s", g, uint32(g.Tag()), g.Title(), back)
		}
		seen[g.Tag()] = true
	}
	for g, want := range map[lds.Group]der.Tag{1: 0x61, 2: 0x75, 3: 0x63, 4: 0x76, 11: 0x6B, 14: 0x6E, 16: 0x70} {
		if g.Tag() != want {
			t.Errorf("%s has the tag %X, want %X", g, uint32(g.Tag()), uint32(want))
		}
	}
	for _, g := range []lds.Group{-1, 0, 17} {
		if g.Exists() || g.Tag() != 0 || g.Title() != "no data group" {
			t.Errorf("%s exists", g)
		}
	}
	for _, tag := range []der.Tag{0, lds.TagCOM, lds.TagSOD, 0x5F1F, 0x71} {
		if g, ok := lds.GroupOf(tag); ok {
			t.Errorf("tag %X is of %s", uint32(tag), g)
		}
	}
}

func TestTheZoneIsOfOneOfThreeSizes(t *testing.T) {
	for _, n := range []int{72, 88, 90} {
		text := string(slices.Repeat([]byte{'<'}, n))
		zone, err := lds.Zone(tag(0x61, raw(0x5F1F, text)).Encode())
		if err != nil || string(zone) != text {
			t.Errorf("%d characters: %q, %v", n, zone, err)
		}
	}
	text := string(slices.Repeat([]byte{'<'}, 88))
	for name, c := range map[string]struct {
		file  mint.Value
		cause error
	}{
		"nothing":                   {mint.Raw(nil), der.ErrTruncated},
		"another group":             {tag(0x75, raw(0x5F1F, text)), der.ErrTag},
		"another element":           {tag(0x61, raw(0x5F1E, text)), der.ErrTag},
		"no zone":                   {tag(0x61), der.ErrTruncated},
		"a short zone":              {tag(0x61, raw(0x5F1F, text[:87])), der.ErrRange},
		"a zone of two lines":       {tag(0x61, raw(0x5F1F, text[:44]+"\n"+text[:44])), der.ErrRange},
		"an empty zone":             {tag(0x61, raw(0x5F1F, "")), der.ErrRange},
		"two zones":                 {tag(0x61, raw(0x5F1F, text), raw(0x5F1F, text)), der.ErrTrailing},
		"a byte after it":           {mint.Trailing(tag(0x61, raw(0x5F1F, text)), 0), der.ErrTrailing},
		"a length too long":         {mint.Claiming(tag(0x61, raw(0x5F1F, text)), 92), der.ErrTruncated},
		"a length in the long form": {mint.Padded(tag(0x61, raw(0x5F1F, text)), 0), der.ErrLength},
	} {
		data := c.file.Encode()
		got, err := lds.Zone(data)
		refused(t, name, got, err, c.cause, data)
	}
}
