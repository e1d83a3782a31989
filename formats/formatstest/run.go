package formatstest

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/verify"
)

// Run runs the suite over every kind of document of the format.
func Run(t *testing.T, s Suite) {
	for _, id := range s.Format.IDs() {
		corpus := Load(t, id)
		corpus.Verifier = verifier(t, s.set(t), corpus.AsOf)
		t.Run(string(id), func(t *testing.T) { RunOn(t, s, corpus) })
	}
	tolerances(t, s.Format)
}

// RunOn runs the suite over a corpus that the caller has made, with a Verifier of the caller's choice.
func RunOn(t *testing.T, s Suite, corpus Corpus) {
	if s.Format.Unsealed {
		s.unsealed(t, corpus)
		return
	}
	accepted := 0
	for _, c := range corpus.Cases {
		t.Run(c.Name, func(t *testing.T) { s.judged(t, corpus, c) })
		if c.Want.Verdict != "accept" {
			continue
		}
		accepted++
		t.Run(c.Name+"/recognised", func(t *testing.T) { s.recognised(t, c) })
		if c.Files != nil {
			s.folder(t, corpus, c)
			continue
		}
		t.Run(c.Name+"/bits", func(t *testing.T) { s.flip(t, corpus, c) })
		t.Run(c.Name+"/lengths", func(t *testing.T) { s.cut(t, corpus, c) })
		t.Run(c.Name+"/files", func(t *testing.T) { files(t, corpus, c) })
	}
	if accepted == 0 || accepted == len(corpus.Cases) {
		t.Error("a corpus needs documents that are accepted and documents that are not")
	}
}

// judged compares a document's status, verdict and code with the manifest.
func (s Suite) judged(t *testing.T, corpus Corpus, c Case) {
	if c.Files == nil {
		s.placed(t, "it", c.Data)
	}
	d := corpus.inspect(c.Input()).Documents[0]
	if d.Status.String() != c.Want.Status || d.Verdict.String() != c.Want.Verdict {
		t.Errorf("%s, %s; the manifest says %s, %s. Findings: %v", d.Status, d.Verdict, c.Want.Status, c.Want.Verdict, codes(d))
	}
	if c.Want.Code != "" && !slices.Contains(codes(d), c.Want.Code) {
		t.Errorf("the code %s is missing among %v", c.Want.Code, codes(d))
	}
}

func codes(d verify.DocumentReport) []string {
	var list []string
	for _, f := range d.Findings {
		list = append(list, string(f.Code))
	}
	return list
}

func (c Corpus) inspect(in ...formats.Input) *verify.Report {
	return c.Verifier.Inspect(context.Background(), in)
}

// recognised demands that exactly one format of all recognises the document, and that it is this one.
func (s Suite) recognised(t *testing.T, c Case) {
	got, err := s.set(t).Recognise(c.Input())
	if err != nil || got.ID != s.Format.ID {
		t.Errorf("recognised as %v, %v", got, err)
	}
}

// A statement is everything that a report shows of an accepted document.
type statement struct {
	format   formats.ID
	verified *formats.Claims
	validity formats.Validity
}

func says(r *verify.Report) statement {
	d := r.Documents[0]
	return statement{d.Format, d.Verified, d.Validity}
}

func (s statement) equal(o statement) bool { return reflect.DeepEqual(s, o) }

// harmless demands of a mutated document that it is not accepted or says the same, and that no decoder panicked.
func (c Corpus) harmless(t *testing.T, want statement, what string, in formats.Input) (accepted bool) {
	r := c.inspect(in)
	for _, f := range r.Documents[0].Findings {
		if f.Code == formats.CodePanic {
			t.Errorf("%s: the decoder panicked: %s", what, f.Detail)
		}
	}
	if r.Verdict != verify.Accept {
		return false
	}
	if !says(r).equal(want) {
		t.Errorf("%s: accepted, and says something else", what)
	}
	return true
}

// files attacks the files of an Input. A barcode is one file without a name.
func files(t *testing.T, corpus Corpus, c Case) {
	want := says(corpus.inspect(formats.Bytes(c.Data)))
	for what, in := range attacked(c) {
		if corpus.harmless(t, want, what, in) {
			t.Errorf("%s: accepted", what)
		}
	}
}

// attacked gives the Inputs that are made of a document by what was done to its files.
func attacked(c Case) map[string]formats.Input {
	one := formats.File{Data: c.Data}
	return map[string]formats.Input{
		"no file":         {},
		"an empty file":   {Files: []formats.File{{}}},
		"a renamed file":  {Files: []formats.File{{Name: "DG1", Data: c.Data}}},
		"a repeated file": {Files: []formats.File{one, one}},
		"an added file":   {Files: []formats.File{one, {Name: "EF.COM", Data: []byte{0x60, 0}}}},
	}
}

// tolerances demands that each leniency of a format is described.
func tolerances(t *testing.T, f formats.Format) {
	seen := make(map[string]bool)
	for _, tol := range f.Tolerances {
		if tol.Name == "" || tol.Why == "" || tol.Cite == "" || seen[tol.Name] {
			t.Errorf("tolerance %q needs a name of its own, a reason and a citation", tol.Name)
		}
		seen[tol.Name] = true
	}
}

// Fuzz is the fuzz target of a format: whatever the bytes, decoding ends in a Document or an *Error, and Trace ends.
func Fuzz(f *testing.F, format formats.Format) {
	for _, id := range format.IDs() {
		for _, c := range Load(f, id).Cases {
			f.Add(c.Data)
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		in := formats.Bytes(data)
		doc, err := format.Decode(in, formats.Options{})
		var fe *formats.Error
		if err != nil && !errors.As(err, &fe) {
			t.Fatalf("an error without a code: %v", err)
		}
		if (doc == nil) == (err == nil) {
			t.Fatal("neither or both of document and error")
		}
		if format.Trace != nil {
			steps := format.Trace(in, formats.Options{})
			if len(steps) == 0 || (steps[len(steps)-1].Err == nil) != (err == nil) {
				t.Fatal("Trace and Decode disagree")
			}
		}
	})
}
