// Package revlists reads published lists of revoked documents of every form, one file after the other, so that a store can be
// built of any number of them in constant memory.
//
// It takes batches of the EU gateway, the German distribution, chunks of the Italian list, lists of revoked health cards, and
// lists of lines that a relying party writes itself:
//
//	kind,hash,issued_before
//	dcc.uci,0123456789abcdef0123456789abcdef
//	shc.rid,00112233445566778899aabbccddeeff,2026-03-01T12:00:00Z
//
// A line has the kind of a handle, the first 16 bytes of the SHA-256 of its data in hexadecimal, and, where documents issued
// later are not revoked, the moment (RFC 3339). The first line above may stand at the beginning; empty lines, and those that
// begin with "#", are passed over.
//
// Everything is read twice: first to see what vouches for what and whether something is missing, then for the entries. Whatever
// is wrong stops it. Nobody is taken for not revoked because a file could not be read.
package revlists
