package conformance

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/all"
	"github.com/travelseal/travelseal/formats/hcert"
	"github.com/travelseal/travelseal/internal/vectors"
	"github.com/travelseal/travelseal/scan"
	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/verify"
)

// TestEUDCC runs every case of the format eu-dcc: text and pictures, decoding, signature, dates, schema, key usage,
// payload and outcome.
func TestEUDCC(t *testing.T) {
	cases := vectors.Health(t, "eu-dcc")
	list, ran, used := readListing(t), make(map[string]bool), make(map[string]bool)
	tests := 0
	for _, vc := range cases {
		t.Run(vc.ID, func(t *testing.T) {
			ran[vc.ID] = true
			c := &comparison{t: t, id: vc.ID, list: list, used: used}
			compareDCC(c, vc)
			tests += c.tests
		})
	}
	list.unused(t, ran, used)
	t.Logf("%d cases, %d expectations compared, %d of them listed as disagreements", len(cases), tests, len(used))
}

func compareDCC(c *comparison, vc vectors.Case) {
	t, e := c.t, vc.Expect
	in, found := payload(c, vc)
	if !found {
		return
	}
	r, d := inspect(t, vc, in)
	if e.Decode != nil {
		c.same("decode", (d.Status != verify.Unreadable) == *e.Decode, "decodes: %v, expected %v (%v)", d.Status != verify.Unreadable, *e.Decode, d.Findings)
	}
	if d.Status == verify.Unreadable {
		if e.Outcome != nil {
			c.same("outcome", *e.Outcome == "invalid" && r.Verdict != verify.Accept, "unreadable, expected %s", *e.Outcome)
		}
		return
	}
	if e.Signature != nil {
		c.same("signature", (d.Seals[0].State == verify.Holds) == *e.Signature, "the seal %v, expected %v (%v)", d.Seals[0].State, *e.Signature, codes(d))
	}
	if e.Expired != nil {
		c.same("expired", (has(d, verify.TimeExpired) || has(d, verify.TimeNotYetValid)) == *e.Expired, "expected %v (%v)", *e.Expired, codes(d))
	}
	if e.Schema != nil {
		c.same("schema", keepsSchema(d) == *e.Schema, "expected %v (%v)", *e.Schema, d.Findings)
	}
	if e.KeyUsage != nil && vc.Trust != nil {
		// A wrong key use makes a document untrusted, never invalid.
		untrusted := has(d, verify.SealWrongUse) && d.Status == verify.Untrusted
		c.same("key_usage", untrusted == !*e.KeyUsage, "expected %v: %s (%v)", *e.KeyUsage, d.Status, codes(d))
	}
	if e.Payload != nil && string(e.Payload) != "null" && e.PayloadScope == "" {
		comparePayload(c, vc, in)
	}
	if e.Outcome != nil {
		compareOutcome(c, vc, d)
	}
}

// compareOutcome compares the source's word with the verdict. "invalid" is Reject where there is proof; for the one
// reason that is not proof, a key of the wrong use, it is untrusted and Refer.
func compareOutcome(c *comparison, vc vectors.Case, d verify.DocumentReport) {
	e := vc.Expect
	outcomes := e.AcceptOutcomes
	if len(outcomes) == 0 {
		outcomes = []string{*e.Outcome}
	}
	agrees := false
	for _, o := range outcomes {
		switch o {
		case "valid":
			agrees = agrees || d.Verdict == verify.Accept
		case "invalid":
			wrongUse := e.KeyUsage != nil && !*e.KeyUsage && d.Status == verify.Untrusted && d.Verdict == verify.Refer
			agrees = agrees || d.Verdict == verify.Reject || wrongUse
		case "unverifiable":
			agrees = agrees || (d.Verdict == verify.Refer && d.Status == verify.Untrusted)
		}
	}
	c.same("outcome", agrees, "%s, %s; expected %v (%v)", d.Status, d.Verdict, outcomes, d.Findings)
}

// payload gives the Input of a case: its text, or what its picture reads as.
func payload(c *comparison, vc vectors.Case) (formats.Input, bool) {
	t, e := c.t, vc.Expect
	if vc.Input.File == "" {
		return formats.Text(vc.Input.Text), true
	}
	if vc.ScanHard {
		t.Skip("marked as hard to scan: a matter of the picture reader")
	}
	symbols, err := scan.Read(context.Background(), vc.File(t, vc.Input.File), scan.Limits{})
	read := err == nil && len(symbols) > 0
	if e.PictureDecode != nil {
		c.same("picture_decode", read == *e.PictureDecode, "the picture reads: %v (%v), expected %v", read, err, *e.PictureDecode)
	} else if e.Decode == nil || *e.Decode {
		c.same("picture", read, "%v", err)
	}
	if !read {
		return formats.Input{}, false
	}
	inputs := scan.Inputs("picture", symbols)
	if e.QRText != "" {
		i := slices.IndexFunc(inputs, func(in formats.Input) bool { return string(in.Files[0].Data) == e.QRText })
		c.same("qr_text", i >= 0, "none of the %d codes reads as expected", len(inputs))
		if i >= 0 {
			return inputs[i], true
		}
	}
	return inputs[0], true
}

// inspect checks a case at its own clock, with its own trust and an undated list.
func inspect(t *testing.T, vc vectors.Case, in formats.Input) (*verify.Report, verify.DocumentReport) {
	at, stated, err := vc.Clock()
	if err != nil {
		t.Fatal(err)
	}
	if !stated {
		at = clockOf(in)
	}
	set := all.Set()
	v, err := verify.New(verify.Config{
		Formats: set, Trust: trustOf(t, vc), Policy: verify.DefaultPolicy(set.IDs()...), Now: func() time.Time { return at },
	})
	if err != nil {
		t.Fatal(err)
	}
	r := v.Inspect(context.Background(), []formats.Input{in})
	return r, r.Documents[0]
}

// clockOf is the clock of a case that states none: an hour after the document says that it was issued.
func clockOf(in formats.Input) time.Time {
	doc, err := hcert.Format.Decode(in, formats.Options{})
	if err != nil {
		return time.Date(2021, 7, 1, 0, 0, 0, 0, time.UTC)
	}
	return doc.Validity.IssuedAt.Add(time.Hour)
}

// trustOf writes the case's trust material to files and loads it as a user would.
func trustOf(t *testing.T, vc vectors.Case) *trustlist.Snapshot {
	t.Helper()
	if vc.Trust == nil {
		return nil
	}
	dir := t.TempDir()
	for i, pem := range vc.Trust.CertsPEM {
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%d.pem", i)), []byte(pem), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var anchors []map[string]any
	for kid, keys := range vc.Trust.SPKIByKID {
		for _, k := range keys {
			anchors = append(anchors, map[string]any{"key_id": kid, "spki": k, "scope": []string{"eu-dcc"}})
		}
	}
	if anchors != nil {
		b, err := json.Marshal(map[string]any{"schema": trustlist.Schema, "anchors": anchors})
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, "list.json"), b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	list, err := trustlist.Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range list.Dropped() {
		t.Logf("dropped: %s: %s", d.Item, d.Reason)
	}
	return list
}

func has(d verify.DocumentReport, code verify.Code) bool {
	return slices.ContainsFunc(d.Findings, func(f verify.Finding) bool { return f.Code == code })
}

// keepsSchema reports whether the content keeps the schema to the letter; a tolerated departure does not.
func keepsSchema(d verify.DocumentReport) bool {
	for _, f := range d.Findings {
		if f.Code == verify.ContentSchema || f.Code == verify.DecodeTolerant && strings.Contains(f.Detail, "(partial-birth-date)") {
			return false
		}
	}
	return true
}

func codes(d verify.DocumentReport) []verify.Code {
	var list []verify.Code
	for _, f := range d.Findings {
		list = append(list, f.Code)
	}
	return list
}
