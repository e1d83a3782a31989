package cms

import (
	"crypto"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/cert"
	"github.com/travelseal/travelseal/internal/der"
)

// A SignerInfo is one signature of a message and what it says of itself (RFC 5652 §5.3).
type SignerInfo struct {
	// Issuer is the issuer's Name in DER and Serial the content of the serial number; or SubjectKeyID is set instead.
	Issuer, Serial, SubjectKeyID []byte
	// Digest hashes the content, and Algorithm is what signed it. They are zero where they are unknown here or contradict
	// each other.
	Digest    crypto.Hash
	Algorithm formats.Algorithm
	// SignedAttrs is the DER of the SET OF signed attributes, which is what is signed (§5.4): with the tag of a SET, and in
	// the order of DER. It is nil where there are none, so that the content itself is signed.
	SignedAttrs []byte
	// AsWritten is SignedAttrs in the order in which the message has them, where that is another one; nil otherwise. Some
	// signers sign that.
	AsWritten     []byte
	ContentType   der.OID
	MessageDigest []byte
	SigningTime   time.Time // as the signer says; zero where absent
	Unknown       []der.OID // the signed attributes that are not understood here
	Signature     []byte

	version   int
	problem   formats.Problem // what forbids a check, whoever asks
	protected der.Value       // the attribute of RFC 6211
	matching  []int           // the certificates that the identifier fits
}

// rsaEncryption as a signature algorithm is RSA v1.5 with the hash of the digest algorithm (RFC 3370 §3.2).
var rsaEncryption = der.MustOID("1.2.840.113549.1.1.1")

// signer reads one SignerInfo.
func (sd *SignedData) signer(v der.Value) (s SignerInfo, err error) {
	r := v.Reader()
	version, err := r.Read(der.Integer, "the version of the signer")
	if err != nil {
		return s, err
	}
	if s.version, err = version.Small(5, "the version of the signer"); err != nil {
		return s, err
	}
	if err := s.identifier(&r); err != nil {
		return s, err
	}
	if s.version != s.wantedVersion() {
		sd.note(Version, "the signer", version.Offset)
	}
	digest, err := r.Read(der.Sequence, "the digest algorithm")
	if err != nil {
		return s, err
	}
	if attrs, found, err := r.Optional(der.ContextOf(0), "the signed attributes"); err != nil {
		return s, err
	} else if found {
		if err := sd.attributes(&s, attrs); err != nil {
			return s, err
		}
	}
	algorithm, err := r.Read(der.Sequence, "the signature algorithm")
	if err != nil {
		return s, err
	}
	signature, err := r.Read(der.OctetString, "the signature")
	if err != nil {
		return s, err
	}
	s.Signature = signature.Content
	if _, _, err := r.Optional(der.ContextOf(1), "the unsigned attributes"); err != nil { // they bind nobody
		return s, err
	}
	if err := r.End("the signer"); err != nil {
		return s, err
	}
	if err := s.algorithms(digest, algorithm); err != nil {
		return s, err
	}
	s.protection(digest, algorithm)
	if s.Digest == crypto.SHA1 {
		sd.note(SHA1, "the digest algorithm", digest.Offset)
	}
	sd.match(&s, v.Offset)
	return s, nil
}

// wantedVersion is what §5.3 wants.
func (s *SignerInfo) wantedVersion() int {
	if s.SubjectKeyID != nil {
		return 3
	}
	return 1
}

// identifier reads SignerIdentifier: issuer and serial number, or the subject's key identifier in [0].
func (s *SignerInfo) identifier(r *der.Reader) error {
	const what = "the signer's identifier"
	if ski, found, err := r.Optional(der.Context(0), what); err != nil {
		return err
	} else if found {
		if len(ski.Content) == 0 {
			return ski.Fail(what, der.ErrValue)
		}
		s.SubjectKeyID = ski.Content
		return nil
	}
	v, err := r.Read(der.Sequence, what)
	if err != nil {
		return err
	}
	in := v.Reader()
	issuer, err := in.Read(der.Sequence, "the issuer in the signer's identifier")
	if err != nil {
		return err
	}
	serial, err := in.Read(der.Integer, "the serial number in the signer's identifier")
	if err != nil {
		return err
	}
	if len(serial.Content) == 0 {
		return serial.Fail("the serial number in the signer's identifier", der.ErrValue)
	}
	s.Issuer, s.Serial = issuer.Raw, serial.Content
	return in.End(what)
}

// algorithms reads the digest and the signature algorithm and holds them against each other: a signer who hashes the
// content with one function and signs with another is as weak as the weaker one, and no profile allows it.
func (s *SignerInfo) algorithms(digest, algorithm der.Value) error {
	h, err := cert.Hash(digest)
	if err != nil {
		return s.unsupported("the digest algorithm is not one that is accepted here", err)
	}
	r := algorithm.Reader()
	oid, err := r.OID("the signature algorithm")
	if err != nil {
		return err
	}
	var a formats.Algorithm
	if oid == rsaEncryption {
		if _, _, err := r.Optional(der.Null, "the signature algorithm"); err != nil {
			return err
		}
		if err := r.End("the parameters of the signature algorithm"); err != nil {
			return err
		}
		a = formats.Algorithm{Scheme: formats.RSAPKCS1, Hash: h}
	} else if a, err = cert.Algorithm(algorithm); err != nil {
		return s.unsupported("the signature algorithm is not one that is accepted here", err)
	}
	switch {
	case h == crypto.MD5 || a.Hash == crypto.MD5:
		s.refuse(formats.CodeSealUnsupported, "the signer hashes with MD5, which anyone can forge")
	case a.Scheme == formats.Ed25519 && h != crypto.SHA512: // RFC 8419 §3.1
		s.refuse(formats.CodeSealHeader, "the signer signs with Ed25519 and does not hash with SHA-512")
	case a.Scheme != formats.Ed25519 && a.Hash != h:
		s.refuse(formats.CodeSealHeader, "the digest algorithm of the signer is not the hash of the signature algorithm")
	default:
		s.Digest, s.Algorithm = h, a
	}
	return nil
}

// unsupported makes a problem of an algorithm that is unknown here. One that is written wrongly stays an error.
func (s *SignerInfo) unsupported(text string, err error) error {
	if isEncoding(err) {
		return err
	}
	s.refuse(formats.CodeSealUnsupported, text)
	return nil
}

// refuse keeps the first problem.
func (s *SignerInfo) refuse(code, text string) {
	if s.problem == (formats.Problem{}) {
		s.problem = formats.Problem{Code: code, Text: text}
	}
}
