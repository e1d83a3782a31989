package httpapi

import (
	"context"

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
)

// inputs looks into the documents and gives what package verify checks, in their order. Pictures without a readable code
// become Inputs that say why, so that they stand in the report. The error is the context's.
func inputs(ctx context.Context, documents []document, l scan.Limits) ([]formats.Input, error) {
	var all []formats.Input
	for _, d := range documents {
		if d.form == text {
			all = append(all, scan.Text(d.source, d.data))
			continue
		}
		open := scan.Open
		if d.form == picture {
			open = scan.Picture
		}
		found, err := open(ctx, d.source, d.data, l)
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	return all, nil
}
