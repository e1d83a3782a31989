package cose_test

import (
	"bytes"
	"errors"
	"math"
	"slices"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/cose"
	"github.com/travelseal/travelseal/internal/mint"
)

const (
	alg, crit, contentType, kid, iv, x5chain = 1, 2, 3, 4, 5, 33
	es256                                    = mint.Int(-7)
)

func pair(label int, value mint.Item) mint.Pair { return mint.Pair{mint.Int(label), value} }

// headers is a message with these headers. A nil protected map is the empty byte string instead of an empty map within.
func headers(protected, unprotected mint.Map) mint.HCERT {
	h := vaccination()
	h.Protected, h.Unprotected = nil, unprotected
	if protected != nil {
		h.Protected = protected
	}
	return h
}

func labels(list ...int) mint.Array {
	a := mint.Array{}
	for _, l := range list {
		a = append(a, mint.Int(l))
	}
	return a
}

// What is wrong with a header but leaves the message readable is a problem of its seal: it can be shown, and it is
// neither proof nor disproof.
func TestAHeaderThatForbidsCheckingIsAProblemOfTheSeal(t *testing.T) {
	text := mint.Text("x")
	for name, c := range map[string]struct {
		protected, unprotected mint.Map
		code                   string
	}{
		"no algorithm":                  {mint.Map{pair(kid, mint.Bytes("k"))}, mint.Map{}, formats.CodeSealHeader},
		"no header at all":              {nil, mint.Map{}, formats.CodeSealHeader},
		"an unprotected algorithm":      {mint.Map{}, mint.Map{pair(alg, es256)}, formats.CodeSealHeader},
		"two algorithms":                {mint.Map{pair(alg, es256)}, mint.Map{pair(alg, mint.Int(-35))}, formats.CodeSealHeader},
		"an algorithm and its name":     {mint.Map{pair(alg, es256)}, mint.Map{pair(alg, mint.Text("ES256"))}, formats.CodeSealHeader},
		"crit of a missing header":      {mint.Map{pair(alg, es256), pair(crit, labels(kid))}, mint.Map{}, formats.CodeSealHeader},
		"crit of an unprotected header": {mint.Map{pair(alg, es256), pair(crit, labels(kid))}, mint.Map{pair(kid, mint.Bytes("k"))}, formats.CodeSealHeader},
		"crit of an unknown header":     {mint.Map{pair(alg, es256), pair(crit, labels(99)), pair(99, text)}, mint.Map{}, formats.CodeSealHeader},
		"crit of a text label":          {mint.Map{pair(alg, es256), pair(crit, mint.Array{text}), {text, text}}, mint.Map{}, formats.CodeSealHeader},
		"crit of itself":                {mint.Map{pair(alg, es256), pair(crit, labels(crit))}, mint.Map{}, formats.CodeSealHeader},
		"crit of one that is missing":   {mint.Map{pair(alg, es256), pair(crit, labels(alg, x5chain))}, mint.Map{}, formats.CodeSealHeader},
		"crit of nothing":               {mint.Map{pair(alg, es256), pair(crit, labels())}, mint.Map{}, formats.CodeSealHeader},
		"crit that is a number":         {mint.Map{pair(alg, es256), pair(crit, mint.Int(1))}, mint.Map{}, formats.CodeSealHeader},
		"crit that is a map":            {mint.Map{pair(alg, es256), pair(crit, mint.Map{pair(1, es256)})}, mint.Map{}, formats.CodeSealHeader},
		"crit outside":                  {mint.Map{pair(alg, es256)}, mint.Map{pair(crit, labels(alg))}, formats.CodeSealHeader},
		"an unknown algorithm":          {mint.Map{pair(alg, mint.Int(-65535))}, mint.Map{}, formats.CodeSealUnsupported},
		"algorithm 0":                   {mint.Map{pair(alg, mint.Int(0))}, mint.Map{}, formats.CodeSealUnsupported},
		"a MAC":                         {mint.Map{pair(alg, mint.Int(5))}, mint.Map{}, formats.CodeSealUnsupported},
		"an algorithm in words":         {mint.Map{pair(alg, mint.Text("ES256"))}, mint.Map{}, formats.CodeSealUnsupported},
		"none":                          {mint.Map{pair(alg, mint.Text("none"))}, mint.Map{}, formats.CodeSealUnsupported},
		"null":                          {mint.Map{pair(alg, mint.Null{})}, mint.Map{}, formats.CodeSealUnsupported},
		"a huge algorithm":              {mint.Map{pair(alg, mint.Uint(math.MaxUint64))}, mint.Map{}, formats.CodeSealUnsupported},
	} {
		m := parse(t, headers(c.protected, c.unprotected), formats.Options{})
		if m.Seal.Problem.Code != c.code || m.Seal.Problem.Text == "" || m.Seal.Algorithm != (formats.Algorithm{}) {
			t.Errorf("%s: %+v with %v, want %s", name, m.Seal.Problem, m.Seal.Algorithm, c.code)
		}
		if len(m.Payload) == 0 || len(m.Checks) != 0 {
			t.Errorf("%s: %+v", name, m)
		}
	}
}

func TestHeadersThatForbidNothingAreNoProblem(t *testing.T) {
	for name, c := range map[string]struct{ protected, unprotected mint.Map }{
		"crit of what is understood":  {mint.Map{pair(alg, es256), pair(crit, labels(alg, contentType, kid)), pair(contentType, mint.Int(61)), pair(kid, mint.Bytes("k"))}, mint.Map{}},
		"the algorithm in both":       {mint.Map{pair(alg, es256)}, mint.Map{pair(alg, es256)}},
		"labels that nobody knows":    {mint.Map{pair(alg, es256), pair(99, mint.Int(1)), {mint.Text("x"), mint.Null{}}}, mint.Map{{mint.Text("y"), mint.Float64(1)}}},
		"labels that are not allowed": {mint.Map{pair(alg, es256), {mint.Bytes{1}, mint.Int(1)}}, mint.Map{{mint.Array{}, mint.Int(1)}}},
		"a content type":              {mint.Map{pair(alg, es256), pair(contentType, mint.Int(-1))}, mint.Map{}},
		"two initialisation vectors":  {mint.Map{pair(alg, es256), pair(iv, mint.Bytes{1})}, mint.Map{pair(6, mint.Bytes{2})}},
	} {
		h := headers(c.protected, c.unprotected)
		m := parse(t, h, formats.Options{})
		if m.Seal.Problem != (formats.Problem{}) || m.Seal.Algorithm != formats.ES256 || len(m.Checks) != 0 {
			t.Errorf("%s: %+v", name, m.Seal)
		}
		if !bytes.Equal(m.Seal.Signed, h.Build().SigStructure) {
			t.Errorf("%s: other bytes are signed", name)
		}
	}
}

func TestAnUnsignedAlgorithmCountsOnlyWhereItIsTolerated(t *testing.T) {
	tolerate := formats.Options{Tolerate: []string{"alg-unprotected"}}
	h := headers(nil, mint.Map{pair(alg, es256)})
	m := parse(t, h, tolerate)
	if m.Seal.Problem.Code != "" || m.Seal.Algorithm != formats.ES256 {
		t.Errorf("%+v", m.Seal)
	}
	if c := m.Checks; len(c) != 1 || c[0].Result != formats.Doubtful || c[0].Name != "alg-unprotected" || c[0].Kind != formats.Reading {
		t.Errorf("%+v", c)
	}
	for name, c := range map[string]struct {
		doc  mint.HCERT
		code string
	}{
		"unknown":       {headers(mint.Map{}, mint.Map{pair(alg, mint.Int(5))}), formats.CodeSealUnsupported},
		"in words":      {headers(mint.Map{}, mint.Map{pair(alg, mint.Text("ES256"))}), formats.CodeSealUnsupported},
		"a conflict":    {headers(mint.Map{pair(alg, es256)}, mint.Map{pair(alg, mint.Int(-35))}), formats.CodeSealHeader},
		"crit outside":  {headers(mint.Map{}, mint.Map{pair(alg, es256), pair(crit, labels(alg))}), formats.CodeSealHeader},
		"crit for it":   {headers(mint.Map{pair(crit, labels(alg))}, mint.Map{pair(alg, es256)}), formats.CodeSealHeader},
		"no alg at all": {headers(mint.Map{}, mint.Map{}), formats.CodeSealHeader},
	} {
		m := parse(t, c.doc, tolerate)
		if m.Seal.Problem.Code != c.code || m.Seal.Algorithm != (formats.Algorithm{}) || len(m.Checks) != 0 {
			t.Errorf("%s: %+v, %+v", name, m.Seal, m.Checks)
		}
	}
}

func TestTheProtectedKeyIdentifierWins(t *testing.T) {
	in, out := mint.Bytes("inside"), mint.Bytes("outside")
	for name, c := range map[string]struct {
		protected, unprotected mint.Map
		want                   []byte
	}{
		"inside":           {mint.Map{pair(alg, es256), pair(kid, in)}, mint.Map{}, in},
		"outside":          {mint.Map{pair(alg, es256)}, mint.Map{pair(kid, out)}, out},
		"both":             {mint.Map{pair(alg, es256), pair(kid, in)}, mint.Map{pair(kid, out)}, in},
		"empty inside":     {mint.Map{pair(alg, es256), pair(kid, mint.Bytes{})}, mint.Map{pair(kid, out)}, []byte{}},
		"none":             {mint.Map{pair(alg, es256)}, mint.Map{}, nil},
		"under a text key": {mint.Map{pair(alg, es256), {mint.Text("kid"), in}}, mint.Map{}, nil},
	} {
		got := parse(t, headers(c.protected, c.unprotected), formats.Options{}).Seal.Signer.KeyID
		if !bytes.Equal(got, c.want) || (got == nil) != (c.want == nil) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	for _, value := range []mint.Item{mint.Text("k"), mint.Int(1), mint.Null{}, mint.Array{mint.Bytes("k")}} {
		for _, h := range []mint.HCERT{
			headers(mint.Map{pair(alg, es256), pair(kid, value)}, mint.Map{}), headers(mint.Map{pair(alg, es256)}, mint.Map{pair(kid, value)}),
		} {
			refused(t, "kid", h.Build().COSE, formats.Options{}, formats.CodeEnvelope, "COSE header 4 (kid)")
		}
	}
}

func TestCertificatesOfTheDocumentAreAHint(t *testing.T) {
	one, two := mint.Bytes(utopia.Vaccination.Cert), mint.Bytes(utopia.CSCA.Cert)
	eight := mint.Array(slices.Repeat([]mint.Item{one}, 8))
	for name, c := range map[string]struct {
		protected, unprotected mint.Item
		want                   [][]byte
	}{
		"one":                 {one, nil, [][]byte{one}},
		"one outside":         {nil, one, [][]byte{one}},
		"a list of two":       {mint.Array{one, two}, nil, [][]byte{one, two}},
		"the protected wins":  {one, mint.Array{two, one}, [][]byte{one}},
		"eight":               {eight, nil, slices.Repeat([][]byte{one}, 8)},
		"none":                {nil, nil, nil},
		"what is no X.509 at": {mint.Bytes("any bytes"), nil, [][]byte{[]byte("any bytes")}},
	} {
		protected, unprotected := mint.Map{pair(alg, es256)}, mint.Map{}
		if c.protected != nil {
			protected = append(protected, pair(x5chain, c.protected))
		}
		if c.unprotected != nil {
			unprotected = append(unprotected, pair(x5chain, c.unprotected))
		}
		if got := parse(t, headers(protected, unprotected), formats.Options{}).Seal.Signer.Chain; !slices.EqualFunc(got, c.want, bytes.Equal) {
			t.Errorf("%s: %d certificates, want %d", name, len(got), len(c.want))
		}
	}
	for name, value := range map[string]mint.Item{
		"a text": mint.Text("x"), "null": mint.Null{}, "a map": mint.Map{pair(0, one)}, "nine": append(eight[:8:8], one),
		"a list with a text": mint.Array{one, mint.Text("x")}, "a list of lists": mint.Array{mint.Array{one}},
	} {
		h := headers(mint.Map{pair(alg, es256), pair(x5chain, value)}, mint.Map{})
		refused(t, name, h.Build().COSE, formats.Options{}, formats.CodeEnvelope, "COSE header 33 (x5chain)")
	}
}

func TestTheProtectedHeaderIsOneStrictMap(t *testing.T) {
	inside := func(i mint.Item) []byte {
		h := vaccination()
		h.Hooks.Header = func([]byte) []byte { return mint.Encode(i) }
		return h.Build().COSE
	}
	for name, c := range map[string]struct {
		header mint.Item
		code   string
	}{
		"an array":          {mint.Array{}, formats.CodeEnvelope},
		"a text":            {mint.Text("x"), formats.CodeEnvelope},
		"a string in it":    {mint.Bytes(mint.Encode(mint.Map{pair(alg, es256)})), formats.CodeEnvelope},
		"alg twice":         {mint.Map{pair(alg, es256), pair(alg, es256)}, formats.CodeEnvelope},
		"a byte after it":   {mint.Sequence{mint.Map{pair(alg, es256)}, mint.Int(0)}, formats.CodeTrailing},
		"a false promise":   {mint.Head{Major: 5, Argument: 1}, formats.CodeTruncated},
		"a long head":       {mint.LongHead{Item: mint.Map{pair(alg, es256)}, Width: 1}, formats.CodeNonCanonical},
		"indefinite length": {mint.IndefMap{pair(alg, es256)}, formats.CodeNonCanonical},
		"too deep":          {mint.Map{pair(99, mint.Nested(30, mint.Int(1)))}, formats.CodeLimit},
	} {
		refused(t, name, inside(c.header), formats.Options{}, c.code, "COSE protected header")
	}
	// The place counts from the beginning of the message: its tag, the heads of the array and of the string, and the map.
	_, err := cose.Parse(inside(mint.Map{pair(alg, es256), pair(alg, es256)}), formats.Options{})
	if fe := (*formats.Error)(nil); !errors.As(err, &fe) || fe.Offset != 1+1+1+3 {
		t.Errorf("%v", err)
	}
}
