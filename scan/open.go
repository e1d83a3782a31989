package scan

import (
	"bytes"
	"context"
	"errors"
	"path"
	"unicode/utf8"

	"github.com/travelseal/travelseal/formats"
)

// Open looks into the bytes of one file and gives what package verify checks: the codes of a picture, the documents in an
// archive, or the text itself. Which of them it is, the first bytes say, and never the name, which becomes the Source. What
// cannot be read becomes an Input that says why, so that it stands in a report beside what could. The error is the
// context's.
//
// A file that one of the set's formats recognises is its document as it stands, whatever else its first bytes say: some
// documents are archives (DIVOC). Where a format needs the name beside the bytes, as for the files of a chip, the Input has
// it, so that Set.Group finds what belongs together. A nil set recognises nothing, and archives stay closed.
func Open(ctx context.Context, set *formats.Set, name string, data []byte, l Limits) ([]formats.Input, error) {
	media := Media(data)
	whole := formats.Bytes(data)
	whole.Source = name
	switch {
	case media != "" && recognised(set, whole):
		return []formats.Input{whole}, nil
	case media == zipMedia && set != nil:
		return archive(ctx, set, name, data, l)
	case media != "":
		return Picture(ctx, name, data, l)
	}
	named := formats.Input{Source: name, Files: []formats.File{{Name: path.Base(name), Data: data}}}
	if recognised(set, named) {
		return []formats.Input{named}, nil
	}
	return []formats.Input{Text(name, data)}, nil
}

func recognised(set *formats.Set, in formats.Input) bool {
	if set == nil {
		return false
	}
	_, err := set.Recognise(in)
	return err == nil || errors.Is(err, formats.ErrAmbiguous)
}

// Text gives a text as one Input, without what editors, forms and shells add: a byte order mark in front and line ends
// behind. Spaces stay, because base45 uses them. Bytes that are no text stay as they are: nobody has edited them, and the
// signature of a seal may end in what looks like the end of a line.
func Text(name string, data []byte) formats.Input {
	in := formats.Bytes(data)
	if utf8.Valid(data) {
		in = formats.Bytes(bytes.TrimRight(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")), "\r\n"))
	}
	in.Source = name
	return in
}

// Picture is Open for what is said to be a picture.
func Picture(ctx context.Context, name string, data []byte, l Limits) ([]formats.Input, error) {
	symbols, err := Read(ctx, data, l)
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err != nil {
		return []formats.Input{Unreadable(name, err)}, nil
	}
	return Inputs(name, symbols), nil
}

// Unreadable gives the Input of a file that could not be read, with the reason.
func Unreadable(name string, err error) formats.Input {
	code := CodeUnreadable
	var s *Error
	if errors.As(err, &s) {
		code, err = s.Code, s.Err
	}
	return formats.Input{Source: name, Err: &formats.Error{Code: code, Offset: -1, Err: err}}
}
