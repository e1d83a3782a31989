package cert

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// A Named signer is told by more than its path: publishers whose root issues certificates to many others than themselves say
// by what name they sign.
type Named struct {
	CommonNames []string // the subject has exactly one of these, and no other common name
	Country     string   // of the root, ISO 3166-1 alpha-2; "" for any
}

// Errors of [Pool.NamedPath], beside those of Path.
var (
	ErrName        = errors.New("its name is another")
	ErrPurpose     = errors.New("its certificate is not for signatures (RFC 5280 §4.2.1.3)")
	ErrRootCountry = errors.New("the root is not of")
)

// NamedPath leads from a signer to the pool as Path does, where the signer has the name, and a certificate that is for
// signatures and issues none. Names are compared as a whole: a certificate whose organization holds the name, or which has two
// names, is another's.
func (p *Pool) NamedPath(signer *Certificate, extra []*Certificate, budget *int, n Named) (Path, error) {
	name, ok := signer.Subject.SoleCommonName()
	switch {
	case !ok || !slices.Contains(n.CommonNames, name):
		return Path{}, ErrName
	case signer.CA || signer.KeyUsage.Has(CertSign) || signer.HasKeyUsage && !signer.KeyUsage.Has(DigitalSignature):
		return Path{}, ErrPurpose
	}
	path, err := p.Path(signer, extra, budget)
	if err == nil && n.Country != "" && !strings.EqualFold(path.Anchor().Subject.Country, n.Country) {
		err = fmt.Errorf("%w %s", ErrRootCountry, n.Country)
	}
	return path, err
}
