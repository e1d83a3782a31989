// Package mdoc decodes mobile documents: mobile driving licences (ISO/IEC 18013-5:2021) and photo IDs (ISO/IEC TS 23220-4
// Annex C), as CBOR. It reads a DeviceResponse with one document (§8.3.2.1.2.2), one of its documents alone, and a bare
// IssuerSigned, which is what wallets are issued; each also as base64url. [Format]'s Group divides a response with several.
//
// The issuer signs the mobile security object (MSO, §9.1.2.4), which holds a digest of every element, and the holder shows
// the elements that he chooses. The MSO and each shown element are a Part: the MSO directly under the seal, and an element at
// the end of one Binding, over the item with its tag 24 (§9.1.2.5). What is not shown is nothing, and says nothing. An element
// whose digest the MSO does not have is under no seal. Whether signature, digests, certificates and dates hold is for package
// verify; the certificates beside the signature lead, or do not lead, to an authority (IACA) that is trusted.
//
// A document is genuine without a portrait, and cannot be compared with anybody. Which elements else a use needs is for its
// policy.
//
// # The holder's device
//
// The device signs, or authenticates by a MAC, what it shows in one session (§9.1.3). Its signature is a second Seal, of the
// role Holder, and can be checked only by who has the session: the bytes of the SessionTranscript come as a file of that name
// beside the document. They must be the caller's own. Whoever takes them from the bearer proves nothing, because a recorded
// session can be shown again. A MAC can be checked by nobody but the reader of the session, whose private key it needs.
//
// # What is not read
//
// Elements of other namespaces than those of the two documents are shown as they stand. The data groups of a passport within a
// photo ID are not looked into. A status list that an MSO names is told, and not asked. A request of a reader, and the code
// that begins a session ("mdoc:"), hold no document.
package mdoc
