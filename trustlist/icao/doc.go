// Package icao reads what states publish of their travel document authorities: master lists (Doc 9303-12 §9), downloads of
// the ICAO Public Key Directory in LDIF (RFC 2849), and files of certificates and revocation lists.
//
// A master list is taken only from a publisher whom the caller has pinned: the list's own certificates prove nothing about
// who made it, and neither does an authority that stands in the list itself. Where nobody can be pinned, the caller says so
// in so many words, and the [List] tells it to whoever asks. A list that is older than the last one seen is refused.
//
// What a list holds beside what is usable is not lost silently: every certificate is an [Entry] that says why it was left
// out. One broken certificate never costs the others.
//
// Nothing here uses the network or a clock.
package icao
