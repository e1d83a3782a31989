// Package bcbp decodes bar coded boarding passes (IATA Passenger Services Conference Resolution 792, "Bar Coded Boarding
// Pass (BCBP)", versions 1 to 8, format M): the text of the PDF417, Aztec, QR or DataMatrix code on a boarding pass.
//
// A pass names a traveller and one to nine flights. Its items stand at fixed places within fields whose lengths the text
// itself states in hexadecimal; a length that does not fit is refused with the field and the place.
//
// A day of a flight is the number of a day in a year that the pass does not name. It is no date, and is shown as it stands;
// of the date of issue the last digit of the year is there, which is shown likewise. A signed pass is therefore accepted
// whatever the day: whether it is for today's flight is for the person at the gate to see.
//
// # Security data
//
// Most passes carry no signature. They prove nothing: anyone can print one. They are compared with the passport, and not
// judged. A pass may end with security data ("^", a type, a length, the data) whose algorithm the airline and its
// government choose, and the pass does not name. They are made a seal only where their form tells what they are: base64
// (RFC 4648 §4) of an ECDSA signature over everything before the "^", as ECDSA-Sig-Value (RFC 3279 §2.2.3) or as r‖s of
// 64 or 96 bytes. The hash is then that of the signature's size (FIPS 186-5 §6.1.1). Security data of another form are
// stated and not checked.
//
// A pass names no key. A trust list gives a key for passes under the key ID of the airline's designator and the type of
// security data ("UT1"), and so says how the airline signs. With the airline as issuer ("UT") it says further that no
// other key of the airline does: only then is a signature that fails under it a disproof.
//
// # What is not read
//
// Format S, the boarding passes of one leg before format M; what an airline writes for itself, which is shown as it
// stands; and numbers of bags beyond what the text says.
package bcbp
