package vdsnc_test

import (
	"strings"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/vdsnc"
	"github.com/travelseal/travelseal/internal/mint"
)

func TestDetectClaimsSealsOfEveryType(t *testing.T) {
	for text, want := range map[string]bool{
		`{"data":{"hdr":{`: true, `{"sig":{},"data":{"msg":{},"hdr":{`: true, ` { "data" : {"hdr"`: true, "\r\n\t{\n\"sig\":\"hdr\",\"hdr\":": true,
		`{"data":{"hdr":{"t":"utopia.visa","v":9`: true,
		"": false, "{": false, "[]": false, `{"data":{}}`: false, `{"isThisAVDS":"no"}`: false, `{"hdr":{}}`: false, `{"Data":{"hdr":{}}}`: false,
		`[{"data":{"hdr":{}}}]`: false, `"data" "hdr"`: false, "\ufeff{\"data\":{\"hdr\"": false,
		`{"verifiableCredential":["hdr"]}`: false, `{"@context":[],"data":{"hdr":{}}}`: false, "HC1:": false, `{"data":"\"hdr\""}`: false,
	} {
		if got := vdsnc.Format.Detect(formats.Text(text)); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
	named := formats.Input{Files: []formats.File{{Name: "DG1", Data: []byte(`{"data":{"hdr":{`)}}}
	if vdsnc.Format.Detect(named) || vdsnc.Format.Detect(formats.Input{}) {
		t.Error("an Input that is not one text is claimed")
	}
}

func TestTheTextIsReadStrictly(t *testing.T) {
	good := vaccination.Build().Text
	replace := func(old, new string) string {
		if !strings.Contains(good, old) {
			t.Fatalf("the text has no %q", old)
		}
		return strings.Replace(good, old, new, 1)
	}
	for name, c := range map[string]struct{ text, code, step string }{
		"nothing":                 {"", formats.CodeTruncated, "JSON"},
		"no JSON":                 {"data", formats.CodeEncoding, "JSON"},
		"cut":                     {good[:len(good)-1], formats.CodeTruncated, "JSON"},
		"a byte order mark":       {"\ufeff" + good, formats.CodeEncoding, "JSON"},
		"a comma too many":        {good[:len(good)-1] + ",}", formats.CodeEncoding, "JSON"},
		"a second object":         {good + "{}", formats.CodeTrailing, "JSON"},
		"itself again":            {good + good, formats.CodeTrailing, "JSON"},
		"a NUL":                   {good + "\x00", formats.CodeTrailing, "JSON"},
		"a blank":                 {good + " ", formats.CodeTrailing, "JSON"},
		"a tab and a line end":    {good + "\t\n", formats.CodeTrailing, "JSON"},
		"a list":                  {"[" + good + "]", formats.CodeEnvelope, "JSON"},
		"a text":                  {`"data"`, formats.CodeEnvelope, "JSON"},
		"a number":                {`1`, formats.CodeEnvelope, "JSON"},
		"not UTF-8":               {replace("Harbour", "Harb\xffour"), formats.CodeEncoding, "JSON"},
		"a lone surrogate":        {replace("Harbour", `\ud800`), formats.CodeEncoding, "JSON"},
		"a noncharacter":          {replace("Harbour", `\uffff`), formats.CodeEncoding, "JSON"},
		"a control character":     {replace("Harbour", "\x01"), formats.CodeEncoding, "JSON"},
		"data twice":              {replace(`{"data"`, `{"data":{},"data"`), formats.CodePayload, "JSON"},
		"data twice, escaped":     {replace(`{"data"`, `{"\u0064ata":{},"data"`), formats.CodePayload, "JSON"},
		"sig twice":               {replace(`"sig"`, `"sig":{},"sig"`), formats.CodePayload, "JSON"},
		"a name twice":            {replace(`"n":`, `"n":"X","n":`), formats.CodePayload, "JSON"},
		"a further member twice":  {replace(`"n":`, `"x":1,"x":1,"n":`), formats.CodePayload, "JSON"},
		"no data":                 {replace(`"data"`, `"Data"`), formats.CodePayload, "data"},
		"data that is a text":     {`{"data":"eyJoZHIiOnt9fQ","hdr":1}`, formats.CodePayload, "data"},
		"data that is null":       {`{"data":null}`, formats.CodePayload, "data"},
		"no header":               {`{"data":{"msg":{}}}`, formats.CodePayload, "data.hdr"},
		"a header that is a list": {`{"data":{"hdr":[],"msg":{}}}`, formats.CodePayload, "data.hdr"},
		"no message":              {`{"data":{"hdr":{}}}`, formats.CodePayload, "data.msg"},
		"a message that is text":  {`{"data":{"hdr":{},"msg":"x"}}`, formats.CodePayload, "data.msg"},
		"too large a number":      {replace(`"seq":1`, `"seq":1e309`), formats.CodeNonCanonical, "canonical form"},
		"too precise a number":    {replace(`"seq":1`, `"seq":1.00000000000000001`), formats.CodeNonCanonical, "canonical form"},
	} {
		t.Run(name, func(t *testing.T) { refused(t, c.text, formats.Options{}, c.code, c.step) })
	}
	if fe := refused(t, good+"  ", formats.Options{}, formats.CodeTrailing, "JSON"); fe.Offset != len(good) {
		t.Errorf("at byte %d, want %d", fe.Offset, len(good))
	}
	if fe := refused(t, good+"{}", formats.Options{}, formats.CodeTrailing, "JSON"); fe.Offset != len(good) {
		t.Errorf("at byte %d, want %d", fe.Offset, len(good))
	}
}

func TestLimitsAreKept(t *testing.T) {
	for name, o := range map[string]formats.Options{
		"items": {Limits: formats.Limits{Items: 20}}, "depth": {Limits: formats.Limits{Depth: 4}},
	} {
		t.Run(name, func(t *testing.T) { refused(t, vaccination.Build().Text, o, formats.CodeLimit, "JSON") })
	}
}

// What is signed and what is read is the canonical form, however the text spells it.
func TestTheSameDataHasOneMeaning(t *testing.T) {
	want := decode(t, vaccination, formats.Options{})
	text := vaccination.Build().Text
	for name, spelled := range map[string]string{
		"line ends": text + "\r\n\n", "white space before it": " \n" + text,
		"white space":    strings.ReplaceAll(strings.ReplaceAll(text, `":`, "\" :\t"), `,"`, ",\r\n \""),
		"escapes":        strings.NewReplacer("Comirnaty", `\u0043omirnaty`, "hdr", `\u0068dr`, `"seq"`, `"\u0073eq"`).Replace(text),
		"numbers":        strings.NewReplacer(`"seq":1`, `"seq":1.0`, `"seq":2`, `"seq":20e-1`, `"v":1`, `"v":0.1e1`).Replace(text),
		"members turned": `{"sig":` + text[strings.Index(text, `"sig":`)+6:len(text)-1] + "," + text[1:strings.Index(text, `,"sig":`)] + "}",
	} {
		doc, err := vdsnc.Format.Decode(formats.Text(spelled), formats.Options{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if same(doc, want) != "" {
			t.Errorf("%s: %s", name, same(doc, want))
		}
	}
}

func TestTheSignedBytesAreTheCanonicalForm(t *testing.T) {
	for name, v := range map[string]mint.VDSNC{"vaccination": vaccination, "test": tested} {
		built := v.Build()
		s := decode(t, v, formats.Options{}).Seals[0]
		if string(s.Signed) != string(built.Canonical) || string(s.Signature) != string(built.Signature) {
			t.Errorf("%s: signed is\n%s\nwant\n%s", name, s.Signed, built.Canonical)
		}
	}
}

func TestOneTextIsNeeded(t *testing.T) {
	text := []byte(vaccination.Build().Text)
	for name, in := range map[string]formats.Input{
		"none": {}, "named": {Files: []formats.File{{Name: "DG1", Data: text}}},
		"two": {Files: []formats.File{{Data: text}, {Name: "x", Data: text}}},
	} {
		if doc, err := vdsnc.Format.Decode(in, formats.Options{}); doc != nil || err == nil {
			t.Errorf("%s: %v", name, doc)
		}
	}
}
