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
// # Digital travel credentials
//
// The virtual component of a digital travel credential is the profile [DTC]: EF.SOD and data groups of a chip in one structure,
// DTCContentInfo of version 1. It is one file, recognised by how it begins, and becomes what the files of the chip become. What
// it is bound to follows from what is in it:
//
//	type 1, eMRTD bound     dtcSOD and the groups
//	type 2, eMRTD-PC bound  the same, with dtcSecurityInfo, dtcTBS and dtcSignerInfo
//	type 3, PC bound        as type 2, without dtcSOD
//
// EF.SOD seals the groups of types 1 and 2 as it does on the chip. The signature of the DTC signer, which types 2 and 3 have,
// becomes a further Seal that must not be checked: such a credential is never accepted. A credential is a copy by its nature,
// and whoever strips one of type 2 of all that is a device's has one of type 1, as genuine and as much a copy.
//
// # What is known of credentials
//
// The specification is the ICAO Technical Report "Digital Travel Credentials (DTC): Virtual Component Data Structure and PKI
// Mechanisms", version 1.2 of October 2020. Its text was not at hand. The structure with its tags, bounds, conditions and types
// is that of the ASN.1 which the APTITUDE Consortium reproduces from it in its "Digital Travel Credential (DTC) rulebook", section
// "ICAO based encoding" (GitHub, APTITUDE-Consortium/aptitude-eudi-wallet-specs, docs/rulebook/wp3/dtc-rulebook.md). The
// identifier of DTC signers, 2.23.136.1.1.12.1, is id-icao-dtcSigner of Doc 9303-1, eighth edition, §4.4; that they have it as an
// extended key usage is said in some drafts of that rulebook, and public readers of such credentials look for it.
//
// Nothing public was found that confirms the following, so that none of it is read or guessed:
//
//   - DTCTBSValue, DTCSignerInfo, DTCSecurityInfo and DTCOtherInfos: how the DTC signer signs, over what, and for which device;
//   - the profile of the DTC signer's certificate, beyond its identifier; such a certificate seals nothing here;
//   - what elements beyond those of version 1 mean: they are parts under no seal;
//   - that the structure is in DER. It is demanded here, because no genuine credential in another form is known;
//   - that dtcSOD has the tag 77 of EF.SOD. A message without it is read, and noted;
//   - an ending of the file's name, or a media type.
package emrtd
