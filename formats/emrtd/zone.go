package emrtd

import (
	"errors"
	"slices"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/lds"
	"github.com/travelseal/travelseal/internal/mrz"
	"github.com/travelseal/travelseal/internal/states"
)

var errNoTravelDocument = errors.New("the zone of a visa or of an old national card, which no chip has")

// readZone reads DG1: the holder and the document, in the words of the zone that is printed too.
func (r *reading) readZone(g *group) error {
	text, err := lds.Zone(g.file)
	if err != nil {
		return err
	}
	o := r.o
	o.Refuse = append(slices.Clone(o.Refuse), typed...)
	m, err := mrz.Parse(text, mrz.Options{Decoding: o})
	if err != nil {
		return err
	}
	if m.Layout != "TD1" && m.Layout != "TD2" && m.Layout != "TD3" { // Doc 9303-10 §4.7.1
		return &formats.Error{Code: formats.CodeVersion, Step: "document code", Offset: -1, Err: errNoTravelDocument}
	}
	for _, c := range m.Checks() {
		c.Where = "DG1, " + c.Where
		r.checks = append(r.checks, c)
	}
	g.claims = formats.Claims{
		Subjects: []formats.Subject{{
			Names: []formats.Name{{Family: m.Primary, Given: m.Secondary, Script: "icao", Source: "DG1"}},
			Birth: m.Birth, Sex: m.Sex, Nationality: m.Nationality,
		}},
		Documents: []formats.DocRef{{Type: m.DocumentCode, Number: m.Number, IssuingState: m.IssuingState, Expires: m.Expires}},
	}
	add(&g.claims, "optional_data", m.Optional)
	add(&g.claims, "optional_data_2", m.OptionalMiddle)
	country, known := states.Alpha2(m.IssuingState)
	if !known {
		r.breach("DG1, issuing State", "not a code of a state or organisation whose signers are known by two letters")
	}
	// What the signer must be for is a claim of the signer's only where the signer has sealed the zone: the State of an altered
	// zone must not explain away what its digest disproves. The nationality plays no part in it.
	if r.object != nil && r.sealsAs(1, g.file) {
		r.country, r.docType = country, m.DocumentCode
	}
	return nil
}

// add adds a field that is not empty.
func add(c *formats.Claims, name, value string) {
	if value != "" {
		c.Extra = append(c.Extra, formats.Field{Name: name, Value: value})
	}
}
