package base58_test

import (
	"bytes"
	"encoding/hex"
	"errors"
	"math/big"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/internal/strict/base58"
)

func TestDecodeGivesTheBytes(t *testing.T) {
	for text, want := range map[string]string{
		"": "", "1": "00", "11": "0000", "2": "01", "z": "39", "21": "3a", "12": "0001", "5Q": "ff", "LUv": "ffff",
		// draft-msporny-base58-03 §5.
		"2NEpo7TZRRrLZSi2U":      hex.EncodeToString([]byte("Hello World!")),
		"11233QC4":               "0000287fb4cd",
		"1111111111111111111114": strings.Repeat("00", 21) + "03",
	} {
		got, err := base58.Decode([]byte(text), 100)
		if err != nil || hex.EncodeToString(got) != want {
			t.Errorf("%q: %x, %v; want %s", text, got, err, want)
		}
	}
}

func TestDecodeRefusesForeignCharactersAndLength(t *testing.T) {
	for text, offset := range map[string]int{
		"0": 0, "O": 0, "I": 0, "l": 0, "22 2": 2, "22\n": 2, "110": 2, "2+": 1, "2é": 1, "2\x00": 1, strings.Repeat("2", 9): 8,
	} {
		var e *base58.Error
		if got, err := base58.Decode([]byte(text), 8); !errors.As(err, &e) || e.Offset != offset || got != nil || e.Bare() == "" {
			t.Errorf("%q: %x, %v; want an error at byte %d", text, got, err, offset)
		}
	}
	if _, err := base58.Decode([]byte(strings.Repeat("z", 8)), 8); err != nil {
		t.Error(err)
	}
}

// encode is the definition: the bytes as a number in base 58, a "1" for each leading zero byte.
func encode(b []byte) string {
	const alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
	n, base, digit := new(big.Int).SetBytes(b), big.NewInt(58), new(big.Int)
	s := ""
	for n.Sign() > 0 {
		n.DivMod(n, base, digit)
		s = string(alphabet[digit.Int64()]) + s
	}
	return strings.Repeat("1", len(b)-len(bytes.TrimLeft(b, "\x00"))) + s
}

func FuzzDecode(f *testing.F) {
	for _, s := range []string{"", "1", "2NEpo7TZRRrLZSi2U", "11233QC4", "0"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if b, err := base58.Decode(data, 200); err == nil && encode(b) != string(data) {
			t.Errorf("%q decodes to %x, which is %q", data, b, encode(b))
		}
		if b, err := base58.Decode([]byte(encode(data)), 2*len(data)+1); err != nil || !bytes.Equal(b, data) {
			t.Errorf("%x: %x, %v", data, b, err)
		}
	})
}
