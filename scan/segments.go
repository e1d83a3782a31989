package scan

import (
	"errors"
	"fmt"
)

// The mode indicators of ISO/IEC 18004:2015 table 2. Every other value, such as the Hanzi mode of GB/T 18284, is
// refused: its bytes would have to be guessed.
const (
	modeTerminator   = 0b0000
	modeNumeric      = 0b0001
	modeAlphanumeric = 0b0010
	modeAppend       = 0b0011
	modeByte         = 0b0100
	modeFNC1First    = 0b0101
	modeECI          = 0b0111
	modeKanji        = 0b1000
	modeFNC1Second   = 0b1001
)

// alphanumeric is table 5: the character of each value.
const alphanumeric = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"

// countBits is table 3: the length of the character count by mode, for versions 1-9, 10-26 and 27-40.
var countBits = map[int][3]int{
	modeNumeric:      {10, 12, 14},
	modeAlphanumeric: {9, 11, 13},
	modeByte:         {8, 16, 16},
	modeKanji:        {8, 10, 12},
}

var (
	errShort = errors.New("the data ends within a segment")
	errValue = errors.New("a value that the mode does not have")
)

// A payload is the content of one code.
type payload struct {
	bytes  []byte
	text   []byte
	append Append
}

// parseSegments reads the corrected data codewords of a code (ISO/IEC 18004:2015 §7.4): segments of several modes up
// to a terminator or the end. Errors name the bit at which the segment starts.
func parseSegments(codewords []byte, version int) (payload, error) {
	r := segmentReader{bits: bitReader{data: codewords}, version: version, eci: -1}
	for r.bits.left() >= 4 {
		at := r.bits.at
		mode := r.bits.read(4)
		if mode == modeTerminator {
			break
		}
		err := r.segment(mode)
		if err == nil && r.bits.short {
			err = errShort
		}
		if err != nil {
			return payload{}, fmt.Errorf("code content: segment of mode %d at bit %d: %w", mode, at, err)
		}
	}
	return r.out, nil
}

type segmentReader struct {
	bits    bitReader
	version int
	eci     int // in force for the segments that follow; -1 is none
	fnc1    bool
	out     payload
}

func (r *segmentReader) segment(mode int) error {
	switch mode {
	case modeECI:
		return r.readECI()
	case modeAppend:
		return r.readAppend()
	case modeFNC1First:
		r.fnc1 = true
		return nil
	case modeFNC1Second:
		r.fnc1 = true
		return r.readApplication()
	}
	widths, known := countBits[mode]
	if !known {
		return errors.New("no such mode")
	}
	count := r.bits.read(widths[r.class()])
	switch mode {
	case modeNumeric:
		return r.readNumeric(count)
	case modeAlphanumeric:
		return r.readAlphanumeric(count)
	case modeByte:
		return r.readBytes(count)
	default:
		return r.readKanji(count)
	}
}

// class is the column of table 3 that the version belongs to.
func (r *segmentReader) class() int {
	switch {
	case r.version <= 9:
		return 0
	case r.version <= 26:
		return 1
	}
	return 2
}

// readAppend reads the structured append header (§8.2), which stands before everything else.
func (r *segmentReader) readAppend() error {
	if r.bits.at != 4 {
		return errors.New("a structured append header that is not at the start")
	}
	a := &r.out.append
	a.Part, a.Parts, a.Parity = 1+r.bits.read(4), 1+r.bits.read(4), byte(r.bits.read(8))
	if a.Part > a.Parts {
		return errValue
	}
	return nil
}

// readECI reads an extended channel interpretation designator (§7.4.2): one, two or three bytes, told by the leading
// bits. An unknown one is kept as a number; it changes Text at most, never Bytes.
func (r *segmentReader) readECI() error {
	first := r.bits.read(8)
	switch {
	case first&0x80 == 0:
		r.eci = first
	case first&0xC0 == 0x80:
		r.eci = first&0x3F<<8 | r.bits.read(8)
	case first&0xE0 == 0xC0:
		r.eci = first&0x1F<<16 | r.bits.read(16)
	default:
		return errValue
	}
	return nil
}

// readApplication reads the application indicator that follows FNC1 in second position (§7.4.8.3). It is sent before
// the data: two digits, or one letter stored as its code plus 100.
func (r *segmentReader) readApplication() error {
	v := r.bits.read(8)
	switch {
	case v < 100:
		r.ascii('0'+byte(v/10), '0'+byte(v%10))
	case 'A' <= v-100 && v-100 <= 'Z' || 'a' <= v-100 && v-100 <= 'z':
		r.ascii(byte(v - 100))
	default:
		return errValue
	}
	return nil
}

func (r *segmentReader) readNumeric(count int) error {
	for count > 0 {
		digits := min(count, 3)
		v := r.bits.read(1 + 3*digits)
		group := [3]byte{'0' + byte(v/100), '0' + byte(v/10%10), '0' + byte(v%10)}
		if v >= [4]int{1, 10, 100, 1000}[digits] {
			return errValue
		}
		if r.bits.short {
			return errShort
		}
		r.ascii(group[3-digits:]...)
		count -= digits
	}
	return nil
}

func (r *segmentReader) readAlphanumeric(count int) error {
	start := len(r.out.bytes)
	for ; count > 1; count -= 2 {
		v := r.bits.read(11)
		if v >= 45*45 {
			return errValue
		}
		if r.bits.short {
			return errShort
		}
		r.out.bytes = append(r.out.bytes, alphanumeric[v/45], alphanumeric[v%45])
	}
	if count == 1 {
		v := r.bits.read(6)
		if v >= 45 {
			return errValue
		}
		r.out.bytes = append(r.out.bytes, alphanumeric[v])
	}
	if r.fnc1 {
		r.out.bytes = append(r.out.bytes[:start], unescapeFNC1(r.out.bytes[start:])...)
	}
	r.out.text = append(r.out.text, r.out.bytes[start:]...)
	return nil
}

// unescapeFNC1 gives what § 7.4.8.2 says of '%' in alphanumeric segments of an FNC1 code: doubled it is itself, alone
// it is the separator GS. It works in place.
func unescapeFNC1(b []byte) []byte {
	out := b[:0]
	for i := 0; i < len(b); i++ {
		c := b[i]
		if c == '%' {
			if i+1 < len(b) && b[i+1] == '%' {
				i++
			} else {
				c = 0x1D
			}
		}
		out = append(out, c)
	}
	return out
}

func (r *segmentReader) readBytes(count int) error {
	if 8*count > r.bits.left() {
		return errShort
	}
	start := len(r.out.bytes)
	for range count {
		r.out.bytes = append(r.out.bytes, byte(r.bits.read(8)))
	}
	r.out.text = appendText(r.out.text, r.out.bytes[start:], r.eci)
	return nil
}

// readKanji reads characters of 13 bits (§7.4.6) and gives them as the Shift JIS that they were packed from.
func (r *segmentReader) readKanji(count int) error {
	if 13*count > r.bits.left() {
		return errShort
	}
	start := len(r.out.bytes)
	for range count {
		v := r.bits.read(13)
		c := v/0xC0<<8 | v%0xC0
		if c < 0x1F00 {
			c += 0x8140
		} else {
			c += 0xC140
		}
		r.out.bytes = append(r.out.bytes, byte(c>>8), byte(c))
	}
	r.out.text = appendText(r.out.text, r.out.bytes[start:], eciShiftJIS)
	return nil
}

func (r *segmentReader) ascii(chars ...byte) {
	r.out.bytes = append(r.out.bytes, chars...)
	r.out.text = append(r.out.text, chars...)
}
