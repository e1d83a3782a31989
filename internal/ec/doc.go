// Package ec checks ECDSA signatures on the curves that travel and health documents are signed with: the prime curves of
// the NIST and all brainpool curves, which the standard library does not have. It signs nothing and knows no secrets, so
// all of it takes a time that depends on its inputs. Never use it for a private key.
//
// # Curves
//
//	P-192, P-224, P-256, P-384, P-521                         FIPS 186-4 D.1.2, SP 800-186 §3.2.1
//	brainpoolP160r1 … brainpoolP512r1, and their twins t1     RFC 5639 §3
//
// A curve comes by name, by object identifier, or by explicit parameters, which must equal those of a known curve in
// every figure (see [Explicit]). What is strong enough is decided elsewhere: P-192 and the 160- and 192-bit brainpool
// curves are here because documents that carry them are still in use.
//
// # How it computes
//
// Each field has a package of its own below internal, generated with unrolled Montgomery arithmetic and with formulas
// for a curve whose a is p − 3. A brainpool r1 curve is computed on its twin t1, which is the same group in coordinates
// that have this a (RFC 5639 §3).
//
// A verification forms u1·G + u2·Q with common doublings (Straus's method) from sparse signed digits, with more
// precomputed points for G than for Q, and compares x-coordinates without a division. The multiples of G are computed
// at the first use of a curve, those of Q at the first use of the key. For a signer who is met often, [PublicKey.Table]
// precomputes so much that only additions remain.
package ec

//go:generate go run ./internal/gen internal
