// Package de imports the German distribution of the EU's document signers: two lines, of which the first is the signature of
// the second (base64, r‖s on P-256, SHA-256), and the second JSON with the items of the EU gateway's trust list.
//
// The key of the distribution is pinned, and vouches for the whole list. The list has no date. Its items do, so that it was
// made no earlier than the last of them came to the gateway; this moment is taken for its date, which errs on the side of an
// old list.
//
// Source: Digitaler Impfnachweis, certification APIs, "dsc-update".
package de
