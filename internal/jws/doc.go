// Package jws takes a JSON Web Signature in its compact form (RFC 7515 §7.1) apart into its payload and a formats.Seal:
// the exact bytes signed, the signature, the algorithm and the hints about the signer. It checks no signature.
//
// Nothing is computed here that a library would compute better: what a JWS signs is its own text up to the second dot
// (RFC 7515 §5.2), so that reading it is all there is to do. It is therefore read by the strict readers alone: base64url
// in its one spelling, a header without repeated members, and three parts that are counted before anything is divided.
//
// No key of a header is ever used. A header that brings one (jwk), or an address of one (jku, x5u), gives a seal with a
// Problem; a certificate chain (x5c) is kept as a hint to choose among trusted keys.
package jws
