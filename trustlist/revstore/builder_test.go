package revstore

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/travelseal/travelseal/internal/outside"
)

func TestOfTwoEntriesTheWiderCounts(t *testing.T) {
	hour := func(n int) time.Time { return created.Add(time.Duration(n) * time.Hour) }
	s := opened(t, build(t, BuildOptions{}, []revocation{
		{"rid", hashOf("twice"), hour(1)}, {"rid", hashOf("twice"), hour(3)}, {"rid", hashOf("twice"), hour(2)},
		{"rid", hashOf("all"), hour(1)}, {"rid", hashOf("all"), time.Time{}}, {"rid", hashOf("all"), hour(2)},
		{"rid", hashOf("long ago"), time.Unix(-5, 0)}, {"rid", hashOf("far"), time.Date(12000, 1, 1, 0, 0, 0, 0, time.UTC)},
		{"rid", hashOf("part"), hour(1).Add(time.Second / 2)},
	}))
	for data, want := range map[string]time.Time{
		"twice": hour(3), "all": {}, "long ago": time.Unix(1, 0), "far": time.Unix(maxTime, 0), "part": hour(1),
	} {
		if found, got, err := s.Find("rid", hashOf(data)); !found || err != nil || !got.Equal(want) {
			t.Errorf("%s: %v, %v, %v; want %v", data, found, got, err, want)
		}
	}
}

func TestWhatCannotBeBuiltIsRefused(t *testing.T) {
	dir := t.TempDir()
	for name, o := range map[string]BuildOptions{
		"no folder": {}, "a folder that is not there": {TempDir: filepath.Join(dir, "missing")},
		"a date before 1970": {TempDir: dir, Created: time.Unix(-1, 0)}, "a date after 9999": {TempDir: dir, NextUpdate: time.Unix(maxTime+1, 0)},
	} {
		if b, err := NewBuilder(o); err == nil {
			b.Close()
			t.Errorf("%s: no error", name)
		}
	}
	b := builder(t, BuildOptions{}, nil)
	for _, kind := range []string{"", "a b", "a\x00", "ü", strings.Repeat("x", maxKind+1)} {
		if err := b.Add(kind, hashOf("1"), time.Time{}); err == nil {
			t.Errorf("kind %q: no error", kind)
		}
	}
	for i := range maxSections {
		if err := b.Add(fmt.Sprint("kind", i), hashOf("1"), time.Time{}); err != nil {
			t.Fatal(err)
		}
	}
	if err := b.Add("one more", hashOf("1"), time.Time{}); err == nil {
		t.Error("a kind too many: no error")
	}
	if err := b.Add("kind0", hashOf("2"), created); err != nil { // a section of its own: the 21st
		t.Fatal(err)
	}
	notBuilt(t, b, "20 sections", context.Background())
}

// notBuilt demands an error, and that the folder of the store stays empty.
func notBuilt(t *testing.T, b *Builder, part string, ctx context.Context) {
	t.Helper()
	dir := t.TempDir()
	if _, err := b.Build(ctx, filepath.Join(dir, "x")); err == nil || !strings.Contains(err.Error(), part) {
		t.Errorf("%v, want %q", err, part)
	}
	if left := names(t, dir); len(left) != 0 {
		t.Errorf("left behind: %q", left)
	}
}

func names(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, e := range entries {
		list = append(list, e.Name())
	}
	return list
}

func TestABuilderThatFailsLeavesNothing(t *testing.T) {
	stopped, stop := context.WithCancel(context.Background())
	stop()
	list := random(rand.New(rand.NewPCG(1, 1)), 100)
	notBuilt(t, builder(t, BuildOptions{}, list), "canceled", stopped)

	temp := t.TempDir()
	b := builder(t, BuildOptions{TempDir: temp, Memory: 1}, random(rand.New(rand.NewPCG(1, 1)), 100_000))
	notBuilt(t, b, "bytes of memory", context.Background())
	if left := names(t, temp); len(left) != 0 {
		t.Errorf("left behind: %q", left)
	}
	notBuilt(t, b, "closed", context.Background())
	if err := b.Close(); err != nil {
		t.Error(err)
	}

	missing := filepath.Join(t.TempDir(), "missing", "x")
	if _, err := builder(t, BuildOptions{}, list).Build(context.Background(), missing); !errors.Is(err, os.ErrNotExist) {
		t.Error(err)
	}
	folder := t.TempDir() // a folder in the place of the store
	if err := os.WriteFile(filepath.Join(folder, "inside"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := builder(t, BuildOptions{}, list).Build(context.Background(), folder); err == nil {
		t.Error("a folder was replaced")
	}
	if left := names(t, filepath.Dir(folder)); len(left) == 0 || strings.Contains(strings.Join(left, " "), ".tmp") {
		t.Errorf("left behind: %q", left)
	}
}

func TestAFailedBuildKeepsTheStoreThatWasThere(t *testing.T) {
	path := build(t, BuildOptions{}, []revocation{{kind: "a", hash: hashOf("1")}})
	want := read(t, path)
	stopped, stop := context.WithCancel(context.Background())
	stop()
	if _, err := builder(t, BuildOptions{}, random(rand.New(rand.NewPCG(1, 1)), 9)).Build(stopped, path); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if !bytes.Equal(read(t, path), want) || len(names(t, filepath.Dir(path))) != 1 {
		t.Error("the store has changed")
	}
}

// The process that builds is killed at moments that come as they come. The store is then the old one or the whole new one.
func TestAKilledBuildLeavesNoHalfStore(t *testing.T) {
	if path := os.Getenv("REVSTORE_BUILD"); path != "" {
		buildForever(t, path)
		return
	}
	if runtime.GOOS == "windows" {
		outside.Absent(t, "On Windows a file that is being written keeps its name, so that a killed build leaves it behind.")
	}
	path := build(t, BuildOptions{}, []revocation{{kind: "a", hash: hashOf("old")}})
	temp := t.TempDir()
	for i := range 6 {
		cmd := exec.Command(os.Args[0], "-test.run=^TestAKilledBuildLeavesNoHalfStore$")
		cmd.Env = append(os.Environ(), "REVSTORE_BUILD="+path, "REVSTORE_TEMP="+temp)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(50+70*i) * time.Millisecond)
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		cmd.Wait() // says that it was killed
		s := opened(t, path)
		if err := s.Verify(context.Background()); err != nil {
			t.Fatal(err)
		}
		if n := s.Len(); n != 1 && n != 50_000 {
			t.Fatalf("%d rows", n)
		}
		s.Close()
		// What is left in the folder of the store is hidden from loaders, and is no store as long as it is not complete.
		for _, name := range names(t, filepath.Dir(path)) {
			if name != filepath.Base(path) && !strings.HasPrefix(name, ".") {
				t.Errorf("left behind: %q", name)
			}
		}
	}
	if left := names(t, temp); len(left) > 6 { // killed between making a file and taking its name away, at most
		t.Errorf("left behind: %q", left)
	}
}

func buildForever(t *testing.T, path string) {
	for {
		b := builder(t, BuildOptions{TempDir: os.Getenv("REVSTORE_TEMP"), Memory: 256 << 10}, nil)
		var hash [hashSize]byte
		for i := range 50_000 {
			binary.LittleEndian.PutUint32(hash[:], uint32(i))
			if err := b.Add("a", hash, time.Time{}); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := b.Build(context.Background(), path); err != nil {
			t.Fatal(err)
		}
	}
}
