package lds

import (
	"crypto"
	_ "crypto/sha1" // the five are linked wherever a security object is read
	_ "crypto/sha256"
	_ "crypto/sha512"

	"github.com/travelseal/travelseal/internal/der"
)

// hashes are the algorithms of a security object (Doc 9303-12 §4.4; SHA-1 for the chips of the first years). MD5 is not
// among them: its digests bind nothing (RFC 6151 §2).
var hashes = map[der.OID]crypto.Hash{
	der.MustOID("1.3.14.3.2.26"):          crypto.SHA1,
	der.MustOID("2.16.840.1.101.3.4.2.4"): crypto.SHA224,
	der.MustOID("2.16.840.1.101.3.4.2.1"): crypto.SHA256,
	der.MustOID("2.16.840.1.101.3.4.2.2"): crypto.SHA384,
	der.MustOID("2.16.840.1.101.3.4.2.3"): crypto.SHA512,
}

// readHash reads an AlgorithmIdentifier of a hash. Its parameters are NULL or absent (RFC 5754 §2).
func readHash(r *der.Reader) (crypto.Hash, error) {
	const what = "the hash algorithm"
	v, err := r.Read(der.Sequence, what)
	if err != nil {
		return 0, err
	}
	in := v.Reader()
	oid, err := in.OID(what)
	if err != nil {
		return 0, err
	}
	null, found, err := in.Optional(der.Null, "the hash algorithm's parameters")
	switch {
	case err != nil:
		return 0, err
	case found && len(null.Content) > 0:
		return 0, null.Fail("the hash algorithm's parameters", der.ErrValue)
	}
	if err := in.End("the hash algorithm's parameters"); err != nil {
		return 0, err
	}
	hash, known := hashes[oid]
	if !known {
		return 0, v.Fail(what, ErrHash)
	}
	return hash, nil
}
