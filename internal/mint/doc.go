// Package mint is a seeded test issuer: it makes test authorities, document signers and documents, good and bad.
//
// It is written apart from the decoders that it tests. It uses none of them, nor their libraries, so that a paragraph
// of a specification that one side misreads shows as a disagreement. Everything follows from seeds that stand in the
// source: two runs give the same bytes, and a test compares them with the committed testdata.
//
// Every bad document is a small change to a good one. The layers of an HCERT are open to change, each before and after
// it is written:
//
//	ut := mint.Utopia()
//	good := mint.Vaccination(ut.Vaccination)
//	forged := mint.Resign(good, mint.Fresh("forger"))
//	doseZero := good.Set(mint.Int(0), "v", 0, "dn")
//	text := doseZero.Build().Text
//
// Certificates with every fault, CMS messages and the chips of travel documents are made in the folders der, pki and chip.
//
// The package is test support. Its private keys are public, its people and authorities are invented, and it panics
// where it is asked for something that cannot be written down.
package mint

//go:generate go run ./generate ../../testdata
