package conformance

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/vdsnc"
	"github.com/travelseal/travelseal/internal/vectors"
	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/verify"
)

// A vdsncCase is a case of either half of the vectors, with what both state.
type vdsncCase struct {
	id, text                  string
	at                        time.Time
	trust                     []byte
	decode, either            bool
	signature, overall, chain *bool
	fields                    map[string]json.RawMessage
	outcome, payload          string
}

// TestVDSNC runs every case of a VDS-NC seal: decoding, signature, fields and outcome.
func TestVDSNC(t *testing.T) {
	var cases []vdsncCase
	for _, vc := range vectors.Health(t, "vds-nc") {
		cases = append(cases, healthVDSNC(t, vc))
	}
	for _, vc := range vectors.Travel(t, "vds-nc") {
		cases = append(cases, travelVDSNC(t, vc))
	}
	list, ran, used := readListing(t), make(map[string]bool), make(map[string]bool)
	tests := 0
	for _, vc := range cases {
		t.Run(vc.id, func(t *testing.T) {
			ran[vc.id] = true
			c := &comparison{t: t, id: vc.id, list: list, used: used}
			compareVDSNC(c, vc)
			tests += c.tests
		})
	}
	list.unused(t, ran, used)
	t.Logf("%d cases, %d expectations compared, %d of them listed as disagreements", len(cases), tests, len(used))
}

func healthVDSNC(t *testing.T, vc vectors.Case) vdsncCase {
	c := vdsncCase{id: vc.ID, text: vc.Input.Text, decode: *vc.Expect.Decode, signature: vc.Expect.Signature, payload: string(vc.Expect.Payload)}
	at, stated, err := vc.Clock()
	if err != nil {
		t.Fatal(err)
	}
	c.at = clockOr(at, stated)
	if vc.Trust != nil {
		c.trust = []byte(strings.Join(vc.Trust.CertsPEM, "\n"))
	}
	if vc.Expect.Outcome != nil {
		c.outcome = *vc.Expect.Outcome
	}
	return c
}

func travelVDSNC(t *testing.T, vc vectors.TravelCase) vdsncCase {
	e := vc.Expect
	c := vdsncCase{
		id: vc.ID, text: vc.Input.Text, decode: *e.Decode, either: e.DecodeEither, signature: e.Signature, overall: e.Overall, chain: e.Chain, fields: e.Fields,
	}
	at, err := time.Parse(time.RFC3339, vc.At)
	c.at = clockOr(at, err == nil)
	if vc.Trust != nil {
		c.trust = []byte(strings.Join(vc.Trust.CertsPEM, "\n"))
		for _, name := range vc.Trust.Files {
			c.trust = append(c.trust, vc.File(t, name)...)
		}
	}
	return c
}

// clockOr is the clock of a case, or one at which the certificates of the specimens are valid.
func clockOr(at time.Time, stated bool) time.Time {
	if stated {
		return at
	}
	return time.Date(2021, 11, 1, 0, 0, 0, 0, time.UTC)
}

func compareVDSNC(c *comparison, vc vdsncCase) {
	in := formats.Text(strings.TrimRight(vc.text, "\r\n"))
	d := inspectAs(c.t, vdsnc.Format, loadText(c.t, vc.trust), vc.at, in)
	read := d.Status != verify.Unreadable
	if !vc.either {
		c.same("decode", read == vc.decode, "decodes: %v, expected %v (%v)", read, vc.decode, d.Findings)
	}
	if vc.overall != nil && !*vc.overall {
		c.same("overall", d.Verdict != verify.Accept, "%s, %s", d.Status, d.Verdict)
	}
	if !read {
		if vc.outcome != "" {
			c.same("outcome", vc.outcome == "invalid", "unreadable, expected %s", vc.outcome)
		}
		return
	}
	sound := d.Seals[0].State == verify.Holds || has(d, verify.SealSoundUnknown)
	unsound := d.Seals[0].State == verify.Fails || has(d, verify.SealUnsound)
	if vc.signature != nil {
		c.same("signature", sound == *vc.signature && unsound != *vc.signature, "sound %v, unsound %v, expected %v (%v)", sound, unsound, *vc.signature, d.Findings)
	}
	unknown := d.Status == verify.Untrusted && d.Verdict == verify.Refer && (has(d, verify.SealSignerUnknown) || has(d, verify.SealChain))
	if vc.chain != nil {
		known := d.Seals[0].Anchor != nil
		c.same("chain", known == *vc.chain && unknown != *vc.chain, "%s, %s; expected a chain: %v (%v)", d.Status, d.Verdict, *vc.chain, codes(d))
	}
	switch vc.outcome {
	case "valid":
		c.same("outcome", d.Status == verify.Authentic && d.Verdict == verify.Accept, "%s, %s; expected valid (%v)", d.Status, d.Verdict, codes(d))
	case "invalid":
		c.same("outcome", d.Status == verify.Invalid && d.Verdict == verify.Reject, "%s, %s; expected invalid (%v)", d.Status, d.Verdict, codes(d))
	case "unverifiable":
		c.same("outcome", unknown, "%s, %s; expected unverifiable (%v)", d.Status, d.Verdict, codes(d))
	}
	doc, err := vdsnc.Format.Decode(in, formats.Options{})
	if err != nil {
		c.t.Fatal(err)
	}
	if vc.signature != nil {
		compareAnchored(c, vc, in, doc.Seals[0].Signer.Chain[0])
	}
	compareVDSNCContent(c, vc, doc)
}

// compareAnchored checks the seal where its signer itself is trusted.
func compareAnchored(c *comparison, vc vdsncCase, in formats.Input, der []byte) {
	list, err := json.Marshal(map[string]any{"schema": trustlist.Schema, "anchors": []any{map[string]any{"certificate": der, "scope": []string{"vdsnc"}}}})
	if err != nil {
		c.t.Fatal(err)
	}
	d := inspectAs(c.t, vdsnc.Format, loadText(c.t, list), vc.at, in)
	want := verify.Fails
	if *vc.signature {
		want = verify.Holds
	}
	c.same("anchored", d.Seals[0].State == want, "the seal %v, expected %v (%v)", d.Seals[0].State, want, codes(d))
}

// compareVDSNCContent compares the fields that the case names, and all of data where the case has it.
func compareVDSNCContent(c *comparison, vc vdsncCase, doc *formats.Document) {
	got := vdsncFields(doc.Parts[0].Unverified)
	for name, raw := range vc.fields {
		value, known := got[name]
		if !known {
			c.t.Errorf("the case expects a field %q that the runner does not know", name)
			continue
		}
		want := strings.Trim(string(raw), `"`)
		c.same(name, value == want, "read as %q, expected %q", value, want)
	}
	if vc.payload != "" {
		var whole struct{ Data json.RawMessage }
		if err := json.Unmarshal([]byte(vc.payload), &whole); err != nil {
			c.t.Fatal(err)
		}
		want, err := canonicalForm(string(whole.Data))
		c.same("payload", err == nil && string(doc.Seals[0].Signed) == want, "read\n%s\nexpected\n%s (%v)", doc.Seals[0].Signed, want, err)
	}
}

// vdsncFields gives the claims by the names of the members that they are read from.
func vdsncFields(claims formats.Claims) map[string]string {
	got := map[string]string{"t": claims.Extra[0].Value, "v": claims.Extra[1].Value, "is": claims.Extra[2].Value}
	for _, e := range claims.Events {
		got["uvci"] = e.ID
	}
	for _, s := range claims.Subjects {
		got["pid.n"] = s.Names[0].Full
	}
	return got
}
