package attacks_test

import (
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/travelseal/travelseal/formats/all"
	"github.com/travelseal/travelseal/formats/hcert"
	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/trustlist"
	lists "github.com/travelseal/travelseal/trustlist/all"
	"github.com/travelseal/travelseal/trustlist/bundle"
	"github.com/travelseal/travelseal/trustlist/revstore"
	"github.com/travelseal/travelseal/verify"
)

// A bundleKey signs bundles; the same name always gives the same key.
type bundleKey struct{ ed25519.PrivateKey }

func (k bundleKey) Public() ed25519.PublicKey        { return k.PrivateKey.Public().(ed25519.PublicKey) }
func (k bundleKey) Sign(data []byte) ([]byte, error) { return ed25519.Sign(k.PrivateKey, data), nil }

func officer(name string) bundleKey {
	seed := sha256.Sum256([]byte(name))
	return bundleKey{ed25519.NewKeyFromSeed(seed[:])}
}

func quorum(threshold int, names ...string) bundle.Authority {
	a := bundle.Authority{Threshold: threshold}
	for _, n := range names {
		a.Keys = append(a.Keys, officer(n).Public())
	}
	return a
}

// office is the headquarters of the tests: two of three keys sign what is offline, and one the rest.
func office(t *testing.T) *bundle.Repository {
	t.Helper()
	offline, online := quorum(2, "a", "b", "c"), quorum(1, "online")
	r, err := bundle.Init(filepath.Join(t.TempDir(), "office"), bundle.Plan{Roles: map[string]bundle.Authority{
		bundle.Root: offline, bundle.Targets: offline, bundle.Keys: offline, bundle.Rules: offline,
		bundle.Revocation: online, bundle.Snapshot: online, bundle.Timestamp: online,
	}}, created)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// issue publishes data files and gives the bundle as a folder.
func issue(t *testing.T, r *bundle.Repository, at time.Time, files map[string][]byte, signers ...string) string {
	t.Helper()
	data, to := t.TempDir(), t.TempDir()
	for name, content := range files {
		put(t, filepath.Join(data, filepath.FromSlash(name)), content)
	}
	if _, err := r.Stage(data); err != nil {
		t.Fatal(err)
	}
	if len(signers) == 0 {
		signers = []string{"a", "b", "online"}
	}
	for _, s := range signers {
		if _, err := r.Sign(officer(s), at); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := r.Publish(at); err != nil {
		t.Fatal(err)
	}
	published, err := r.Published()
	if err != nil {
		t.Fatal(err)
	}
	defer published.Close()
	archive, err := os.Create(filepath.Join(to, "bundle.tar"))
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(published.WriteTar(archive), archive.Close()); err != nil {
		t.Fatal(err)
	}
	files2, err := bundle.OpenFiles(archive.Name())
	if err != nil {
		t.Fatal(err)
	}
	defer files2.Close()
	root, err := bundle.UnverifiedRoot(files2)
	if err != nil {
		t.Fatal(err)
	}
	folder := filepath.Join(to, "bundle")
	if _, err := bundle.Unpack(files2, folder, bundle.Options{Root: root, Now: at}); err != nil {
		t.Fatal(err)
	}
	put(t, filepath.Join(folder, "metadata", "1.root.json"), root)
	return folder
}

func put(t *testing.T, path string, data []byte) {
	t.Helper()
	if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, data, 0o644)); err != nil {
		t.Fatal(err)
	}
}

func get(t *testing.T, parts ...string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(parts...))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// copied is a bundle that an attacker may alter.
func copied(t *testing.T, dir string) string {
	t.Helper()
	to := t.TempDir()
	if err := os.CopyFS(to, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	return to
}

// loadable is what the command asks before a bundle comes into force.
func loadable(o *bundle.Opened) error { _, err := listOf(o); return err }

func listOf(o *bundle.Opened) (*trustlist.Snapshot, error) {
	l := lists.Loader()
	l.Resolve = func(string) (*trustlist.Resolved, error) { return o.Resolved(), nil }
	return l.Load("bundle")
}

func bring(t *testing.T, post, dir string, at time.Time) error {
	t.Helper()
	files, err := bundle.OpenFiles(dir)
	if err != nil {
		return err
	}
	defer files.Close()
	_, err = bundle.Install(post, files, bundle.InstallOptions{Root: get(t, dir, "metadata", "1.root.json"), Now: at, Check: loadable})
	return err
}

// outpost is a post with a bundle in force.
func outpost(t *testing.T, dir string) string {
	t.Helper()
	post := filepath.Join(t.TempDir(), "post")
	if err := bring(t, post, dir, mint.AsOf); err != nil {
		t.Fatal(err)
	}
	return post
}

// atPost is a Verifier that trusts what is in force at a post, under a clock that stands.
func atPost(t *testing.T, post string, now time.Time) *verify.Verifier {
	t.Helper()
	o, err := bundle.Open(post, bundle.OpenOptions{Now: now})
	if err != nil {
		t.Fatal(err)
	}
	trust, err := listOf(o)
	if err != nil {
		t.Fatal(err)
	}
	return standing(t, trust, now)
}

func standing(t *testing.T, trust verify.TrustSource, now time.Time) *verify.Verifier {
	t.Helper()
	v, err := verify.New(verify.Config{
		Formats: all.Set(), Trust: trust, Policy: verify.DefaultPolicy(all.Set().IDs()...), Now: func() time.Time { return now },
	})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// resigned changes a file of metadata and signs it with these keys.
func resigned(t *testing.T, dir, name string, change func(map[string]any), signers ...string) {
	t.Helper()
	var file struct{ Signed map[string]any }
	if err := json.Unmarshal(get(t, dir, "metadata", name), &file); err != nil {
		t.Fatal(err)
	}
	change(file.Signed)
	payload, err := json.Marshal(file.Signed)
	if err != nil {
		t.Fatal(err)
	}
	var signatures []map[string]string
	for _, s := range signers {
		id, err := bundle.KeyID(officer(s).Public())
		if err != nil {
			t.Fatal(err)
		}
		sig, _ := officer(s).Sign(payload)
		signatures = append(signatures, map[string]string{"keyid": id, "sig": hex.EncodeToString(sig)})
	}
	out, err := json.Marshal(map[string]any{"signed": file.Signed, "signatures": signatures})
	if err != nil {
		t.Fatal(err)
	}
	put(t, filepath.Join(dir, "metadata", name), out)
}

// refusedBy demands that a post refuses a bundle as one of a kind, and keeps the one that it has.
func refusedBy(t *testing.T, post, what, dir string, kinds ...bundle.Kind) {
	t.Helper()
	before := string(get(t, post, "current"))
	err := bring(t, post, dir, mint.AsOf)
	found := false
	for _, k := range kinds {
		found = found || bundle.KindOf(err) == k
	}
	if !found {
		t.Errorf("%s: %v, want one of the kinds %v", what, err, kinds)
	}
	if string(get(t, post, "current")) != before {
		t.Errorf("%s: another bundle is in force", what)
	}
	demand(t, atPost(t, post, mint.AsOf), what, inputOf(vaccination), accepted)
}

// signersFile is a data file that names the document signers of Utopia.
func signersFile(signers ...mint.Signer) map[string][]byte {
	return map[string][]byte{"keys.json": mint.TrustJSON(created, mint.Anchors(signers...)...)}
}

// withStore adds a store that revokes one identifier to data files.
func withStore(t *testing.T, files map[string][]byte, id string) map[string][]byte {
	t.Helper()
	dir := t.TempDir()
	b, err := revstore.NewBuilder(revstore.BuildOptions{TempDir: dir})
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	if err := b.Add(hcert.HandleUCI, listedAs(strings.ToUpper(id)), time.Time{}); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Build(context.Background(), filepath.Join(dir, "eu.srt")); err != nil {
		t.Fatal(err)
	}
	files["rev/eu.srt"] = get(t, dir, "eu.srt")
	return files
}
