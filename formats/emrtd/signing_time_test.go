package emrtd_test

import (
	"strings"
	"testing"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/emrtd"
	"github.com/travelseal/travelseal/internal/mint/chip"
	"github.com/travelseal/travelseal/internal/mint/pki"
)

// A signing time is the signer's own word; one that does not go with the document's end is a breach, which refers.
func TestTheSigningTimeGoesWithTheEndOfTheDocument(t *testing.T) {
	const early, late = "longer before", "after the document had expired"
	for day, want := range map[string]string{
		"2021-05-20": "", "2026-05-20": "", "2031-05-20": "", "2020-07-25": "", "2031-05-21": late, "2040-01-01": late, "2020-07-15": early, "2001-01-01": early, "": "",
	} {
		at := time.Time{}
		if day != "" {
			var err error
			if at, err = time.Parse(time.DateOnly, day); err != nil {
				t.Fatal(err)
			}
		}
		c := chip.Good().Signing(func(s *pki.SignerInfo) { s.Time = at })
		doc, err := emrtd.Format.Decode(input(c.Files()), formats.Options{})
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, c := range doc.Checks {
			if c.Kind == formats.Schema && c.Result == formats.Fails && c.Where == "EF.SOD" {
				got += c.Text
			}
		}
		if (want == "") != (got == "") || !strings.Contains(got, want) {
			t.Errorf("signed on %q: %q, want %q", day, got, want)
		}
	}
}
