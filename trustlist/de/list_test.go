package de_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/travelseal/travelseal/internal/mint/lists"
	"github.com/travelseal/travelseal/internal/mint/pki"
	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/trustlist/de"
	"github.com/travelseal/travelseal/trustlist/dgcg"
)

var (
	gateway = lists.NewGateway()
	key     = pki.NewKey(pki.P256, "german")
	anyone  = de.Trust{Unauthenticated: true}
)

func public(t testing.TB, k *pki.Key) *ecdsa.PublicKey {
	t.Helper()
	p, err := ecdsa.ParseUncompressedPublicKey(elliptic.P256(), k.Curve.Encode(k.Public, pki.Uncompressed))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func pinned(t testing.TB) de.Trust {
	return de.Trust{Publisher: []trustlist.Anchor{{Role: trustlist.ListSigner, Key: public(t, key)}}}
}

func good() []byte { return lists.German(key, gateway.Good()...) }

func TestAListIsRead(t *testing.T) {
	l, err := de.ReadList("list.txt", good(), pinned(t))
	if err != nil {
		t.Fatal(err)
	}
	want := time.Date(2026, 9, 1, 8, 0, 0, 0, time.UTC)
	if len(l.Items) != 4 || l.Signer == nil || !l.Source.Date.Equal(want) || l.Source.Authentication != trustlist.SignedList {
		t.Errorf("%+v", l)
	}
	for _, i := range l.Items {
		if i.Authentication != trustlist.SignedList {
			t.Errorf("%s: %s", i, i.Authentication)
		}
	}
	open, err := de.ReadList("list.txt", good(), anyone)
	if err != nil || open.Signer != nil || open.Items[2].Authentication != trustlist.Transport {
		t.Errorf("%+v, %v", open, err)
	}
}

func TestListsThatAreRefused(t *testing.T) {
	data := good()
	later := pinned(t)
	later.Since = pki.ListedAt
	stranger := lists.German(pki.NewKey(pki.P256, "stranger"), gateway.Good()...)
	for name, c := range map[string]struct {
		data  []byte
		trust de.Trust
		why   error
	}{
		"nobody pinned":         {data, de.Trust{}, de.ErrUnpinned},
		"a stranger's":          {stranger, pinned(t), de.ErrSignature},
		"one byte more":         {append(slices.Clone(data), '\n'), pinned(t), de.ErrSignature},
		"signed over both":      {append([]byte("\n"), data...), pinned(t), de.ErrFormat},
		"older than the last":   {data, later, de.ErrOlder},
		"a web page":            {[]byte("<html>\n{}"), anyone, de.ErrFormat},
		"one line":              {data[:88], anyone, de.ErrFormat},
		"carriage returns":      {slices.Concat(data[:88], []byte("\r\n"), data[89:]), anyone, de.ErrFormat},
		"not JSON":              {lists.GermanText(key, []byte("{")), pinned(t), de.ErrFormat},
		"no certificates":       {lists.GermanText(key, []byte("{}")), pinned(t), dgcg.ErrFormat},
		"an empty list, signed": {lists.German(key), pinned(t), dgcg.ErrEmpty},
	} {
		_, err := de.ReadList("list.txt", c.data, c.trust)
		var le *trustlist.LoadError
		if !errors.As(err, &le) || le.Source != "list.txt" || !errors.Is(err, c.why) {
			t.Errorf("%s: %v, want %v", name, err, c.why)
		}
	}
}

func TestALoaderNeedsThePinnedKey(t *testing.T) {
	load := func(k *pki.Key) *trustlist.Snapshot {
		spki, err := x509.MarshalPKIXPublicKey(public(t, k))
		if err != nil {
			t.Fatal(err)
		}
		dir := t.TempDir()
		for name, data := range map[string][]byte{"list.txt": good(), "key.pem": pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: spki})} {
			if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		s, err := trustlist.Loader{Importers: de.Importers}.Load(dir)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	if s := load(key); len(s.Anchors()) != 3 || len(s.Dropped()) != 2 { // the key, the CSCA, the DSC
		t.Errorf("%d anchors, %v", len(s.Anchors()), s.Dropped())
	}
	if s := load(pki.NewKey(pki.P256, "stranger")); len(s.Anchors()) != 1 || len(s.Dropped()) != 1 {
		t.Errorf("%d anchors, %v", len(s.Anchors()), s.Dropped())
	}
}

func FuzzReadList(f *testing.F) {
	f.Add(good())
	trust := pinned(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		_, err := de.ReadList("open", data, anyone)
		var le *trustlist.LoadError
		if err != nil && !errors.As(err, &le) {
			t.Fatal(err)
		}
		if l, err := de.ReadList("closed", data, trust); err == nil && l.Signer == nil {
			t.Fatal("it was signed by nobody")
		}
	})
}
