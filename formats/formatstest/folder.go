package formatstest

import (
	"fmt"
	"hash/fnv"
	"iter"
	"reflect"
	"slices"
	"testing"

	"github.com/travelseal/travelseal/formats"
)

// The most changes of one kind that are made to one file of a folder.
const (
	maxFlips = 2048
	maxCuts  = 512
)

// folder attacks a document of several files.
func (s Suite) folder(t *testing.T, corpus Corpus, c Case) {
	f := chipped{Suite: s, corpus: corpus, c: c, want: says(corpus.inspect(c.Input())), parts: s.parts(t, c.Input())}
	for i := range c.Files {
		t.Run(c.Name+"/bits/"+c.Files[i].Name, func(t *testing.T) { f.flip(t, i) })
		t.Run(c.Name+"/lengths/"+c.Files[i].Name, func(t *testing.T) { f.cut(t, i) })
	}
	t.Run(c.Name+"/files", f.files)
}

// chipped is a folder under attack: what it says as a whole, and what each of its parts says.
type chipped struct {
	Suite
	corpus Corpus
	c      Case
	want   statement
	parts  map[string]formats.Claims
}

// parts gives the claims of the sealed parts, by their names.
func (s Suite) parts(t *testing.T, in formats.Input) map[string]formats.Claims {
	doc, err := s.set(t).Decode(in, formats.Options{})
	if err != nil {
		t.Fatal(err)
	}
	parts := make(map[string]formats.Claims)
	for _, p := range doc.Parts {
		if p.Seal != formats.NoSeal {
			parts[p.Name] = p.Unverified
		}
	}
	return parts
}

// with gives the files with one of them replaced.
func (f chipped) with(i int, data []byte) formats.Input {
	list := slices.Clone(f.c.Files)
	list[i].Data = data
	return formats.Input{Files: list}
}

func (f chipped) flip(t *testing.T, i int) {
	name, data := f.c.Files[i].Name, f.c.Files[i].Data
	mutated := make([]byte, len(data))
	for bit := range spread(name, 8*len(data), maxFlips) {
		copy(mutated, data)
		mutated[bit/8] ^= 1 << (bit % 8)
		what := fmt.Sprintf("%s, byte %d, bit %d", name, bit/8, bit%8)
		if f.corpus.harmless(t, f.want, what, f.with(i, mutated)) && f.idle(name, data, bit) == "" {
			t.Errorf("%s: the change had no effect, and the bit is not named as idle", what)
		}
	}
}

// cut takes bytes off the end of a file, and adds some. What is accepted then must say the same of every part.
func (f chipped) cut(t *testing.T, i int) {
	name, data := f.c.Files[i].Name, f.c.Files[i].Data
	for n := range spread(name, len(data), maxCuts) {
		f.harmless(t, fmt.Sprintf("%s, first %d bytes", name, n), f.with(i, data[:n]))
	}
	for _, tail := range [][]byte{{0}, {' '}, data} {
		f.harmless(t, fmt.Sprintf("%s and %d bytes more", name, len(tail)), f.with(i, slices.Concat(data, tail)))
	}
}

// files changes the files as wholes.
func (f chipped) files(t *testing.T) {
	for what, list := range f.rearranged() {
		in := formats.Input{Files: list}
		f.harmless(t, what, in)
	}
	for what, list := range f.doubled() {
		if f.harmless(t, what, formats.Input{Files: list}) {
			t.Errorf("%s: accepted, and nobody can say which of the two counts", what)
		}
	}
}

// strange are names of files that a document need not have, one of them of no kind at all.
var strange = []string{"DG9", "DG16", "EF.CardAccess", "readme.txt", ""}

// rearranged drops, renames, exchanges and adds files, and gives them in another order.
func (f chipped) rearranged() map[string][]formats.File {
	list := map[string][]formats.File{"no file": nil}
	given := f.c.Files
	backwards := slices.Clone(given)
	slices.Reverse(backwards)
	list["another order"] = backwards
	for i := range given {
		list["without "+given[i].Name] = slices.Delete(slices.Clone(given), i, i+1)
		list[given[i].Name+" alone"] = given[i : i+1]
		list[given[i].Name+" without content"] = f.with(i, nil).Files
		for _, name := range strange {
			renamed := slices.Clone(given)
			renamed[i].Name = name
			list[given[i].Name+" renamed to "+name] = renamed
			list[given[i].Name+" added as "+name] = append(slices.Clone(given), formats.File{Name: name, Data: given[i].Data})
		}
		for j := range given[:i] {
			exchanged := slices.Clone(given)
			exchanged[i].Data, exchanged[j].Data = exchanged[j].Data, exchanged[i].Data
			list[given[i].Name+" exchanged with "+given[j].Name] = exchanged
		}
	}
	return list
}

// doubled gives each file twice.
func (f chipped) doubled() map[string][]formats.File {
	list := make(map[string][]formats.File)
	for _, file := range f.c.Files {
		list[file.Name+" twice"] = append(slices.Clone(f.c.Files), file)
		list[file.Name+" twice, the other empty"] = append(slices.Clone(f.c.Files), formats.File{Name: file.Name})
	}
	return list
}

// harmless demands of changed files that they are not accepted, or say of every sealed part what it said before.
func (f chipped) harmless(t *testing.T, what string, in formats.Input) (accepted bool) {
	t.Helper()
	r := f.corpus.inspect(in)
	for _, finding := range r.Documents[0].Findings {
		if finding.Code == formats.CodePanic {
			t.Errorf("%s: the decoder panicked: %s", what, finding.Detail)
		}
	}
	if r.Documents[0].Verdict.String() != "accept" {
		return false
	}
	parts := f.Suite.parts(t, in)
	for name, claims := range parts {
		if before, known := f.parts[name]; !known || !reflect.DeepEqual(claims, before) {
			t.Errorf("%s: accepted, and %s says something else", what, name)
		}
	}
	if len(parts) == len(f.parts) && !says(r).equal(f.want) {
		t.Errorf("%s: accepted, and the document says something else", what)
	}
	return true
}

// spread gives at most limit numbers below n: all where there are no more, and otherwise at even distances from a place
// that follows from a name. The distance is odd, so that of bits every place within a byte has its turn.
func spread(name string, n, limit int) iter.Seq[int] {
	return func(yield func(int) bool) {
		step, start := 1, 0
		if n > limit {
			step = (n+limit-1)/limit | 1
			h := fnv.New32a()
			_, _ = h.Write([]byte(name)) // a hash never fails
			start = int(h.Sum32() % uint32(step))
		}
		for i := start; i < n; i += step {
			if !yield(i) {
				return
			}
		}
	}
}
