// Package lists makes published trust lists of an invented network, good and bad, for the tests of their importers.
//
// Everything follows from seeds, as in the packages that it is made of. It panics where it is asked for something that
// cannot be made.
package lists
