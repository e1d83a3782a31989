package cert

import "github.com/travelseal/travelseal/internal/der"

// notes collects deviations. A nil *notes takes none.
type notes struct {
	list []der.Deviation
}

func (n *notes) add(code, where string, offset int) {
	if n != nil {
		n.list = append(n.list, der.Deviation{Code: code, Where: where, Offset: offset})
	}
}
