// Package trustlist holds the keys that a relying party has decided to trust, and what has been revoked.
//
// A Snapshot is one immutable list. Every verification takes one and names it in its report. A nil Snapshot trusts
// nobody, an Anchor with an empty Scope or without Uses permits nothing, and every key that a loader leaves out is
// listed with the reason.
//
// Loading reads files only; nothing here uses the network or the clock.
package trustlist
