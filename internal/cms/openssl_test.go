package cms_test

import (
	"crypto"
	"os"
	"slices"
	"testing"

	"github.com/travelseal/travelseal/internal/cms"
	mint "github.com/travelseal/travelseal/internal/mint/der"
	"github.com/travelseal/travelseal/internal/mint/pki"
	"github.com/travelseal/travelseal/internal/outside"
)

// openssl tells whether OpenSSL finds a message's signatures sound by the certificates in it, of whatever authority.
func openssl(t *testing.T, message []byte) bool {
	t.Helper()
	return outside.OpenSSL(t, map[string][]byte{"message": message},
		"cms", "-verify", "-inform", "DER", "-in", "message", "-noverify", "-binary", "-out", os.DevNull).OK
}

// OpenSSL reads messages independently. Where the two differ, the reason is written down.
func TestOpenSSLAgrees(t *testing.T) {
	good := sealed(dsc)
	ber := good
	ber.BER = true
	two := good
	two.Signers = append(slices.Clone(two.Signers), sealed(rsa).Signers...)
	type signer = func(*pki.SignerInfo)
	for name, c := range map[string]struct {
		message   pki.Message
		holds     bool
		different string // why OpenSSL decides otherwise
	}{
		"plain":            {good, true, ""},
		"BER":              {ber, true, ""},
		"RSA":              {sealed(rsa), true, ""},
		"PSS, salt 0":      {algorithmOf(pki.PSSWith(pki.PSS{Hash: crypto.SHA256, MGF: crypto.SHA256, Trailer: 1})), true, ""},
		"PSS, SHA-512":     {algorithmOf(pki.PSSOf(crypto.SHA512)).WithDigest(crypto.SHA512), true, ""},
		"a key identifier": {good.Signer(signer(func(s *pki.SignerInfo) { s.SID = pki.ByKeyID(dsc.KeyID) })), true, ""},
		"no content type":  {good.Signer(signer(func(s *pki.SignerInfo) { s.Attributes = pki.Without(pki.OIDContentType) })), false, ""},
		"no digest":        {good.Signer(signer(func(s *pki.SignerInfo) { s.Attributes = pki.Without(pki.OIDMessageDigest) })), false, ""},
		"two digests":      {good.Signer(signer(func(s *pki.SignerInfo) { s.Attributes = pki.Doubled(pki.OIDMessageDigest) })), false, ""},
		"another digest": {good.Signer(signer(func(s *pki.SignerInfo) {
			s.Attributes = pki.Valued(pki.OIDMessageDigest, mint.Octets(make([]byte, 32)))
		})), false, ""},
		"another signature": {good.Signer(signer(func(s *pki.SignerInfo) { s.Signature = func(b []byte) []byte { b[len(b)-1] ^= 1; return b } })), false, ""},

		"two signers":       {two, false, "no use here has two signers"},
		"no attributes":     {good.Signer(signer(func(s *pki.SignerInfo) { s.NoAttributes = true })), false, "Doc 9303 demands them"},
		"swapped":           {good.AttributesAsContent(), false, "Doc 9303 demands attributes"},
		"written backwards": {good.Signer(signer(func(s *pki.SignerInfo) { s.Reordered = true })), true, "it hashes the attributes as they stand, RFC 5652 §5.4 in DER"},
		"signed backwards": {good.Signer(signer(func(s *pki.SignerInfo) {
			s.AsGiven = true
			s.Attributes = func(list []pki.CMSAttribute) []pki.CMSAttribute { slices.Reverse(list); return list }
		})), false, "it hashes the attributes as they stand, RFC 5652 §5.4 in DER"},
		"an unmatched identifier": {good.Signer(signer(func(s *pki.SignerInfo) { s.SID = pki.ByKeyID([]byte{1}) })), true, "it takes no other certificate than the one identified"},
	} {
		message := c.message.Encode()
		seal, binding, err := parse(t, name, message).Seal(cms.Profile{ContentType: sod.ContentType})
		ours := err == nil && holds(t, seal, binding, c.message.Signers[0].By.Cert) == nil
		if theirs := openssl(t, message); ours != c.holds || (ours != theirs) != (c.different != "") {
			t.Errorf("%s: holds %t, and for OpenSSL %t", name, ours, theirs)
		}
	}
}
