package bcbp

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/travelseal/travelseal/formats"
)

// document writes what was read in the words that all formats share. Security data that are no seal are stated; what a
// seal covers is shown without them, because no seal covers its own type.
func (r *reading) document() *formats.Document {
	subject, rest := r.subject()
	claims := formats.Claims{Subjects: []formats.Subject{subject}, Extra: rest}
	for _, f := range r.unique {
		if f.Name != passengerName.name {
			claims.Extra = append(claims.Extra, trimmed("", f))
		}
	}
	for i, leg := range r.legs {
		claims.Events = append(claims.Events, formats.Event{
			Kind: formats.Boarding, Issuer: strings.TrimSpace(leg.get(carrier)),
			ID:    strings.TrimSpace(leg.get(carrier)) + " " + strings.TrimSpace(leg.get(flight)),
			Place: leg.get(from) + "-" + leg.get(to),
		})
		for _, f := range leg {
			claims.Extra = append(claims.Extra, trimmed("leg"+strconv.Itoa(i+1)+".", f))
		}
	}
	doc := &formats.Document{Format: ID, Purpose: formats.Boarding, Checks: r.checks}
	part := formats.Part{Name: "pass", Seal: formats.NoSeal}
	switch {
	case r.secure.sealed:
		doc.Seals, part.Seal = []formats.Seal{r.secure.seal}, 0
	case r.secure.there:
		claims.Extra = append(claims.Extra, formats.Field{Name: "security_data", Value: r.secure.stated()})
	}
	part.Unverified = claims
	doc.Parts = []formats.Part{part}
	return doc
}

// stated says what is known of security data that are no seal.
func (s *security) stated() string {
	return fmt.Sprintf("security data of type %s, %d characters, not checkable", s.kind, s.size)
}

func trimmed(place string, f formats.Field) formats.Field {
	return formats.Field{Name: place + f.Name, Value: strings.TrimSpace(f.Value)}
}

// titles stand behind the given names, after a blank (IATA Resolution 722) or without one.
var titles = []string{"MR", "MRS", "MS", "MISS", "MSTR", "MASTER", "DR", "PROF", "CHD", "INF"}

// joinedTitles are those that are looked for without a blank before them. No given name is known to end like that; the name
// is then given in both readings.
var joinedTitles = []string{"MRS", "MISS", "MSTR", "MR"}

// subject reads the name. A name that fills its field may be cut off; it is shown, and not made a name to compare.
func (r *reading) subject() (formats.Subject, []formats.Field) {
	field := r.unique.get(passengerName)
	text := strings.TrimSpace(field)
	if len(field) == passengerName.size && field[len(field)-1] != ' ' {
		return formats.Subject{}, []formats.Field{{Name: passengerName.name, Value: text}, {Name: "passenger_name_cut", Value: "the name fills its field and may be cut off"}}
	}
	family, given, divided := strings.Cut(text, "/")
	if !divided {
		return formats.Subject{Names: []formats.Name{{Full: text, Source: passengerName.name}}}, nil
	}
	name := formats.Name{Family: strings.TrimSpace(family), Given: strings.TrimSpace(given), Source: passengerName.name}
	var rest []formats.Field
	if words := strings.Fields(given); len(words) > 1 && slices.Contains(titles, words[len(words)-1]) {
		name.Given = strings.Join(words[:len(words)-1], " ")
		rest = []formats.Field{{Name: "title", Value: words[len(words)-1]}}
	}
	names := []formats.Name{name}
	for _, t := range joinedTitles {
		if short, joined := strings.CutSuffix(name.Given, t); joined && len(short) > 1 && short[len(short)-1] != ' ' {
			names = append(names, formats.Name{Family: name.Family, Given: short, Source: passengerName.name})
			break
		}
	}
	return formats.Subject{Names: names}, rest
}
