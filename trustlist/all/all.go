// Package all lists every form of published trust material that travelseal reads. A new one is one line here.
package all

import (
	"slices"

	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/trustlist/at"
	"github.com/travelseal/travelseal/trustlist/ch"
	"github.com/travelseal/travelseal/trustlist/de"
	"github.com/travelseal/travelseal/trustlist/dgcg"
	"github.com/travelseal/travelseal/trustlist/didweb"
	"github.com/travelseal/travelseal/trustlist/drl"
	"github.com/travelseal/travelseal/trustlist/gdhcn"
	"github.com/travelseal/travelseal/trustlist/icao"
	"github.com/travelseal/travelseal/trustlist/jwks"
	"github.com/travelseal/travelseal/trustlist/nl"
	"github.com/travelseal/travelseal/trustlist/revstore"
	"github.com/travelseal/travelseal/trustlist/shcrev"
	"github.com/travelseal/travelseal/trustlist/vci"
	"github.com/travelseal/travelseal/trustlist/vical"
)

// Loader gives a loader with every importer.
func Loader() trustlist.Loader {
	return trustlist.Loader{Importers: slices.Concat(
		at.Importers,
		ch.Importers,
		de.Importers,
		dgcg.Importers,
		didweb.Importers,
		drl.Importers,
		gdhcn.Importers,
		icao.Importers,
		jwks.Importers,
		nl.Importers,
		[]trustlist.Importer{revstore.Importer()},
		shcrev.Importers,
		vci.Importers,
		[]trustlist.Importer{vical.Importer},
	)}
}
