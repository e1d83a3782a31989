package mrz

import (
	"errors"
	"fmt"

	"github.com/travelseal/travelseal/formats"
)

// shape finds the number and width of the lines. All characters in one run are the lines one after the other, and lines
// that are broken elsewhere are such a run; as many lines as a layout has are taken to be its lines, so that a character
// that is missing in one is never made up for by one too many in another. first is the first letter of the zone.
func shape(spans []span, first byte, o formats.Options) (sheet, error) {
	for i := range layouts {
		l := &layouts[i]
		if len(spans) == l.lines && each(spans, l.width) {
			return sheet{lines: l.lines, width: l.width}, nil
		}
	}
	if len(spans) == 1 || o.Allows(Spaces) {
		for i := range layouts {
			l := &layouts[i]
			if len(spans) != l.lines && run(spans).fits(l.lines*l.width) && !short(first, l.lines*l.width) {
				return sheet{lines: l.lines, width: l.width}, nil
			}
		}
	}
	switch {
	case len(spans) == 1:
		return sheet{}, wrongRun(spans[0], first)
	case len(spans) > maxLines:
		return sheet{}, fail(formats.CodeTrailing, "lines", spans[maxLines].from, fmt.Errorf("more than %d lines", maxLines))
	}
	return sheet{}, wrongLine(spans)
}

// short reports whether every layout that begins with a letter has more characters: a passport of which a part is missing
// is no document of a smaller size.
func short(first byte, length int) bool {
	longer := false
	for i := range layouts {
		if l := &layouts[i]; l.begins(first) {
			if l.lines*l.width <= length {
				return false
			}
			longer = true
		}
	}
	return longer
}

// maxLines is the number of lines of the tallest layout.
const maxLines = 3

// each reports whether every line fits a width.
func each(spans []span, width int) bool {
	for _, s := range spans {
		if !s.fits(width) {
			return false
		}
	}
	return true
}

// run counts all lines as one.
func run(spans []span) (all span) {
	for _, s := range spans {
		all.to += s.to - s.from
		all.blanks += s.blanks
		all.more += s.more
	}
	return all
}

// wrongRun says what is wrong with a single line that is no whole zone, by the nearest layout that is not too short.
func wrongRun(s span, first byte) error {
	n, nearest := s.bare(), layouts[0].lines*layouts[0].width
	for i := range layouts {
		whole := layouts[i].lines * layouts[i].width
		if !short(first, whole) && distance(n, whole) < distance(n, nearest) {
			nearest = whole
		}
	}
	code := formats.CodeTruncated
	if n > nearest {
		code = formats.CodeTrailing
	}
	return fail(code, "lines", s.to, fmt.Errorf("%d characters in one line, where a zone has 72, 88 or 90", n))
}

// wrongLine says which line has the wrong length, by the layout that most lines fit, or else the nearest.
func wrongLine(spans []span) error {
	var l *layout
	for i := range layouts {
		if layouts[i].lines == len(spans) && (l == nil || misfit(spans, layouts[i].width) < misfit(spans, l.width)) {
			l = &layouts[i]
		}
	}
	if l == nil {
		return fail(formats.CodeTrailing, "lines", spans[len(spans)-1].to, errors.New("a number of lines that no zone has"))
	}
	bad := 0
	for bad < len(spans)-1 && spans[bad].fits(l.width) {
		bad++
	}
	s, code := spans[bad], formats.CodeTruncated
	if s.bare() > l.width {
		code = formats.CodeTrailing
	}
	return fail(code, fmt.Sprintf("line %d", bad+1), s.to, fmt.Errorf("%d characters, where a line of this kind has %d", s.bare(), l.width))
}

// misfit is how far lines are from a width; a line that fits counts for more than any distance.
func misfit(spans []span, width int) int {
	n := 0
	for _, s := range spans {
		if !s.fits(width) {
			n += MaxText + distance(s.bare(), width)
		}
	}
	return n
}

func distance(a, b int) int { return max(a-b, b-a) }

// fail makes an error without the name of a format: that of the printed zone and that of the chip put theirs on it.
func fail(code, step string, offset int, err error) error {
	return &formats.Error{Code: code, Step: step, Offset: offset, Err: err}
}
