package der_test

import (
	"bytes"
	"encoding/asn1"
	"encoding/hex"
	"math/big"
	"strings"
	"testing"
	"time"

	"github.com/travelseal/travelseal/internal/mint/der"
	"github.com/travelseal/travelseal/internal/outside"
)

// The standard library writes DER independently of this package.
func TestValuesAreWrittenAsTheStandardLibraryWritesThem(t *testing.T) {
	moment := time.Date(2026, 11, 1, 12, 0, 5, 0, time.UTC)
	integers := []int64{0, 1, 127, 128, 255, 256, 32767, 32768, -1, -127, -128, -129, -255, -256, -257, -32768, -32769, 1 << 40}
	for _, n := range integers {
		same(t, der.Int(n), n)
	}
	huge := new(big.Int).Lsh(big.NewInt(1), 2047)
	same(t, der.BigInt(huge), huge)
	same(t, der.BigInt(new(big.Int).Neg(huge)), new(big.Int).Neg(huge))
	same(t, der.OID("2.23.136.1.1.6.2"), asn1.ObjectIdentifier{2, 23, 136, 1, 1, 6, 2})
	same(t, der.OID("1.3.36.3.3.2.8.1.1.7"), asn1.ObjectIdentifier{1, 3, 36, 3, 3, 2, 8, 1, 1, 7})
	same(t, der.OID("2.999.16384"), asn1.ObjectIdentifier{2, 999, 16384})
	same(t, der.Bool(true), true)
	same(t, der.Bool(false), false)
	same(t, der.Octets([]byte("octets")), []byte("octets"))
	same(t, der.Octets(make([]byte, 127)), make([]byte, 127))
	same(t, der.Octets(make([]byte, 128)), make([]byte, 128))
	same(t, der.Octets(make([]byte, 70000)), make([]byte, 70000))
	same(t, der.UTCTime(moment), moment)
	same(t, der.Enumerated(300), asn1.Enumerated(300))
	same(t, der.BitsUnused([]byte{0xa0}, 5), asn1.BitString{Bytes: []byte{0xa0}, BitLength: 3})
	same(t, der.NamedBits(0, 2), asn1.BitString{Bytes: []byte{0xa0}, BitLength: 3})
	same(t, der.NamedBits(8), asn1.BitString{Bytes: []byte{0, 0x80}, BitLength: 9})
	same(t, der.Seq(der.Int(1), der.Seq()), struct {
		N int
		S struct{}
	}{N: 1})
}

func same(t *testing.T, v der.Value, want any) {
	t.Helper()
	expected, err := asn1.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	if got := v.Encode(); !bytes.Equal(got, expected) {
		t.Errorf("%v: got %x, want %x", want, got[:min(40, len(got))], expected[:min(40, len(expected))])
	}
}

func TestFormsByHand(t *testing.T) {
	late := time.Date(2050, 1, 1, 0, 0, 0, 0, time.UTC)
	inner := der.Seq(der.Int(5))
	for _, c := range []struct {
		name string
		v    der.Value
		want string
	}{
		{"indefinite", der.Indefinite(inner), "3080 020105 0000"},
		{"long form", der.Padded(inner, 0), "308103 020105"},
		{"padded length", der.Padded(inner, 2), "30830000 03 020105"},
		{"false length", der.Claiming(inner, 0x7fffffff), "30847fffffff 020105"},
		{"retagged", der.Retagged(inner, 0xa1), "a103 020105"},
		{"application 23", der.Application(23, der.Null()), "7702 0500"},
		{"high tag", der.Application(46, der.Null()), "7f2e02 0500"},
		{"two bytes of tag number", der.Explicit(128, der.Null()), "bf810002 0500"},
		{"context, primitive", der.Implicit(0, []byte{1, 2}), "80020102"},
		{"torn", der.Torn([]byte{1, 2, 3}, 2), "2407 04020102 040103"},
		{"sorted set", der.Set(der.Int(2), der.Int(1)), "3106 020101 020102"},
		{"set as given", der.SetAsGiven(der.Int(2), der.Int(1)), "3106 020102 020101"},
		{"set sorted by bytes, longer ones after", der.Set(der.Octets([]byte{0}), der.Int(1)), "3106 020101 040100"},
		{"padded integer", der.IntBytes(0, 1), "02020001"},
		{"boolean of BER", der.BoolByte(1), "010101"},
		{"BMPString", der.BMP("Zé"), "1e04005a00e9"},
		{"T61String", der.T61("é"), "1401e9"},
		{"time from 2050", der.Time(late), "180f 32303530303130313030303030305a"},
		{"trailing", der.Trailing(inner, 0xff), "3003020105ff"},
		{"nested", der.Nested(3), "300430023000"},
		{"nested without end", der.NestedOpen(2), "30803080"},
		{"loose", der.Loose(der.Seq(der.Octets([]byte{9}), der.Raw{5, 0})), "3080 2480 040109 0000 0500 0000"},
		{"no bits", der.NamedBits(), "030100"},
	} {
		if got := hex.EncodeToString(c.v.Encode()); got != strings.ReplaceAll(c.want, " ", "") {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
}

func TestNestedIsWellFormed(t *testing.T) {
	data := []byte(der.Nested(500))
	for depth := range 500 {
		var v asn1.RawValue
		if rest, err := asn1.Unmarshal(data, &v); err != nil || len(rest) > 0 || !v.IsCompound {
			t.Fatalf("level %d: %v, %d bytes left", depth, err, len(rest))
		}
		data = v.Bytes
	}
	if len(data) != 0 {
		t.Errorf("%d bytes within the innermost", len(data))
	}
}

// OpenSSL reads BER, which the standard library does not.
func TestOpenSSLReadsWhatIsLoose(t *testing.T) {
	content := bytes.Repeat([]byte("0123456789"), 250)
	loose := der.Loose(der.Seq(der.OID("1.2.3"), der.Explicit(0, der.Octets(content)))).Encode()
	r := outside.OpenSSL(t, map[string][]byte{"loose": loose}, "asn1parse", "-inform", "DER", "-in", "loose", "-i")
	if pieces := strings.Count(string(r.Output), "prim:    OCTET STRING"); !r.OK || pieces != 3 {
		t.Errorf("%d pieces, want 3:\n%s", pieces, r.Output)
	}
}

func TestWhatCannotBeWrittenPanics(t *testing.T) {
	for name, f := range map[string]func(){
		"an identifier without arcs": func() { der.OID("") },
		"an identifier of one arc":   func() { der.OID("1") },
		"T61 of other letters":       func() { der.T61("م") },
		"a length without end":       func() { der.Padded(der.Null(), 200).Encode() },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: no panic", name)
				}
			}()
			f()
		}()
	}
}
