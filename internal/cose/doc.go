// Package cose takes a COSE_Sign1 message (RFC 9052 §4.2) apart into its payload and a formats.Seal: the exact bytes
// signed, the signature, the algorithm and the hints about the signer. It checks no signature.
//
// The bytes signed are computed by go-cose where go-cose can open the message. For what it cannot open (a message
// without a tag, an empty signature, an algorithm outside the protected header) sign1.go holds a split of its own; each such
// tolerance has a name and a switch.
package cose
