package cms_test

import (
	"bytes"
	"crypto"
	"crypto/x509"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/cms"
	"github.com/travelseal/travelseal/internal/der"
	mint "github.com/travelseal/travelseal/internal/mint/der"
	"github.com/travelseal/travelseal/internal/mint/pki"
	"github.com/travelseal/travelseal/internal/sig"
)

var (
	csca = pki.NewCSCA("utopia", pki.CSCA())
	dsc  = csca.Issue("ds-1", pki.DSC())
	rsa  = csca.Issue("ds-rsa", pki.DSC().Keyed(pki.RSA2048))

	content = mint.Seq(mint.Int(0), mint.Octets([]byte("what is signed"))).Encode()
	sod     = cms.Profile{ContentType: der.MustOID(pki.OIDLDSSecurityObject)}
)

func sealed(by *pki.Credential) pki.Message { return pki.Seal(pki.OIDLDSSecurityObject, content, by) }

func parse(t testing.TB, name string, message []byte) *cms.SignedData {
	t.Helper()
	sd, err := cms.Parse(message, cms.SODLimits)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return sd
}

// opened is the seal of a message that must be readable.
func opened(t testing.TB, name string, message []byte, p cms.Profile) (formats.Seal, formats.Binding) {
	t.Helper()
	seal, binding, err := parse(t, name, message).Seal(p)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return seal, binding
}

// holds checks a seal as its readers will: the signature by a certificate, and the digest of the content.
func holds(t testing.TB, seal formats.Seal, binding formats.Binding, certificate []byte) error {
	t.Helper()
	c, err := x509.ParseCertificate(certificate)
	if err != nil {
		t.Fatal(err)
	}
	switch {
	case seal.Problem != formats.Problem{}:
		return errors.New(seal.Problem.Text)
	case binding.Hash != 0 && (!bytes.Contains(seal.Signed, binding.Digest) || !bytes.Equal(pki.Digest(binding.Hash, binding.Data), binding.Digest)):
		return errors.New("the digest differs")
	}
	return sig.Verify(seal.Algorithm, c.PublicKey, seal.Signed, seal.Signature)
}

func codes(sd *cms.SignedData) (list []string) {
	for _, d := range sd.Deviations {
		list = append(list, d.Code)
	}
	return list
}

func TestAMessageIsTakenApart(t *testing.T) {
	m := sealed(dsc)
	sd := parse(t, "the message", m.Encode())
	s := sd.Signers[0]
	if sd.Version != 3 || sd.ContentType != sod.ContentType || !bytes.Equal(sd.Content, content) || len(sd.CRLs) != 0 || len(sd.Deviations) != 0 {
		t.Errorf("%+v", sd)
	}
	if len(sd.Certificates) != 1 || !bytes.Equal(sd.Certificates[0], dsc.Cert) || len(sd.Signers) != 1 {
		t.Errorf("%d certificates, %d signers", len(sd.Certificates), len(sd.Signers))
	}
	if !bytes.Equal(s.Issuer, csca.Subject.Value().Encode()) || s.SubjectKeyID != nil || !bytes.HasSuffix(dsc.Serial.Encode(), s.Serial) {
		t.Errorf("%x, %x, %x", s.Issuer, s.Serial, s.SubjectKeyID)
	}
	if s.Digest != crypto.SHA256 || s.Algorithm != (formats.Algorithm{Scheme: formats.ECDSA, Hash: crypto.SHA256, Encoding: formats.DER}) {
		t.Errorf("%v, %+v", s.Digest, s.Algorithm)
	}
	if !bytes.Equal(s.SignedAttrs, m.Signers[0].SignedAttributes(m)) || s.AsWritten != nil || s.ContentType != sod.ContentType ||
		!bytes.Equal(s.MessageDigest, pki.Digest(crypto.SHA256, content)) || !s.SigningTime.Equal(pki.SignedAt) || s.Unknown != nil {
		t.Errorf("%+v", s)
	}
	seal, binding := opened(t, "the message", m.Encode(), sod)
	if seal.Role != formats.Issuer || seal.Envelope != "CMS" || seal.Signer.Leaves != 0 || len(seal.Signer.Chain) != 1 || seal.Signer.KeyID != nil {
		t.Errorf("%+v", seal)
	}
	if !bytes.Equal(binding.Data, content) || binding.Hash != crypto.SHA256 {
		t.Errorf("%+v", binding)
	}
	if err := holds(t, seal, binding, seal.Signer.Chain[0]); err != nil {
		t.Error(err)
	}
}

func TestEveryAlgorithmIsReadWithItsParameters(t *testing.T) {
	pss := func(h, mgf crypto.Hash, salt int) formats.Algorithm {
		return formats.Algorithm{Scheme: formats.RSAPSS, Hash: h, MGFHash: mgf, SaltLength: salt}
	}
	for _, h := range []crypto.Hash{crypto.SHA1, crypto.SHA224, crypto.SHA256, crypto.SHA384, crypto.SHA512} {
		for name, c := range map[string]struct {
			by        *pki.Credential
			algorithm pki.Algorithm
			want      formats.Algorithm
		}{
			"ECDSA":             {dsc, pki.ECDSA(h), formats.Algorithm{Scheme: formats.ECDSA, Hash: h, Encoding: formats.DER}},
			"RSA with its hash": {rsa, pki.PKCS1(h), formats.Algorithm{Scheme: formats.RSAPKCS1, Hash: h}},
			"rsaEncryption":     {rsa, pki.RSAEncryption(h), formats.Algorithm{Scheme: formats.RSAPKCS1, Hash: h}},
			"PSS":               {rsa, pki.PSSOf(h), pss(h, h, h.Size())},
			"PSS, salt 0":       {rsa, pki.PSSWith(pki.PSS{Hash: h, MGF: h, Trailer: 1}), pss(h, h, 0)},
			"PSS, MGF SHA-1":    {rsa, pki.PSSWith(pki.PSS{Hash: h, MGF: crypto.SHA1, Salt: 32, Trailer: 1}), pss(h, crypto.SHA1, 32)},
		} {
			name += ", " + h.String()
			m := sealed(c.by).WithDigest(h).Signer(func(s *pki.SignerInfo) { s.Algorithm = &c.algorithm })
			sd := parse(t, name, m.Encode())
			if sd.Signers[0].Algorithm != c.want || sd.Signers[0].Digest != h {
				t.Errorf("%s: %+v", name, sd.Signers[0].Algorithm)
			}
			weak := h == crypto.SHA1
			if got := codes(sd); slices.Contains(got, cms.SHA1) != weak || len(got) > 1 {
				t.Errorf("%s: %s", name, got)
			}
			seal, binding, err := sd.Seal(cms.Profile{ContentType: sod.ContentType, SHA1: true})
			if err != nil || seal.Problem != (formats.Problem{}) {
				t.Errorf("%s: %+v, %v", name, seal.Problem, err)
			}
			if err := holds(t, seal, binding, c.by.Cert); err != nil && !weak {
				t.Errorf("%s: %v", name, err)
			}
			if strict, _, _ := sd.Seal(sod); (strict.Problem != formats.Problem{}) != weak {
				t.Errorf("%s: %+v", name, strict.Problem)
			}
		}
	}
}

// What must not be checked is readable, and says why.
func TestWhatForbidsACheckIsAProblem(t *testing.T) {
	attributes := func(change func([]pki.CMSAttribute) []pki.CMSAttribute) pki.Message {
		return sealed(dsc).Signer(func(s *pki.SignerInfo) { s.Attributes = change })
	}
	signer := func(change func(*pki.SignerInfo)) pki.Message { return sealed(dsc).Signer(change) }
	algorithm := func(a pki.Algorithm) pki.Message {
		return sealed(rsa).Signer(func(s *pki.SignerInfo) { s.Algorithm = &a })
	}
	two := sealed(dsc)
	two.Signers = append(slices.Clone(two.Signers), sealed(rsa).Signers...)
	same := sealed(dsc)
	same.Signers = append(slices.Clone(same.Signers), same.Signers...)
	other := sealed(dsc)
	other.Type = pki.OIDMasterList
	digest := pki.Digest(crypto.SHA256, content)
	unknown := mint.Seq(mint.OID("2.16.840.1.101.3.4.2.8"))
	for name, c := range map[string]struct {
		message pki.Message
		part    string
	}{
		"no signed attributes":        {signer(func(s *pki.SignerInfo) { s.NoAttributes = true }), "no signed attributes"},
		"attributes as content":       {sealed(dsc).AttributesAsContent(), "no signed attributes"},
		"no contentType":              {attributes(pki.Without(pki.OIDContentType)), "do not say the type"},
		"another contentType":         {attributes(pki.Valued(pki.OIDContentType, mint.OID(pki.OIDMasterList))), "another type of content than the message"},
		"contentType twice":           {attributes(pki.Doubled(pki.OIDContentType)), "content type stands twice"},
		"two values of contentType":   {attributes(pki.Valued(pki.OIDContentType, mint.OID(pki.OIDMasterList), mint.OID(pki.OIDLDSSecurityObject))), "content type has more than one value"},
		"no value of contentType":     {attributes(pki.Valued(pki.OIDContentType)), "content type has no value of its type"},
		"contentType of text":         {attributes(pki.Valued(pki.OIDContentType, mint.UTF8("x"))), "content type has no value of its type"},
		"contentType cut off":         {attributes(pki.Valued(pki.OIDContentType, mint.Primitive(6, []byte{0x55, 0x84}))), "content type is written wrongly"},
		"no messageDigest":            {attributes(pki.Without(pki.OIDMessageDigest)), "do not hold the digest"},
		"messageDigest twice":         {attributes(pki.Doubled(pki.OIDMessageDigest)), "message digest stands twice"},
		"two values of messageDigest": {attributes(pki.Valued(pki.OIDMessageDigest, mint.Octets(digest), mint.Octets(digest[1:]))), "message digest has more than one value"},
		"a short messageDigest":       {attributes(pki.Valued(pki.OIDMessageDigest, mint.Octets(digest[1:]))), "not of the length"},
		"an empty messageDigest":      {attributes(pki.Valued(pki.OIDMessageDigest, mint.Octets(nil))), "not of the length"},
		"signingTime twice":           {attributes(pki.Doubled(pki.OIDSigningTime)), "signing time stands twice"},
		"two signers":                 {two, "more than one signer"},
		"one signer twice":            {same, "more than one signer"},
		"another use":                 {other, "another type than this use demands"},
		"MD5":                         {sealed(rsa).WithDigest(crypto.MD5), "MD5"},
		"MD5 in rsaEncryption":        {algorithm(pki.RSAEncryption(crypto.MD5)).Signer(func(s *pki.SignerInfo) { s.Digest = crypto.MD5 }), "MD5"},
		"another hash in ECDSA":       {signer(func(s *pki.SignerInfo) { a := pki.ECDSA(crypto.SHA384); s.Algorithm = &a }), "not the hash of the signature algorithm"},
		"another hash in RSA":         {algorithm(pki.PKCS1(crypto.SHA512)), "not the hash of the signature algorithm"},
		"another hash in PSS":         {algorithm(pki.PSSOf(crypto.SHA512)), "not the hash of the signature algorithm"},
		"SHA-1 in ECDSA":              {signer(func(s *pki.SignerInfo) { a := pki.ECDSA(crypto.SHA1); s.Algorithm = &a }), "not the hash of the signature algorithm"},
		"an unknown digest":           {signer(func(s *pki.SignerInfo) { s.DigestID = unknown }), "the digest algorithm is not one"},
		"an unknown signature":        {algorithm(pki.PKCS1(crypto.SHA256).Stating(unknown)), "the signature algorithm is not one"},
		"Ed25519 over SHA-256":        {sealed(csca.Issue("ed", pki.DSC().Keyed(pki.Ed25519))), "Ed25519"},
	} {
		seal, _ := opened(t, name, c.message.Encode(), sod)
		if !strings.Contains(seal.Problem.Text, c.part) || !strings.HasPrefix(seal.Problem.Code, "seal.") {
			t.Errorf("%s: %+v, want %q", name, seal.Problem, c.part)
		}
	}
	seal, _ := opened(t, "the zero profile", sealed(dsc).Encode(), cms.Profile{})
	if seal.Problem == (formats.Problem{}) {
		t.Error("the zero profile accepts a message")
	}
}

// The signature of these holds, or fails, in the hands of those who check it.
func TestWhatOnlyTheSignatureOrTheDigestDisproves(t *testing.T) {
	wrongDigest := sealed(dsc).Signer(func(s *pki.SignerInfo) {
		s.Attributes = pki.Valued(pki.OIDMessageDigest, mint.Octets(pki.Digest(crypto.SHA256, []byte("other"))))
	})
	flipped := sealed(dsc).Signer(func(s *pki.SignerInfo) {
		s.Signature = func(b []byte) []byte { b[len(b)-1] ^= 1; return b }
	})
	twin := sealed(csca.Issue("ds-1", pki.DSC()))
	twin.Certificates = [][]byte{dsc.Cert}
	twin.Signers[0].By = pki.NewCSCA("other", pki.CSCA()).Issue("ds-1", dsc.Copied())
	for name, m := range map[string]pki.Message{"another digest": wrongDigest, "another signature": flipped, "another key of the same names": twin} {
		seal, binding := opened(t, name, m.Encode(), sod)
		if seal.Problem != (formats.Problem{}) {
			t.Errorf("%s: %+v", name, seal.Problem)
		}
		if err := holds(t, seal, binding, dsc.Cert); err == nil {
			t.Errorf("%s: the seal holds", name)
		}
	}
}

// A signature over the content itself is for those who ask for it.
func TestABareSignatureNeedsAProfileThatPermitsIt(t *testing.T) {
	m := sealed(dsc).Signer(func(s *pki.SignerInfo) { s.NoAttributes = true })
	seal, binding := opened(t, "bare", m.Encode(), cms.Profile{ContentType: sod.ContentType, Bare: true})
	if binding.Hash != 0 || binding.Data != nil || !bytes.Equal(seal.Signed, content) {
		t.Errorf("%+v", binding)
	}
	if err := holds(t, seal, binding, dsc.Cert); err != nil {
		t.Error(err)
	}
}

func TestADetachedContentIsGivenByTheCaller(t *testing.T) {
	m := sealed(dsc)
	m.Detached = true
	sd := parse(t, "detached", m.Encode())
	var fe *formats.Error
	if _, _, err := sd.Seal(sod); !errors.As(err, &fe) || fe.Code != formats.CodePayload {
		t.Errorf("%v", err)
	}
	sd.Content = content
	seal, binding, err := sd.Seal(sod)
	if err != nil {
		t.Fatal(err)
	}
	if err := holds(t, seal, binding, dsc.Cert); err != nil {
		t.Error(err)
	}
	m.Signers, m.Certificates = nil, [][]byte{dsc.Cert}
	if _, _, err := parse(t, "no signer", m.Encode()).Seal(sod); !errors.As(err, &fe) || fe.Code != formats.CodeTruncated {
		t.Errorf("a message without signers has a seal: %v", err)
	}
}

func TestTheSigningTimeMayBeAbsent(t *testing.T) {
	sd := parse(t, "absent", sealed(dsc).Signer(func(s *pki.SignerInfo) { s.Time = time.Time{} }).Encode())
	if !sd.Signers[0].SigningTime.IsZero() || len(sd.Deviations) != 0 {
		t.Errorf("%v, %s", sd.Signers[0].SigningTime, codes(sd))
	}
	odd := sealed(dsc).Signer(func(s *pki.SignerInfo) {
		s.Attributes = pki.Valued(pki.OIDSigningTime, mint.Primitive(0x17, []byte("2105201200Z")))
	})
	sd = parse(t, "odd", odd.Encode())
	if !sd.Signers[0].SigningTime.IsZero() || !slices.Equal(codes(sd), []string{cms.SigningTime}) {
		t.Errorf("%v, %s", sd.Signers[0].SigningTime, codes(sd))
	}
	late := time.Date(2051, 1, 1, 0, 0, 0, 0, time.UTC)
	sd = parse(t, "generalized", sealed(dsc).Signer(func(s *pki.SignerInfo) { s.Time = late }).Encode())
	if !sd.Signers[0].SigningTime.Equal(late) {
		t.Error(sd.Signers[0].SigningTime)
	}
}
