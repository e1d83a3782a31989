package cert

import (
	"crypto"
	"fmt"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/der"
	"github.com/travelseal/travelseal/internal/sig"
)

// maxSalt is the longest salt that fits the largest modulus (8192 bits) with any hash.
const maxSalt = 1024

// readPSS reads RSASSA-PSS-params (RFC 4055 §3.1). What is left out has the default that the paragraph gives: SHA-1, MGF1
// with SHA-1, a salt of 20 bytes, and the trailer field 1, which is the only one there is.
func readPSS(v der.Value, n *notes) (formats.Algorithm, error) {
	a := formats.Algorithm{Scheme: formats.RSAPSS, Hash: crypto.SHA1, MGFHash: crypto.SHA1, SaltLength: 20}
	none := formats.Algorithm{}
	if v.Tag != der.Sequence {
		return none, v.Fail("the parameters of RSASSA-PSS", der.ErrTag)
	}
	r := v.Reader()
	const hashOf, mgfOf = "the hash of RSASSA-PSS", "the mask generation of RSASSA-PSS"
	if outer, found, err := r.Optional(der.ContextOf(0), hashOf); err != nil {
		return none, err
	} else if found {
		in, err := outer.Inside(der.Sequence, hashOf)
		if err != nil {
			return none, err
		}
		if a.Hash, err = Hash(in); err != nil {
			return none, err
		}
		if a.Hash == crypto.SHA1 {
			n.add(CodeDefaultEncoded, hashOf, outer.Offset)
		}
	}
	if outer, found, err := r.Optional(der.ContextOf(1), mgfOf); err != nil {
		return none, err
	} else if found {
		if a.MGFHash, err = readMGF(outer, mgfOf); err != nil {
			return none, err
		}
		if a.MGFHash == crypto.SHA1 {
			n.add(CodeDefaultEncoded, mgfOf, outer.Offset)
		}
	}
	salt, found, err := readSmall(&r, 2, maxSalt, "the salt length of RSASSA-PSS")
	if err != nil {
		return none, err
	}
	if found {
		a.SaltLength = salt
		if salt == 20 {
			n.add(CodeDefaultEncoded, "the salt length of RSASSA-PSS", v.Offset)
		}
	}
	trailer, found, err := readSmall(&r, 3, 1, "the trailer field of RSASSA-PSS")
	switch {
	case err != nil:
		return none, err
	case found && trailer != 1:
		return none, v.Fail("the trailer field of RSASSA-PSS", der.ErrRange)
	case found:
		n.add(CodeDefaultEncoded, "the trailer field of RSASSA-PSS", v.Offset)
	}
	if err := r.End("the parameters of RSASSA-PSS"); err != nil {
		return none, err
	}
	return a, nil
}

// readMGF reads a [1] that holds id-mgf1 and the hash that it uses.
func readMGF(outer der.Value, what string) (crypto.Hash, error) {
	in, err := outer.Inside(der.Sequence, what)
	if err != nil {
		return 0, err
	}
	oid, params, given, err := identifier(in, what)
	switch {
	case err != nil:
		return 0, err
	case oid != oidMGF1:
		return 0, fmt.Errorf("%s: %w", what, sig.ErrUnsupported)
	case !given:
		return 0, in.Fail(what, der.ErrTruncated)
	}
	return Hash(params)
}

// readSmall reads an optional [number] EXPLICIT INTEGER between 0 and limit.
func readSmall(r *der.Reader, number uint32, limit int, what string) (value int, found bool, err error) {
	outer, found, err := r.Optional(der.ContextOf(number), what)
	if err != nil || !found {
		return 0, false, err
	}
	in, err := outer.Inside(der.Integer, what)
	if err != nil {
		return 0, false, err
	}
	value, err = in.Small(limit, what)
	return value, err == nil, err
}
