package hcert_test

import (
	"bytes"
	"reflect"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/hcert"
	"github.com/travelseal/travelseal/internal/mint"
)

func TestHandlesAreThoseOfTheRevocationLists(t *testing.T) {
	uci := "URN:UVCI:01:UT:4QX7HB2M9WKD"
	handle := func(kind, data string) formats.Handle { return formats.Handle{Kind: kind, Data: []byte(data)} }
	var both []formats.Handle
	for _, id := range []string{uci, "01:UT:4QX7HB2M9WKD", "urn:uvci:01:UT:4QX7HB2M9WKD"} {
		both = append(both, handle("dcc.uci", id), handle("dcc.countrycode_uci", "UT"+id))
	}
	both = both[:len(both):len(both)]
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
	if h := doc.Handles; len(h) != 9 || string(h[6].Data) != "URN:2" || string(h[7].Data) != "UTURN:2" {
		t.Errorf("%q", h)
	}
}

// Whichever of its spellings a list has hashed, an identifier is found.
func TestAnIdentifierIsFoundInEverySpelling(t *testing.T) {
	spelled := func(id string) map[string]bool {
		found := make(map[string]bool)
		for _, h := range decode(t, vaccination().Set(mint.Text(id), "v", 0, "ci"), formats.Options{}).Handles {
			if h.Kind == hcert.HandleUCI {
				if found[string(h.Data)] {
					t.Errorf("%s: %q twice", id, h.Data)
				}
				found[string(h.Data)] = true
			}
		}
		return found
	}
	for id, listed := range map[string][]string{
		"URN:UVCI:01:UT:4QX7HB#K": {"01:UT:4QX7HB#K", "01:UT:4QX7HB", "URN:UVCI:01:UT:4QX7HB", "urn:uvci:01:UT:4QX7HB#K"},
		"urn:uvci:01:ut:4qx7hb":   {"URN:UVCI:01:UT:4QX7HB", "01:UT:4QX7HB", "urn:uvci:01:UT:4QX7HB", "01:ut:4qx7hb"},
		"urn:uvci:01:UT:4QX7HB":   {"URN:UVCI:01:UT:4QX7HB", "01:UT:4QX7HB"},
		"01/UT/18/4QX7HB":         {"URN:UVCI:01/UT/18/4QX7HB"},
		"01UT/4QX7HB#9":           {"URN:UVCI:01UT/4QX7HB#9", "URN:UVCI:01UT/4QX7HB", "01UT/4QX7HB"},
		"Urn:Uvci:01:UT:4QX7HB##": {"URN:UVCI:01:UT:4QX7HB##", "URN:UVCI:01:UT:4QX7HB"},
	} {
		found := spelled(id)
		for _, l := range append(listed, id) {
			if !found[l] {
				t.Errorf("%s: %s is not among %v", id, l, found)
			}
		}
		if len(found) > 12 {
			t.Errorf("%s: %d spellings", id, len(found))
		}
	}
	// Other identifiers are what they are: two that differ in case or behind a "#" may be two people's.
	for _, id := range []string{"6fhkn4275xt78akvs7bh62", "b54599fc-038c-45d7", "URN:UVCI:V1:UT:ab", "01", "URN:UVCI:", "01:UT:ä", "01:UT:A B", "X1:UT:AB#K", "urn:uuid:01ab"} {
		if found := spelled(id); len(found) != 1 || !found[id] {
			t.Errorf("%s: %v", id, found)
		}
	}
	if found := spelled("01:UT:AB#KK"); found["01:UT:AB"] || found["01:UT:AB#K"] {
		t.Errorf("two check characters are dropped: %v", found)
	}
}
