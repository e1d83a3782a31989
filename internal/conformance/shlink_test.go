package conformance

import (
	"context"
	"encoding/base64"
	"testing"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/shlink"
	"github.com/travelseal/travelseal/internal/vectors"
	"github.com/travelseal/travelseal/scan"
	"github.com/travelseal/travelseal/verify"
)

// TestSHLink runs every case of the format shlink, without the network: a link is shown and referred.
func TestSHLink(t *testing.T) {
	cases := vectors.Health(t, "shlink")
	list, ran, used := readListing(t), make(map[string]bool), make(map[string]bool)
	tests := 0
	for _, vc := range cases {
		t.Run(vc.ID, func(t *testing.T) {
			ran[vc.ID] = true
			c := &comparison{t: t, id: vc.ID, list: list, used: used}
			compareLink(c, vc)
			tests += c.tests
		})
	}
	list.unused(t, ran, used)
	t.Logf("%d cases, %d expectations compared, %d of them listed as disagreements", len(cases), tests, len(used))
}

func compareLink(c *comparison, vc vectors.Case) {
	text := vc.Input.Text
	switch {
	case vc.Input.File != "":
		symbols, err := scan.Read(context.Background(), vc.File(c.t, vc.Input.File), scan.Limits{})
		if err != nil || len(symbols) != 1 {
			c.t.Fatalf("%d codes, %v", len(symbols), err)
		}
		text = string(symbols[0].Bytes)
	case vc.Input.Kind == "shlpayload": // what a link holds, before it is written as one
		text = "shlink:/" + base64.RawURLEncoding.EncodeToString([]byte(text))
	}
	at, _, err := vc.Clock()
	if err != nil {
		c.t.Fatal(err)
	}
	set := setWith(c.t, shlink.Format)
	v, err := verify.New(verify.Config{
		Formats: set, Trust: cardTrust(c.t, vc, nil), Policy: verify.DefaultPolicy(set.IDs()...), Now: func() time.Time { return at },
	})
	if err != nil {
		c.t.Fatal(err)
	}
	r := v.Inspect(context.Background(), []formats.Input{formats.Text(text)})
	d, e := r.Documents[0], vc.Expect
	if e.Decode != nil {
		c.same("decode", (d.Status != verify.Unreadable) == *e.Decode, "%s, expected %v (%v)", d.Status, *e.Decode, d.Findings)
	}
	if e.Signature != nil {
		c.same("signature", (len(d.Seals) > 0 && d.Seals[0].State == verify.Holds) == *e.Signature, "%v, expected %v", d.Seals, *e.Signature)
	}
	if e.Outcome != nil {
		c.same("outcome", (d.Verdict == verify.Accept) == (*e.Outcome == "valid"), "%s, expected %s", d.Verdict, *e.Outcome)
	}
}
