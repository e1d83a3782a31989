// Package mrz reads the machine readable zone of travel documents: the lines of OCR-B at the foot of a passport's data
// page (TD3, two lines of 44 characters), on cards (TD1, three lines of 30; TD2, two lines of 36), on visas (MRV-A, two
// lines of 44; MRV-B, two lines of 36) and on the old identity card of France (FRA-ID, two lines of 36 of its own kind).
// The zone of a passport or card is the first data group of its chip too, so the printed zone and the chip share this
// package.
//
// Sources: ICAO Doc 9303, eighth edition: Part 3 §4 (characters, names, dates, check digits), Part 4 §4.2 (TD3), Part 5
// §4.2 (TD1), Part 6 §4.2 (TD2), Part 7 (visas). No specification of the French card is published; its layout is that of
// the cards themselves, as public descriptions agree on it: line 1 has the family name in positions 6 to 30, the department
// and office of issue in 31 to 36; line 2 the number with its check digit in 1 to 13, of which the first four are the year
// and month of issue, the given names in 14 to 27, the birth with its check digit in 28 to 34, the sex in 35, and in 36 a
// check digit over all that precedes it on both lines. What stands where is a table of layouts; a further kind of document
// is one more row of it.
//
// A text of the wrong shape is refused. Everything else is read: a wrong check digit and a field that breaks its rule
// are facts about the document, noted beside what was read, and for others to judge. MRZ.Repairs suggests which characters
// may have been misread; it changes nothing.
//
// # Years of two digits
//
// The zone prints the last two digits of a year. With a moment given in Options.AsOf, a date of birth lies in the past:
// it is read as the latest year that is not after that moment. A date of expiry is read within a hundred years about it:
// from 50 years before to 49 years after.
//
// Without a moment the document is its own measure. A date of expiry lies in 2000 to 2099, as no document with an
// earlier one is presented any more; a date of birth is the latest year that is not after the expiry. On the French card,
// which prints none, the month of issue takes its place. A document that states neither gives no date of birth, because a
// century would be a guess. The rule is wrong for a person older than 90 whose last two digits fit a child of the
// document's last years: a zone with birth 31 and expiry 34 reads as a child's. Whoever compares such a date with another
// should compare the last two digits of the year.
package mrz
