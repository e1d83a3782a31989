package scan

import (
	"strconv"

	"github.com/travelseal/travelseal/formats"
)

// Inputs makes one formats.Input of each symbol, with the Source "name#1" and so on by Symbol.Index. Several codes are
// several documents: nothing is joined and nothing is left out. A symbol whose content breaks its own specification
// becomes an Input that says so.
func Inputs(name string, symbols []Symbol) []formats.Input {
	inputs := make([]formats.Input, len(symbols))
	for i, s := range symbols {
		source := name + "#" + strconv.Itoa(s.Index)
		if s.Err != nil {
			inputs[i] = Unreadable(source, s.Err)
			continue
		}
		inputs[i] = formats.Bytes(s.Bytes)
		inputs[i].Source = source
	}
	return inputs
}
