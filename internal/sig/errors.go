package sig

import "errors"

var (
	// ErrMismatch means that the signature is not one of this key over these bytes.
	ErrMismatch = errors.New("no signature of this key over these bytes")
	// ErrEncoding means that the form of the signature is wrong, such as a length of r‖s that its curve does not have,
	// or DER that is not minimal: it can be no signature under this algorithm. Every ErrEncoding is an ErrMismatch too.
	ErrEncoding error = malformed{}
	// ErrKeyType means that the key is not of the algorithm's kind, or not on the curve that the algorithm fixes.
	ErrKeyType = errors.New("key is not of the algorithm's kind")
	// ErrUnsupported means an algorithm, a parameter, a curve or a kind of key that this version cannot check.
	ErrUnsupported = errors.New("unsupported algorithm or curve")
	// ErrWeakKey means that the key proves nothing, because others could sign for it or it is no valid key at all.
	ErrWeakKey = errors.New("weak or invalid key")
	// ErrNullOmitted means that an RSA v1.5 signature is one of this key over these bytes, save that its DigestInfo
	// leaves out the NULL of the hash algorithm's parameters. RFC 8017 §9.2 requires the NULL, but genuine issuers have
	// left it out (the United Nations, in the ICAO master list of September 2023). It is not an ErrMismatch, as only the
	// holder of the key can make it: a caller that tolerates the form by name may take it, all others refuse it.
	ErrNullOmitted = errors.New("signature holds, but its DigestInfo leaves out the NULL parameters")
	// ErrSHA1 means that the signature is one of this key over these bytes, but of their SHA-1 hash, whose collisions are
	// practical: who chose the bytes may have had others signed with them. Passports and certificates of states that are
	// signed so are still in use. It is not an ErrMismatch: a caller that tolerates the hash by name may take it, all others
	// refuse it.
	ErrSHA1 = errors.New("signature holds, but its hash is SHA-1")
)

type malformed struct{}

func (malformed) Error() string { return "malformed signature" }
func (malformed) Unwrap() error { return ErrMismatch }
