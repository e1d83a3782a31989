package httpapi

import (
	"bytes"
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
)

// inputs looks into the documents and gives what package verify checks, in their order. Pictures without a readable code
// become Inputs that say why, so that they stand in the report. The error is the context's.
func inputs(ctx context.Context, documents []document, l scan.Limits) ([]formats.Input, error) {
	var all []formats.Input
	for _, d := range documents {
		if d.form == text || d.form == file && scan.Media(d.data) == "" {
			in := formats.Bytes(trimText(d.data))
			in.Source = d.source
			all = append(all, in)
			continue
		}
		symbols, err := scan.Read(ctx, d.data, l)
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err != nil {
			all = append(all, unreadable(d.source, err))
			continue
		}
		all = append(all, scan.Inputs(d.source, symbols)...)
	}
	return all, nil
}

func unreadable(source string, err error) formats.Input {
	code := scan.CodeUnreadable
	var s *scan.Error
	if errors.As(err, &s) {
		code, err = s.Code, s.Err
	}
	return formats.Input{Source: source, Err: &formats.Error{Code: code, Offset: -1, Err: err}}
}

// trimText takes off what editors and forms add to a text: a byte order mark in front and line ends behind. Spaces stay,
// because base45 uses them.
func trimText(b []byte) []byte {
	return bytes.TrimRight(bytes.TrimPrefix(b, []byte("\xef\xbb\xbf")), "\r\n")
}
