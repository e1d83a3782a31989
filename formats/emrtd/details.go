package emrtd

import (
	"strconv"
	"strings"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/lds"
)

// readPersonal reads DG11. The name is a further spelling of the holder's, and the date of birth has all its digits. A date
// that is not that of the zone is a breach, and no second person.
func (r *reading) readPersonal(g *group) error {
	p, err := lds.ParsePersonal(g.file)
	if err != nil {
		return err
	}
	if err := r.deviate(11, p.Deviations); err != nil {
		return err
	}
	var holder formats.Subject
	if p.Name != "" {
		holder.Names = []formats.Name{name(p.Name)}
	}
	if r.agrees(p.Birth) {
		holder.Birth = p.Birth
	} else {
		r.breach("DG11", "the full date of birth is not that of the zone in DG1")
	}
	if holder.Names != nil || !holder.Birth.IsZero() {
		g.claims.Subjects = []formats.Subject{holder}
	}
	for _, n := range p.OtherNames {
		add(&g.claims, "DG11.other_name", spaced(n))
	}
	for _, f := range []formats.Field{
		{Name: "DG11.personal_number", Value: p.Number}, {Name: "DG11.date_of_birth", Value: p.Birth.String()},
		{Name: "DG11.place_of_birth", Value: listed(p.BirthPlace)}, {Name: "DG11.address", Value: listed(p.Address)},
		{Name: "DG11.telephone", Value: p.Telephone}, {Name: "DG11.profession", Value: spaced(p.Profession)},
		{Name: "DG11.title", Value: spaced(p.Title)}, {Name: "DG11.personal_summary", Value: spaced(p.Summary)},
		{Name: "DG11.proof_of_citizenship", Value: bytesOf(p.Proof)}, {Name: "DG11.other_documents", Value: listed(p.Documents)},
		{Name: "DG11.custody", Value: spaced(p.Custody)},
	} {
		add(&g.claims, f.Name, f.Value)
	}
	return nil
}

// agrees reports whether a date of birth can be that of the zone. The groups are read in the order of their numbers.
func (r *reading) agrees(birth formats.Date) bool {
	zone := r.groups[1]
	if zone == nil || len(zone.claims.Subjects) == 0 {
		return true
	}
	other := zone.claims.Subjects[0].Birth
	return birth.IsZero() || other.IsZero() || birth.Agrees(other)
}

// name divides a name at its two fillers, as a zone does (Doc 9303-10 §4.7.11; Doc 9303-3 §4.6).
func name(s string) formats.Name {
	const source = "DG11"
	primary, secondary, divided := strings.Cut(s, "<<")
	if !divided {
		return formats.Name{Full: spaced(s), Source: source}
	}
	return formats.Name{Family: spaced(primary), Given: spaced(secondary), Source: source}
}

// spaced writes blanks for the fillers of a text, and listed commas for those between the parts of a place.
func spaced(s string) string { return joined(s, " ") }
func listed(s string) string { return joined(s, ", ") }

func joined(s, by string) string {
	return strings.Join(strings.FieldsFunc(s, func(c rune) bool { return c == '<' }), by)
}

// bytesOf says how much of something there is; "" where there is nothing.
func bytesOf(b []byte) string {
	if len(b) == 0 {
		return ""
	}
	return strconv.Itoa(len(b)) + " bytes"
}

// readDocument reads DG12.
func (r *reading) readDocument(g *group) error {
	d, err := lds.ParseDocument(g.file)
	if err != nil {
		return err
	}
	if err := r.deviate(12, d.Deviations); err != nil {
		return err
	}
	add(&g.claims, "DG12.issuing_authority", spaced(d.Authority))
	add(&g.claims, "DG12.date_of_issue", d.Issued.String())
	for _, p := range d.OtherPersons {
		add(&g.claims, "DG12.other_person", spaced(p))
	}
	for _, f := range []formats.Field{
		{Name: "DG12.endorsements", Value: spaced(d.Endorsements)}, {Name: "DG12.tax_exit_requirements", Value: spaced(d.Requirements)},
		{Name: "DG12.image_front", Value: bytesOf(d.Front)}, {Name: "DG12.image_rear", Value: bytesOf(d.Rear)},
		{Name: "DG12.personalized", Value: d.Personalized.String()}, {Name: "DG12.personalization_system", Value: spaced(d.Personalization)},
	} {
		add(&g.claims, f.Name, f.Value)
	}
	return nil
}

// readContacts reads DG16: other people, who are no holders.
func (r *reading) readContacts(g *group) error {
	list, deviations, err := lds.Contacts(g.file)
	if err != nil {
		return err
	}
	if err := r.deviate(16, deviations); err != nil {
		return err
	}
	for _, c := range list {
		add(&g.claims, "DG16.person", spaced(c.Name))
		add(&g.claims, "DG16.telephone", c.Telephone)
		add(&g.claims, "DG16.address", listed(c.Address))
		add(&g.claims, "DG16.recorded", c.Recorded.String())
	}
	return nil
}

// readProtocols reads DG14: how this chip could prove that it is no copy.
func (r *reading) readProtocols(g *group) error {
	list, err := lds.Protocols(g.file)
	for _, p := range list {
		value := p.Name
		if value == "" {
			value = p.OID.String()
		}
		add(&g.claims, "DG14.protocol", value)
	}
	return err
}

// readChipKey reads DG15.
func (r *reading) readChipKey(g *group) error {
	key, err := lds.ChipKey(g.file)
	add(&g.claims, "DG15.key", key)
	return err
}
