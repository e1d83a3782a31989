package pki_test

import (
	"bytes"
	"crypto"
	"crypto/elliptic"
	"crypto/rsa"
	"crypto/x509"
	"math/big"
	"slices"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/internal/mint/der"
	"github.com/travelseal/travelseal/internal/mint/pki"
)

func TestTheFiguresAreThoseOfTheNamedCurves(t *testing.T) {
	for _, kind := range pki.Curves() {
		c := pki.CurveOf(kind)
		if !c.Holds(c.Generator()) {
			t.Errorf("%s: the generator is not on the curve", kind)
		}
		if !c.P.ProbablyPrime(20) || !c.N.ProbablyPrime(20) {
			t.Errorf("%s: the modulus or the order is not prime", kind)
		}
		if end := c.Times(c.N, c.Generator()); end.X != nil {
			t.Errorf("%s: the order is another", kind)
		}
		if moved := c.Isomorphic(7); !moved.Holds(moved.Generator()) || moved.Times(c.N, moved.Generator()).X != nil {
			t.Errorf("%s: the isomorphic curve is wrong", kind)
		}
		if !strings.HasPrefix(string(kind), "brainpool") && kind != pki.P192 {
			continue // figures of the standard library
		}
		name := strings.Replace(string(kind), "P-192", "prime192v1", 1)
		out, ok := openssl(t, nil, "ecparam", "-name", name,
			"-param_enc", "explicit", "-conv_form", "uncompressed", "-outform", "DER")
		params := c.Explicit(pki.Uncompressed)
		if kind == pki.P192 { // whose parameters hold a seed there
			params.Seed = der.Bits(hexed("3045ae6fc8422f64ed579528d38120eae12196d5"))
		}
		if want := string(params.Value().Encode()); !ok || out != want {
			t.Errorf("%s: not the parameters of OpenSSL", kind)
		}
		if out, ok = openssl(t, nil, "ecparam", "-name", name, "-outform", "DER"); !ok || out != string(der.OID(c.OID).Encode()) {
			t.Errorf("%s: another identifier than that of OpenSSL", kind)
		}
	}
}

func hexed(s string) []byte {
	n, _ := new(big.Int).SetString(s, 16)
	return n.FillBytes(make([]byte, len(s)/2))
}

func TestTheArithmeticIsThatOfTheStandardLibrary(t *testing.T) {
	k := pki.NewKey(pki.P256, "arithmetic")
	point := k.Curve.Encode(k.Public, pki.Uncompressed)
	x, y := elliptic.UnmarshalCompressed(elliptic.P256(), k.Curve.Encode(k.Public, pki.Compressed))
	if x == nil || x.Cmp(k.Public.X) != 0 || y.Cmp(k.Public.Y) != 0 || len(point) != 65 {
		t.Error("the point is not the one that its compressed form means")
	}
	if k.Curve.Holds(pki.Point{X: k.Public.X, Y: new(big.Int).Xor(k.Public.Y, big.NewInt(1))}) {
		t.Error("a point off the curve is on it")
	}
}

func TestTheStandardLibraryReadsOrdinaryCertificates(t *testing.T) {
	for _, kind := range []pki.Kind{pki.P256, pki.P384, pki.P521, pki.RSA2048, pki.Ed25519} {
		csca := pki.NewCSCA("x509", pki.CSCA().Keyed(kind))
		root := parsed(t, csca)
		if !root.IsCA || !root.MaxPathLenZero || root.Subject.String() != "CN=CSCA UT,O=Utopia Test Authority,C=UT" {
			t.Errorf("%s: %v %v %s", kind, root.IsCA, root.MaxPathLenZero, root.Subject)
		}
		if err := root.CheckSignatureFrom(root); err != nil {
			t.Errorf("%s: self-signed: %v", kind, err)
		}
		for name, template := range map[string]pki.Template{
			"ds": pki.DSC(), "ml": pki.MasterListSigner(), "dl": pki.DeviationListSigner(), "dtc": pki.DTCSigner(), "crl": pki.CRLSigner(),
			"bcs": pki.BarcodeSigner(), "tls": pki.Server(), "mdoc": pki.MdocSigner(), "bare": pki.Bare(),
			"utf8": pki.DSC().Named(pki.DN("ut", "Ütopia", pki.HTML)),
		} {
			c := csca.Issue(name, template)
			leaf := parsed(t, c)
			if err := leaf.CheckSignatureFrom(root); err != nil {
				t.Errorf("%s, %s: %v", kind, name, err)
			}
			if leaf.IsCA || !leaf.NotBefore.Equal(template.NotBefore) || !leaf.NotAfter.Equal(template.NotAfter) {
				t.Errorf("%s, %s: another certificate than the template's", kind, name)
			}
			if name != "bare" && (!bytes.Equal(leaf.AuthorityKeyId, csca.KeyID) || !bytes.Equal(leaf.SubjectKeyId, c.KeyID)) {
				t.Errorf("%s, %s: another key identifier", kind, name)
			}
		}
	}
}

func parsed(t *testing.T, c *pki.Credential) *x509.Certificate {
	t.Helper()
	cert, err := x509.ParseCertificate(c.Cert)
	if err != nil {
		t.Fatalf("%s: %v", c.Name, err)
	}
	return cert
}

func TestRoles(t *testing.T) {
	csca := pki.NewCSCA("roles", pki.CSCA())
	use := func(t pki.Template) string {
		leaf, err := x509.ParseCertificate(csca.Issue("role", t).Cert)
		if err != nil || len(leaf.UnknownExtKeyUsage) != 1 {
			return ""
		}
		return leaf.UnknownExtKeyUsage[0].String()
	}
	for want, template := range map[string]pki.Template{
		pki.UseMasterList: pki.MasterListSigner(), pki.UseDeviationList: pki.DeviationListSigner(),
		pki.UseDTCSigner: pki.DTCSigner(), pki.UseBarcode: pki.BarcodeSigner(), pki.UseMdocSigner: pki.MdocSigner(), pki.UseHealthCSCA: pki.HealthCSCA(),
	} {
		if got := use(template); got != want {
			t.Errorf("got %q, want %s", got, want)
		}
	}
}

func TestLinksAndTwins(t *testing.T) {
	old := pki.NewCSCA("first", pki.CSCA())
	newer := pki.NewCSCA("second", pki.CSCA().Named(pki.Utopian("CSCA UT 2")))
	link := old.Link(newer)
	if err := parsed(t, link).CheckSignatureFrom(parsed(t, old)); err != nil {
		t.Errorf("link: %v", err)
	}
	if !bytes.Equal(parsed(t, link).RawSubjectPublicKeyInfo, parsed(t, newer).RawSubjectPublicKeyInfo) ||
		!bytes.Equal(parsed(t, link).RawSubject, parsed(t, newer).RawSubject) {
		t.Error("the link is not the newer authority's")
	}
	if err := parsed(t, newer.Issue("ds", pki.DSC())).CheckSignatureFrom(parsed(t, link)); err != nil {
		t.Errorf("a signer of the newer authority, by the link: %v", err)
	}

	twin := parsed(t, old.Twin("forger"))
	genuine := parsed(t, old)
	if !bytes.Equal(twin.RawSubject, genuine.RawSubject) || twin.SerialNumber.Cmp(genuine.SerialNumber) != 0 ||
		!bytes.Equal(twin.SubjectKeyId, genuine.SubjectKeyId) ||
		bytes.Equal(twin.RawSubjectPublicKeyInfo, genuine.RawSubjectPublicKeyInfo) {
		t.Error("a twin has the same names and another key")
	}
	if renewed := parsed(t, old.Renewed("next")); !bytes.Equal(renewed.RawSubject, genuine.RawSubject) ||
		bytes.Equal(renewed.SubjectKeyId, genuine.SubjectKeyId) {
		t.Error("a renewed authority has the same name and another key")
	}
}

func TestRollovers(t *testing.T) {
	roots, links := pki.Generations("rollover", 4)
	if len(roots) != 4 || len(links) != 3 {
		t.Fatalf("%d roots, %d links", len(roots), len(links))
	}
	for i, link := range links {
		if err := parsed(t, link).CheckSignatureFrom(parsed(t, roots[i])); err != nil {
			t.Errorf("link %d: %v", i, err)
		}
		if !bytes.Equal(parsed(t, link).RawSubjectPublicKeyInfo, parsed(t, roots[i+1]).RawSubjectPublicKeyInfo) {
			t.Errorf("link %d certifies another key", i)
		}
	}
	ring := pki.Ring(roots...)
	if err := parsed(t, ring[3]).CheckSignatureFrom(parsed(t, roots[3])); err != nil || !bytes.Equal(ring[3].KeyID, roots[0].KeyID) {
		t.Errorf("the ring is not closed: %v", err)
	}
}

func TestNamesakesAndCrowdsAreTakenForOthers(t *testing.T) {
	csca := pki.NewCSCA("namesakes", pki.CSCA())
	genuine := parsed(t, csca)
	serials := map[string]bool{}
	for _, c := range csca.Namesakes(3) {
		other := parsed(t, c)
		serials[other.SerialNumber.String()] = true
		if !bytes.Equal(other.RawSubject, genuine.RawSubject) || !bytes.Equal(other.SubjectKeyId, genuine.SubjectKeyId) ||
			bytes.Equal(other.RawSubjectPublicKeyInfo, genuine.RawSubjectPublicKeyInfo) {
			t.Error("a namesake has the same name and another key")
		}
	}
	for _, c := range csca.Crowd(3) {
		signer := parsed(t, c)
		serials[signer.SerialNumber.String()] = true
		if !bytes.Equal(signer.RawIssuer, genuine.RawSubject) || !bytes.Equal(signer.AuthorityKeyId, genuine.SubjectKeyId) ||
			signer.CheckSignatureFrom(genuine) == nil {
			t.Error("a signer of the crowd names the authority, which has not signed it")
		}
	}
	if len(serials) != 6 {
		t.Errorf("%d serial numbers", len(serials))
	}
}

func TestTheStandardLibraryVerifiesRSA(t *testing.T) {
	k := pki.NewKey(pki.RSA2048, "rsa")
	public := &rsa.PublicKey{N: k.Modulus, E: 65537}
	message := []byte("message")
	digest := pki.Digest(crypto.SHA256, message)
	if err := rsa.VerifyPKCS1v15(public, crypto.SHA256, digest, pki.Sign(k, pki.PKCS1(crypto.SHA256), message)); err != nil {
		t.Error(err)
	}
	if err := rsa.VerifyPKCS1v15(public, crypto.SHA256, digest, pki.Sign(k, pki.PKCS1NoNull(crypto.SHA256), message)); err == nil {
		t.Error("a DigestInfo without NULL has another encoding")
	}
	for _, salt := range []int{1, 32, k.MaxSalt(crypto.SHA256)} {
		signature := pki.Sign(k, pki.PSSWith(pki.PSS{Hash: crypto.SHA256, MGF: crypto.SHA256, Salt: salt, Trailer: 1}), message)
		if err := rsa.VerifyPSS(public, crypto.SHA256, digest, signature, &rsa.PSSOptions{SaltLength: salt}); err != nil {
			t.Errorf("salt %d: %v", salt, err)
		}
	}
}

// Whoever compares the beginning of the block only takes the forgery.
func TestTheForgeryBeginsAsAGenuineSignature(t *testing.T) {
	k := pki.NewKey(pki.RSA2048e3, "forgery")
	stranger := &pki.Key{Kind: k.Kind, Modulus: k.Modulus, Exponent: k.Exponent} // the forger has no private key
	for _, h := range []crypto.Hash{crypto.SHA1, crypto.SHA256} {                // those of SHA-512 need a longer key
		signature := new(big.Int).SetBytes(pki.Sign(stranger, pki.PKCS1Forged(h), []byte("message")))
		block := signature.Exp(signature, k.Exponent, k.Modulus).FillBytes(make([]byte, k.Size()))
		info := der.Seq(pki.HashIDNull(h), der.Octets(pki.Digest(h, []byte("message")))).Encode()
		want := pki.ShortBlock(info, k.Size())[:11+len(info)]
		if !bytes.HasPrefix(block, want) || bytes.Equal(block, pki.PKCS1Block(info, k.Size())) {
			t.Errorf("%v: %x", h, block[:80])
		}
	}
}

func TestRSAKeysHaveTheSizeThatTheirKindNames(t *testing.T) {
	for kind, bits := range map[pki.Kind]int{"RSA-1024": 1024, "RSA-1023": 1023, "RSA-2047": 2047, "RSA-1025-e3": 1025} {
		k := pki.NewKey(kind, "size")
		product := new(big.Int).Mul(k.Private, k.Exponent)
		if k.Modulus.BitLen() != bits || product.BitLen() < bits-20 {
			t.Errorf("%s: %d bits", kind, k.Modulus.BitLen())
		}
	}
}

func TestEverythingFollowsFromTheSeed(t *testing.T) {
	for _, kind := range []pki.Kind{pki.BrainpoolP160r1, pki.P521, "RSA-1024", pki.Ed25519} {
		a, b := pki.NewCSCA("seed", pki.CSCA().Keyed(kind)), pki.NewCSCA("seed", pki.CSCA().Keyed(kind))
		if !bytes.Equal(a.Cert, b.Cert) || !bytes.Equal(a.Revoke(pki.List(1, a)), b.Revoke(pki.List(1, b))) {
			t.Errorf("%s: two certificates of one seed differ", kind)
		}
		if c := pki.NewCSCA("other", pki.CSCA().Keyed(kind)); slices.Equal(a.KeyID, c.KeyID) {
			t.Errorf("%s: two seeds have one key", kind)
		}
	}
}

func TestUnknownKindsPanic(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("no panic")
		}
	}()
	pki.NewKey("P-257", "")
}
