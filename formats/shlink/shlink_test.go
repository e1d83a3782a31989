package shlink_test

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/formatstest"
	"github.com/travelseal/travelseal/formats/shlink"
	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/verify"
)

func FuzzDecode(f *testing.F) { formatstest.Fuzz(f, shlink.Format) }

// verifier accepts links as far as anything can, and trusts nobody: there is nothing to trust in a link.
func verifier(t *testing.T, corpus formatstest.Corpus) *verify.Verifier {
	t.Helper()
	set, err := formats.NewSet(shlink.Format)
	if err != nil {
		t.Fatal(err)
	}
	v, err := verify.New(verify.Config{Formats: set, Policy: verify.DefaultPolicy(shlink.ID), Now: func() time.Time { return corpus.AsOf }})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// A link proves nothing, whatever is done to it.
func TestEveryMintedLinkIsJudgedAsItsManifestSays(t *testing.T) {
	corpus := formatstest.Load(t, shlink.ID)
	v := verifier(t, corpus)
	for _, c := range corpus.Cases {
		d := v.Inspect(t.Context(), []formats.Input{formats.Bytes(c.Data)}).Documents[0]
		if d.Status.String() != c.Want.Status || d.Verdict.String() != c.Want.Verdict || d.Verdict == verify.Accept {
			t.Errorf("%s: %s, %s; the manifest says %s, %s", c.Name, d.Status, d.Verdict, c.Want.Status, c.Want.Verdict)
		}
		if !slices.ContainsFunc(d.Findings, func(f verify.Finding) bool { return string(f.Code) == c.Want.Code }) {
			t.Errorf("%s: %s is missing among %v", c.Name, c.Want.Code, d.Findings)
		}
	}
}

func TestNoChangeMakesALinkAcceptedOrADecoderPanic(t *testing.T) {
	corpus := formatstest.Load(t, shlink.ID)
	v := verifier(t, corpus)
	refuse := func(what string, data []byte) {
		d := v.Inspect(t.Context(), []formats.Input{formats.Bytes(data)}).Documents[0]
		if d.Verdict != verify.Refer || slices.ContainsFunc(d.Findings, func(f verify.Finding) bool { return f.Code == formats.CodePanic }) {
			t.Errorf("%s: %s, %v", what, d.Verdict, d.Findings)
		}
	}
	for _, c := range corpus.Cases {
		for bit := range 8 * len(c.Data) {
			refuse(fmt.Sprintf("%s, byte %d, bit %d", c.Name, bit/8, bit%8), mint.FlipBit(c.Data, bit))
		}
		for n := range c.Data {
			refuse(fmt.Sprintf("%s, first %d bytes", c.Name, n), c.Data[:n])
		}
	}
}

// What opens a link must not stand in any report, whatever is asked for: who reads it could read the traveller's record.
func TestNothingThatOpensALinkIsShown(t *testing.T) {
	text := mint.Link(mint.LinkPayload())
	doc, err := shlink.Format.Decode(formats.Text(text), formats.Options{})
	if err != nil {
		t.Fatal(err)
	}
	b, err := json.Marshal(doc)
	if err != nil {
		t.Fatal(err)
	}
	said := string(b) + fmt.Sprintf("%+v %#v", doc, shlink.Format.Trace(formats.Text(text), formats.Options{}))
	for _, payload := range []string{mint.Link(mint.LinkPayload().Set("x", "key")), mint.Link(mint.LinkPayload().Set(2, "v")), text + "="} {
		_, err := shlink.Format.Decode(formats.Text(payload), formats.Options{})
		said += fmt.Sprint(err)
	}
	for _, secret := range []string{base64.RawURLEncoding.EncodeToString(mint.LinkKey), "m7Qd2XkVb0sTzr4nWcY1eG5hJp9uLfA3oKiN6xBqRtE", fmt.Sprint(mint.LinkKey)[1:20]} {
		if strings.Contains(said, secret) {
			t.Errorf("%q is shown", secret)
		}
	}
}

func TestALinkIsShownAndNotFollowed(t *testing.T) {
	viewer := "https://viewer.utopia.example/show#"
	doc, err := shlink.Format.Decode(formats.Text(viewer+mint.Link(mint.LinkPayload())), formats.Options{})
	if err != nil {
		t.Fatal(err)
	}
	want := []formats.Field{
		{Name: "host", Value: "links.utopia.example"}, {Name: "label", Value: "Vaccinations of Maren"}, {Name: "flag", Value: "LP"},
		{Name: "expires", Value: "2059-01-01T00:00:00Z"}, {Name: "viewer", Value: "https://viewer.utopia.example/show"}, {Name: "version", Value: "1"},
	}
	if got := doc.Parts[0].Unverified.Extra; !slices.Equal(got, want) || len(doc.Seals) != 0 || doc.Parts[0].Seal != formats.NoSeal {
		t.Errorf("%+v", doc)
	}
	c := doc.Checks
	if len(c) != 1 || c[0].Name != shlink.NotResolved || c[0].Result != formats.Fails || c[0].Kind != formats.Link || c[0].Where != "url" {
		t.Errorf("%+v", c)
	}
	if doc.Validity != (formats.Validity{}) {
		t.Errorf("the hint of a stranger is taken for a validity: %+v", doc.Validity)
	}
}

func TestDetectClaimsLinksAndViewers(t *testing.T) {
	for text, want := range map[string]bool{
		"shlink:/eyJ": true, "shlink:": true, "SHLINK:/x": true, "shlink2:/x": true, "https://v.example#shlink:/x": true, "http://v.example/a#shlink:/x": true,
		"": false, "shlink": false, "shc:/5676": false, "https://v.example": false, "https://v.example#shlink": false, "ftp://v.example#shlink:/x": false,
		" shlink:/x": false, "shlinks:/x": false, "https://v.example/" + strings.Repeat("x", 3000) + "#shlink:/x": false,
	} {
		if got := shlink.Format.Detect(formats.Text(text)); got != want {
			t.Errorf("%.40q: %v", text, got)
		}
	}
	if shlink.Format.Detect(formats.Input{}) {
		t.Error("nothing is claimed")
	}
	if _, err := shlink.Format.Decode(formats.Input{}, formats.Options{}); err == nil {
		t.Error("nothing is decoded")
	}
}

func TestLinksAreReadStrictly(t *testing.T) {
	good := mint.LinkPayload()
	raw := func(s string) string { return "shlink:/" + base64.RawURLEncoding.EncodeToString([]byte(s)) }
	for name, c := range map[string]struct{ text, code, step string }{
		"small letters":       {"SHLINK:/x", formats.CodeEncoding, "prefix"},
		"another version":     {"shlink2:/x", formats.CodeVersion, "prefix"},
		"padding":             {mint.Link(good) + "=", formats.CodeEncoding, "base64url"},
		"a line feed":         {mint.Link(good) + "\n", formats.CodeEncoding, "base64url"},
		"the other alphabet":  {"shlink:/ab+/", formats.CodeEncoding, "base64url"},
		"nothing":             {"shlink:/", formats.CodeTruncated, "payload"},
		"cut":                 {raw(good.JSON()[:40]), formats.CodeTruncated, "payload"},
		"two values":          {raw(good.JSON() + "{}"), formats.CodeTrailing, "payload"},
		"a list":              {raw("[]"), formats.CodePayload, "payload"},
		"a member twice":      {raw(`{"url":"https://evil.example",` + good.JSON()[1:]), formats.CodePayload, "payload"},
		"too deep":            {raw(`{"x":` + strings.Repeat("[", 30) + strings.Repeat("]", 30) + "}"), formats.CodeLimit, "payload"},
		"no address":          {mint.Link(good.Drop("url")), formats.CodePayload, "url"},
		"an address of none":  {mint.Link(good.Set("https://", "url")), formats.CodePayload, "url"},
		"a port alone":        {mint.Link(good.Set("https://:443/x", "url")), formats.CodePayload, "url"},
		"a path":              {mint.Link(good.Set("/x", "url")), formats.CodePayload, "url"},
		"no URL":              {mint.Link(good.Set("https://x\x7f/", "url")), formats.CodePayload, "url"},
		"a number for it":     {mint.Link(good.Set(7, "url")), formats.CodePayload, "url"},
		"no key":              {mint.Link(good.Drop("key")), formats.CodePayload, "key"},
		"an empty key":        {mint.Link(good.Set("", "key")), formats.CodePayload, "key"},
		"a key of 33 bytes":   {mint.Link(good.Set(strings.Repeat("A", 44), "key")), formats.CodePayload, "key"},
		"a key with padding":  {mint.Link(good.Set(base64.URLEncoding.EncodeToString(mint.LinkKey), "key")), formats.CodePayload, "key"},
		"version 2":           {mint.Link(good.Set(2, "v")), formats.CodeVersion, "v"},
		"version 0":           {mint.Link(good.Set(0, "v")), formats.CodePayload, "v"},
		"version 1.5":         {mint.Link(good.Set(mint.JSONRaw("1.5"), "v")), formats.CodePayload, "v"},
		"a version in a text": {mint.Link(good.Set("1", "v")), formats.CodePayload, "v"},
	} {
		doc, err := shlink.Format.Decode(formats.Text(c.text), formats.Options{})
		var fe *formats.Error
		if !errors.As(err, &fe) || doc != nil || fe.Format != shlink.ID || fe.Code != c.code || fe.Step != c.step {
			t.Errorf("%s: %+v, %v, want %s in %q", name, doc, err, c.code, c.step)
		}
	}
}

func TestBreachesAreNamedAndLeaveTheLinkReadable(t *testing.T) {
	good := mint.LinkPayload()
	for name, c := range map[string]struct {
		payload mint.JSONObject
		where   string
	}{
		"http":                   {good.Set("http://x.example/", "url"), "url"},
		"a user":                 {good.Set("https://me@x.example/", "url"), "url"},
		"a long address":         {good.Set("https://x.example/"+strings.Repeat("x", 111), "url"), "url"},
		"a long label":           {good.Set(strings.Repeat("ü", 81), "label"), "label"},
		"a label that is none":   {good.Set(7, "label"), "label"},
		"U and P":                {good.Set("PU", "flag"), "flag"},
		"a flag that is none":    {good.Set([]any{"L"}, "flag"), "flag"},
		"an end in milliseconds": {good.Set(mint.JSONRaw("2808777600000"), "exp"), "exp"},
		"an end that is a text":  {good.Set("2059", "exp"), "exp"},
		"a negative end":         {good.Set(-1, "exp"), "exp"},
	} {
		doc, err := shlink.Format.Decode(formats.Text(mint.Link(c.payload)), formats.Options{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if ch := doc.Checks; len(ch) != 2 || ch[0].Where != c.where || ch[0].Result != formats.Fails || ch[0].Kind != formats.Schema || ch[0].Text == "" {
			t.Errorf("%s: %+v", name, ch)
		}
		steps := shlink.Format.Trace(formats.Text(mint.Link(c.payload)), formats.Options{})
		if len(steps) != 1 || !slices.ContainsFunc(steps[0].Detail, func(f formats.Field) bool { return f.Name == c.where && strings.HasPrefix(f.Value, "fails: ") }) {
			t.Errorf("%s: %+v", name, steps)
		}
	}
	for name, payload := range map[string]mint.JSONObject{
		"80 characters": good.Set(strings.Repeat("ü", 80), "label"), "128 characters": good.Set("https://x.example/"+strings.Repeat("x", 110), "url"),
		"unknown flags": good.Set("LXZ", "flag"), "unknown members": good.Set(mint.JSON("a", 1), "later"), "version 1": good.Set(1, "v"), "a fraction": good.Set(mint.JSONRaw("1e9"), "exp"),
	} {
		if doc, err := shlink.Format.Decode(formats.Text(mint.Link(payload)), formats.Options{}); err != nil || len(doc.Checks) != 1 {
			t.Errorf("%s: %+v, %v", name, doc, err)
		}
	}
}
