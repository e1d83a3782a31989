package bundle_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/gofrs/flock"

	"github.com/travelseal/travelseal/internal/outside"
	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/trustlist/bundle"
)

// install installs a bundle that is a folder or an archive.
func install(t testing.TB, post, dir string, o bundle.InstallOptions) (*bundle.Installed, error) {
	t.Helper()
	f, err := bundle.OpenFiles(dir)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return bundle.Install(post, f, o)
}

// A post has one bundle installed.
func newPost(t testing.TB, dir string) string {
	t.Helper()
	post := filepath.Join(t.TempDir(), "post")
	in, err := install(t, post, dir, bundle.InstallOptions{Root: rootOf(t, dir), Now: now})
	if err != nil {
		t.Fatal(err)
	}
	if !in.First || in.Already || in.Info.StateReset {
		t.Fatalf("%+v", in)
	}
	return post
}

func open(t testing.TB, post string, at time.Time) *bundle.Opened {
	t.Helper()
	o, err := bundle.Open(post, bundle.OpenOptions{Now: at})
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// refusedAs demands an error of a kind, and that the post still has the bundle of a version in force.
func refusedAs(t testing.TB, what string, err error, kind bundle.Kind, post string, version int64) {
	t.Helper()
	if bundle.KindOf(err) != kind {
		t.Errorf("%s: %v, want the kind %s", what, err, kind)
	}
	if post == "" {
		return
	}
	if o := open(t, post, now); o.Info.Version != version {
		t.Errorf("%s: version %d is in force, want %d", what, o.Info.Version, version)
	}
	if left, err := os.ReadDir(filepath.Join(post, "spool")); err != nil || len(left) > 0 {
		t.Errorf("%s: %d things are left in the spool, %v", what, len(left), err)
	}
}

func TestAPostInstallsAndOpens(t *testing.T) {
	h, dir := published(t)
	post := newPost(t, dir)
	o := open(t, post, now.Add(time.Hour))
	if o.Info.Version != 1 || o.Info.StateReset || o.Info.ClockSuspect || o.Info.Unremembered || !o.Info.Seen.Equal(now) {
		t.Errorf("%+v", o.Info)
	}
	if data, err := os.ReadFile(o.Path("policy.yaml")); err != nil || string(data) != string(first()["policy.yaml"]) {
		t.Errorf("%q, %v", data, err)
	}
	if o.Path("../root.json") != "" || o.Path("unknown") != "" {
		t.Error("a path is given for what is no data file")
	}
	list, err := trustlist.Loader{Resolve: func(string) (*trustlist.Resolved, error) { return o.Resolved(), nil }}.Load(post)
	if err != nil {
		t.Fatal(err)
	}
	if i := list.Info(); i.Anchors != 1 || i.Name != "bundle" || i.Version != 1 || !i.Created.Equal(now) || !i.Due.Equal(now.AddDate(0, 0, 7)) || !i.Expires.Equal(now.AddDate(0, 0, 90)) || i.SHA256 != o.Info.SHA256 {
		t.Errorf("%+v", i)
	}

	at := now.AddDate(0, 0, 1)
	second := h.renewed(at, func(f tree) { f["ref/products.json"] = []byte("{}") })
	in, err := install(t, post, second, bundle.InstallOptions{Now: at})
	if err != nil || in.First || in.Already || in.Info.Version != 2 {
		t.Fatalf("%+v, %v", in, err)
	}
	in, err = install(t, post, second, bundle.InstallOptions{Now: at})
	if err != nil || !in.Already || in.Info.Version != 2 || in.Info.StateReset {
		t.Errorf("once more: %+v, %v", in, err)
	}
	third := h.renewed(at.AddDate(0, 0, 1), func(f tree) {})
	if _, err = install(t, post, third, bundle.InstallOptions{Now: at.AddDate(0, 0, 1), Root: rootOf(t, third)}); err != nil {
		t.Fatal(err)
	}
	if kept, err := os.ReadDir(filepath.Join(post, "bundles")); err != nil || len(kept) != 2 || !strings.HasPrefix(kept[0].Name(), "0000000002") {
		t.Errorf("kept %v, %v", kept, err)
	}
}

func TestAnOlderBundleIsRefused(t *testing.T) {
	h, one := published(t)
	post := newPost(t, one)
	two := h.renewed(now.AddDate(0, 0, 1), func(f tree) { f["keys.json"] = []byte(`{"schema":"travelseal.trust/1"}`) })
	if _, err := install(t, post, two, bundle.InstallOptions{Now: now.AddDate(0, 0, 1)}); err != nil {
		t.Fatal(err)
	}
	_, err := install(t, post, one, bundle.InstallOptions{Now: now.AddDate(0, 0, 1)})
	refusedAs(t, "version 1 after 2", err, bundle.Rollback, post, 2)

	// The same, put into the store behind the back of the program.
	old := newPost(t, one)
	name, err := os.ReadFile(filepath.Join(old, "current"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(post, "current"), name, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := bundle.Open(post, bundle.OpenOptions{Now: now}); bundle.KindOf(err) != bundle.Rollback {
		t.Errorf("put back into the store: %v", err)
	}
}

func TestTwoBundlesOfOneVersionAreRefused(t *testing.T) {
	_, one := published(t)
	post := newPost(t, one)
	other := begin(t, plan()).stage(first()).sign(now.Add(time.Hour), "anna", "bela", "hq").publish(now.Add(time.Hour))
	_, err := install(t, post, other, bundle.InstallOptions{Now: now})
	if k := bundle.KindOf(err); k != bundle.Mixed {
		t.Errorf("%v", err)
	}
}

func TestAnExpiredBundleIsAuthentic(t *testing.T) {
	_, dir := published(t)
	post := newPost(t, dir)
	late := now.AddDate(0, 0, 91)
	if o := open(t, post, now.AddDate(0, 0, 10)); !o.Info.Overdue || o.Info.Expired {
		t.Errorf("ten days later: %+v", o.Info)
	}
	o := open(t, post, late)
	if !o.Info.Expired || !o.Info.Overdue || o.Info.ClockSuspect || o.Info.Trust().Expires.After(late) {
		t.Errorf("%+v", o.Info)
	}
	if in, err := install(t, filepath.Join(t.TempDir(), "other"), dir, bundle.InstallOptions{Now: late, Root: rootOf(t, dir)}); err != nil || !in.Info.Expired {
		t.Errorf("%+v, %v", in, err)
	}
}

func TestAClockThatIsBehindIsSuspect(t *testing.T) {
	_, dir := published(t)
	post := newPost(t, dir)
	if o := open(t, post, now.AddDate(0, 0, -1)); !o.Info.ClockSuspect {
		t.Error("a day before the bundle was made")
	}
	open(t, post, now.AddDate(0, 0, 3))
	if o := open(t, post, now.AddDate(0, 0, 2)); !o.Info.ClockSuspect || !o.Info.Seen.Equal(now.AddDate(0, 0, 3)) {
		t.Errorf("a day before what was seen: %+v", o.Info)
	}
	open(t, post, now.AddDate(60, 0, 0)) // the clock went wrong once
	if o := open(t, post, now.AddDate(0, 0, 4)); !o.Info.ClockSuspect {
		t.Error("years before what was seen")
	}
	if _, err := install(t, post, dir, bundle.InstallOptions{Now: now.AddDate(0, 0, 4), ClockIsRight: true}); err != nil {
		t.Fatal(err)
	}
	if o := open(t, post, now.AddDate(0, 0, 4)); o.Info.ClockSuspect {
		t.Errorf("after it was said that the clock is right: %+v", o.Info)
	}
}

func TestALostMemoryIsSaid(t *testing.T) {
	h, dir := published(t)
	two := h.renewed(now.AddDate(0, 0, 1), func(tree) {})
	for name, lose := range map[string]func(string) error{
		"removed":     os.Remove,
		"emptied":     func(f string) error { return os.WriteFile(f, nil, 0o644) },
		"no JSON":     func(f string) error { return os.WriteFile(f, []byte("?"), 0o644) },
		"another one": func(f string) error { return os.WriteFile(f, []byte(`{"schema":"travelseal.state/2"}`), 0o644) },
	} {
		post := newPost(t, dir)
		if err := lose(filepath.Join(post, "state.json")); err != nil {
			t.Fatal(err)
		}
		for range 2 {
			if o := open(t, post, now.Add(time.Hour)); !o.Info.StateReset || !o.Info.Trust().StateReset {
				t.Errorf("%s: not said", name)
			}
		}
		// A bundle that was made after the loss is newer than everything that was forgotten.
		if in, err := install(t, post, two, bundle.InstallOptions{Now: now.AddDate(0, 0, 1)}); err != nil || in.Info.StateReset {
			t.Errorf("%s: after a new bundle: %+v, %v", name, in, err)
		}
	}
	// An installation that finds it lost says so too, and does not forget what is in force.
	post := newPost(t, two)
	if err := os.Remove(filepath.Join(post, "state.json")); err != nil {
		t.Fatal(err)
	}
	_, err := install(t, post, dir, bundle.InstallOptions{Now: now.AddDate(0, 0, 2)})
	refusedAs(t, "an older one after the loss", err, bundle.Rollback, post, 2)
}

func TestAnOlderMemoryIsALostOne(t *testing.T) {
	h, one := published(t)
	post := newPost(t, one)
	state := filepath.Join(post, "state.json")
	old, err := os.ReadFile(state)
	if err != nil {
		t.Fatal(err)
	}
	two := h.renewed(now.AddDate(0, 0, 1), func(tree) {})
	if _, err := install(t, post, two, bundle.InstallOptions{Now: now.AddDate(0, 0, 1)}); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(state, old, 0o644); err != nil {
		t.Fatal(err)
	}
	if o := open(t, post, now.AddDate(0, 0, 1)); !o.Info.StateReset {
		t.Error("the memory of the bundle before was put back, and nothing says so")
	}
}

func TestAStoreThatOthersMayChangeIsRefused(t *testing.T) {
	_, dir := published(t)
	for _, part := range []string{".", "state.json", "current", "root.json", "bundles"} {
		post := newPost(t, dir)
		if err := os.Chmod(filepath.Join(post, part), 0o777); err != nil {
			t.Fatal(err)
		}
		_, err := bundle.Open(post, bundle.OpenOptions{Now: now})
		if bundle.KindOf(err) != bundle.Unsafe {
			t.Errorf("%s: %v", part, err)
		}
		_, err = install(t, post, dir, bundle.InstallOptions{Now: now})
		if bundle.KindOf(err) != bundle.Unsafe {
			t.Errorf("%s: install: %v", part, err)
		}
		if _, err := bundle.Open(post, bundle.OpenOptions{Now: now, Unsafe: true}); err != nil {
			t.Errorf("%s: with the switch: %v", part, err)
		}
	}
	post, link := newPost(t, dir), filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(post, link); err != nil {
		outside.Absent(t, "This system makes no symbolic links: "+err.Error())
	}
	open(t, link, now)
	if err := os.Chmod(post, 0o777); err != nil {
		t.Fatal(err)
	}
	if _, err := bundle.Open(link, bundle.OpenOptions{Now: now}); bundle.KindOf(err) != bundle.Unsafe {
		t.Errorf("behind a link: %v", err)
	}
	parent := filepath.Join(t.TempDir(), "everybody")
	if err := os.Mkdir(parent, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(parent, 0o777); err != nil {
		t.Fatal(err)
	}
	_, err := install(t, filepath.Join(parent, "post"), dir, bundle.InstallOptions{Now: now, Root: rootOf(t, dir)})
	if bundle.KindOf(err) != bundle.Unsafe {
		t.Errorf("a folder that everybody may rename: %v", err)
	}
}

func TestTheFirstInstallationNeedsARoot(t *testing.T) {
	_, dir := published(t)
	post := filepath.Join(t.TempDir(), "post")
	if _, err := install(t, post, dir, bundle.InstallOptions{Now: now}); bundle.KindOf(err) != bundle.Form {
		t.Errorf("no root: %v", err)
	}
	if _, err := bundle.Open(post, bundle.OpenOptions{Now: now}); bundle.KindOf(err) != bundle.State {
		t.Errorf("nothing installed: %v", err)
	}
	strange := plan()
	strange.Roles[bundle.Root] = authority(1, "mallory")
	other := begin(t, strange).stage(first()).sign(now, "mallory", "anna", "bela", "hq").publish(now)
	if _, err := install(t, post, dir, bundle.InstallOptions{Now: now, Root: rootOf(t, other)}); err != nil {
		// The two differ in their root only, and share all other keys.
		t.Errorf("a root that permits the same keys: %v", err)
	}
	post = newPost(t, dir)
	_, err := install(t, post, dir, bundle.InstallOptions{Now: now, Root: rootOf(t, other)})
	refusedAs(t, "another root than the one that is pinned", err, bundle.Rotation, post, 1)
}

func TestTheCallersCheckIsAskedFirst(t *testing.T) {
	h, dir := published(t)
	post := newPost(t, dir)
	two := h.renewed(now.AddDate(0, 0, 1), func(tree) {})
	no := errors.New("not today")
	_, err := install(t, post, two, bundle.InstallOptions{Now: now, Check: func(o *bundle.Opened) error {
		if _, err := os.Stat(o.Path("keys.json")); err != nil || o.Info.Version != 2 {
			t.Errorf("asked about %+v, %v", o.Info, err)
		}
		return no
	}})
	if !errors.Is(err, no) {
		t.Error(err)
	}
	refusedAs(t, "refused by the caller", err, bundle.Refused, post, 1)
}

func TestTwoProcessesDoNotInstallAtOnce(t *testing.T) {
	h, dir := published(t)
	post := newPost(t, dir)
	two := h.renewed(now.AddDate(0, 0, 1), func(tree) {})
	other := flock.New(filepath.Join(post, ".lock"))
	if locked, err := other.TryLock(); err != nil || !locked {
		t.Fatal(err)
	}
	if _, err := install(t, post, two, bundle.InstallOptions{Now: now}); bundle.KindOf(err) != bundle.Busy {
		t.Errorf("%v", err)
	}
	if o := open(t, post, now.Add(time.Hour)); o.Info.Version != 1 || o.Info.Unremembered { // it does not wait, and is not noted
		t.Errorf("%+v", o.Info)
	}
	if err := other.Unlock(); err != nil {
		t.Fatal(err)
	}
	if _, err := install(t, post, two, bundle.InstallOptions{Now: now}); err != nil {
		t.Error(err)
	}
}

func BenchmarkOpen(b *testing.B) {
	_, dir := published(b)
	post := newPost(b, dir)
	for b.Loop() {
		open(b, post, now)
	}
}

func BenchmarkInstall(b *testing.B) {
	_, dir := published(b)
	for b.Loop() {
		newPost(b, dir)
	}
}
