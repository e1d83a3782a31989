package attacks_test

import (
	"bytes"
	"encoding/base64"
	"errors"
	"math"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/verify"
)

// refusesList demands that a trust list is accepted as it stands and refused after one change of its text.
func refusesList(t *testing.T, name string, sibling []byte, old, new string) {
	t.Helper()
	demand(t, trusting(t, sibling), "the sibling", formats.Text(vaccination.Build().Text), accepted)
	if !bytes.Contains(sibling, []byte(old)) {
		t.Fatalf("%s: the list has no %q", name, old)
	}
	_, err := trustlist.Load(folder(t, bytes.Replace(sibling, []byte(old), []byte(new), 1)))
	var le *trustlist.LoadError
	if !errors.As(err, &le) {
		t.Errorf("%s: the error is %v", name, err)
	}
}

func TestA25_RepeatedMemberOfATrustList(t *testing.T) {
	sibling := list(mint.Anchor{Signer: ut.Vaccination, Country: "UT", Scope: []string{"eu-dcc"}})
	for name, change := range map[string][2]string{
		"country":           {`"country"`, `"country": "XA", "country"`},
		"key":               {`"certificate"`, `"certificate": "", "certificate"`},
		"escaped":           {`"country"`, `"count\u0072y": "XA", "country"`},
		"anchors":           {`"anchors"`, `"anchors": [], "anchors"`},
		"schema":            {`"schema"`, `"schema": "other", "schema"`},
		"member not known":  {`"country"`, `"x": 1, "x": 2, "country"`},
		"of a nested value": {`"country"`, `"source": {"name": "a", "name": "b"}, "country"`},
	} {
		refusesList(t, name, sibling, change[0], change[1])
	}
}

func TestA26_MemberOfATrustListInAnotherCase(t *testing.T) {
	sibling := list(mint.Anchor{Signer: ut.Vaccination, Country: "UT", Scope: []string{"eu-dcc"}, RevokedAt: mint.AsOf.AddDate(1, 0, 0)})
	for _, change := range [][2]string{
		{`"scope"`, `"Scope"`}, {`"revoked_at"`, `"REVOKED_AT"`}, {`"country"`, `"countrY"`}, {`"key_id"`, `"\u212aey_id"`},
		{`"anchors"`, `"Anchors"`}, {`"country"`, `"Scope": ["*"], "country"`}, {`"scope"`, `"scopes"`},
	} {
		refusesList(t, change[1], sibling, change[0], change[1])
	}
}

func TestA27_ClaimThatIsThereTwice(t *testing.T) {
	hcert, _ := mint.Get(vaccination.Claims, mint.ClaimHCERT)
	twice := func(key mint.Item, value mint.Item, path ...any) mint.HCERT {
		return changed(vaccination, func(h *mint.HCERT) { h.Claims = mint.Add(h.Claims, key, value, path...) })
	}
	refused := unreadable(formats.CodePayload)
	dcc := []any{mint.ClaimHCERT, 1}
	attack(t, utopia(t), vaccination,
		mutant{"exp", twice(mint.Int(mint.ClaimExpires), mint.Unix(mint.Expires)), refused},
		mutant{"hcert", twice(mint.Int(mint.ClaimHCERT), hcert), refused},
		mutant{"iss", twice(mint.Int(mint.ClaimIssuer), mint.Text("XA")), refused},
		mutant{"certificate", twice(mint.Int(1), vaccination.DCC(), mint.ClaimHCERT), refused},
		mutant{"v", twice(mint.Text("v"), mint.Array{}, dcc...), refused},
		mutant{"dob", twice(mint.Text("dob"), mint.Text("1999-09-09"), dcc...), refused},
		mutant{"fn", twice(mint.Text("fn"), mint.Text("Other"), append(dcc, "nam")...), refused},
		mutant{"member not known", changed(twice(mint.Text("x"), mint.Int(1), dcc...), func(h *mint.HCERT) {
			h.Claims = mint.Add(h.Claims, mint.Text("x"), mint.Int(2), dcc...)
		}), refused},
	)
}

func TestA28_TrailingData(t *testing.T) {
	suffixed := func(hook func(*mint.Hooks) *func([]byte) []byte, tail []byte) mint.HCERT {
		return changed(vaccination, func(h *mint.HCERT) {
			*hook(&h.Hooks) = func(b []byte) []byte { return append(b[:len(b):len(b)], tail...) }
		})
	}
	header := func(h *mint.Hooks) *func([]byte) []byte { return &h.Header }
	claims := func(h *mint.Hooks) *func([]byte) []byte { return &h.Payload }
	message := func(h *mint.Hooks) *func([]byte) []byte { return &h.COSE }
	stream := func(h *mint.Hooks) *func([]byte) []byte { return &h.Compressed }
	text := func(tail string) mint.HCERT {
		return changed(vaccination, func(h *mint.HCERT) { h.Hooks.Text = func(s string) string { return s + tail } })
	}
	built := vaccination.Build()
	refused := unreadable(formats.CodeTrailing)
	attack(t, utopia(t), vaccination,
		mutant{"header and a byte", suffixed(header, []byte{0}), refused},
		mutant{"claims and a byte", suffixed(claims, []byte{0}), refused},
		mutant{"claims and other claims", suffixed(claims, built.Claims), refused},
		mutant{"message and a byte", suffixed(message, []byte{0}), refused},
		mutant{"message and a break", suffixed(message, []byte{0xff}), refused},
		mutant{"two messages", suffixed(message, built.COSE), refused},
		mutant{"stream and a byte", suffixed(stream, []byte{0}), refused},
		mutant{"two streams", suffixed(stream, built.Compressed), refused},
		mutant{"stream and an empty one", suffixed(stream, mint.Zlib(nil)), refused},
		mutant{"text and a space", text(" "), unreadable(formats.CodeEncoding)},
		mutant{"text and a line feed", text("\n"), unreadable(formats.CodeEncoding)},
		mutant{"text and a NUL", text("\x00"), unreadable(formats.CodeEncoding)},
		mutant{"two texts", text(built.Text), unreadable(formats.CodeEncoding)},
		mutant{"text and a JWS's point", text(".X"), unreadable(formats.CodeEncoding)},
	)
	end := "\n}\n"
	sibling := list(mint.Anchors(ut.Vaccination)...)
	if !bytes.HasSuffix(sibling, []byte(end)) {
		t.Fatal("the list ends in another way")
	}
	refusesList(t, "a list and a second value", sibling, end, end+"{}")
	refusesList(t, "two lists", sibling, end, end+string(sibling))
}

func TestA29_CBORThatIsNotDeterministic(t *testing.T) {
	claims := func(change func(mint.Map) mint.Item) mint.HCERT {
		return changed(vaccination, func(h *mint.HCERT) {
			h.Hooks.Payload = func([]byte) []byte { return mint.Encode(change(h.Claims.(mint.Map))) }
		})
	}
	sign1 := func(change func(mint.Array) mint.Item) mint.HCERT {
		return changed(vaccination, func(h *mint.HCERT) { h.Hooks.Sign1 = change })
	}
	renamed := func(key int, name string) mint.HCERT {
		value, _ := mint.Get(vaccination.Claims, key)
		return vaccination.DropClaim(key).AddClaim(mint.Text(name), value)
	}
	refused := unreadable(formats.CodeNonCanonical)
	attack(t, utopia(t), vaccination,
		mutant{"indefinite Sign1", sign1(func(a mint.Array) mint.Item { return mint.IndefArray(a) }), refused},
		mutant{"long head of Sign1", sign1(func(a mint.Array) mint.Item { return mint.LongHead{Item: a, Width: 1} }), refused},
		mutant{"claims in chunks", sign1(func(a mint.Array) mint.Item { return mint.Set(a, mint.IndefBytes{a[2]}, 2) }), refused},
		mutant{"long head of the claims", sign1(func(a mint.Array) mint.Item {
			return mint.Set(a, mint.LongHead{Item: a[2], Width: 4}, 2)
		}), refused},
		mutant{"long tag", changed(vaccination, func(h *mint.HCERT) {
			h.Tags = nil
			h.Hooks.COSE = func(b []byte) []byte { return append([]byte{0xd8, 18}, b...) }
		}), refused},
		mutant{"indefinite claims", claims(func(m mint.Map) mint.Item { return mint.IndefMap(m) }), refused},
		mutant{"long label of a claim", claims(func(m mint.Map) mint.Item {
			return append(m[:len(m):len(m)], mint.Pair{mint.LongHead{Item: mint.Int(7), Width: 1}, mint.Bytes("id")})
		}), refused},
		mutant{"issuer in chunks", vaccination.SetClaim(mint.IndefText{mint.Text("U"), mint.Text("T")}, mint.ClaimIssuer), refused},
		mutant{"long expiry", vaccination.SetClaim(mint.LongHead{Item: mint.Unix(mint.Expires), Width: 8}, mint.ClaimExpires), refused},
		// A text is no label: the claim is not there. What a trusted issuer sealed is judged by its schema.
		mutant{"expiry under a text", renamed(mint.ClaimExpires, "4"), doubted(verify.TimeNoExpiry)},
		mutant{"certificate under a text", renamed(mint.ClaimHCERT, "-260"), unreadable(formats.CodePayload)},
		mutant{"expiry in floating point", vaccination.SetClaim(mint.Float64(mint.Expires.Unix()), mint.ClaimExpires), noted(verify.DecodeTolerant)},
	)
	strict := verifier(t, load(t, list(mint.Anchors(ut.Vaccination)...)), formats.Options{Refuse: []string{"float-date"}})
	attack(t, strict, vaccination,
		mutant{"not tolerated", vaccination.SetClaim(mint.Float64(mint.Expires.Unix()), mint.ClaimExpires), unreadable(formats.CodePayload)},
	)
}

func TestA30_TimeThatIsNone(t *testing.T) {
	sound := mint.Unix(mint.Expires)
	var mutants []mutant
	for name, value := range map[string]mint.Item{
		"NaN": mint.Float64(math.NaN()), "half NaN": mint.Float16(math.NaN()), "infinity": mint.Float64(math.Inf(1)),
		"half infinity": mint.Float16(math.Inf(1)), "minus infinity": mint.Float32(math.Inf(-1)), "1e300": mint.Float64(1e300),
		"negative": mint.Int(-1), "negative fraction": mint.Float64(-0.5), "the largest integer": mint.Uint(math.MaxUint64),
		"2 to the 63rd": mint.Uint(1 << 63), "the largest of 63 bits": mint.Int(math.MaxInt64), "the year 10000": mint.Int(253402300800),
		"the year 10000 in milliseconds": mint.Int(253402300800000), "milliseconds": sound * 1000,
		"bignum":        mint.Tag{Number: 2, Content: mint.Bytes{0x7f, 0, 0, 0}},
		"huge bignum":   mint.Tag{Number: 2, Content: mint.Bytes(bytes.Repeat([]byte{0xff}, 64))},
		"decimal":       mint.Tag{Number: 4, Content: mint.Array{mint.Int(99), mint.Int(9)}},
		"a date's text": mint.Text("2059-01-01T00:00:00Z"), "tagged text": mint.Tag{Number: 0, Content: mint.Text("2059-01-01T00:00:00Z")},
		"tagged twice": mint.Tag{Number: 1, Content: mint.Tag{Number: 1, Content: sound}},
		"digits":       mint.Text("2808777600"), "null": mint.Null{}, "true": mint.Bool(true), "bytes": mint.Bytes{0x7f}, "a list": mint.Array{sound},
	} {
		for claim, label := range map[string]int{"exp": mint.ClaimExpires, "iat": mint.ClaimIssuedAt, "nbf": 5} {
			mutants = append(mutants, mutant{claim + " " + name, vaccination.SetClaim(value, label), unreadable(formats.CodePayload)})
		}
	}
	// RFC 8392 §2: a NumericDate is the CBOR date of tag 1 without its tag.
	issued := mint.Unix(mint.IssuedAt)
	for _, c := range []struct {
		claim string
		label int
		value mint.Int
	}{{"exp", mint.ClaimExpires, sound}, {"iat", mint.ClaimIssuedAt, issued}, {"nbf", 5, issued}} {
		tagged := vaccination.SetClaim(mint.Tag{Number: 1, Content: c.value}, c.label)
		mutants = append(mutants, mutant{c.claim + " tagged number", tagged, unreadable(formats.CodePayload)})
	}
	attack(t, utopia(t), vaccination, mutants...)
}

func TestA31_TextInAnotherEncoding(t *testing.T) {
	wide := func(s string, bigEndian bool) string {
		var b strings.Builder
		for _, u := range append([]uint16{0xfeff}, utf16.Encode([]rune(s))...) {
			if bigEndian {
				u = u<<8 | u>>8
			}
			b.Write([]byte{byte(u), byte(u >> 8)})
		}
		return b.String()
	}
	as := func(f func(string) string) mint.HCERT {
		return changed(vaccination, func(h *mint.HCERT) { h.Hooks.Text = f })
	}
	inBase64 := func(enc *base64.Encoding) mint.HCERT {
		return as(func(string) string { return "HC1:" + enc.EncodeToString(vaccination.Build().Compressed) })
	}
	unknown, refused := unreadable(formats.CodeUnknownFormat), unreadable(formats.CodeEncoding)
	attack(t, utopia(t), vaccination,
		mutant{"byte order mark", as(func(s string) string { return "\xef\xbb\xbf" + s }), unknown},
		mutant{"UTF-16, little end first", as(func(s string) string { return wide(s, false) }), unknown},
		mutant{"UTF-16, big end first", as(func(s string) string { return wide(s, true) }), unknown},
		mutant{"wide letters", as(func(s string) string { return "ＨＣ１：" + s[4:] }), unknown},
		mutant{"base64", inBase64(base64.StdEncoding), refused},
		mutant{"base64 for URLs", inBase64(base64.RawURLEncoding), refused},
	)
	sound := base64.StdEncoding.EncodeToString(spkiOf(t, ut.Vaccination.Key.Public()))
	key := func(text string) map[string]any {
		return map[string]any{"key_id": ut.Vaccination.KID, "spki": text}
	}
	loose := []byte(strings.TrimRight(sound, "="))
	loose[len(loose)-1]++ // its last bits belong to no byte
	demand(t, trusting(t, raw(t, key(sound))), "the sound list", formats.Text(vaccination.Build().Text), accepted)
	for name, text := range map[string]string{
		"line feed": sound[:64] + "\n" + sound[64:], "no padding": strings.TrimRight(sound, "="), "too much padding": sound + "=",
		"loose tail": string(loose) + "==", "alphabet for URLs": "-_" + sound[2:], "point": sound + ".",
	} {
		refusesKey(t, name, key(text), vaccination, "spki")
	}
}

func TestA32_Base45(t *testing.T) {
	text := func(f func(string) string) mint.HCERT {
		return changed(vaccination, func(h *mint.HCERT) { h.Hooks.Text = f })
	}
	body := func(f func(string) string) mint.HCERT {
		return changed(vaccination, func(h *mint.HCERT) { h.Hooks.Base45 = f })
	}
	replace := func(old, new string, n int) mint.HCERT {
		return body(func(s string) string {
			if !strings.Contains(s, old) {
				t.Fatalf("the text has no %q", old)
			}
			return strings.Replace(s, old, new, n)
		})
	}
	refused, unknown := unreadable(formats.CodeEncoding), unreadable(formats.CodeUnknownFormat)
	attack(t, utopia(t), vaccination,
		mutant{"a character too many", body(func(s string) string { return s[:len(s)/3*3] + "0" }), refused},
		mutant{"group of three above 65535", body(func(s string) string { return "GGX" + s }), refused},
		mutant{"the largest group of three", body(func(s string) string { return s[:30] + ":::" + s[33:] }), refused},
		mutant{"group of two above 255", body(func(s string) string { return s[:len(s)/3*3] + "V5" }), refused},
		mutant{"another spelling of the first group", body(func(s string) string { return overlong(t, s) }), refused},
		mutant{"lower case", body(strings.ToLower), refused},
		mutant{"one letter in lower case", replace("F", "f", 1), refused},
		mutant{"spaces taken out", replace(" ", "", -1), refused},
		mutant{"plus for a space", replace(" ", "+", 1), refused},
		mutant{"percent for a space", replace(" ", "%20", 1), refused},
		mutant{"no-break space", replace(" ", "\u00a0", 1), refused},
		mutant{"line feed in the middle", body(func(s string) string { return s[:60] + "\n" + s[60:] }), refused},
		mutant{"nothing", body(func(string) string { return "" }), unreadable(formats.CodeTruncated)},
		mutant{"prefix in lower case", text(func(s string) string { return "hc1:" + s[4:] }), refused},
		mutant{"half of the prefix in lower case", text(func(s string) string { return "Hc1:" + s[4:] }), refused},
		mutant{"no prefix", text(func(s string) string { return s[4:] }), unknown},
		mutant{"no colon", text(func(s string) string { return "HC1" + s[4:] }), unknown},
		mutant{"another context", text(func(s string) string { return "HC2:" + s[4:] }), unreadable(formats.CodeVersion)},
		mutant{"context zero", text(func(s string) string { return "HC0:" + s[4:] }), unreadable(formats.CodeVersion)},
		mutant{"prefix twice", text(func(s string) string { return "HC1:" + s }), refused},
		mutant{"space in front", text(func(s string) string { return " " + s }), unknown},
		mutant{"prefix alone", text(func(string) string { return "HC1:" }), unreadable(formats.CodeTruncated)},
		mutant{"half a prefix", text(func(string) string { return "HC1" }), unknown},
		mutant{"as a link", text(func(s string) string { return "https://example.org/?" + s }), unknown},
	)
}

// overlong spells one group of three with the value that wraps around to the same two bytes in decoders that do not look.
func overlong(t *testing.T, s string) string {
	t.Helper()
	const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
	for i := 0; i+3 <= len(s); i += 3 {
		n := strings.IndexByte(alphabet, s[i]) + 45*strings.IndexByte(alphabet, s[i+1]) + 2025*strings.IndexByte(alphabet, s[i+2]) + 1<<16
		if n < 45*45*45 {
			return s[:i] + string([]byte{alphabet[n%45], alphabet[n/45%45], alphabet[n/2025]}) + s[i+3:]
		}
	}
	t.Fatal("no group has another spelling")
	return ""
}
