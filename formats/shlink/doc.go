// Package shlink is the format of SMART Health Links as they are presented (HL7 SMART Health Cards and Links, STU 1, Health
// Links): a secret address, and the key for what stands behind it.
//
// A link proves nothing. It is decoded so that an officer learns what was shown and where it leads, and it is always
// referred: nothing is fetched here, and what would be fetched is not known to be there, or to be sealed. Following a link
// is a step of its own, with a client that the caller chooses (scan.Resolve), before the documents behind it are checked.
//
// The key and the path of the address are never shown: who has them can read the traveller's record.
package shlink
