// Package shlink reads SMART Health Links (HL7 SMART Health Cards and Links, STU 1, Health Links): "shlink:/" and the
// base64url of a JSON object with an address and a key, with or without the address of a viewer in front.
//
// The format formats/shlink shows what a link says without following it; package scan follows it when it is asked to. Both
// read it here. A link is a secret: whoever has it can read what it leads to. Its key therefore prints as nothing.
package shlink
