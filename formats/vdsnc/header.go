package vdsnc

import (
	"strings"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/states"
	"github.com/travelseal/travelseal/internal/strict/json"
)

// header is the header zone: the type of the message, the version of the type, and the issuing state.
type header struct {
	kind, version, issuer string // as the header has them
	country               string // two letters where the issuer's code is known, its code where it is not
	reads                 *kind  // nil where the message's structure is not known
}

// A kind is one type of message in one version.
type kind struct {
	name    string
	version int64
	purpose formats.Uses
	members []member
}

var kinds = []kind{
	{"icao.vacc", 1, formats.Vaccination, vaccination},
	{"icao.test", 1, formats.Test, test},
}

// checkHeader reads the header. An issuing state that is not known stays as it is written, so that it fits no key's
// country.
func (r *reading) checkHeader(hdr json.Value) {
	var t, v, is json.Value
	for name, member := range hdr.Members() {
		switch name {
		case "t":
			t = member
		case "v":
			v = member
		case "is":
			is = member
		default:
			r.message.further(place{"hdr", name}, member)
		}
	}
	h := &r.header
	var named, numbered, ok bool
	if h.kind, named = t.Text(); !named {
		r.breach("hdr.t", "missing or not a text")
	}
	version, numbered := v.Int()
	if !numbered {
		r.breach("hdr.v", "missing or not an integer")
	}
	h.version = string(v.Raw())
	if h.issuer, ok = is.Text(); !ok {
		r.breach("hdr.is", "missing or not a text")
	} else if h.country, ok = states.Alpha2(h.issuer); !ok {
		r.breach("hdr.is", "not the code of a state or organisation")
		h.country = h.issuer
	}
	known := false
	for i := range kinds {
		if kinds[i].name != h.kind {
			continue
		}
		known = true
		if kinds[i].version == version {
			h.reads = &kinds[i]
		}
	}
	switch {
	case h.reads != nil:
	case named && !known:
		r.breach("hdr.t", "type not known"+h.says())
	case numbered && known:
		r.breach("hdr.v", "version not known"+h.says())
	}
}

// says tells what the header says of a message that is not known. That is in every report, whether the seal is verified or
// not, and therefore no more than what can name nobody: a type as ICAO makes them, a number, and the code of a state.
func (h *header) says() string {
	text := ""
	if typed(h.kind) {
		text += ", type " + h.kind
	}
	if n := len(h.version); n > 0 && n <= maxVersion && h.version[0] >= '0' && h.version[0] <= '9' {
		text += ", version " + h.version
	}
	if _, known := states.Alpha2(h.issuer); known {
		text += ", issuing state " + h.issuer
	}
	if text == "" {
		return ""
	}
	return "; its header says: " + text[len(", "):]
}

// maxVersion is how many digits a version may have to be shown, maxType how many letters a type.
const (
	maxVersion = 4
	maxType    = 16
)

// typed reports whether a text is of the form of "icao.vacc".
func typed(s string) bool {
	name, ok := strings.CutPrefix(s, "icao.")
	for i := range len(name) {
		ok = ok && name[i] >= 'a' && name[i] <= 'z'
	}
	return ok && name != "" && len(s) <= maxType
}
