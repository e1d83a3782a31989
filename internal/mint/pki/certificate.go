package pki

import "github.com/travelseal/travelseal/internal/mint/der"

// certificate writes and signs the certificate (RFC 5280 §4.1).
func (t Template) certificate(c, issuer *Credential) []byte {
	algorithm := issuer.Key.Default()
	if t.Algorithm != nil {
		algorithm = *t.Algorithm
	}
	tbs := der.Seq(hooked(t.TBS, t.signed(c, issuer, algorithm))...).Encode()
	signature := Sign(issuer.Key, algorithm, tbs)
	if t.Signature != nil {
		signature = t.Signature(signature)
	}
	whole := []der.Value{der.Raw(tbs), algorithm.ID, der.Bits(signature)}
	return der.Seq(hooked(t.Whole, whole)...).Encode()
}

func hooked(hook func([]der.Value) []der.Value, elements []der.Value) []der.Value {
	if hook == nil {
		return elements
	}
	return hook(elements)
}

// signed gives the elements of TBSCertificate.
func (t Template) signed(c, issuer *Credential, algorithm Algorithm) []der.Value {
	var elements []der.Value
	switch t.Version {
	case 0:
		elements = append(elements, der.Explicit(0, der.Int(2)))
	case 1: // the default, which DER leaves out
	default:
		elements = append(elements, der.Explicit(0, der.Int(int64(t.Version-1))))
	}
	inner := algorithm.ID
	if t.Inner != nil {
		inner = t.Inner
	}
	validity := t.Validity
	if validity == nil {
		validity = der.Seq(der.Time(t.NotBefore), der.Time(t.NotAfter))
	}
	elements = append(elements, c.Serial, inner, c.Issuer.Value(), validity, c.Subject.Value(), t.SPKI.Value(c.Key))
	if len(t.Extensions) > 0 {
		elements = append(elements, der.Explicit(3, extensionList(t.Extensions, Issuing{
			KeyID: c.KeyID, IssuerKeyID: issuer.KeyID, Issuer: c.Issuer, IssuerIssuer: issuer.Issuer, IssuerSerial: issuer.Serial,
		})))
	}
	return elements
}

// Tail puts bytes after the last element, for Template.TBS and Template.Whole.
func Tail(bytes ...byte) func([]der.Value) []der.Value {
	return func(elements []der.Value) []der.Value { return append(elements, der.Raw(bytes)) }
}

// Element works on one element of a list, counted from 0, for Template.TBS and Template.Whole.
func Element(index int, change func(der.Value) der.Value) func([]der.Value) []der.Value {
	return func(elements []der.Value) []der.Value {
		elements[index] = change(elements[index])
		return elements
	}
}
