// Package hcert decodes electronic health certificates of the HC1 carrier: base45 text with the prefix "HC1:", zlib,
// COSE_Sign1, CBOR Web Token (eHealth Network, "Technical Specifications for EU Digital COVID Certificates, Volume 1",
// §2 to §4, which the WHO maintains since 2024 as the Electronic Health Certificate Specification of SMART Trust).
//
// The carrier serves several schemes, each a profile with its own trust:
//
//	HC1:  eu-dcc    EU Digital COVID Certificate, schema versions 1.0.0 to 1.3.x: vaccination, test and recovery
//	HC1:  who-ddcc  WHO DDCC: vaccination status and test result, and the layout of its pilot at the root of the token
//	HC1:  who-dvc   WHO digital vaccination certificate: the International Certificate of Vaccination or Prophylaxis
//	AT1:  at-ve     Austrian exemption from vaccination
//	LT1:  ch-light  Swiss certificate light
//
// A certificate whose content breaks its own schema is decoded all the same, and each breach becomes a formats.Check
// that names the field: whether the issuer sealed it is a separate question from whether the issuer wrote it well.
package hcert
