// Package vectors loads third-party test cases for the test runners of all formats. It is test support: no library code
// imports it, and every function takes a [testing.TB].
//
// The cases are not part of this module. [Dir] finds their folder; where it is absent the test that asks is skipped.
package vectors
