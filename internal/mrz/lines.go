package mrz

import (
	"errors"
	"fmt"

	"github.com/travelseal/travelseal/formats"
)

// MaxText is the number of bytes beyond which a text is refused unread: enough for the largest zone with a blank after
// each of its characters and quotation marks for fillers.
const MaxText = 512

// maxSpans is the number of lines that a zone may come in, with the line breaks of whoever typed it.
const maxSpans = 8

// A sheet is the text brought into its printed form: whole lines of one width, without line ends.
type sheet struct {
	lines, width int
	text         string
	// which tolerances were used
	spaced, angled, lowered bool
}

// A span is one line of the text as it was given: where it begins and ends, how many blanks are in it, and how many bytes
// its characters and blanks have beyond one each.
type span struct{ from, to, blanks, more int }

// length is the number of characters.
func (s span) length() int { return s.to - s.from - s.more }

// bare is the number of characters that are no blanks.
func (s span) bare() int { return s.length() - s.blanks }

// fits reports whether a line has a length, counted with or without its blanks.
func (s span) fits(length int) bool { return s.length() == length || s.bare() == length }

// normalise finds the lines and puts them into the printed form, or says where they are not of it.
func normalise(text []byte, o formats.Options) (sheet, error) {
	if len(text) > MaxText {
		return sheet{}, fail(formats.CodeLimit, "text", MaxText, fmt.Errorf("%d bytes, the limit is %d", len(text), MaxText))
	}
	if s, ok := exact(text); ok {
		return s, nil
	}
	var room [maxSpans]span
	spans, err := split(room[:0], text, o)
	if err != nil {
		return sheet{}, err
	}
	s, err := shape(spans, upper(text[spans[0].from]), o)
	if err != nil {
		return sheet{}, err
	}
	run := len(spans) != s.lines
	s.spaced = run && len(spans) > 1
	total := 0
	for _, line := range spans {
		total += line.length()
	}
	buffer := make([]byte, 0, maxPrinted)
	for _, line := range spans {
		from := len(buffer)
		if line.blanks == 0 && line.more == 0 {
			buffer = append(buffer, text[line.from:line.to]...)
		} else {
			// In a line of the right length a blank stands for a filler; in a longer one the blanks are in addition.
			replace := !run && line.length() == s.width || run && total == s.lines*s.width
			buffer = s.write(buffer, text[line.from:line.to], replace)
		}
		s.lowered = capitalise(buffer[from:]) || s.lowered
	}
	s.text = string(buffer)
	return s, nil
}

// exact takes a text that is a zone already, as seals and most programs give it: whole lines with a line feed between them.
// What it takes is what the long way would give, and what it does not take goes that way.
func exact(text []byte) (sheet, bool) {
	for i := range layouts {
		l := &layouts[i]
		if len(text) != l.lines*(l.width+1)-1 {
			continue
		}
		var room [maxPrinted]byte
		out := room[:0]
		for rest := text; len(out) < l.lines*l.width; {
			for _, c := range rest[:l.width] {
				if !printed(c) {
					return sheet{}, false
				}
			}
			out = append(out, rest[:l.width]...)
			if rest = rest[l.width:]; len(rest) > 0 {
				if rest[0] != '\n' {
					return sheet{}, false
				}
				rest = rest[1:]
			}
		}
		return sheet{lines: l.lines, width: l.width, text: string(out)}, true
	}
	return sheet{}, false
}

// maxPrinted is the number of characters of the largest zone.
const maxPrinted = 90

// write appends the characters of a line, with fillers for what stands for them.
func (s *sheet) write(to, line []byte, replace bool) []byte {
	for len(line) > 0 {
		n, space := guillemet(line), blank(line)
		switch {
		case n > 0:
			s.angled = true
			to = append(to, filler)
		case space == 0:
			n, to = 1, append(to, line[0])
		case replace:
			n, s.spaced, to = space, true, append(to, filler)
		default:
			n, s.spaced = space, true
		}
		line = line[n:]
	}
	return to
}

// capitalise makes small letters large, and reports whether there were any.
func capitalise(line []byte) (lowered bool) {
	for i, b := range line {
		if lower(b) {
			line[i], lowered = upper(b), true
		}
	}
	return lowered
}

// split divides a text into its lines, without the blanks around each and without empty lines, and refuses characters
// that are not of the zone.
func split(spans []span, text []byte, o formats.Options) ([]span, error) {
	for from := 0; from < len(text); {
		to := from
		for to < len(text) && text[to] != '\n' && text[to] != '\r' {
			to++
		}
		next := to + 1
		for to > from && isAround(text[to-1]) {
			to--
		}
		for from < to && isAround(text[from]) {
			from++
		}
		if from < to {
			if len(spans) == maxSpans {
				return nil, fail(formats.CodeTrailing, "lines", from, fmt.Errorf("more than %d lines", maxSpans))
			}
			spans = append(spans, span{from: from, to: to})
		}
		from = next
	}
	for i := range spans {
		if err := spans[i].check(text, i+1, o); err != nil {
			return nil, err
		}
	}
	if len(spans) == 0 {
		return nil, fail(formats.CodeTruncated, "lines", 0, errors.New("the text is empty"))
	}
	return spans, nil
}

func isAround(b byte) bool { return b == ' ' || b == '\t' || b == '\r' }

// check refuses characters that are not of the zone and counts those that stand for others.
func (s *span) check(text []byte, line int, o formats.Options) error {
	for i := s.from; i < s.to; i++ {
		if printed(text[i]) {
			continue
		}
		why, at := "", i
		switch n, space := guillemet(text[i:s.to]), blank(text[i:s.to]); {
		case space > 0:
			s.blanks++
			s.more += space - 1
			i += space - 1
			if !o.Allows(Spaces) {
				s.more, why = s.more-(space-1), "a blank, where the zone prints <"
			}
		case n > 0:
			s.more += n - 1
			i += n - 1
			if !o.Allows(Guillemets) {
				s.more, why = s.more-(n-1), "a quotation mark, where the zone prints <"
			}
		case lower(text[i]):
			if !o.Allows(LowerCase) {
				why = "a small letter, where the zone has capitals"
			}
		default:
			why = "a character other than A to Z, 0 to 9 and <"
		}
		if why != "" {
			return fail(formats.CodeEncoding, spot(line, at-s.from-s.more+1), at, errors.New(why))
		}
	}
	return nil
}
