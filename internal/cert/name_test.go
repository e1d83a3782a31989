package cert_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/travelseal/travelseal/internal/cert"
	"github.com/travelseal/travelseal/internal/mint/der"
	"github.com/travelseal/travelseal/internal/mint/pki"
)

// name reads a name through a certificate that has it.
func name(t testing.TB, n pki.Name) cert.Name {
	t.Helper()
	return parse(t, issued(pki.Bare().Named(n))).Subject
}

func universal(s string) der.Value {
	var b []byte
	for _, r := range s {
		b = append(b, byte(r>>24), byte(r>>16), byte(r>>8), byte(r))
	}
	return der.Primitive(0x1C, b)
}

// One text in every type of string is one text.
func TestTypesOfStrings(t *testing.T) {
	const plain, accented = "Ministry of Utopia", "Ministère d’Utopie"
	latin := "Minist\xe8re"
	base := pki.Utopian("x")
	want := name(t, base.Set(pki.Organization, der.UTF8(plain)))
	for kind, v := range map[string]der.Value{
		"printable": der.Printable(plain), "IA5": der.IA5(plain), "T61": der.T61(plain), "BMP": der.BMP(plain),
		"universal": universal(plain), "visible": der.Primitive(0x1A, []byte(plain)),
	} {
		got := name(t, base.Set(pki.Organization, v))
		if got.Organization != plain || !got.Equal(want) || !want.Equal(got) || got.String() != want.String() {
			t.Errorf("%s: %q in %s", kind, got.Organization, got)
		}
	}
	want = name(t, base.Set(pki.Organization, der.UTF8(accented)))
	for kind, v := range map[string]der.Value{"BMP": der.BMP(accented), "universal": universal(accented)} {
		if got := name(t, base.Set(pki.Organization, v)); got.Organization != accented || !got.Equal(want) {
			t.Errorf("%s: %q", kind, got.Organization)
		}
	}
	if got := name(t, base.Set(pki.Organization, der.Primitive(0x14, []byte(latin)))); got.Organization != "Ministère" {
		t.Errorf("T61: %q", got.Organization)
	}
}

// RFC 5280 §7.1.
func TestNamesCompare(t *testing.T) {
	base := pki.DN("UT", "Ministry", "CSCA One")
	common := func(s string) pki.Name { return pki.DN("UT", "Ministry", s) }
	for _, c := range []struct {
		what string
		n    pki.Name
		same bool
	}{
		{"itself", base, true},
		{"small letters", pki.DN("ut", "MINISTRY", "csca one"), true},
		{"more spaces", common("  CSCA \t  One "), true},
		{"no space", common("CSCAOne"), false},
		{"another letter", common("CSCA 0ne"), false},
		{"a letter more", common("CSCA One1"), false},
		{"a part less", pki.DN("UT", "Ministry", ""), false},
		{"a part more", append(append(pki.Name{}, base...), pki.One(pki.Unit, der.UTF8("x"))), false},
		{"another order", base.Reversed(), false},
		{"one part of all attributes", base.Joined(), false},
		{"another type of attribute", pki.Name{base[0], base[1], pki.One(pki.Unit, der.UTF8("CSCA One"))}, false},
		{"a NUL behind", common("CSCA One\x00"), false},
		{"a separator inside", common("CSCA One\x00\x55\x04\x03\x02csca one"), false},
	} {
		a, b := name(t, base), name(t, c.n)
		if a.Equal(b) != c.same || b.Equal(a) != c.same {
			t.Errorf("%s: not %v", c.what, c.same)
		}
	}
	// The members of a set have no order; the mint sorts them, so that only the writer's wish differs.
	one, two := pki.One(pki.CommonName, der.UTF8("a"))[0], pki.One(pki.Unit, der.UTF8("b"))[0]
	if !name(t, pki.Name{{one, two}}).Equal(name(t, pki.Name{{two, one}})) {
		t.Error("a set with its members the other way round differs")
	}
	// Letters that are the same in capitals: ß has none of its own, σ and ς share Σ.
	for _, p := range [][2]string{{"ÉTAT", "état"}, {"ΣΟΦΟΣ", "σοφος"}, {"σοφος", "σοφοσ"}, {"УТОПИЯ", "утопия"}} {
		if !name(t, common(p[0])).Equal(name(t, common(p[1]))) {
			t.Errorf("%s and %s differ", p[0], p[1])
		}
	}
	// Nobody is not nobody else.
	if empty := name(t, pki.Name{}); !empty.Empty() || empty.Equal(empty) || (cert.Name{}).Equal(cert.Name{}) {
		t.Error("empty names are equal")
	}
}

// Whatever a name says, it cannot write into a report.
func TestNamesAreShownHarmlessly(t *testing.T) {
	for _, text := range []string{pki.Bidi, pki.HTML, pki.Control, pki.NUL, "a\u200bb", "\u3164", "\u115f", "x\ufe0f", "e\u0301", "`$(x)'\"", " space ", "#x", "a=b,c+d;e\\f"} {
		shown := name(t, pki.DN("UT", text, "")).String()
		for _, r := range shown {
			switch {
			case r < 0x20 || r == 0x7F, r >= 0x80 && r < 0xA0, strings.ContainsRune("<>&\"'`", r), r >= 0x2000 && r < 0x2070, r == 0x3164, r == 0x115F, r == 0xFE0F:
				t.Errorf("%q is shown as %q, with %U", text, shown, r)
			}
		}
		if !utf8.ValidString(shown) {
			t.Errorf("%q is shown as %q", text, shown)
		}
	}
	for _, c := range []struct {
		n    pki.Name
		want string
	}{
		{pki.DN("UT", "Ministère, intérieur", "CSCA=1"), `CN=CSCA\=1,O=Ministère\, intérieur,C=UT`},
		{pki.DN("UT", "A", "B").Joined(), `CN=B+O=A+C=UT`},
		{pki.DN("UT", " A ", ""), `O=\20A\20,C=UT`},
		{pki.Name{pki.One("1.2.3", der.Int(1))}, `1.2.3=#020101`},
		{pki.DN("UT", "<b>", ""), `O=\3Cb\3E,C=UT`},
		{pki.Name{}, ""},
	} {
		if got := name(t, c.n).String(); got != c.want {
			// The members of a set are sorted by the mint, so that either order is right.
			if c.want != `CN=B+O=A+C=UT` || got != `CN=B+C=UT+O=A` && got != `C=UT+O=A+CN=B` && got != `CN=B+O=A+C=UT` {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		}
	}
	if (cert.Name{}).String() != "" || (cert.Name{Raw: []byte{1}}).String() != "" {
		t.Error("no name has a text")
	}
}
