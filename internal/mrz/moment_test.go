package mrz_test

import "time"

// unix is a moment within the years that a calendar of four digits has.
func unix(seconds int64) time.Time {
	const span = 253402300800
	return time.Unix((seconds%span+span)%span, 0).UTC()
}
