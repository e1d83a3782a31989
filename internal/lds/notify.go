package lds

import (
	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/der"
)

// A Contact is a person to notify, of DG16. Texts are as they stand, with fillers.
type Contact struct {
	Recorded                 formats.Date
	Name, Telephone, Address string
}

// maxContacts is how many persons DG16 can have: their templates have the tags A1 to AF.
const maxContacts = 15

// Contacts reads DG16 (Doc 9303-10 §4.7.16), with what departs from the specification.
func Contacts(file []byte) ([]Contact, []der.Deviation, error) {
	e := elements{group: 16}
	r, err := e.group.open(file)
	if err != nil {
		return nil, nil, err
	}
	count, err := announced(&r, maxContacts)
	if err != nil {
		return nil, nil, err
	}
	var list []Contact
	for len(list) < count {
		v, err := r.Read(der.ContextOf(uint32(len(list)+1)), "a person to notify")
		if err != nil {
			return nil, nil, err
		}
		c, err := e.contact(v)
		if err != nil {
			return nil, nil, err
		}
		list = append(list, c)
	}
	return list, e.deviations, r.End("DG16")
}

func (e *elements) contact(v der.Value) (Contact, error) {
	var c Contact
	seen := make(map[der.Tag]bool)
	for r := v.Reader(); !r.Empty(); {
		m, err := r.Next("a person to notify")
		if err != nil {
			return Contact{}, err
		}
		if seen[m.Tag] {
			return Contact{}, m.Fail(m.Tag.String(), ErrRepeated)
		}
		seen[m.Tag] = true
		switch m.Tag {
		case 0x5F50:
			c.Recorded, err = e.date(m, "the date of recording")
		case 0x5F51:
			c.Name, err = text(m, "the name of a person to notify")
		case 0x5F52:
			c.Telephone, err = text(m, "the telephone number of a person to notify")
		case 0x5F53:
			c.Address, err = text(m, "the address of a person to notify")
		default:
			e.note(UnknownElement, m, m.Tag.String())
		}
		if err != nil {
			return Contact{}, err
		}
	}
	return c, nil
}
