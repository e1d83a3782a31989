package icao_test

import (
	"slices"
	"testing"

	"github.com/travelseal/travelseal/internal/cert"
	"github.com/travelseal/travelseal/internal/mint/chip"
	"github.com/travelseal/travelseal/internal/mint/pki"
	"github.com/travelseal/travelseal/trustlist/icao"
)

// What a relying party sees before it takes a new list.
func TestListsAreCompared(t *testing.T) {
	list := func(l chip.MasterList) []*cert.Certificate { return read(t, "list", l.Encode(), pinned).CAs() }
	now := list(chip.Utopian())
	if d := icao.Compare(now, now); !d.Empty() || d.NewCountries != nil || d.LostCountries != nil {
		t.Errorf("a list differs from itself: %+v", d)
	}
	if d := icao.Compare(list(chip.OldList()), now); len(d.Added) != 2 || len(d.Removed)+len(d.Changed) != 0 || d.Empty() {
		t.Errorf("%+v", d)
	}
	if d := icao.Compare(now, list(chip.OldList())); len(d.Removed) != 2 || len(d.Added)+len(d.Changed) != 0 {
		t.Errorf("%+v", d)
	}
	rogue := chip.Rogue()
	if d := icao.Compare(now, list(chip.Utopian().And(rogue))); len(d.Added) != 1 || !slices.Equal(d.Added[0].Raw, rogue.Cert) {
		t.Errorf("%+v", d)
	}
	again := utopia.RSA.Template
	again.Subject, again.Holder, again.KeyID = utopia.RSA.Subject, utopia.RSA.Key, utopia.RSA.KeyID
	renewed := pki.NewCSCA("renewed", again.Valid(pki.CSCAFrom, pki.CSCAUntil.AddDate(1, 0, 0)))
	swapped := chip.Utopian()
	swapped.Certificates = [][]byte{utopia.CSCA.Cert, renewed.Cert}
	d := icao.Compare(now, list(swapped))
	if len(d.Changed) != 1 || !slices.Equal(d.Changed[0].Before.Raw, utopia.RSA.Cert) || !slices.Equal(d.Changed[0].After.Raw, renewed.Cert) || len(d.Removed) != 2 || len(d.Added) != 0 {
		t.Errorf("%+v", d)
	}
	abroad := chip.Utopian()
	abroad.Certificates = [][]byte{pki.NewCSCA("abroad", pki.CSCA().Named(pki.DN("xb", "Abroad", "CSCA"))).Cert, pki.NewCSCA("far", pki.CSCA().Named(pki.DN("XA", "Far", "CSCA"))).Cert}
	if d := icao.Compare(now, list(abroad)); !slices.Equal(d.NewCountries, []string{"XA", "XB"}) || !slices.Equal(d.LostCountries, []string{"UT"}) {
		t.Errorf("%+v", d)
	}
}
