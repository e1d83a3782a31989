package cert

import (
	"time"

	"github.com/travelseal/travelseal/internal/der"
)

// readValidity reads Validity ::= SEQUENCE { notBefore, notAfter } (RFC 5280 §4.1.2.5).
func (c *Certificate) readValidity(r *der.Reader, n *notes) error {
	v, err := r.Read(der.Sequence, "the validity")
	if err != nil {
		return err
	}
	in := v.Reader()
	if c.NotBefore, err = readTime(&in, "the beginning of the validity", n); err != nil {
		return err
	}
	if c.NotAfter, err = readTime(&in, "the end of the validity", n); err != nil {
		return err
	}
	return in.End("the validity")
}

// readTime reads a time, and notes a GeneralizedTime for a year that a UTCTime can tell (RFC 5280 §4.1.2.5).
func readTime(r *der.Reader, what string, n *notes) (time.Time, error) {
	v, err := r.Next(what)
	if err != nil {
		return time.Time{}, err
	}
	t, err := v.Time(what)
	if err != nil {
		return time.Time{}, err
	}
	if v.Tag == der.GeneralizedTime && t.Year() >= 1950 && t.Year() < 2050 {
		n.add(CodeGeneralizedTime, what, v.Offset)
	}
	return t, nil
}
