package conformance

import (
	"encoding/json"
	"encoding/pem"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/hcert"
	"github.com/travelseal/travelseal/internal/vectors"
	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/verify"
)

// TestATExemption runs every case of Austria's certificates of exemption, with its two stores of signers.
func TestATExemption(t *testing.T) {
	cases := vectors.Health(t, "at-ve")
	list, ran, used := readListing(t), make(map[string]bool), make(map[string]bool)
	tests := 0
	for _, vc := range cases {
		t.Run(vc.ID, func(t *testing.T) {
			ran[vc.ID] = true
			c := &comparison{t: t, id: vc.ID, list: list, used: used}
			compareExemption(c, vc)
			tests += c.tests
		})
	}
	list.unused(t, ran, used)
	t.Logf("%d cases, %d expectations compared, %d of them listed as disagreements", len(cases), tests, len(used))
}

func compareExemption(c *comparison, vc vectors.Case) {
	e, in := vc.Expect, formats.Text(vc.Input.Text)
	at, stated, err := vc.Clock()
	if err != nil || !stated {
		c.t.Fatalf("a case without a clock: %v", err)
	}
	d := inspectAs(c.t, hcert.Format, loadText(c.t, stores(c.t, vc.Trust)), at, in)
	if e.Decode != nil {
		c.same("decode", (d.Status != verify.Unreadable) == *e.Decode, "%s (%v)", d.Status, d.Findings)
	}
	if d.Status == verify.Unreadable {
		return
	}
	if d.Format != hcert.ATExemption {
		c.t.Errorf("read as %s", d.Format)
	}
	if e.Signature != nil {
		// The source asks Austria's store alone; a key of the EU's store is no key for this.
		holds := d.Seals[0].State == verify.Holds && !has(d, verify.SealOutOfScope)
		c.same("signature", holds == *e.Signature, "the seal %v, expected %v (%v)", d.Seals[0].State, *e.Signature, codes(d))
	}
	if e.Expired != nil {
		c.same("expired", (has(d, verify.TimeExpired) || has(d, verify.TimeNotYetValid)) == *e.Expired, "expected %v (%v)", *e.Expired, codes(d))
	}
	if e.Schema != nil {
		c.same("schema", keepsSchema(d) == *e.Schema, "expected %v (%v)", *e.Schema, d.Findings)
	}
	if e.KeyUsage != nil {
		// A certificate for vaccinations, tests or recoveries is no key for exemptions at all.
		c.same("key_usage", (d.Status != verify.Untrusted) == *e.KeyUsage, "expected %v: %s (%v)", *e.KeyUsage, d.Status, codes(d))
	}
	if e.Payload != nil {
		comparePayload(c, vc, in)
	}
	if e.Outcome != nil {
		compareOutcome(c, vc, d)
	}
}

// stores writes the store for EU certificates and the one for Austria's own as one trust list. The signers of the tests
// name another country than Austria, in whose store they are.
func stores(t *testing.T, trust *vectors.Trust) []byte {
	t.Helper()
	anchors := []map[string]any{}
	add := func(list []string, scope formats.ID) {
		for _, text := range list {
			block, _ := pem.Decode([]byte(text))
			if block == nil {
				t.Fatal("a certificate that is no PEM")
			}
			anchors = append(anchors, map[string]any{"certificate": block.Bytes, "country": "AT", "scope": []formats.ID{scope}})
		}
	}
	add(trust.CertsPEM, hcert.EUDCC)
	add(trust.AT1CertsPEM, hcert.ATExemption)
	b, err := json.Marshal(map[string]any{"schema": trustlist.Schema, "anchors": anchors})
	if err != nil {
		t.Fatal(err)
	}
	return b
}
