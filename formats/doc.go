// Package formats is the vocabulary that every document format speaks: what is read (Input), what it says (Document,
// Part, Claims), who is said to vouch for it (Seal, Signer) and how a format is described (Format, Set).
//
// Everything in this package is a claim by a stranger. Nothing here has been checked against a key, and nothing here
// can be: package verify is the only place where a claim becomes more than that. The road to claims is therefore a
// field called Unverified.
//
// The package imports the standard library only, so that an importer who needs one format links that one format.
package formats
