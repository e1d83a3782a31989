package httpapi

import (
	"context"
	"errors"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/scan"
)

// A document is one piece of a request before it is looked into.
type document struct {
	source string // how reports name it
	data   []byte
	form   form
}

// A form says how a document came.
type form int

const (
	text    form = iota // the text of a code, or of an MRZ
	picture             // declared to be one
	file                // a picture or a text, whichever its first bytes say
	zone                // a printed MRZ, and nothing else
)

// inputs looks into the documents and gives what package verify checks, in their order. Pictures without a readable code
// become Inputs that say why, so that they stand in the report. The error is the context's.
func inputs(ctx context.Context, set *formats.Set, documents []document, l scan.Limits) ([]formats.Input, error) {
	var all []formats.Input
	for _, d := range documents {
		var found []formats.Input
		var err error
		switch d.form {
		case text:
			found = []formats.Input{scan.Text(d.source, d.data)}
		case zone:
			found = []formats.Input{printed(set, d)}
		case picture:
			found, err = scan.Picture(ctx, d.source, d.data, l)
		case file:
			found, err = scan.Open(ctx, set, d.source, d.data, l)
		}
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	return all, nil
}

// zoneFormat is the format of the printed zone. A boarding pass may be as unsealed, and is no passport.
const zoneFormat formats.ID = "mrz"

var errNoZone = errors.New("this is not a machine readable zone")

// printed gives the Input of the member "mrz". Another document there would be compared with itself, and an officer told
// that the passport agrees.
func printed(set *formats.Set, d document) formats.Input {
	in := scan.Text(d.source, d.data)
	if f, err := set.Recognise(in); err == nil && f.ID != zoneFormat {
		return formats.Input{Source: d.source, Err: &formats.Error{Code: formats.CodeUnknownFormat, Offset: -1, Err: errNoZone}}
	}
	return in
}
