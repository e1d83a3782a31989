package cert

import (
	"crypto"
	"fmt"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/der"
	"github.com/travelseal/travelseal/internal/sig"
)

// signatureAlgorithms are those whose identifier says everything. RSA v1.5 takes NULL as its parameters (RFC 4055 §5), the
// others take none (RFC 5758 §3.2, RFC 8410 §3, BSI TR-03111 §5.2).
var signatureAlgorithms = map[der.OID]formats.Algorithm{
	der.MustOID("1.2.840.113549.1.1.4"):  {Scheme: formats.RSAPKCS1, Hash: crypto.MD5},
	der.MustOID("1.2.840.113549.1.1.5"):  {Scheme: formats.RSAPKCS1, Hash: crypto.SHA1},
	der.MustOID("1.2.840.113549.1.1.14"): {Scheme: formats.RSAPKCS1, Hash: crypto.SHA224},
	der.MustOID("1.2.840.113549.1.1.11"): {Scheme: formats.RSAPKCS1, Hash: crypto.SHA256},
	der.MustOID("1.2.840.113549.1.1.12"): {Scheme: formats.RSAPKCS1, Hash: crypto.SHA384},
	der.MustOID("1.2.840.113549.1.1.13"): {Scheme: formats.RSAPKCS1, Hash: crypto.SHA512},

	der.MustOID("1.2.840.10045.4.1"):   {Scheme: formats.ECDSA, Hash: crypto.SHA1, Encoding: formats.DER},
	der.MustOID("1.2.840.10045.4.3.1"): {Scheme: formats.ECDSA, Hash: crypto.SHA224, Encoding: formats.DER},
	der.MustOID("1.2.840.10045.4.3.2"): {Scheme: formats.ECDSA, Hash: crypto.SHA256, Encoding: formats.DER},
	der.MustOID("1.2.840.10045.4.3.3"): {Scheme: formats.ECDSA, Hash: crypto.SHA384, Encoding: formats.DER},
	der.MustOID("1.2.840.10045.4.3.4"): {Scheme: formats.ECDSA, Hash: crypto.SHA512, Encoding: formats.DER},

	// The "plain" form of BSI TR-03111 §5.2.1: r‖s under an identifier of its own.
	der.MustOID("0.4.0.127.0.7.1.1.4.1.1"): {Scheme: formats.ECDSA, Hash: crypto.SHA1, Encoding: formats.Raw},
	der.MustOID("0.4.0.127.0.7.1.1.4.1.2"): {Scheme: formats.ECDSA, Hash: crypto.SHA224, Encoding: formats.Raw},
	der.MustOID("0.4.0.127.0.7.1.1.4.1.3"): {Scheme: formats.ECDSA, Hash: crypto.SHA256, Encoding: formats.Raw},
	der.MustOID("0.4.0.127.0.7.1.1.4.1.4"): {Scheme: formats.ECDSA, Hash: crypto.SHA384, Encoding: formats.Raw},
	der.MustOID("0.4.0.127.0.7.1.1.4.1.5"): {Scheme: formats.ECDSA, Hash: crypto.SHA512, Encoding: formats.Raw},

	oidEd25519: {Scheme: formats.Ed25519},
}

var hashes = map[der.OID]crypto.Hash{
	der.MustOID("1.2.840.113549.2.5"):     crypto.MD5,
	der.MustOID("1.3.14.3.2.26"):          crypto.SHA1,
	der.MustOID("2.16.840.1.101.3.4.2.4"): crypto.SHA224,
	der.MustOID("2.16.840.1.101.3.4.2.1"): crypto.SHA256,
	der.MustOID("2.16.840.1.101.3.4.2.2"): crypto.SHA384,
	der.MustOID("2.16.840.1.101.3.4.2.3"): crypto.SHA512,
}

// Algorithm reads the AlgorithmIdentifier of a signature with exactly the parameters that it states (RFC 5280 §4.1.1.2,
// RFC 4055 §3.1 and §5). It says what was meant, not whether that is any good: MD5 has a name here, and internal/sig refuses
// it. An algorithm without a row is a [sig.ErrUnsupported], one that is written wrongly a *[der.Error].
func Algorithm(v der.Value) (formats.Algorithm, error) { return readAlgorithm(v, nil) }

func readAlgorithm(v der.Value, n *notes) (formats.Algorithm, error) {
	const what = "the signature algorithm"
	oid, params, given, err := identifier(v, what)
	if err != nil {
		return formats.Algorithm{}, err
	}
	if oid == oidPSS {
		if !given {
			return formats.Algorithm{}, v.Fail("the parameters of RSASSA-PSS", der.ErrTruncated) // RFC 4055 §3.1: must be present
		}
		return readPSS(params, n)
	}
	a, ok := signatureAlgorithms[oid]
	switch {
	case !ok:
		return formats.Algorithm{}, fmt.Errorf("%s: %w", what, sig.ErrUnsupported)
	case a.Scheme == formats.RSAPKCS1 && !given:
		n.add(CodeNullAbsent, what, v.Offset)
	case given && (!isNull(params) || a.Scheme == formats.Ed25519):
		return formats.Algorithm{}, params.Fail("the parameters of the signature algorithm", der.ErrTag)
	case given && a.Scheme != formats.RSAPKCS1:
		n.add(CodeNullPresent, what, v.Offset)
	}
	return a, nil
}

// Hash reads the AlgorithmIdentifier of a hash, whose parameters are NULL or absent (RFC 4055 §2.1, RFC 5754 §2). A hash
// without a row is a [sig.ErrUnsupported], one that is written wrongly a *[der.Error].
func Hash(v der.Value) (crypto.Hash, error) {
	const what = "the hash algorithm"
	oid, params, given, err := identifier(v, what)
	if err != nil {
		return 0, err
	}
	if given && !isNull(params) {
		return 0, params.Fail("the parameters of the hash algorithm", der.ErrTag)
	}
	h, ok := hashes[oid]
	if !ok {
		return 0, fmt.Errorf("%s: %w", what, sig.ErrUnsupported)
	}
	return h, nil
}

// identifier takes AlgorithmIdentifier ::= SEQUENCE { OBJECT IDENTIFIER, ANY OPTIONAL } apart (RFC 5280 §4.1.1.2).
func identifier(v der.Value, what string) (oid der.OID, params der.Value, given bool, err error) {
	if v.Tag != der.Sequence {
		return "", params, false, v.Fail(what, der.ErrTag)
	}
	r := v.Reader()
	if oid, err = r.OID(what); err != nil || r.Empty() {
		return oid, params, false, err
	}
	if params, err = r.Next(what); err != nil {
		return "", params, false, err
	}
	return oid, params, true, r.End(what)
}

func isNull(v der.Value) bool { return v.Tag == der.Null && len(v.Content) == 0 }
