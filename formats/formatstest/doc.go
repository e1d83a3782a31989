// Package formatstest is the conformance suite that every format must pass, as testing/fstest is for file systems.
//
// It reads the format's documents from testdata/<id>/cases.json, checks that each is judged as its manifest says, and
// then attacks the ones that are accepted: every bit is flipped, every length cut, files are dropped, renamed, repeated
// and added, on the outside and inside each encoding that the format wraps its signed bytes in. Whatever results must
// not be accepted, or must say the same. A byte that may change without effect has to be named.
//
// A format that never carries a seal is never accepted. Of its documents the suite demands that this holds whatever is
// done to them, and that a replaced character is noticed by the check digits exactly where it can be.
package formatstest
