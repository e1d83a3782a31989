package bundle

import (
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"github.com/travelseal/travelseal/trustlist"
)

// A Source gives the trust list of a store to a service that runs on while bundles are installed. Each Snapshot is whole: a
// caller that holds one keeps it, and never meets two bundles in one. Its methods are safe for concurrent use.
type Source struct {
	stores []string
	load   func() (*trustlist.Snapshot, error)

	inForce atomic.Pointer[trustlist.Snapshot]
	mark    atomic.Pointer[string] // of the bundles that it was loaded from, or that could not be loaded
	failure atomic.Pointer[error]
	loading sync.Mutex
}

// Watch loads a trust list, and loads it again when another bundle has come into force in one of the stores. Load gives the
// list of all of them together; it may be called at any time, by one goroutine at a time.
func Watch(load func() (*trustlist.Snapshot, error), stores ...string) (*Source, error) {
	s := &Source{stores: stores, load: load}
	return s, s.Reload()
}

// Snapshot gives the list in force. It looks whether that has changed since the last call, which costs one look at the file
// system for each store; the caller who finds a change loads it, and others go on with the list before. So does everybody
// where the new one cannot be loaded: Err says why.
func (s *Source) Snapshot() *trustlist.Snapshot {
	if *s.mark.Load() != s.look() && s.loading.TryLock() {
		defer s.loading.Unlock()
		_ = s.reload() // Err says so
	}
	return s.inForce.Load()
}

// Reload loads the list now, whether or not it has changed.
func (s *Source) Reload() error {
	s.loading.Lock()
	defer s.loading.Unlock()
	return s.reload()
}

func (s *Source) reload() error {
	mark := s.look() // before loading: what changes meanwhile is then loaded once more
	s.mark.Store(&mark)
	list, err := s.load()
	s.failure.Store(&err)
	if err != nil {
		return err
	}
	s.inForce.Store(list)
	return nil
}

// Err says why the newest bundle could not be loaded; nil where it could.
func (s *Source) Err() error {
	if e := s.failure.Load(); e != nil {
		return *e
	}
	return nil
}

// look tells bundles in force apart: by the file that names them, which is replaced and never rewritten.
func (s *Source) look() string {
	mark := ""
	for _, dir := range s.stores {
		if st, err := os.Stat(filepath.Join(dir, currentFile)); err == nil {
			mark += st.ModTime().UTC().Format(time.RFC3339Nano)
		}
		mark += "\n"
	}
	return mark
}
