package lds

import (
	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/der"
)

// date reads a date of eight numerals, YYYYMMDD, or packed into four bytes. Parts that are not known are zeros; an empty
// element states none.
func (e *elements) date(v der.Value, what string) (formats.Date, error) {
	s, err := e.digits(v, len("YYYYMMDD"), what)
	if err != nil || s == "" {
		return formats.Date{}, err
	}
	return calendar(s, v, what)
}

// moment reads a date and a time of day of fourteen numerals, YYYYMMDDhhmmss, or packed into seven bytes. No zone is
// stated.
func (e *elements) moment(v der.Value, what string) (formats.Date, error) {
	s, err := e.digits(v, len("YYYYMMDDhhmmss"), what)
	if err != nil || s == "" {
		return formats.Date{}, err
	}
	d, err := formats.ParseDate(s[:4] + "-" + s[4:6] + "-" + s[6:8] + "T" + s[8:10] + ":" + s[10:12] + ":" + s[12:])
	if err != nil {
		return formats.Date{}, v.Fail(what, ErrDate)
	}
	return d, nil
}

// calendar reads the numerals of a day.
func calendar(s string, v der.Value, what string) (formats.Date, error) {
	d, err := formats.ParseDate(s[:4] + "-" + s[4:6] + "-" + s[6:])
	if err != nil {
		return formats.Date{}, v.Fail(what, ErrDate)
	}
	return d, nil
}

// digits reads a number of numerals, one or two to a byte.
func (e *elements) digits(v der.Value, count int, what string) (string, error) {
	switch c := v.Content; {
	case len(c) == 0:
		return "", nil
	case len(c) == count && allNumerals(c):
		return string(c), nil
	case len(c) == count/2:
		packed := make([]byte, 0, count)
		for _, b := range c {
			packed = append(packed, '0'+b>>4, '0'+b&0x0F)
		}
		if !allNumerals(packed) {
			return "", v.Fail(what, ErrDate)
		}
		e.note(BCDDate, v, what)
		return string(packed), nil
	}
	return "", v.Fail(what, ErrDate)
}
