// Package cose takes a COSE_Sign1 message (RFC 9052 §4.2) apart into its payload and a formats.Seal: the exact bytes
// signed, the signature, the algorithm and the hints about the signer. It checks no signature.
//
// The message is split by the strict CBOR reader, because go-cose 1.3 cannot open every genuine one (a CWT tag in front,
// no tag at all, an algorithm outside the protected header); each such tolerance has a name and a switch. go-cose then
// computes the bytes signed, with a verifier that records them and judges nothing.
package cose
