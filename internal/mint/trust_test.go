package mint_test

import (
	"bytes"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"reflect"
	"testing"
	"time"

	"github.com/travelseal/travelseal/internal/mint"
)

func TestTrustHoldsEachSignerOnceAndNoOtherKey(t *testing.T) {
	signers := mint.Utopia().Signers()
	files := mint.Trust()
	if len(files) != len(signers) {
		t.Fatalf("%d files for %d signers", len(files), len(signers))
	}
	for i, s := range signers {
		block, _ := pem.Decode(files[i].PEM)
		if files[i].Name != s.Name+".pem" || block == nil || !bytes.Equal(block.Bytes, s.Cert) {
			t.Errorf("%s holds another certificate than that of %s", files[i].Name, s.Name)
		}
	}
}

func TestATrustListHasTheMembersThatWereAskedFor(t *testing.T) {
	s := mint.Fresh("listed")
	s.KID = []byte("another!")
	at := func(year int) time.Time { return time.Date(year, 2, 3, 4, 5, 6, 0, time.UTC) }
	spki, err := x509.MarshalPKIXPublicKey(s.Key.Public())
	if err != nil {
		t.Fatal(err)
	}
	b64 := base64.StdEncoding.EncodeToString
	list := mint.TrustJSON(at(2026), mint.Anchors(s)[0], mint.Anchor{
		Signer: s, KeyOnly: true, Issuer: "https://example.org", Country: "UT", Scope: []string{"eu-dcc"}, Uses: []string{"test"},
		NotBefore: at(2025), NotAfter: at(2030), RevokedAt: at(2027), SourceName: "a list", SourceDate: at(2024),
	})
	want := map[string]any{
		"schema": "travelseal.trust/1", "created": "2026-02-03T04:05:06Z",
		"anchors": []any{
			map[string]any{"key_id": b64([]byte("another!")), "certificate": b64(s.Cert)},
			map[string]any{
				"key_id": b64([]byte("another!")), "spki": b64(spki), "issuer": "https://example.org", "country": "UT",
				"scope": []any{"eu-dcc"}, "uses": []any{"test"}, "not_before": "2025-02-03T04:05:06Z", "not_after": "2030-02-03T04:05:06Z",
				"revoked_at": "2027-02-03T04:05:06Z", "source": map[string]any{"name": "a list", "date": "2024-02-03T04:05:06Z"},
			},
		},
	}
	var got map[string]any
	if err := json.Unmarshal(list, &got); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %s", list)
	}
}

func TestAnEmptyTrustListIsAList(t *testing.T) {
	want := "{\n  \"schema\": \"travelseal.trust/1\",\n  \"anchors\": []\n}\n"
	if got := string(mint.TrustJSON(time.Time{})); got != want {
		t.Errorf("got %s", got)
	}
}
