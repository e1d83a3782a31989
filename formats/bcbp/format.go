package bcbp

import "github.com/travelseal/travelseal/formats"

// ID names the format.
const ID formats.ID = "bcbp"

// Format is the bar coded boarding pass. Most passes carry no signature, and none has to: without one it is compared with
// the documents beside it, and proves nothing.
var Format = formats.Format{
	ID:       ID,
	Title:    "Bar coded boarding pass",
	Spec:     "IATA Resolution 792, format M",
	Unsealed: true,
	Detect:   detect,
	Decode:   decode,
	Trace:    trace,
}

// detect claims what begins with the format code, a number of legs and a name. What is wrong after that is Decode's to say.
func detect(in formats.Input) bool {
	b, ok := in.Lone()
	if !ok || len(b) < 3 || b[0] != 'M' || !digit(b[1]) {
		return false
	}
	for _, c := range b[2:min(len(b), 2+passengerName.size)] {
		if !letter(c) && c != ' ' && c != '/' && c != '-' && c != '.' && c != '\'' {
			return false
		}
	}
	return true
}

func digit(c byte) bool { return c >= '0' && c <= '9' }

func letter(c byte) bool { return c >= 'A' && c <= 'Z' }
