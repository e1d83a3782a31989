package cert

import (
	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/der"
	"github.com/travelseal/travelseal/internal/sig"
)

// A signed is what a certificate and a revocation list have in common.
type signed struct {
	algorithm formats.Algorithm
	problem   error // why the algorithm is not known
	tbs       []byte
	signature []byte
}

// readSigned takes SEQUENCE { tbs, signatureAlgorithm, signature BIT STRING } apart (RFC 5280 §4.1, §5.1).
func readSigned(outer der.Value, what string) (tbs, algorithm der.Value, signature []byte, err error) {
	r := outer.Reader()
	if tbs, err = r.Read(der.Sequence, "the signed part"); err != nil {
		return tbs, algorithm, nil, err
	}
	if algorithm, err = r.Read(der.Sequence, "the signature algorithm"); err != nil {
		return tbs, algorithm, nil, err
	}
	bits, err := r.Read(der.BitString, "the signature")
	if err != nil {
		return tbs, algorithm, nil, err
	}
	if err = r.End(what); err != nil {
		return tbs, algorithm, nil, err
	}
	signature, err = bits.Octets("the signature")
	return tbs, algorithm, signature, err
}

func checkSignature(issuer *Certificate, s signed) error {
	switch {
	case s.problem != nil:
		return s.problem
	case issuer.KeyProblem != nil:
		return issuer.KeyProblem
	}
	if err := issuer.KeyLimits.Permit(s.algorithm); err != nil {
		return err
	}
	return sig.Verify(s.algorithm, issuer.Key, s.tbs, s.signature)
}
