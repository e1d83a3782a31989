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
		name, err := directoryName(names, what)
		if err != nil {
			return nil, nil, nil, err
		}
		issuer = name.Raw
	}
	number, _, err := r.Optional(der.Context(2), what)
	if err != nil {
		return nil, nil, nil, err
	}
	return id.Content, issuer, number.Content, r.End(what)
}

// directoryName gives the first Name among GeneralNames (RFC 5280 §4.2.1.6), whose Raw is nil where there is none.
func directoryName(names der.Value, what string) (der.Value, error) {
	for r := names.Reader(); !r.Empty(); {
		v, err := r.Next(what)
		if err != nil {
			return der.Value{}, err
		}
		if v.Tag == der.ContextOf(4) {
			return v.Inside(der.Sequence, what)
		}
	}
	return der.Value{}, nil
}
