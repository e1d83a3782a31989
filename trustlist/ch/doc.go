// Package ch imports the Swiss list of keys as it was published for the verifiers of the COVID certificate: two JSON Web
// Signatures in compact form, of which one has the keys (keys/updates) and the other the key IDs that are in force
// (keys/list). A key counts only where both have it, so that the publisher can take it back.
//
// Each brings the certificates of its signer (x5c). They are trusted no more than the list: the signer must lead to a pinned
// root of Switzerland over certificates that may issue certificates, and have the pinned common name, compared as a whole. The
// published verifiers ask neither whether a certificate is an authority's nor whether it is valid, and look for the name
// within a text.
//
// Freshness. The lists say for how long they count from the moment at which they are fetched (validDuration), by a clock that
// nobody has signed, so that a list of last year fetched again would be fresh again. This is not read. What counts is what
// the signer has signed: a moment (iat) and an end (exp) where the list has them. Without these a list has no date, and a
// verifier says so; a caller who states the moment has a list refused that its signer's certificates do not reach.
//
// The keys come without certificates, and the list does not say whose they are: a document's country cannot be held against
// the country of its key. Whose are Switzerland's own cannot be told either, so that none may seal its light certificates.
//
// Sources: admin-ch, CovidCertificate-SDK and CovidCertificate-App-Verifier-Service (behaviour only); RFC 7515 §4.1.6;
// RFC 5280 §6.1; RFC 7519 §4.1.
package ch
