package attacks_test

import (
	"encoding/base64"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/all"
	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/verify"
)

func TestA25_RepeatedMemberOfACard(t *testing.T) {
	twice := func(before, member string) mint.SHC {
		return hooked(func(h *mint.SHCHooks) {
			h.JSON = func(s string) string {
				if !strings.Contains(s, before) {
					t.Fatalf("the payload has no %s", before)
				}
				return strings.Replace(s, before, member+","+before, 1)
			}
		})
	}
	refused := unreadable(formats.CodePayload)
	attackCard(t, cardsOf(t), card,
		cardMutant{"iss", twice(`"iss"`, `"iss":"https://evil.example"`), refused},
		cardMutant{"iss behind", twice(`"nbf"`, `"iss":"https://evil.example"`), refused},
		cardMutant{"iss, escaped", twice(`"nbf"`, `"i\u0073s":"https://evil.example"`), refused},
		cardMutant{"exp", twice(`"nbf"`, `"exp":1,"exp":2`), refused},
		cardMutant{"vc", twice(`"vc"`, `"vc":{}`), refused},
		cardMutant{"name", twice(`"family"`, `"family":"Other"`), refused},
		cardMutant{"birth date", twice(`"birthDate"`, `"birthDate":"2000-01-01"`), refused},
		cardMutant{"status", twice(`"status"`, `"status":"not-done"`), refused},
		cardMutant{"not known", twice(`"nbf"`, `"x":1,"x":2`), refused},
		cardMutant{"another case (A26)", twice(`"nbf"`, `"ISS":"https://evil.example","Exp":1`), accepted},
	)
	token := card.Build().Token
	demand(t, cardsOf(t), "a file", formats.Text(fmt.Sprintf(`{"verifiableCredential":[%q],"verifiableCredential":[%q]}`, token, token)), unreadable(formats.CodeEncoding))
}

func TestA28_TrailingDataOfACard(t *testing.T) {
	token := func(tail string) mint.SHC {
		return hooked(func(h *mint.SHCHooks) { h.Token = func(s string) string { return s + tail } })
	}
	text := func(tail string) mint.SHC {
		return hooked(func(h *mint.SHCHooks) { h.Text = func(s string) string { return s + tail } })
	}
	stream := func(tail []byte) mint.SHC {
		return hooked(func(h *mint.SHCHooks) {
			h.Compressed = func(b []byte) []byte { return append(b[:len(b):len(b)], tail...) }
		})
	}
	payload := func(tail string) mint.SHC {
		return hooked(func(h *mint.SHCHooks) { h.JSON = func(s string) string { return s + tail } })
	}
	headerTail := hooked(func(h *mint.SHCHooks) { h.Header = func(s string) string { return s + "{}" } })
	refused, encoding := unreadable(formats.CodeTrailing), unreadable(formats.CodeEncoding)
	attackCard(t, cardsOf(t), card,
		cardMutant{"JWS and a part", token(".x"), refused},
		cardMutant{"JWS and a dot", token("."), refused},
		cardMutant{"two JWS", token("." + card.Build().Token), refused},
		cardMutant{"header and a value", headerTail, refused},
		cardMutant{"stream and a byte", stream([]byte{0}), refused},
		cardMutant{"two streams", stream(mint.Deflate([]byte("{}"))), refused},
		cardMutant{"payload and a value", payload("{}"), refused},
		cardMutant{"payload and a bracket", payload("]"), refused},
		cardMutant{"payload and a space", payload(" "), accepted}, // white space around a JSON text means nothing, and it is signed
		cardMutant{"text and a space", text(" "), encoding},
		cardMutant{"text and a line feed", text("\n"), encoding},
		cardMutant{"text and a pair", text("00"), encoding},
		cardMutant{"text and a dot", text("01"), refused},
		cardMutant{"two texts", text(card.Build().Text), encoding},
	)
}

func TestA31_CardInAnotherEncoding(t *testing.T) {
	built := card.Build()
	part := strings.Split(built.Token, ".")
	b64 := base64.RawURLEncoding
	payload, err := b64.DecodeString(part[1])
	if err != nil {
		t.Fatal(err)
	}
	v := cardsOf(t)
	demand(t, v, "the sibling", formats.Text(built.Token), accepted)
	join := func(h, p, s string) string { return h + "." + p + "." + s }
	encoding := unreadable(formats.CodeEncoding)
	for name, c := range map[string]struct {
		text string
		want want
	}{
		"padding of the header":       {join(part[0]+"=", part[1], part[2]), encoding},
		"padding of the payload":      {join(part[0], base64.URLEncoding.EncodeToString(append(payload, 0)), part[2]), encoding},
		"a line feed in the payload":  {join(part[0], part[1][:40]+"\n"+part[1][40:], part[2]), encoding},
		"a line feed in the signed":   {join(part[0], part[1], part[2][:10]+"\n"+part[2][10:]), encoding},
		"the standard alphabet":       {join(part[0], part[1], "++//"+part[2][4:]), encoding},
		"unused bits of the last":     {built.Token[:len(built.Token)-1] + next(built.Token[len(built.Token)-1]), encoding},
		"a byte order mark":           {"\xef\xbb\xbf" + built.Token, unreadable(formats.CodeUnknownFormat)},
		"UTF-16":                      {"\xff\xfe" + strings.Join(strings.Split(built.Token, ""), "\x00"), unreadable(formats.CodeUnknownFormat)},
		"base64 of the whole":         {b64.EncodeToString([]byte(built.Token)), unreadable(formats.CodeUnknownFormat)},
		"a payload encoded twice":     {join(part[0], b64.EncodeToString([]byte(part[1])), part[2]), unreadable(formats.CodeEncoding)},
		"a file with a raw line feed": {`{"verifiableCredential":["` + built.Token[:20] + "\n" + built.Token[20:] + `"]}`, encoding},
	} {
		demand(t, v, name, formats.Text(c.text), c.want)
	}
	attackCard(t, v, card,
		cardMutant{"a payload in UTF-16", hooked(func(h *mint.SHCHooks) {
			h.JSON = func(s string) string { return "\xff\xfe" + strings.Join(strings.Split(s, ""), "\x00") + "\x00" }
		}), unreadable(formats.CodePayload)},
		cardMutant{"a payload behind a byte order mark", hooked(func(h *mint.SHCHooks) { h.JSON = func(s string) string { return "\xef\xbb\xbf" + s } }), unreadable(formats.CodePayload)},
		cardMutant{"a payload that is a text", hooked(func(h *mint.SHCHooks) {
			h.JSON = func(s string) string { return `"` + strings.ReplaceAll(s, `"`, `\"`) + `"` }
		}), unreadable(formats.CodePayload)},
	)
}

// next is the character behind another in the alphabet of base64url: it differs in the lowest bit of the last group, which
// a signature of 64 bytes does not use.
func next(c byte) string {
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
	return alphabet[strings.IndexByte(alphabet, c)+1:][:1]
}

func TestA33_NumeralsAndChunksOfACard(t *testing.T) {
	built := card.Build()
	digits := built.Text[len("shc:/"):]
	v := cardsOf(t)
	demand(t, v, "the sibling", formats.Text(built.Text), accepted)
	encoding := unreadable(formats.CodeEncoding)
	for name, c := range map[string]struct {
		text string
		want want
	}{
		"a pair of 78":         {"shc:/78" + digits[2:], encoding},
		"a pair of 99":         {"shc:/99" + digits[2:], encoding},
		"an odd number":        {"shc:/" + digits[1:], encoding},
		"a letter":             {"shc:/" + digits[:7] + "O" + digits[8:], encoding},
		"capital letters":      {"SHC:/" + digits, encoding},
		"chunk 0 of 1":         {"shc:/0/1/" + digits, encoding},
		"chunk 0 of 0":         {"shc:/0/0/" + digits, encoding},
		"chunk 2 of 1":         {"shc:/2/1/" + digits, encoding},
		"chunk -1 of 1":        {"shc:/-1/1/" + digits, encoding},
		"chunk 1 of a billion": {"shc:/1/999999999/" + digits, unreadable(formats.CodeLimit)},
		"chunk 1 of 2^64 + 1":  {"shc:/1/18446744073709551617/" + digits, encoding},
		"chunk 01 of 1":        {"shc:/01/1/" + digits, encoding},
		"chunk 1 of 2 alone":   {"shc:/1/2/" + digits, unreadable(formats.CodeTruncated)},
	} {
		demand(t, v, name, formats.Text(c.text), c.want)
	}
}

// together reads texts as one traveller's documents, as everything that reads does.
func together(t *testing.T, v *verify.Verifier, texts ...string) *verify.Report {
	t.Helper()
	var inputs []formats.Input
	for _, text := range texts {
		inputs = append(inputs, formats.Text(text))
	}
	return inspect(t, v, all.Set().Group(inputs)...)
}

func TestA33_ChunksOfSeveralCards(t *testing.T) {
	other := mint.Card(cardIssuer, mint.Tobias, mint.Dose("2025-10-03", "UX4502"))
	a, b := mint.Chunks(card.Build().Token, 3), mint.Chunks(other.Build().Token, 3)
	two := mint.Chunks(other.Build().Token, 2)
	v := cardsOf(t)
	for name, c := range map[string]struct {
		texts []string
		want  want
	}{
		"a whole set":               {a, accepted},
		"in another order":          {[]string{a[2], a[0], a[1]}, accepted},
		"one shown twice":           {[]string{a[0], a[1], a[0], a[2]}, accepted},
		"another's second":          {[]string{a[0], b[1], a[2], a[1]}, unreadable(formats.CodeAmbiguous)},
		"two whole sets":            {append(slices.Clone(a), b...), unreadable(formats.CodeAmbiguous)},
		"a gap":                     {[]string{a[0], a[2]}, unreadable(formats.CodeTruncated)},
		"a gap that another fills":  {[]string{a[0], b[1], a[2]}, unreadable(formats.CodeEncoding)},
		"a gap, and another's size": {[]string{a[0], two[1], a[2]}, unreadable(formats.CodeTruncated)},
		"a chunk that was changed":  {[]string{a[0], a[1], a[2][:len(a[2])-2] + "78"}, unreadable(formats.CodeEncoding)},
	} {
		r := together(t, v, c.texts...)
		d := r.Documents[0]
		if d.Status != c.want.status || d.Verdict != c.want.verdict || c.want.code != "" && !slices.Contains(codes(d), c.want.code) {
			t.Errorf("%s: %s, %s, %v; want %v", name, d.Status, d.Verdict, codes(d), c.want)
		}
	}
	if r := together(t, v, append(slices.Clone(a), two...)...); len(r.Documents) != 2 || r.Verdict != verify.Accept {
		t.Errorf("two sets of different sizes: %d documents, %s", len(r.Documents), r.Verdict)
	}
	if r := together(t, v, mint.CardFile(card.Build().Token, mint.ResignCard(other, mint.CardSigner("forger")).Build().Token)); len(r.Documents) != 2 || r.Verdict != verify.Reject {
		t.Errorf("a file with a forged card: %d documents, %s", len(r.Documents), r.Verdict)
	}
}

func TestA86_DeflateBombInACard(t *testing.T) {
	v := cardsOf(t)
	demand(t, v, "the sibling", formats.Text(card.Build().Text), accepted)
	bomb := hooked(func(h *mint.SHCHooks) { h.Compress = func([]byte) []byte { return zeros(t, 600) } })
	padded := func(n int) mint.SHC {
		return hooked(func(h *mint.SHCHooks) { h.JSON = func(s string) string { return s + strings.Repeat(" ", n-len(s)) } })
	}
	limit := formats.DefaultLimits.Inflated
	for name, c := range map[string]struct {
		doc  mint.SHC
		want want
	}{
		"600 MiB": {bomb, unreadable(formats.CodeLimit)}, "as much as there is room for": {padded(limit), accepted}, "a byte more": {padded(limit + 1), unreadable(formats.CodeLimit)},
	} {
		in := formats.Text(c.doc.Build().Token)
		bounded(t, name, func() { v.Inspect(t.Context(), []formats.Input{in}) })
		demand(t, v, name, in, c.want)
	}
}

func TestA89_AMillionDots(t *testing.T) {
	v := cardsOf(t)
	built := card.Build()
	demand(t, v, "the sibling", formats.Text(built.Token), accepted)
	limit := formats.DefaultLimits.Input
	for name, c := range map[string]struct {
		text string
		want want
	}{
		"dots alone":            {strings.Repeat(".", limit), unreadable(formats.CodeUnknownFormat)},
		"dots behind a header":  {"eyJ" + strings.Repeat(".", limit-3), unreadable(formats.CodeTrailing)},
		"dots behind a card":    {built.Token + strings.Repeat(".", limit-len(built.Token)), unreadable(formats.CodeTrailing)},
		"dots in numerals":      {"shc:/5676" + strings.Repeat("01", limit/2-5), unreadable(formats.CodeTrailing)},
		"parts of a letter":     {"eyJ" + strings.Repeat(".x", limit/2-2), unreadable(formats.CodeTrailing)},
		"ten million dots":      {"eyJ" + strings.Repeat(".", 10_000_000), unreadable(formats.CodeLimit)},
		"a file of empty cards": {`{"verifiableCredential":[` + strings.Repeat(`"",`, 100_000) + `""]}`, unreadable(formats.CodeLimit)},
	} {
		in := all.Set().Group([]formats.Input{formats.Text(c.text)})
		if len(in) != 1 {
			t.Fatalf("%s: %d Inputs", name, len(in))
		}
		bounded(t, name, func() { v.Inspect(t.Context(), in) })
		demand(t, v, name, in[0], c.want)
	}
}
