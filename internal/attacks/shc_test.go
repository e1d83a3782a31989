package attacks_test

import (
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/all"
	"github.com/travelseal/travelseal/formats/shlink"
	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/verify"
)

// cardIssuer signs the SMART Health Cards that are trusted, and card is one of them.
var (
	cardIssuer = mint.CardSigner("ut-cards")
	card       = mint.VaccinationCard(cardIssuer)
)

// A cardMutant is an accepted card with one thing changed, and what must be said of it.
type cardMutant struct {
	name string
	doc  mint.SHC
	want want
}

// cardsOf is a Verifier that trusts the issuers of cards.
func cardsOf(t *testing.T) *verify.Verifier {
	t.Helper()
	return verifier(t, load(t, mint.CardTrust()), formats.Options{}, unlisted(shlink.Format)...)
}

// unlisted gives a format if the list of all formats lacks it.
func unlisted(f formats.Format) []formats.Format {
	if _, listed := all.Set().Lookup(f.ID); listed {
		return nil
	}
	return []formats.Format{f}
}

// attackCard shows that the sibling is accepted, and that each mutant of it is judged as it must be.
func attackCard(t *testing.T, v *verify.Verifier, sibling mint.SHC, mutants ...cardMutant) {
	t.Helper()
	demand(t, v, "the sibling", formats.Text(sibling.Build().Text), accepted)
	for _, m := range mutants {
		t.Run(m.name, func(t *testing.T) {
			t.Helper()
			demand(t, v, m.name, formats.Text(m.doc.Build().Text), m.want)
		})
	}
}

// headed is the card with another member of its header; signed anew.
func headed(name string, value any) mint.SHC {
	c := card
	c.Header = c.Header.Set(value, name)
	return c
}

// hooked is the card with its hooks changed.
func hooked(change func(*mint.SHCHooks)) mint.SHC {
	c := card
	change(&c.Hooks)
	return c
}

// quiet demands that nothing has asked the network.
func quiet(t *testing.T) {
	t.Helper()
	if n := network.sprung.Load(); n != 0 {
		t.Errorf("%d connections", n)
	}
}
