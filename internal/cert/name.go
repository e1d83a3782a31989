package cert

import (
	"strings"

	"github.com/travelseal/travelseal/internal/der"
)

// maxAttributes is how many attributes a name may have; the longest on the lists has nine.
const maxAttributes = 32

// A Name is a distinguished name (RFC 5280 §4.1.2.4). The fields are what people and rules look for, in UTF-8 and as the
// issuer wrote them, control characters and all: show a name through [Name.String]. Where an attribute occurs twice, the
// field has the first. The zero Name has nothing.
type Name struct {
	Raw          []byte // DER
	Country      string // ISO 3166-1 alpha-2, as Doc 9303-12 §7.1.1 wants it; real names have small letters and three of them
	Organization string
	Unit         string
	CommonName   string
	SerialNumber string
	Locality     string
	State        string // or province
}

// Empty reports whether the name has no part.
func (n Name) Empty() bool { return len(n.Raw) <= 2 }

// readName reads the next value as a Name.
func readName(r *der.Reader, what string, n *notes) (Name, error) {
	v, err := r.Read(der.Sequence, what)
	if err != nil {
		return Name{}, err
	}
	return nameOf(v, what, n)
}

func nameOf(v der.Value, what string, n *notes) (Name, error) {
	name := Name{Raw: v.Raw}
	err := eachAttribute(v, what, func(a attribute) error {
		field := name.field(a.oid)
		if field == nil || *field != "" {
			return nil
		}
		text, ok := a.text()
		if !ok {
			return a.value.Fail(what, der.ErrValue)
		}
		*field = text
		if a.value.Tag == der.PrintableString && !printable(text) {
			n.add(CodePrintable, what, a.value.Offset)
		}
		if a.oid == oidCountry {
			noteCountry(text, what, a.value.Offset, n)
		}
		return nil
	})
	if err != nil {
		return Name{}, err
	}
	return name, nil
}

// field is where an attribute is kept; nil for those that are not.
func (n *Name) field(oid der.OID) *string {
	switch oid {
	case oidCountry:
		return &n.Country
	case oidOrganization:
		return &n.Organization
	case oidUnit:
		return &n.Unit
	case oidCommonName:
		return &n.CommonName
	case oidSerialNumber:
		return &n.SerialNumber
	case oidLocality:
		return &n.Locality
	case oidState:
		return &n.State
	}
	return nil
}

func noteCountry(country, what string, offset int, n *notes) {
	if len(country) != 2 {
		n.add(CodeCountryLength, what, offset)
	}
	if strings.ToUpper(country) != country {
		n.add(CodeCountryCase, what, offset)
	}
}

// An attribute is one type and value of a name, and the number of the RelativeDistinguishedName that it stands in.
type attribute struct {
	rdn   int
	oid   der.OID
	value der.Value
}

// eachAttribute walks RDNSequence ::= SEQUENCE OF SET OF SEQUENCE { type, value } (RFC 5280 §4.1.2.4).
func eachAttribute(name der.Value, what string, do func(attribute) error) error {
	count := 0
	rdns := name.Reader()
	for rdn := 0; !rdns.Empty(); rdn++ {
		set, err := rdns.Read(der.Set, what)
		if err != nil {
			return err
		}
		members := set.Reader()
		if members.Empty() {
			return set.Fail(what, der.ErrValue)
		}
		for !members.Empty() {
			if count++; count > maxAttributes {
				return set.Fail(what, der.ErrLimit)
			}
			pair, err := members.Read(der.Sequence, what)
			if err != nil {
				return err
			}
			in := pair.Reader()
			oid, err := in.OID(what)
			if err != nil {
				return err
			}
			value, err := in.Next(what)
			if err != nil {
				return err
			}
			if err := in.End(what); err != nil {
				return err
			}
			if err := do(attribute{rdn, oid, value}); err != nil {
				return err
			}
		}
	}
	return nil
}
