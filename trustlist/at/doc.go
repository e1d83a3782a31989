// Package at imports the Austrian trust list, version 2: a CBOR file with the certificates, and a COSE_Sign1 message beside
// it whose claims are the digest of the file and the time in which it counts.
//
// It is the only national list that says until when it counts (48 hours), so that an old one can be told without asking
// anybody else. No function looks at a clock: a caller who states the moment has a list refused that does not count then,
// and a loader gives its beginning as the date of the list.
//
// Source: ehn-dcc-development, hcert-kotlin, "TrustList V2" (behaviour only).
package at
