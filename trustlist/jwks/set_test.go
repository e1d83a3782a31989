package jwks_test

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
	"github.com/travelseal/travelseal/trustlist/jwks"
)

const issuer = "https://cards.utopia.example/issuer"

var (
	first  = lists.CardJWK(pki.NewKey(pki.P256, "set 1"))
	second = lists.CardJWK(pki.NewKey(pki.P256, "set 2"))
)

func set(keys ...any) []byte {
	if keys == nil {
		keys = []any{}
	}
	return lists.JSON(lists.Object{"keys": keys})
}

func named(name string) []byte { return lists.JSON(lists.Object{"keys": []any{first}, "issuer": name}) }

func pinned(data []byte, name string) jwks.Trust {
	return jwks.Trust{Digests: []trustlist.DigestPin{{SHA256: sha256.Sum256(data), Name: name}}, Scope: []formats.ID{"shc"}}
}

func TestASetIsRead(t *testing.T) {
	data := set(first, second)
	byCaller := pinned(data, "jwks.json")
	byCaller.Issuer = issuer
	for name, c := range map[string]struct {
		data  []byte
		trust jwks.Trust
		want  trustlist.Authentication
	}{
		"by its address": {data, pinned(data, issuer+"/.well-known/jwks.json"), trustlist.PinnedHash},
		"by the caller":  {data, byCaller, trustlist.PinnedHash},
		"by itself":      {named(issuer), pinned(named(issuer), "jwks.json"), trustlist.PinnedHash},
		"unpinned":       {data, jwks.Trust{Unauthenticated: true, Issuer: issuer, Scope: []formats.ID{"shc"}}, trustlist.Transport},
	} {
		s, err := jwks.ReadSet("jwks.json", c.data, c.trust)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		m := s.Material()
		if len(m.Anchors) != len(s.Keys) || len(m.Dropped) != 0 || s.Issuer != issuer {
			t.Errorf("%s: %+v", name, m)
		}
		for _, a := range m.Anchors {
			if a.Issuer != issuer || !a.Permits("shc") || a.Permits("nzcp") || a.Source.Authentication != c.want || string(a.KeyID) == "" {
				t.Errorf("%s: %+v", name, a)
			}
		}
	}
}

func TestSetsThatAreRefused(t *testing.T) {
	data := set(first)
	address := issuer + "/.well-known/jwks.json"
	open := jwks.Trust{Unauthenticated: true, Issuer: issuer}
	other := pinned(data, address)
	other.Issuer = "https://other.example"
	for name, c := range map[string]struct {
		data  []byte
		trust jwks.Trust
		why   error
	}{
		"nothing pinned":        {data, jwks.Trust{Issuer: issuer}, jwks.ErrUnpinned},
		"another file pinned":   {append(slices.Clone(data), ' '), pinned(data, address), jwks.ErrUnpinned},
		"of nobody":             {data, pinned(data, "jwks.json"), jwks.ErrIssuer},
		"not over https":        {data, pinned(data, "http://x.example/.well-known/jwks.json"), jwks.ErrIssuer},
		"of two":                {data, other, jwks.ErrIssuer},
		"of itself and another": {named("https://other.example"), pinned(named("https://other.example"), address), jwks.ErrIssuer},
		"of an empty name":      {named(""), open, jwks.ErrIssuer},
		"a web page":            {[]byte("<html>"), open, jwks.ErrFormat},
		"half":                  {data[:len(data)/2], open, jwks.ErrFormat},
		"no keys":               {[]byte("{}"), open, jwks.ErrFormat},
		"empty":                 {set(), open, jwks.ErrEmpty},
		"nothing of use":        {set(1), open, jwks.ErrEmpty},
		"too many":              {set(slices.Repeat([]any{1}, jwks.MaxKeys+1)...), open, jwks.ErrLimit},
	} {
		_, err := jwks.ReadSet("jwks.json", c.data, c.trust)
		var le *trustlist.LoadError
		if !errors.As(err, &le) || le.Source != "jwks.json" || !errors.Is(err, c.why) {
			t.Errorf("%s: %v, want %v", name, err, c.why)
		}
	}
}

func TestKeysThatAreLeftOut(t *testing.T) {
	with := func(member string, value any) lists.Object {
		j := lists.Object{}
		for k, v := range second {
			j[k] = v
		}
		j[member] = value
		return j
	}
	for name, c := range map[string]struct {
		key any
		why string
	}{
		"no object":    {1, "cannot be read"},
		"a secret":     {lists.Object{"kty": "oct", "k": "AAAA", "kid": "x"}, "key type"},
		"encryption":   {with("use", "enc"), "use"},
		"off curve":    {with("x", first["x"]), "cannot be read"},
		"no key ID":    {with("kid", ""), "no key ID"},
		"once more":    {first, "twice"},
		"another name": {with("KID", "x"), "cannot be read"},
	} {
		s, err := jwks.ReadSet("jwks.json", set(first, c.key), jwks.Trust{Unauthenticated: true, Issuer: issuer})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if m := s.Material(); len(m.Anchors) != 1 || len(m.Dropped) != 1 || !strings.Contains(m.Dropped[0].Reason, c.why) {
			t.Errorf("%s: %v, want %q", name, m.Dropped, c.why)
		}
	}
}

func TestALoaderNeedsTheDigest(t *testing.T) {
	data := set(first, second)
	sums := func(of []byte, name string) []byte { return fmt.Appendf(nil, "%x  %s\n", sha256.Sum256(of), name) }
	for name, c := range map[string]struct {
		sums []byte
		want int
	}{
		"by its address": {sums(data, issuer+"/.well-known/jwks.json"), 2}, "by its name": {sums(data, "jwks.json"), 0},
		"of another file": {sums(nil, issuer+"/.well-known/jwks.json"), 0}, "nothing": {nil, 0},
	} {
		dir := t.TempDir()
		for file, b := range map[string][]byte{"jwks.json": data, "SHA256SUMS": c.sums} {
			if b == nil {
				continue
			}
			if err := os.WriteFile(filepath.Join(dir, file), b, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		s, err := trustlist.Loader{Importers: jwks.Importers}.Load(dir)
		if err != nil {
			t.Fatal(err)
		}
		if len(s.Anchors()) != c.want || c.want == 0 && len(s.Dropped()) != 1 {
			t.Errorf("%s: %d anchors, %v", name, len(s.Anchors()), s.Dropped())
		}
	}
}

func FuzzReadSet(f *testing.F) {
	f.Add(set(first, second))
	f.Add(named(issuer))
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := jwks.ReadSet("jwks.json", data, jwks.Trust{Unauthenticated: true, Issuer: issuer})
		var le *trustlist.LoadError
		if err != nil {
			if !errors.As(err, &le) {
				t.Fatal(err)
			}
			return
		}
		if m := s.Material(); len(m.Anchors) == 0 || m.Anchors[0].Source.Authentication != trustlist.Transport {
			t.Fatalf("%+v", m)
		}
	})
}
