package cert

import "github.com/travelseal/travelseal/internal/der"

// readAuthorityKeyID reads SEQUENCE { [0] KeyIdentifier, [1] GeneralNames, [2] serial }, each part optional (RFC 5280
// §4.2.1.1).
func readAuthorityKeyID(x der.Value) (keyID, issuer, serial []byte, err error) {
	const what = "the authority key identifier"
	v, err := x.Inside(der.Sequence, what)
	if err != nil {
		return nil, nil, nil, err
	}
	r := v.Reader()
	id, _, err := r.Optional(der.Context(0), what)
	if err != nil {
		return nil, nil, nil, err
	}
	names, found, err := r.Optional(der.ContextOf(1), what)
	if err != nil {
		return nil, nil, nil, err
	}
	if found {
		if issuer, err = directoryName(names, what); err != nil {
			return nil, nil, nil, err
		}
	}
	number, _, err := r.Optional(der.Context(2), what)
	if err != nil {
		return nil, nil, nil, err
	}
	return id.Content, issuer, number.Content, r.End(what)
}

// directoryName gives the first Name among GeneralNames (RFC 5280 §4.2.1.6), nil where there is none.
func directoryName(names der.Value, what string) ([]byte, error) {
	for r := names.Reader(); !r.Empty(); {
		v, err := r.Next(what)
		if err != nil {
			return nil, err
		}
		if v.Tag != der.ContextOf(4) {
			continue
		}
		name, err := v.Inside(der.Sequence, what)
		if err != nil {
			return nil, err
		}
		return name.Raw, nil
	}
	return nil, nil
}
