package mrz

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"github.com/travelseal/travelseal/formats"
)

// MaxText is the number of bytes beyond which a text is refused unread: twice the largest zone, with its line ends.
const MaxText = 200

// filler stands where nothing does (Doc 9303-3 §4.10).
const (
	filler  = '<'
	fillers = "<"
)

// Recognise reports cheaply whether a text looks like a machine readable zone: only its characters in either case, a
// filler among them, and a first letter that a document code begins with. The lengths are Parse's to judge, so that a
// missing character is named as such.
func Recognise(text []byte) bool {
	text = bytes.Trim(text, around+"\n")
	if len(text) == 0 || len(text) > MaxText {
		return false
	}
	switch text[0] &^ ('a' - 'A') {
	case 'P', 'I', 'A', 'C', visa:
	default:
		return false
	}
	for _, b := range text {
		if !printed(b) && !lower(b) && b != '\n' && strings.IndexByte(around, b) < 0 {
			return false
		}
	}
	return bytes.IndexByte(text, filler) >= 0
}

// printed reports whether a character belongs to the zone (Doc 9303-3 §4.3, figure 4).
func printed(b byte) bool { return b >= 'A' && b <= 'Z' || isNumeral(b) || b == filler }

func isNumeral(b byte) bool { return b >= '0' && b <= '9' }

func lower(b byte) bool { return b >= 'a' && b <= 'z' }

// A sheet is the text brought into its printed form: whole lines of one width, without line ends.
type sheet struct {
	lines, width    int
	text            string
	spaced, lowered bool // which tolerances were used
}

// A span is one line of the text as it was given: where it begins and ends, and how many blanks are in it.
type span struct{ from, to, blanks int }

func (s span) length() int { return s.to - s.from }

// normalise finds the lines and puts them into the printed form, or says where they are not of it.
func normalise(text []byte, o formats.Options) (sheet, error) {
	if len(text) > MaxText {
		return sheet{}, fail(formats.CodeLimit, "text", -1, fmt.Errorf("%d bytes, the limit is %d", len(text), MaxText))
	}
	spans, err := split(text, o)
	if err != nil {
		return sheet{}, err
	}
	s, err := shape(spans)
	if err != nil {
		return sheet{}, err
	}
	printed := make([]byte, 0, MaxText)
	for _, line := range spans {
		// In a line of the right length a blank stands for a filler; in a longer one the blanks are in addition.
		replace := line.length() == s.width || len(spans) == 1 && line.length() == s.lines*s.width
		for _, b := range text[line.from:line.to] {
			switch {
			case b == ' ' && replace:
				s.spaced, b = true, filler
			case b == ' ':
				s.spaced = true
				continue
			case lower(b):
				s.lowered, b = true, b-('a'-'A')
			}
			printed = append(printed, b)
		}
	}
	s.text = string(printed)
	return s, nil
}

// maxLines is the number of lines of the tallest layout.
const maxLines = 3

// around is what may stand before and after a line.
const around = " \t\r"

// split divides a text into its lines, without the blanks around each and without empty lines around all of them, and
// refuses characters that are not of the zone.
func split(text []byte, o formats.Options) ([]span, error) {
	end := len(bytes.TrimRight(text, around+"\n"))
	spans := make([]span, 0, maxLines)
	for from := 0; from < end; {
		to, next := end, end
		if n := bytes.IndexByte(text[from:end], '\n'); n >= 0 {
			to, next = from+n, from+n+1
		}
		line := bytes.TrimRight(text[from:to], around)
		s := span{to: from + len(line)}
		s.from = s.to - len(bytes.TrimLeft(line, around))
		if s.length() > 0 || len(spans) > 0 {
			if len(spans) == maxLines {
				return nil, fail(formats.CodeTrailing, "lines", s.from, fmt.Errorf("more than %d lines", maxLines))
			}
			spans = append(spans, s)
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

// check refuses characters that are not of the zone and counts the blanks.
func (s *span) check(text []byte, line int, o formats.Options) error {
	for i := s.from; i < s.to; i++ {
		why := ""
		switch b := text[i]; {
		case printed(b):
			continue
		case b == ' ':
			s.blanks++
			if o.Allows(Spaces) {
				continue
			}
			why = "a blank, where the zone prints <"
		case lower(b):
			if o.Allows(LowerCase) {
				continue
			}
			why = "a small letter, where the zone has capitals"
		default:
			why = "a character other than A to Z, 0 to 9 and <"
		}
		return fail(formats.CodeEncoding, spot(line, i-s.from+1), i, errors.New(why))
	}
	return nil
}

// fits reports whether a line has a length, counted with or without its blanks.
func (s span) fits(length int) bool { return s.length() == length || s.length()-s.blanks == length }

// shape finds the number and width of the lines. All characters in one run are the lines one after the other.
func shape(spans []span) (sheet, error) {
	for i := range layouts {
		if l := &layouts[i]; shaped(spans, l.lines, l.width) {
			return sheet{lines: l.lines, width: l.width}, nil
		}
	}
	for _, u := range unread {
		if shaped(spans, u.lines, u.width) {
			return sheet{}, fail(formats.CodeVersion, "lines", spans[0].from, errors.New(u.what))
		}
	}
	if len(spans) == 1 {
		return sheet{}, wrongRun(spans[0])
	}
	return sheet{}, wrongLine(spans)
}

func shaped(spans []span, lines, width int) bool {
	if len(spans) == 1 {
		return spans[0].fits(lines * width)
	}
	if len(spans) != lines {
		return false
	}
	for _, s := range spans {
		if !s.fits(width) {
			return false
		}
	}
	return true
}

// wrongRun says what is wrong with a single line that is no whole zone.
func wrongRun(s span) error {
	const want = "characters in one line, where a zone has 88 (TD3) or 90 (TD1)"
	code, n := formats.CodeTruncated, s.length()-s.blanks
	if n > 88 {
		code = formats.CodeTrailing
	}
	return fail(code, "lines", s.to, fmt.Errorf("%d %s", n, want))
}

// wrongLine says which line has the wrong length, by the first layout with as many lines.
func wrongLine(spans []span) error {
	l := &layouts[0]
	for i := range layouts {
		if layouts[i].lines == len(spans) {
			l = &layouts[i]
			break
		}
	}
	bad := 0
	for bad < len(spans)-1 && spans[bad].fits(l.width) {
		bad++
	}
	s, code := spans[bad], formats.CodeTruncated
	if s.length()-s.blanks > l.width {
		code = formats.CodeTrailing
	}
	return fail(code, fmt.Sprintf("line %d", bad+1), s.to, fmt.Errorf("%d characters, where %s has %d", s.length()-s.blanks, l.name, l.width))
}

// fail makes an error without the name of a format: that of the printed zone and that of the chip put theirs on it.
func fail(code, step string, offset int, err error) error {
	return &formats.Error{Code: code, Step: step, Offset: offset, Err: err}
}
