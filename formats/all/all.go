// Package all is the one list of every format that travelseal knows. Whoever needs one format only imports that format
// instead, and links nothing else.
package all

import (
	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/bcbp"
	"github.com/travelseal/travelseal/formats/divoc"
	"github.com/travelseal/travelseal/formats/emrtd"
	"github.com/travelseal/travelseal/formats/hcert"
	"github.com/travelseal/travelseal/formats/idb"
	"github.com/travelseal/travelseal/formats/mdoc"
	"github.com/travelseal/travelseal/formats/mrz"
	"github.com/travelseal/travelseal/formats/nzcp"
	"github.com/travelseal/travelseal/formats/shc"
	"github.com/travelseal/travelseal/formats/shlink"
	"github.com/travelseal/travelseal/formats/twoddoc"
	"github.com/travelseal/travelseal/formats/vds"
	"github.com/travelseal/travelseal/formats/vdsnc"
)

// Formats lists every format; a new one is one line here.
func Formats() []formats.Format {
	return []formats.Format{
		bcbp.Format,
		divoc.Format,
		emrtd.Format,
		hcert.Format,
		idb.Format,
		mdoc.Format,
		mrz.Format,
		nzcp.Format,
		shc.Format,
		shlink.Format,
		twoddoc.Format,
		vds.Format,
		vdsnc.Format,
	}
}

// Set is a Set of every format.
func Set() *formats.Set {
	s, err := formats.NewSet(Formats()...)
	if err != nil {
		panic(err) // two formats of this repository share an ID: the tests of this package refuse it
	}
	return s
}
