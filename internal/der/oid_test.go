package der_test

import (
	"encoding/asn1"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/internal/der"
)

func TestObjectIdentifiersOfBothForms(t *testing.T) {
	for dotted, content := range map[string]string{
		"2.5.4.3": "550403", "1.2.840.113549.1.7.2": "2A864886F70D010702", "2.23.136.1.1.2": "678108010102", "0.0": "00", "1.39": "4F", "2.0": "50",
		"2.999.3": "883703", "2.47": "7F", "2.48": "8100", "0.4.0.127.0.7": "04007F0007", "1.3.72057594037927935": "2BFFFFFFFFFFFFFF7F",
	} {
		oid, ok := der.ParseOID(dotted)
		if !ok || string(oid) != string(b(t, content)) || oid.String() != dotted || der.MustOID(dotted) != oid {
			t.Errorf("%s: %x, %s, %t", dotted, string(oid), oid, ok)
		}
		raw := append([]byte{6, byte(len(oid))}, oid...)
		r := der.New(raw)
		if got, err := r.OID("the algorithm"); err != nil || got != oid {
			t.Errorf("%s: %s, %v", dotted, got, err)
		}
		var other asn1.ObjectIdentifier
		if _, err := asn1.Unmarshal(raw, &other); len(content) < 16 && (err != nil || other.String() != dotted) {
			t.Errorf("encoding/asn1 reads %s as %s, %v", dotted, other, err)
		}
	}
}

func TestWhatIsNoObjectIdentifier(t *testing.T) {
	for _, dotted := range []string{"", "1", "3.1", "0.40", "1.40", "1.2.", ".1.2", "1..2", "1.02", "1.+2", "1.-2", "1.2.x", "1.2.72057594037927936",
		"1.2" + strings.Repeat(".1", 64)} {
		if oid, ok := der.ParseOID(dotted); ok {
			t.Errorf("%q is read as %s", dotted, oid)
		}
	}
	for text, kind := range map[string]error{
		"06 00": der.ErrValue, "06 01 80": der.ErrValue, "06 02 80 01": der.ErrValue, "06 02 55 84": der.ErrValue, "06 03 55 80 01": der.ErrValue,
		"04 01 55": der.ErrTag, "06 41" + strings.Repeat("01", 65): der.ErrLimit,
	} {
		r := der.New(b(t, text))
		if _, err := r.OID("the algorithm"); text[:2] == "06" {
			wrong(t, text, err, kind, "the algorithm", 0)
		}
		_, err := value(t, text).OID("the algorithm")
		wrong(t, text, err, kind, "the algorithm", 0)
	}
	defer func() {
		if recover() == nil {
			t.Error("MustOID takes what is none")
		}
	}()
	der.MustOID("1")
}

func TestArcsBeyond64BitsAreNotSpelledOut(t *testing.T) {
	long := "06 0C 55 81 80 80 80 80 80 80 80 80 00 05" // 2.5, 2^63, 5
	if oid, err := value(t, long).OID("it"); err != nil || oid.String() != "2.5.9223372036854775808.5" {
		t.Error(oid, err)
	}
	longer := "06 0C 55 82 80 80 80 80 80 80 80 80 00 05" // 2.5, 2^64, 5
	if oid, err := value(t, longer).OID("it"); err != nil || oid.String() != "2.5.?.5" {
		t.Error(oid, err)
	}
	if der.OID("").String() != "" {
		t.Error("the empty OID has a name")
	}
}
