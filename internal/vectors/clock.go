package vectors

import (
	"fmt"
	"time"
)

// The spellings of a clock, in the order in which they are tried. Each takes a fraction of a second as well.
var clocks = []string{
	time.RFC3339,
	"2006-01-02T15:04:05Z0700", // ISO 8601, an offset without a colon
	"2006-01-02T15:04:05",      // no zone: UTC
}

// Clock is the moment at which the case is to be verified. ok is false where the case states none; a clock that is
// stated but cannot be read is an error, so that no case is run at another moment than its own.
func (c Case) Clock() (at time.Time, ok bool, err error) {
	if c.At == "" {
		return time.Time{}, false, nil
	}
	for _, layout := range clocks {
		if at, err := time.Parse(layout, c.At); err == nil {
			return at, true, nil
		}
	}
	return time.Time{}, false, fmt.Errorf("%s: the clock %q is in none of the known spellings", c.ID, c.At)
}
