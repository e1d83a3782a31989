package lds

import (
	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/der"
)

// Document is DG12: what else the issuer says of the document. An element that is not there has its zero value.
type Document struct {
	Authority       string // the issuing authority
	Issued          formats.Date
	OtherPersons    []string
	Endorsements    string // endorsements and observations
	Requirements    string // tax and exit requirements
	Front, Rear     []byte // images of the document
	Personalized    formats.Date
	Personalization string // the serial number of the system that personalized it
	Deviations      []der.Deviation
}

// The tags of DG12 (Doc 9303-10 §4.7.12).
const (
	tagIssued       der.Tag = 0x5F26
	tagOtherPerson  der.Tag = 0x5F1A
	tagFront        der.Tag = 0x5F1D
	tagRear         der.Tag = 0x5F1E
	tagPersonalized der.Tag = 0x5F55
)

// ParseDocument reads DG12.
func ParseDocument(file []byte) (*Document, error) {
	d := &Document{}
	plain := map[der.Tag]struct {
		what string
		to   *string
	}{
		0x5F19: {"the issuing authority", &d.Authority}, 0x5F1B: {"the endorsements", &d.Endorsements},
		0x5F1C: {"the tax and exit requirements", &d.Requirements}, 0x5F56: {"the personalization system", &d.Personalization},
	}
	e := elements{group: 12}
	err := e.walk(file, func(v der.Value) (known bool, err error) {
		if t, ok := plain[v.Tag]; ok {
			*t.to, err = text(v, t.what)
			return true, err
		}
		switch v.Tag {
		case tagIssued:
			d.Issued, err = e.date(v, "the date of issue")
		case tagOthers:
			d.OtherPersons, err = texts(v, tagOtherPerson, "the other persons")
		case tagOtherPerson:
			var s string
			s, err = text(v, "the other persons")
			d.OtherPersons = append(d.OtherPersons, s)
		case tagFront:
			d.Front = v.Content
		case tagRear:
			d.Rear = v.Content
		case tagPersonalized:
			d.Personalized, err = e.moment(v, "the moment of personalization")
		default:
			return false, nil
		}
		return true, err
	})
	if err != nil {
		return nil, err
	}
	d.Deviations = e.deviations
	return d, nil
}
