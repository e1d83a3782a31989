package der_test

import (
	"bytes"
	"errors"
	"testing"

	"github.com/travelseal/travelseal/internal/der"
)

// encode writes a value in the one form that DER has.
func encode(tag der.Tag, content []byte) []byte {
	var out []byte
	for shift := 24; shift >= 0; shift -= 8 {
		if o := byte(tag >> shift); o != 0 || len(out) > 0 {
			out = append(out, o)
		}
	}
	switch n := len(content); {
	case n < 0x80:
		out = append(out, byte(n))
	case n < 1<<8:
		out = append(out, 0x81, byte(n))
	case n < 1<<16:
		out = append(out, 0x82, byte(n>>8), byte(n))
	default:
		out = append(out, 0x83, byte(n>>16), byte(n>>8), byte(n))
	}
	return append(out, content...)
}

func FuzzWhatIsReadEncodesToItself(f *testing.F) {
	for _, seed := range []string{
		"30 07 02 01 05 5F0E 01 AA 7F61 02 05 00", "31 00", "06 03 55 04 03", "17 0D 323630353238303733383234 5A", "03 02 07 80", "01 01 FF",
		"30 80 00 00", "04 81 7F 00", "7F 81 81 01 00", "04 84 FF FF FF FF",
	} {
		f.Add(b(f, seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 4<<10 { // more of the same would only cost time
			return
		}
		level(t, der.New(data), data, 0)
	})
}

func level(t *testing.T, r der.Reader, all []byte, depth int) {
	for !r.Empty() && depth < 50 {
		at, peeked := r.Offset(), r.Peek()
		v, err := r.Next("a value")
		var de *der.Error
		if err != nil {
			if !errors.As(err, &de) || de.Offset != at {
				t.Fatal(err)
			}
			return
		}
		if v.Tag != peeked || v.Offset != at || r.Offset() != at+len(v.Raw) || !bytes.Equal(all[at:r.Offset()], v.Raw) {
			t.Fatalf("%s at %d of %d bytes, peeked %s at %d", v.Tag, v.Offset, len(v.Raw), peeked, at)
		}
		if v.Tag != 0 && !bytes.Equal(encode(v.Tag, v.Content), v.Raw) {
			t.Fatalf("%x is read as %s of %x", v.Raw, v.Tag, v.Content)
		}
		readings(t, v)
		if v.Tag.Constructed() {
			level(t, v.Reader(), all, depth+1)
		}
	}
}

// readings tries every reading of a value: each must keep what it reads.
func readings(t *testing.T, v der.Value) {
	if n, err := v.Integer("it"); err == nil && !bytes.Equal(n, v.Content) {
		t.Fatalf("%x is the number %x", v.Content, n)
	}
	if n, err := v.Unsigned("it"); err == nil && (len(n) > 0 && n[0] == 0 || !bytes.HasSuffix(v.Content, n)) {
		t.Fatalf("%x is the number %x", v.Content, n)
	}
	if n, err := v.Small(1<<20, "it"); err == nil && (n < 0 || n > 1<<20) {
		t.Fatalf("%x is the number %d", v.Content, n)
	}
	if octets, unused, err := v.Bits("it"); err == nil && !bytes.Equal(append([]byte{byte(unused)}, octets...), v.Content) {
		t.Fatalf("%x is %d bits less than %x", v.Content, unused, octets)
	}
	_, _, _ = v.Bool("it")
	if oid, err := v.OID("it"); err == nil {
		if again, ok := der.ParseOID(oid.String()); ok && again != oid {
			t.Fatalf("%x is %s, which is %x", string(oid), oid, string(again))
		}
	}
	if moment, err := v.Time("it"); err == nil {
		if v.Tag == der.UTCTime && moment.Format("060102150405Z") != string(v.Content) ||
			v.Tag == der.GeneralizedTime && moment.Format("20060102150405Z") != string(v.Content) {
			t.Fatalf("%q is %v", v.Content, moment)
		}
	}
}
