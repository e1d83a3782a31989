package icao_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/travelseal/travelseal/internal/mint/chip"
	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/trustlist/icao"
)

// Whatever a file holds, a list is what the pinned publisher signed, or none.
func FuzzReadMasterList(f *testing.F) {
	good := chip.Utopian()
	f.Add(good.Encode())
	f.Add(good.Content())
	f.Add(chip.ListByStranger().Encode())
	f.Add(chip.OldList().Encode())
	known := map[string]bool{}
	for _, c := range utopia.CSCAs() {
		known[string(c.Cert)] = true
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var le *trustlist.LoadError
		open, err := icao.ReadMasterList("open", data, anyone)
		if err != nil && !errors.As(err, &le) {
			t.Fatal(err)
		}
		if err == nil && (open.Authenticated || len(open.CAs())+len(open.Dropped()) != len(open.Entries)) {
			t.Fatalf("%+v", open)
		}
		l, err := icao.ReadMasterList("closed", data, pinned)
		if err != nil {
			return
		}
		if open == nil || !l.Authenticated || len(l.CAs()) == 0 {
			t.Fatalf("%+v", l)
		}
		for _, c := range l.CAs() {
			if !known[string(c.Raw)] {
				t.Fatalf("%s was signed by nobody", c.Subject)
			}
		}
	})
}

func FuzzReadCertificates(f *testing.F) {
	f.Add(utopia.CSCA.Cert)
	f.Add(slices.Concat(utopia.CSCA.Cert, utopia.RSA.Cert))
	f.Add(utopia.CSCA.PEM())
	f.Fuzz(func(t *testing.T, data []byte) {
		entries, err := icao.ReadCertificates("file", data)
		if (err == nil) == (entries == nil) {
			t.Fatalf("%d entries, %v", len(entries), err)
		}
		for i, e := range entries {
			if e.Index != i || e.Certificate == nil && e.Dropped == "" {
				t.Fatalf("%+v", e)
			}
		}
		if lists, err := icao.ReadRevocationLists("file", data); (err == nil) == (lists == nil) {
			t.Fatalf("%d lists, %v", len(lists), err)
		}
	})
}
