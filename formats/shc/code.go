package shc

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/travelseal/travelseal/formats"
)

// prefix begins every code (Encoding QRs).
const prefix = "shc:/"

// maxChunks bounds the codes of one card. Sixteen codes of the largest size that the framework allows hold 19 kB.
const maxChunks = 64

// A chunk is one code: the whole of a card, where count is 0, or one piece of it.
type chunk struct {
	index, count int
	digits       []byte
	at           int // the offset of digits in the code
}

// readChunk takes the prefix and the numbers off a code and leaves its digits unread.
func readChunk(code []byte) (chunk, error) {
	if !bytes.HasPrefix(code, []byte(prefix)) {
		if bytes.EqualFold(code[:3], []byte("shc")) && code[3] != ':' {
			return chunk{}, fail(formats.CodeVersion, "prefix", 3, errors.New("a SMART Health Card of a version that is not known here"))
		}
		return chunk{}, fail(formats.CodeEncoding, "prefix", 0, errors.New("not \"shc:/\" in small letters"))
	}
	c := chunk{digits: code[len(prefix):], at: len(prefix)}
	if bytes.IndexByte(c.digits, '/') < 0 {
		return c, nil
	}
	var err error
	if c.index, err = c.number("index"); err != nil {
		return chunk{}, err
	}
	if c.count, err = c.number("count"); err != nil {
		return chunk{}, err
	}
	switch {
	case c.count > maxChunks:
		return chunk{}, fail(formats.CodeLimit, "chunk", -1, fmt.Errorf("a card of %d chunks, the limit is %d", c.count, maxChunks))
	case c.index < 1 || c.index > c.count:
		return chunk{}, fail(formats.CodeEncoding, "chunk", -1, fmt.Errorf("chunk %d of %d does not exist", c.index, c.count))
	}
	return c, nil
}

// number takes a decimal number without leading zeros and the slash after it off the front of the digits.
func (c *chunk) number(name string) (int, error) {
	n, i := 0, 0
	for i < len(c.digits) && c.digits[i] >= '0' && c.digits[i] <= '9' && i < 9 {
		n = 10*n + int(c.digits[i]-'0')
		i++
	}
	if i == 0 || i == len(c.digits) || c.digits[i] != '/' || c.digits[0] == '0' && i > 1 {
		return 0, fail(formats.CodeEncoding, "chunk", c.at, fmt.Errorf("its %s is no decimal number of up to nine digits with a slash after it", name))
	}
	c.digits, c.at = c.digits[i+1:], c.at+i+1
	return n, nil
}

// readCode turns the numerals of a code into the JWS.
func (r *reading) readCode() error {
	c, err := readChunk(r.text)
	if err != nil {
		return err
	}
	if c.count > 1 {
		return fail(formats.CodeTruncated, "chunk", -1, fmt.Errorf("this is chunk %d of %d; the others are missing", c.index, c.count))
	}
	if c.count == 1 {
		if !r.o.Allows(chunkOfOne) {
			return fail(formats.CodeEncoding, "chunk", len(prefix), errors.New("a card in one code is numbered as chunk 1 of 1"))
		}
		r.checks = append(r.checks, formats.Check{Kind: formats.Reading, Result: formats.Tolerated, Name: chunkOfOne.Name,
			Where: "chunk", Text: "a card in one code is numbered as chunk 1 of 1"})
	}
	r.token, err = pairs(c.digits, c.at)
	return err
}

// maxPair is the pair of the letter z, the last of those that a JWS has: 122 − 45.
const maxPair = 77

// pairs reads two numerals as one character, 45 below its code (Encoding QRs). A character has one pair, and so a card one
// spelling.
func pairs(digits []byte, at int) ([]byte, error) {
	out := make([]byte, 0, len(digits)/2)
	for i := 0; i+1 < len(digits); i += 2 {
		tens, ones := digits[i]-'0', digits[i+1]-'0'
		if tens > 9 || ones > 9 {
			if tens <= 9 {
				i++
			}
			return nil, fail(formats.CodeEncoding, "numerals", at+i, errors.New("a character that is no numeral"))
		}
		v := 10*tens + ones
		if v > maxPair {
			return nil, fail(formats.CodeEncoding, "numerals", at+i, fmt.Errorf("a pair above %d", maxPair))
		}
		out = append(out, v+'-')
	}
	if len(digits)%2 != 0 {
		return nil, fail(formats.CodeEncoding, "numerals", at+len(digits)-1, errors.New("an odd number of numerals"))
	}
	return out, nil
}
