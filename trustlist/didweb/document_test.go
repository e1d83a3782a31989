package didweb_test

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/mint/lists"
	"github.com/travelseal/travelseal/internal/mint/pki"
	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/trustlist/didweb"
)

const did = "did:web:pass.utopia.example"

var (
	key  = lists.JWK(pki.NewKey(pki.P256, "did 1"))
	open = didweb.Trust{Unauthenticated: true, Scope: []formats.ID{"nzcp"}}
)

func method(fragment string) lists.Object {
	return lists.Object{"id": did + "#" + fragment, "type": "JsonWebKey2020", "controller": did, "publicKeyJwk": key}
}

func document(name string, asserts []any, methods ...any) []byte {
	if methods == nil {
		methods = []any{}
	}
	return lists.JSON(lists.Object{"@context": "https://w3.org/ns/did/v1", "id": name, "verificationMethod": methods, "assertionMethod": asserts})
}

func good() []byte {
	return document(did, []any{did + "#key-1", "#key-2"}, method("key-1"), method("key-2"))
}

func pinned(data []byte, name string) didweb.Trust {
	return didweb.Trust{Digests: []trustlist.DigestPin{{SHA256: sha256.Sum256(data), Name: name}}, Scope: []formats.ID{"nzcp"}}
}

func TestADocumentIsRead(t *testing.T) {
	deep := strings.ReplaceAll(string(good()), did, did+":a:b")
	for name, c := range map[string]struct {
		data  string
		trust didweb.Trust
	}{
		"by its name":    {string(good()), pinned(good(), "did.json")},
		"by its address": {string(good()), pinned(good(), "https://pass.utopia.example/.well-known/did.json")},
		"deeper":         {deep, pinned([]byte(deep), "https://pass.utopia.example/a/b/did.json")},
	} {
		d, err := didweb.ReadDocument("did.json", []byte(c.data), c.trust)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		m := d.Material()
		if len(m.Anchors) != 2 || len(m.Dropped) != 0 {
			t.Fatalf("%s: %+v", name, m)
		}
		for i, a := range m.Anchors {
			if a.Issuer != d.DID || string(a.KeyID) != fmt.Sprintf("key-%d", i+1) || !slices.Equal(a.Scope, []formats.ID{"nzcp"}) || a.Source.Authentication != trustlist.PinnedHash {
				t.Errorf("%s: %+v", name, a)
			}
		}
	}
	if d, err := didweb.ReadDocument("did.json", good(), open); err != nil || d.Source.Authentication != trustlist.Transport {
		t.Errorf("%+v, %v", d, err)
	}
}

func TestDocumentsThatAreRefused(t *testing.T) {
	for name, c := range map[string]struct {
		data  []byte
		trust didweb.Trust
		why   error
	}{
		"nothing pinned":      {good(), didweb.Trust{}, didweb.ErrUnpinned},
		"another file pinned": {append(good(), ' '), pinned(good(), "did.json"), didweb.ErrUnpinned},
		"another address":     {good(), pinned(good(), "https://other.example/.well-known/did.json"), didweb.ErrName},
		"another method":      {document("did:key:z6Mk", []any{"#key-1"}, method("key-1")), open, didweb.ErrName},
		"no host":             {document("did:web:", []any{"#key-1"}, method("key-1")), open, didweb.ErrName},
		"a path in the host":  {document("did:web:a/b", []any{"#key-1"}, method("key-1")), open, didweb.ErrName},
		"an empty part":       {document("did:web:a::b", []any{"#key-1"}, method("key-1")), open, didweb.ErrName},
		"no name":             {document("", []any{"#key-1"}, method("key-1")), open, didweb.ErrName},
		"a web page":          {[]byte("<html>"), open, didweb.ErrFormat},
		"half":                {good()[:100], open, didweb.ErrFormat},
		"no methods":          {[]byte(`{"id":"did:web:a","assertionMethod":[]}`), open, didweb.ErrFormat},
		"no assertions":       {[]byte(`{"id":"did:web:a","verificationMethod":[]}`), open, didweb.ErrFormat},
		"empty":               {document(did, []any{}), open, didweb.ErrEmpty},
		"too many":            {document(did, []any{}, slices.Repeat([]any{1}, didweb.MaxKeys+1)...), open, didweb.ErrLimit},
	} {
		_, err := didweb.ReadDocument("did.json", c.data, c.trust)
		var le *trustlist.LoadError
		if !errors.As(err, &le) || le.Source != "did.json" || !errors.Is(err, c.why) {
			t.Errorf("%s: %v, want %v", name, err, c.why)
		}
	}
}

func TestKeysThatAreLeftOut(t *testing.T) {
	with := func(member string, value any) lists.Object {
		m := method("key-2")
		m[member] = value
		return m
	}
	for name, c := range map[string]struct {
		method any
		why    string
	}{
		"a reference":        {"did:web:other.example#key-1", "not followed"},
		"no object":          {1, "cannot be read"},
		"another's name":     {with("id", "did:web:other.example#key-2"), "another's"},
		"no fragment":        {with("id", did), "another's"},
		"an empty fragment":  {with("id", did+"#"), "another's"},
		"another controller": {with("controller", "did:web:other.example"), "another's"},
		"another type":       {with("type", "Ed25519VerificationKey2018"), "JsonWebKey2020"},
		"not for assertions": {method("key-3"), "not for assertions"},
		"no key":             {with("publicKeyJwk", lists.Object{"kty": "EC", "crv": "P-256"}), "cannot be read"},
		"once more":          {method("key-1"), "twice"},
	} {
		d, err := didweb.ReadDocument("did.json", document(did, []any{"#key-1", "#key-2", lists.Object{}}, method("key-1"), c.method), open)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if m := d.Material(); len(m.Anchors) != 1 || len(m.Dropped) != 1 || !strings.Contains(m.Dropped[0].Reason, c.why) {
			t.Errorf("%s: %v, want %q", name, m.Dropped, c.why)
		}
	}
}

func TestALoaderNeedsTheDigest(t *testing.T) {
	for name, sums := range map[string]struct {
		text string
		want int
	}{
		"pinned": {fmt.Sprintf("%x  did.json\n", sha256.Sum256(good())), 2}, "another": {fmt.Sprintf("%x *did.json\n", sha256.Sum256(nil)), 0},
	} {
		dir := t.TempDir()
		for file, b := range map[string][]byte{"did.json": good(), "SHA256SUMS": []byte(sums.text)} {
			if err := os.WriteFile(filepath.Join(dir, file), b, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		s, err := trustlist.Loader{Importers: didweb.Importers}.Load(dir)
		if err != nil {
			t.Fatal(err)
		}
		if len(s.Anchors()) != sums.want || sums.want == 0 && len(s.Dropped()) != 1 {
			t.Errorf("%s: %d anchors, %v", name, len(s.Anchors()), s.Dropped())
		}
	}
}

func FuzzReadDocument(f *testing.F) {
	f.Add(good())
	f.Fuzz(func(t *testing.T, data []byte) {
		d, err := didweb.ReadDocument("did.json", data, open)
		var le *trustlist.LoadError
		if err != nil {
			if !errors.As(err, &le) {
				t.Fatal(err)
			}
			return
		}
		if m := d.Material(); len(m.Anchors) == 0 || !strings.HasPrefix(d.DID, "did:web:") {
			t.Fatalf("%+v", m)
		}
	})
}
