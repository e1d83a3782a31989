package cert_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/travelseal/travelseal/internal/cert"
	"github.com/travelseal/travelseal/internal/sig"
)

// good reports whether a signature holds, also where it does so in a form that is tolerated by name.
func good(err error) bool {
	return err == nil || errors.Is(err, sig.ErrNullOmitted) || errors.Is(err, sig.ErrWeakHash)
}

// parse reads a certificate that must be readable.
func parse(t testing.TB, raw []byte) *cert.Certificate {
	t.Helper()
	c, err := cert.Parse(raw)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// wants reports whether err is the one wanted; nil wants success.
func wants(t *testing.T, what string, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Errorf("%s: got %v, want %v", what, err, want)
	}
}

// codes gives the codes of a certificate's deviations, each once, in order.
func codes(c *cert.Certificate) []string {
	var list []string
	for _, d := range c.Deviations {
		list = append(list, d.Code)
	}
	slices.Sort(list)
	return slices.Compact(list)
}
