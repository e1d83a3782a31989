// Package divoc is the format of vaccination certificates by DIVOC, an open platform that India (CoWIN), Sri Lanka, the
// Philippines, Indonesia and others have issued from: a W3C verifiable credential in JSON-LD with a Linked Data proof.
//
// A barcode holds an archive with the one file certificate.json, as bytes or as text with a character for each byte, or
// the text of that file itself; "B64:" marks an archive in base64, for channels that carry no bytes.
//
// # What the proof covers
//
// The proof signs the graph that the contexts make of the text, not the text (package internal/ldproof). On genuine
// certificates of India and Sri Lanka this was measured to leave three holes, and each is closed here:
//
//   - Members that no context defines are not signed. A document that holds any is not checked, unless the tolerance
//     unknown-member says so, and then referred; they are never shown.
//   - A holder whose "id" is no absolute IRI, such as a bare identity number, is not signed: the name can be replaced by
//     any other. Such an object becomes a part of its own that no seal covers.
//   - The contexts of DIVOC make one property of certificateId, batch, vaccine, manufacturer and icd11Code, one of the
//     three dates and one of the two dose numbers. Their values are signed, and which value is whose is not; and a value
//     that is there twice is signed once, so that one of the two can be taken away. All of them must therefore be there;
//     dates and doses must be in order, and the certificateId must end the entry's own id. For the rest, each document
//     says by the tolerance shared-property that it relies on labels that are not signed.
//
// effectiveUntil does not end a certificate's validity: issuers write the day of vaccination there, or a fixed day.
package divoc
