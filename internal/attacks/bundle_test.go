package attacks_test

import (
	"archive/tar"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/internal/outside"
	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/trustlist/bundle"
	"github.com/travelseal/travelseal/verify"
)

func inputOf(h mint.HCERT) formats.Input { return formats.Text(h.Build().Text) }

func TestA50_FloodOfKeysUnderOneNameInABundle(t *testing.T) {
	r := office(t)
	post := outpost(t, issue(t, r, created, signersFile(ut.Signers()...)))
	var flood []mint.Anchor
	for i := range trustlist.MaxSameKeyID + 1 {
		s := mint.Fresh(fmt.Sprintf("flood %d", i))
		s.KID = ut.Vaccination.KID
		flood = append(flood, mint.Anchors(s)...)
	}
	refusedBy(t, post, "many keys under one name", issue(t, r, mint.AsOf, map[string][]byte{"keys.json": mint.TrustJSON(created, flood...)}), bundle.Refused)
}

func TestA65_RevocationFileThatIsNotTheSignedOne(t *testing.T) {
	const id = "URN:UVCI:01:UT:4QX7HB2M9WKD"
	r := office(t)
	dir := issue(t, r, created, withStore(t, signersFile(ut.Signers()...), id))
	post := outpost(t, dir)
	demand(t, atPost(t, post, mint.AsOf), "revoked", inputOf(vaccination), disproved(verify.DocRevoked))

	store := get(t, dir, "targets", "rev", "eu.srt")
	for at := 0; at < len(store); at += 997 {
		bad := copied(t, dir)
		store[at] ^= 1
		put(t, filepath.Join(bad, "targets", "rev", "eu.srt"), store)
		store[at] ^= 1
		if err := bring(t, filepath.Join(t.TempDir(), "post"), bad, mint.AsOf); bundle.KindOf(err) != bundle.Hash {
			t.Fatalf("a bit at byte %d: %v", at, err)
		}
		if at > 20_000 {
			at += 29_000 // the fan-out is long and all alike
		}
	}

	// The same in the store of the post: it is noticed at the start, or the store answers that it cannot.
	name := bytes.TrimSpace(get(t, post, "current"))
	place := filepath.Join(post, "bundles", string(name), "targets", "rev", "eu.srt")
	for what, change := range map[string]func([]byte) []byte{
		"emptied":        func([]byte) []byte { return nil },
		"cut":            func(b []byte) []byte { return b[:len(b)-1] },
		"another header": func(b []byte) []byte { b[20] ^= 1; return b },
	} {
		put(t, place, change(bytes.Clone(store)))
		if _, err := bundle.Open(post, bundle.OpenOptions{Now: mint.AsOf}); bundle.KindOf(err) != bundle.Hash {
			t.Errorf("%s at the post: %v", what, err)
		}
	}
}

func TestA66_RevocationListWithoutOneOfItsParts(t *testing.T) {
	r := office(t)
	post := outpost(t, issue(t, r, created, signersFile(ut.Signers()...)))
	dir := issue(t, r, mint.AsOf, withStore(t, signersFile(ut.Signers()...), "URN:UVCI:01:UT:OTHER"))
	bad := copied(t, dir)
	if err := os.Remove(filepath.Join(bad, "targets", "rev", "eu.srt")); err != nil {
		t.Fatal(err)
	}
	refusedBy(t, post, "a store removed", bad, bundle.Hash)
	bad = copied(t, dir)
	if err := os.RemoveAll(filepath.Join(bad, "targets", "rev")); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(bad, "metadata", "2.revocation.json")); err != nil {
		t.Fatal(err)
	}
	refusedBy(t, post, "the role removed with it", bad, bundle.Form)
	if err := bring(t, post, dir, mint.AsOf); err != nil {
		t.Errorf("whole: %v", err)
	}
}

func TestA71_OlderBundle(t *testing.T) {
	r := office(t)
	one := issue(t, r, created, signersFile(ut.Signers()...))
	post := outpost(t, one)
	two := issue(t, r, created.Add(time.Hour), signersFile(ut.Vaccination))
	if err := bring(t, post, two, mint.AsOf); err != nil {
		t.Fatal(err)
	}
	refusedBy(t, post, "the one before", one, bundle.Rollback)
}

func TestA72_BundleThatIsHeldBack(t *testing.T) {
	post := outpost(t, issue(t, office(t), created, signersFile(ut.Signers()...)))
	demand(t, atPost(t, post, mint.AsOf), "fresh", inputOf(vaccination), accepted)
	// A newer one was due: what is genuine is still said to be, and referred.
	overdue := atPost(t, post, mint.AsOf.AddDate(0, 0, 10)).Inspect(t.Context(), []formats.Input{inputOf(vaccination)})
	if overdue.Verdict != verify.Refer || overdue.Trust.State != "stale" || overdue.Documents[0].Status != verify.Authentic {
		t.Errorf("ten days later: %s, %s, %s", overdue.Verdict, overdue.Trust.State, overdue.Documents[0].Status)
	}
	late := mint.AsOf.AddDate(0, 0, 90)
	o, err := bundle.Open(post, bundle.OpenOptions{Now: late})
	if err != nil || !o.Info.Expired || !o.Info.Trust().Expires.Before(late) {
		t.Fatalf("%+v, %v", o, err)
	}
	report := atPost(t, post, late).Inspect(t.Context(), []formats.Input{inputOf(vaccination)})
	if report.Verdict != verify.Refer || report.Trust.State != "expired" || report.Documents[0].Status != verify.Indeterminate ||
		!slices.ContainsFunc(report.Findings, func(f verify.Finding) bool { return f.Code == verify.TrustExpired }) {
		t.Errorf("ninety days later: %s, %s, %v", report.Verdict, report.Trust.State, report.Findings)
	}
	// A clock that is set back to make it fresh again is behind what the post has seen.
	if o, err = bundle.Open(post, bundle.OpenOptions{Now: mint.AsOf}); err != nil || !o.Info.ClockSuspect || !o.Info.Trust().Seen.Equal(late) {
		t.Errorf("%+v, %v", o.Info, err)
	}
}

func TestA73_PartsOfTwoBundles(t *testing.T) {
	r := office(t)
	one := issue(t, r, created, signersFile(ut.Signers()...))
	post := outpost(t, one)
	two := issue(t, r, mint.AsOf, signersFile(ut.Vaccination))
	for _, name := range []string{"keys", "snapshot", "revocation"} {
		bad := copied(t, two)
		put(t, filepath.Join(bad, "metadata", "2."+name+".json"), get(t, one, "metadata", "1."+name+".json"))
		refusedBy(t, post, "the "+name+" of the one before", bad, bundle.Mixed, bundle.Limit)
	}
	bad := copied(t, two)
	put(t, filepath.Join(bad, "metadata", "timestamp.json"), get(t, one, "metadata", "timestamp.json"))
	refusedBy(t, post, "the timestamp of the one before", bad, bundle.Form)
	bad = copied(t, two)
	put(t, filepath.Join(bad, "targets", "keys.json"), get(t, one, "targets", "keys.json"))
	refusedBy(t, post, "the keys of the one before", bad, bundle.Hash)
}

func TestA74_OneKeyForTwo(t *testing.T) {
	r := office(t)
	dir := issue(t, r, created, signersFile(ut.Signers()...))
	post := outpost(t, dir)
	next := func(change func(map[string]any), signers ...string) string {
		bad := copied(t, dir)
		put(t, filepath.Join(bad, "metadata", "2.root.json"), get(t, bad, "metadata", "1.root.json"))
		resigned(t, bad, "2.root.json", func(o map[string]any) { o["version"] = 2; change(o) }, signers...)
		return bad
	}
	id, err := bundle.KeyID(officer("a").Public())
	if err != nil {
		t.Fatal(err)
	}
	role := func(o map[string]any) map[string]any { return o["roles"].(map[string]any)["root"].(map[string]any) }
	refusedBy(t, post, "one signature", next(func(map[string]any) {}, "a"), bundle.Rotation)
	refusedBy(t, post, "one signature twice", next(func(map[string]any) {}, "a", "a"), bundle.Form)
	refusedBy(t, post, "one key twice in a role", next(func(o map[string]any) { role(o)["keyids"] = []string{id, id} }, "a", "b"), bundle.Form)
	refusedBy(t, post, "one key under two names", next(func(o map[string]any) {
		keys, other := o["keys"].(map[string]any), hex.EncodeToString(make([]byte, 32))
		keys[other] = keys[id]
		role(o)["keyids"] = []string{id, other}
	}, "a", "b"), bundle.Form)
	refusedBy(t, post, "a threshold of none", next(func(o map[string]any) { role(o)["threshold"] = 0 }, "a", "b"), bundle.Form)

	plan := bundle.Plan{Roles: make(map[string]bundle.Authority)}
	for _, role := range bundle.Roles() {
		plan.Roles[role] = quorum(2, "a", "a")
	}
	if _, err := bundle.Init(filepath.Join(t.TempDir(), "office"), plan, created); bundle.KindOf(err) != bundle.Form {
		t.Errorf("an office of one key twice: %v", err)
	}
}

func TestA75_BrokenLineOfRoots(t *testing.T) {
	r := office(t)
	one := issue(t, r, created, signersFile(ut.Signers()...))
	post := outpost(t, one)
	offline := quorum(2, "b", "c", "d")
	err := r.Rotate(bundle.Plan{Roles: map[string]bundle.Authority{bundle.Root: offline, bundle.Targets: offline, bundle.Keys: offline, bundle.Rules: offline}}, created)
	if err != nil {
		t.Fatal(err)
	}
	issue(t, r, created, signersFile(ut.Signers()...), "a", "b", "c", "online")
	if err := r.Rotate(bundle.Plan{}, created); err != nil {
		t.Fatal(err)
	}
	three := issue(t, r, created, signersFile(ut.Signers()...), "c", "d", "online")

	bad := copied(t, three)
	resigned(t, bad, "2.root.json", func(map[string]any) {}, "c", "d")
	refusedBy(t, post, "not signed by enough of the old keys", bad, bundle.Rotation)
	bad = copied(t, three)
	resigned(t, bad, "2.root.json", func(map[string]any) {}, "a", "b")
	refusedBy(t, post, "not signed by enough of the new keys", bad, bundle.Rotation)
	bad = copied(t, three)
	if err := os.Remove(filepath.Join(bad, "metadata", "2.root.json")); err != nil {
		t.Fatal(err)
	}
	refusedBy(t, post, "a root left out", bad, bundle.Rotation)

	expired := copied(t, three)
	resigned(t, expired, "2.root.json", func(o map[string]any) { o["expires"] = "2026-01-01T00:00:00Z" }, "a", "b", "c", "d")
	if err := bring(t, post, expired, mint.AsOf); err != nil {
		t.Errorf("a root on the way that has expired: %v", err)
	}
	refusedBy(t, post, "under the first root again", one, bundle.Signature)
}

func TestA76_NamesThatLeadOut(t *testing.T) {
	r := office(t)
	dir := issue(t, r, created, signersFile(ut.Signers()...))
	post := outpost(t, dir)
	for _, name := range []string{"../../etc/x", "/etc/x", "C:/x", "keys/a:b", `keys\a`, "KEYS.json", "keys/con", "keys/a.", "keys/.a"} {
		bad := copied(t, dir)
		resigned(t, bad, "1.keys.json", func(o map[string]any) {
			targets := o["targets"].(map[string]any)
			targets[name] = targets["keys.json"]
		}, "a", "b")
		follow(t, bad)
		refusedBy(t, post, name, bad, bundle.Path)

		var archive bytes.Buffer
		w := tar.NewWriter(&archive)
		if err := w.WriteHeader(&tar.Header{Name: "targets/" + name, Typeflag: tar.TypeReg, Mode: 0o644}); err != nil {
			t.Fatal(err)
		}
		w.Close()
		if _, err := bundle.ReadTar(bytes.NewReader(archive.Bytes()), int64(archive.Len())); bundle.KindOf(err) != bundle.Path && name != "KEYS.json" {
			t.Errorf("%s in an archive: %v", name, err)
		}
	}
	bad := copied(t, dir)
	if err := os.Remove(filepath.Join(bad, "targets", "keys.json")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("/etc/passwd", filepath.Join(bad, "targets", "keys.json")); err != nil {
		outside.Absent(t, "This system makes no symbolic links: "+err.Error())
	}
	refusedBy(t, post, "a link", bad, bundle.Path)
}

// follow lets the snapshot and the timestamp name the first version of the keys role as it is now, by the online key.
func follow(t *testing.T, dir string) {
	t.Helper()
	meta := func(name string) map[string]any {
		data := get(t, dir, "metadata", name)
		return map[string]any{"version": 1, "length": len(data), "hashes": map[string]string{"sha256": fmt.Sprintf("%x", sha256.Sum256(data))}}
	}
	resigned(t, dir, "1.snapshot.json", func(o map[string]any) { o["meta"].(map[string]any)["keys.json"] = meta("1.keys.json") }, "online")
	resigned(t, dir, "timestamp.json", func(o map[string]any) { o["meta"].(map[string]any)["snapshot.json"] = meta("1.snapshot.json") }, "online")
}

func TestA77_DataWithoutEnd(t *testing.T) {
	r := office(t)
	dir := issue(t, r, created, signersFile(ut.Signers()...))
	post := outpost(t, dir)
	for name, kind := range map[string]bundle.Kind{
		"metadata/timestamp.json": bundle.Limit, "metadata/1.snapshot.json": bundle.Limit, "metadata/1.keys.json": bundle.Limit,
		"metadata/2.root.json": bundle.Limit, "targets/keys.json": bundle.Limit,
	} {
		bad := copied(t, dir)
		put(t, filepath.Join(bad, "metadata", "2.root.json"), get(t, dir, "metadata", "1.root.json"))
		if err := os.Truncate(filepath.Join(bad, filepath.FromSlash(name)), 10<<30); err != nil { // takes no room
			outside.Absent(t, "This system makes no file of 10 GiB: "+err.Error())
		}
		if name != "metadata/2.root.json" {
			if err := os.Remove(filepath.Join(bad, "metadata", "2.root.json")); err != nil {
				t.Fatal(err)
			}
		}
		refusedBy(t, post, name, bad, kind)
	}
}

func TestA78_MemoryOfThePostIsGone(t *testing.T) {
	post := outpost(t, issue(t, office(t), created, signersFile(ut.Signers()...)))
	if err := os.Remove(filepath.Join(post, "state.json")); err != nil {
		t.Fatal(err)
	}
	for range 2 { // the warning does not go away by itself
		o, err := bundle.Open(post, bundle.OpenOptions{Now: mint.AsOf})
		if err != nil || !o.Info.StateReset {
			t.Fatalf("%+v, %v", o, err)
		}
		if list, err := listOf(o); err != nil || !list.Info().StateReset {
			t.Errorf("the list does not say it: %v", err)
		}
	}
	if err := os.Chmod(post, 0o777); err != nil {
		t.Fatal(err)
	}
	if _, err := bundle.Open(post, bundle.OpenOptions{Now: mint.AsOf}); bundle.KindOf(err) != bundle.Unsafe {
		t.Errorf("a store that everybody may change: %v", err)
	}
}

// A stick is a file system whose files are other ones when they are opened again, or turn into others as they are read.
type stick struct {
	fstest.MapFS
	opened map[string]int
	swap   map[string][]byte // what a file holds from its second opening on
}

func (s *stick) Open(name string) (fs.File, error) {
	s.opened[name]++
	if data, ok := s.swap[name]; ok && s.opened[name] > 1 {
		return fstest.MapFS{name: {Data: data, Mode: 0o644}}.Open(name)
	}
	return s.MapFS.Open(name)
}

func TestA79_StickThatIsSwappedWhileItIsRead(t *testing.T) {
	dir := issue(t, office(t), created, signersFile(ut.Signers()...))
	forged := mint.TrustJSON(created, mint.Anchors(mint.Fresh("forger"))...)
	s := &stick{MapFS: make(fstest.MapFS), opened: make(map[string]int), swap: make(map[string][]byte)}
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			s.MapFS[name] = &fstest.MapFile{Data: get(t, dir, name), Mode: 0o644}
			s.swap[name] = forged
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	files, err := bundle.ReadFS(s)
	if err != nil {
		t.Fatal(err)
	}
	post := filepath.Join(t.TempDir(), "post")
	if _, err := bundle.Install(post, files, bundle.InstallOptions{Root: get(t, dir, "metadata", "1.root.json"), Now: mint.AsOf}); err != nil {
		t.Fatalf("every file is good the first time: %v", err)
	}
	demand(t, atPost(t, post, mint.AsOf), "installed", inputOf(vaccination), accepted)

	// Swapped before that, it is refused: what was copied is what is verified.
	s.MapFS["targets/keys.json"].Data = append(bytes.Clone(s.MapFS["targets/keys.json"].Data[1:]), ' ')
	s.opened = make(map[string]int)
	if _, err := bundle.Install(filepath.Join(t.TempDir(), "post"), files, bundle.InstallOptions{Root: get(t, dir, "metadata", "1.root.json"), Now: mint.AsOf}); bundle.KindOf(err) != bundle.Hash {
		t.Errorf("%v", err)
	}
}

func TestA104_NewBundleDuringAThousandChecks(t *testing.T) {
	r := office(t)
	post := outpost(t, issue(t, r, created, signersFile(ut.Signers()...)))
	v2 := issue(t, r, mint.AsOf, signersFile(ut.Recovery))
	v3 := issue(t, r, mint.AsOf, signersFile(ut.Signers()...))
	source, err := bundle.Watch(func() (*trustlist.Snapshot, error) {
		o, err := bundle.Open(post, bundle.OpenOptions{Now: mint.AsOf})
		if err != nil {
			return nil, err
		}
		return listOf(o)
	}, post)
	if err != nil {
		t.Fatal(err)
	}
	v := standing(t, source, mint.AsOf)
	in := inputOf(vaccination)
	var seen [4]atomic.Int32
	var checking sync.WaitGroup
	gate := make(chan struct{}, 64)
	for i := range 1000 {
		switch i {
		case 300:
			err = bring(t, post, v2, mint.AsOf)
		case 600:
			err = bring(t, post, v3, mint.AsOf)
		}
		if err != nil {
			t.Fatal(err)
		}
		gate <- struct{}{}
		checking.Go(func() {
			defer func() { <-gate }()
			r := v.Inspect(t.Context(), []formats.Input{in})
			keys, verdict := len(ut.Signers()), verify.Accept
			if r.Trust.Version == 2 {
				keys, verdict = 1, verify.Refer
			}
			if r.Trust.List != "bundle" || r.Trust.Version < 1 || r.Trust.Version > 3 || r.Trust.Keys != keys || r.Verdict != verdict {
				t.Errorf("a report mixes two bundles: %+v, %s", r.Trust, r.Verdict)
				return
			}
			seen[r.Trust.Version].Add(1)
		})
	}
	checking.Wait()
	for version := 1; version <= 3; version++ {
		if seen[version].Load() == 0 {
			t.Errorf("no report rests on version %d: nothing was swapped", version)
		}
	}
}
