package pki_test

import (
	"crypto"
	"encoding/hex"
	"encoding/pem"
	"math/big"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/travelseal/travelseal/internal/mint/der"
	"github.com/travelseal/travelseal/internal/mint/pki"
	"github.com/travelseal/travelseal/internal/outside"
)

// openssl gives the output of OpenSSL, and whether it ended well.
func openssl(t *testing.T, files map[string][]byte, args ...string) (string, bool) {
	t.Helper()
	r := outside.OpenSSL(t, files, args...)
	return string(r.Output), r.OK
}

// verified asks OpenSSL whether a certificate leads to an authority.
func verified(t *testing.T, csca, dsc *pki.Credential) (string, bool) {
	t.Helper()
	return openssl(t, map[string][]byte{"ca.pem": csca.PEM(), "ds.pem": dsc.PEM()},
		"verify", "-no_check_time", "-check_ss_sig", "-auth_level", "0", "-CAfile", "ca.pem", "ds.pem")
}

func TestOpenSSLVerifiesChainsOfEveryKey(t *testing.T) {
	kinds := append(pki.Curves(), pki.RSA1024, pki.RSA2048, pki.RSA2048e3, "RSA-2047", "RSA-1025-e3", pki.Ed25519)
	for _, kind := range kinds {
		t.Run(string(kind), func(t *testing.T) {
			csca := pki.NewCSCA("oracle", pki.CSCA().Keyed(kind))
			if out, ok := verified(t, csca, csca.Issue("ds", pki.DSC().Keyed(kind))); !ok {
				t.Error(out)
			}
		})
	}
}

// signs asks OpenSSL whether a key, as it is written, verifies its own signature. OpenSSL takes no explicit parameters in a
// certificate of a chain, but it does in a key.
func signs(t *testing.T, k *pki.Key, written pki.SPKI) (string, bool) {
	t.Helper()
	message := []byte("message")
	key := pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: written.Value(k).Encode()})
	signature := pki.Sign(k, pki.ECDSA(crypto.SHA256), message)
	return openssl(t, map[string][]byte{"key.pem": key, "message": message, "signature": signature},
		"dgst", "-sha256", "-verify", "key.pem", "-signature", "signature", "message")
}

func TestOpenSSLVerifiesByKeysInEveryForm(t *testing.T) {
	for _, kind := range pki.Curves() {
		k := pki.NewKey(kind, "form")
		bare := k.Curve.Explicit(pki.Uncompressed)
		bare.Cofactor = nil
		for name, written := range map[string]pki.SPKI{
			"explicit":             {Params: k.Curve.Explicit(pki.Uncompressed).Value()},
			"compressed generator": {Params: k.Curve.Explicit(pki.Compressed).Value()},
			"without cofactor":     {Params: bare.Value()},
			"compressed point":     {Form: pki.Compressed},
			"hybrid point":         {Form: pki.Hybrid},
		} {
			if strings.HasSuffix(string(kind), "t1") && name != "explicit" {
				continue // the twin r1 has the same code
			}
			if out, ok := signs(t, k, written); !ok {
				t.Errorf("%s, %s: %s", kind, name, out)
			}
		}
	}
	k := pki.NewKey(pki.P256, "form")
	wrongB := k.Curve.Explicit(pki.Uncompressed)
	wrongB.B = der.Octets(k.Curve.A.Bytes())
	composite := k.Curve.Explicit(pki.Uncompressed)
	composite.Field = pki.PrimeField(new(big.Int).Add(k.Curve.P, big.NewInt(2)))
	binary := k.Curve.Explicit(pki.Uncompressed)
	binary.Field = pki.BinaryField()
	for name, written := range map[string]pki.SPKI{
		"off the curve": {Form: pki.OffCurve}, "at infinity": {Form: pki.Infinity}, "implicit": {Params: pki.ImplicitCA()},
		"another b": {Params: wrongB.Value()}, "another p": {Params: composite.Value()},
		"characteristic two": {Params: binary.Value()},
	} {
		if out, ok := signs(t, k, written); ok {
			t.Errorf("%s was accepted: %s", name, out)
		}
	}
}

// A verifier that takes any generator takes the forgery: the signature is sound under the parameters that the key states.
func TestCurveBallSignsForAnotherKey(t *testing.T) {
	k := pki.NewKey(pki.P256, "genuine")
	ball := k.CurveBall("forger")
	if k.Public.X.Cmp(ball.Public.X) != 0 || k.Scalar.Cmp(ball.Scalar) == 0 {
		t.Fatal("the forger must have the same point and not the same scalar")
	}
	if out, ok := signs(t, ball, pki.SPKI{Params: ball.Curve.Explicit(pki.Uncompressed).Value()}); !ok {
		t.Error(out)
	}
	if out, ok := signs(t, ball, pki.SPKI{}); ok {
		t.Errorf("accepted under the named curve: %s", out)
	}
}

func TestOpenSSLVerifiesEverySignatureAlgorithm(t *testing.T) {
	hashes := []crypto.Hash{crypto.SHA1, crypto.SHA224, crypto.SHA256, crypto.SHA384, crypto.SHA512}
	check := func(kind pki.Kind, name string, a pki.Algorithm) {
		t.Helper()
		csca := pki.NewCSCA("oracle", pki.CSCA().Keyed(kind).SignedWith(a))
		if out, ok := verified(t, csca, csca.Issue("ds", pki.DSC().SignedWith(a))); !ok {
			t.Errorf("%s, %s: %s", kind, name, out)
		}
	}
	for _, h := range hashes {
		check(pki.P256, h.String(), pki.ECDSA(h))
		check(pki.RSA2048, h.String(), pki.PKCS1(h))
		check(pki.RSA2048, "PSS "+h.String(), pki.PSSOf(h))
	}
	longest := pki.NewKey(pki.RSA2048, "oracle").MaxSalt(crypto.SHA256)
	for name, p := range map[string]pki.PSS{
		"salt 0":           {Hash: crypto.SHA256, MGF: crypto.SHA256, Salt: 0, Trailer: 1},
		"salt 20":          {Hash: crypto.SHA256, MGF: crypto.SHA256, Salt: 20, Trailer: 1},
		"longest salt":     {Hash: crypto.SHA256, MGF: crypto.SHA256, Salt: longest, Trailer: 1},
		"another MGF hash": {Hash: crypto.SHA256, MGF: crypto.SHA1, Salt: 32, Trailer: 1},
	} {
		check(pki.RSA2048, name, pki.PSSWith(p))
	}
	only := pki.CSCA().Keyed(pki.RSA2048).SignedWith(pki.PSSOf(crypto.SHA256))
	params := pki.PSS{Hash: crypto.SHA256, MGF: crypto.SHA256, Salt: 32, Trailer: 1}.Params()
	for name, written := range map[string]pki.SPKI{
		"a key for PSS only": {PSS: true}, "with parameters": {PSS: true, Params: params}, "without NULL": {NoParams: true},
	} {
		csca := pki.NewCSCA("oracle", only.Written(written))
		if out, ok := verified(t, csca, csca.Issue("ds", pki.DSC().SignedWith(pki.PSSOf(crypto.SHA256)))); !ok {
			t.Errorf("%s: %s", name, out)
		}
	}
	check("RSA-2047", "PSS", pki.PSSOf(crypto.SHA256))
	check("RSA-2049", "PSS", pki.PSSOf(crypto.SHA512))
}

func TestOpenSSLRefusesWhatIsNotSound(t *testing.T) {
	rsa := pki.NewCSCA("oracle", pki.CSCA().Keyed(pki.RSA2048))
	three := pki.NewCSCA("oracle", pki.CSCA().Keyed(pki.RSA2048e3))
	ec := pki.NewCSCA("oracle", pki.CSCA())
	pss := pki.PSS{Hash: crypto.SHA256, MGF: crypto.SHA256, Salt: 32, Trailer: 1}
	otherSalt, trailer2 := pss, pss
	otherSalt.Salt, trailer2.Trailer = 20, 2
	plain := pki.PlainECDSA(crypto.SHA256).Stating(pki.ECDSA(crypto.SHA256).ID)
	short, zeros := pki.PKCS1(crypto.SHA256), pki.PKCS1(crypto.SHA256)
	short.Block, zeros.Block = pki.ShortBlock, pki.ZeroBlock
	inner := pki.DSC()
	inner.Inner = pki.ECDSA(crypto.SHA384).ID
	for name, c := range map[string]struct {
		trusted, issuer *pki.Credential
		template        pki.Template
	}{
		"the forgery for exponent 3": {three, three, pki.DSC().SignedWith(pki.PKCS1Forged(crypto.SHA256))},
		"padding that is too short":  {rsa, rsa, pki.DSC().SignedWith(short)},
		"padding of zeros":           {rsa, rsa, pki.DSC().SignedWith(zeros)},
		"another salt than stated":   {rsa, rsa, pki.DSC().SignedWith(pki.PSSWith(pss).Stating(otherSalt.Identifier()))},
		"trailer 2":                  {rsa, rsa, pki.DSC().SignedWith(pki.PSSWith(trailer2))},
		"PSS without parameters":     {rsa, rsa, pki.DSC().SignedWith(pki.PSSWith(pss).Stating(pki.PSSIdentifierBare()))},
		"PSS with NULL":              {rsa, rsa, pki.DSC().SignedWith(pki.PSSWith(pss).Stating(pki.PSSIdentifierNull()))},
		"r‖s":                        {ec, ec, pki.DSC().SignedWith(plain)},
		"a twin's":                   {ec, ec.Twin("forger"), pki.DSC()},
		"a leaf as authority":        {ec, ec.Issue("leaf", pki.DSC()), pki.DSC()},
		"an unknown extension":       {ec, ec, pki.DSC().With(pki.UnknownCritical())},
		"another inner algorithm":    {ec, ec, inner},
	} {
		if out, ok := verified(t, c.trusted, c.issuer.Issue("ds", c.template)); ok {
			t.Errorf("%s was accepted: %s", name, out)
		}
	}
}

func TestOpenSSLReadsRevocationLists(t *testing.T) {
	csca := pki.NewCSCA("oracle", pki.CSCA().Keyed(pki.BrainpoolP256r1))
	dsc := csca.Issue("ds", pki.DSC())
	for name, list := range map[string]pki.CRL{
		"empty":    pki.List(1),
		"one":      pki.List(2, dsc),
		"undated":  pki.List(3, dsc).Dated(pki.ListedAt, time.Time{}),
		"indirect": pki.List(4, dsc).With(pki.IssuingPoint(false, false, true)),
		"delta":    pki.List(5, dsc).With(pki.DeltaIndicator(4)),
		"v1":       {Version: 1, ThisUpdate: pki.ListedAt},
	} {
		out, ok := openssl(t, map[string][]byte{"ca.pem": csca.PEM(), "crl": csca.Revoke(list)},
			"crl", "-inform", "DER", "-in", "crl", "-CAfile", "ca.pem", "-noout", "-text")
		if !ok || !strings.Contains(out, "verify OK") {
			t.Errorf("%s: %s", name, out)
		}
		serial := strings.ToUpper(hex.EncodeToString(dsc.Serial.Encode()[2:]))
		if len(list.Revoked) == 1 && (!strings.Contains(out, serial) || !strings.Contains(out, "Key Compromise")) {
			t.Errorf("%s: the entry is missing: %s", name, out)
		}
	}
	other := csca.Renewed("next").Revoke(pki.List(1))
	if out, ok := openssl(t, map[string][]byte{"ca.pem": csca.PEM(), "crl": other},
		"crl", "-inform", "DER", "-in", "crl", "-CAfile", "ca.pem", "-noout"); ok && strings.Contains(out, "verify OK") {
		t.Errorf("a list by another key under the same name: %s", out)
	}
}

func flipped(b []byte) []byte {
	b[len(b)-1] ^= 1
	return b
}

func turned(list []pki.CMSAttribute) []pki.CMSAttribute {
	slices.Reverse(list)
	return list
}

// cms asks OpenSSL whether a message is sound and its signer leads to an authority.
func cms(t *testing.T, csca *pki.Credential, message []byte) (string, bool) {
	t.Helper()
	return openssl(t, map[string][]byte{"ca.pem": csca.PEM(), "cms": message},
		"cms", "-verify", "-inform", "DER", "-in", "cms", "-CAfile", "ca.pem", "-no_check_time", "-auth_level", "0",
		"-purpose", "any", "-binary", "-out", "content")
}

func TestOpenSSLVerifiesMessages(t *testing.T) {
	content := der.Seq(der.Int(0), der.Octets(make([]byte, 1500))).Encode()
	for _, kind := range []pki.Kind{pki.P256, pki.BrainpoolP512t1, pki.RSA2048} {
		csca := pki.NewCSCA("oracle", pki.CSCA().Keyed(kind))
		good := pki.Seal(pki.OIDLDSSecurityObject, content, csca.Issue("ds", pki.DSC().Keyed(kind)))
		forger := csca.Twin("forger").Issue("ds", pki.DSC().Keyed(kind))
		ber, bySKI := good, good.Signer(func(s *pki.SignerInfo) { s.SID = pki.ByKeyID(s.By.KeyID) })
		ber.BER = true
		for name, m := range map[string]pki.Message{
			"plain": good, "BER": ber, "key identifier": bySKI,
			"SHA-1": good.WithDigest(crypto.SHA1), "SHA-512": good.WithDigest(crypto.SHA512),
			"signed as given": good.Signer(func(s *pki.SignerInfo) { s.AsGiven, s.Attributes = true, turned }),
			"no attributes":   good.Signer(func(s *pki.SignerInfo) { s.NoAttributes = true }),
			"swapped":         good.AttributesAsContent(),
		} {
			if out, ok := cms(t, csca, m.Encode()); !ok {
				t.Errorf("%s, %s: %s", kind, name, out)
			}
		}
		for name, m := range map[string]pki.Message{
			"other digest": good.Signer(func(s *pki.SignerInfo) {
				s.Attributes = pki.Valued(pki.OIDMessageDigest, der.Octets(make([]byte, 32)))
			}),
			"reordered":           good.Signer(func(s *pki.SignerInfo) { s.Reordered = true }),
			"no content type":     good.Signer(func(s *pki.SignerInfo) { s.Attributes = pki.Without(pki.OIDContentType) }),
			"two message digests": good.Signer(func(s *pki.SignerInfo) { s.Attributes = pki.Doubled(pki.OIDMessageDigest) }),
			"signature changed":   good.Signer(func(s *pki.SignerInfo) { s.Signature = flipped }),
			"another's":           pki.Seal(pki.OIDLDSSecurityObject, content, forger),
		} {
			if out, ok := cms(t, csca, m.Encode()); ok {
				t.Errorf("%s, %s was accepted: %s", kind, name, out)
			}
		}
	}
	csca := pki.NewCSCA("oracle", pki.CSCA())
	rsa := pki.Seal(pki.OIDLDSSecurityObject, content, csca.Issue("rsa", pki.DSC().Keyed(pki.RSA2048)))
	for name, a := range map[string]pki.Algorithm{
		"PSS": pki.PSSOf(crypto.SHA256), "rsaEncryption": pki.RSAEncryption(crypto.SHA256), "PKCS1": pki.PKCS1(crypto.SHA256),
	} {
		if out, ok := cms(t, csca, rsa.Signer(func(s *pki.SignerInfo) { s.Algorithm = &a }).Encode()); !ok {
			t.Errorf("%s: %s", name, out)
		}
	}
}
