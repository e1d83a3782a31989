// Package barcode mints the seals of barcodes whose signers are named by a reference: visible digital seals (ICAO Doc
// 9303-13) and ICAO's Datastructure for Barcode. Everything follows from seeds, and every word of a seal can be wrong on
// purpose.
//
//	good := barcode.Visa(barcode.Utopia().P256)
//	bad := good.With(0x04, []byte{90, 0, 0}).Without(0x05)
//
// The signers are of package pki, as states seal on curves that the standard library does not have.
package barcode
