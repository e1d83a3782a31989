package pki

import "github.com/travelseal/travelseal/internal/mint/der"

// A Name is a distinguished name: relative names in order, each of one attribute or several (RFC 5280 §4.1.2.4).
type Name []RDN

// An RDN is a relative distinguished name.
type RDN []Attribute

// An Attribute is a type with its value, in any type of string.
type Attribute struct {
	Type  string // object identifier
	Value der.Value
}

// Types of attributes (RFC 5280 §A.1).
const (
	CommonName   = "2.5.4.3"
	SerialNumber = "2.5.4.5"
	Country      = "2.5.4.6"
	Organization = "2.5.4.10"
	Unit         = "2.5.4.11"
)

// DN is the usual name: country in a PrintableString, as RFC 5280 §A.1 demands, the rest in UTF-8. An empty common name is
// left out.
func DN(country, organization, common string) Name {
	name := Name{One(Country, der.Printable(country)), One(Organization, der.UTF8(organization))}
	if common != "" {
		name = append(name, One(CommonName, der.UTF8(common)))
	}
	return name
}

// One is a relative name of one attribute.
func One(oid string, value der.Value) RDN { return RDN{{oid, value}} }

// Utopian is a name of Utopia's authority.
func Utopian(common string) Name { return DN("UT", "Utopia Test Authority", common) }

// Value writes the name.
func (n Name) Value() der.TLV {
	rdns := der.Seq()
	for _, rdn := range n {
		set := der.Set()
		for _, a := range rdn {
			set = der.And(set, der.Seq(der.OID(a.Type), a.Value))
		}
		rdns = der.And(rdns, set)
	}
	return rdns
}

// Reversed gives the relative names in the opposite order.
func (n Name) Reversed() Name {
	turned := make(Name, len(n))
	for i, rdn := range n {
		turned[len(n)-1-i] = rdn
	}
	return turned
}

// Joined gives one relative name of all attributes.
func (n Name) Joined() Name {
	var all RDN
	for _, rdn := range n {
		all = append(all, rdn...)
	}
	return Name{all}
}

// Set gives the name with another value of an attribute, or with the attribute at its end.
func (n Name) Set(oid string, value der.Value) Name {
	changed := make(Name, 0, len(n)+1)
	found := false
	for _, rdn := range n {
		if len(rdn) == 1 && rdn[0].Type == oid {
			rdn, found = One(oid, value), true
		}
		changed = append(changed, rdn)
	}
	if !found {
		changed = append(changed, One(oid, value))
	}
	return changed
}

// Texts that a name must not be able to write into a report as they stand.
const (
	Bidi    = "Utopia\u202e\u2066gnp.tobor\u2069"
	HTML    = `<script>alert("UT")</script>&amp;`
	Control = "Utopia\x1b[31m\r\nVerified: yes\x07"
	NUL     = "Utopia\x00.example"
)
