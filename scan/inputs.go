package scan

import (
	"strconv"

	"github.com/travelseal/travelseal/formats"
)

// Inputs makes one formats.Input of each symbol, with the Source "name#1" and so on by Symbol.Index. Several codes are
// several documents: nothing is joined and nothing is left out. A symbol with an Err becomes an Input without
// bytes, which no format recognises, so that it is reported rather than dropped.
func Inputs(name string, symbols []Symbol) []formats.Input {
	inputs := make([]formats.Input, len(symbols))
	for i, s := range symbols {
		inputs[i] = formats.Bytes(s.Bytes)
		inputs[i].Source = name + "#" + strconv.Itoa(s.Index)
	}
	return inputs
}
