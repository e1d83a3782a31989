// Package base58 decodes base58btc, the base of did:key and of multibase "z" (draft-msporny-base58-03 §2), with exactly
// one spelling for every sequence of bytes.
//
// Decoding takes time in proportion to the square of the length, so that every call names the longest text it takes.
package base58

import (
	"slices"
	"strconv"
)

const alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"

const none = 0xFF

var values = func() *[256]byte {
	t := new([256]byte)
	for i := range t {
		t[i] = none
	}
	for i := range len(alphabet) {
		t[alphabet[i]] = byte(i)
	}
	return t
}()

// An Error says where a text is not base58.
type Error struct {
	Offset int    // byte offset of the character at fault, or the longest length of a text that is too long
	Reason string // without any content of the text
}

// Bare is the reason without the place, for those who name the place themselves.
func (e *Error) Bare() string { return e.Reason }

func (e *Error) Error() string { return "base58: " + e.Reason + " at byte " + strconv.Itoa(e.Offset) }

// Decode gives the bytes that s encodes. It refuses a text longer than limit and every character outside the alphabet,
// 0, O, I and l among them. Each leading "1" is a zero byte. The error is an *Error.
func Decode(s []byte, limit int) ([]byte, error) {
	if len(s) > limit {
		return nil, &Error{limit, "longer than " + strconv.Itoa(limit) + " characters"}
	}
	zeros := 0
	for zeros < len(s) && s[zeros] == alphabet[0] {
		zeros++
	}
	var number []byte // base 256, the least significant byte first
	for i, c := range s[zeros:] {
		carry := int(values[c])
		if carry == none {
			return nil, &Error{zeros + i, "a character outside the alphabet"}
		}
		for j := range number {
			carry += 58 * int(number[j])
			number[j], carry = byte(carry), carry>>8
		}
		for ; carry > 0; carry >>= 8 {
			number = append(number, byte(carry))
		}
	}
	number = append(number, make([]byte, zeros)...)
	slices.Reverse(number)
	return number, nil
}
