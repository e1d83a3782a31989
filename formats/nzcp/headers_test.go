package nzcp_test

import (
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/mint"
)

// "CWT Headers": the algorithm and the key identifier stand in the protected header, and the algorithm is ES256.
func TestHeadersThatForbidACheck(t *testing.T) {
	alg := func(value mint.Item) mint.Pass {
		return token(func(h *mint.HCERT) { h.Protected = mint.Set(h.Protected, value, mint.HeaderAlg) })
	}
	move := func(label int) mint.Pass {
		return token(func(h *mint.HCERT) {
			value, _ := mint.Get(h.Protected, label)
			h.Protected, h.Unprotected = mint.Drop(h.Protected, label), mint.Map{{mint.Int(label), value}}
		})
	}
	drop := func(label int) mint.Pass {
		return token(func(h *mint.HCERT) { h.Protected = mint.Drop(h.Protected, label) })
	}
	for name, c := range map[string]struct {
		pass mint.Pass
		code string
	}{
		"ES384":                {alg(mint.Int(mint.ES384)), formats.CodeSealUnsupported},
		"ES512":                {alg(mint.Int(mint.ES512)), formats.CodeSealUnsupported},
		"PS256":                {alg(mint.Int(mint.PS256)), formats.CodeSealUnsupported},
		"EdDSA":                {alg(mint.Int(mint.EdDSA)), formats.CodeSealUnsupported},
		"HS256":                {alg(mint.Int(5)), formats.CodeSealUnsupported},
		"none":                 {alg(mint.Text("none")), formats.CodeSealUnsupported},
		"ES256 as a text":      {alg(mint.Text("ES256")), formats.CodeSealUnsupported},
		"no algorithm":         {drop(mint.HeaderAlg), formats.CodeSealHeader},
		"algorithm outside":    {move(mint.HeaderAlg), formats.CodeSealHeader},
		"no key":               {drop(mint.HeaderKID), formats.CodeSealHeader},
		"key outside":          {move(mint.HeaderKID), formats.CodeSealHeader},
		"no protected headers": {token(func(h *mint.HCERT) { h.Protected, h.Unprotected = nil, h.Protected }), formats.CodeSealHeader},
		"unknown crit": {token(func(h *mint.HCERT) {
			h.Protected = mint.Set(h.Protected, mint.Array{mint.Int(99)}, mint.HeaderCrit)
		}), formats.CodeSealHeader},
	} {
		if p := decode(t, c.pass).Seals[0].Problem; p.Code != c.code || p.Text == "" {
			t.Errorf("%s: %+v, want %s", name, p, c.code)
		}
	}
}

func TestAKeyThatIsNamedTwiceIsTheProtectedOne(t *testing.T) {
	p := token(func(h *mint.HCERT) { h.Unprotected = mint.Map{{mint.Int(mint.HeaderKID), mint.Bytes("key-2")}} })
	s := decode(t, p).Seals[0]
	if s.Problem.Code != "" || string(s.Signer.KeyID) != "key-1" {
		t.Errorf("%+v", s)
	}
}
