// Package lds reads the files of a passport chip: the logical data structure of ICAO Doc 9303-10, eighth edition.
//
// What is read: the security object that names the digests of the data groups (§4.6.2), EF.COM (§4.6.1), the machine
// readable zone of DG1, the portraits of DG2, the biometric templates of DG3 and DG4 without what is in them, the
// pictures of DG5 and DG7, the texts of DG11, DG12 and DG16, and which keys stand in DG14 and DG15 (§4.7.1 to §4.7.16).
// Portraits are records of ISO/IEC 19794-5:2005 or of ISO/IEC 39794-5:2019; of both the picture and its size are read,
// and of the latter nothing else. The picture itself is handed on as it is, JPEG or JPEG 2000, and never decoded.
//
// What is not read: the fingerprints of DG3 and the irises of DG4, which open only to states that the issuer has admitted,
// DG6 and DG8 to DG10, which Doc 9303 keeps for later, DG13, which is the issuer's own, and biometric templates under
// secure messaging (tag 7D).
//
// Nothing here is checked against a digest or a signature: the functions read, strictly and bounded, and say at which
// byte and why they could not. What departs from the specification as genuine chips do is read and named, by the names
// of [Tolerances].
package lds
