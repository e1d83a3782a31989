package mint_test

import (
	"bytes"
	"crypto"
	"encoding/base64"
	"encoding/json"
	"reflect"
	"testing"

	"github.com/travelseal/travelseal/internal/mint"
)

// The canonical form of a proof of vaccination, written by hand.
const canonicalVaccination = `{"hdr":{"is":"UTO","t":"icao.vacc","v":1},"msg":{` +
	`"pid":{"ai":"L4567890Z","dob":"1984-07-19","i":"UT7042681","n":"ACHTERBERG LINDQVIST  MAREN ZOE","sex":"F"},"uvci":"4QX7HB2M9WKD",` +
	`"ve":[{"des":"XM68M6","dis":"RA01.0","nam":"Comirnaty","vd":[` +
	`{"adm":"Harbour Clinic","ctr":"UTO","dvc":"2025-09-05","dvn":"2025-10-03","lot":"VC35679","seq":1},` +
	`{"adm":"Harbour Clinic","ctr":"UTO","dvc":"2025-10-03","lot":"VC87540","seq":2}]}]}}`

func TestASealIsSignedInTheCanonicalForm(t *testing.T) {
	for _, s := range mint.BarcodeSigners() {
		v := mint.ProofOfVaccination(s)
		b := v.Build()
		if string(b.Canonical) != canonicalVaccination {
			t.Errorf("got  %s\nwant %s", b.Canonical, canonicalVaccination)
		}
		hash := map[mint.Alg]crypto.Hash{mint.ES256: crypto.SHA256, mint.ES384: crypto.SHA384}[s.Alg]
		if !verifies(s.Leaf.PublicKey, hash, []byte(canonicalVaccination), b.Signature) {
			t.Errorf("%s: the signature does not hold", s.Name)
		}
	}
}

func TestTheTextHoldsWhatWasSigned(t *testing.T) {
	for name, v := range map[string]mint.VDSNC{
		"vaccination": mint.ProofOfVaccination(mint.BarcodeSigners()[0]), "test": mint.ProofOfTesting(mint.BarcodeSigners()[0]),
	} {
		for _, unpadded := range []bool{false, true} {
			v.Unpadded = unpadded
			b := v.Build()
			var text struct {
				Data json.RawMessage
				Sig  struct{ Alg, Cer, Sigvl string }
			}
			if err := json.Unmarshal([]byte(b.Text), &text); err != nil {
				t.Fatalf("%s: %v: %s", name, err, b.Text)
			}
			var data, signed any
			if err := json.Unmarshal(text.Data, &data); err != nil {
				t.Fatal(err)
			}
			if err := json.Unmarshal(b.Canonical, &signed); err != nil || !reflect.DeepEqual(data, signed) {
				t.Errorf("%s: %v: %v and %v", name, err, data, signed)
			}
			encoding := base64.URLEncoding
			if unpadded {
				encoding = base64.RawURLEncoding
			}
			cer, err := encoding.DecodeString(text.Sig.Cer)
			if err != nil || !bytes.Equal(cer, v.Signer.Cert) || text.Sig.Alg != "ES256" {
				t.Errorf("%s: %v, alg %s", name, err, text.Sig.Alg)
			}
			if sigvl, err := encoding.DecodeString(text.Sig.Sigvl); err != nil || !bytes.Equal(sigvl, b.Signature) {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
}

func TestObjectsAreWrittenAsTheyStand(t *testing.T) {
	o := mint.VDSObject(nil).Set("x", "b").Set([]any{1, mint.VDSRaw("1.0")}, "a").Add("a", mint.VDSObject(nil))
	if got, want := o.JSON(), `{"b":"x","a":[1,1.0],"a":{}}`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got, want := o.Canonical(), `{"a":[1,1.0],"a":{},"b":"x"}`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	wide := mint.VDSObject(nil).Set(1, "\ue000").Set(2, "\U00010000").Set("\x01\"\\\b\t\n\f\r\u2028é", "s")
	if got, want := wide.Canonical(), "{\"s\":\"\\u0001\\\"\\\\\\b\\t\\n\\f\\r\u2028é\",\"\U00010000\":2,\"\ue000\":1}"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestChangingASealLeavesTheOriginal(t *testing.T) {
	good := mint.ProofOfVaccination(mint.BarcodeSigners()[0])
	before := good.Build().Text
	_ = good.Set(9, "msg", "ve", 0, "vd", 0, "seq").Drop("msg", "ve", 0, "vd", 1).Set("x", "msg", "new").Set(1, "msg", "ve", 0, "vd", 9)
	_ = good.Resign(mint.Fresh("forger"))
	if good.Build().Text != before {
		t.Error("the original has changed")
	}
	if value, found := good.Data.Get("msg", "ve", 0, "vd", 1, "seq"); !found || value != 2 {
		t.Errorf("%v, %v", value, found)
	}
	if _, found := good.Data.Get("msg", "ve", 7); found {
		t.Error("there is no eighth vaccine")
	}
}

func TestAPathThatLeadsNowherePanics(t *testing.T) {
	good := mint.ProofOfVaccination(mint.BarcodeSigners()[0])
	for name, act := range map[string]func(){
		"set": func() { good.Set(1, "msg", "nothing", "here") }, "set in an array": func() { good.Set(1, "msg", "ve", 3, "des") },
		"drop": func() { good.Drop("msg", "nothing") }, "a value of another type": func() { good.Set(1.5, "msg", "x").Build() },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: no panic", name)
				}
			}()
			act()
		}()
	}
}
