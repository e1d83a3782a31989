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
			{tagged(1, mint.Int(7)), 7}, {tagged(1, mint.Float64(7.5)), 7},
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
			tagged(0, mint.Text("2026-01-15T09:30:00Z")), tagged(0, mint.Int(1)), tagged(1, mint.Text("1")), tagged(1, mint.Int(-1)),
			tagged(1, tagged(1, mint.Int(1))), tagged(1, mint.Float64(math.NaN())), tagged(2, mint.Bytes{1}), tagged(3, mint.Bytes{0}), tagged(1001, mint.Map{}),
		} {
			refused(t, vaccination().SetClaim(value, claim), formats.Options{}, formats.CodePayload, step)
		}
	}
}

func TestBothTolerancesOfATaggedFloatAreNoted(t *testing.T) {
	doc := decode(t, vaccination().SetClaim(tagged(1, mint.Float64(7.5)), mint.ClaimIssuedAt), formats.Options{})
	if c := doc.Checks; len(c) != 2 || c[0].Name != "tagged-date" || c[1].Name != "float-date" {
		t.Errorf("%+v", c)
	}
}

func TestAbsentDatesStayUnknown(t *testing.T) {
	h := vaccination().DropClaim(mint.ClaimExpires).DropClaim(mint.ClaimIssuedAt)
	if v := decode(t, h, formats.Options{}).Validity; v != (formats.Validity{MustExpire: true}) {
		t.Errorf("%+v", v)
	}
}

func TestTheIssuerIsAText(t *testing.T) {
	for _, value := range []mint.Item{mint.Int(1), mint.Bytes("UT"), mint.Null{}, mint.Array{mint.Text("UT")}, tagged(32, mint.Text("UT"))} {
		refused(t, vaccination().SetClaim(value, mint.ClaimIssuer), formats.Options{}, formats.CodePayload, "claim 1 (iss)")
	}
	for _, value := range []mint.Text{"", "XA", "Utopia"} {
		s := decode(t, vaccination().SetClaim(value, mint.ClaimIssuer), formats.Options{}).Seals[0].Signer
		if s.Issuer != string(value) || s.Country != string(value) {
			t.Errorf("%q: %+v", value, s)
		}
	}
	if s := decode(t, vaccination().DropClaim(mint.ClaimIssuer), formats.Options{}).Seals[0].Signer; s.Issuer != "" || s.Country != "" {
		t.Errorf("none: %+v", s)
	}
}

func TestOtherClaimsArePassedOver(t *testing.T) {
	want := decode(t, vaccination(), formats.Options{})
	h := vaccination().AddClaim(mint.Int(2), mint.Text("subject")).AddClaim(mint.Text("exp"), mint.Int(1)).AddClaim(mint.Int(-261), mint.Map{}).
		AddClaim(mint.Bytes{4}, mint.Int(1)).AddClaim(mint.Uint(math.MaxUint64), mint.Int(1))
	got := decode(t, h, formats.Options{})
	if got.Validity != want.Validity || event(t, got) != event(t, want) || len(got.Checks) != 0 {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestTheHealthCertificateClaimHoldsOneCertificate(t *testing.T) {
	dcc := vaccination().DCC()
	one := func(key, value mint.Item) mint.Map { return mint.Map{{key, value}} }
	for _, value := range []mint.Item{
		mint.Map{}, mint.Array{dcc}, mint.Bytes(mint.Encode(one(mint.Int(1), dcc))), mint.Text("x"), mint.Null{}, mint.Int(1), tagged(1, mint.Map{}),
		one(mint.Int(2), dcc), one(mint.Int(0), dcc), one(mint.Int(-1), dcc), one(mint.Text("1"), dcc), one(mint.Text("eu_dcc_v1"), dcc),
		one(mint.Int(1), mint.Null{}), one(mint.Int(1), mint.Int(1)), one(mint.Int(1), mint.Array{dcc}), one(mint.Int(1), tagged(1, dcc)),
		mint.Map{{mint.Int(1), dcc}, {mint.Int(2), dcc}}, mint.Map{{mint.Int(2), dcc}, {mint.Int(1), dcc}},
		mint.Map{{mint.Int(1), dcc}, {mint.Text("2"), mint.Null{}}},
	} {
		h := vaccination()
		h.Claims = mint.Set(h.Claims, value, mint.ClaimHCERT)
		refused(t, h, formats.Options{}, formats.CodePayload, "claim -260 (hcert)")
	}
	refused(t, vaccination().DropClaim(mint.ClaimHCERT), formats.Options{}, formats.CodePayload, "claim -260 (hcert)")
}

func TestTheClaimsAreOneStrictMap(t *testing.T) {
	payload := func(change func([]byte) []byte) mint.HCERT {
		h := vaccination()
		h.Hooks.Payload = change
		return h
	}
	constant := func(i mint.Item) func([]byte) []byte { return func([]byte) []byte { return mint.Encode(i) } }
	indefinite := func([]byte) []byte { return mint.Encode(mint.IndefMap(vaccination().Claims.(mint.Map))) }
	for name, c := range map[string]struct {
		doc  mint.HCERT
		o    formats.Options
		code string
	}{
		"no claims":        {payload(func([]byte) []byte { return nil }), formats.Options{}, formats.CodeTruncated},
		"an array":         {payload(constant(mint.Array{})), formats.Options{}, formats.CodePayload},
		"a tag":            {payload(constant(tagged(61, mint.Map{}))), formats.Options{}, formats.CodePayload},
		"cut short":        {payload(func(b []byte) []byte { return b[:len(b)-1] }), formats.Options{}, formats.CodeTruncated},
		"a byte too many":  {payload(func(b []byte) []byte { return append(b, 0) }), formats.Options{}, formats.CodeTrailing},
		"indefinite":       {payload(indefinite), formats.Options{}, formats.CodeNonCanonical},
		"a long head":      {vaccination().SetClaim(mint.LongHead{Item: mint.Int(4), Width: 8}, mint.ClaimExpires), formats.Options{}, formats.CodeNonCanonical},
		"exp twice":        {vaccination().AddClaim(mint.Int(4), mint.Int(5)), formats.Options{}, formats.CodePayload},
		"a member twice":   {vaccination().SetClaim(mint.Add(vaccination().DCC(), mint.Text("ver"), mint.Text("1.0.0")), mint.ClaimHCERT, 1), formats.Options{}, formats.CodePayload},
		"wrong UTF-8":      {vaccination().Set(mint.Text("\xff"), "nam", "fn"), formats.Options{}, formats.CodePayload},
		"nested too deep":  {vaccination().AddClaim(mint.Int(7), mint.Nested(24, mint.Int(1))), formats.Options{}, formats.CodeLimit},
		"a limit of depth": {vaccination(), formats.Options{Limits: formats.Limits{Depth: 4}}, formats.CodeLimit},
		"a limit of items": {vaccination(), formats.Options{Limits: formats.Limits{Items: 20}}, formats.CodeLimit},
		"a false promise":  {vaccination().AddClaim(mint.Int(7), mint.Head{Major: 4, Argument: 9000}), formats.Options{}, formats.CodeTruncated},
		"a huge promise":   {vaccination().AddClaim(mint.Int(7), mint.Head{Major: 4, Argument: 1 << 40}), formats.Options{}, formats.CodeLimit},
	} {
		t.Run(name, func(t *testing.T) { refused(t, c.doc, c.o, c.code, "CWT claims") })
	}
}
