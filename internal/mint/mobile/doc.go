// Package mobile is a seeded test issuer of mobile documents (ISO/IEC 18013-5, ISO/IEC TS 23220-4), good and bad, and of the
// lists by which their issuers are made known (VICAL, ISO/IEC 18013-5 Annex C).
//
// A Document is what an issuer and a device make, before it is signed. It is a value: changing a copy leaves the original as
// it was. Its hooks change what a layer has become, before or after it is signed:
//
//	good := mobile.Licence(mobile.Utopia().Signer)                   // a licence of Utopia, with a portrait
//	fewer := good.Show("family_name", "portrait")                     // the holder shows two elements
//	swapped := good.Altered("family_name", mint.Text("Other"))       // after signing: an element is another
//	expired := good.Dated(from, until)                                // before signing
//
// The people are those of package mint; the pictures are drawn by package chip and show nobody. The package reads nothing, and
// panics where it is asked for something that cannot be made.
package mobile
