package bundle_test

import (
	"bytes"
	"crypto/sha256"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/travelseal/travelseal/trustlist/bundle"
)

func TestABundleIsVerifiedFromItsRoot(t *testing.T) {
	_, dir := published(t)
	c, err := verify(t, dir, bundle.Options{Root: rootOf(t, dir), Now: now})
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range c.Files {
		names = append(names, f.Role+" "+f.Name)
	}
	if want := []string{"keys keys.json", "keys policy.yaml", "rules rules/entry.json"}; !slices.Equal(names, want) {
		t.Errorf("files %q", names)
	}
	i := c.Info
	if i.Version != 1 || !i.Created.Equal(now) || !i.Expires.Equal(now.AddDate(0, 0, 7)) || i.Expired || i.ClockSuspect || i.StateReset {
		t.Errorf("%+v", i)
	}
	stampFile, err := os.ReadFile(filepath.Join(dir, "metadata", "timestamp.json"))
	if err != nil || i.SHA256 != sha256.Sum256(stampFile) {
		t.Errorf("digest %x, %v", i.SHA256, err)
	}
	for role, want := range map[string]struct {
		days, threshold, keys, files int
	}{
		bundle.Root: {730, 2, 3, 0}, bundle.Targets: {730, 2, 3, 0}, bundle.Keys: {90, 2, 3, 2}, bundle.Revocation: {7, 1, 1, 0},
		bundle.Rules: {90, 2, 3, 1}, bundle.Snapshot: {7, 1, 1, 0}, bundle.Timestamp: {7, 1, 1, 0},
	} {
		r := i.Role(role)
		if r.Version != 1 || !r.Expires.Equal(now.AddDate(0, 0, want.days)) || r.Threshold != want.threshold || len(r.Keys) != want.keys || r.Files != want.files {
			t.Errorf("%s: %+v", role, r)
		}
	}
	if len(i.Roles) != len(bundle.Roles()) || len(c.Extra) != 0 {
		t.Errorf("roles %d, extra %q", len(i.Roles), c.Extra)
	}
}

func TestTheSameInputsGiveTheSameBundle(t *testing.T) {
	_, one := published(t)
	_, two := published(t)
	if !bytes.Equal(archive(t, one), archive(t, two)) {
		t.Error("two publications of the same files at the same moment differ")
	}
	three := begin(t, plan()).stage(first()).sign(now, "bela", "anna", "hq").publish(now)
	if !bytes.Equal(archive(t, one), archive(t, three)) {
		t.Error("the bundle depends on who signed first")
	}
}

func TestAnArchiveIsTheSameBundle(t *testing.T) {
	_, dir := published(t)
	name := filepath.Join(t.TempDir(), "bundle.tar")
	if err := os.WriteFile(name, archive(t, dir), 0o644); err != nil {
		t.Fatal(err)
	}
	o := bundle.Options{Root: rootOf(t, dir), Now: now}
	a, err := verify(t, name, o)
	if err != nil {
		t.Fatal(err)
	}
	b, err := verify(t, dir, o)
	if err != nil || a.Info.SHA256 != b.Info.SHA256 || !slices.Equal(a.Files, b.Files) {
		t.Errorf("%+v\n%+v, %v", a, b, err)
	}
}

func TestVersionsRiseWhereSomethingIsNew(t *testing.T) {
	h, _ := published(t)
	at := now.AddDate(0, 0, 1)
	dir := h.renewed(at, func(f tree) { f["keys.json"] = append(f["keys.json"], ' ') })
	c, err := verify(t, dir, bundle.Options{Root: rootOf(t, dir), Now: at})
	if err != nil {
		t.Fatal(err)
	}
	got := make(map[string]int64)
	for _, r := range c.Info.Roles {
		got[r.Name] = r.Version
	}
	// Nothing of the rules changed; the one key of the revocation role renews it whenever it signs.
	for role, want := range map[string]int64{"root": 1, "targets": 1, "keys": 2, "rules": 1, "revocation": 2, "snapshot": 2, "timestamp": 2} {
		if got[role] != want {
			t.Errorf("%s has version %d, want %d", role, got[role], want)
		}
	}
	if !c.Info.Created.Equal(at) {
		t.Errorf("created %v", c.Info.Created)
	}
	later := at.Add(50 * 24 * time.Hour) // half the time of the keys is over
	h.sign(later, "anna", "bela", "hq")
	if c, err = h.Publish(later); err != nil || c.Info.Role("keys").Version != 3 || c.Info.Role("rules").Version != 2 {
		t.Errorf("%+v, %v", c, err)
	}
}

func TestNothingIsPublishedThatIsNotComplete(t *testing.T) {
	h := begin(t, plan()).stage(first())
	incomplete := func(what, role string) {
		t.Helper()
		_, err := h.Publish(now)
		var e *bundle.Error
		if !errorAs(err, &e) || e.Kind != bundle.Incomplete || e.Place != role {
			t.Errorf("%s: %v", what, err)
		}
	}
	incomplete("no signature", "root")
	h.sign(now, "anna", "anna", "hq")
	incomplete("one of two, twice", "root")
	h.sign(now, "bela")
	incomplete("the snapshot waited", "snapshot")
	h.sign(now, "hq")
	h.stage(tree{"keys.json": []byte("other")})
	incomplete("staged after it was signed", "keys")
	h.stage(first())
	if _, err := h.Publish(now.AddDate(0, 0, 8)); bundle.KindOf(err) != bundle.Incomplete {
		t.Errorf("expired before it was published: %v", err)
	}
	if _, err := h.Publish(now); err != nil {
		t.Error(err)
	}
	if _, err := h.Published(); err != nil {
		t.Error(err)
	}
}
