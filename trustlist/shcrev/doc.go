// Package shcrev imports the lists of revoked SMART Health Cards that issuers publish at {iss}/.well-known/crl/{kid}.json.
//
// A list revokes identifiers (rid) of the cards that one key has signed, all of them or those issued before a moment. It has a
// counter that only rises: a list whose counter is lower than one seen before is refused, and so is one of the same counter that
// says something else. Nothing protects a list but the connection, so that each file must be one whose digest the relying party
// has pinned. A list that is wrong in one entry stops the loading.
//
// Source: SMART Health Cards Framework 1.4, "Revocation".
package shcrev
