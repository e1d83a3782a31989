package pki

import (
	"strconv"

	"github.com/travelseal/travelseal/internal/mint/der"
)

// Generations gives an authority's certificates over a number of key changes: the self-signed ones, all of one name, and the
// links, of which the first certifies the second key by the first, and so on (Doc 9303-12 §7.1).
func Generations(seed string, n int) (roots, links []*Credential) {
	roots = []*Credential{NewCSCA(seed+" 1", CSCA())}
	for i := 2; i <= n; i++ {
		next := roots[len(roots)-1].Renewed(seed + " " + strconv.Itoa(i))
		links = append(links, roots[len(roots)-1].Link(next))
		roots = append(roots, next)
	}
	return roots, links
}

// Ring gives links that lead from each of the authorities to the next, and from the last to the first.
func Ring(authorities ...*Credential) []*Credential {
	var links []*Credential
	for i, a := range authorities {
		links = append(links, a.Link(authorities[(i+1)%len(authorities)]))
	}
	return links
}

// Namesakes gives authorities that cannot be told from c by their name and key identifier. They differ in their serial
// numbers, and one key of another holder is in all of them.
func (c *Credential) Namesakes(n int) []*Credential {
	var list []*Credential
	for i := range n {
		t := c.Copied()
		t.Serial, t.KeySeed = der.Int(int64(1000+i)), c.seed+" namesakes"
		list = append(list, NewCSCA(c.seed+" namesake "+strconv.Itoa(i), t))
	}
	return list
}

// Crowd gives signers whose certificates name c as their issuer, by its name and key identifier, and are signed by another
// key.
func (c *Credential) Crowd(n int) []*Credential {
	twin := c.Twin("crowd")
	key := NewKey(P256, "crowd")
	var list []*Credential
	for i := range n {
		t := DSC()
		t.Holder = key
		list = append(list, twin.Issue("DS crowd "+strconv.Itoa(i), t))
	}
	return list
}
