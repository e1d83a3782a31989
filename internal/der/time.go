package der

import "time"

// Time gives a UTCTime or a GeneralizedTime in the forms of RFC 5280 §4.1.2.5: to the second, in Zulu, without
// fractions. A UTCTime's years 50 to 99 are of the twentieth century.
func (v Value) Time(what string) (time.Time, error) {
	c := v.Content
	year := 0
	switch {
	case v.Tag == UTCTime && len(c) == len("YYMMDDHHMMSSZ"):
		year = two(c)
		if c = c[2:]; year >= 50 {
			year += 1900
		} else {
			year += 2000
		}
	case v.Tag == GeneralizedTime && len(c) == len("YYYYMMDDHHMMSSZ"):
		year = 100*two(c) + two(c[2:])
		c = c[4:]
	case v.Tag != UTCTime && v.Tag != GeneralizedTime:
		return time.Time{}, v.Fail(what, ErrTag)
	default:
		return time.Time{}, v.Fail(what, ErrValue)
	}
	for _, b := range v.Content[:len(v.Content)-1] {
		if b < '0' || b > '9' {
			return time.Time{}, v.Fail(what, ErrValue)
		}
	}
	month, day, hour, minute, second := two(c), two(c[2:]), two(c[4:]), two(c[6:]), two(c[8:])
	t := time.Date(year, time.Month(month), day, hour, minute, second, 0, time.UTC)
	if c[10] != 'Z' || t.Month() != time.Month(month) || t.Day() != day || t.Hour() != hour || t.Minute() != minute || t.Second() != second {
		return time.Time{}, v.Fail(what, ErrValue)
	}
	return t, nil
}

func two(b []byte) int { return 10*int(b[0]-'0') + int(b[1]-'0') }
