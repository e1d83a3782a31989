package mint_test

import (
	"bytes"
	"crypto"
	"strings"
	"testing"
	"time"

	"github.com/travelseal/travelseal/internal/mint"
)

// byteString writes a CBOR byte string by hand, for lengths up to 65,535.
func byteString(b []byte) []byte {
	n := len(b)
	switch {
	case n < 24:
		return append([]byte{0x40 | byte(n)}, b...)
	case n < 256:
		return append([]byte{0x58, byte(n)}, b...)
	}
	return append([]byte{0x59, byte(n >> 8), byte(n)}, b...)
}

func join(parts ...[]byte) []byte { return bytes.Join(parts, nil) }

// toBeSigned writes the Sig_structure of RFC 9052 §4.4 by hand: an array of four, the context, the protected header,
// no external data, the payload.
func toBeSigned(protected, payload []byte) []byte {
	return join([]byte("\x84\x6aSignature1"), byteString(protected), []byte{0x40}, byteString(payload))
}

func TestEachSignatureHoldsOverASigStructureWrittenByHand(t *testing.T) {
	ut := mint.Utopia()
	for name, c := range map[string]struct {
		doc    mint.HCERT
		hash   crypto.Hash
		header string // the protected header up to the key identifier
	}{
		"vaccination": {mint.Vaccination(ut.Vaccination), crypto.SHA256, "\xa2\x01\x26\x04\x48"},
		"test":        {mint.Test(ut.Test), crypto.SHA256, "\xa2\x01\x26\x04\x48"},
		"rapid test":  {mint.RapidTest(ut.Test), crypto.SHA256, "\xa2\x01\x26\x04\x48"},
		"recovery":    {mint.Recovery(ut.Recovery), crypto.SHA256, "\xa2\x01\x26\x04\x48"},
		"ES384":       {mint.Vaccination(ut.AnyUse), crypto.SHA384, "\xa2\x01\x38\x22\x04\x48"},
		"PS256":       {mint.Vaccination(ut.RSA), crypto.SHA256, "\xa2\x01\x38\x24\x04\x48"},
	} {
		b := c.doc.Build()
		if want := c.header + string(c.doc.Signer.KID); string(b.Protected) != want {
			t.Errorf("%s: the protected header is %x, want %x", name, b.Protected, want)
		}
		if !verifies(c.doc.Signer.Leaf.PublicKey, c.hash, toBeSigned(b.Protected, b.Claims), b.Signature) {
			t.Errorf("%s: the signature does not hold", name)
		}
	}
}

func TestTheLayersLieWithinEachOther(t *testing.T) {
	b := mint.Vaccination(mint.Utopia().Vaccination).Build()
	// Tag 18, an array of four, the protected header, an empty map, the payload, the signature.
	sign1 := join([]byte{0xd2, 0x84}, byteString(b.Protected), []byte{0xa0}, byteString(b.Claims), byteString(b.Signature))
	if !bytes.Equal(b.COSE, sign1) {
		t.Errorf("COSE_Sign1 is %x, want %x", b.COSE, sign1)
	}
	if got := inflate(t, b.Compressed); !bytes.Equal(got, b.COSE) {
		t.Errorf("the stream holds %x", got)
	}
	text, ok := strings.CutPrefix(b.Text, "HC1:")
	if !ok || !bytes.Equal(unbase45(t, text), b.Compressed) {
		t.Errorf("the text is %s", b.Text)
	}
}

func TestTheClaimsBeginAsTheSpecificationSays(t *testing.T) {
	b := mint.Vaccination(mint.Utopia().Vaccination).Build()
	// 1: "UT", 4: 2059-01-01T00:00:00Z, 6: 2026-01-15T09:30:00Z, -260: {1: {"ver": "1.3.0", …
	want := "\xa4\x01\x62UT\x04\x1a\xa7\x67\xe8\x80\x06\x1a\x69\x68\xb3\x98\x39\x01\x03\xa1\x01\xa4\x63ver\x651.3.0"
	if !strings.HasPrefix(string(b.Claims), want) {
		t.Errorf("the claims begin with %x, want %x", b.Claims[:len(want)], want)
	}
	for at, unix := range map[time.Time]int64{mint.Expires: 0xa767e880, mint.IssuedAt: 0x6968b398} {
		if at.Unix() != unix {
			t.Errorf("%v is %#x", at, at.Unix())
		}
	}
}

func TestTwoBuildsAreTheSame(t *testing.T) {
	for range 2 {
		ut, again := mint.Utopia(), mint.Utopia()
		for i, s := range ut.Signers() {
			other := again.Signers()[i]
			if !bytes.Equal(s.Cert, other.Cert) {
				t.Errorf("%s has two certificates", s.Name)
			}
			if mint.Vaccination(s).Build().Text != mint.Vaccination(other).Build().Text {
				t.Errorf("%s signs two documents", s.Name)
			}
		}
	}
}

func TestEveryHookReachesItsLayerAndLeavesTheSibling(t *testing.T) {
	good := mint.Vaccination(mint.Utopia().Vaccination)
	before := good.Build()
	mark := func(b []byte) []byte { return append(bytes.Clone(b), 0xee) }
	say := func(s string) string { return s + "!" }
	signed := func(b mint.Built) []byte { return toBeSigned(b.Protected, b.Claims) }
	for name, c := range map[string]struct {
		hooks mint.Hooks
		layer func(mint.Built) []byte
		want  []byte
		holds bool // whether the signature covers what stands in the document
	}{
		"Header":       {mint.Hooks{Header: mark}, func(b mint.Built) []byte { return b.Protected }, mark(before.Protected), true},
		"Payload":      {mint.Hooks{Payload: mark}, func(b mint.Built) []byte { return b.Claims }, mark(before.Claims), true},
		"SigStructure": {mint.Hooks{SigStructure: mark}, func(b mint.Built) []byte { return b.SigStructure }, mark(before.SigStructure), false},
		"Altered":      {mint.Hooks{Altered: mark}, func(b mint.Built) []byte { return b.Claims }, mark(before.Claims), false},
		"Signature": {mint.Hooks{Signature: mint.NoSignature}, func(b mint.Built) []byte { return b.COSE },
			append(bytes.Clone(before.COSE[:len(before.COSE)-66]), 0x40), false},
		"Sign1": {mint.Hooks{Sign1: func(a mint.Array) mint.Item { return mint.IndefArray(a) }}, func(b mint.Built) []byte { return b.COSE },
			join([]byte{0xd2, 0x9f}, before.COSE[2:], []byte{0xff}), true},
		"COSE":       {mint.Hooks{COSE: mark}, func(b mint.Built) []byte { return b.COSE }, mark(before.COSE), true},
		"Compress":   {mint.Hooks{Compress: mark}, func(b mint.Built) []byte { return b.Compressed }, mark(before.COSE), true},
		"Compressed": {mint.Hooks{Compressed: mark}, func(b mint.Built) []byte { return b.Compressed }, mark(before.Compressed), true},
		"Base45":     {mint.Hooks{Base45: say}, func(b mint.Built) []byte { return []byte(b.Text) }, []byte(before.Text + "!"), true},
		"Text":       {mint.Hooks{Text: say}, func(b mint.Built) []byte { return []byte(b.Text) }, []byte(before.Text + "!"), true},
	} {
		changed := good
		changed.Hooks = c.hooks
		b := changed.Build()
		if got := c.layer(b); !bytes.Equal(got, c.want) {
			t.Errorf("%s: got %x, want %x", name, got, c.want)
		}
		if b.Text == before.Text {
			t.Errorf("%s: the text is that of the sibling", name)
		}
		if holds := verifies(good.Signer.Leaf.PublicKey, crypto.SHA256, signed(b), b.Signature); holds != c.holds {
			t.Errorf("%s: the signature holds: %v", name, holds)
		}
		if good.Build().Text != before.Text {
			t.Errorf("%s changed the sibling", name)
		}
	}
}

func TestTagsAndADetachedPayload(t *testing.T) {
	good := mint.Vaccination(mint.Utopia().Vaccination)
	bare := good.Build().COSE[1:]
	for _, c := range []struct {
		tags []uint64
		want string
	}{{nil, ""}, {[]uint64{61, 18}, "\xd8\x3d\xd2"}, {[]uint64{98}, "\xd8\x62"}} {
		h := good
		h.Tags = c.tags
		if got := h.Build().COSE; string(got) != c.want+string(bare) {
			t.Errorf("%v: the envelope begins with %x", c.tags, got[:8])
		}
	}
	h := good
	h.Detached = true
	b := h.Build()
	want := join([]byte{0xd2, 0x84}, byteString(b.Protected), []byte{0xa0, 0xf6}, byteString(b.Signature))
	if !bytes.Equal(b.COSE, want) {
		t.Errorf("detached: got %x, want %x", b.COSE, want)
	}
	if !verifies(good.Signer.Leaf.PublicKey, crypto.SHA256, toBeSigned(b.Protected, b.Claims), b.Signature) {
		t.Error("detached: the signature does not cover the claims")
	}
}

func TestResigningKeepsWhatTheDocumentSaysOfItsSigner(t *testing.T) {
	good, stranger := mint.Vaccination(mint.Utopia().Vaccination), mint.Fresh("stranger")
	a, b := good.Build(), mint.Resign(good, stranger).Build()
	if !bytes.Equal(a.SigStructure, b.SigStructure) {
		t.Error("the signed bytes differ")
	}
	if verifies(good.Signer.Leaf.PublicKey, crypto.SHA256, b.SigStructure, b.Signature) {
		t.Error("the signature holds under the key that it is not of")
	}
	if !verifies(stranger.Leaf.PublicKey, crypto.SHA256, b.SigStructure, b.Signature) {
		t.Error("the signature does not hold under the key that it is of")
	}
}

func TestABombIsSmallAndInflatesToItsSize(t *testing.T) {
	const zeros = 1 << 20
	h := mint.Bomb(mint.Utopia().Vaccination, zeros)
	b := h.Build()
	if len(b.Compressed) > zeros/500 {
		t.Errorf("%d bytes for a megabyte", len(b.Compressed))
	}
	if got := inflate(t, b.Compressed); len(got) < zeros || !bytes.Equal(got, b.COSE) {
		t.Errorf("it inflates to %d bytes", len(got))
	}
	if !verifies(h.Signer.Leaf.PublicKey, crypto.SHA256, toBeSigned(b.Protected, b.Claims), b.Signature) {
		t.Error("its signature does not hold, so that it would be refused for another reason")
	}
}
