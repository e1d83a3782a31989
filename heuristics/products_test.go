package heuristics

import (
	"strings"
	"testing"
)

func TestTheTableOfProductsIsWhole(t *testing.T) {
	p, err := readProducts(productsFile)
	if err != nil {
		t.Fatal(err)
	}
	if len(p.first) < 30 || p.version != "1" {
		t.Errorf("%d products, version %s", len(p.first), p.version)
	}
	for code, first := range p.first {
		// The virus was described in January 2020, and the value set was closed in January 2023.
		if first.Partial() || first.Year < 2020 || first.Year > 2022 || first.Year == 2020 && first.Month < 2 {
			t.Errorf("%s is said to be used from %v", code, first)
		}
	}
}

func TestATableOfProductsThatLacksSomethingIsRefused(t *testing.T) {
	good := `{"schema":"travelseal.products/1","version":1,"about":"x","products":[{"code":"a","name":"A","first":"2020-05-01","source":"s"}]}`
	if _, err := readProducts([]byte(good)); err != nil {
		t.Fatal(err)
	}
	for from, to := range map[string]string{
		`products/1`: `products/2`, `"version":1`: `"version":0`, `"code":"a"`: `"code":""`, `"name":"A"`: `"name":""`,
		`2020-05-01`: `2020-05-32`, `"first":"2020-05-01",`: ``, `"source":"s"`: `"note":"s"`,
		`"source":"s"}`: `"source":"s"},{"code":"a","name":"B","first":"2020-06-01","source":"t"}`, `"source":"s"}]}`: ``,
	} {
		if _, err := readProducts([]byte(strings.Replace(good, from, to, 1))); err == nil {
			t.Errorf("taken with %s instead of %s", to, from)
		}
	}
}
