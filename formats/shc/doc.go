// Package shc decodes SMART Health Cards (SMART Health Cards Framework 1.4, published by HL7 as "SMART Health Cards and
// Links", STU 1): a JWS under ES256, whose payload is compressed with raw DEFLATE and holds a W3C verifiable credential
// with a bundle of FHIR R4 resources.
//
// A card comes as the numerals of a QR code ("shc:/…"), as several of them ("shc:/2/3/…", which the framework has
// deprecated and issuers have printed), as a file of cards (.smart-health-card, and the answer of the FHIR operation
// $health-cards-issue), or as the JWS itself. Group joins the first kind and divides the second, so that one Input is one
// card for everything that reads.
//
// Everything in a card stands under its one seal. The key is found by the issuer's address and the key ID together,
// compared letter by letter; nothing is ever fetched from that address. A card that names nobody, or tells of somebody
// whom it does not name, is decoded and doubted.
//
// Vaccinations, tests and recoveries become Events. What else the resources say goes to Extra, under names that say where
// it belongs: "events[0].lot_number". Resources that are not read are listed there by their type. The texts of codes come
// from the table valueset.json of this package and never from the card.
package shc
