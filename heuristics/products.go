package heuristics

import (
	_ "embed"
	"errors"
	"fmt"
	"strconv"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/strict/json"
)

//go:embed data/products.json
var productsFile []byte

const (
	productsSchema   = "travelseal.products/1"
	maxProductsDepth = 4
	maxProductsItems = 10_000
)

// products are the earliest days on which vaccines can have been given to anybody anywhere, by the code of the value set
// of the EU DCC. These codes are numbers of the Union Register or names of vaccines and mean one product in every system.
type products struct {
	version string
	first   map[string]formats.Date
}

// builtinProducts is the table of this package.
func builtinProducts() products {
	p, err := readProducts(productsFile)
	if err != nil {
		panic(err) // the file is part of this package; its tests read it
	}
	return p
}

func readProducts(b []byte) (products, error) {
	var file struct {
		Schema   string `json:"schema"`
		Version  int    `json:"version"`
		About    string `json:"about"`
		Products []struct {
			Code   string `json:"code"`
			Name   string `json:"name"`
			First  string `json:"first"`
			Source string `json:"source"`
		} `json:"products"`
	}
	if err := json.UnmarshalClosed(b, &file, json.Limits{Depth: maxProductsDepth, Items: maxProductsItems}); err != nil {
		return products{}, fmt.Errorf("products: %w", err)
	}
	if file.Schema != productsSchema || file.Version < 1 {
		return products{}, errors.New("products: not of schema " + productsSchema + " with a version")
	}
	p := products{version: strconv.Itoa(file.Version), first: make(map[string]formats.Date, len(file.Products))}
	for i, row := range file.Products {
		first, err := formats.ParseDate(row.First)
		_, twice := p.first[row.Code]
		if err != nil || first.IsZero() || row.Code == "" || row.Name == "" || row.Source == "" || twice {
			return products{}, fmt.Errorf("products: row %d lacks something or repeats a code", i)
		}
		p.first[row.Code] = first
	}
	return p, nil
}
