package hcert_test

import (
	"bytes"
	"reflect"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/mint"
)

func TestHandlesAreThoseOfTheRevocationLists(t *testing.T) {
	uci := "URN:UVCI:01:UT:4QX7HB2M9WKD"
	handle := func(kind, data string) formats.Handle { return formats.Handle{Kind: kind, Data: []byte(data)} }
	both := []formats.Handle{handle("dcc.uci", uci), handle("dcc.countrycode_uci", "UT"+uci)}
	signature := func(h mint.HCERT) string { return string(h.Build().Signature) }
	p384, rsa := mint.Vaccination(utopia.AnyUse), mint.Vaccination(utopia.RSA)
	for name, c := range map[string]struct {
		doc  mint.HCERT
		want []formats.Handle
	}{
		"ES256":              {vaccination(), append(both, handle("dcc.signature", signature(vaccination())[:32]))},
		"ES384":              {p384, append(both, handle("dcc.signature", signature(p384)[:48]))},
		"PS256":              {rsa, append(both, handle("dcc.signature", signature(rsa)))},
		"without identifier": {vaccination().Drop("v", 0, "ci"), []formats.Handle{handle("dcc.signature", signature(vaccination().Drop("v", 0, "ci"))[:32])}},
	} {
		if got := decode(t, c.doc, formats.Options{}).Handles; !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}

// Anyone can turn (r, s) into (r, n-s), which verifies too: the handle must not change with it.
func TestTheMirroredSignatureHasTheSameHandle(t *testing.T) {
	mirrored := vaccination()
	mirrored.Hooks.Signature = mint.Mirrored
	got, want := decode(t, mirrored, formats.Options{}), decode(t, vaccination(), formats.Options{})
	if bytes.Equal(got.Seals[0].Signature, want.Seals[0].Signature) {
		t.Fatal("the signature was not changed")
	}
	if !reflect.DeepEqual(got.Handles, want.Handles) {
		t.Errorf("got %q, want %q", got.Handles, want.Handles)
	}
}

func TestEveryEntryHasItsHandles(t *testing.T) {
	entry, _ := mint.Get(vaccination().DCC(), "v", 0)
	two := inVersion(vaccination(), "1.2.1").Set(mint.Set(entry, mint.Text("URN:2"), "ci"), "v", 1)
	doc := decode(t, two, formats.Options{})
	if h := doc.Handles; len(h) != 5 || string(h[2].Data) != "URN:2" || string(h[3].Data) != "UTURN:2" {
		t.Errorf("%q", h)
	}
}
