// Package vical reads verified issuer certificate authority lists (ISO/IEC 18013-5 Annex C): the authorities (IACAs) of mobile
// documents that a provider, such as a union of motor vehicle administrations, has looked at, signed as COSE_Sign1.
//
// A list is taken only from a provider whom the caller has pinned: the certificates beside the list prove nothing about who
// made it, and the list's own entries neither. Where nobody can be pinned, the caller says so in so many words, and the [List]
// tells it to whoever asks. A list that is older than the last one seen is refused. Whether a list is out of date is for the
// caller's clock: see [List.CheckAt].
//
// What a list holds beside what is usable is not lost silently: every certificate is an [Entry] that says why it was left out.
// One broken certificate never costs the others. An authority vouches for the types of documents that the list names, and for
// nothing else.
//
// Nothing here uses the network or a clock.
package vical
