//go:build unix

package bundle_test

import (
	"bufio"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/travelseal/travelseal/trustlist/bundle"
)

// With these variables set, the test binary is a program that installs a bundle and nothing else.
const (
	killPost   = "TRAVELSEAL_TEST_POST"
	killBundle = "TRAVELSEAL_TEST_BUNDLE"
)

func TestMain(m *testing.M) {
	if post := os.Getenv(killPost); post != "" {
		os.Exit(installAndExit(post, os.Getenv(killBundle)))
	}
	os.Exit(m.Run())
}

func installAndExit(post, dir string) int {
	f, err := bundle.OpenFiles(dir)
	if err == nil {
		fmt.Println("begin")
		_, err = bundle.Install(post, f, bundle.InstallOptions{Now: now.AddDate(0, 0, 1)})
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

// killed runs an installation and kills it after some time, or never where that is negative, and reports whether it was
// killed before it was done, and how long it ran.
func killed(t *testing.T, post, dir string, after time.Duration) (bool, time.Duration) {
	t.Helper()
	c := exec.Command(os.Args[0])
	c.Env = append(os.Environ(), killPost+"="+post, killBundle+"="+dir, "GORACE=atexit_sleep_ms=0")
	c.Stderr = os.Stderr
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := bufio.NewReader(out).ReadString('\n'); err != nil {
		t.Fatal(err)
	}
	begun := time.Now()
	if after >= 0 {
		time.Sleep(after)
		_ = c.Process.Kill() // it may be done already
	}
	var exit *exec.ExitError
	switch err := c.Wait(); {
	case err == nil:
		return false, time.Since(begun)
	case errors.As(err, &exit) && exit.Sys().(syscall.WaitStatus).Signaled():
		return true, time.Since(begun)
	default:
		t.Fatal(err)
		return false, 0
	}
}

// Whenever an installation is killed, the bundle before is in force or the new one, whole, and nothing is forgotten.
func TestAKillLeavesTheOldBundleOrTheNewOne(t *testing.T) {
	if testing.Short() {
		t.Skip("a hundred processes take some seconds")
	}
	h, one := published(t)
	original := newPost(t, one)
	two := h.renewed(now.AddDate(0, 0, 1), func(f tree) {
		for i := range 20 {
			f[fmt.Sprintf("ref/%d.json", i)] = make([]byte, 10_000)
		}
	})
	fresh := func() string {
		post := filepath.Join(t.TempDir(), "post")
		if err := os.CopyFS(post, os.DirFS(original)); err != nil {
			t.Fatal(err)
		}
		return post
	}
	var took time.Duration // for a whole installation in a process of its own
	for range 3 {
		other, d := killed(t, fresh(), two, -1)
		if other {
			t.Fatal("killed by somebody else")
		}
		took = max(took, d)
	}
	seed := uint64(time.Now().UnixNano())
	random := rand.New(rand.NewPCG(seed, 0))
	post := fresh()
	var hits, olds, news int
	for range kills {
		if k, _ := killed(t, post, two, time.Duration(random.Float64()*1.2*float64(took))); k {
			hits++
		}
		o := open(t, post, now.AddDate(0, 0, 1))
		if o.Info.StateReset || o.Info.Version != 1 && o.Info.Version != 2 {
			t.Fatalf("seed %d: %+v", seed, o.Info)
		}
		if o.Info.Version == 1 {
			olds++
			continue // the next installation finds what this one left
		}
		news++
		if len(o.Files) != len(first())+20 {
			t.Errorf("seed %d: %d files", seed, len(o.Files))
		}
		if in, err := install(t, post, two, bundle.InstallOptions{Now: now.AddDate(0, 0, 1)}); err != nil || !in.Already {
			t.Fatalf("seed %d: after a kill: %v", seed, err)
		}
		post = fresh()
	}
	t.Logf("%d of %d killed within %v; the old bundle %d times, the new one %d", hits, kills, took, olds, news)
	if hits < kills/10 || olds < kills/20 || news < kills/20 {
		t.Errorf("the kills do not fall into the installations: %d killed, old %d, new %d", hits, olds, news)
	}
}
