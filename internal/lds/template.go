package lds

import "github.com/travelseal/travelseal/internal/der"

// The tags of biometric templates (Doc 9303-10 §4.7.2; ISO/IEC 7816-11).
const (
	tagTemplates der.Tag = 0x7F61 // all templates of a group
	tagTemplate  der.Tag = 0x7F60
	tagHeader    der.Tag = 0xA1
	tagBlock     der.Tag = 0x5F2E
	tagBlockOf   der.Tag = 0x7F2E // the same, consisting of values
	tagRandom    der.Tag = 0x53   // fills the group of a holder who has no fingers or irises to show
)

// maxTemplates bounds the templates of one group: ten fingers, and a face from a few sides.
const maxTemplates = 16

// A Template is one biometric of the holder: what its header says it is, and the record itself.
type Template struct {
	Type, Subtype []byte // header elements 81 and 82; nil where it has none
	Owner, Format []byte // header elements 87 and 88: whose format, and which
	Block         der.Value
}

// Templates reads the biometric templates of DG2, DG3 or DG4. What stands in them is not looked at. A group may have
// none: the issuer of fingerprints then says that the holder has none to give (Doc 9303-10 §4.7.3).
func Templates(g Group, file []byte) ([]Template, error) {
	r, err := g.open(file)
	if err != nil {
		return nil, err
	}
	all, err := r.Read(tagTemplates, "the biometric templates")
	if err != nil {
		return nil, err
	}
	if err := r.End(g.String()); err != nil {
		return nil, err
	}
	in := all.Reader()
	count, err := announced(&in, maxTemplates)
	if err != nil {
		return nil, err
	}
	var list []Template
	for len(list) < count {
		v, err := in.Read(tagTemplate, "a biometric template")
		if err != nil {
			return nil, err
		}
		t, err := readTemplate(v)
		if err != nil {
			return nil, err
		}
		list = append(list, t)
	}
	if _, _, err := in.Optional(tagRandom, "the random number"); err != nil {
		return nil, err
	}
	return list, in.End("the biometric templates")
}

// announced reads the number of what follows.
func announced(r *der.Reader, limit int) (int, error) {
	const what = "the number of instances"
	v, err := r.Read(der.Integer, what)
	if err != nil {
		return 0, err
	}
	return v.Small(limit, what)
}

func readTemplate(v der.Value) (Template, error) {
	r := v.Reader()
	header, err := r.Read(tagHeader, "a biometric header")
	if err != nil {
		return Template{}, err
	}
	var t Template
	for in := header.Reader(); !in.Empty(); {
		e, err := in.Next("a biometric header")
		if err != nil {
			return Template{}, err
		}
		switch e.Tag {
		case 0x81:
			t.Type = e.Content
		case 0x82:
			t.Subtype = e.Content
		case 0x87:
			t.Owner = e.Content
		case 0x88:
			t.Format = e.Content
		}
	}
	if t.Block, err = r.Next("a biometric record"); err != nil {
		return Template{}, err
	}
	if t.Block.Tag != tagBlock && t.Block.Tag != tagBlockOf {
		return Template{}, t.Block.Fail("a biometric record", der.ErrTag)
	}
	return t, r.End("a biometric template")
}
