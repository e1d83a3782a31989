package cert

import (
	"bytes"
	"slices"

	"github.com/travelseal/travelseal/internal/der"
)

// ParseList reads one revocation list of at most [MaxList] bytes and [MaxEntries] entries. Errors are *[der.Error]. The list
// points into raw.
func ParseList(raw []byte) (*List, error) {
	const what = "the revocation list"
	if len(raw) > MaxList {
		return nil, &der.Error{What: what, Err: der.ErrLimit}
	}
	outer, err := der.Only(raw, der.Sequence, what)
	if err != nil {
		return nil, err
	}
	tbs, algorithm, signature, err := readSigned(outer, what)
	if err != nil {
		return nil, err
	}
	l := &List{Raw: outer.Raw, TBS: tbs.Raw, Signature: signature}
	var n notes
	l.Algorithm, l.AlgorithmProblem = readAlgorithm(algorithm, &n)
	if err := l.readTBS(tbs, algorithm, &n); err != nil {
		return nil, err
	}
	l.Deviations = n.list
	return l, nil
}

// readTBS reads TBSCertList (RFC 5280 §5.1).
func (l *List) readTBS(tbs, outer der.Value, n *notes) error {
	r := tbs.Reader()
	l.Version = 1
	if v, found, err := r.Optional(der.Integer, "the version"); err != nil {
		return err
	} else if found {
		version, err := v.Small(1, "the version")
		if err != nil {
			return err
		}
		if version == 0 { // RFC 5280 §5.1.2.1: where it is there, it is v2
			return v.Fail("the version", der.ErrValue)
		}
		l.Version = 2
	}
	inner, err := r.Read(der.Sequence, "the inner signature algorithm")
	if err != nil {
		return err
	}
	if !bytes.Equal(inner.Raw, outer.Raw) {
		l.object(inner.Fail("the signature algorithm", errAlgorithms))
	}
	if l.Issuer, err = readName(&r, "the issuer", n); err != nil {
		return err
	}
	if l.Issuer.Empty() {
		return inner.Fail("the issuer", der.ErrValue)
	}
	if l.ThisUpdate, err = readTime(&r, "the time of this update", n); err != nil {
		return err
	}
	if tag := r.Peek(); tag == der.UTCTime || tag == der.GeneralizedTime {
		if l.NextUpdate, err = readTime(&r, "the time of the next update", n); err != nil {
			return err
		}
	}
	entries, found, err := r.Optional(der.Sequence, "the revoked certificates")
	if err != nil {
		return err
	}
	if found {
		if err := l.readEntries(entries, n); err != nil {
			return err
		}
	}
	return l.readRest(&r, n)
}

func (l *List) readRest(r *der.Reader, n *notes) error {
	outer, found, err := r.Optional(der.ContextOf(0), "the extensions")
	if err != nil {
		return err
	}
	if err := r.End("the signed part"); err != nil || !found {
		return err
	}
	if l.Version < 2 {
		l.object(outer.Fail("the extensions", errVersion))
	}
	list, err := outer.Inside(der.Sequence, "the extensions")
	if err != nil {
		return err
	}
	twice, err := eachExtension(list, n, l.readExtension)
	if twice {
		l.object(list.Fail("the extensions", errTwice))
	}
	return err
}

func (l *List) readExtension(x extension) (err error) {
	switch x.oid {
	case oidCRLNumber:
		v, err := x.value.Inside(der.Integer, "the number of the list")
		if err != nil {
			return err
		}
		if len(v.Content) > maxSerial {
			return v.Fail("the number of the list", der.ErrLimit)
		}
		l.Number, err = v.Integer("the number of the list")
		return err
	case oidAuthorityKeyID:
		l.AuthorityKeyID, _, _, err = readAuthorityKeyID(x.value)
		return err
	case oidDeltaIndicator:
		l.Delta = true
	case oidIssuingPoint:
		return l.readIssuingPoint(x.value)
	case oidIssuerAltName:
	default:
		if x.critical {
			l.UnknownCritical = append(l.UnknownCritical, x.oid)
		}
	}
	return nil
}

// readIssuingPoint reads IssuingDistributionPoint ::= SEQUENCE { [0] distributionPoint, [1] onlyContainsUserCerts, [2]
// onlyContainsCACerts, [3] onlySomeReasons, [4] indirectCRL, [5] onlyContainsAttributeCerts } (RFC 5280 §5.2.5). A flag that
// is there makes the list what it names, whatever its value, which DER would have left out if it were FALSE.
func (l *List) readIssuingPoint(x der.Value) error {
	const what = "the issuing distribution point"
	v, err := x.Inside(der.Sequence, what)
	if err != nil {
		return err
	}
	for r := v.Reader(); !r.Empty(); {
		part, err := r.Next(what)
		if err != nil {
			return err
		}
		switch part.Tag {
		case der.ContextOf(0):
		case der.Context(4):
			l.Indirect = true
		case der.Context(1), der.Context(2), der.Context(3), der.Context(5):
			l.Partial = true
		default:
			return part.Fail(what, der.ErrTag)
		}
	}
	return nil
}

func (l *List) readEntries(v der.Value, n *notes) error {
	const what = "a revoked certificate"
	sorted := true
	for r := v.Reader(); !r.Empty(); {
		if len(l.entries) == MaxEntries {
			return v.Fail("the revoked certificates", der.ErrLimit)
		}
		entry, err := r.Read(der.Sequence, what)
		if err != nil {
			return err
		}
		e, err := l.readEntry(entry, n)
		if err != nil {
			return err
		}
		if k := len(l.entries); k > 0 && bytes.Compare(l.entries[k-1].Serial, e.Serial) > 0 {
			sorted = false
		}
		l.entries = append(l.entries, e)
	}
	if !sorted {
		slices.SortStableFunc(l.entries, func(a, b Entry) int { return bytes.Compare(a.Serial, b.Serial) })
	}
	return nil
}

// readEntry reads SEQUENCE { userCertificate, revocationDate, crlEntryExtensions OPTIONAL } (RFC 5280 §5.1.2.6).
func (l *List) readEntry(v der.Value, n *notes) (e Entry, err error) {
	const what = "a revoked certificate"
	r := v.Reader()
	serial, err := r.Read(der.Integer, what)
	if err != nil {
		return e, err
	}
	if e.Serial, err = serial.Integer(what); err != nil {
		return e, err
	}
	if len(e.Serial) > maxSerial {
		return e, serial.Fail(what, der.ErrLimit)
	}
	if e.Date, err = readTime(&r, what, nil); err != nil {
		return e, err
	}
	list, found, err := r.Optional(der.Sequence, what)
	if err != nil {
		return e, err
	}
	if err := r.End(what); err != nil || !found {
		return e, err
	}
	if l.Version < 2 {
		l.object(v.Fail(what, errVersion))
	}
	twice, err := eachExtension(list, nil, func(x extension) error { return l.readEntryExtension(x, &e) })
	if twice {
		l.object(list.Fail(what, errTwice))
	}
	return e, err
}

func (l *List) readEntryExtension(x extension, e *Entry) error {
	switch x.oid {
	case oidReasonCode:
		v, err := x.value.Inside(der.Enumerated, "the reason of a revocation")
		if err != nil {
			return err
		}
		e.Reason, err = v.Small(10, "the reason of a revocation")
		return err
	case oidInvalidityDate:
	case oidCertificateIssuer:
		l.Indirect = true
	default:
		if x.critical && !slices.Contains(l.UnknownCritical, x.oid) && len(l.UnknownCritical) < maxExtensions {
			l.UnknownCritical = append(l.UnknownCritical, x.oid)
		}
	}
	return nil
}

func (l *List) object(err error) {
	if l.problem == nil {
		l.problem = err
	}
}
