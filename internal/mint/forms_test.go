package mint_test

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"testing"

	"github.com/travelseal/travelseal/internal/mint"
)

func TestFormsOfASignature(t *testing.T) {
	s := mint.Signer{Key: mint.NewKey(mint.P256, "forms"), Alg: mint.ES256}
	message := []byte("a message")
	raw := s.Sign(message)
	pub := s.Key.Public().(*ecdsa.PublicKey)
	order := pub.Curve.Params().N
	zero := make([]byte, 32)

	if got := mint.AsDER(raw, pub); !bytes.Equal(got, derSignature(raw)) {
		t.Errorf("DER: %x", got)
	}
	mirrored := mint.Mirrored(raw, pub)
	if bytes.Equal(mirrored, raw) || !bytes.Equal(mirrored[:32], raw[:32]) || !verifies(pub, crypto.SHA256, message, mirrored) {
		t.Errorf("the mirrored signature %x must hold, with the same r and another s than %x", mirrored, raw)
	}
	for name, c := range map[string]struct {
		form mint.SignatureForm
		want []byte
	}{
		"ZeroR":       {mint.ZeroR, append(bytes.Clone(zero), raw[32:]...)},
		"ZeroS":       {mint.ZeroS, append(bytes.Clone(raw[:32]), zero...)},
		"AllZero":     {mint.AllZero, make([]byte, 64)},
		"OrderS":      {mint.OrderS, append(bytes.Clone(raw[:32]), order.FillBytes(make([]byte, 32))...)},
		"NoSignature": {mint.NoSignature, []byte{}},
		"Shortened":   {mint.Shortened, raw[:63]},
		"Lengthened":  {mint.Lengthened, append(bytes.Clone(raw), 0)},
	} {
		before := bytes.Clone(raw)
		if got := c.form(raw, pub); !bytes.Equal(got, c.want) {
			t.Errorf("%s: got %x, want %x", name, got, c.want)
		}
		if !bytes.Equal(raw, before) {
			t.Errorf("%s changed the original", name)
		}
		if verifies(pub, crypto.SHA256, message, c.want) {
			t.Errorf("%s: the signature holds", name)
		}
	}
}
