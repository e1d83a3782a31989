package jcs_test

import (
	stdjson "encoding/json"
	"errors"
	"math"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/internal/jcs"
	"github.com/travelseal/travelseal/internal/strict/json"
)

// The samples of RFC 8785 appendix B, by the bits of the double. Infinity and not-a-number cannot be written in JSON.
func TestNumbersAreWrittenAsTheSamplesOfTheRFC(t *testing.T) {
	for bits, want := range map[uint64]string{
		0x0000000000000000: "0", 0x8000000000000000: "0", 0x0000000000000001: "5e-324", 0x8000000000000001: "-5e-324",
		0x7fefffffffffffff: "1.7976931348623157e+308", 0xffefffffffffffff: "-1.7976931348623157e+308",
		0x4340000000000000: "9007199254740992", 0xc340000000000000: "-9007199254740992", 0x4430000000000000: "295147905179352830000",
		0x44b52d02c7e14af5: "9.999999999999997e+22", 0x44b52d02c7e14af6: "1e+23", 0x44b52d02c7e14af7: "1.0000000000000001e+23",
		0x444b1ae4d6e2ef4e: "999999999999999700000", 0x444b1ae4d6e2ef4f: "999999999999999900000", 0x444b1ae4d6e2ef50: "1e+21",
		0x3eb0c6f7a0b5ed8c: "9.999999999999997e-7", 0x3eb0c6f7a0b5ed8d: "0.000001",
		0x41b3de4355555553: "333333333.3333332", 0x41b3de4355555554: "333333333.33333325", 0x41b3de4355555555: "333333333.3333333",
		0x41b3de4355555556: "333333333.3333334", 0x41b3de4355555557: "333333333.33333343",
		0xbecbf647612f3696: "-0.0000033333333333333333", 0x43143ff3c1cb0959: "1424953923781206.2",
	} {
		text := strconv.FormatFloat(math.Float64frombits(bits), 'e', 16, 64)
		if got := canonical(t, text); got != want {
			t.Errorf("%#x, written %s: %s, want %s", bits, text, got, want)
		}
	}
}

func TestOneNumberHasOneSpelling(t *testing.T) {
	for text, want := range map[string]string{
		"1": "1", "1.0": "1", "10e-1": "1", "0.1e1": "1", "1E0": "1", "1e+0": "1", "-1": "-1", "100": "100", "1e2": "100",
		"0": "0", "-0": "0", "0.0": "0", "0e5": "0", "-0.000e-400": "0", "0e999999": "0",
		"56.0": "56", "4.50": "4.5", "2e-3": "0.002", "1E30": "1e+30", "0.0000001": "1e-7", "0.000001": "0.000001",
		"123456789012345680000": "123456789012345680000", "1234567890123456800000": "1.2345678901234568e+21", "1e21": "1e+21", "1e20": "100000000000000000000",
		"9007199254740993": "9007199254740992", "9007199254740991": "9007199254740991", "1.2e-10": "1.2e-10", "5e-324": "5e-324",
	} {
		if got := canonical(t, text); got != want {
			t.Errorf("%s becomes %s, want %s", text, got, want)
		}
	}
}

func TestWhatADoubleCannotHoldIsRefused(t *testing.T) {
	digits := strings.Repeat("1234567890", 2)
	for _, text := range []string{
		"1e309", "-1e309", "1E400", "1.7976931348623159e308", "1e999999999", "-" + strings.Repeat("9", 400),
		"1e-325", "-1e-400", "0.1e-999999999", "2e-324", "1e-324",
		"3.141592653589793238462643383279", digits[:18], "0." + digits[:18], digits[:18] + "e-5", "1.00000000000000001", "100000000000000001",
	} {
		v, err := json.Parse([]byte(text), limits)
		if err != nil {
			t.Fatal(err)
		}
		if b, err := jcs.Append(nil, v); b != nil || !errors.Is(err, jcs.ErrNumber) {
			t.Errorf("%s becomes %s, %v", text, b, err)
		}
		if v, err = json.Parse([]byte(`{"a":[{"b":`+text+`}]}`), limits); err != nil {
			t.Fatal(err)
		}
		if b, err := jcs.Append(nil, v); b != nil || !errors.Is(err, jcs.ErrNumber) {
			t.Errorf("%s within objects becomes %s, %v", text, b, err)
		}
	}
	for _, text := range []string{digits[:17], "0.000" + digits[:17], digits[:17] + "000", "1.0000000000000000000000", "1.7976931348623157e308", "3e-324"} {
		canonical(t, text)
	}
}

// encoding/json writes doubles as ECMAScript does; it was written by others.
func TestNumbersAreThoseOfECMAScript(t *testing.T) {
	random := rand.New(rand.NewPCG(8785, 7493))
	for range 50_000 {
		f := math.Float64frombits(random.Uint64())
		if random.IntN(2) == 0 {
			f = float64(random.Int64N(1<<53)) / float64(uint64(1)<<random.IntN(60))
		}
		if math.IsNaN(f) || math.IsInf(f, 0) || f == 0 {
			continue
		}
		want, err := stdjson.Marshal(f)
		if err != nil {
			t.Fatal(err)
		}
		if got := canonical(t, strconv.FormatFloat(f, 'e', 16, 64)); got != string(want) {
			t.Fatalf("%g: %s, want %s", f, got, want)
		}
	}
}
