package twoddoc

import (
	"bytes"
	"strconv"
	"unicode/utf8"

	"github.com/travelseal/travelseal/formats"
)

// A value is one piece of data of a message.
type value struct {
	id   string // "10"; "" for the rest of a message that cannot be divided further
	text string
	date formats.Date // where the field is a date
	cut  bool         // it ended with the record separator: the issuer had to cut it off
}

// readValues divides a message into values. An identifier that is not known has no known length: from there on the message
// is one value, because nobody can say where the next one begins.
func (r *reading) readValues(where string, data []byte) []value {
	values := []value{}
	rest := func(at int, why string) []value {
		r.breach(where+" at byte "+strconv.Itoa(at), why)
		return append(values, value{text: text(data[at:])})
	}
	if r.header.perimeter != knownPerimeter && len(data) > 0 {
		return rest(0, "perimeter not known")
	}
	seen := make(map[string]bool)
	for at := 0; at < len(data); {
		if len(data)-at < 2 {
			return rest(at, "less than an identifier is left")
		}
		id := string(data[at : at+2])
		f, known := fields[id]
		if !known {
			return rest(at, "identifier not known")
		}
		v, n := take(f, data[at+2:])
		v.id = id
		if seen[id] {
			r.breach(where+"."+id, "it is there twice")
		}
		seen[id] = true
		r.checkValue(where, f, &v)
		if v.text != "" {
			values = append(values, v)
		}
		at += 2 + n
	}
	return values
}

// take reads one value and gives how many bytes it took, with the separator behind it. A value of fixed length, and one that
// fills its field, has none.
func take(f field, data []byte) (v value, n int) {
	size := bytes.IndexAny(data, string([]byte{groupSeparator, recordSeparator}))
	if size < 0 {
		size = len(data)
	}
	if f.max > 0 && size >= f.max {
		return value{text: text(data[:f.max])}, f.max
	}
	v = value{text: text(data[:size])}
	if size < len(data) {
		v.cut = data[size] == recordSeparator
		return v, size + 1
	}
	return v, size
}

// text gives a value in UTF-8. The specification has ASCII; the code's own charset beyond it is ISO 8859-1 (ISO/IEC 16022).
func text(b []byte) string {
	if utf8.Valid(b) {
		return string(b)
	}
	runes := make([]rune, len(b))
	for i, c := range b {
		runes[i] = rune(c)
	}
	return string(runes)
}

// checkValue looks at the length of a value and reads it where it is a date.
func (r *reading) checkValue(where string, f field, v *value) {
	if v.text == "" && f.min == 0 {
		return
	}
	if len(v.text) < f.min && !v.cut {
		r.breach(where+"."+v.id, "shorter than "+strconv.Itoa(f.min)+" characters")
		return
	}
	ok := true
	switch f.form {
	case dayForm:
		v.date, ok = calendarDay(v.text)
	case minuteForm:
		v.date, ok = minute(v.text)
	case hexForm:
		v.date, ok = day(v.text)
	}
	if !ok && !v.cut {
		r.breach(where+"."+v.id, "not a date that exists")
	}
}

// calendarDay reads DDMMYYYY. 00 for the day or the month is not known.
func calendarDay(s string) (formats.Date, bool) {
	if len(s) != 8 {
		return formats.Date{}, false
	}
	d, err := formats.ParseDate(s[4:] + "-" + s[2:4] + "-" + s[:2])
	return d, err == nil
}

// minute reads DDMMYYYYhhmm, in the time of the place, which is not stated.
func minute(s string) (formats.Date, bool) {
	if len(s) != 12 {
		return formats.Date{}, false
	}
	d, err := formats.ParseDate(s[4:8] + "-" + s[2:4] + "-" + s[:2] + "T" + s[8:10] + ":" + s[10:])
	return d, err == nil
}
