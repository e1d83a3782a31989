// Package vci imports the snapshot of the VCI directory: the issuers of SMART Health Cards, their keys, and the cards that
// they have revoked, as gathered from their addresses once a day.
//
// Issuers publish their keys at their own addresses, protected by the connection alone. The directory gathers them and signs
// the whole snapshot (ECDSA on P-521 with SHA-512, a file of its own), so that one pinned key vouches for all. Nothing else
// does: certificates within a key are passed over.
//
// A key belongs to an issuer by name. Issuers share keys, and one key ID may stand under many names, so that a card is held
// against the keys of the name that it states. The name under which the directory groups several addresses of one issuer
// (canonical_iss) lends its keys to nobody.
//
// The snapshot keeps what it last retrieved of an issuer who no longer answers, also a key that the issuer has withdrawn since.
// An issuer of whom nothing was retrieved for 90 days before the snapshot is left out (SOURCE_STALE), unless a caller asks for
// it; what it has revoked stays revoked. The moment is the date of each anchor's source.
//
// Sources: SMART Health Cards Framework 1.4, "Determining keys associated with an issuer", "Revocation"; the repository of the
// directory, "Snapshot".
package vci
