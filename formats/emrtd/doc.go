// Package emrtd decodes the chip of a passport, identity card or residence permit as its files were read: EF.SOD, EF.COM
// and the data groups (ICAO Doc 9303-10, eighth edition). It is the decoding side of passive authentication (Doc 9303-11
// §5.1): the signed message in EF.SOD becomes a Seal, the security object in it the first step of every Path, and each
// data group a Part at the end of one. Whether signature, chain and digests hold is for package verify.
//
// An Input is the files of one chip, by the names that Doc 9303 gives them, or by the usual spellings of these; see
// [FileName]. A lone EF.SOD is recognised without a name. What was not read from the chip is said, not guessed.
//
// # What becomes of the files
//
// The zone of DG1 becomes the holder and the document, and its issuing State the country that the signer must be of; never
// the nationality. The first portrait of DG2 becomes the portrait. The name of DG11 becomes a further spelling of the
// holder's name. Everything else becomes further fields. DG3, DG4, DG6, DG8, DG9, DG10 and DG13 are not looked into: only
// their digests matter here. EF.COM is compared with the security object and otherwise ignored, because nobody signs it.
//
// A data group that cannot be read is one failed check at its place. The seal and the other groups stand.
//
// # What a chip does not prove
//
// The signing time is what the signer says of itself. Files can be copied: the keys of DG14 and DG15 would prove that a chip
// is no copy, in a dialogue with it that this package never has; which keys there are is told, and no more.
//
// Digital travel credentials (ICAO Technical Report "Digital Travel Credentials") have files of the same kind, and are not
// read.
package emrtd
