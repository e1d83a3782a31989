package conformance

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"encoding/base64"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/all"
	"github.com/travelseal/travelseal/formats/shc"
	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/internal/vectors"
	"github.com/travelseal/travelseal/scan"
	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/verify"
)

// exampleIssuer is the issuer whose published keys the cases of SMART Health Cards trust.
const exampleIssuer = "https://spec.smarthealth.cards/examples/issuer"

// TestSHC runs every case of the format shc: codes, chunks, files, bare JWS and pictures, and payloads and bundles in a
// minted envelope.
func TestSHC(t *testing.T) {
	cases := vectors.Health(t, "shc")
	list, ran, used := readListing(t), make(map[string]bool), make(map[string]bool)
	tests := 0
	for _, vc := range cases {
		t.Run(vc.ID, func(t *testing.T) {
			ran[vc.ID] = true
			c := &comparison{t: t, id: vc.ID, list: list, used: used}
			compareSHC(c, vc)
			tests += c.tests
		})
	}
	list.unused(t, ran, used)
	t.Logf("%d cases, %d expectations compared, %d of them listed as disagreements", len(cases), tests, len(used))
}

func compareSHC(c *comparison, vc vectors.Case) {
	inputs, signer := cardInputs(c, vc)
	if inputs == nil {
		return
	}
	set := setWith(c.t, shc.Format)
	inputs = set.Group(inputs)
	at := cardClock(c.t, vc, inputs)
	v, err := verify.New(verify.Config{
		Formats: set, Trust: cardTrust(c.t, vc, signer), Policy: verify.DefaultPolicy(set.IDs()...), Now: func() time.Time { return at },
	})
	if err != nil {
		c.t.Fatal(err)
	}
	r := v.Inspect(context.Background(), inputs)
	for _, d := range r.Documents { // of a file of several cards, each
		compareCard(c, vc, d, r.Verdict)
	}
	if vc.Expect.Payload != nil && vc.Expect.PayloadScope == "" {
		doc, err := shc.Format.Decode(inputs[0], formats.Options{})
		if err != nil {
			c.t.Fatal(err)
		}
		compareFHIR(c, vc, doc)
	}
}

func compareCard(c *comparison, vc vectors.Case, d verify.DocumentReport, verdict verify.Verdict) {
	e := vc.Expect
	unreadable := d.Status == verify.Unreadable
	if e.Decode != nil {
		c.same("decode", !unreadable == *e.Decode, "decodes: %v, expected %v (%v)", !unreadable, *e.Decode, d.Findings)
	}
	if unreadable {
		if e.Outcome != nil {
			c.same("outcome", *e.Outcome == "invalid" && verdict != verify.Accept, "unreadable, expected %s", *e.Outcome)
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
		kept := !has(d, verify.ContentSchema) && !has(d, verify.DecodeTolerant)
		c.same("schema", kept == *e.Schema, "expected %v (%v)", *e.Schema, d.Findings)
	}
	if e.Outcome != nil {
		want := map[string]verify.Verdict{"valid": verify.Accept, "invalid": verify.Reject}[*e.Outcome]
		c.same("outcome", d.Verdict == want, "%s, %s; expected %s (%v)", d.Status, d.Verdict, *e.Outcome, d.Findings)
	}
}

// setWith is every format, and one more where it is not among them.
func setWith(t *testing.T, more formats.Format) *formats.Set {
	t.Helper()
	set := all.Set()
	if _, listed := set.Lookup(more.ID); listed {
		return set
	}
	set, err := formats.NewSet(append(all.Formats(), more)...)
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// cardInputs gives the Inputs of a case. A payload and a bundle are no documents: they are put into a minted envelope,
// whose signer is then trusted beside the case's own keys.
func cardInputs(c *comparison, vc vectors.Case) ([]formats.Input, *mint.Signer) {
	switch {
	case vc.Input.Kind == "jwspayload" || vc.Input.Kind == "fhirbundle":
		s := mint.CardSigner("conformance")
		card := mint.VaccinationCard(s)
		if vc.Input.Kind == "jwspayload" {
			card.Hooks.JSON = func(string) string { return vc.Input.Text }
		} else {
			card = card.Set(exampleIssuer, "iss").Set(1600000000, "nbf").Set(mint.JSONRaw(vc.Input.Text), "vc", "credentialSubject", "fhirBundle")
		}
		return []formats.Input{formats.Text(card.Build().Token)}, &s
	case vc.Input.Text != "":
		return []formats.Input{formats.Text(vc.Input.Text)}, nil
	case vc.Input.Texts != nil:
		var inputs []formats.Input
		for _, text := range vc.Input.Texts {
			inputs = append(inputs, formats.Text(text))
		}
		return inputs, nil
	}
	var inputs []formats.Input
	for _, name := range append(vc.Input.Files, vc.Input.File) {
		if name == "" {
			continue
		}
		symbols, err := scan.Read(context.Background(), vc.File(c.t, name), scan.Limits{})
		if vc.Expect.Decode != nil {
			c.same("picture", err == nil && len(symbols) > 0, "%v", err)
		}
		if err != nil {
			return nil, nil
		}
		inputs = append(inputs, scan.Inputs(name, symbols)...)
	}
	return inputs, nil
}

// cardClock is the case's clock, or an hour after the card was issued where the case states none.
func cardClock(t *testing.T, vc vectors.Case, inputs []formats.Input) time.Time {
	t.Helper()
	at, stated, err := vc.Clock()
	if err != nil {
		t.Fatal(err)
	}
	if stated {
		return at
	}
	doc, err := shc.Format.Decode(inputs[0], formats.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return doc.Validity.IssuedAt.Add(time.Hour)
}

// cardTrust writes the case's keys as those of the example issuer, and loads them as a user would. Members of the keys that
// a trust list does not have, such as the number of the issuer's revocation list, are left out.
func cardTrust(t *testing.T, vc vectors.Case, signer *mint.Signer) *trustlist.Snapshot {
	t.Helper()
	var set struct{ Keys []map[string]any }
	if err := json.Unmarshal(vc.Trust.JWKS, &set); err != nil {
		t.Fatal(err)
	}
	var anchors []map[string]any
	for _, k := range set.Keys {
		jwk := make(map[string]any)
		for _, name := range []string{"kty", "crv", "x", "y", "use", "alg", "kid"} {
			jwk[name] = k[name]
		}
		anchors = append(anchors, map[string]any{"issuer": exampleIssuer, "key_id": []byte(k["kid"].(string)), "jwk": jwk, "scope": []string{"shc"}})
	}
	b, err := json.Marshal(map[string]any{"schema": trustlist.Schema, "anchors": anchors})
	if err != nil {
		t.Fatal(err)
	}
	files := [][]byte{b}
	if signer != nil {
		files = append(files, mint.TrustJSON(time.Time{}, mint.Anchor{Signer: *signer, KeyOnly: true, Issuer: exampleIssuer, Scope: []string{"shc"}}))
	}
	dir := t.TempDir()
	for i, data := range files {
		if err := os.WriteFile(filepath.Join(dir, string(rune('a'+i))), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	list, err := trustlist.Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// TestSHCKeys runs the cases of an issuer's published keys, as far as verification goes: whether each key of the set can be
// an anchor for ES256.
func TestSHCKeys(t *testing.T) {
	cases := vectors.Health(t, "shc-jwks")
	list, ran, used := readListing(t), make(map[string]bool), make(map[string]bool)
	for _, vc := range cases {
		t.Run(vc.ID, func(t *testing.T) {
			ran[vc.ID] = true
			c := &comparison{t: t, id: vc.ID, list: list, used: used}
			usable := keysAreUsable(t, vc.Input.Text)
			c.same("outcome", usable == (*vc.Expect.Outcome == "valid"), "usable: %v, expected %s", usable, *vc.Expect.Outcome)
		})
	}
	list.unused(t, ran, used)
}

// keysAreUsable reports whether every key of a set is taken as an anchor. Of its members, those that a trust list has
// another place for are left out: the chain and the number of the revocation list.
func keysAreUsable(t *testing.T, set string) bool {
	t.Helper()
	var keys struct {
		Keys []map[string]any `json:"keys"`
	}
	if err := json.NewDecoder(strings.NewReader(set)).Decode(&keys); err != nil {
		t.Fatal(err)
	}
	for _, k := range keys.Keys {
		delete(k, "x5c")
		delete(k, "crlVersion")
		b, err := json.Marshal(map[string]any{"schema": trustlist.Schema, "anchors": []any{map[string]any{
			"issuer": exampleIssuer, "key_id": base64.StdEncoding.EncodeToString([]byte(k["kid"].(string))), "jwk": k, "scope": []string{"shc"},
		}}})
		if err != nil {
			t.Fatal(err)
		}
		name := filepath.Join(t.TempDir(), "list.json")
		if err := os.WriteFile(name, b, 0o600); err != nil {
			t.Fatal(err)
		}
		loaded, err := trustlist.Load(name)
		if err != nil || len(loaded.Anchors()) != 1 {
			t.Logf("not taken: %v", err)
			return false
		}
		if key, ok := loaded.Anchors()[0].Key.(*ecdsa.PublicKey); !ok || key.Curve != elliptic.P256() {
			return false
		}
	}
	return true
}
