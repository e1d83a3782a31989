package cert_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/internal/cert"
	"github.com/travelseal/travelseal/internal/sig"
)

// from gives the certificates of the lists whose names begin so, each once.
func from(t *testing.T, prefixes ...string) (list []*cert.Certificate) {
	t.Helper()
	seen := make(map[string]bool)
	for _, r := range corpus(t) {
		for _, prefix := range prefixes {
			if strings.HasPrefix(r.from, prefix) && !seen[string(r.raw)] {
				seen[string(r.raw)] = true
				list = append(list, parse(t, r.raw))
			}
		}
	}
	return list
}

// The signers of the master lists lead to CSCAs of the lists, those of specimen passports and VDS-NC to theirs, and the
// health signers to the authorities that the WHO publishes.
func TestPublishedSignersLeadToTheirCAs(t *testing.T) {
	for _, c := range []struct {
		name        string
		signers     []*cert.Certificate
		cas         []*cert.Certificate
		role        cert.Role
		found, none int // at least, and at most
	}{
		{"master lists", from(t, "master list"), from(t, "master list"), cert.MasterListSigner, 6, 0},
		{"specimen passports", from(t, "eMRTD DSC"), from(t, "eMRTD CSCA"), cert.DSC, 22, 1},
		{"VDS-NC", from(t, "VDS-NC signers"), from(t, "VDS-NC CSCA"), cert.VDSNCSigner, 1, 1},
		{"health", from(t, "WHO health"), from(t, "WHO health", "WHO participants"), cert.Health, 284, 0},
	} {
		var cas []*cert.Certificate
		for _, ca := range c.cas {
			if ca.Roles().Has(cert.CA) {
				cas = append(cas, ca)
			}
		}
		pool := cert.NewPool(cas)
		found, none, checks := 0, 0, 0
		why := make(map[string]int)
		for _, s := range c.signers {
			if !s.Roles().Has(c.role) || s.Roles().Has(cert.CA) {
				continue
			}
			budget := cert.DefaultBudget
			path, err := pool.Path(s, nil, &budget)
			checks = max(checks, cert.DefaultBudget-budget)
			if err != nil {
				none++
				why[err.Error()]++
				if errors.Is(err, sig.ErrUnsupported) {
					t.Errorf("%s: %v", c.name, err)
				}
				continue
			}
			found++
			if !path.Anchor().Roles().Has(cert.CA) {
				t.Errorf("%s: a path ends in a %s", c.name, path.Anchor().Roles())
			}
		}
		t.Logf("%s: %d lead to a CA, %d do not, at most %d signatures were checked: %v", c.name, found, none, checks, why)
		if found < c.found || none > c.none {
			t.Errorf("%s: %d lead to a CA and %d do not, want at least %d and at most %d", c.name, found, none, c.found, c.none)
		}
	}
}
