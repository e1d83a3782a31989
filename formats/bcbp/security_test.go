package bcbp_test

import (
	"crypto"
	"encoding/base64"
	"encoding/hex"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/bcbp"
	"github.com/travelseal/travelseal/internal/mint"
)

func TestASignatureCoversEverythingBeforeIt(t *testing.T) {
	signer := mint.AirlineSigner("1")
	p := mint.LongPass().Signed("1", signer)
	doc := decode(t, p)
	if len(doc.Seals) != 1 || doc.Parts[0].Seal != 0 || doc.Parts[0].Path != nil {
		t.Fatalf("%+v", doc)
	}
	before, _, _ := strings.Cut(p.Build(), "^")
	s := doc.Seals[0]
	if s.Role != formats.Issuer || s.Envelope != bcbp.Envelope || string(s.Signed) != before || s.Problem.Code != "" {
		t.Errorf("%+v", s)
	}
	if s.Algorithm.Name() != "ES256" || s.Algorithm.Encoding != formats.DER || string(s.Signer.KeyID) != "UT1" || s.Signer.Issuer != "UT" || s.Signer.Country != "" {
		t.Errorf("%+v", s)
	}
	// No seal covers its own type, and nothing that it does not cover is shown as if it did.
	for _, f := range doc.Parts[0].Unverified.Extra {
		if strings.HasPrefix(f.Name, "security") {
			t.Errorf("%+v", f)
		}
	}
}

// The airline that issued the pass signs it; where the pass does not name it, the carrier of the first leg does.
func TestTheSignerIsTheAirlineThatIssued(t *testing.T) {
	signer := mint.AirlineSigner("1")
	p := mint.LongPass().Leg(0, func(l *mint.Leg) { l.Carrier = "XX" }).Signed("2", signer)
	if s := decode(t, p).Seals[0].Signer; string(s.KeyID) != "UT2" || s.Issuer != "UT" {
		t.Errorf("%+v", s)
	}
	p.Unique = p.Unique[:8]
	if s := decode(t, p).Seals[0].Signer; string(s.KeyID) != "XX2" || s.Issuer != "XX" {
		t.Errorf("%+v", s)
	}
}

func TestOnlyWhatIsASignatureBecomesASeal(t *testing.T) {
	raw := mint.AirlineSigner("1").Sign([]byte("x"))
	der := mint.AsDER(raw, nil)
	b64 := base64.StdEncoding.EncodeToString
	sized := func(n int) string { return b64(mint.AsDER(mint.NewDRBG([]byte("bcbp")).Bytes(2*n), nil)) }
	seal := map[string]string{ // the data, and the algorithm
		b64(der): "ES256", b64(raw): "ES256", strings.TrimRight(b64(raw), "="): "ES256", sized(48): "ES384", sized(66): "ES512",
		b64(mint.NewDRBG([]byte("r and s")).Bytes(96)): "ES384",
	}
	for data, want := range seal {
		p := mint.ShortPass()
		p.Security = mint.BoardingSecurity{Kind: "1", Data: data}
		if doc := decode(t, p); len(doc.Seals) != 1 || doc.Seals[0].Algorithm.Name() != want {
			t.Errorf("%d characters: %+v, want %s", len(data), doc.Seals, want)
		}
	}
	for name, data := range map[string]string{
		"nothing": "", "a text": "HELLO", "hexadecimal": hex.EncodeToString(raw), "letters and digits": strings.Repeat("GIWVC5EH7JNT684FVNJ9", 5),
		"86 letters and digits": strings.Repeat("GH", 42) + "GA", "128 capitals": strings.Repeat("GIWVC5EH", 16), "DSA": sized(20), "P-224": sized(28), "between": sized(40),
		"trailing in DER": b64(append(der[:len(der):len(der)], 0)), "one number": b64([]byte{0x30, 3, 2, 1, 9}), "63 bytes": b64(raw[:63]), "65 bytes": b64(append(raw[:64:64], 1)),
		"a line break": b64(raw)[:40] + " " + b64(raw)[40:], "base64url": strings.NewReplacer("+", "-", "/", "_").Replace(b64([]byte(strings.Repeat("\xfb\xff\x3f\xef", 16)))),
	} {
		p := mint.ShortPass()
		p.Security = mint.BoardingSecurity{Kind: "7", Data: data}
		doc := decode(t, p)
		if len(doc.Seals) != 0 || doc.Parts[0].Seal != formats.NoSeal {
			t.Errorf("%s: %+v", name, doc.Seals)
			continue
		}
		extra := doc.Parts[0].Unverified.Extra
		if last := extra[len(extra)-1]; last.Name != "security_data" || !strings.HasPrefix(last.Value, "security data of type 7, ") || !strings.HasSuffix(last.Value, "not checkable") {
			t.Errorf("%s: %+v", name, last)
		}
	}
}

func TestRefusalsNameTheFieldAndThePlace(t *testing.T) {
	short, long := mint.ShortPass().Build(), mint.LongPass().Build()
	in := func(old, new string) string { return strings.Replace(long, old, new, 1) }
	const payload, truncated, trailing = formats.CodePayload, formats.CodeTruncated, formats.CodeTrailing
	for _, c := range []struct {
		text, code, step string
		offset           int
	}{
		{"", truncated, "format code and number of legs", 0},
		{"M", truncated, "format code and number of legs", 0},
		{"S1" + short[2:], formats.CodeVersion, "format code", 0},
		{"MX" + short[2:], payload, "number of legs", 1},
		{"MA" + short[2:], payload, "number of legs", 1}, // ten legs and more do not exist
		{"M0" + short[2:], payload, "number of legs", 1},
		{"m1" + short[2:], formats.CodeVersion, "format code", 0},
		{short[:20], truncated, "pass.passenger_name", 2},
		{short[:38], truncated, "leg1.operating_carrier", 36},
		{short[:58] + "0", truncated, "size of the variable field", 58},
		{short[:58] + "0a", payload, "size of the variable field", 59},
		{short[:58] + "01", truncated, "size of the variable field", 58},
		{in(">6", "+6"), payload, "beginning of the version", 60},
		{in(">6"+"32", ">6"+"FF"), payload, "size of the conditional items of the pass", 62},
		{in(">6"+"32", ">6"+"zz"), payload, "size of the conditional items of the pass", 62},
		{in(">6"+"32", ">6"+"06"), payload, "pass.day_of_issue", 67},
		{in("2A999", "FF999"), payload, "size of the conditional items of the leg", 114},
		{in("2A999", "01999"), payload, "leg1.airline_numeric_code", 116},
		{short + "M", trailing, "security data", 60},
		{short + "^", truncated, "type of security data", 61},
		{short + "^1", truncated, "size of the security data", 62},
		{short + "^1G0", payload, "size of the security data", 62},
		{short + "^ 00", payload, "type of security data", 61},
		{short + "^105abcd", truncated, "size of the security data", 62},
		{short + "^103abcd", trailing, "security data", 67},
		{short + "^100^100", trailing, "security data", 64},
		{short + "\n", formats.CodeEncoding, "characters", 60},
		{strings.Replace(short, "/", "\xc3\xa7", 1), formats.CodeEncoding, "characters", 11},
		{short + strings.Repeat("x", 3000), formats.CodeLimit, "characters", 2910},
	} {
		refused(t, c.text, c.code, c.step, c.offset)
	}
}

func TestOtherTextsAreNotClaimed(t *testing.T) {
	for text, want := range map[string]bool{
		mint.ShortPass().Build(): true, "M1A": true, "M0A": true, "M1ACHTERBERG/MAREN ZOE E": true,
		"": false, "M": false, "M1": false, "MX": false, "M1<": false, "M1achterberg": false, "HC1:6BF": false, "N1A": false, mint.Maren.Passport("UT7042681", "F").TD3(): false, "M12345678": false,
	} {
		if bcbp.Format.Detect(formats.Text(text)) != want {
			t.Errorf("%q: claimed is not %v", text, want)
		}
	}
	for _, in := range []formats.Input{{}, {Files: []formats.File{{Name: "DG1", Data: []byte(mint.ShortPass().Build())}}}} {
		if bcbp.Format.Detect(in) {
			t.Errorf("%+v is claimed", in)
		}
		if _, err := bcbp.Format.Decode(in, formats.Options{}); err == nil || !strings.HasPrefix(err.Error(), "bcbp: ") {
			t.Errorf("%v", err)
		}
	}
}

func TestTheTraceShowsEveryItem(t *testing.T) {
	p := mint.LongPass().Signed("1", mint.AirlineSigner("1")).Leg(0, func(l *mint.Leg) { l.Day = "999" })
	p.Security.Form = func(raw []byte, _ crypto.PublicKey) []byte { return raw }
	shown := make(map[string]string)
	steps := bcbp.Format.Trace(formats.Text(p.Build()), formats.Options{})
	for _, s := range steps {
		for _, f := range s.Detail {
			shown[s.Name+"/"+f.Name] = f.Value
		}
	}
	for name, want := range map[string]string{
		"pass/number of legs": "2", "legs/leg2.seat": "012C", "legs/pass.day_of_issue": "6304", "security data/algorithm": "ES256",
		"security data/key ID": "UT1", "security data/signature": "64 bytes", "security data/leg1.day_of_year": "fails: not a day of a year (item)",
	} {
		if shown[name] != want {
			t.Errorf("%s: %q, want %q", name, shown[name], want)
		}
	}
	if steps := bcbp.Format.Trace(formats.Text("M1QUILL"), formats.Options{}); len(steps) != 2 || steps[1].Err == nil {
		t.Errorf("%+v", steps)
	}
}
