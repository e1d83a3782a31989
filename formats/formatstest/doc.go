// Package formatstest is the conformance suite that every format must pass, as testing/fstest is for file systems.
//
// It reads the format's documents from testdata/<id>/cases.json, checks that each is judged as its manifest says, and
// then attacks the ones that are accepted: every bit is flipped, every length cut, files are dropped, renamed, repeated
// and added, on the outside and inside each encoding that the format wraps its signed bytes in. Whatever results must
// not be accepted, or must say the same. A byte that may change without effect has to be named.
//
// A document of several files, as a chip is, is a folder. Each of its files is attacked as a text is, and is dropped,
// renamed, exchanged with another and given twice; a stranger's file is added. What is then accepted must say of every
// sealed part what it said before: a part may be missing, and none may say something else. Of a large file not every bit
// is flipped but at most 2048, at even distances from a place that follows from the file's name: the distance is odd, so
// that every bit of a byte has its turn. Lengths are cut likewise, at most 512. A document that is one file and no text is
// attacked as a folder of that file.
//
// A format that never carries a seal is never accepted. Of its documents the suite demands that this holds whatever is
// done to them, and that a replaced character is noticed by the check digits exactly where it can be.
package formatstest
