package hcert_test

import (
	"math"
	"testing"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/mint"
)

// The NumericDates of RFC 8392 §3.1.4 to §3.1.6, with the steps that their refusals name.
var dateClaims = map[int]string{4: "claim 4 (exp)", 5: "claim 5 (nbf)", 6: "claim 6 (iat)"}

func validity(v formats.Validity, claim int) time.Time {
	return map[int]time.Time{4: v.NotAfter, 5: v.NotBefore, 6: v.IssuedAt}[claim]
}

func tagged(number uint64, content mint.Item) mint.Item {
	return mint.Tag{Number: number, Content: content}
}

func TestNumericDatesAreWholeSeconds(t *testing.T) {
	for claim := range dateClaims {
		for _, c := range []struct {
			value mint.Item
			want  int64
		}{
			{mint.Int(0), 0}, {mint.Int(1), 1}, {mint.Int(1768469400), 1768469400}, {mint.Int(253402300799), 253402300799},
			{mint.Float64(0), 0}, {mint.Float64(math.Copysign(0, -1)), 0}, {mint.Float16(0.5), 0}, {mint.Float64(1768469400), 1768469400},
			{mint.Float64(1768469400.999), 1768469400}, {mint.Float64(253402300799), 253402300799}, {mint.Float64(5e-324), 0},
		} {
			doc := decode(t, vaccination().SetClaim(c.value, claim), formats.Options{})
			if got := validity(doc.Validity, claim); got.Unix() != c.want || got.Location() != time.UTC || got.IsZero() {
				t.Errorf("claim %d, %#v: %v, want second %d", claim, c.value, got, c.want)
			}
		}
	}
}

func TestWhatIsNoNumericDateIsRefused(t *testing.T) {
	for claim, step := range dateClaims {
		for _, value := range []mint.Item{
			mint.Int(-1), mint.Int(253402300800), mint.Int(math.MinInt64), mint.Int(math.MaxInt64), mint.Uint(math.MaxUint64),
			mint.Float64(-1), mint.Float64(-5e-324), mint.Float64(253402300799.5), mint.Float64(1e300), mint.Float64(-1e300),
			mint.Float64(math.NaN()), mint.Float32(math.NaN()), mint.Float16(math.NaN()), mint.Float64(math.Inf(1)), mint.Float64(math.Inf(-1)),
			mint.Text("1768469400"), mint.Text("2026-01-15T09:30:00Z"), mint.Bytes{1}, mint.Null{}, mint.Bool(true), mint.Array{mint.Int(1)}, mint.Map{},
			tagged(0, mint.Text("2026-01-15T09:30:00Z")), tagged(0, mint.Int(1)), tagged(1, mint.Int(7)), tagged(1, mint.Float64(7.5)), tagged(1, mint.Text("1")), tagged(1, mint.Int(-1)),
			tagged(1, tagged(1, mint.Int(1))), tagged(1, mint.Float64(math.NaN())), tagged(2, mint.Bytes{1}), tagged(3, mint.Bytes{0}), tagged(1001, mint.Map{}),
		} {
			refused(t, vaccination().SetClaim(value, claim), formats.Options{}, formats.CodePayload, step)
		}
	}
}
