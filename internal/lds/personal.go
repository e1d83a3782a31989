package lds

import (
	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/der"
)

// Personal is DG11: what else the issuer says of the holder. An element that is not there has its zero value. Texts are
// as they stand, with a filler (<) between their parts and two between the identifiers of a name.
type Personal struct {
	Name       string   // the full name, in national characters
	OtherNames []string // other names
	Number     string   // the personal number
	Birth      formats.Date
	BirthPlace string
	Address    string
	Telephone  string
	Profession string
	Title      string
	Summary    string // personal summary
	Proof      []byte // an image of a proof of citizenship
	Documents  string // the numbers of other valid travel documents
	Custody    string // custody information
	Deviations []der.Deviation
}

// The tags of DG11 (Doc 9303-10 §4.7.11).
const (
	tagOtherName der.Tag = 0x5F0F
	tagBirth     der.Tag = 0x5F2B
	tagProof     der.Tag = 0x5F16
)

// ParsePersonal reads DG11.
func ParsePersonal(file []byte) (*Personal, error) {
	p := &Personal{}
	plain := map[der.Tag]struct {
		what string
		to   *string
	}{
		0x5F0E: {"the full name", &p.Name}, 0x5F10: {"the personal number", &p.Number}, 0x5F11: {"the place of birth", &p.BirthPlace},
		0x5F42: {"the address", &p.Address}, 0x5F12: {"the telephone number", &p.Telephone}, 0x5F13: {"the profession", &p.Profession},
		0x5F14: {"the title", &p.Title}, 0x5F15: {"the personal summary", &p.Summary},
		0x5F17: {"the other travel documents", &p.Documents}, 0x5F18: {"the custody information", &p.Custody},
	}
	e := elements{group: 11}
	err := e.walk(file, func(v der.Value) (known bool, err error) {
		if t, ok := plain[v.Tag]; ok {
			*t.to, err = text(v, t.what)
			return true, err
		}
		switch v.Tag {
		case tagOthers:
			p.OtherNames, err = texts(v, tagOtherName, "the other names")
		case tagOtherName: // one name only, without the template around it
			var s string
			s, err = text(v, "the other names")
			p.OtherNames = append(p.OtherNames, s)
		case tagBirth:
			p.Birth, err = e.date(v, "the full date of birth")
		case tagProof:
			p.Proof = v.Content
		default:
			return false, nil
		}
		return true, err
	})
	if err != nil {
		return nil, err
	}
	p.Deviations = e.deviations
	return p, nil
}
