// Package der writes ASN.1 for tests, rightly and wrongly.
//
// A value is a tree. Everything that DER fixes (ITU-T X.690 §10 and §11) can be written otherwise on purpose: the tag, the
// form of a length, the number of pieces of a string, the order of a set, what stands after the end:
//
//	good := der.Seq(der.OID("2.23.136.1.1.1"), der.Explicit(0, der.Octets(content)))
//	ber := der.Indefinite(good)
//	long := der.Padded(good, 2)
//	lying := der.Claiming(good, 0x7fffffff)
//	torn := der.Loose(good) // the whole tree in BER, as some passports have it
//
// The package reads nothing, so that a misreading of the reader that it tests shows as a disagreement. It panics where
// it is asked for something that cannot be written down.
package der
