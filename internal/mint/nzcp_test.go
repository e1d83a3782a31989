package mint_test

import (
	"crypto"
	"encoding/base32"
	"encoding/json"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/internal/mint"
)

func TestAPassIsTheTokenInBase32(t *testing.T) {
	p := mint.NZCP(mint.PassSigner("key-1"))
	b := p.Build()
	encoded, ok := strings.CutPrefix(b.Text, "NZCP:/1/")
	if !ok || strings.Contains(encoded, "=") {
		t.Fatalf("the text is %s", b.Text)
	}
	token, err := base32.StdEncoding.DecodeString(encoded + strings.Repeat("=", (8-len(encoded)%8)%8))
	if err != nil || string(token) != string(b.COSE) {
		t.Errorf("%v: %x", err, token)
	}
	// Tag 18, an array of four, a protected header of kid "key-1" and alg -7.
	if want := "\xd2\x84\x4a\xa2\x04\x45key-1\x01\x26\xa0"; !strings.HasPrefix(string(b.COSE), want) {
		t.Errorf("the message begins with %x", b.COSE[:len(want)])
	}
	if !verifies(p.Token.Signer.Leaf.PublicKey, crypto.SHA256, toBeSigned(b.Protected, b.Claims), b.Signature) {
		t.Error("the signature does not hold")
	}
}

func TestThePaddedCaseHasPadding(t *testing.T) {
	for _, c := range mint.NZCPCases() {
		if c.Name == "padded" && !strings.HasSuffix(c.Text, "=") {
			t.Error("the text of the pass is of whole groups: change what is in it")
		}
	}
}

func TestAKeyOfPassesIsNamed(t *testing.T) {
	var list struct {
		Anchors []struct {
			Issuer string   `json:"issuer"`
			KeyID  []byte   `json:"key_id"`
			SPKI   []byte   `json:"spki"`
			Scope  []string `json:"scope"`
		} `json:"anchors"`
	}
	if err := json.Unmarshal(mint.NZCPTrust(), &list); err != nil || len(list.Anchors) != 2 {
		t.Fatalf("%v: %+v", err, list)
	}
	for i, want := range []string{"key-1", "key-2"} {
		a := list.Anchors[i]
		if a.Issuer != mint.PassIssuer || string(a.KeyID) != want || len(a.SPKI) == 0 || len(a.Scope) != 1 || a.Scope[0] != "nzcp" {
			t.Errorf("%+v", a)
		}
	}
}

// wants demands names of their own, texts of their own, and outcomes that go together.
func wants(t *testing.T, cases []mint.Case) {
	t.Helper()
	names, texts := map[string]bool{}, map[string]string{}
	for _, c := range cases {
		if names[c.Name] || texts[c.Text] != "" || c.About == "" {
			t.Errorf("%s: the name or the text is another's (%s), or nothing says what it is", c.Name, texts[c.Text])
		}
		names[c.Name], texts[c.Text] = true, c.Name
		if (c.Want.Verdict == "accept") != (c.Want.Code == "") || c.Want.Verdict == "accept" && c.Want.Status != "authentic" {
			t.Errorf("%s: %+v", c.Name, c.Want)
		}
	}
}

func TestPassesHaveNamesOfTheirOwn(t *testing.T) { wants(t, mint.NZCPCases()) }
func TestSealsHaveNamesOfTheirOwn(t *testing.T)  { wants(t, mint.VDSNCCases()) }
