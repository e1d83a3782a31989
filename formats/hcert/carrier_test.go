package hcert_test

import (
	"strings"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/hcert"
	"github.com/travelseal/travelseal/internal/mint"
)

func TestDetectClaimsEveryVersionOfThePrefix(t *testing.T) {
	for text, want := range map[string]bool{
		"HC1:": true, "HC1:6BF": true, "hc1:": true, "Hc9:": true, "HC0:": true, "HC2:x": true,
		"": false, "H": false, "HC1": false, "HC1 :": false, "HCA:": false, "HC:": false, " HC1:": false, "\ufeffHC1:": false, "shc:/": false, "NZCP:/1/": false,
	} {
		if got := hcert.Format.Detect(formats.Text(text)); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
	named := formats.Input{Files: []formats.File{{Name: "DG1", Data: []byte("HC1:")}}}
	if hcert.Format.Detect(named) || hcert.Format.Detect(formats.Input{}) {
		t.Error("an Input that is not one text is claimed")
	}
}

func TestEachLayerIsReadStrictly(t *testing.T) {
	v := vaccination()
	prefix := func(s string) mint.HCERT { h := v; h.Prefix = s; return h }
	text := func(f func(string) string) mint.HCERT { h := v; h.Hooks.Base45 = f; return h }
	stream := func(f func([]byte) []byte) mint.HCERT { h := v; h.Hooks.Compressed = f; return h }
	message := func(f func([]byte) []byte) mint.HCERT { h := v; h.Hooks.COSE = f; return h }
	for name, c := range map[string]struct {
		doc        mint.HCERT
		o          formats.Options
		code, step string
		offset     int
	}{
		"small letters":    {prefix("hc1:"), formats.Options{}, formats.CodeEncoding, "prefix", 0},
		"no prefix":        {prefix(""), formats.Options{}, formats.CodeEncoding, "prefix", 0},
		"another scheme":   {prefix("HC1/"), formats.Options{}, formats.CodeEncoding, "prefix", 0},
		"another version":  {prefix("HC2:"), formats.Options{}, formats.CodeVersion, "prefix", 2},
		"version A":        {prefix("HCA:"), formats.Options{}, formats.CodeVersion, "prefix", 2},
		"a small letter":   {text(func(s string) string { return "a" + s[1:] }), formats.Options{}, formats.CodeEncoding, "base45", 4},
		"a line feed":      {text(func(s string) string { return s[:3] + "\n\n\n" + s[3:] }), formats.Options{}, formats.CodeEncoding, "base45", 7},
		"too large groups": {text(func(s string) string { return ":::" + s[3:] }), formats.Options{}, formats.CodeEncoding, "base45", 4},
		"a lone character": {text(func(s string) string { return s[:len(s)/3*3] + "A" }), formats.Options{}, formats.CodeEncoding, "base45", -2},
		"no stream":        {stream(func([]byte) []byte { return nil }), formats.Options{}, formats.CodeTruncated, "zlib", 0},
		"no zlib":          {stream(func(b []byte) []byte { return append([]byte{0}, b...) }), formats.Options{}, formats.CodeEncoding, "zlib", 0},
		"a wrong checksum": {stream(func(b []byte) []byte { return mint.FlipBit(b, 8*len(b)-1) }), formats.Options{}, formats.CodeEncoding, "zlib", -2},
		"a stream cut":     {stream(func(b []byte) []byte { return b[:len(b)-1] }), formats.Options{}, formats.CodeTruncated, "zlib", -2},
		"a byte after it":  {stream(func(b []byte) []byte { return append(b, 0) }), formats.Options{}, formats.CodeTrailing, "zlib", -2},
		"a limit":          {v, formats.Options{Limits: formats.Limits{Inflated: 100}}, formats.CodeLimit, "zlib", -2},
		"a bomb":           {mint.Bomb(utopia.Vaccination, 1<<20), formats.Options{}, formats.CodeLimit, "zlib", -2},
		"no message":       {message(func([]byte) []byte { return nil }), formats.Options{}, formats.CodeTruncated, "COSE", 0},
		"a message cut":    {message(func(b []byte) []byte { return b[:len(b)-1] }), formats.Options{}, formats.CodeTruncated, "COSE", -2},
		"after a message":  {message(func(b []byte) []byte { return append(b, 0) }), formats.Options{}, formats.CodeTrailing, "COSE", -2},
	} {
		t.Run(name, func(t *testing.T) {
			fe := refused(t, c.doc, c.o, c.code, c.step)
			if c.offset != -2 && fe.Offset != c.offset {
				t.Errorf("at byte %d, want %d (%v)", fe.Offset, c.offset, fe)
			}
			if c.offset == -2 && fe.Offset < 0 {
				t.Errorf("the place is missing: %v", fe)
			}
		})
	}
}

func TestEveryCompressionOfTheSameMessageIsRead(t *testing.T) {
	for _, level := range []int{-2, -1, 0, 1, 9} {
		h := vaccination()
		h.Hooks.Compress = mint.ZlibLevel(level)
		if e := event(t, decode(t, h, formats.Options{})); e.ID == "" {
			t.Errorf("level %d: %+v", level, e)
		}
	}
}

func TestOneTextIsNeeded(t *testing.T) {
	text := []byte(vaccination().Build().Text)
	for name, in := range map[string]formats.Input{
		"none": {}, "named": {Files: []formats.File{{Name: "DG1", Data: text}}},
		"two": {Files: []formats.File{{Data: text}, {Name: "x", Data: text}}},
	} {
		if doc, err := hcert.Format.Decode(in, formats.Options{}); doc != nil || err == nil {
			t.Errorf("%s: %v", name, doc)
		}
	}
}

func TestTraceShowsTheStepsOfDecode(t *testing.T) {
	names := "prefix base45 zlib COSE_Sign1 CWT claims certificate"
	for _, c := range mint.Cases() {
		doc, err := hcert.Format.Decode(formats.Text(c.Text), formats.Options{})
		steps := hcert.Format.Trace(formats.Text(c.Text), formats.Options{})
		var shown []string
		for i, s := range steps {
			shown = append(shown, s.Name)
			if last := i == len(steps)-1; (s.Err != nil) != (last && doc == nil) || (s.Err == nil) != (len(s.Detail) > 0) {
				t.Errorf("%s, %s: %v with %d details", c.Name, s.Name, s.Err, len(s.Detail))
			}
		}
		if got := strings.Join(shown, " "); !strings.HasPrefix(names, got) || doc != nil && got != names {
			t.Errorf("%s: the steps are %s", c.Name, got)
		}
		if last := steps[len(steps)-1].Err; (err == nil) != (last == nil) || err != nil && err.Error() != last.Error() {
			t.Errorf("%s: Trace ends in %v, Decode in %v", c.Name, last, err)
		}
	}
}

func TestTraceShowsWhatEachStepFound(t *testing.T) {
	h := test()
	h.Tags = nil
	h = h.SetClaim(mint.Float64(2808604800), mint.ClaimExpires).Set(mint.Text("x"), "t", 0, "co")
	found := make(map[string]string)
	for _, s := range hcert.Format.Trace(formats.Text(h.Build().Text), formats.Options{}) {
		for _, f := range s.Detail {
			found[s.Name+" "+f.Name] = f.Value
		}
	}
	for name, want := range map[string]string{
		"prefix prefix": "HC1:", "COSE_Sign1 algorithm": "ES256", "COSE_Sign1 signature": "64 bytes",
		"COSE_Sign1 COSE": "tolerated: the message carries no tag (cose-untagged)", "CWT claims iss": "UT",
		"CWT claims iat": "2026-01-15T09:30:00Z", "CWT claims exp": "2059-01-01T00:00:00Z",
		"CWT claims claim 4 (exp)": "tolerated: a floating-point number where an integer is needed (float-date)",
		"certificate ver":          "1.3.0", "certificate dob": "1991-11-02", "certificate nam.fnt, nam.gnt": "OEDEGAARD<QUILL, TOBIAS",
		"certificate entry 1 kind": "test", "certificate entry 1 date": "2026-01-14T08:15:00Z", "certificate entry 1 ci": "URN:UVCI:01:UT:Z81KTR5PC0NE",
		"certificate t[0].co": "fails: not one to ten capital letters (schema)",
	} {
		if found[name] != want {
			t.Errorf("%s: got %q, want %q", name, found[name], want)
		}
	}
}

func TestTraceShowsTheProblemOfASeal(t *testing.T) {
	h := vaccination()
	h.Protected, h.Unprotected = nil, h.Protected
	steps := hcert.Format.Trace(formats.Text(h.Build().Text), formats.Options{})
	for _, f := range steps[3].Detail {
		if f.Name == "problem" && f.Value != "" {
			return
		}
	}
	t.Errorf("no problem among %+v", steps[3].Detail)
}
