// Package mrz is the format of the machine readable zone as it is printed on passports, cards and visas (ICAO Doc 9303-3
// §4, Doc 9303-4 to 9303-6 §4.2, Doc 9303-7) and on the old French identity card: text that was typed, or read by a camera,
// from a document.
//
// A printed zone carries no signature. Its check digits find misreadings; anyone can compute them, so that they prove
// nothing, and a zone alone is at best referred. It is there to be compared with the sealed documents beside it.
//
// Where check digits fail, and one pair of characters that look alike explains it, the claim "suggested_reading" and the
// checks say where. What was read stands all the same, and is what is judged and compared.
//
// No clock is read. The centuries of two-digit years follow from the document itself: an expiry lies in 2000 to 2099, a
// birth is the latest year that is not after the expiry or, where none is printed, the issue. For people older than 90 that
// can be a hundred years too late; a comparison of birth dates should therefore look at the last two digits of the year
// only. Package internal/mrz says more, and describes the French layout.
//
// Not read: zones of driving licences (ISO/IEC 18013-1) and of national cards other than the French one that keep to no
// layout of Doc 9303.
package mrz
