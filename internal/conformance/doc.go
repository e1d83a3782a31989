// Package conformance runs the third-party test cases, one test a case, and compares what travelseal says with what each
// case expects. Cases in which the two differ are listed in disagreements.txt with the reason; a difference that is not
// listed fails, and so does a listed one that has gone.
//
// The cases are found through the environment variable TRAVELSEAL_VECTORS; where they are not there, the tests pass.
package conformance
