package shc_test

import (
	"strings"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/shc"
	"github.com/travelseal/travelseal/internal/mint"
)

func TestDetectClaimsEverythingOfItsFamily(t *testing.T) {
	for text, want := range map[string]bool{
		"shc:/567629": true, "shc:/": true, "shc:": true, "SHC:/5676": true, "Shc:x": true, "shc2:/5676": true, "shc:/1/2/5676": true, "shc9999:": true,
		"eyJhbGciOiJFUzI1NiJ9.x.y": true, "eyAiYWxnIjoiRVMyNTYifQ.": true, "ewogImFsZyI6IngifQ.x.y": true, "ew0KImEiOjF9.": true, "ewkiYSI6MX0.": true,
		`{"verifiableCredential":["eyJ"]}`: true, ` {"verifiableCredential" : [ "x" ] }`: true, `{"verifiableCredential":"eyJ"}`: true,
		`{"verifiableCredential":[]}`: true, `{"@context":[],"verifiableCredential":["x"]}`: true, `{"verifiableCredential":`: true,
		`{"resourceType":"Parameters","parameter":[{"name":"verifiableCredential"}]}`: true,
		"": false, "s": false, "shc": false, "shc/": false, "shcx:/": false, " shc:/": false, "shlink:/eyJ1": false, "shc99999:": false, "HC1:6BF": false, "NZCP:/1/": false,
		"eyJhbGciOiJFUzI1NiJ9": false, "eyJ": false, "eyx.y.z": false, "ey": false, "https://example.org/": false,
		`{}`: false, `{"data":{},"sig":{}}`: false, `{"verifiableCredential":[{"type":[]}]}`: false, `["verifiableCredential"]`: false,
		`{"verifiableCredential":{}}`: false, `{"x":"verifiableCredential"}`: false, "\ufeff{}": false, "   ": false,
	} {
		if got := shc.Format.Detect(formats.Text(text)); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
	if late := "ey" + "J" + strings.Repeat("x", 1<<17) + "."; shc.Format.Detect(formats.Text(late)) {
		t.Error("a header of 128 kB is looked through")
	}
	named := formats.Input{Files: []formats.File{{Name: "DG1", Data: []byte("shc:/")}}}
	if shc.Format.Detect(named) || shc.Format.Detect(formats.Input{}) {
		t.Error("an Input that is not one text is claimed")
	}
}

func TestOneTextIsNeeded(t *testing.T) {
	text := []byte(vaccination().Build().Text)
	for name, in := range map[string]formats.Input{
		"none": {}, "named": {Files: []formats.File{{Name: "DG1", Data: text}}}, "two": {Files: []formats.File{{Data: text}, {Name: "x", Data: text}}},
	} {
		if doc, err := shc.Format.Decode(in, formats.Options{}); doc != nil || err == nil {
			t.Errorf("%s: %v", name, doc)
		}
		if steps := shc.Format.Trace(in, formats.Options{}); len(steps) != 1 || steps[0].Err == nil {
			t.Errorf("%s: %v", name, steps)
		}
	}
}

func TestEveryCarrierGivesTheSameCard(t *testing.T) {
	b := vaccination().Build()
	want := decode(t, vaccination(), formats.Options{})
	for name, text := range map[string]string{
		"JWS": b.Token, "numbered": "shc:/1/1/" + b.Text[5:], "file": mint.CardFile(b.Token), "file of a text": `{"verifiableCredential":"` + b.Token + `"}`,
		"spaced file": "\n { \"verifiableCredential\" :\t[ \"" + b.Token + "\" ] }\r\n", "FHIR": mint.CardParameters(b.Token),
		"escaped": `{"verifiableCredential":["\u0065` + b.Token[1:] + `"]}`, "a presentation": `{"@context":[],"verifiableCredential":["` + b.Token + `"]}`,
	} {
		doc, err := shc.Format.Decode(formats.Text(text), formats.Options{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if string(doc.Seals[0].Signed) != string(want.Seals[0].Signed) || string(doc.Seals[0].Signature) != string(b.Signature) {
			t.Errorf("%s: other bytes are signed", name)
		}
	}
}

func TestCodesAreReadStrictly(t *testing.T) {
	b := vaccination().Build()
	digits := b.Text[5:]
	for name, c := range map[string]struct {
		text, code, step string
		offset           int
	}{
		"capital letters":         {"SHC:/" + digits, formats.CodeEncoding, "prefix", 0},
		"no slash":                {"shc:" + digits, formats.CodeEncoding, "prefix", 0},
		"another version":         {"shc2:/" + digits, formats.CodeVersion, "prefix", 3},
		"another, in capitals":    {"SHC3:" + digits, formats.CodeVersion, "prefix", 3},
		"a pair of 78":            {"shc:/78" + digits[2:], formats.CodeEncoding, "numerals", 5},
		"a pair of 99":            {"shc:/" + digits[:10] + "99" + digits[12:], formats.CodeEncoding, "numerals", 15},
		"a letter first":          {"shc:/a" + digits[1:], formats.CodeEncoding, "numerals", 5},
		"a letter second":         {"shc:/5a" + digits[2:], formats.CodeEncoding, "numerals", 6},
		"a line feed":             {"shc:/" + digits[:4] + "\n" + digits[4:], formats.CodeEncoding, "numerals", 9},
		"a numeral of Arabic":     {"shc:/\u0665" + digits[1:], formats.CodeEncoding, "numerals", 5},
		"an odd number":           {"shc:/" + digits[:len(digits)-1], formats.CodeEncoding, "numerals", 5 + len(digits) - 2},
		"nothing":                 {"shc:/", formats.CodeTruncated, "JWS", 0},
		"chunk 2 of 3":            {"shc:/2/3/" + digits, formats.CodeTruncated, "chunk", -1},
		"chunk 0":                 {"shc:/0/3/" + digits, formats.CodeEncoding, "chunk", -1},
		"chunk 4 of 3":            {"shc:/4/3/" + digits, formats.CodeEncoding, "chunk", -1},
		"chunk 0 of 0":            {"shc:/0/0/" + digits, formats.CodeEncoding, "chunk", -1},
		"chunk 1 of 65":           {"shc:/1/65/" + digits, formats.CodeLimit, "chunk", -1},
		"chunk 1 of 999999999":    {"shc:/1/999999999/" + digits, formats.CodeLimit, "chunk", -1},
		"chunk 1 of 1000000000":   {"shc:/1/1000000000/" + digits, formats.CodeEncoding, "chunk", 7},
		"a count that overflows":  {"shc:/1/18446744073709551617/" + digits, formats.CodeEncoding, "chunk", 7},
		"a leading zero":          {"shc:/01/3/" + digits, formats.CodeEncoding, "chunk", 5},
		"a leading zero of count": {"shc:/1/03/" + digits, formats.CodeEncoding, "chunk", 7},
		"a sign":                  {"shc:/+1/3/" + digits, formats.CodeEncoding, "chunk", 5},
		"a negative index":        {"shc:/-1/3/" + digits, formats.CodeEncoding, "chunk", 5},
		"no index":                {"shc://3/" + digits, formats.CodeEncoding, "chunk", 5},
		"no count":                {"shc:/1//" + digits, formats.CodeEncoding, "chunk", 7},
		"an index alone":          {"shc:/1/" + digits, formats.CodeEncoding, "chunk", 7},
		"a slash at the end":      {"shc:/" + digits[:8] + "/", formats.CodeEncoding, "chunk", 14},
		"a slash among numerals":  {"shc:/1/1/" + digits[:8] + "/" + digits[8:], formats.CodeEncoding, "numerals", 17},
	} {
		if fe := refused(t, name, c.text, formats.Options{}, c.code, c.step); fe.Offset != c.offset {
			t.Errorf("%s: at byte %d, want %d", name, fe.Offset, c.offset)
		}
	}
}

func TestFilesAreReadStrictly(t *testing.T) {
	token := vaccination().Build().Token
	many := func(n int) string {
		var tokens []string
		for range n {
			tokens = append(tokens, token)
		}
		return mint.CardFile(tokens...)
	}
	file := mint.CardFile(token)
	for name, c := range map[string]struct{ text, code, step string }{
		"cut":                  {file[:len(file)-1], formats.CodeTruncated, "file"},
		"and something":        {file + "x", formats.CodeTrailing, "file"},
		"a comma too many":     {`{"verifiableCredential":["` + token + `",]}`, formats.CodeEncoding, "file"},
		"the name twice":       {`{"verifiableCredential":["` + token + `"],"verifiableCredential":["` + token + `"]}`, formats.CodeEncoding, "file"},
		"a number among them":  {`{"verifiableCredential":["` + token + `",7]}`, formats.CodeEncoding, "file"},
		"no card":              {`{"verifiableCredential":[]}`, formats.CodeEncoding, "file"},
		"two cards":            {many(2), formats.CodeAmbiguous, "file"},
		"64 cards":             {many(64), formats.CodeAmbiguous, "file"},
		"65 cards":             {many(65), formats.CodeLimit, "file"},
		"a card that is none":  {mint.CardFile("x"), formats.CodeTruncated, "JWS"},
		"another resource":     {`{"resourceType":"Bundle","x":"Parameters","parameter":[{"name":"verifiableCredential","valueString":"` + token + `"}]}`, formats.CodeEncoding, "file"},
		"a parameter of URI":   {`{"resourceType":"Parameters","parameter":[{"name":"verifiableCredential","valueUri":"x"}]}`, formats.CodeEncoding, "file"},
		"no such parameter":    {`{"resourceType":"Parameters","parameter":[{"name":"x","part":"verifiableCredential"}]}`, formats.CodeEncoding, "file"},
		"UTF-8 that is broken": {`{"verifiableCredential":["` + token + `"],"x":"` + "\xff" + `"}`, formats.CodeEncoding, "file"},
	} {
		refused(t, name, c.text, formats.Options{}, c.code, c.step)
	}
	refused(t, "a limit of items", file, formats.Options{Limits: formats.Limits{Items: 1}}, formats.CodeLimit, "file")
}

// Of a text that is no code, no file and no JWS, Decode says that it is no JWS.
func TestWhateverElseIsNoJWS(t *testing.T) {
	for _, text := range []string{"", "x", "{}", "ey", "shcx"} {
		if doc, err := shc.Format.Decode(formats.Text(text), formats.Options{}); doc != nil || err == nil {
			t.Errorf("%q: %v", text, doc)
		}
	}
}
