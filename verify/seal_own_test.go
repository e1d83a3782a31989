package verify_test

import (
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/verify"
)

// "Signature sound" and "issuer known" are two results: a certificate that came with the document answers the first, and
// vouches for nothing.
func TestTheCertificateThatCameWithTheDocumentSaysWhetherTheSignatureIsSound(t *testing.T) {
	stranger, other := mint.Fresh("stranger"), mint.Fresh("other")
	message := []byte("a card of Maren")
	seal := func(der []byte) formats.Seal {
		return formats.Seal{
			Role: formats.Issuer, Envelope: "raw", Algorithm: formats.ES256, Signed: message, Signature: stranger.Sign(message),
			Signer: formats.Signer{Chain: [][]byte{der}},
		}
	}
	for what, c := range map[string]struct {
		der  []byte
		want verify.Code
	}{
		"its own":           {stranger.Cert, verify.SealSoundUnknown},
		"another's":         {other.Cert, verify.SealUnsound},
		"no certificate":    {[]byte("no certificate"), ""},
		"a weak key's":      {mint.NewCA("weak", mint.Template{Key: mint.RSA1024}).Cert, ""},
		"of another scheme": {mint.Utopia().RSA.Cert, ""},
	} {
		d := newSigner("ut").card()
		d.Seals[0] = seal(c.der)
		got := newWorld(t, newSigner("ut")).one(t, d)
		expect(t, got, verify.Untrusted, verify.Refer, verify.SealSignerUnknown)
		for _, code := range []verify.Code{verify.SealSoundUnknown, verify.SealUnsound} {
			if has := hasFinding(got, code); has != (code == c.want) {
				t.Errorf("%s: %s is given: %v", what, code, has)
			}
		}
		if got.Verified != nil || got.Seals[0].State != verify.UnknownSigner || got.Seals[0].Anchor != nil {
			t.Errorf("%s: it vouches: %+v", what, got.Seals[0])
		}
	}
}

func hasFinding(d verify.DocumentReport, code verify.Code) bool {
	for _, f := range d.Findings {
		if f.Code == code {
			return true
		}
	}
	return false
}
