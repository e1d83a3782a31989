package sig

import "github.com/travelseal/travelseal/formats"

// FromCOSE gives the algorithm of a COSE "alg" value (RFC 9053 §2, RFC 8230 §2, RFC 8812 §2). The curve of an ECDSA key
// is left open, as RFC 9053 §2.1 does.
func FromCOSE(alg int64) (formats.Algorithm, bool) {
	switch alg {
	case -7:
		return formats.ES256, true
	case -35:
		return formats.ES384, true
	case -36:
		return formats.ES512, true
	case -37:
		return formats.PS256, true
	case -38:
		return formats.PS384, true
	case -39:
		return formats.PS512, true
	case -257:
		return formats.RS256, true
	case -8:
		return formats.EdDSA, true
	}
	return formats.Algorithm{}, false
}

// FromJOSE gives the algorithm of a JOSE "alg" value (RFC 7518 §3.1, RFC 8037 §3.1). Each ECDSA name fixes its curve
// (RFC 7518 §3.4). "none" and the MACs are no signatures and are never found.
func FromJOSE(alg string) (formats.Algorithm, bool) {
	switch alg {
	case "ES256":
		return onCurve(formats.ES256, "P-256"), true
	case "ES384":
		return onCurve(formats.ES384, "P-384"), true
	case "ES512":
		return onCurve(formats.ES512, "P-521"), true
	case "PS256":
		return formats.PS256, true
	case "PS384":
		return formats.PS384, true
	case "PS512":
		return formats.PS512, true
	case "RS256":
		return formats.RS256, true
	case "EdDSA":
		return formats.EdDSA, true
	}
	return formats.Algorithm{}, false
}

func onCurve(a formats.Algorithm, curve string) formats.Algorithm {
	a.Curve = curve
	return a
}
