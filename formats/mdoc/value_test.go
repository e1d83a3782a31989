package mdoc_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/internal/mint/mobile"
)

// said gives what an element says, by its place.
func said(t *testing.T, d mobile.Document, place string) formats.Claims {
	t.Helper()
	for _, p := range decode(t, d, formats.Options{}).Parts {
		if p.Name == place {
			return p.Unverified
		}
	}
	t.Fatalf("no part %s", place)
	return formats.Claims{}
}

func TestValuesAreShownAsTheyStand(t *testing.T) {
	field := func(name, value string) formats.Field {
		return formats.Field{Name: "example.utopia/x" + name, Value: value}
	}
	for what, c := range map[string]struct {
		value mint.Item
		want  []formats.Field
	}{
		"a text":               {mint.Text("y"), []formats.Field{field("", "y")}},
		"a negative number":    {mint.Int(-7), []formats.Field{field("", "-7")}},
		"a number beyond":      {mint.Uint(1 << 63), []formats.Field{field("", "a value of another type")}},
		"a fraction":           {mint.Float64(1.5), []formats.Field{field("", "1.5")}},
		"false":                {mint.Bool(false), []formats.Field{field("", "false")}},
		"nothing":              {mint.Null{}, []formats.Field{field("", "null")}},
		"undefined":            {mint.Simple(23), []formats.Field{field("", "a value of another type")}},
		"bytes":                {mint.Bytes("abc"), []formats.Field{field("", "3 bytes")}},
		"under a tag":          {mobile.Day("2026-11-01"), []formats.Field{field("", "2026-11-01")}},
		"an empty list":        {mint.Array{}, []formats.Field{field("", "0 elements")}},
		"an empty map":         {mint.Map{}, []formats.Field{field("", "0 entries")}},
		"a list":               {mint.Array{mint.Int(1), mint.Text("y")}, []formats.Field{field("[0]", "1"), field("[1]", "y")}},
		"a map":                {mint.Map{{mint.Int(1), mint.Int(2)}, {mint.Bytes("k"), mint.Int(3)}}, []formats.Field{field(".1", "2"), field(".?", "3")}},
		"a key too long":       {mint.Map{{mint.Text(strings.Repeat("k", 97)), mint.Int(1)}}, []formats.Field{field(".?", "1")}},
		"deeper than is shown": {mint.Nested(9, mint.Int(1)), []formats.Field{field(strings.Repeat("[0]", 6), "1 elements")}},
	} {
		got := said(t, good.With("example.utopia", "x", c.value), "example.utopia/x").Extra
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %+v, want %+v", what, got, c.want)
		}
	}
}

func TestAPortraitIsAPicture(t *testing.T) {
	const place = "org.iso.18013.5.1/portrait"
	for begins, media := range map[string]string{
		"\xff\xd8\xff\xe0x": "image/jpeg", "\x00\x00\x00\x0cjP  \r\n\x87\nx": "image/jp2", "\xff\x4f\xff\x51x": "image/j2c", "\x89PNG": "", "": "",
	} {
		d := good.With(mobile.LicenceSpace, "portrait", mint.Bytes(begins))
		c := said(t, d, place)
		if (c.Portrait != nil) != (media != "") || media != "" && (c.Portrait.MediaType != media || string(c.Portrait.Data) != begins) {
			t.Errorf("%q: %+v", begins, c.Portrait)
		}
		if got := breaches(decode(t, d, formats.Options{})); slices.Contains(got, place) != (media == "") {
			t.Errorf("%q: %v", begins, got)
		}
	}
}

func TestSeveralNationalitiesAreShown(t *testing.T) {
	d := mobile.PhotoID(utopia.Signer).With(mobile.CommonSpace, "nationality", mint.Array{mint.Text("UT"), mint.Text("XA")})
	c := said(t, d, "org.iso.23220.1/nationality")
	if len(c.Subjects) != 0 || !slices.Equal(c.Extra, []formats.Field{{Name: "nationality[0]", Value: "UT"}, {Name: "nationality[1]", Value: "XA"}}) {
		t.Errorf("%+v", c)
	}
}

// What the security object says besides is shown with it.
func TestTheObjectSaysWhenItIsRenewedAndWhereItIsWithdrawn(t *testing.T) {
	d := good.Objected(func(m mint.Map) mint.Item {
		return mint.Set(mint.Set(m, mobile.Moment(mobile.Until), "validityInfo", "expectedUpdate"), mint.Map{}, "status")
	})
	got := said(t, d, "MSO").Extra
	if len(got) != 3 || got[1] != (formats.Field{Name: "mso.expected_update", Value: "2027-10-01T09:00:00Z"}) || got[2].Name != "mso.status" {
		t.Errorf("%+v", got)
	}
}
