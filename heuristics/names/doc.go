// Package names compares the names of two documents and says in one sentence what it took to find them the same.
//
// A name is spelled by the issuer's own script, rules and habits, and honest travellers carry documents that differ:
// Ö is OE in one and O in the other, the family name stands first or last, a second surname or given name is left out, a
// hyphen becomes a space, a passport's line is too short. [Compare] therefore reads every spelling that a document gives
// in all the transliterations that ICAO Doc 9303-3 §6 allows, as an unordered bag of parts, and takes the best result
// over all of them. Knowledge of naming customs is used in one direction only: it can make two names more alike.
//
// Other scripts than Latin are compared by the document's own ICAO form and by nothing else; a romanisation of our own
// would be a guess. Where a document has no such form the result is [Unknown], which is no difference.
//
// The work is bounded before it begins: at most 200 characters a name, 16 parts a name, 4 spellings a document. The
// result depends on the arguments alone.
package names
