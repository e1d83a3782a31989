// Package mrz reads the machine readable zone of travel documents: the lines of OCR-B at the foot of a passport's data
// page (TD3, two lines of 44 characters) and on the back of a card (TD1, three lines of 30). The same text is the first
// data group of a passport chip, so the printed zone and the chip share this package.
//
// Sources: ICAO Doc 9303, eighth edition: Part 3 §4 (characters, names, dates, check digits), Part 4 §4.2 (TD3), Part 5
// §4.2 (TD1). What stands where is a table of layouts; a further size of document is one more row of it.
//
// A text of the wrong shape is refused. Everything else is read: a wrong check digit and a field that breaks its rule
// are facts about the document, noted beside what was read, and for others to judge.
//
// # Years of two digits
//
// The zone prints the last two digits of a year. With a moment given in Options.AsOf, a date of birth lies in the past:
// it is read as the latest year that is not after that moment. A date of expiry is read within a hundred years about it:
// from 50 years before to 49 years after.
//
// Without a moment the document is its own measure. A date of expiry lies in 2000 to 2099, as no document with an
// earlier one is presented any more; a date of birth is the latest year that is not after the expiry. A document that
// states no expiry then gives no date of birth either, because a century would be a guess. The rule is wrong for a
// person older than 90 whose last two digits fit a child of the document's last years: a zone with birth 31 and expiry
// 34 reads as a child's. Whoever compares such a date with another should compare the last two digits of the year.
package mrz
