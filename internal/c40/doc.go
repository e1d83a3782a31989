// Package c40 reads the two encodings of ICAO's barcodes that are shorter than text: C40 for capitals, numerals and blanks,
// and three bytes for a date.
//
// Sources: ICAO Doc 9303-13 §2.3 (digital encoding of document features), BSI TR-03137-1 §3.2.3 and Annex B; ISO/IEC 16022
// §5.2.5 for C40, of which the barcodes use the basic set alone. Each text has one spelling here but for its end, where
// ISO/IEC 16022 leaves a choice.
package c40
