package gdhcn_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/travelseal/travelseal/internal/mint/lists"
	"github.com/travelseal/travelseal/internal/mint/pki"
	"github.com/travelseal/travelseal/internal/strict/json"
	"github.com/travelseal/travelseal/internal/vectors"
	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/trustlist/gdhcn"
)

var proofKey = pki.NewKey(pki.P256, "network proof")

func public(t testing.TB, k *pki.Key) *ecdsa.PublicKey {
	t.Helper()
	p, err := ecdsa.ParseUncompressedPublicKey(elliptic.P256(), k.Curve.Encode(k.Public, pki.Uncompressed))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// signedBy is a trust with keys that make proofs, and nothing else.
func signedBy(t testing.TB, keys ...*pki.Key) gdhcn.Trust {
	t.Helper()
	var trust gdhcn.Trust
	for _, k := range keys {
		trust.Signers = append(trust.Signers, trustlist.Anchor{Role: trustlist.ListSigner, Key: public(t, k)})
	}
	return trust
}

// strangers is a list with an authority of the network, one that the trust anchor has not signed, and a signer of each.
func strangers() lists.Object {
	return lists.WHOObject(utopian(network.SCA, "SCA"), utopian(network.DSC, "DSC"), utopian(network.Stranger, "SCA"), utopian(network.StrangerDSC, "DSC"))
}

// A proof that holds vouches for the list, gives it a date, and takes the place of no trust anchor's signature.
func TestAProofThatHolds(t *testing.T) {
	made := time.Date(2026, 10, 1, 8, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		proof lists.WHOProof
		codes []string
	}{
		"in DER":          {lists.WHOProof{By: proofKey}, []string{gdhcn.SignatureDER}},
		"r and s":         {lists.WHOProof{By: proofKey, Plain: true}, nil},
		"without a nonce": {lists.WHOProof{By: proofKey, Options: func(o lists.Object) { delete(o, "nonce") }}, []string{gdhcn.SignatureDER}},
		"another order":   {lists.WHOProof{By: proofKey, Header: `{"alg":"ES256", "crit":["b64"], "b64":false}`}, []string{gdhcn.SignatureDER}},
	} {
		list := strangers()
		list["verificationMethod"] = append(list["verificationMethod"].([]any), "did:web:dev.utopia.example:trustlist")
		data := c.proof.Prove(list)
		both := pinned(t, network.Authority(network.SCA))
		both.Signers = signedBy(t, pki.NewKey(pki.P256, "another list's"), proofKey).Signers
		l := read(t, data, both)
		if l.Proof.Problem != nil || l.Proof.Signer == nil || !l.Source.Date.Equal(made) || !slices.Equal(l.Proof.Deviations, c.codes) {
			t.Errorf("%s: %+v, of %s", name, l.Proof, l.Source.Date)
			continue
		}
		want := []trustlist.Authentication{trustlist.SignedEntry, trustlist.IssuedUnderEntry, trustlist.SignedList, trustlist.SignedList, trustlist.Transport}
		for i, e := range l.Entries {
			if e.Authentication != want[i] {
				t.Errorf("%s, %s: %s, want %s", name, e, e.Authentication, want[i])
			}
		}
		for _, e := range read(t, data, signedBy(t, proofKey)).Entries[:4] {
			if e.Authentication != trustlist.SignedList {
				t.Errorf("%s, the proof alone, %s: %s", name, e, e.Authentication)
			}
		}
		m := l.Material()
		if len(m.Anchors) != 4 || !m.Created.Equal(made) || !m.Anchors[0].Source.Date.Equal(made) {
			t.Errorf("%s: %d anchors, of %s", name, len(m.Anchors), m.Created)
		}
	}
}

// A proof that does not hold costs the entries nothing that others vouch for, gives nothing, and is said.
func TestProofsThatDoNotHold(t *testing.T) {
	good := lists.WHOProof{By: proofKey}
	// after works on a list that was signed before.
	after := func(edit func(lists.Object, []any)) []byte {
		list := strangers()
		good.Prove(list)
		edit(list, list["verificationMethod"].([]any))
		return lists.JSON(list)
	}
	// before works on it and signs it then, so that the signature fits what other programs read.
	before := func(edit func(lists.Object, []any)) []byte {
		list := strangers()
		edit(list, list["verificationMethod"].([]any))
		return good.Prove(list)
	}
	options := func(edit func(lists.Object)) []byte {
		return lists.WHOProof{By: proofKey, Options: edit}.Prove(strangers())
	}
	entry := func(m any) lists.Object { return m.(lists.Object) }
	jws := func(edit func(string) string) []byte {
		return after(func(o lists.Object, _ []any) {
			p := o["proof"].(lists.Object)
			p["jws"] = edit(p["jws"].(string))
		})
	}
	for name, c := range map[string]struct {
		data []byte
		why  string
	}{
		"a stranger's":   {lists.WHOProof{By: pki.NewKey(pki.P256, "stranger")}.Prove(strangers()), "no pinned key"},
		"one entry less": {after(func(o lists.Object, m []any) { o["verificationMethod"] = m[:3] }), "no pinned key"},
		"one entry more": {after(func(o lists.Object, m []any) {
			o["verificationMethod"] = append(m, utopian(network.BrainpoolDSC, "DSC").Object())
		}), "no pinned key"},
		"another key":         {after(func(_ lists.Object, m []any) { entry(m[1])["publicKeyJwk"].(lists.Object)["kid"] = "AAAAAAAAAAA=" }), "no pinned key"},
		"another certificate": {after(func(_ lists.Object, m []any) { entry(m[1])["publicKeyJwk"].(lists.Object)["x5c"] = []string{"AAAA"} }), "no pinned key"},
		"another participant": {after(func(_ lists.Object, m []any) { entry(m[1])["participant"] = lists.Object{"code": "#NZL"} }), "no pinned key"},
		"another master":      {after(func(o lists.Object, _ []any) { o["controller"] = "did:web:x.example" }), "no pinned key"},
		"another environment": {after(func(o lists.Object, _ []any) {
			o["@context"].([]string)[2] = "https://smart.who.int/trust/tng-context/v1.jsonld"
		}), "no pinned key"},
		"another moment":    {after(func(o lists.Object, _ []any) { o["proof"].(lists.Object)["created"] = "2026-11-01T08:00:00Z" }), "no pinned key"},
		"another nonce":     {after(func(o lists.Object, _ []any) { o["proof"].(lists.Object)["nonce"] = "2" }), "no pinned key"},
		"no entry's member": {after(func(_ lists.Object, m []any) { delete(entry(m[1]), "domain") }), "no pinned key"},
		"a context more": {before(func(o lists.Object, _ []any) {
			o["@context"] = append(o["@context"].([]string), "https://evil.example/v1")
		}), "its contexts"},
		"a context less":          {before(func(o lists.Object, _ []any) { o["@context"] = o["@context"].([]string)[:2] }), "its contexts"},
		"a context of its own":    {before(func(o lists.Object, _ []any) { o["@context"] = []any{lists.Object{"@vocab": "urn:"}} }), "its contexts"},
		"an unknown context":      {before(func(o lists.Object, _ []any) { o["@context"].([]string)[2] = "https://evil.example/v1" }), "its contexts"},
		"an unsigned member":      {before(func(o lists.Object, _ []any) { o["expires"] = "2020-01-01T00:00:00Z" }), "does not cover"},
		"one in an entry":         {before(func(_ lists.Object, m []any) { entry(m[1])["valid"] = "always" }), "does not cover"},
		"one in a code":           {before(func(_ lists.Object, m []any) { entry(m[1])["domain"].(lists.Object)["display"] = "x" }), "does not cover"},
		"a code without a mark":   {before(func(_ lists.Object, m []any) { entry(m[1])["domain"].(lists.Object)["code"] = "DCC" }), "does not cover"},
		"a code elsewhere":        {before(func(_ lists.Object, m []any) { entry(m[1])["domain"].(lists.Object)["code"] = "#../DCC" }), "does not cover"},
		"another type":            {before(func(_ lists.Object, m []any) { entry(m[1])["type"] = "Multikey" }), "does not cover"},
		"no key":                  {before(func(_ lists.Object, m []any) { delete(entry(m[1]), "publicKeyJwk") }), "does not cover"},
		"a name that is none":     {before(func(_ lists.Object, m []any) { entry(m[1])["id"] = "#1" }), "no DID"},
		"no name":                 {before(func(_ lists.Object, m []any) { delete(entry(m[1]), "id") }), "no DID"},
		"an unnamed one":          {before(func(_ lists.Object, m []any) { entry(m[1])["id"] = "_:b0" }), "no DID"},
		"a name with a bracket":   {before(func(_ lists.Object, m []any) { entry(m[1])["id"] = "did:web:x> <y" }), "no DID"},
		"a reference that is not": {before(func(_ lists.Object, m []any) { m[1] = "https://elsewhere.example" }), "no DID"},
		"two of one name":         {before(func(_ lists.Object, m []any) { entry(m[1])["id"] = entry(m[0])["id"] }), "one name"},
		"the list's own name":     {before(func(o lists.Object, m []any) { entry(m[1])["id"] = o["id"] }), "one name"},
		"a delete character":      {before(func(_ lists.Object, m []any) { entry(m[1])["publicKeyJwk"].(lists.Object)["alg"] = "\x7f" }), "different ways"},
		"a tab in the nonce":      {options(func(o lists.Object) { o["nonce"] = "a\tb" }), "different ways"},
		"another suite":           {options(func(o lists.Object) { o["type"] = "Ed25519Signature2018" }), "no proof of the type"},
		"another purpose":         {options(func(o lists.Object) { o["proofPurpose"] = "authentication" }), "no proof of the type"},
		"no moment":               {options(func(o lists.Object) { o["created"] = "yesterday" }), "no proof of the type"},
		"a domain":                {options(func(o lists.Object) { o["domain"] = "x" }), "no proof of the type"},
		"no maker":                {options(func(o lists.Object) { o["verificationMethod"] = "me" }), "no DID"},
		"two proofs":              {after(func(o lists.Object, _ []any) { o["proof"] = []any{o["proof"], o["proof"]} }), "no proof of the type"},
		"encoded":                 {lists.WHOProof{By: proofKey, Header: `{"alg":"ES256"}`}.Prove(strangers()), "header"},
		"b64 not critical":        {lists.WHOProof{By: proofKey, Header: `{"alg":"ES256","b64":false}`}.Prove(strangers()), "header"},
		"a key in the header":     {lists.WHOProof{By: proofKey, Header: `{"alg":"ES256","b64":false,"crit":["b64"],"jwk":{}}`}.Prove(strangers()), "header"},
		"no algorithm":            {lists.WHOProof{By: proofKey, Header: `{"alg":"none","b64":false,"crit":["b64"]}`}.Prove(strangers()), "header"},
		"a payload":               {jws(func(s string) string { return strings.Replace(s, "..", ".AA.", 1) }), "header"},
		"padding":                 {jws(func(s string) string { return s + "=" }), "header"},
		"no base64 before":        {jws(func(s string) string { return "?" + s }), "header"},
		"half a signature":        {jws(func(s string) string { return s[:strings.Index(s, "..")+2+40] }), "no pinned key"},
	} {
		trust := pinned(t, network.Authority(network.SCA))
		trust.Signers = signedBy(t, proofKey).Signers
		l := read(t, c.data, trust)
		if l.Proof.Problem == nil || !strings.Contains(l.Proof.Problem.Error(), c.why) || l.Proof.Signer != nil || !l.Source.Date.IsZero() || l.Proof.Deviations != nil {
			t.Errorf("%s: %+v, want %q", name, l.Proof, c.why)
		}
		if l.Entries[0].Authentication != trustlist.SignedEntry {
			t.Errorf("%s: what the trust anchor has signed is now %s", name, l.Entries[0].Authentication)
		}
		for _, e := range l.Entries {
			if e.Authentication == trustlist.SignedList {
				t.Errorf("%s: %s", name, e.Authentication)
			}
		}
	}
}

func TestAnOlderProofIsRefused(t *testing.T) {
	data := lists.WHOProof{By: proofKey}.Prove(strangers())
	trust := signedBy(t, proofKey)
	trust.Since = time.Date(2026, 10, 1, 8, 0, 0, 0, time.UTC)
	read(t, data, trust)
	trust.Since = trust.Since.Add(time.Second)
	_, err := gdhcn.ReadList("did.json", data, trust)
	refused(t, "an older list", err, gdhcn.ErrOlder)
}

// A loader takes the key that makes proofs as a bare key, beside the network's root or without it.
func TestALoaderTakesAProof(t *testing.T) {
	spki, err := x509.MarshalPKIXPublicKey(public(t, proofKey))
	if err != nil {
		t.Fatal(err)
	}
	key := pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: spki})
	data := lists.WHOProof{By: proofKey}.Prove(strangers())
	for name, c := range map[string]struct {
		files map[string][]byte
		want  map[trustlist.Authentication]int
	}{
		"the key alone": {map[string][]byte{"did.json": data, "key.pem": key}, map[trustlist.Authentication]int{trustlist.ByHand: 1, trustlist.SignedList: 4}},
		"both": {map[string][]byte{"did.json": data, "key.pem": key, "chain.pem": chain(), "sca.json": network.Authority(network.SCA)},
			map[trustlist.Authentication]int{trustlist.ByHand: 3, trustlist.SignedEntry: 1, trustlist.IssuedUnderEntry: 1, trustlist.SignedList: 2}},
		"a proof of nobody": {map[string][]byte{"did.json": lists.JSON(strangers()), "key.pem": key}, map[trustlist.Authentication]int{trustlist.ByHand: 1}},
	} {
		s, err := load(t, c.files)
		if err != nil {
			t.Fatal(err)
		}
		got := map[trustlist.Authentication]int{}
		for _, a := range s.Anchors() {
			got[a.Source.Authentication]++
		}
		if fmt.Sprint(got) != fmt.Sprint(c.want) {
			t.Errorf("%s: %v, want %v; dropped %v", name, got, c.want, s.Dropped())
		}
	}
}

// The key of the development list is published beside it, and has made its proof: 255 entries, all signed. It has not made
// that of the production list, whose key is not published there.
func TestTheProofOfThePublishedLists(t *testing.T) {
	var document struct {
		Methods []struct {
			Key trustlist.JWK `json:"publicKeyJwk"`
		} `json:"verificationMethod"`
	}
	if err := json.Unmarshal(vectors.Sample(t, "who/dev-signing-did.json"), &document, json.Limits{Depth: 8, Items: 100}); err != nil {
		t.Fatal(err)
	}
	key, err := document.Methods[0].Key.PublicKey()
	if err != nil {
		t.Fatal(err)
	}
	trust := gdhcn.Trust{Signers: []trustlist.Anchor{{Role: trustlist.ListSigner, Key: key}}}
	start := time.Now()
	l := read(t, vectors.Sample(t, "who/dev-did.json"), trust)
	t.Logf("%d entries read, and their proof checked, in %v", len(l.Entries), time.Since(start))
	want := time.Date(2026, 8, 22, 18, 0, 2, 0, time.UTC)
	if l.Proof.Problem != nil || l.Proof.Signer == nil || !l.Source.Date.Equal(want) || !slices.Equal(l.Proof.Deviations, []string{gdhcn.SignatureDER}) {
		t.Errorf("%+v, of %s", l.Proof, l.Source.Date)
	}
	kept := 0
	for _, e := range l.Entries {
		if e.Dropped == "" && e.Authentication == trustlist.SignedList {
			kept++
		}
	}
	if len(l.Entries) != 255 || kept != 38 {
		t.Errorf("%d entries, %d kept", len(l.Entries), kept)
	}
	trust.Unauthenticated = true
	if l = read(t, vectors.Sample(t, "who/did.json"), trust); l.Proof.Problem == nil || l.Proof.Signer != nil || !l.Source.Date.IsZero() {
		t.Errorf("production: %+v", l.Proof)
	}
}

// Ten thousand entries are sixty times what there is.
func BenchmarkProof(b *testing.B) {
	one := utopian(network.DSC, "DSC").Object()
	methods := make([]any, gdhcn.MaxEntries)
	for i := range methods {
		m := lists.Object{}
		for name, v := range one {
			m[name] = v
		}
		m["id"] = fmt.Sprintf("%s-%d", one["id"], i)
		methods[i] = m
	}
	methods[0] = one
	list := lists.WHOObject()
	list["verificationMethod"] = methods
	data := lists.WHOProof{By: proofKey}.Prove(list)
	trust := signedBy(b, proofKey)
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		l, err := gdhcn.ReadList("did.json", data, trust)
		if err != nil || l.Proof.Signer == nil {
			b.Fatal(errors.Join(err, l.Proof.Problem))
		}
	}
}
