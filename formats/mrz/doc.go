// Package mrz is the format of the machine readable zone as it is printed on passports and cards (ICAO Doc 9303-3 §4,
// Doc 9303-4 §4.2, Doc 9303-5 §4.2): text that was typed, or read by a camera, from the foot of a document.
//
// A printed zone carries no signature. Its check digits find misreadings; anyone can compute them, so that they prove
// nothing, and a zone alone is at best referred. It is there to be compared with the sealed documents beside it.
//
// No clock is read. The centuries of two-digit years follow from the document itself: an expiry lies in 2000 to 2099, a
// birth is the latest year that is not after the expiry. For people older than 90 that can be a hundred years too late;
// a comparison of birth dates should therefore look at the last two digits of the year only. Package internal/mrz says
// more.
package mrz
