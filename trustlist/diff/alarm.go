package diff

import "fmt"

// Limits say which differences a second person should see. The zero Limits let none pass.
type Limits struct {
	// Removed and Added are how many of a hundred keys of the older list may be gone, and may have come, in one change.
	Removed, Added int
	// Countries is how many countries may come or go.
	Countries int
}

// DefaultLimits fit lists that are fetched every day: signers change singly, authorities hardly ever.
var DefaultLimits = Limits{Removed: 10, Added: 20}

// An Alarm is a difference that is larger than a limit.
type Alarm struct{ Code, Text string }

// The codes of alarms.
const (
	Shrunk    = "SOURCE_SHRUNK"
	Grown     = "SOURCE_GROWN"
	Countries = "SOURCE_COUNTRIES"
	Restored  = "SOURCE_RESTORED"
)

// Alarms gives the differences that are larger than the limits. One key more or less is none, whatever the length of the list,
// where the limits are not zero. A key that was withdrawn and is back is one always.
func (d Diff) Alarms(l Limits) []Alarm {
	var list []Alarm
	add := func(code, format string, of ...any) { list = append(list, Alarm{code, fmt.Sprintf(format, of...)}) }
	if n := len(d.Removed); n > allowed(l.Removed, d.Before) {
		add(Shrunk, "%d of %d keys are gone, the limit is %d", n, d.Before, allowed(l.Removed, d.Before))
	}
	if n := len(d.Added); n > allowed(l.Added, d.Before) {
		add(Grown, "%d keys came to %d, the limit is %d", n, d.Before, allowed(l.Added, d.Before))
	}
	if n := len(d.NewCountries) + len(d.LostCountries); n > l.Countries {
		add(Countries, "countries came: %d, and went: %d; the limit is %d", len(d.NewCountries), len(d.LostCountries), l.Countries)
	}
	if n := len(d.Restored); n > 0 {
		add(Restored, "%d keys that were withdrawn are back, or are withdrawn from a later moment", n)
	}
	return list
}

// allowed is how many keys may change.
func allowed(percent, of int) int {
	n := percent * of / 100
	if percent > 0 && n == 0 {
		return 1
	}
	return n
}
