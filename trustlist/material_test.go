package trustlist_test

import (
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"encoding/json"
	"errors"
	"math/big"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/trustlist"
)

// utopia signs the certificates of these tests. Making its RSA key takes a moment, so it is made once.
var utopia = mint.Utopia()

// write puts a file into a folder and gives its path.
func write(t testing.TB, dir, name string, data []byte) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// file makes a file in a folder of its own.
func file(t testing.TB, name string, data []byte) string {
	t.Helper()
	return write(t, t.TempDir(), name, data)
}

func load(t testing.TB, paths ...string) *trustlist.Snapshot {
	t.Helper()
	s, err := trustlist.Load(paths...)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// notLoaded demands a *LoadError that names its source.
func notLoaded(t testing.TB, name string, paths ...string) *trustlist.LoadError {
	t.Helper()
	s, err := trustlist.Load(paths...)
	var le *trustlist.LoadError
	if !errors.As(err, &le) || s != nil {
		t.Errorf("%s: loaded: %v, error %v", name, s != nil, err)
		return &trustlist.LoadError{Source: paths[0], Err: errors.New("no error at all")}
	}
	if le.Source == "" || errors.Unwrap(le) != le.Err {
		t.Errorf("%s: %v names no source or cause", name, err)
	}
	return le
}

// object is a JSON object; its members are written in the order of their names.
type object = map[string]any

func encode(t testing.TB, v any) []byte {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// list is a list of these anchors with a date; further members come from more.
func list(t testing.TB, more object, anchors ...object) []byte {
	t.Helper()
	l := object{"schema": "travelseal.trust/1", "created": "2026-10-01T00:00:00Z", "anchors": anchors}
	for k, v := range more {
		l[k] = v
	}
	return encode(t, l)
}

// entry is an anchor by certificate; further members come from more.
func entry(s mint.Signer, more object) object {
	return with(object{"certificate": b64(s.Cert)}, more)
}

func with(o, more object) object {
	out := object{}
	for _, m := range []object{o, more} {
		for k, v := range m {
			out[k] = v
		}
	}
	return out
}

func b64(b []byte) string { return base64.StdEncoding.EncodeToString(b) }

func spki(s mint.Signer) []byte {
	der, err := x509.MarshalPKIXPublicKey(s.Key.Public())
	if err != nil {
		panic(err)
	}
	return der
}

func digest(b []byte) []byte {
	sum := sha256.Sum256(b)
	return sum[:]
}

// only gives the one anchor of a list, which must not have dropped anything.
func only(t testing.TB, l []byte) trustlist.Anchor {
	t.Helper()
	s := load(t, file(t, "list.json", l))
	if len(s.Anchors()) != 1 || len(s.Dropped()) != 0 {
		t.Fatalf("%d anchors, dropped %v", len(s.Anchors()), s.Dropped())
	}
	return s.Anchors()[0]
}

// certificate makes a self-signed certificate that differs from a document signer's as change says.
func certificate(t testing.TB, change func(*x509.Certificate)) []byte {
	t.Helper()
	key := mint.NewKey(mint.P256, "trustlist")
	c := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{Country: []string{"UT"}, CommonName: "signer"},
		NotBefore: time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC), NotAfter: time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC),
		KeyUsage: x509.KeyUsageDigitalSignature,
	}
	change(c)
	der, err := x509.CreateCertificate(nil, c, c, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	return der
}

const (
	health = formats.Vaccination | formats.Test | formats.Recovery
	euDCC  = formats.ID("eu-dcc")
)

// healthScope is what a certificate with the health certificates' usages may seal.
var healthScope = []formats.ID{euDCC, "who-ddcc", "who-dvc"}
