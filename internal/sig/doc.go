// Package sig is the algorithm table and the only place where a signature meets a key.
//
// Every decoder hands over the exact bytes signed, the signature and a [formats.Algorithm] with all its parameters; the
// key comes from the relying party's trust list. [Verify] answers nil or says why not, and the reasons are kept apart
// because they mean different things to the traveller: [ErrMismatch] is evidence against a document once its signer is
// identified, while [ErrKeyType], [ErrUnsupported] and [ErrWeakKey] say only that nothing could be proved.
//
// # The table
//
//	ECDSA     P-224, P-256, P-384, P-521, brainpool of 224 bits and more; SHA-224, SHA-256, SHA-384, SHA-512 with any of
//	          them; r‖s or DER
//	RSA-PSS   2048 to 8192 bits; the same hashes, each with any of them or SHA-1 in MGF1; any stated salt length
//	RSA v1.5  2048 to 8192 bits; the same hashes
//	Ed25519   pure, without prehash or context
//
// RFC 9053 §2.1 lets any hash go with any curve, so COSE names leave the curve to the key; RFC 7518 §3.4 ties one curve
// to each name, so JOSE names set it.
//
// # Choices
//
// MD5 never carries a signature, and SHA-1 never one that is nil: both have practical collisions. A signature over SHA-1
// that holds is [ErrWeakHash], because passports are still made with it, and whose it is can be told. SHA-1 is taken as
// the hash of MGF1, where collisions do not matter: RFC 4055 §3.1 makes it the default there, so that a signer who names
// only its hash gets it.
//
// Curves of the standard library are checked by it; the others by package ec. Curves below 224 bits are too weak, as RSA
// below 2048 bits is (NIST SP 800-57 part 1, table 2).
//
// SHA-224 is taken, because ICAO Doc 9303-12 permits it in passports and its collision strength, 112 bits, is that of the
// smallest RSA key taken here.
//
// An ECDSA signature with a high s is taken: neither COSE, JOSE nor CMS forbids it. So (r, n-s) is a second signature of
// the same bytes that anyone can compute, and nothing may use the bytes of a signature as a document's identity. Ed25519
// has one spelling: S must be below the group order (RFC 8032 §5.1.7).
//
// An RSA v1.5 signature whose DigestInfo leaves out the NULL parameters is [ErrNullOmitted], a result of its own.
package sig
