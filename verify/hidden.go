package verify

import (
	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/display"
)

// hiddenCharacter looks through the texts that people read and gives the place of the first that hides something.
func hiddenCharacter(c *formats.Claims) (string, bool) {
	for i := range c.Subjects {
		s := &c.Subjects[i]
		for _, n := range s.Names {
			if display.HidesIn(n.Family) || display.HidesIn(n.Given) || display.HidesIn(n.Full) {
				return "holder.names", true
			}
		}
		if display.HidesIn(s.Sex) || display.HidesIn(s.Nationality) {
			return "holder", true
		}
	}
	for i := range c.Events {
		e := &c.Events[i]
		for _, s := range [...]string{e.Target.Code, e.Prophylaxis.Code, e.Product.Code, e.Manufacturer.Code, e.TestType.Code, e.TestName, e.Result.Code, e.Country, e.Place, e.Issuer, e.ID} {
			if display.HidesIn(s) {
				return "events", true
			}
		}
	}
	for i := range c.Documents {
		d := &c.Documents[i]
		if display.HidesIn(d.Type) || display.HidesIn(d.Number) || display.HidesIn(d.IssuingState) {
			return "documents", true
		}
	}
	for _, f := range c.Extra {
		if display.HidesIn(f.Name) || display.HidesIn(f.Value) {
			return "extra", true
		}
	}
	return "", false
}
