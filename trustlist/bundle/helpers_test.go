package bundle_test

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/trustlist/bundle"
)

// now is the moment at which the headquarters of the tests begins.
var now = time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC)

// A testKey is a key that is there without a file.
type testKey struct{ key ed25519.PrivateKey }

func (k testKey) Public() ed25519.PublicKey           { return k.key.Public().(ed25519.PublicKey) }
func (k testKey) Sign(message []byte) ([]byte, error) { return ed25519.Sign(k.key, message), nil }

// key gives the key that belongs to a name, always the same.
func key(name string) testKey {
	seed := sha256.Sum256([]byte(name))
	return testKey{ed25519.NewKeyFromSeed(seed[:])}
}

func authority(threshold int, names ...string) bundle.Authority {
	a := bundle.Authority{Threshold: threshold}
	for _, n := range names {
		a.Keys = append(a.Keys, key(n).Public())
	}
	return a
}

// plan is two of three keys for what is offline, and one key for the rest.
func plan() bundle.Plan {
	offline, online := authority(2, "anna", "bela", "cora"), authority(1, "hq")
	return bundle.Plan{Roles: map[string]bundle.Authority{
		bundle.Root: offline, bundle.Targets: offline, bundle.Keys: offline, bundle.Rules: offline,
		bundle.Revocation: online, bundle.Snapshot: online, bundle.Timestamp: online,
	}}
}

// A tree is data files by their names.
type tree map[string][]byte

// first are the data files of the first bundle.
func first() tree {
	return tree{
		"keys.json":        mint.TrustJSON(now, mint.Anchors(mint.Utopia().Vaccination)...),
		"rules/entry.json": []byte(`{"rule": 1}`),
		"policy.yaml":      []byte("schema: travelseal.policy/1\n"),
	}
}

func (tr tree) write(t testing.TB, dir string) string {
	t.Helper()
	for name, data := range tr {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// A headquarters is a repository in a folder of a test.
type headquarters struct {
	*bundle.Repository
	t   testing.TB
	dir string
}

func begin(t testing.TB, p bundle.Plan) *headquarters {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "hq")
	r, err := bundle.Init(dir, p, now)
	if err != nil {
		t.Fatal(err)
	}
	return &headquarters{r, t, dir}
}

func (h *headquarters) stage(files tree) *headquarters {
	h.t.Helper()
	if _, err := h.Stage(files.write(h.t, h.t.TempDir())); err != nil {
		h.t.Fatal(err)
	}
	return h
}

func (h *headquarters) sign(at time.Time, names ...string) *headquarters {
	h.t.Helper()
	for _, n := range names {
		if _, err := h.Sign(key(n), at); err != nil {
			h.t.Fatalf("%s signs: %v", n, err)
		}
	}
	return h
}

// publish publishes and gives a copy of the bundle, as a folder.
func (h *headquarters) publish(at time.Time) string {
	h.t.Helper()
	if _, err := h.Publish(at); err != nil {
		h.t.Fatal(err)
	}
	to := h.t.TempDir()
	if err := os.CopyFS(to, os.DirFS(filepath.Join(h.dir, "published"))); err != nil {
		h.t.Fatal(err)
	}
	return to
}

// published is a headquarters with one bundle, and that bundle.
func published(t testing.TB) (*headquarters, string) {
	t.Helper()
	h := begin(t, plan()).stage(first()).sign(now, "anna", "bela", "hq")
	return h, h.publish(now)
}

// renewed publishes other data files a day later.
func (h *headquarters) renewed(at time.Time, change func(tree)) string {
	h.t.Helper()
	files := first()
	change(files)
	return h.stage(files).sign(at, "bela", "cora", "hq").publish(at)
}

func rootOf(t testing.TB, dir string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, "metadata", "1.root.json"))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func verify(t testing.TB, dir string, o bundle.Options) (*bundle.Content, error) {
	t.Helper()
	f, err := bundle.OpenFiles(dir)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return bundle.Verify(f, o)
}

func archive(t testing.TB, dir string) []byte {
	t.Helper()
	f, err := bundle.OpenFiles(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var b bytes.Buffer
	if err := f.WriteTar(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func errorAs(err error, target **bundle.Error) bool { return errors.As(err, target) }
