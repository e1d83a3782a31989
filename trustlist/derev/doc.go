// Package derev reads Germany's distribution of revoked certificates: a tree of CBOR files, each signed (COSE_Sign1).
//
//	kid.lst                                {key ID: {type: n}}
//	{key ID}{type}/index.lst               {byte 1: [time, n, {byte 2: [time, n]}]}
//	{key ID}{type}/{byte 1}/chunk.lst      [hash, …]
//	{key ID}{type}/{byte 1}/{byte 2}/chunk.lst
//
// Names are hexadecimal, in small letters; a hash is the first 16 bytes of a SHA-256, and its first bytes are those of its folder.
// The types are 0a, the signature (r alone for ECDSA), 0b, the identifier, and 0c, the country and the identifier: the EU
// gateway's SIGNATURE, UCI and COUNTRYCODEUCI. Entries count whichever key ID a certificate carries, as those of the gateway do.
//
// kid.lst and the indices say how many hashes there are. All must be there, each file signed by a pinned key: one that is
// missing, broken or signed by somebody else refuses the whole tree. An app of the publisher takes such a file for an empty one
// and calls nobody revoked. The signature does not cover a file's name, so that a file can be put in the place of another of the
// same first bytes and number; nor does a file say until when it counts.
//
// Source: the distribution as the publisher's apps read it (certificate logic of CovPass, revocation).
package derev
