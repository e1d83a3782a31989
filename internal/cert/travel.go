package cert

import (
	"time"

	"github.com/travelseal/travelseal/internal/der"
)

// readKeyPeriod reads PrivateKeyUsagePeriod ::= SEQUENCE { [0] notBefore, [1] notAfter }, both IMPLICIT GeneralizedTime and
// optional (RFC 3280 §4.2.1.4).
func (c *Certificate) readKeyPeriod(x der.Value) error {
	const what = "the private key usage period"
	v, err := x.Inside(der.Sequence, what)
	if err != nil {
		return err
	}
	r := v.Reader()
	for number, t := range []*time.Time{&c.KeyNotBefore, &c.KeyNotAfter} {
		at, found, err := r.Optional(der.Context(uint32(number)), what)
		if err != nil {
			return err
		}
		if !found {
			continue
		}
		at.Tag = der.GeneralizedTime
		if *t, err = at.Time(what); err != nil {
			return err
		}
	}
	return r.End(what)
}

// readSubjectAltName looks among the GeneralNames for the directory name of Doc 9303-12 §7.1.1.2.
func (c *Certificate) readSubjectAltName(x der.Value) error {
	const what = "the subject's alternative name"
	names, err := x.Inside(der.Sequence, what)
	if err != nil {
		return err
	}
	v, err := directoryName(names, what)
	if err != nil || v.Raw == nil {
		return err
	}
	name, err := nameOf(v, what, nil)
	c.StateCode, c.StateDetail = name.Locality, name.State
	return err
}

// readDocumentTypes reads DocumentTypeListSyntax ::= SEQUENCE { version INTEGER { v0(0) }, SET OF PrintableString }
// (Doc 9303-12 §7.1.1.6).
func readDocumentTypes(x der.Value) (types []string, err error) {
	const what, most = "the document type list", 32
	v, err := x.Inside(der.Sequence, what)
	if err != nil {
		return nil, err
	}
	r := v.Reader()
	version, err := r.Read(der.Integer, what)
	if err != nil {
		return nil, err
	}
	if _, err := version.Small(0, what); err != nil {
		return nil, err
	}
	set, err := r.Read(der.Set, what)
	if err != nil {
		return nil, err
	}
	for in := set.Reader(); !in.Empty(); {
		t, err := in.Read(der.PrintableString, what)
		if err != nil {
			return nil, err
		}
		if len(types) == most || len(t.Content) == 0 || len(t.Content) > 2 || !ascii(t.Content) {
			return nil, t.Fail(what, der.ErrValue)
		}
		types = append(types, string(t.Content))
	}
	return types, r.End(what)
}
