package pki

import (
	"math/big"
	"slices"
	"time"

	"github.com/travelseal/travelseal/internal/mint/der"
)

// A Revocation is one entry of a revocation list.
type Revocation struct {
	Serial der.Value
	At     time.Time
	Reason int // RFC 5280 §5.3.1; 0 is left out
	// Extensions stand after the reason.
	Extensions []Extension
}

// A CRL says what stands in a revocation list (RFC 5280 §5.1). That of package function List is sound.
type CRL struct {
	Version int // 2 unless set; 1 leaves it out
	Issuer  Name
	// ThisUpdate and NextUpdate: the zero time leaves NextUpdate out.
	ThisUpdate, NextUpdate time.Time
	Revoked                []Revocation
	Extensions             []Extension
	Algorithm              *Algorithm
	Inner                  der.Value
	// TBS and Whole work on the elements of the signed part and of the list, Signature on the signature's bytes.
	TBS, Whole func([]der.Value) []der.Value
	Signature  func([]byte) []byte
}

// List is a current revocation list of a number (Doc 9303-12 §7.1, table of the CRL) that revokes certificates.
func List(number int64, revoked ...*Credential) CRL {
	l := CRL{
		Version: 2, ThisUpdate: ListedAt, NextUpdate: NextListAt,
		Extensions: []Extension{AuthorityKeyID(), CRLNumber(big.NewInt(number))},
	}
	for _, c := range revoked {
		l.Revoked = append(l.Revoked, Revocation{Serial: c.Serial, At: ListedAt.AddDate(0, -1, 0), Reason: KeyCompromise})
	}
	return l
}

// Reasons for a revocation.
const (
	KeyCompromise = 1
	CACompromise  = 2
	Superseded    = 4
	OnHold        = 6
	RemoveFromCRL = 8
)

// With adds extensions to the list.
func (l CRL) With(extensions ...Extension) CRL {
	l.Extensions = append(slices.Clone(l.Extensions), extensions...)
	return l
}

// Without removes extensions.
func (l CRL) Without(oid string) CRL {
	l.Extensions = slices.DeleteFunc(slices.Clone(l.Extensions), func(e Extension) bool { return e.OID == oid })
	return l
}

// Dated sets the moments of the list and of the next; the zero time leaves the next one out.
func (l CRL) Dated(this, next time.Time) CRL {
	l.ThisUpdate, l.NextUpdate = this, next
	return l
}

// CRLNumber counts the lists of an issuer (RFC 5280 §5.2.3).
func CRLNumber(n *big.Int) Extension { return Fixed(OIDCRLNumber, der.BigInt(n)) }

// DeltaIndicator makes the list one of changes since another (RFC 5280 §5.2.4).
func DeltaIndicator(base int64) Extension {
	return Fixed(OIDDeltaIndicator, der.Int(base)).AsCritical()
}

// IssuingPoint says what the list is about (RFC 5280 §5.2.5): an indirect one has certificates of other issuers, and one may
// be of end entities only, or of authorities only.
func IssuingPoint(onlyUsers, onlyCAs, indirect bool) Extension {
	seq := der.Seq()
	for _, field := range []struct {
		tag int
		set bool
	}{{1, onlyUsers}, {2, onlyCAs}, {4, indirect}} {
		if field.set {
			seq = der.And(seq, der.Implicit(field.tag, []byte{0xff}))
		}
	}
	return Fixed(OIDIssuingPoint, seq).AsCritical()
}

// CertificateIssuer says whose certificate an entry of an indirect list is (RFC 5280 §5.3.3).
func CertificateIssuer(n Name) Extension {
	return Fixed(OIDCertificateIssuer, der.Seq(der.Explicit(4, n.Value()))).AsCritical()
}

// Revoke signs a revocation list.
func (c *Credential) Revoke(l CRL) []byte {
	algorithm := c.Key.Default()
	if l.Algorithm != nil {
		algorithm = *l.Algorithm
	}
	tbs := der.Seq(hooked(l.TBS, l.signed(c, algorithm))...).Encode()
	signature := Sign(c.Key, algorithm, tbs)
	if l.Signature != nil {
		signature = l.Signature(signature)
	}
	return der.Seq(hooked(l.Whole, []der.Value{der.Raw(tbs), algorithm.ID, der.Bits(signature)})...).Encode()
}

// signed gives the elements of TBSCertList.
func (l CRL) signed(c *Credential, algorithm Algorithm) []der.Value {
	var elements []der.Value
	if l.Version != 1 {
		elements = append(elements, der.Int(int64(max(l.Version, 2)-1)))
	}
	inner, issuer := algorithm.ID, c.Subject
	if l.Inner != nil {
		inner = l.Inner
	}
	if l.Issuer != nil {
		issuer = l.Issuer
	}
	elements = append(elements, inner, issuer.Value(), der.Time(l.ThisUpdate))
	if !l.NextUpdate.IsZero() {
		elements = append(elements, der.Time(l.NextUpdate))
	}
	issuing := Issuing{KeyID: c.KeyID, IssuerKeyID: c.KeyID, Issuer: c.Subject, IssuerIssuer: c.Issuer, IssuerSerial: c.Serial}
	if len(l.Revoked) > 0 { // an empty list is left out (RFC 5280 §5.1.2.6)
		list := der.Seq()
		for _, r := range l.Revoked {
			list = der.And(list, r.write(issuing))
		}
		elements = append(elements, list)
	}
	if len(l.Extensions) > 0 {
		elements = append(elements, der.Explicit(0, extensionList(l.Extensions, issuing)))
	}
	return elements
}

func (r Revocation) write(i Issuing) der.Value {
	entry := der.Seq(r.Serial, der.Time(r.At))
	extensions := slices.Clone(r.Extensions)
	if r.Reason != 0 {
		extensions = slices.Insert(extensions, 0, Fixed(OIDReasonCode, der.Enumerated(int64(r.Reason))))
	}
	if len(extensions) > 0 {
		entry = der.And(entry, extensionList(extensions, i))
	}
	return entry
}

func extensionList(extensions []Extension, i Issuing) der.TLV {
	list := der.Seq()
	for _, e := range extensions {
		list = der.And(list, e.write(i))
	}
	return list
}
