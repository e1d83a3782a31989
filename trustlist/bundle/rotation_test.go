package bundle_test

import (
	"testing"
	"time"

	"github.com/travelseal/travelseal/trustlist/bundle"
)

// rotated is a bundle whose second root has dora in the place of anna, for all that is offline.
func rotated(t testing.TB) (h *headquarters, one, two string) {
	h, one = published(t)
	at := now.AddDate(0, 0, 2)
	offline := authority(2, "bela", "cora", "dora")
	err := h.Rotate(bundle.Plan{Roles: map[string]bundle.Authority{
		bundle.Root: offline, bundle.Targets: offline, bundle.Keys: offline, bundle.Rules: offline,
	}}, at)
	if err != nil {
		t.Fatal(err)
	}
	h.sign(at, "bela", "dora")
	if _, err := h.Publish(at); bundle.KindOf(err) != bundle.Incomplete { // two of the new keys, one of the old
		t.Errorf("%v", err)
	}
	two = h.sign(at, "cora", "hq").publish(at)
	return h, one, two
}

func TestAPostFollowsTheLineOfRoots(t *testing.T) {
	h, one, two := rotated(t)
	at := now.AddDate(0, 0, 2)
	c, err := verify(t, two, bundle.Options{Root: rootOf(t, one), Now: at})
	if err != nil || c.Info.Role(bundle.Root).Version != 2 {
		t.Fatalf("%+v, %v", c, err)
	}
	post := newPost(t, one)
	if in, err := install(t, post, two, bundle.InstallOptions{Now: at}); err != nil || in.Info.Role("root").Version != 2 {
		t.Fatalf("%+v, %v", in, err)
	}
	open(t, post, at)
	// The first root may still be named: it leads to the one that the post follows.
	three := h.sign(at.Add(time.Hour), "hq").publish(at.Add(time.Hour))
	if _, err := install(t, post, three, bundle.InstallOptions{Now: at, Root: rootOf(t, one)}); err != nil {
		t.Error(err)
	}
	// What was published under the old root has no way back, even where the state is gone.
	old := forge(t, one)
	if _, err := install(t, post, old.dir, bundle.InstallOptions{Now: at}); err == nil {
		t.Error("a bundle under the root before was installed")
	}
}

func TestAHoleInTheLineOfRootsIsRefused(t *testing.T) {
	h, one, _ := rotated(t)
	at := now.AddDate(0, 0, 3)
	if err := h.Rotate(bundle.Plan{}, at); err != nil {
		t.Fatal(err)
	}
	three := h.sign(at, "bela", "dora", "hq").publish(at)
	o := bundle.Options{Root: rootOf(t, one), Now: at}
	if c, err := verify(t, three, o); err != nil || c.Info.Role("root").Version != 3 {
		t.Fatalf("%+v, %v", c, err)
	}
	for name, f := range map[string]*forgery{
		"root 2 missing":              forge(t, three).remove("metadata/2.root.json"),
		"root 2 not signed by root 1": forge(t, three).edit("2.root.json", func(object) {}, "dora", "bela"),
		"root 2 not signed by itself": forge(t, three).edit("2.root.json", func(object) {}, "anna", "bela"),
		"root 2 signed by strangers":  forge(t, three).edit("2.root.json", func(object) {}, "mallory", "eve"),
		"root 3 in the place of 2":    forge(t, three).write("metadata/2.root.json", forge(t, three).read("metadata/3.root.json")),
		"root 2 calls itself 4":       forge(t, three).edit("2.root.json", func(o object) { o["version"] = 4 }, "anna", "bela", "dora"),
	} {
		if _, err := verify(t, f.dir, o); bundle.KindOf(err) != bundle.Rotation {
			t.Errorf("%s: %v", name, err)
		}
	}
	// An intermediate root may have expired (§5.3.10 speaks of the last alone); the last one makes the bundle so.
	f := forge(t, three).edit("2.root.json", func(o object) { o["expires"] = "2026-05-02T00:00:00Z" }, "anna", "bela", "cora", "dora")
	if c, err := verify(t, f.dir, o); err != nil || c.Info.Expired {
		t.Errorf("an intermediate root that has expired: %+v, %v", c, err)
	}
	f = forge(t, three).edit("3.root.json", func(o object) { o["expires"] = "2026-05-02T00:00:00Z" }, "bela", "cora", "dora")
	if c, err := verify(t, f.dir, o); err != nil || !c.Info.Expired {
		t.Errorf("the last root has expired: %+v, %v", c, err)
	}
}

// A thief of the online key can name any version. A root with another online key makes these two begin anew.
func TestARotationRecoversFromVersionsThatNobodyReaches(t *testing.T) {
	h, one := published(t)
	post := newPost(t, one)
	f := forge(t, one)
	f.edit("timestamp.json", func(o object) { o["version"] = 1<<31 - 1 }, "hq")
	if _, err := install(t, post, f.dir, bundle.InstallOptions{Now: now}); err != nil {
		t.Fatal(err)
	}
	at := now.AddDate(0, 0, 1)
	next := h.sign(at, "hq").publish(at)
	if _, err := install(t, post, next, bundle.InstallOptions{Now: at}); bundle.KindOf(err) != bundle.Rollback {
		t.Errorf("under the same key: %v", err)
	}
	if err := h.Rotate(bundle.Plan{Roles: map[string]bundle.Authority{
		bundle.Snapshot: authority(1, "hq2"), bundle.Timestamp: authority(1, "hq2"), bundle.Revocation: authority(1, "hq2"),
	}}, at); err != nil {
		t.Fatal(err)
	}
	next = h.sign(at, "anna", "bela", "hq2").publish(at)
	if in, err := install(t, post, next, bundle.InstallOptions{Now: at}); err != nil || in.Info.Version != 3 {
		t.Errorf("under another key: %v", err)
	}
}
