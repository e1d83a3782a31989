package lds

import (
	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/der"
)

// The tolerances of this package. Each is the code of a der.Deviation that the functions here name.
var (
	BCDDate = formats.Tolerance{
		Name: "lds-bcd-date", On: true,
		Why:  "chips made after the first editions pack the digits of a date two to a byte",
		Cite: "Doc 9303-10 §4.7.11 and §4.7.12: dates are numerals, YYYYMMDD",
	}
	TagList = formats.Tolerance{
		Name: "lds-tag-list", On: true,
		Why:  "chips list the tags of texts that they leave out, or leave out the tag of one that is there, or the whole list",
		Cite: "Doc 9303-10 §4.7.11 and §4.7.12: the tag list names the data elements present",
	}
	UnknownElement = formats.Tolerance{
		Name: "lds-unknown-element", On: true,
		Why:  "issuers add elements of their own, which are not shown",
		Cite: "Doc 9303-10 §4.7.11 and §4.7.12",
	}
	ImageType = formats.Tolerance{
		Name: "lds-image-type", On: true,
		Why:  "records call JPEG 2000 what is JPEG, or the other way round; the picture is what its first bytes say",
		Cite: "ISO/IEC 19794-5:2005 §5.7.2",
	}
)

// Tolerances lists the leniencies of this package.
func Tolerances() []formats.Tolerance {
	return []formats.Tolerance{BCDDate, TagList, UnknownElement, ImageType}
}

// deviation notes that a tolerance was used.
func deviation(t formats.Tolerance, v der.Value, where string) der.Deviation {
	return der.Deviation{Code: t.Name, Where: where, Offset: v.Offset}
}
