package shc

import (
	"bytes"
	"fmt"
	"strconv"

	"github.com/travelseal/travelseal/formats"
)

// group joins the chunks of a card that came in several codes, in whatever order, and divides files of several cards.
// What it cannot join it leaves out of no report: a set with a gap, or with two different chunks of one number, becomes an
// Input that says which. Chunks do not say whose they are, so that two sets of one size are never sorted by guesswork.
func group(inputs []formats.Input) []formats.Input {
	var out []formats.Input
	var sets []*set
	for i, in := range inputs {
		c, isChunk := chunkOf(in)
		switch divided := cardsOf(in); {
		case isChunk:
			if out == nil {
				out = append(make([]formats.Input, 0, len(inputs)), inputs[:i]...)
			}
			s := setOf(sets, c.count)
			if s == nil {
				s = &set{count: c.count, at: len(out)}
				sets = append(sets, s)
				out = append(out, formats.Input{}) // the set's place, filled below
			}
			s.add(c, in.Source)
		case divided != nil:
			if out == nil {
				out = append(make([]formats.Input, 0, len(inputs)), inputs[:i]...)
			}
			out = append(out, divided...)
		case out != nil:
			out = append(out, in)
		}
	}
	if out == nil {
		return inputs
	}
	for _, s := range sets {
		out[s.at] = s.join()
	}
	return out
}

// chunkOf reads an Input as one chunk of several. A code whose numbers are wrong is left to Decode, which says so.
func chunkOf(in formats.Input) (chunk, bool) {
	b, ok := in.Lone()
	if !ok || in.Err != nil || !bytes.HasPrefix(b, []byte(prefix)) {
		return chunk{}, false
	}
	c, err := readChunk(b)
	return c, err == nil && c.count > 1
}

// cardsOf gives the cards of a file as Inputs, with the Source "name#1" and so on; nil for what is no file of cards, or one
// that Decode refuses.
func cardsOf(in formats.Input) []formats.Input {
	b, ok := in.Lone()
	if !ok || in.Err != nil || len(b) > formats.DefaultLimits.Input || !isFile(b) {
		return nil
	}
	found, err := cards(b, formats.DefaultLimits)
	if err != nil {
		return nil
	}
	list := make([]formats.Input, len(found))
	for i, jws := range found {
		list[i] = formats.Bytes(jws)
		list[i].Source = in.Source + "#" + strconv.Itoa(i+1)
	}
	return list
}

// A set is the chunks of one count, and the place of their card among the Inputs.
type set struct {
	count, at int
	digits    [maxChunks + 1][]byte // by index
	source    string                // of the chunk that came first
	parts     int                   // that were shown, repeated ones among them
	twice     int                   // an index that came with two contents
}

func setOf(sets []*set, count int) *set {
	for _, s := range sets {
		if s.count == count {
			return s
		}
	}
	return nil
}

// add takes in a chunk. The same chunk shown again is the same chunk.
func (s *set) add(c chunk, source string) {
	if s.parts == 0 {
		s.source = source
	}
	s.parts++
	switch known := s.digits[c.index]; {
	case known == nil:
		s.digits[c.index] = c.digits
	case !bytes.Equal(known, c.digits) && s.twice == 0:
		s.twice = c.index
	}
}

// join gives the card as if it had come in one code, or the reason why it cannot be put together.
func (s *set) join() formats.Input {
	in := formats.Input{Source: s.source}
	if s.parts > 1 {
		in.Source += fmt.Sprintf(" and %d more", s.parts-1)
	}
	refused := func(code, format string, index int) formats.Input {
		in.Err = &formats.Error{Format: ID, Code: code, Step: "chunks", Offset: -1, Err: fmt.Errorf(format, index, s.count)}
		return in
	}
	if s.twice != 0 {
		return refused(formats.CodeAmbiguous, "chunk %d of %d is there twice with different content: these are of two cards", s.twice)
	}
	text := []byte(prefix)
	for i := 1; i <= s.count; i++ {
		switch {
		case s.digits[i] == nil:
			return refused(formats.CodeTruncated, "chunk %d of %d is missing", i)
		case len(s.digits[i])%2 != 0: // or a pair could be torn apart, and a card have several spellings
			return refused(formats.CodeEncoding, "chunk %d of %d has an odd number of numerals", i)
		}
		text = append(text, s.digits[i]...)
	}
	in.Files = []formats.File{{Data: text}}
	return in
}
