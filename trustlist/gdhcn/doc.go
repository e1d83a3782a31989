// Package gdhcn imports the trust list of the Global Digital Health Certification Network: the DID document, version 2,
// that WHO publishes with the certificates of all participants.
//
// The document is signed by a linked data proof whose key comes from the same servers, carries no expiry, and no number by
// which an old one could be told. The package therefore does not rest on it. When a participant joins, WHO's trust anchor
// signs the certificate of its authority (SCA) by itself, as a CMS message in the file TNG_TA.signed.SCA.json. A relying
// party pins the root of WHO's trust network and holds each authority against these files, and each document signer (DSC)
// against the authorities. What neither reaches is authenticated by its transport only, and a loader drops it.
//
// The proof is a second check. A relying party that has the key of the proof on another way pins it as a bare key. Where the
// proof holds, the list has a date, an older one can be told, and what the trust anchor's signatures do not reach is vouched
// for by the list as a whole and says so: it never counts as signed by the trust anchor. The JSON-LD in it is expanded by
// tables of facts, and nothing is fetched; a list with a member, a context or a name that these do not know is not checked.
// Everything in a list has a name, so that its canonical form is its statements, sorted: the 1786 statements of 255 entries take
// a few milliseconds, and a list of the 10 000 entries that are the limit less than a second, on two slow cores.
//
// Keys come from the certificates. The JSON Web Keys beside them are compared, and an entry whose two keys differ is
// dropped; but their integers are written with leading zeros, which RFC 7518 §6.2.1.2 forbids, and some name no curve, so
// that they alone would lose four entries of five.
//
// References to other lists are never followed: the production list of references has named the list of the development
// environment.
//
// Not read: version 1 of the list, and the certificates for the exchange of data (DECA, DESC).
//
// Sources: WHO SMART Trust 1.3, "DID Trustlist v2"; WHO SMART Trust, "Onboarding"; EU certificate governance §4.3;
// W3C CCG, JSON Web Signature 2020; RDF Dataset Normalization (URDNA2015) §4.4; RFC 7797; JSON-LD 1.1 §4.2.2.
package gdhcn
