package mrz

import (
	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/mrz"
)

// ID names the format.
const ID formats.ID = "mrz"

// Format is the printed machine readable zone. It is never sealed.
var Format = formats.Format{
	ID:         ID,
	Title:      "Machine readable zone (printed)",
	Spec:       "ICAO Doc 9303-3 to 9303-7, eighth edition",
	Unsealed:   true,
	Tolerances: mrz.Tolerances(),
	Detect:     detect,
	Decode:     decode,
	Trace:      trace,
}

// detect claims every text that is made of the zone's characters only, has fillers in it and begins as a document code
// does. A text of the wrong length is Decode's to refuse, so that the person who typed it learns which line is short.
func detect(in formats.Input) bool {
	b, ok := in.Lone()
	return ok && mrz.Recognise(b)
}
