// Package der reads DER (ITU-T X.690), the encoding of certificates, CMS and the files of a passport chip.
//
// It reads by hand: a [Reader] walks over the values of one level, each [Value] points into the bytes that it was read
// from, and nothing is copied or reflected upon. Lengths are definite and minimal and nothing may follow the last value.
// Where an issuer wrote BER, [Normalize] turns the whole into DER first, within limits, and names each departure, so
// that everything behind it has one form to read.
//
// Errors are *[Error]: what was being read, at which byte, and what is wrong. They never hold a piece of the data.
package der
