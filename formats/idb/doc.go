// Package idb decodes ICAO's Datastructure for Barcode (ICAO Technical Report "ICAO Datastructure for Barcode"): a text of
// capitals and numerals for barcodes on documents without a chip, and on cards beside one.
//
//	RDB1, a letter, base32 of   header   state; where signed: algorithm, certificate reference, date
//	                            61       messages, each a tag, a length and a value
//	                            7E       the signer's certificate, where it is there
//	                            7F       the signature r‖s over header and messages
//
// The letter says whether there is a signature, and whether what base32 encodes is compressed (zlib). The certificate
// reference is the end of a digest of the certificate, which a trust list finds it by. A certificate that came with the seal
// is a hint like any other: a list has it, or leads to it, or has not.
//
// Messages below 80 are ICAO's, the others each state's own; those of Germany are read. A message without a row in the table
// is shown as it stands, and that it is not known is a breach: nobody can say what its signer vouched for.
//
// Not read: what is within the messages of health proofs and travel authorisations, which is said as a breach, and the chip's
// EF.CardAccess.
package idb
