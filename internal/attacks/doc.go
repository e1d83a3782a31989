// Package attacks tries out the attacks of the project's catalogue, one test a row, against the whole product: what
// reads, decodes, authenticates, decides and prints.
//
// Every attack is a document that is accepted with one thing changed, and the test shows first that the unchanged one
// is accepted: a refusal counts only where nothing else was wrong. The documents, keys and authorities are those of
// package mint. The number in a test's name is that of its row; doc/threat-model.md says what is done about them, and
// what cannot be. The rows about encrypted files behind a link (A88) are in package scan, which alone follows links.
//
// Whatever the attack, a document must be judged alike each time, must not make a decoder panic or open a connection,
// and must show nobody's data before it is proved. The helpers demand that of every document that any test shows them.
package attacks
