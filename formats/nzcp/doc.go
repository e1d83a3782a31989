// Package nzcp decodes the New Zealand COVID Pass: text of the form "NZCP:/1/…", base32, COSE_Sign1, CBOR Web Token with
// a W3C verifiable credential in it (Ministry of Health, "NZ COVID Pass - Technical Specification v1"). The paragraphs of
// that specification have no numbers; they are cited by their headings.
//
// The specification names one algorithm, one tag and no padding, and passes keep to that, so that nothing is tolerated.
// In one point its text and its own examples differ: it says that the key identifier is a text string, and every pass
// has a byte string there, as RFC 9052 §3.1 demands. The byte string is read.
//
// The signer of a pass is named by the issuer's DID together with the key identifier. A DID is a name like any other
// here: it is looked up in the trust list and never resolved. Which issuers are trusted, and that the issuer of the
// specification's examples is none of them, is for the list to say.
//
// A pass whose credential breaks its own rules is decoded all the same, and each breach becomes a formats.Check that
// names the field.
package nzcp
