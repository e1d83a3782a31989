// Package vdsnc decodes visible digital seals for non-constrained environments, VDS-NC (ICAO Technical Report "VDS-NC:
// Visible Digital Seal for non-constrained environments", version 1.1, 2021): JSON of the form
//
//	{"data": {"hdr": {"t": …, "v": 1, "is": "UTO"}, "msg": {…}}, "sig": {"alg": "ES256", "cer": …, "sigvl": …}}
//
// The signature covers the canonical form of data (RFC 8785), so that the same seal may be written with its members in
// any order. All claims are read from that canonical form, and never from the text: what was signed and what is shown
// are the same bytes. What stands outside data is signed by nobody; none of it is shown, and a member there that the
// report does not have is a breach.
//
// The message is read for the types of the report's health guidelines, icao.test and icao.vacc, in version 1. Of
// another type or version the message is shown member by member, and that it is not known is a breach.
//
// The lengths that the guidelines give for the members are for issuers, whose barcode has to be printed; they are not
// judged here.
//
// The signer's certificate stands in the seal. It is a hint like any other: a trust list has it, or has not.
package vdsnc
