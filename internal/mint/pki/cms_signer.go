package pki

import (
	"bytes"
	"crypto"
	"slices"

	"github.com/travelseal/travelseal/internal/mint/der"
)

func (s SignerInfo) digestID() der.Value {
	if s.DigestID != nil {
		return s.DigestID
	}
	return HashID(s.Digest)
}

// algorithm is what suits the key, with the hash of the digest (RFC 5652 §5.4).
func (s SignerInfo) algorithm() Algorithm {
	switch key := s.By.Key; {
	case s.Algorithm != nil:
		return *s.Algorithm
	case key.Curve != nil:
		return ECDSA(s.Digest)
	case key.Modulus != nil:
		return PKCS1(s.Digest)
	default:
		return EdDSA()
	}
}

// attributes gives the signed attributes in the order in which they are written.
func (s SignerInfo) attributes(m Message) []CMSAttribute {
	list := []CMSAttribute{
		{OIDContentType, []der.Value{der.OID(m.Type)}},
		{OIDMessageDigest, []der.Value{der.Octets(Digest(s.Digest, m.Content))}},
	}
	if !s.Time.IsZero() {
		list = append(list, CMSAttribute{OIDSigningTime, []der.Value{der.Time(s.Time)}})
	}
	if s.Attributes != nil {
		list = s.Attributes(list)
	}
	return list
}

func attributeSet(list []CMSAttribute, asGiven bool) der.TLV {
	var values []der.Value
	for _, a := range list {
		values = append(values, der.Seq(der.OID(a.Type), der.Set(a.Values...)))
	}
	if asGiven {
		return der.SetAsGiven(values...)
	}
	return der.Set(values...)
}

// SignedAttributes gives the bytes that the key signs: the attributes as a SET OF (RFC 5652 §5.4).
func (s SignerInfo) SignedAttributes(m Message) []byte {
	return attributeSet(s.attributes(m), s.AsGiven).Encode()
}

func (s SignerInfo) value(m Message) der.Value {
	sid, version := s.SID, s.Version
	if sid == nil {
		sid = IssuerAndSerial(s.By.Issuer, s.By.Serial)
	}
	if version == 0 {
		version = 1
		if t, ok := sid.(der.TLV); ok && t.Tag[0] != der.TagSequence {
			version = 3
		}
	}
	elements := []der.Value{der.Int(int64(version)), sid, s.digestID()}
	signed := m.Content
	if !s.NoAttributes {
		signed = s.SignedAttributes(m)
		written := signed
		if s.Reordered {
			written = backwards(s.attributes(m))
		}
		tagged := append([]byte{0xa0}, written[1:]...) // [0] IMPLICIT in place of SET OF
		elements = append(elements, der.Raw(tagged))
	}
	algorithm := s.algorithm()
	signature := Sign(s.By.Key, algorithm, signed)
	if s.Signature != nil {
		signature = s.Signature(signature)
	}
	elements = append(elements, algorithm.ID, der.Octets(signature))
	if len(s.Unsigned) > 0 {
		elements = append(elements, der.Retagged(attributeSet(s.Unsigned, false), 0xa1))
	}
	return der.Seq(hooked(s.Info, elements)...)
}

// backwards writes attributes in the opposite of the order of DER.
func backwards(list []CMSAttribute) []byte {
	values := attributeSet(list, false).Body
	slices.SortFunc(values, func(a, b der.Value) int { return bytes.Compare(b.Encode(), a.Encode()) })
	return der.SetAsGiven(values...).Encode()
}

// AttributesAsContent gives the message of an attacker who takes the signed attributes of a genuine one for its content, and
// leaves out the attributes: the signature holds.
func (m Message) AttributesAsContent() Message {
	s := m.Signers[0]
	attributes := s.SignedAttributes(m)
	algorithm := s.algorithm()
	genuine := Sign(s.By.Key, algorithm, attributes)
	s.NoAttributes, s.Signature = true, func([]byte) []byte { return genuine }
	m.Content, m.Encapsulated, m.Signers = attributes, nil, []SignerInfo{s}
	return m
}

// Without removes an attribute, for SignerInfo.Attributes.
func Without(oid string) func([]CMSAttribute) []CMSAttribute {
	return func(list []CMSAttribute) []CMSAttribute {
		var kept []CMSAttribute
		for _, a := range list {
			if a.Type != oid {
				kept = append(kept, a)
			}
		}
		return kept
	}
}

// Doubled repeats an attribute, for SignerInfo.Attributes.
func Doubled(oid string) func([]CMSAttribute) []CMSAttribute {
	return func(list []CMSAttribute) []CMSAttribute {
		for _, a := range list {
			if a.Type == oid {
				return append(list, a)
			}
		}
		panic("pki: no attribute " + oid)
	}
}

// Valued gives an attribute other values, for SignerInfo.Attributes; where it is not there, it is added.
func Valued(oid string, values ...der.Value) func([]CMSAttribute) []CMSAttribute {
	return func(list []CMSAttribute) []CMSAttribute {
		for i, a := range list {
			if a.Type == oid {
				list[i].Values = values
				return list
			}
		}
		return append(list, CMSAttribute{oid, values})
	}
}

// WithDigest makes the first SignerInfo hash and sign with another hash.
func (m Message) WithDigest(h crypto.Hash) Message {
	return m.Signer(func(s *SignerInfo) { s.Digest = h })
}
