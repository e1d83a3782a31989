// Package vds decodes visible digital seals (ICAO Doc 9303-13, and BSI TR-03137-1, which is the same for other documents):
// the barcode on a visa, an emergency travel document or a sticker, that says again what is printed beside it. It is a run of
// bytes:
//
//	header   DC, version, issuing state, signer and certificate reference, two dates, two bytes for the kind of document
//	message  document features, each a tag, a length and a value
//	FF       a length, and the signature r‖s over everything before FF
//
// The seal states no algorithm: it is ECDSA with the hash that follows from the curve of the signer's key (Doc 9303-13
// §2.4). The certificate is not in the seal either. The header names it, by country, signer and number.
//
// Which features a kind of document has is a table. A kind that is not in it shows its header and its features as they
// stand, and that it is not known is a breach. A feature that the table of its kind has no row for is shown as it stands and
// is none (BSI TR-03137-1 §3.2.3).
//
// Lengths are read as DER (Doc 9303-13 §2.3.2). Where that does not come out and every length is one byte
// (BSI TR-03137-1 §3.2.3), that is a tolerance. What a length means does not change what was signed: it is all bytes up to
// the tag of the signature, and nothing may follow that.
//
// Not read: pictures and templates of faces, which are shown by their size; the profiles of BSI TR-03171, which are documents
// of their own that a seal refers to, but for the one that is here.
package vds
