package attacks_test

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"encoding/binary"
	"hash/adler32"
	"math/big"
	"slices"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/hcert"
	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/verify"
)

func withSignature(h mint.HCERT, form mint.SignatureForm) mint.HCERT {
	h.Hooks.Signature = form
	return h
}

func TestA13_SignatureInTheFormOfAnotherEnvelope(t *testing.T) {
	v := utopia(t)
	demand(t, v, "the sibling", formats.Text(vaccination.Build().Text), accepted)
	d := demand(t, v, "DER", formats.Text(withSignature(vaccination, mint.AsDER).Build().Text), disproved(verify.SealMismatch))
	for _, f := range d.Findings {
		if f.Code == verify.SealMismatch && f.Detail == "" {
			t.Error("the finding does not say that the form is wrong")
		}
	}
	p384 := mint.Vaccination(ut.AnyUse)
	attack(t, v, p384,
		mutant{"DER", withSignature(p384, mint.AsDER), disproved(verify.SealMismatch)},
		mutant{"one byte fewer", withSignature(p384, mint.Shortened), disproved(verify.SealMismatch)},
		mutant{"one byte more", withSignature(p384, mint.Lengthened), disproved(verify.SealMismatch)},
	)
}

func TestA14_MirroredSignatureOfARevokedDocument(t *testing.T) {
	mirrored := withSignature(vaccination, mint.Mirrored)
	trust := list(mint.Anchors(ut.Vaccination)...)
	attack(t, trusting(t, trust), vaccination, mutant{"before the revocation", mirrored, accepted})

	signature := vaccination.Build().Signature
	revoking := trusting(t, trust, revocations(hcert.HandleSignature, signature[:len(signature)/2]))
	for name, h := range map[string]mint.HCERT{"as it was": vaccination, "mirrored": mirrored} {
		d := demand(t, revoking, name, formats.Text(h.Build().Text), disproved(verify.DocRevoked))
		if d.Verified != nil {
			t.Errorf("%s: the claims of a revoked document are shown as verified", name)
		}
	}
	demand(t, revoking, "another document", formats.Text(vaccination.Of(mint.Brigid).Build().Text), accepted)
}

func TestA15_NumbersThatNoSignatureHas(t *testing.T) {
	number := func(r, s func(n *big.Int) *big.Int) mint.SignatureForm {
		return func(raw []byte, key crypto.PublicKey) []byte { return replaced(raw, key, r, s) }
	}
	zero := func(*big.Int) *big.Int { return new(big.Int) }
	order := func(n *big.Int) *big.Int { return n }
	most := func(*big.Int) *big.Int { return new(big.Int).Sub(new(big.Int).Lsh(big.NewInt(1), 256), big.NewInt(1)) }
	plusOrder := func(n *big.Int) *big.Int { return new(big.Int).Add(n, big.NewInt(1)) }
	var mutants []mutant
	for name, form := range map[string]mint.SignatureForm{
		"r 0": mint.ZeroR, "s 0": mint.ZeroS, "both 0": mint.AllZero, "s n": mint.OrderS,
		"r n": number(order, nil), "both n": number(order, order), "r largest": number(most, nil), "s largest": number(nil, most),
		"1 for both, and n": number(plusOrder, plusOrder), "0 and largest": number(zero, most),
	} {
		mutants = append(mutants, mutant{name, withSignature(vaccination, form), disproved(verify.SealMismatch)})
	}
	attack(t, utopia(t), vaccination, mutants...)
}

// replaced puts other numbers into a signature r‖s on P-256; each is made of the order of the curve, nil leaves it.
func replaced(raw []byte, key crypto.PublicKey, r, s func(n *big.Int) *big.Int) []byte {
	out := append([]byte(nil), raw...)
	n := key.(*ecdsa.PublicKey).Curve.Params().N
	for i, f := range []func(*big.Int) *big.Int{r, s} {
		if f != nil {
			f(new(big.Int).Set(n)).FillBytes(out[32*i : 32*i+32])
		}
	}
	return out
}

func TestA17_WeakHash(t *testing.T) {
	rsa := mint.Vaccination(ut.RSA)
	var mutants []mutant
	for name, alg := range map[string]mint.Int{
		"RS1 (RFC 8812 §2)": -65535, "SHA-1 alone (RFC 9054 §2)": -14, "SHA-256/64 (RFC 9054 §2)": -15, "ES256K (RFC 8812 §3)": -47,
	} {
		mutants = append(mutants, mutant{name, withAlg(rsa, alg), unchecked(verify.SealUnsupported)})
	}
	attack(t, utopia(t), rsa, mutants...)
}

func TestA18_AnotherStructureThanSign1(t *testing.T) {
	tagged := func(tags ...uint64) mint.HCERT {
		return changed(vaccination, func(h *mint.HCERT) { h.Tags = tags })
	}
	shaped := func(tag uint64, shape func(mint.Array) mint.Item) mint.HCERT {
		return changed(vaccination, func(h *mint.HCERT) {
			h.Tags = []uint64{tag}
			h.Hooks.Sign1 = shape
		})
	}
	untagged := func(shape func(mint.Array) mint.Item) mint.HCERT {
		return changed(shaped(0, shape), func(h *mint.HCERT) { h.Tags = nil })
	}
	// The structures of RFC 9052 §4.1, §5.2, §5.3 and §6.1, made of the same four members.
	sign := func(a mint.Array) mint.Item {
		return mint.Array{mint.Bytes(nil), mint.Map{}, a[2], mint.Array{mint.Array{a[0], a[1], a[3]}}}
	}
	encrypt0 := func(a mint.Array) mint.Item { return a[:3] }
	mac := func(a mint.Array) mint.Item { return append(a[:4:4], mint.Array{}) }
	same := func(a mint.Array) mint.Item { return a }
	refused := unreadable(formats.CodeEnvelope)
	attack(t, utopia(t), vaccination,
		mutant{"no tag", tagged(), noted(verify.DecodeTolerant)},
		mutant{"CWT and Sign1", tagged(61, 18), noted(verify.DecodeTolerant)},
		mutant{"CWT alone", tagged(61), refused},
		mutant{"CWT twice", tagged(61, 61, 18), refused},
		mutant{"Sign1 twice", tagged(18, 18), refused},
		mutant{"Sign1 and CWT", tagged(18, 61), refused},
		mutant{"self-described CBOR", tagged(55799, 18), refused},
		mutant{"another number", tagged(19), refused},
		mutant{"a thousand tags", changed(vaccination, func(h *mint.HCERT) { h.Tags = make([]uint64, 1000) }), unreadable(formats.CodeLimit)},
		mutant{"Sign's tag", shaped(98, same), refused},
		mutant{"Sign", shaped(98, sign), refused},
		mutant{"Sign untagged", untagged(sign), refused},
		mutant{"Sign with Sign1's tag", shaped(18, sign), refused},
		mutant{"Mac0", shaped(17, same), refused},
		mutant{"Mac", shaped(97, mac), refused},
		mutant{"Mac untagged", untagged(mac), refused},
		mutant{"Encrypt0", shaped(16, encrypt0), refused},
		mutant{"Encrypt0 untagged", untagged(encrypt0), refused},
		mutant{"a map", untagged(func(a mint.Array) mint.Item { return mint.Map{{a[0], a[1]}, {a[2], a[3]}} }), refused},
		mutant{"in a byte string", untagged(func(a mint.Array) mint.Item { return mint.Bytes(mint.Encode(a)) }), refused},
	)
}

// TestA24_EverySignedBit turns every bit of what is signed, and of the signature, over. The suite of package formatstest
// does the same to the bytes around them.
func TestA24_EverySignedBit(t *testing.T) {
	v := utopia(t)
	for name, sibling := range map[string]mint.HCERT{"ES384": mint.Vaccination(ut.AnyUse), "PS256": mint.Recovery(ut.RSA)} {
		b := sibling.Build()
		demand(t, v, name, formats.Text(stored(b.COSE)), accepted)
		flip := func(where string, part []byte, allowed ...verify.Status) {
			at := bytes.Index(b.COSE, part)
			for bit := 8 * at; bit < 8*(at+len(part)); bit++ {
				text := stored(mint.FlipBit(b.COSE, bit))
				d := v.Inspect(t.Context(), []formats.Input{formats.Text(text)}).Documents[0]
				if d.Verdict == verify.Accept || d.Verified != nil || !slices.Contains(allowed, d.Status) {
					t.Errorf("%s: %s, bit %d: %s, %s, codes %v", name, where, bit, d.Status, d.Verdict, codes(d))
				}
			}
		}
		// What can still be read is disproved, also where the flipped bit makes it a certificate of the WHO: the signer may
		// seal those too.
		flip("claims", b.Claims, verify.Invalid, verify.Unreadable)
		flip("signature", b.Signature, verify.Invalid)
		// The header names the algorithm and the signer: with another of either there may be nothing to disprove.
		flip("header", b.Protected, verify.Invalid, verify.Untrusted, verify.Indeterminate, verify.Unreadable)
	}
}

// stored is the text of a COSE_Sign1 in a zlib stream that does not compress (RFC 1951 §3.2.4), which is made quickly.
func stored(message []byte) string {
	n := uint16(len(message))
	z := []byte{0x78, 0x01, 0x01, byte(n), byte(n >> 8), ^byte(n), ^byte(n >> 8)}
	z = binary.BigEndian.AppendUint32(append(z, message...), adler32.Checksum(message))
	return "HC1:" + mint.Base45(z)
}
