package mrz

import (
	"errors"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/mrz"
)

// read gives the zone of an Input.
func read(in formats.Input, o formats.Options) (mrz.MRZ, error) {
	text, ok := in.Lone()
	if !ok {
		return mrz.MRZ{}, &formats.Error{Format: ID, Code: formats.CodeEncoding, Step: "lines", Offset: -1, Err: errors.New("a zone is one text")}
	}
	m, err := mrz.Parse(text, mrz.Options{Decoding: o})
	if fe := (*formats.Error)(nil); errors.As(err, &fe) {
		fe.Format = ID
	}
	return m, err
}

func decode(in formats.Input, o formats.Options) (*formats.Document, error) {
	m, err := read(in, o)
	if err != nil {
		return nil, err
	}
	repairs := m.Repairs()
	claims := formats.Claims{
		Subjects: []formats.Subject{{
			Names: []formats.Name{{Family: m.Primary, Given: m.Secondary, Script: "icao", Source: "mrz"}},
			Birth: m.Birth, Sex: m.Sex, Nationality: m.Nationality,
		}},
		Documents: []formats.DocRef{{Type: m.DocumentCode, Number: m.Number, IssuingState: m.IssuingState, Issued: m.Issued, Expires: m.Expires}},
		Extra:     extra(&m, repairs),
	}
	// Validity stays empty: nobody has sealed the date of expiry, and a document is not expired on a stranger's word.
	return &formats.Document{
		Format: ID,
		Parts:  []formats.Part{{Name: "mrz", Unverified: claims, Seal: formats.NoSeal}},
		Checks: checks(&m, repairs),
	}, nil
}

// NameCut is the name of the extra claim that is there where a name fills its field (Doc 9303-5 §4.2.3.3), so that whoever
// compares it with a longer one knows why they differ.
const NameCut = "name_cut"

// extra gives what Claims has no field for, in the order of the zone, and then what is to be known of the reading.
func extra(m *mrz.MRZ, repairs []mrz.Repair) []formats.Field {
	var list []formats.Field
	for _, f := range []formats.Field{
		{Name: "issuing_office", Value: m.Office}, {Name: "optional_data", Value: m.Optional}, {Name: "optional_data_2", Value: m.OptionalMiddle},
	} {
		if f.Value != "" {
			list = append(list, f)
		}
	}
	if m.Truncated {
		list = append(list, formats.Field{Name: NameCut, Value: "the name fills its field and may be cut off"})
	}
	for _, r := range repairs {
		list = append(list, formats.Field{Name: SuggestedReading, Value: suggestion(r)})
	}
	return list
}
