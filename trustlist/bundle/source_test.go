package bundle_test

import (
	"errors"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/trustlist/bundle"
)

// loading loads the list of a post.
func loading(post string, at time.Time) func() (*trustlist.Snapshot, error) {
	return func() (*trustlist.Snapshot, error) {
		return trustlist.Loader{Resolve: func(string) (*trustlist.Resolved, error) {
			o, err := bundle.Open(post, bundle.OpenOptions{Now: at})
			if err != nil {
				return nil, err
			}
			return o.Resolved(), nil
		}}.Load(post)
	}
}

func TestAServiceMeetsTheNewBundle(t *testing.T) {
	h, one := published(t)
	post := newPost(t, one)
	broken := false
	load := loading(post, now)
	source, err := bundle.Watch(func() (*trustlist.Snapshot, error) {
		if broken {
			return nil, errors.New("not now")
		}
		return load()
	}, post)
	if err != nil || source.Snapshot().Info().Version != 1 {
		t.Fatal(err)
	}
	before := source.Snapshot()
	if source.Snapshot() != before {
		t.Error("a list that has not changed is loaded again")
	}
	two := h.renewed(now.AddDate(0, 0, 1), func(f tree) {
		f["keys.json"] = mint.TrustJSON(now, mint.Anchors(mint.Utopia().Vaccination, mint.Utopia().Recovery)...)
	})
	if _, err := install(t, post, two, bundle.InstallOptions{Now: now}); err != nil {
		t.Fatal(err)
	}
	broken = true
	if source.Snapshot() != before || source.Err() == nil {
		t.Error("a list that cannot be loaded takes away the one before")
	}
	broken = false
	if err := source.Reload(); err != nil || source.Err() != nil {
		t.Fatal(err)
	}
	if i := source.Snapshot().Info(); i.Version != 2 || i.Anchors != 2 || before.Info().Anchors != 1 {
		t.Errorf("%+v", i)
	}
	if _, err := bundle.Watch(load, filepath.Join(post, "nowhere")); err != nil {
		t.Error(err)
	}
}

// Of a thousand calls while bundles are installed, each gets one list and keeps it.
func TestEveryCallGetsOneWholeList(t *testing.T) {
	h, one := published(t)
	post := newPost(t, one)
	source, err := bundle.Watch(loading(post, now), post)
	if err != nil {
		t.Fatal(err)
	}
	var bundles []string
	for i := range 4 {
		at := now.Add(time.Duration(i+1) * time.Hour)
		bundles = append(bundles, h.renewed(at, func(f tree) {
			f["keys.json"] = mint.TrustJSON(at, mint.Anchors(mint.Utopia().Signers()[:1+i%2]...)...)
		}))
	}
	var calling, installing sync.WaitGroup
	var changed atomic.Int32
	var done atomic.Bool
	installing.Go(func() {
		defer done.Store(true)
		for _, b := range bundles {
			if _, err := install(t, post, b, bundle.InstallOptions{Now: now}); err != nil {
				t.Error(err)
			}
			source.Snapshot()
		}
	})
	for range 1000 {
		calling.Go(func() {
			last := int64(0)
			for !done.Load() {
				i := source.Snapshot().Info()
				want := 1
				if i.Version > 1 {
					want = 1 + int(i.Version)%2
				}
				if i.Anchors != want || i.Version < last {
					t.Errorf("version %d has %d anchors, want %d; %d was before", i.Version, i.Anchors, want, last)
					return
				}
				if i.Version > last {
					changed.Add(1)
				}
				last = i.Version
				time.Sleep(time.Millisecond)
			}
		})
	}
	installing.Wait()
	calling.Wait()
	if err := source.Err(); err != nil || source.Snapshot().Info().Version != 5 {
		t.Errorf("%v, version %d", err, source.Snapshot().Info().Version)
	}
	if changed.Load() < 2000 {
		t.Errorf("the callers met %d changes: nothing was swapped under them", changed.Load())
	}
}
