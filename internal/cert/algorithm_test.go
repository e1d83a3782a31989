package cert_test

import (
	"crypto"
	"errors"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/cert"
	reader "github.com/travelseal/travelseal/internal/der"
	"github.com/travelseal/travelseal/internal/mint/der"
	"github.com/travelseal/travelseal/internal/mint/pki"
	"github.com/travelseal/travelseal/internal/sig"
)

// value reads what the mint wrote.
func value(t *testing.T, v der.Value) reader.Value {
	t.Helper()
	r := reader.New(v.Encode())
	got, err := r.Next("a test value")
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func TestAlgorithm(t *testing.T) {
	ecdsa := func(h crypto.Hash, e formats.Encoding) formats.Algorithm {
		return formats.Algorithm{Scheme: formats.ECDSA, Hash: h, Encoding: e}
	}
	pss := func(h, mgf crypto.Hash, salt int) formats.Algorithm {
		return formats.Algorithm{Scheme: formats.RSAPSS, Hash: h, MGFHash: mgf, SaltLength: salt}
	}
	stated := func(h, mgf crypto.Hash, salt int) der.Value {
		return pki.PSS{Hash: h, MGF: mgf, Salt: salt, Trailer: 1}.Identifier()
	}
	const idPSS, idMGF, idSHA1 = "1.2.840.113549.1.1.10", "1.2.840.113549.1.1.8", "1.3.14.3.2.26"
	sha1 := der.Seq(der.OID(idSHA1), der.Null())
	spelled := der.Seq(der.OID(idPSS), der.Seq(der.Explicit(0, sha1), der.Explicit(1, der.Seq(der.OID(idMGF), sha1)),
		der.Explicit(2, der.Int(20)), der.Explicit(3, der.Int(1))))
	params := func(fields ...der.Value) der.Value { return der.Seq(der.OID(idPSS), der.Seq(fields...)) }
	none := formats.Algorithm{}
	for _, c := range []struct {
		name string
		id   der.Value
		want formats.Algorithm
		err  error
	}{
		{"ECDSA SHA-1", pki.ECDSA(crypto.SHA1).ID, ecdsa(crypto.SHA1, formats.DER), nil},
		{"ECDSA SHA-224", pki.ECDSA(crypto.SHA224).ID, ecdsa(crypto.SHA224, formats.DER), nil},
		{"ECDSA SHA-256", pki.ECDSA(crypto.SHA256).ID, ecdsa(crypto.SHA256, formats.DER), nil},
		{"ECDSA SHA-384", pki.ECDSA(crypto.SHA384).ID, ecdsa(crypto.SHA384, formats.DER), nil},
		{"ECDSA SHA-512", pki.ECDSA(crypto.SHA512).ID, ecdsa(crypto.SHA512, formats.DER), nil},
		{"plain SHA-1", pki.PlainECDSA(crypto.SHA1).ID, ecdsa(crypto.SHA1, formats.Raw), nil},
		{"plain SHA-224", pki.PlainECDSA(crypto.SHA224).ID, ecdsa(crypto.SHA224, formats.Raw), nil},
		{"plain SHA-256", pki.PlainECDSA(crypto.SHA256).ID, ecdsa(crypto.SHA256, formats.Raw), nil},
		{"plain SHA-384", pki.PlainECDSA(crypto.SHA384).ID, ecdsa(crypto.SHA384, formats.Raw), nil},
		{"plain SHA-512", pki.PlainECDSA(crypto.SHA512).ID, ecdsa(crypto.SHA512, formats.Raw), nil},
		{"RSA SHA-1", pki.PKCS1(crypto.SHA1).ID, formats.Algorithm{Scheme: formats.RSAPKCS1, Hash: crypto.SHA1}, nil},
		{"RSA SHA-224", pki.PKCS1(crypto.SHA224).ID, formats.Algorithm{Scheme: formats.RSAPKCS1, Hash: crypto.SHA224}, nil},
		{"RSA SHA-256", pki.PKCS1(crypto.SHA256).ID, formats.RS256, nil},
		{"RSA SHA-384", pki.PKCS1(crypto.SHA384).ID, formats.Algorithm{Scheme: formats.RSAPKCS1, Hash: crypto.SHA384}, nil},
		{"RSA SHA-512", pki.PKCS1(crypto.SHA512).ID, formats.Algorithm{Scheme: formats.RSAPKCS1, Hash: crypto.SHA512}, nil},
		{"RSA MD5", der.Seq(der.OID("1.2.840.113549.1.1.4"), der.Null()), formats.Algorithm{Scheme: formats.RSAPKCS1, Hash: crypto.MD5}, nil},
		{"Ed25519", pki.EdDSA().ID, formats.EdDSA, nil},

		{"PSS SHA-256", pki.PSSOf(crypto.SHA256).ID, formats.PS256, nil},
		{"PSS SHA-512, mask SHA-1, salt 0", stated(crypto.SHA512, crypto.SHA1, 0), pss(crypto.SHA512, crypto.SHA1, 0), nil},
		{"PSS, salt 20", stated(crypto.SHA256, crypto.SHA256, 20), pss(crypto.SHA256, crypto.SHA256, 20), nil},
		{"PSS, all defaults left out", params(), pss(crypto.SHA1, crypto.SHA1, 20), nil},
		{"PSS, all defaults written out", spelled, pss(crypto.SHA1, crypto.SHA1, 20), nil},
		{"PSS without parameters", pki.PSSIdentifierBare(), none, reader.ErrTruncated},
		{"PSS with NULL", pki.PSSIdentifierNull(), none, reader.ErrTag},
		{"PSS, trailer 2", pki.PSS{Hash: crypto.SHA256, MGF: crypto.SHA256, Salt: 32, Trailer: 2}.Identifier(), none, reader.ErrRange},
		{"PSS, trailer 0", params(der.Explicit(3, der.Int(0))), none, reader.ErrRange},
		{"PSS, a negative salt", params(der.Explicit(2, der.Int(-1))), none, reader.ErrRange},
		{"PSS, a salt of 1025", params(der.Explicit(2, der.Int(1025))), none, reader.ErrRange},
		{"PSS, fields out of order", params(der.Explicit(3, der.Int(1)), der.Explicit(2, der.Int(20))), none, reader.ErrTrailing},
		{"PSS, a field twice", params(der.Explicit(2, der.Int(20)), der.Explicit(2, der.Int(20))), none, reader.ErrTrailing},
		{"PSS, another mask", params(der.Explicit(1, der.Seq(der.OID("1.2.3"), sha1))), none, sig.ErrUnsupported},
		{"PSS, a mask of no hash", params(der.Explicit(1, der.Seq(der.OID(idMGF)))), none, reader.ErrTruncated},
		{"PSS, an unknown hash", params(der.Explicit(0, der.Seq(der.OID("1.2.3")))), none, sig.ErrUnsupported},

		{"unknown", der.Seq(der.OID("1.2.3")), none, sig.ErrUnsupported},
		{"rsaEncryption", pki.RSAEncryption(crypto.SHA256).ID, none, sig.ErrUnsupported},
		{"RSA without NULL", der.Seq(der.OID("1.2.840.113549.1.1.11")), formats.RS256, nil},
		{"RSA with a number", der.Seq(der.OID("1.2.840.113549.1.1.11"), der.Int(0)), none, reader.ErrTag},
		{"RSA with a NULL of a byte", der.Seq(der.OID("1.2.840.113549.1.1.11"), der.Primitive(5, []byte{0})), none, reader.ErrTag},
		{"RSA with two NULLs", der.Seq(der.OID("1.2.840.113549.1.1.11"), der.Null(), der.Null()), none, reader.ErrTrailing},
		{"ECDSA with NULL", der.Seq(der.OID("1.2.840.10045.4.3.2"), der.Null()), ecdsa(crypto.SHA256, formats.DER), nil},
		{"ECDSA with a curve", der.Seq(der.OID("1.2.840.10045.4.3.2"), der.OID("1.2.840.10045.3.1.7")), none, reader.ErrTag},
		{"Ed25519 with NULL", der.Seq(der.OID("1.3.101.112"), der.Null()), none, reader.ErrTag},
		{"a set", der.Set(der.OID("1.3.101.112")), none, reader.ErrTag},
		{"nothing", der.Seq(), none, reader.ErrTruncated},
	} {
		got, err := cert.Algorithm(value(t, c.id))
		if got != c.want || !errors.Is(err, c.err) {
			t.Errorf("%s: got %+v, %v; want %+v, %v", c.name, got, err, c.want, c.err)
		}
	}
}

func TestHash(t *testing.T) {
	for _, h := range []crypto.Hash{crypto.SHA1, crypto.SHA224, crypto.SHA256, crypto.SHA384, crypto.SHA512} {
		for _, id := range []der.Value{pki.HashID(h), pki.HashIDNull(h)} {
			if got, err := cert.Hash(value(t, id)); got != h || err != nil {
				t.Errorf("%s: got %s, %v", h, got, err)
			}
		}
	}
	for name, c := range map[string]struct {
		id  der.Value
		err error
	}{
		"unknown":       {der.Seq(der.OID("1.2.3")), sig.ErrUnsupported},
		"with a number": {der.Seq(der.OID("2.16.840.1.101.3.4.2.1"), der.Int(1)), reader.ErrTag},
		"two NULLs":     {der.Seq(der.OID("2.16.840.1.101.3.4.2.1"), der.Null(), der.Null()), reader.ErrTrailing},
		"a NULL alone":  {der.Null(), reader.ErrTag},
	} {
		if got, err := cert.Hash(value(t, c.id)); got != 0 || !errors.Is(err, c.err) {
			t.Errorf("%s: got %s, %v; want %v", name, got, err, c.err)
		}
	}
}

// Every algorithm that the mint signs with holds, and no other key or parameter does.
func TestSignaturesHoldUnderTheirOwnKeyAlone(t *testing.T) {
	kinds := map[pki.Kind][]pki.Algorithm{
		pki.P256: {pki.ECDSA(crypto.SHA224), pki.ECDSA(crypto.SHA256), pki.ECDSA(crypto.SHA512), pki.PlainECDSA(crypto.SHA256)},
		pki.RSA2048: {
			pki.PKCS1(crypto.SHA256), pki.PKCS1(crypto.SHA512), pki.PSSOf(crypto.SHA256), pki.PSSOf(crypto.SHA512),
			pki.PSSWith(pki.PSS{Hash: crypto.SHA256, MGF: crypto.SHA1, Salt: 11, Trailer: 1}),
		},
		pki.BrainpoolP384r1: {pki.ECDSA(crypto.SHA384), pki.PlainECDSA(crypto.SHA512)},
		pki.Ed25519:         {pki.EdDSA()},
	}
	for kind, algorithms := range kinds {
		ca := pki.NewCSCA("own", pki.CSCA().Keyed(kind))
		own, twin := parse(t, ca.Cert), parse(t, ca.Twin("forger").Cert)
		for _, a := range algorithms {
			c := parse(t, ca.Issue("ds", pki.DSC().SignedWith(a)).Cert)
			wants(t, string(kind), c.CheckSignature(own), nil)
			wants(t, string(kind)+", the twin's key", c.CheckSignature(twin), sig.ErrMismatch)
		}
	}
	rsa := pki.NewCSCA("own", pki.CSCA().Keyed(pki.RSA2048e3))
	ca := parse(t, rsa.Cert)
	for name, c := range map[string]struct {
		a    pki.Algorithm
		want error
	}{
		"no NULL":                   {pki.PKCS1NoNull(crypto.SHA256), sig.ErrNullOmitted},
		"SHA-1":                     {pki.PKCS1(crypto.SHA1), sig.ErrWeakHash},
		"forged behind the hash":    {pki.PKCS1Forged(crypto.SHA256), sig.ErrMismatch},
		"PSS under the wrong salt":  {pki.PSSOf(crypto.SHA256).Stating(pki.PSS{Hash: crypto.SHA256, MGF: crypto.SHA256, Salt: 20, Trailer: 1}.Identifier()), sig.ErrMismatch},
		"PSS stated, v1.5 made":     {pki.PKCS1(crypto.SHA256).Stating(pki.PSSOf(crypto.SHA256).ID), sig.ErrMismatch},
		"an algorithm of no name":   {pki.PKCS1(crypto.SHA256).Stating(der.Seq(der.OID("1.2.3"))), sig.ErrUnsupported},
		"ECDSA stated, RSA made":    {pki.PKCS1(crypto.SHA256).Stating(pki.ECDSA(crypto.SHA256).ID), sig.ErrKeyType},
		"rsaEncryption (CMS alone)": {pki.RSAEncryption(crypto.SHA256), sig.ErrUnsupported},
	} {
		got := parse(t, rsa.Issue("ds", pki.DSC().SignedWith(c.a)).Cert)
		wants(t, name, got.CheckSignature(ca), c.want)
		if good(got.CheckSignature(ca)) != good(c.want) {
			t.Errorf("%s: good", name)
		}
		if unknown := errors.Is(c.want, sig.ErrUnsupported); unknown != (got.AlgorithmProblem != nil) {
			t.Errorf("%s: AlgorithmProblem is %v", name, got.AlgorithmProblem)
		}
	}
}
