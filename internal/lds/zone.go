package lds

import "github.com/travelseal/travelseal/internal/der"

// tagZone is the tag of the machine readable zone in DG1 (Doc 9303-10 §4.7.1).
const tagZone der.Tag = 0x5F1F

// Zone gives the machine readable zone of DG1: all characters of its lines in one run, 90 of a card of size 1, 72 of
// size 2, 88 of a passport. What they say is for package mrz to read.
func Zone(file []byte) ([]byte, error) {
	r, err := Group(1).open(file)
	if err != nil {
		return nil, err
	}
	v, err := r.Read(tagZone, "the machine readable zone")
	if err != nil {
		return nil, err
	}
	switch len(v.Content) {
	case 72, 88, 90:
		return v.Content, r.End("DG1")
	}
	return nil, v.Fail("the machine readable zone", der.ErrRange)
}
