package cert

import (
	"slices"

	"github.com/travelseal/travelseal/internal/der"
)

// maxExtensions is how many extensions a certificate or a list may have; the most on the lists has 14.
const maxExtensions = 48

// An extension is one entry of Extensions (RFC 5280 §4.1, §4.2).
type extension struct {
	oid      der.OID
	critical bool
	value    der.Value // the OCTET STRING
}

// eachExtension walks Extensions ::= SEQUENCE OF Extension. It says whether one occurs twice, which RFC 5280 §4.2 forbids;
// do gets the first of them alone.
func eachExtension(list der.Value, n *notes, do func(extension) error) (twice bool, err error) {
	const what = "an extension"
	var few [16]der.OID
	seen := few[:0]
	for r := list.Reader(); !r.Empty(); {
		v, err := r.Read(der.Sequence, what)
		if err != nil {
			return twice, err
		}
		x, err := readExtension(v, n)
		if err != nil {
			return twice, err
		}
		if len(seen) == maxExtensions {
			return twice, v.Fail(what, der.ErrLimit)
		}
		if slices.Contains(seen, x.oid) {
			twice = true
			continue
		}
		seen = append(seen, x.oid)
		if err := do(x); err != nil {
			return twice, err
		}
	}
	return twice, nil
}

// readExtension reads Extension ::= SEQUENCE { extnID, critical BOOLEAN DEFAULT FALSE, extnValue OCTET STRING }.
func readExtension(v der.Value, n *notes) (x extension, err error) {
	const what = "an extension"
	r := v.Reader()
	if x.oid, err = r.OID(what); err != nil {
		return x, err
	}
	if x.critical, err = readFlag(&r, what, n); err != nil {
		return x, err
	}
	if x.value, err = r.Read(der.OctetString, what); err != nil {
		return x, err
	}
	return x, r.End(what)
}

// readFlag reads a BOOLEAN DEFAULT FALSE.
func readFlag(r *der.Reader, what string, n *notes) (bool, error) {
	v, found, err := r.Optional(der.Boolean, what)
	if err != nil || !found {
		return false, err
	}
	value, strict, err := v.Bool(what)
	if err != nil {
		return false, err
	}
	if !strict {
		n.add(CodeBoolean, what, v.Offset)
	}
	if !value {
		n.add(CodeDefaultEncoded, what, v.Offset)
	}
	return value, nil
}

func (c *Certificate) readExtensions(list der.Value, n *notes) error {
	if len(list.Content) == 0 {
		return list.Fail("the extensions", der.ErrTruncated)
	}
	twice, err := eachExtension(list, n, func(x extension) error { return c.readExtension(x, n) })
	if twice {
		c.object(list.Fail("the extensions", errTwice))
	}
	return err
}

func (c *Certificate) readExtension(x extension, n *notes) error {
	switch x.oid {
	case oidKeyUsage:
		return c.readKeyUsage(x.value, n)
	case oidBasicConstraints:
		return c.readBasicConstraints(x.value, n)
	case oidExtKeyUsage:
		return c.readExtKeyUsage(x.value, n)
	case oidSubjectKeyID:
		v, err := x.value.Inside(der.OctetString, "the subject key identifier")
		c.SubjectKeyID = v.Content
		return err
	case oidAuthorityKeyID:
		var err error
		c.AuthorityKeyID, c.AuthorityIssuer, c.AuthoritySerial, err = readAuthorityKeyID(x.value)
		return err
	case oidPrivateKeyPeriod:
		return c.readKeyPeriod(x.value)
	case oidDocumentTypes:
		var err error
		if c.DocumentTypes, err = readDocumentTypes(x.value); err != nil {
			n.add(CodeDocumentTypes, "the document type list", x.value.Offset)
		}
	case oidNameChange:
		c.NameChange = true
	case oidSubjectAltName:
		if err := c.readSubjectAltName(x.value); err != nil {
			n.add(CodeAltName, "the subject's alternative name", x.value.Offset)
		}
	case oidIssuerAltName, oidCRLPoints:
		// They add names and places, and take nothing away: a certificate may as well be used without reading them.
	case oidPolicies:
		// Nobody here demands a policy, so that every set of them will do (RFC 5280 §6.1.1 c and e).
	default:
		if x.critical {
			c.UnknownCritical = append(c.UnknownCritical, x.oid)
		}
	}
	return nil
}
