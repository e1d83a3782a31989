package formatstest

import (
	"fmt"
	"slices"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/verify"
)

// unsealed runs the suite over a format that carries no seal. Its sound documents are those against which there is
// nothing but that nobody has sealed them.
func (s Suite) unsealed(t *testing.T, corpus Corpus) {
	sound := 0
	for _, c := range corpus.Cases {
		t.Run(c.Name, func(t *testing.T) { s.judged(t, corpus, c) })
		if c.Want.Code != string(verify.SealNotOfKind) {
			continue
		}
		sound++
		t.Run(c.Name+"/nothing against it", func(t *testing.T) { onlyUnsealed(t, corpus, c) })
		t.Run(c.Name+"/recognised", func(t *testing.T) { s.recognised(t, c) })
		t.Run(c.Name+"/never accepted", func(t *testing.T) { s.neverAccepted(t, corpus, c) })
		t.Run(c.Name+"/replaced characters", func(t *testing.T) { s.replace(t, corpus, c) })
	}
	if sound == 0 || sound == len(corpus.Cases) {
		t.Error("a corpus needs documents that are sound and documents that are not")
	}
}

func onlyUnsealed(t *testing.T, corpus Corpus, c Case) {
	for _, f := range corpus.inspect(formats.Bytes(c.Data)).Documents[0].Findings {
		if f.Effect >= verify.Doubt {
			t.Errorf("a sound document, and there is %s against it: %s", f.Code, f.Detail)
		}
	}
}

// neverAccepted flips every bit, cuts every length, lengthens, and attacks the files.
func (s Suite) neverAccepted(t *testing.T, corpus Corpus, c Case) {
	refuse := func(what string, in formats.Input) {
		if b, lone := in.Lone(); lone {
			s.placed(t, what, b)
		}
		if corpus.harmless(t, statement{}, what, in) {
			t.Errorf("%s: accepted, and nobody has sealed it", what)
		}
	}
	refuse("unchanged", formats.Bytes(c.Data))
	for bit := range 8 * len(c.Data) {
		mutated := slices.Clone(c.Data)
		mutated[bit/8] ^= 1 << (bit % 8)
		refuse(fmt.Sprintf("byte %d, bit %d", bit/8, bit%8), formats.Bytes(mutated))
	}
	for n := range c.Data {
		refuse(fmt.Sprintf("first %d bytes", n), formats.Bytes(c.Data[:n]))
	}
	for _, tail := range [][]byte{{0}, {' '}, c.Data} {
		refuse("lengthened", formats.Bytes(slices.Concat(c.Data, tail)))
	}
	for what, in := range attacked(c) {
		refuse(what, in)
	}
}

// replace puts every byte of the alphabet in the place of every byte. The check digits must notice it, or the document
// must no longer be readable, exactly where Unseen does not say why they cannot.
func (s Suite) replace(t *testing.T, corpus Corpus, c Case) {
	seen, unseen := 0, 0
	for at := range c.Data {
		for i := range len(s.Alphabet) {
			if s.Alphabet[i] == c.Data[at] {
				continue
			}
			changed := slices.Clone(c.Data)
			changed[at] = s.Alphabet[i]
			d := corpus.inspect(formats.Bytes(changed)).Documents[0]
			noticed := d.Status == verify.Unreadable || slices.Contains(codes(d), string(verify.CheckMismatch))
			why := s.Unseen(c.Data, at, s.Alphabet[i])
			switch {
			case noticed && why != "":
				t.Errorf("byte %d becomes %q: noticed, although %s", at, changed[at], why)
			case !noticed && why == "":
				t.Errorf("byte %d becomes %q: not noticed", at, changed[at])
			case noticed:
				seen++
			default:
				unseen++
			}
		}
	}
	t.Logf("%d replacements are noticed, %d cannot be", seen, unseen)
}
