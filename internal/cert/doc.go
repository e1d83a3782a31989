// Package cert reads X.509 certificates and revocation lists as countries really make them, and decides strictly what may
// rest on them: country signing CAs (CSCA), document signers (DSC), link certificates, the signers of master lists and of
// barcodes, and the IACAs and signers of mobile documents (RFC 5280, Doc 9303-12 §7, ISO/IEC 18013-5 Annex B).
//
// Reading and deciding are two steps. [Parse] reads every certificate that has one meaning. Where genuine issuers depart
// from the rules, it notes the departure under a stable code (see the Code constants) and reads on; what has no code is
// refused. [Certificate.Usable] then says whether anything may rest on the certificate, [Certificate.Roles] what it may be
// used for, and [Pool.Path] whether a trusted CA issued it. All signatures are decided in internal/sig.
//
// No function looks at a clock: hundreds of CSCAs on the lists have expired and are still needed for the passports that
// they issued. [Path.Outside] says which certificate was not valid at a moment that the caller chooses.
//
// Certificates and lists point into the bytes that they were read from, which must not change afterwards.
package cert
