package cms

import (
	"bytes"
	"slices"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/der"
)

// The signed attributes that are understood (RFC 5652 §11.1 to §11.3).
var (
	oidContentType   = der.MustOID("1.2.840.113549.1.9.3")
	oidMessageDigest = der.MustOID("1.2.840.113549.1.9.4")
	oidSigningTime   = der.MustOID("1.2.840.113549.1.9.5")
)

// attributes reads SignedAttributes ::= SET OF SEQUENCE { attrType, SET OF attrValues } (RFC 5652 §5.3).
func (sd *SignedData) attributes(s *SignerInfo, set der.Value) error {
	sorted := true
	var last []byte
	for in := set.Reader(); !in.Empty(); {
		v, err := in.Read(der.Sequence, "a signed attribute")
		if err != nil {
			return err
		}
		sorted = sorted && bytes.Compare(last, v.Raw) <= 0
		last = v.Raw
		if err := sd.attribute(s, v); err != nil {
			return err
		}
	}
	s.SignedAttrs = retag(set.Raw)
	if !sorted {
		s.AsWritten, s.SignedAttrs = s.SignedAttrs, inOrder(set)
		sd.note(AttributeOrder, "the signed attributes", set.Offset)
	}
	if s.ContentType == "" {
		s.refuse(formats.CodeSealHeader, "the signed attributes do not say the type of the content")
	}
	if s.MessageDigest == nil {
		s.refuse(formats.CodeSealHeader, "the signed attributes do not hold the digest of the content")
	}
	return nil
}

// retag gives the attributes the tag of the SET OF that is signed, in place of [0] (RFC 5652 §5.4).
func retag(raw []byte) []byte {
	out := bytes.Clone(raw)
	out[0] = byte(der.Set)
	return out
}

// inOrder writes the attributes in the order of DER, as §5.4 wants them signed: ascending, compared as octets (X.690
// §11.6). No encoding is the beginning of another one, so that the padding of that paragraph never matters.
func inOrder(set der.Value) []byte {
	var list [][]byte
	for in := set.Reader(); !in.Empty(); {
		v, err := in.Next("a signed attribute")
		if err != nil {
			return nil // the caller has read them all
		}
		list = append(list, v.Raw)
	}
	slices.SortFunc(list, bytes.Compare)
	out := retag(set.Raw[: len(set.Raw)-len(set.Content) : len(set.Raw)-len(set.Content)])
	return append(out, slices.Concat(list...)...)
}

// attribute reads one attribute. Those that are understood must stand once and have one value (RFC 5652 §11).
func (sd *SignedData) attribute(s *SignerInfo, v der.Value) error {
	r := v.Reader()
	oid, err := r.OID("the type of a signed attribute")
	if err != nil {
		return err
	}
	values, err := r.Read(der.Set, "the values of a signed attribute")
	if err != nil {
		return err
	}
	if err := r.End("a signed attribute"); err != nil {
		return err
	}
	in := values.Reader()
	switch oid {
	case oidContentType:
		only(s, s.ContentType != "", in, der.ObjectID, "content type", func(v der.Value) (err error) {
			s.ContentType, err = v.OID("the content type")
			return err
		})
	case oidMessageDigest:
		only(s, s.MessageDigest != nil, in, der.OctetString, "message digest", func(v der.Value) error {
			s.MessageDigest = v.Content
			return nil
		})
	case oidSigningTime:
		only(s, !s.SigningTime.IsZero(), in, in.Peek(), "signing time", func(v der.Value) (err error) {
			if s.SigningTime, err = v.Time("the signing time"); err != nil {
				sd.note(SigningTime, "the signing time", v.Offset)
			}
			return nil
		})
	case oidAlgorithmProtection:
		only(s, s.protected.Raw != nil, in, der.Sequence, "algorithm protection", func(v der.Value) error {
			s.protected = v
			return nil
		})
	default:
		s.Unknown = append(s.Unknown, oid)
		sd.note(AttributeUnknown, "the signed attributes", v.Offset)
	}
	return nil
}

// only reads the one value of an attribute that must not have stood before.
func only(s *SignerInfo, before bool, in der.Reader, tag der.Tag, name string, read func(der.Value) error) {
	v, err := in.Read(tag, "the value of a signed attribute")
	switch {
	case before:
		s.refuse(formats.CodeSealHeader, "the signed attribute "+name+" stands twice")
	case err != nil:
		s.refuse(formats.CodeSealHeader, "the signed attribute "+name+" has no value of its type")
	case !in.Empty():
		s.refuse(formats.CodeSealHeader, "the signed attribute "+name+" has more than one value")
	case read(v) != nil:
		s.refuse(formats.CodeSealHeader, "the signed attribute "+name+" is written wrongly")
	}
}
