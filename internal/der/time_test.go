package der_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/travelseal/travelseal/internal/der"
)

// moment is a time value of one of both forms.
func moment(t *testing.T, tag der.Tag, text string) der.Value {
	t.Helper()
	return value(t, fmt.Sprintf("%02X %02X %X", uint32(tag), len(text), text))
}

func TestTimesToTheSecond(t *testing.T) {
	for _, c := range []struct {
		tag  der.Tag
		text string
		want time.Time
	}{
		{der.UTCTime, "260528073824Z", time.Date(2026, 5, 28, 7, 38, 24, 0, time.UTC)},
		{der.UTCTime, "491231235959Z", time.Date(2049, 12, 31, 23, 59, 59, 0, time.UTC)},
		{der.UTCTime, "500101000000Z", time.Date(1950, 1, 1, 0, 0, 0, 0, time.UTC)},
		{der.UTCTime, "000229000000Z", time.Date(2000, 2, 29, 0, 0, 0, 0, time.UTC)},
		{der.GeneralizedTime, "20500101000000Z", time.Date(2050, 1, 1, 0, 0, 0, 0, time.UTC)},
		{der.GeneralizedTime, "99991231235959Z", time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC)},
	} {
		if got, err := moment(t, c.tag, c.text).Time("the date"); err != nil || !got.Equal(c.want) || got.Location() != time.UTC {
			t.Errorf("%s: %v, %v", c.text, got, err)
		}
	}
}

func TestOtherFormsOfTimeAreRefused(t *testing.T) {
	for text, tag := range map[string]der.Tag{
		"2605280738Z": der.UTCTime, "260528073824+0000": der.UTCTime, "260528073824": der.UTCTime, "260528073824z": der.UTCTime, "2605280738240": der.UTCTime,
		"261328073824Z": der.UTCTime, "260028073824Z": der.UTCTime, "260229073824Z": der.UTCTime, "260500073824Z": der.UTCTime, "260528243824Z": der.UTCTime,
		"260528076024Z": der.UTCTime, "260528073860Z": der.UTCTime, "26052807382 Z": der.UTCTime, "/60528073824Z": der.UTCTime, "-60528073824Z": der.UTCTime,
		"": der.UTCTime, "20260528073824.5Z": der.GeneralizedTime, "20260528073824": der.GeneralizedTime, "202605280738Z": der.GeneralizedTime,
		"2026052807382:Z": der.GeneralizedTime, "20230229000000Z": der.GeneralizedTime,
	} {
		_, err := moment(t, tag, text).Time("the date")
		wrong(t, text, err, der.ErrValue, "the date", 0)
	}
	_, err := moment(t, der.PrintableString, "260528073824Z").Time("the date")
	wrong(t, "text", err, der.ErrTag, "the date", 0)
}
