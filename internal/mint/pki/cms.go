package pki

import (
	"bytes"
	"crypto"
	"slices"
	"time"

	"github.com/travelseal/travelseal/internal/mint/der"
)

// A Message is a CMS ContentInfo of type SignedData (RFC 5652 §3, §5.1). Seal makes a sound one; a test changes what it is
// about. nil fields have the sound value.
type Message struct {
	Type    string // of the content
	Content []byte
	// Encapsulated replaces the value within eContent [0], which is an OCTET STRING of Content; Detached leaves it out.
	Encapsulated der.Value
	Detached     bool

	Version          int // 3 unless set
	DigestAlgorithms []der.Value
	// Certificates stand in the order given, in bytes as given; nil means those of the signers, each once. An empty list that
	// is not nil leaves the element out.
	Certificates [][]byte
	CRLs         [][]byte
	Signers      []SignerInfo

	// SignedData and Whole work on the elements of SignedData and of the ContentInfo.
	SignedData, Whole func([]der.Value) []der.Value
	// BER writes the message with indefinite lengths and with octet strings in pieces; the signed attributes, certificates and
	// revocation lists stay as they are.
	BER bool
}

// A SignerInfo is one signature of a Message (RFC 5652 §5.3).
type SignerInfo struct {
	By *Credential
	// Digest hashes the content, and with the attributes of Signed, what the key signs; DigestID is its identifier.
	Digest   crypto.Hash
	DigestID der.Value
	// Algorithm is by default what suits the key, with Digest.
	Algorithm *Algorithm

	Version int // 1, or 3 with a key identifier, unless set
	// SID replaces issuer and serial number.
	SID der.Value

	// Time is the attribute signingTime; the zero time leaves it out.
	Time time.Time
	// Attributes works on the signed attributes: contentType, messageDigest and signingTime. NoAttributes leaves them out,
	// so that the key signs the content.
	Attributes   func([]CMSAttribute) []CMSAttribute
	NoAttributes bool
	// AsGiven keeps the attributes in their order and signs them so; Reordered signs them in the order of DER and writes
	// them in the opposite one.
	AsGiven, Reordered bool
	Unsigned           []CMSAttribute
	// Signature works on the signature's bytes, and Info on the elements of the SignerInfo.
	Signature func([]byte) []byte
	Info      func([]der.Value) []der.Value
}

// A CMSAttribute is an attribute of CMS, with the values of its set.
type CMSAttribute struct {
	Type   string
	Values []der.Value
}

// Seal signs a content as an EF.SOD and a master list are signed: with signed attributes, SHA-256, and the signer's
// certificate beside it.
func Seal(contentType string, content []byte, by *Credential) Message {
	return Message{Type: contentType, Content: content, Signers: []SignerInfo{{By: by, Digest: crypto.SHA256, Time: SignedAt}}}
}

// Signer gives the message after a function has worked on its first SignerInfo.
func (m Message) Signer(change func(*SignerInfo)) Message {
	m.Signers = append([]SignerInfo(nil), m.Signers...)
	change(&m.Signers[0])
	return m
}

// IssuerAndSerial is the identifier of a certificate (RFC 5652 §10.2.4).
func IssuerAndSerial(issuer Name, serial der.Value) der.Value { return der.Seq(issuer.Value(), serial) }

// ByKeyID is the identifier of a key (RFC 5652 §5.3).
func ByKeyID(id []byte) der.Value { return der.Implicit(0, id) }

// Encode signs and writes the message.
func (m Message) Encode() []byte {
	signed := der.Seq(hooked(m.SignedData, m.elements())...)
	info := der.Seq(hooked(m.Whole, []der.Value{der.OID(OIDSignedData), der.Explicit(0, signed)})...)
	if m.BER {
		return der.Loose(info).Encode()
	}
	return info.Encode()
}

// elements gives the elements of SignedData.
func (m Message) elements() []der.Value {
	version := m.Version
	if version == 0 {
		version = 3 // the content is not id-data (RFC 5652 §5.1)
	}
	algorithms := der.Set(m.DigestAlgorithms...)
	if m.DigestAlgorithms == nil {
		algorithms = der.Set(m.digests()...)
	}
	encapsulated := der.Seq(der.OID(m.Type))
	if !m.Detached {
		inner := m.Encapsulated
		if inner == nil {
			inner = der.Octets(m.Content)
		}
		encapsulated = der.And(encapsulated, der.Explicit(0, inner))
	}
	elements := []der.Value{der.Int(int64(version)), algorithms, encapsulated}
	certificates := m.Certificates
	if certificates == nil {
		for _, s := range m.Signers {
			if !slices.ContainsFunc(certificates, func(c []byte) bool { return bytes.Equal(c, s.By.Cert) }) {
				certificates = append(certificates, s.By.Cert)
			}
		}
	}
	if len(certificates) > 0 {
		elements = append(elements, der.Explicit(0, raws(certificates)...))
	}
	if len(m.CRLs) > 0 {
		elements = append(elements, der.Explicit(1, raws(m.CRLs)...))
	}
	var infos []der.Value
	for _, s := range m.Signers {
		infos = append(infos, s.value(m))
	}
	return append(elements, der.SetAsGiven(infos...))
}

func (m Message) digests() []der.Value {
	var list []der.Value
	seen := map[crypto.Hash]bool{}
	for _, s := range m.Signers {
		if !seen[s.Digest] {
			seen[s.Digest] = true
			list = append(list, s.digestID())
		}
	}
	return list
}

func raws(list [][]byte) []der.Value {
	var values []der.Value
	for _, b := range list {
		values = append(values, der.Raw(b))
	}
	return values
}
