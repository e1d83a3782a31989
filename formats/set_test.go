package formats_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/formats"
)

// format makes a Format that recognises texts with a prefix and decodes them to a Document of its own ID.
func format(id formats.ID, prefix string, profiles ...formats.ID) formats.Format {
	f := formats.Format{
		ID: id, Title: "Title of " + string(id), Spec: "Spec of " + string(id),
		Detect: func(in formats.Input) bool {
			b, ok := in.Lone()
			return ok && strings.HasPrefix(string(b), prefix)
		},
		Decode: func(formats.Input, formats.Options) (*formats.Document, error) {
			return &formats.Document{Format: id}, nil
		},
	}
	for _, p := range profiles {
		f.Profiles = append(f.Profiles, formats.Profile{ID: p, Title: "Title of " + string(p), Spec: "Spec of " + string(p)})
	}
	return f
}

func set(t *testing.T, list ...formats.Format) *formats.Set {
	t.Helper()
	s, err := formats.NewSet(list...)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestASetRefusesWhatItCannotTellApart(t *testing.T) {
	for name, list := range map[string][]formats.Format{
		"two formats of one ID":            {format("a", "A"), format("a", "B")},
		"two profiles of one ID":           {format("a", "A", "p", "p")},
		"a profile of another's ID":        {format("a", "A"), format("b", "B", "a")},
		"another's profile as ID":          {format("a", "A", "p"), format("p", "B")},
		"one profile of two formats":       {format("a", "A", "p"), format("b", "B", "p")},
		"a carrier of another's ID":        {format("a", "A", "p"), format("a", "B", "q")},
		"no ID":                            {format("", "A")},
		"a profile without ID":             {format("a", "A", "")},
		"a format without Detect":          {{ID: "a", Decode: format("a", "A").Decode}},
		"a format without Decode":          {{ID: "a", Detect: format("a", "A").Detect}},
		"a wrong format after a right one": {format("a", "A"), {}},
	} {
		if s, err := formats.NewSet(list...); err == nil || s != nil {
			t.Errorf("%s: a Set of %v, %v", name, s, err)
		}
	}
}

func TestASetListsKindsOfDocument(t *testing.T) {
	s := set(t, format("b", "B"), format("carrier", "C", "p", "carrier-less"), format("own", "O", "own", "other"))
	if want := []formats.ID{"b", "p", "carrier-less", "own", "other"}; !slices.Equal(s.IDs(), want) {
		t.Errorf("IDs %v, want %v", s.IDs(), want)
	}
	if ids := set(t).IDs(); len(ids) != 0 {
		t.Errorf("an empty Set lists %v", ids)
	}
	for _, id := range []formats.ID{"b", "p", "carrier-less", "own", "other", "carrier"} {
		p, ok := s.Lookup(id)
		if want := (formats.Profile{ID: id, Title: "Title of " + string(id), Spec: "Spec of " + string(id)}); !ok || p != want {
			t.Errorf("%s: %+v, %v", id, p, ok)
		}
	}
	for _, id := range []formats.ID{"", "B", "x", "*"} {
		if p, ok := s.Lookup(id); ok || p != (formats.Profile{}) {
			t.Errorf("%q: %+v", id, p)
		}
	}
}

func TestASetCannotBeChangedFromOutside(t *testing.T) {
	given := []formats.Format{format("a", "A"), format("b", "B")}
	s := set(t, given...)
	given[0].ID = "x"
	s.List()[1].ID = "y"
	if list := s.List(); list[0].ID != "a" || list[1].ID != "b" {
		t.Errorf("the Set now lists %s and %s", list[0].ID, list[1].ID)
	}
}

// coded demands an error with a code.
func coded(t *testing.T, name string, err error, code string) *formats.Error {
	t.Helper()
	var fe *formats.Error
	if !errors.As(err, &fe) {
		t.Fatalf("%s: %v is no *formats.Error", name, err)
	}
	if fe.Code != code {
		t.Errorf("%s: code %s, want %s (%v)", name, fe.Code, code, err)
	}
	return fe
}

func TestExactlyOneFormatMustRecogniseAnInput(t *testing.T) {
	s := set(t, format("a", "A"), format("ab", "AB"), format("c", "C"))
	for text, want := range map[string]formats.ID{"A1": "a", "C1": "c"} {
		if f, err := s.Recognise(formats.Text(text)); err != nil || f.ID != want {
			t.Errorf("%s: %v, %v", text, f, err)
		}
		if doc, err := s.Decode(formats.Text(text), formats.Options{}); err != nil || doc.Format != want {
			t.Errorf("%s: %v, %v", text, doc, err)
		}
	}
	for text, want := range map[string]struct {
		code string
		err  error
	}{
		"AB1": {formats.CodeAmbiguous, formats.ErrAmbiguous},
		"X":   {formats.CodeUnknownFormat, formats.ErrUnknown},
		"":    {formats.CodeUnknownFormat, formats.ErrUnknown},
	} {
		f, err := s.Recognise(formats.Text(text))
		coded(t, text, err, want.code)
		if !errors.Is(err, want.err) || f != nil {
			t.Errorf("%q: %v, %v", text, f, err)
		}
		if doc, err := s.Decode(formats.Text(text), formats.Options{}); !errors.Is(err, want.err) || doc != nil {
			t.Errorf("%q decodes to %v, %v", text, doc, err)
		}
	}
	_, err := s.Recognise(formats.Text("AB1"))
	if text := err.Error(); !strings.Contains(text, "a and ab") {
		t.Errorf("%q does not name both formats", text)
	}
	if _, err := set(t).Decode(formats.Text("A"), formats.Options{}); !errors.Is(err, formats.ErrUnknown) {
		t.Errorf("an empty Set decodes: %v", err)
	}
}
