package conformance

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/all"
	"github.com/travelseal/travelseal/formats/nzcp"
	"github.com/travelseal/travelseal/internal/vectors"
	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/verify"
)

// TestNZCP runs every case of a New Zealand COVID Pass: decoding, signature, dates, payload and outcome.
func TestNZCP(t *testing.T) {
	cases := vectors.Health(t, "nzcp")
	list, ran, used := readListing(t), make(map[string]bool), make(map[string]bool)
	tests := 0
	for _, vc := range cases {
		t.Run(vc.ID, func(t *testing.T) {
			ran[vc.ID] = true
			c := &comparison{t: t, id: vc.ID, list: list, used: used}
			compareNZCP(c, vc)
			tests += c.tests
		})
	}
	list.unused(t, ran, used)
	t.Logf("%d cases, %d expectations compared, %d of them listed as disagreements", len(cases), tests, len(used))
}

func compareNZCP(c *comparison, vc vectors.Case) {
	t, e := c.t, vc.Expect
	in := formats.Text(vc.Input.Text)
	at, stated, err := vc.Clock()
	if err != nil || !stated {
		t.Fatalf("the case states no clock: %v", err)
	}
	d := inspectAs(t, nzcp.Format, loadText(t, didList(t, vc.Trust)), at, in)
	if e.Decode != nil {
		c.same("decode", (d.Status != verify.Unreadable) == *e.Decode, "decodes: %v, expected %v (%v)", d.Status != verify.Unreadable, *e.Decode, d.Findings)
	}
	if d.Status == verify.Unreadable {
		if e.Outcome != nil {
			c.same("outcome", *e.Outcome == "invalid", "unreadable, expected %s", *e.Outcome)
		}
		return
	}
	if e.Signature != nil {
		c.same("signature", (d.Seals[0].State == verify.Holds) == *e.Signature, "the seal %v, expected %v (%v)", d.Seals[0].State, *e.Signature, codes(d))
	}
	if e.Expired != nil {
		c.same("expired", (has(d, verify.TimeExpired) || has(d, verify.TimeNotYetValid)) == *e.Expired, "expected %v (%v)", *e.Expired, codes(d))
	}
	if e.NotActive != nil {
		c.same("not_active", has(d, verify.TimeNotYetValid) == *e.NotActive, "expected %v (%v)", *e.NotActive, codes(d))
	}
	if e.Payload != nil {
		comparePass(c, vc)
	}
	if e.Outcome != nil {
		compareOutcome(c, vc, d)
	}
}

// comparePass compares the credential that the case expects with the Claims. The contexts are not among them: that there
// is no breach says that they are those of a pass.
func comparePass(c *comparison, vc vectors.Case) {
	doc, err := nzcp.Format.Decode(formats.Text(vc.Input.Text), formats.Options{})
	if err != nil {
		c.t.Fatal(err)
	}
	var want struct {
		Version string
		Type    []string
		Subject struct{ GivenName, FamilyName, DOB string } `json:"credentialSubject"`
	}
	if err := json.Unmarshal(vc.Expect.Payload, &want); err != nil {
		c.t.Fatal(err)
	}
	claims := doc.Parts[0].Unverified
	name := claims.Subjects[0].Names[0]
	got := []string{name.Given, name.Family, claims.Subjects[0].Birth.String(), claims.Extra[0].Value, claims.Extra[1].Value}
	expected := []string{want.Subject.GivenName, want.Subject.FamilyName, want.Subject.DOB, want.Type[1], want.Version}
	c.same("payload", reflect.DeepEqual(got, expected) && len(doc.Checks) == 0, "read as %q, expected %q (%v)", got, expected, doc.Checks)
}

// didList writes DID documents as a trust list of the project's own form: the issuer is the document's id, and the key
// identifier what follows it in the id of a key (NZCP, "Issuer Identifier").
func didList(t *testing.T, trust *vectors.Trust) []byte {
	t.Helper()
	anchors := []map[string]any{}
	for _, raw := range trust.DIDDocuments {
		var doc struct {
			ID                 string
			VerificationMethod []struct {
				ID           string
				PublicKeyJWK json.RawMessage
			}
			AssertionMethod []string
		}
		if err := json.Unmarshal(raw, &doc); err != nil {
			t.Fatal(err)
		}
		for _, m := range doc.VerificationMethod {
			keyID, ok := strings.CutPrefix(m.ID, doc.ID+"#")
			if !ok {
				t.Fatalf("the key %s is not one of %s", m.ID, doc.ID)
			}
			anchors = append(anchors, map[string]any{
				"issuer": doc.ID, "key_id": base64.StdEncoding.EncodeToString([]byte(keyID)), "jwk": m.PublicKeyJWK, "scope": []string{"nzcp"},
			})
		}
	}
	b, err := json.Marshal(map[string]any{"schema": trustlist.Schema, "anchors": anchors})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// loadText loads trust material as a user would, from one file; nil trusts nobody.
func loadText(t *testing.T, text []byte) *trustlist.Snapshot {
	t.Helper()
	if text == nil {
		return nil
	}
	name := filepath.Join(t.TempDir(), "trust")
	if err := os.WriteFile(name, text, 0o600); err != nil {
		t.Fatal(err)
	}
	list, err := trustlist.Load(name)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range list.Dropped() {
		t.Logf("dropped: %s: %s", d.Item, d.Reason)
	}
	return list
}

// inspectAs checks one document among all formats, the given one with them.
func inspectAs(t *testing.T, f formats.Format, trust *trustlist.Snapshot, at time.Time, in formats.Input) verify.DocumentReport {
	t.Helper()
	list := all.Formats()
	if _, listed := all.Set().Lookup(f.ID); !listed {
		list = append(list, f)
	}
	set, err := formats.NewSet(list...)
	if err != nil {
		t.Fatal(err)
	}
	v, err := verify.New(verify.Config{
		Formats: set, Trust: trust, Policy: verify.DefaultPolicy(set.IDs()...), Now: func() time.Time { return at },
	})
	if err != nil {
		t.Fatal(err)
	}
	return v.Inspect(context.Background(), []formats.Input{in}).Documents[0]
}
