package sig

import "github.com/travelseal/travelseal/formats"

// An ECDSA signature is two integers r and s. This file holds their two spellings: fixed-length r‖s, and the DER form
//
//	ECDSA-Sig-Value ::= SEQUENCE { r INTEGER, s INTEGER }   (RFC 3279 §2.2.3)

// maxSigValue is the length of the longest ECDSA-Sig-Value, of P-521: a header of 3 bytes and twice a header of 2 bytes,
// a sign byte and 66 bytes.
const maxSigValue = 3 + 2*(2+1+66)

// appendSigValue appends the DER form of r and s, given as unsigned big-endian bytes, to der.
func appendSigValue(der, r, s []byte) []byte {
	r, s = trimZeros(r), trimZeros(s)
	body := integerLen(r) + integerLen(s)
	der = append(der, 0x30)
	if body > 0x7F {
		der = append(der, 0x81)
	}
	der = append(der, byte(body))
	return appendInteger(appendInteger(der, r), s)
}

// trimZeros drops the leading zero bytes of b but keeps its last byte, as DER writes zero as one byte.
func trimZeros(b []byte) []byte {
	for len(b) > 1 && b[0] == 0 {
		b = b[1:]
	}
	return b
}

func integerLen(trimmed []byte) int {
	n := 2 + len(trimmed)
	if trimmed[0] > 0x7F {
		n++
	}
	return n
}

func appendInteger(der, trimmed []byte) []byte {
	der = append(der, 0x02, byte(integerLen(trimmed)-2))
	if trimmed[0] > 0x7F {
		der = append(der, 0) // DER integers are signed
	}
	return append(der, trimmed...)
}

// isSigValue reports whether der is the one DER form (X.690 §8.3.2, §10.1) of two integers that are not negative, and
// nothing else. crypto/ecdsa is as strict today; the check is here so that it stays a property of this package, and so
// that a form that can be no signature is told from one that does not match.
func isSigValue(der []byte) bool {
	_, _, ok := cutSigValue(der)
	return ok
}

// cutSigValue gives r and s of the one DER form, as big-endian bytes that may begin with a zero.
func cutSigValue(der []byte) (r, s []byte, ok bool) {
	if len(der) < 2 || len(der) > maxSigValue || der[0] != 0x30 {
		return nil, nil, false
	}
	body := der[2:]
	length := int(der[1])
	if der[1] == 0x81 {
		if len(der) < 3 || der[2] <= 0x7F {
			return nil, nil, false
		}
		body = der[3:]
		length = int(der[2])
	} else if der[1] > 0x7F {
		return nil, nil, false
	}
	if length != len(body) {
		return nil, nil, false
	}
	r, rest, ok := cutInteger(body)
	if !ok {
		return nil, nil, false
	}
	s, rest, ok = cutInteger(rest)
	return r, s, ok && len(rest) == 0
}

// cutInteger returns the content of the INTEGER at the start of der, and what follows it.
func cutInteger(der []byte) (v, rest []byte, ok bool) {
	if len(der) < 3 || der[0] != 0x02 {
		return nil, nil, false
	}
	n := int(der[1])
	if n == 0 || n > 0x7F || n > len(der)-2 {
		return nil, nil, false
	}
	v = der[2 : 2+n]
	switch {
	case v[0] > 0x7F: // negative
		return nil, nil, false
	case v[0] == 0 && n > 1 && v[1] <= 0x7F: // not minimal
		return nil, nil, false
	}
	return v, der[2+n:], true
}

// R gives r of an ECDSA signature, big-endian and without leading zeros, in either encoding; nil of bytes that are none.
func R(a formats.Algorithm, signature []byte) []byte {
	switch a.Encoding {
	case formats.Raw:
		if n := len(signature); n > 0 && n%2 == 0 {
			return trimZeros(signature[:n/2])
		}
	case formats.DER:
		if r, _, ok := cutSigValue(signature); ok {
			return trimZeros(r)
		}
	}
	return nil
}
