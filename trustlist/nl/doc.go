// Package nl imports the Dutch list of keys as it was published for the verifiers of CoronaCheck: a JSON object with a payload
// and a CMS message that signs it, in base64. The payload has the keys of the EU's document signers by their key IDs, as
// SubjectPublicKeyInfo and without certificates.
//
// The message is signed under the authority of the Dutch government (PKIoverheid), which issues certificates to thousands of
// others. So the signer's common name is pinned beside the root, and compared as it was parsed from the certificate: as a
// whole, and where there is exactly one. The published verifiers compare the end of one of several names.
//
// The root must be of the Netherlands, so that an authority that is pinned for something else answers for no such list. The
// list is as old as the time that its signer has signed. It does not say whose most keys are, so that a document's
// country cannot be held against the country of its key; where it names a country, that is taken.
//
// Not read: the keys of the domestic proofs (cl_keys, nl_keys), which are Idemix and seal no document that is read here.
//
// Sources: minvws, nl-covid19-coronacheck-app-coordination, "Signing responses"; nl-covid19-coronacheck-mobile-core,
// test data (behaviour only); RFC 5652; RFC 5280 §6.1.
package nl
