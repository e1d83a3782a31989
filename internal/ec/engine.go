package ec

import (
	"github.com/travelseal/travelseal/internal/ec/internal/bp160"
	"github.com/travelseal/travelseal/internal/ec/internal/bp192"
	"github.com/travelseal/travelseal/internal/ec/internal/bp224"
	"github.com/travelseal/travelseal/internal/ec/internal/bp256"
	"github.com/travelseal/travelseal/internal/ec/internal/bp320"
	"github.com/travelseal/travelseal/internal/ec/internal/bp384"
	"github.com/travelseal/travelseal/internal/ec/internal/bp512"
	"github.com/travelseal/travelseal/internal/ec/internal/p192"
	"github.com/travelseal/travelseal/internal/ec/internal/p224"
	"github.com/travelseal/travelseal/internal/ec/internal/p256"
	"github.com/travelseal/travelseal/internal/ec/internal/p384"
	"github.com/travelseal/travelseal/internal/ec/internal/p521"
	"github.com/travelseal/travelseal/internal/ec/internal/scalar"
)

// engine gives the constructor of keys in the package that computes on a field; nil if there is none, which the tests
// look for.
func engine(field string) func(x, y *scalar.Scalar, r1 bool) scalar.Key {
	switch field {
	case "bp160":
		return bp160.NewKey
	case "bp192":
		return bp192.NewKey
	case "bp224":
		return bp224.NewKey
	case "bp256":
		return bp256.NewKey
	case "bp320":
		return bp320.NewKey
	case "bp384":
		return bp384.NewKey
	case "bp512":
		return bp512.NewKey
	case "p192":
		return p192.NewKey
	case "p224":
		return p224.NewKey
	case "p256":
		return p256.NewKey
	case "p384":
		return p384.NewKey
	case "p521":
		return p521.NewKey
	}
	return nil
}
