package twoddoc_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/twoddoc"
	"github.com/travelseal/travelseal/internal/mint"
)

func TestRefusalsNameTheStepAndThePlace(t *testing.T) {
	good := mint.Bill2D().Build()
	us := strings.IndexByte(good, 0x1f)
	in := func(at int, text string) string { return good[:at] + text + good[at+len(text):] }
	const truncated, encoding, payload = formats.CodeTruncated, formats.CodeEncoding, formats.CodePayload
	for _, c := range []struct {
		text, code, step string
		offset           int
	}{
		{"", encoding, "header", 0}, {"DC", encoding, "header", 0}, {in(0, "DD"), encoding, "header", 0},
		{in(2, "01"), formats.CodeVersion, "header version", 2}, {in(2, "05"), formats.CodeVersion, "header version", 2}, {in(2, "99"), formats.CodeVersion, "header version", 2},
		{good[:25], truncated, "header", 25}, {in(4, "u"), encoding, "header", 4}, {in(25, "t"), encoding, "header", 25}, {in(8, "\x1f"), encoding, "header", 8},
		{in(12, "12G4"), payload, "header date of issue", 12}, {in(16, "ZZZZ"), payload, "header date of signature", 16},
		{good[:us], truncated, "message", us}, {good[:us+1], truncated, "signature", us + 1}, {good[:us+1] + mint.GS + "0A1", truncated, "signature", us + 1},
		{in(us+1, "a"), encoding, "signature", us + 1}, {good + "=", encoding, "signature", len(good)}, {good + "\x1f", encoding, "signature", len(good)}, {good + " ", encoding, "signature", len(good)},
		{good + mint.GS, truncated, "annex", len(good) + 1}, {good + strings.Repeat("A", 4096), formats.CodeLimit, "header", 4096},
	} {
		refused(t, c.text, c.code, c.step, c.offset)
	}
	for _, in := range []formats.Input{{}, {Files: []formats.File{{Name: "DG1", Data: []byte(good)}}}} {
		if twoddoc.Format.Detect(in) {
			t.Errorf("%+v is claimed", in)
		}
		if _, err := twoddoc.Format.Decode(in, formats.Options{}); err == nil || !strings.HasPrefix(err.Error(), "2ddoc: ") {
			t.Errorf("%v", err)
		}
	}
}

func TestTheHeaderOfEachVersion(t *testing.T) {
	for version, want := range map[string]string{"02": "01 ", "03": "01 ", "04": "01 UT"} {
		s := mint.Bill2D()
		s.Version, s.Issued = version, time.Time{}
		shown := make(map[string]string)
		for _, f := range decode(t, s).Parts[0].Unverified.Extra {
			shown[f.Name] = f.Value
		}
		if shown["version"] != version || shown["perimeter"]+" "+shown["country"] != want || shown["issued"] != "" || shown["signed"] != "2026-01-15" || shown["postal_code"] != "12345" {
			t.Errorf("%s: %v", version, shown)
		}
	}
}

// Values end where they fill their field, or with a separator; the record separator says that something is missing.
func TestTheEndsOfValues(t *testing.T) {
	read := func(message string) ([]formats.Field, []string) {
		s := mint.Bill2D()
		s.Message = message
		doc := decode(t, s)
		return doc.Parts[0].Unverified.Extra[9:], failing(doc)
	}
	full := strings.Repeat("X", 38)
	for message, want := range map[string][]formats.Field{
		"26UT24" + "12345":       {{Name: "country_of_address", Value: "UT"}, {Name: "postal_code", Value: "12345"}},
		"22A" + mint.GS + "26UT": {{Name: "address_line_4", Value: "A"}, {Name: "country_of_address", Value: "UT"}},
		"22" + full + "26UT":     {{Name: "address_line_4", Value: full}, {Name: "country_of_address", Value: "UT"}},
		"22A" + mint.RS + "26UT": {{Name: "address_line_4", Value: "A"}, {Name: "address_line_4_cut", Value: "the issuer had to cut it off"}, {Name: "country_of_address", Value: "UT"}},
		"20" + mint.GS + "26UT":  {{Name: "country_of_address", Value: "UT"}},
		"22A":                    {{Name: "address_line_4", Value: "A"}},
		"18" + strings.Repeat("9", 200) + mint.GS + "26UT": {{Name: "invoice_number", Value: strings.Repeat("9", 200)}, {Name: "country_of_address", Value: "UT"}},
		"22CAF\xc9" + mint.GS:                              {{Name: "address_line_4", Value: "CAFÉ"}},
		"22CAFÉ" + mint.GS:                                 {{Name: "address_line_4", Value: "CAFÉ"}},
	} {
		if got, breaches := read(message); !slices.Equal(got, want) || breaches != nil {
			t.Errorf("%q: %+v, %v", message, got, breaches)
		}
	}
	for message, want := range map[string]string{
		"24123" + mint.GS: "message.24: shorter than 5 characters", "26UT26XX": "message.26: it is there twice", "1C" + "32072026": "message.1C: not a date that exists", "0615GX": "message.06: not a date that exists",
	} {
		if _, breaches := read(message); !slices.Equal(breaches, []string{want}) {
			t.Errorf("%q: %v", message, breaches)
		}
	}
}

func TestSignaturesOfOtherSizes(t *testing.T) {
	for size, problem := range map[int]string{63: "", 64: "", 65: "", 96: formats.CodeSealUnsupported, 132: formats.CodeSealUnsupported} {
		s := mint.Bill2D()
		s.Hooks.Encoded = func(string) string { return encoding.EncodeToString(make([]byte, size)) }
		if got := decode(t, s).Seals[0]; got.Problem.Code != problem || len(got.Signature) != size {
			t.Errorf("%d: %+v", size, got)
		}
	}
}

func TestOtherTextsAreNotClaimed(t *testing.T) {
	for text, want := range map[string]bool{
		mint.Bill2D().Build(): true, "DC04": true, "DC99": true, "DC": false, "": false, "DC0": false, "DCxx": false, "dc04": false, "DIVOC": false, "HC1:DC04": false,
	} {
		if twoddoc.Format.Detect(formats.Text(text)) != want {
			t.Errorf("%q: claimed is not %v", text, want)
		}
	}
}

func TestTheTraceShowsValuesByIdentifier(t *testing.T) {
	s := mint.Vaccination2D()
	s.Annex, s.Message = "0A123456789", s.Message+"ZZ"
	shown := make(map[string]string)
	for _, step := range twoddoc.Format.Trace(formats.Text(s.Build()), formats.Options{}) {
		for _, f := range step.Detail {
			shown[step.Name+"/"+f.Name] = f.Value
		}
	}
	for name, want := range map[string]string{
		"header/ca_id": "UT00", "message/L2": "19071984", "message/not read": "ZZ", "signature/key ID": "UT000001", "signature/annex 0A": "123456789",
		"signature/message at byte 142": "fails: identifier not known (2D-Doc)",
	} {
		if shown[name] != want {
			t.Errorf("%s: %q, want %q", name, shown[name], want)
		}
	}
	if steps := twoddoc.Format.Trace(formats.Text("DC04UT00"), formats.Options{}); len(steps) != 1 || steps[0].Err == nil {
		t.Errorf("%+v", steps)
	}
}
