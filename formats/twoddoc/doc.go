// Package twoddoc decodes 2D-Doc, the visible seal of French documents (ANTS, "Spécifications techniques des Codes à
// Barres 2D-Doc", versions 2 to 4 of the header): the text of the DataMatrix code on an invoice that proves an address, a tax
// notice, a certificate of a test or a vaccination.
//
// A text is a header of fixed fields, a message of data with identifiers of two characters, the unit separator (US, 1F), and
// the signature in Base32: ECDSA on P-256 with SHA-256, as r‖s, over everything before the unit separator. Data of variable
// length end with a group separator (GS, 1D), with a record separator (RS, 1E) where they were cut off, or without either
// where they fill their field. Behind the signature an annex may follow, which nobody has signed; it is a part of its own
// under no seal.
//
// The header names the signer by its certification authority and its certificate (FR03, AV01). In the certificates, these
// are the common names of issuer and subject (ANTS, "Processus 2D-Doc"). A trust list has the signer's certificate, or its
// key with the issuer "FR03" and the key ID "FR03AV01".
//
// Days in the header are counted in hexadecimal from 1 January 2000. Signers are judged at the day of signing that the
// header states.
//
// Only the header can make a text unreadable. Of a type, perimeter or identifier that is not known the rest is shown as it
// stands, and that it is not known is a breach: the signature covers it all the same.
//
// # What is not read
//
// The binary form of the header (version 4, for chips and short codes), and messages of perimeters other than 01. The trusted
// list of the State (TSL, ETSI TS 119 612) is not opened: a relying party gives the certificates.
package twoddoc
