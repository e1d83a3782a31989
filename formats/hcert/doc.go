// Package hcert decodes electronic health certificates of the HC1 carrier: base45 text with the prefix "HC1:", zlib,
// COSE_Sign1, CBOR Web Token (eHealth Network, "Technical Specifications for EU Digital COVID Certificates, Volume 1",
// §2 to §4).
//
// The carrier serves several schemes. The profile known here is the EU Digital COVID Certificate ("eu-dcc"), schema
// versions 1.0.0 to 1.3.x: vaccination, test and recovery.
//
// A certificate whose content breaks its own schema is decoded all the same, and each breach becomes a formats.Check
// that names the field: whether the issuer sealed it is a separate question from whether the issuer wrote it well.
package hcert
