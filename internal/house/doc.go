// Package house holds the rules of this repository as tests: which package may import which, what library code must
// not do, how large and how well described a file is, and that the README's commands print what the README shows.
//
// A rule that is written down only in a document is kept until the first busy week. These are kept by go test. A rule
// that proves wrong is changed here, in one visible line, with the reason in doc/decisions.
package house
