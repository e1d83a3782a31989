package attacks_test

import (
	"crypto"
	"crypto/sha256"
	"crypto/x509"
	"encoding/json"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/verify"
)

// badKID is the key identifier of the keys that a list must not take in.
var badKID = []byte("bad key!")

// entry is an anchor of a trust list with one member of our own choice: spki, jwk or certificate.
func entry(member string, value any) map[string]any {
	return map[string]any{"key_id": badKID, member: value}
}

// raw writes a trust list of entries as they stand.
func raw(t *testing.T, entries ...map[string]any) []byte {
	t.Helper()
	data, err := json.Marshal(map[string]any{"schema": trustlist.Schema, "created": created, "anchors": entries})
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// revocations is a trust list that has no keys and revokes one document.
func revocations(kind string, handle []byte) []byte { return revocationsBefore(kind, handle, "") }

// revocationsBefore is revocations for the documents that were issued before a moment.
func revocationsBefore(kind string, handle []byte, moment string) []byte {
	hash := sha256.Sum256(handle)
	entry := map[string]any{"kind": kind, "hash": hash[:trustlist.HashSize]}
	if moment != "" {
		entry["issued_before"] = moment
	}
	data, err := json.Marshal(map[string]any{
		"schema": trustlist.Schema, "created": created, "anchors": []any{},
		"revocations": map[string]any{"created": created, "entries": []any{entry}},
	})
	if err != nil {
		panic(err) // nothing in it can fail
	}
	return data
}

func spkiOf(t *testing.T, key crypto.PublicKey) []byte {
	t.Helper()
	der, err := x509.MarshalPKIXPublicKey(key)
	if err != nil {
		t.Fatal(err)
	}
	return der
}

// refusesKey demands that a list leaves a key out and says so, and that a document by it is then untrusted.
func refusesKey(t *testing.T, name string, e map[string]any, h mint.HCERT, words ...string) {
	t.Helper()
	trust := load(t, list(mint.Anchors(ut.Recovery)...), raw(t, e))
	dropped := trust.Dropped()
	if len(dropped) != 1 || len(trust.Anchors()) != 1 {
		t.Fatalf("%s: %d keys, left out %v", name, len(trust.Anchors()), dropped)
	}
	for _, w := range words {
		if !strings.Contains(dropped[0].Reason, w) {
			t.Errorf("%s: the reason %q does not say %q", name, dropped[0].Reason, w)
		}
	}
	demand(t, verifier(t, trust, formats.Options{}), name, formats.Text(h.Build().Text), untrusted(verify.SealSignerUnknown))
}
