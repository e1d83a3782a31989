package states_test

import (
	"testing"

	"github.com/travelseal/travelseal/internal/states"
)

func TestCodesOfAZone(t *testing.T) {
	for _, c := range []struct {
		code                string
		issues, nationality bool
	}{
		{"NZL", true, true}, {"D", true, true}, {"UTO", true, true}, {"RKS", true, true}, {"EUE", true, true},
		{"GBR", true, true}, {"GBD", true, true}, {"GBN", true, true}, {"GBO", true, true}, {"GBP", true, true}, {"GBS", true, true},
		{"UNO", true, true}, {"UNA", true, true}, {"UNK", true, true}, {"XOM", true, true}, {"XPO", true, true}, {"XBA", true, true},
		{"XXA", false, true}, {"XXB", false, true}, {"XXC", false, true}, {"XXX", false, true},
		{"", false, false}, {"XXD", false, false}, {"DDR", false, false}, {"YUG", false, false}, {"uto", false, false}, {"D<<", false, false},
		{"GB", false, false}, {"GBX", false, false}, {"DE", false, false},
	} {
		if states.Issues(c.code) != c.issues || states.Nationality(c.code) != c.nationality {
			t.Errorf("%q: issues %v, nationality %v", c.code, states.Issues(c.code), states.Nationality(c.code))
		}
	}
}
