package formats

import (
	"errors"
	"fmt"
	"slices"
)

// A Set is the list of formats that a program understands. It is immutable; there is no global one.
type Set struct {
	formats []Format
	byID    map[ID]int // of formats and profiles alike
}

// NewSet puts formats together. It refuses a repeated ID and a Format without the functions that it needs.
func NewSet(list ...Format) (*Set, error) {
	s := &Set{formats: slices.Clone(list), byID: make(map[ID]int)}
	for i, f := range s.formats {
		if f.ID == "" || f.Detect == nil || f.Decode == nil {
			return nil, fmt.Errorf("formats: format %d (%q) lacks an ID, Detect or Decode", i, f.ID)
		}
		ids := f.IDs()
		if len(f.Profiles) > 0 && !slices.Contains(ids, f.ID) {
			ids = append(ids, f.ID)
		}
		for _, id := range ids {
			if _, taken := s.byID[id]; taken || id == "" {
				return nil, fmt.Errorf("formats: %q is registered twice or empty", id)
			}
			s.byID[id] = i
		}
	}
	return s, nil
}

// List gives the formats in the order of NewSet.
func (s *Set) List() []Format { return slices.Clone(s.formats) }

// IDs lists every kind of document that the Set can decode: the profiles of each format, or its own ID.
func (s *Set) IDs() []ID {
	var ids []ID
	for _, f := range s.formats {
		ids = append(ids, f.IDs()...)
	}
	return ids
}

// Lookup finds a format or profile by ID, as a Profile with its title and citation.
func (s *Set) Lookup(id ID) (Profile, bool) {
	i, ok := s.byID[id]
	if !ok {
		return Profile{}, false
	}
	f := &s.formats[i]
	for _, p := range f.Profiles {
		if p.ID == id {
			return p, true
		}
	}
	return Profile{ID: f.ID, Title: f.Title, Spec: f.Spec}, true
}

// Unsealed reports whether documents of this kind never carry a signature.
func (s *Set) Unsealed(id ID) bool {
	i, ok := s.byID[id]
	return ok && s.formats[i].Unsealed
}

// Group joins the parts of documents that came in several codes. It is called before Decode by everything that reads:
// scan, command, HTTP and batch alike.
func (s *Set) Group(inputs []Input) []Input {
	for _, f := range s.formats {
		if f.Group != nil {
			inputs = f.Group(inputs)
		}
	}
	return inputs
}

// Recognise gives the one format that claims the Input, or ErrUnknown or ErrAmbiguous within an *Error.
func (s *Set) Recognise(in Input) (*Format, error) {
	var found *Format
	for i := range s.formats {
		if !s.formats[i].Detect(in) {
			continue
		}
		if found != nil {
			err := fmt.Errorf("%w: %s and %s", ErrAmbiguous, found.ID, s.formats[i].ID)
			return nil, &Error{Code: CodeAmbiguous, Step: "recognise", Offset: -1, Err: err}
		}
		found = &s.formats[i]
	}
	if found == nil {
		return nil, &Error{Code: CodeUnknownFormat, Step: "recognise", Offset: -1, Err: ErrUnknown}
	}
	return found, nil
}

var errNothing = errors.New("the decoder gave neither a document nor a reason")

// Decode decodes an Input by the one format that recognises it. A format that panics is a bug; it becomes an *Error
// with CodePanic, so that one document never stops the others.
func (s *Set) Decode(in Input, o Options) (doc *Document, err error) {
	var id ID
	defer func() {
		if r := recover(); r != nil {
			doc, err = nil, &Error{Format: id, Code: CodePanic, Step: "decode", Offset: -1, Err: fmt.Errorf("the decoder failed: %T", r)}
		}
	}()
	f, err := s.admit(in, o)
	if err != nil {
		return nil, err
	}
	id = f.ID
	if doc, err = f.Decode(in, o); doc == nil && err == nil {
		err = &Error{Format: id, Code: CodePanic, Step: "decode", Offset: -1, Err: errNothing}
	}
	return doc, err
}

// Trace shows how an Input decodes, step by step, under the same limits as Decode. The first step names the format.
func (s *Set) Trace(in Input, o Options) (steps []Step) {
	defer func() {
		if r := recover(); r != nil {
			steps = append(steps, Step{Name: "decode", Err: &Error{Code: CodePanic, Step: "decode", Offset: -1, Err: fmt.Errorf("the decoder failed: %T", r)}})
		}
	}()
	first := Step{Name: "recognise"}
	if in.Err != nil {
		first.Name = "reading"
	}
	f, err := s.admit(in, o)
	if err != nil {
		first.Err = err
		return []Step{first}
	}
	first.Detail = []Field{{Name: "format", Value: f.Title}}
	if f.Trace == nil {
		return []Step{first}
	}
	return append([]Step{first}, f.Trace(in, o)...)
}

// admit checks an Input as a whole and gives the one format that recognises it.
func (s *Set) admit(in Input, o Options) (*Format, error) {
	if in.Err != nil {
		return nil, in.Err
	}
	if name, twice := in.repeatedName(); twice {
		return nil, &Error{Code: CodeAmbiguous, Step: "files", Offset: -1, Err: fmt.Errorf("two files are named %q", name)}
	}
	if n, max := in.Size(), o.Limits.OrDefault().Input; n > max {
		return nil, &Error{Code: CodeLimit, Step: "files", Offset: -1, Err: fmt.Errorf("%d bytes, the limit is %d", n, max)}
	}
	return s.Recognise(in)
}
