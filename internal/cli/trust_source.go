package cli

import (
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/trustlist/bundle"
	"github.com/travelseal/travelseal/verify"
)

// trustSource loads what --trust names. Without it nobody is trusted, which is said at once and in every report. A service
// watches the stores among them, and meets new bundles as they are installed.
func (a *app) trustSource(s *settings) (verify.TrustSource, error) {
	if len(s.trust) == 0 {
		fmt.Fprintln(a.stderr, "travelseal: no --trust was given, so no signer is trusted")
		return (*trustlist.Snapshot)(nil), nil
	}
	var stores []string
	for _, path := range s.trust {
		if s.watch && bundle.IsStore(path) {
			stores = append(stores, path)
		}
	}
	if len(stores) == 0 {
		return a.trustList(s)
	}
	source, err := bundle.Watch(func() (*trustlist.Snapshot, error) {
		list, err := a.trustList(s)
		if err != nil {
			fmt.Fprintf(a.stderr, "travelseal: the trust list in force stays, as another could not be loaded: %s\n", escape(err.Error()))
		}
		return list, err
	}, stores...)
	if err != nil {
		return nil, err
	}
	return source, nil
}

func (a *app) trustList(s *settings) (*trustlist.Snapshot, error) {
	list, err := a.loaderWith(s).Load(s.trust...)
	if err != nil {
		return nil, err
	}
	if dropped := list.Dropped(); len(dropped) > 0 {
		d, more := dropped[0], ""
		if len(dropped) > 1 {
			more = fmt.Sprintf("; and %d more", len(dropped)-1)
		}
		fmt.Fprintf(a.stderr, "travelseal: left out of the trust list: %s, %s: %s%s\n", escape(d.Source), escape(d.Item), escape(d.Reason), more)
	}
	return list, nil
}

// resolve finds the files of a store or of a bundle; nil for any other path. A bundle is never trusted for a root that it
// brings along.
func (a *app) resolve(path string, s *settings) (*trustlist.Resolved, error) {
	switch {
	case bundle.IsStore(path):
		opened, err := bundle.Open(path, bundle.OpenOptions{Now: a.now(), Unsafe: s.unsafeStore})
		if err != nil {
			return nil, err
		}
		a.warn(opened.Info)
		return opened.Resolved(), s.takePolicy(path, opened)
	case !bundle.IsBundle(path):
		return nil, nil
	case s.trustRoot == "":
		return nil, errors.New("a bundle is trusted for the root that signs it: name the root file with --trust-root, or install the bundle")
	}
	root, err := readRoot(s.trustRoot)
	if err != nil {
		return nil, err
	}
	opened, done, err := a.unpack(path, root)
	if err != nil {
		return nil, err
	}
	a.warn(opened.Info)
	if err := s.takePolicy(path, opened); err != nil {
		done()
		return nil, err
	}
	r := opened.Resolved()
	r.Done = done
	return r, nil
}

// takePolicy keeps the policy that a bundle brings. A service that meets a newer bundle goes on under the one with which it
// began: reports of one run name one policy.
func (s *settings) takePolicy(path string, o *bundle.Opened) error {
	data, err := o.Policy()
	switch {
	case err != nil || data == nil || s.policy != "" || s.sealedPath == path:
		return err
	case s.sealedPath != "":
		return errors.New("two bundles bring a policy: name the one in force with --policy")
	}
	s.sealedPolicy, s.sealedPath = data, path
	return nil
}

// unpack copies a bundle to a folder of its own and verifies the copy. The caller gives the folder back.
func (a *app) unpack(path string, root []byte) (*bundle.Opened, func(), error) {
	files, err := bundle.OpenFiles(path)
	if err != nil {
		return nil, nil, err
	}
	defer files.Close()
	dir, err := os.MkdirTemp("", "travelseal-bundle-")
	if err != nil {
		return nil, nil, err
	}
	done := func() { os.RemoveAll(dir) }
	opened, err := bundle.Unpack(files, dir+"/bundle", bundle.Options{Root: root, Now: a.now()})
	if err != nil {
		done()
		return nil, nil, err
	}
	return opened, done, nil
}

// maxRoot bounds a root file; package bundle knows the exact limit.
const maxRoot = 1 << 20

func readRoot(path string) ([]byte, error) {
	st, err := os.Stat(path)
	if err == nil && (!st.Mode().IsRegular() || st.Size() > maxRoot) {
		err = errors.New("not a root file")
	}
	var data []byte
	if err == nil {
		data, err = os.ReadFile(path)
	}
	if err != nil {
		return nil, fmt.Errorf("--trust-root: %w", plainError(err))
	}
	return data, nil
}

// warn says what a bundle is doubted for; reports say it too.
func (a *app) warn(i bundle.Info) {
	for _, line := range doubts(i) {
		fmt.Fprintf(a.stderr, "travelseal: %s\n", line)
	}
}

// doubts are what there is to say against a bundle that is authentic.
func doubts(i bundle.Info) []string {
	var list []string
	switch {
	case i.Expired:
		list = append(list, "the trust bundle expired on "+i.Expires.UTC().Format(time.RFC3339)+": bring a newer one")
	case i.Overdue:
		list = append(list, "a newer trust bundle was due on "+i.Due.UTC().Format(time.RFC3339)+": bring it")
	}
	if i.ClockSuspect {
		list = append(list, "the clock of this machine is earlier than what it has seen before: set the clock")
	}
	if i.StateReset {
		list = append(list, "this store has lost its memory, so that an older bundle put back would not have been noticed")
	}
	return list
}
