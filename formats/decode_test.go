package formats_test

import (
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/formats"
)

func TestAnUnreadableInputKeepsItsReason(t *testing.T) {
	reason := &formats.Error{Code: "input.no_symbol", Offset: -1, Err: io.EOF}
	in := formats.Text("A")
	in.Err = reason
	doc, err := set(t, format("a", "A")).Decode(in, formats.Options{})
	if doc != nil || err != error(reason) {
		t.Errorf("%v, %v", doc, err)
	}
}

func TestFilesOfOneNameAreRefused(t *testing.T) {
	f := format("a", "")
	f.Detect = func(formats.Input) bool { return true }
	s := set(t, f)
	file := func(names ...string) (in formats.Input) {
		for _, n := range names {
			in.Files = append(in.Files, formats.File{Name: n, Data: []byte(n)})
		}
		return in
	}
	for _, names := range [][]string{{}, {""}, {"DG1"}, {"DG1", "DG2"}, {"DG1", "dg1"}, {"", "DG1"}} {
		if _, err := s.Decode(file(names...), formats.Options{}); err != nil {
			t.Errorf("%q: %v", names, err)
		}
	}
	for _, names := range [][]string{{"", ""}, {"DG1", "DG1"}, {"DG1", "DG2", "DG1"}, {"EF.SOD", "DG1", "DG2", "DG2"}} {
		_, err := s.Decode(file(names...), formats.Options{})
		coded(t, strings.Join(names, ","), err, formats.CodeAmbiguous)
	}
}

func TestTheSizeOfAllFilesIsBounded(t *testing.T) {
	f := format("a", "")
	f.Detect = func(formats.Input) bool { return true }
	s := set(t, f)
	files := func(sizes ...int) (in formats.Input) {
		for i, n := range sizes {
			in.Files = append(in.Files, formats.File{Name: string(rune('a' + i)), Data: make([]byte, n)})
		}
		return in
	}
	few := formats.Options{Limits: formats.Limits{Input: 10}}
	for _, c := range []struct {
		in formats.Input
		o  formats.Options
		ok bool
	}{
		{files(10), few, true}, {files(11), few, false}, {files(5, 5), few, true}, {files(5, 5, 1), few, false},
		{files(1 << 20), formats.Options{}, true}, {files(1<<20 + 1), formats.Options{}, false},
	} {
		_, err := s.Decode(c.in, c.o)
		if c.ok && err != nil {
			t.Errorf("%d bytes: %v", c.in.Size(), err)
		} else if !c.ok {
			if fe := coded(t, "size", err, formats.CodeLimit); !strings.Contains(fe.Error(), "the limit is") {
				t.Errorf("%q does not name the limit", fe)
			}
		}
	}
}

func TestOptionsReachTheFormat(t *testing.T) {
	f := format("a", "A")
	f.Decode = func(_ formats.Input, o formats.Options) (*formats.Document, error) {
		return &formats.Document{Needs: o.Tolerate}, io.ErrNoProgress
	}
	doc, err := set(t, f).Decode(formats.Text("A"), formats.Options{Tolerate: []string{"b"}})
	if !slices.Equal(doc.Needs, []string{"b"}) || !errors.Is(err, io.ErrNoProgress) {
		t.Errorf("%v, %v", doc, err)
	}
}

// The value of a panic may quote the document, so its type alone is shown.
func TestADecoderThatPanicsStopsOneDocumentOnly(t *testing.T) {
	const secret = "Achterberg"
	for name, value := range map[string]any{"text": secret, "error": errors.New(secret), "nil": nil} {
		f := format("a", "A")
		f.Decode = func(formats.Input, formats.Options) (*formats.Document, error) { panic(value) }
		doc, err := set(t, f).Decode(formats.Text("A"), formats.Options{})
		fe := coded(t, name, err, formats.CodePanic)
		if doc != nil || fe.Format != "a" || strings.Contains(fe.Error(), secret) {
			t.Errorf("%s: %v, %v", name, doc, fe)
		}
	}
	f := format("a", "A")
	f.Decode = func(in formats.Input, _ formats.Options) (*formats.Document, error) {
		return &formats.Document{Format: formats.ID(in.Files[len(in.Files)].Name)}, nil
	}
	_, err := set(t, f).Decode(formats.Text("A"), formats.Options{})
	coded(t, "index", err, formats.CodePanic)
}

func TestADecoderThatGivesNothingIsAFailure(t *testing.T) {
	f := format("a", "A")
	f.Decode = func(formats.Input, formats.Options) (*formats.Document, error) { return nil, nil }
	doc, err := set(t, f).Decode(formats.Text("A"), formats.Options{})
	if fe := coded(t, "nothing", err, formats.CodePanic); doc != nil || fe.Format != "a" {
		t.Errorf("%v, %v", doc, fe)
	}
}

func TestADetectThatPanicsStopsOneDocumentOnly(t *testing.T) {
	f := format("a", "A")
	f.Detect = func(formats.Input) bool { panic("Achterberg") }
	s := set(t, f)
	defer func() {
		if r := recover(); r != nil {
			t.Fatalf("Decode panics: %v", r)
		}
	}()
	_, err := s.Decode(formats.Text("A"), formats.Options{})
	if fe := coded(t, "detect", err, formats.CodePanic); strings.Contains(fe.Error(), "Achterberg") {
		t.Errorf("%v quotes the panic", fe)
	}
}

func TestGroupsJoinInTheOrderOfTheSet(t *testing.T) {
	var order []formats.ID
	grouping := func(id formats.ID) formats.Format {
		f := format(id, "")
		f.Group = func(in []formats.Input) []formats.Input {
			order = append(order, id)
			return append(in, formats.Text(string(id)))
		}
		return f
	}
	s := set(t, grouping("b"), format("none", "N"), grouping("a"))
	var texts []string
	for _, in := range s.Group([]formats.Input{formats.Text("first")}) {
		b, _ := in.Lone()
		texts = append(texts, string(b))
	}
	if !slices.Equal(order, []formats.ID{"b", "a"}) || !slices.Equal(texts, []string{"first", "b", "a"}) {
		t.Errorf("called %v, gave %v", order, texts)
	}
	if got := set(t, format("none", "N")).Group(nil); got != nil {
		t.Errorf("nothing became %v", got)
	}
}
