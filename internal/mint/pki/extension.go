package pki

import (
	"time"

	"github.com/travelseal/travelseal/internal/mint/der"
)

// An Extension is one extension of a certificate or revocation list (RFC 5280 §4.2).
type Extension struct {
	OID string
	// Critical is the BOOLEAN; nil leaves it out, which means false.
	Critical der.Value
	// Value is the content of the OCTET STRING.
	Value func(Issuing) der.Value
}

// An Issuing is what an extension can say of the certificate that it stands in.
type Issuing struct {
	KeyID       []byte // of the subject
	IssuerKeyID []byte
	Issuer      Name
	// IssuerIssuer and IssuerSerial identify the issuer's own certificate.
	IssuerIssuer Name
	IssuerSerial der.Value
}

// Fixed is an extension with a value that does not depend on the certificate.
func Fixed(oid string, value der.Value) Extension {
	return Extension{OID: oid, Value: func(Issuing) der.Value { return value }}
}

// AsCritical gives the extension marked critical.
func (e Extension) AsCritical() Extension {
	e.Critical = der.Bool(true)
	return e
}

// Marked gives the extension with any BOOLEAN: der.Bool(false), which DER leaves out, or der.BoolByte(1) of BER.
func (e Extension) Marked(critical der.Value) Extension {
	e.Critical = critical
	return e
}

func (e Extension) write(i Issuing) der.Value {
	seq := der.Seq(der.OID(e.OID))
	if e.Critical != nil {
		seq = der.And(seq, e.Critical)
	}
	return der.And(seq, der.OctetsOf(e.Value(i)))
}

// The bits of KeyUsage (RFC 5280 §4.2.1.3).
const (
	DigitalSignature = 0
	NonRepudiation   = 1
	KeyEncipherment  = 2
	KeyAgreement     = 4
	CertSign         = 5
	CRLSign          = 6
)

// KeyUsage is critical, as Doc 9303-12 §7.1.1 demands.
func KeyUsage(bits ...int) Extension { return Fixed(OIDKeyUsage, der.NamedBits(bits...)).AsCritical() }

// ExtendedKeyUsage lists what a key may be used for. Doc 9303-12 has it critical; TLS does not.
func ExtendedKeyUsage(uses ...string) Extension {
	list := der.Seq()
	for _, use := range uses {
		list = der.And(list, der.OID(use))
	}
	return Fixed(OIDExtendedKeyUsage, list).AsCritical()
}

// BasicConstraints is critical. A negative path length is left out, and so is a CA that is false, as DER demands.
func BasicConstraints(ca bool, pathLength int) Extension {
	seq := der.Seq()
	if ca {
		seq = der.And(seq, der.Bool(true))
	}
	if pathLength >= 0 {
		seq = der.And(seq, der.Int(int64(pathLength)))
	}
	return Fixed(OIDBasicConstraints, seq).AsCritical()
}

// BasicConstraintsByte writes any byte for true, as two states do in BER, or a false that DER leaves out.
func BasicConstraintsByte(b byte) Extension {
	return Fixed(OIDBasicConstraints, der.Seq(der.BoolByte(b))).AsCritical()
}

// SubjectKeyID is the identifier of the certificate's own key.
func SubjectKeyID() Extension {
	return Extension{OID: OIDSubjectKeyID, Value: func(i Issuing) der.Value { return der.Octets(i.KeyID) }}
}

// AuthorityKeyID names the issuer's key by its identifier.
func AuthorityKeyID() Extension {
	return Extension{OID: OIDAuthorityKeyID, Value: func(i Issuing) der.Value { return der.Seq(der.Implicit(0, i.IssuerKeyID)) }}
}

// AuthorityKeyIDOf names any key.
func AuthorityKeyIDOf(id []byte) Extension {
	return Fixed(OIDAuthorityKeyID, der.Seq(der.Implicit(0, id)))
}

// AuthorityCertificate names the issuer's certificate by its issuer and serial number, with the key's identifier if asked.
func AuthorityCertificate(withKeyID bool) Extension {
	return Extension{OID: OIDAuthorityKeyID, Value: func(i Issuing) der.Value {
		seq := der.Seq()
		if withKeyID {
			seq = der.And(seq, der.Implicit(0, i.IssuerKeyID))
		}
		number := der.Retagged(i.IssuerSerial.(der.TLV), 0x82)
		return der.And(seq, der.Explicit(1, der.Explicit(4, i.IssuerIssuer.Value())), number)
	}}
}

// PrivateKeyPeriod is the period in which the private key signs (RFC 3280 §4.2.1.4). A zero time is left out.
func PrivateKeyPeriod(from, to time.Time) Extension {
	seq := der.Seq()
	for i, t := range []time.Time{from, to} {
		if !t.IsZero() {
			seq = der.And(seq, der.Implicit(i, []byte(t.UTC().Format("20060102150405Z"))))
		}
	}
	return Fixed(OIDPrivateKeyPeriod, seq)
}

// DocumentTypes lists the types of documents that a signer may sign (Doc 9303-12 §7.1.1.6).
func DocumentTypes(types ...string) Extension {
	set := der.Set()
	for _, t := range types {
		set = der.And(set, der.Printable(t))
	}
	return Fixed(OIDDocumentTypes, der.Seq(der.Int(0), set))
}

// DocumentTypesBare is the list without its version and as a SEQUENCE, a form that some states issue.
func DocumentTypesBare(types ...string) Extension {
	list := der.Seq()
	for _, t := range types {
		list = der.And(list, der.Printable(t))
	}
	return Fixed(OIDDocumentTypes, list)
}

// DistributionPoint names where the revocation list is (RFC 5280 §4.2.1.13).
func DistributionPoint(uri string) Extension {
	point := der.Seq(der.Explicit(0, der.Explicit(0, der.Implicit(6, []byte(uri)))))
	return Fixed(OIDDistributionPoints, der.Seq(point))
}

// AltName is a subject's or issuer's alternative name with the state's code as Doc 9303-12 §7.1.1.2 has it: a directory
// name with the locality, and an address.
func AltName(oid, state, uri string) Extension {
	locality := Name{One("2.5.4.7", der.Printable(state))}
	return Fixed(oid, der.Seq(der.Explicit(4, locality.Value()), der.Implicit(6, []byte(uri))))
}

// NameChange says that the authority has a new name since the certificate before (Doc 9303-12 §7.1.1.5).
func NameChange() Extension { return Fixed(OIDNameChange, der.Null()) }

// NameConstraints permits names of one domain only (RFC 5280 §4.2.1.10).
func NameConstraints() Extension {
	return Fixed(OIDNameConstraints, der.Seq(der.Explicit(0, der.Seq(der.Implicit(2, []byte("utopia.example"))))))
}

// Unknown is an extension that nobody knows.
func Unknown() Extension { return Fixed(OIDUnknown, der.Null()) }

// UnknownCritical is an extension that nobody knows and that must be understood.
func UnknownCritical() Extension { return Unknown().AsCritical() }
