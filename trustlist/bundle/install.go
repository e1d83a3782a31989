package bundle

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"time"

	"github.com/gofrs/flock"
)

// InstallOptions say how a bundle is installed at a post.
type InstallOptions struct {
	// Root is the root file that the post pins. A store without one needs it; where it has one, Root may be left out, and one
	// that does not belong to the same line of roots is refused.
	Root []byte
	Now  time.Time
	// Check is asked about the copied and verified bundle before it comes into force; its error leaves the one before in force.
	Check func(*Opened) error
	// Unsafe uses a store that everybody on the machine may change.
	Unsafe bool
	// ClockIsRight forgets all later moments that the post has seen: a clock that once stood too late makes every right one
	// suspect.
	ClockIsRight bool
}

// An Installed bundle is what Install has brought into force.
type Installed struct {
	Opened
	First   bool // the post had no bundle before, so that an older one would not have been noticed
	Already bool // the bundle was in force already
}

// Install copies a bundle into the store of a post, verifies what was copied, and brings it into force in one step. The store
// is made where it does not exist. Whatever is refused, and whenever the process is killed, the bundle before stays in force,
// or the new one is in force whole. A bundle that has expired is installed where it is the newer one: Info.Expired says so.
func Install(dir string, files *Files, o InstallOptions) (*Installed, error) {
	s := &store{dir: dir, unsafe: o.Unsafe}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, wrap(State, "install", "", err)
	}
	if err := s.safe("install"); err != nil {
		return nil, err
	}
	lock := flock.New(s.path(lockFile))
	if locked, err := lock.TryLock(); err != nil {
		return nil, wrap(Busy, "install", "", err)
	} else if !locked {
		return nil, refuse(Busy, "install", "", "", "another process is at work in this store")
	}
	defer func() { _ = lock.Unlock() }()
	for _, sub := range []string{bundlesFolder, spoolFolder} {
		if err := os.MkdirAll(s.path(sub), 0o755); err != nil {
			return nil, wrap(State, "install", sub, err)
		}
	}
	if err := s.sweep(s.path(spoolFolder)); err != nil {
		return nil, err
	}
	i := &installation{store: s, files: files, options: o}
	return i.run()
}

// An installation is one run of Install.
type installation struct {
	*store
	files   *Files
	options InstallOptions

	memory  *memory
	pinned  []byte // the root of the store, or the one that is pinned now
	fresh   bool   // whether the store had no root
	current string // the bundle in force; "" where there is none
	found   *verified
}

func (i *installation) run() (*Installed, error) {
	if err := i.begin(); err != nil {
		return nil, err
	}
	found, err := verifyMetadata(i.files, Options{Root: i.pinned, Seen: i.memory.seen, Now: i.options.Now})
	if err != nil {
		return nil, err
	}
	i.found = found
	if err := i.pin(); err != nil {
		return nil, err
	}
	name := bundleName(found.content.Info)
	out := &Installed{First: i.current == ""}
	switch seen := i.memory.seen.Versions[Timestamp]; {
	case name == i.current:
		out.Already = true
		if err := found.checkAll(i.files); err != nil { // or a damaged stick would look like a good one
			return nil, err
		}
		if err := i.finish(name, i.memory.previous); err != nil {
			return nil, err
		}
		opened, err := Open(i.dir, OpenOptions{Now: i.options.Now, Unsafe: i.unsafe})
		if err != nil {
			return nil, err
		}
		out.Opened = *opened
		return out, nil
	case found.content.Info.Version == seen && i.current != "" && found.seen.Online == i.memory.seen.Online:
		return nil, refuse(Mixed, Timestamp, "timestamp.json", "", fmt.Sprintf("two different bundles of version %d", seen))
	}
	opened, err := found.unpack(i.files, i.path(spoolFolder, name), Options{Root: i.pinned, Seen: i.memory.seen, Now: i.options.Now})
	if err != nil {
		return nil, err
	}
	if i.options.Check != nil {
		if err := i.options.Check(opened); err != nil {
			_ = os.RemoveAll(i.path(spoolFolder, name)) // the next installation does what fails here
			return nil, wrap(Refused, "install", "", err)
		}
	}
	if err := i.bringIntoForce(name); err != nil {
		return nil, err
	}
	i.memory.describe(&opened.Info, i.options.Now)
	opened.dir, opened.trusted = i.path(bundlesFolder, name), true
	out.Opened = *opened
	return out, nil
}

// begin reads what the post remembers.
func (i *installation) begin() error {
	var err error
	if i.memory, err = i.remember(); err != nil {
		return err
	}
	if i.pinned, err = i.root(); err != nil {
		return err
	}
	if i.current, err = i.store.current(); err != nil {
		return err
	}
	if i.pinned == nil {
		if i.fresh, i.pinned = true, i.options.Root; i.pinned == nil {
			return refuse(Form, "install", rootFile, "", "the store has no root yet: name the root file to pin")
		}
	}
	lost := i.memory == nil && (!i.fresh || i.current != "")
	if i.memory == nil {
		i.memory = &memory{}
	}
	if lost {
		// What is in force still bounds what may come.
		i.memory.reset = i.options.Now
		if before, err := i.inForce(Seen{}); err == nil {
			i.memory.seen = before.seen
			i.memory.reset = later(i.options.Now, before.content.Info.Created)
		}
		i.memory.seen.Latest = time.Time{}
	}
	if i.options.ClockIsRight {
		i.memory.seen.Latest = i.options.Now
	}
	return nil
}

// inForce verifies the metadata of the bundle in force.
func (i *installation) inForce(seen Seen) (*verified, error) {
	if i.current == "" {
		return nil, fs.ErrNotExist
	}
	files, err := OpenFiles(i.path(bundlesFolder, i.current))
	if err != nil {
		return nil, err
	}
	defer files.Close()
	return verifyMetadata(files, Options{Root: i.pinned, Seen: seen, Now: i.options.Now})
}

// pin refuses a root that the caller names and that the store does not follow.
func (i *installation) pin() error {
	given := i.options.Root
	if i.fresh || given == nil || bytes.Equal(given, i.pinned) {
		return nil
	}
	version, err := versionOf(Root, given)
	if err != nil {
		return err
	}
	name := metadataFolder + rootName(version)
	if own, err := i.files.read(Root, name, maxMetadata[Root]); err == nil && bytes.Equal(own, given) && version <= i.found.seen.Versions[Root] {
		if ours, err := versionOf(Root, i.pinned); err == nil && version != ours {
			return nil
		}
	}
	return refuse(Rotation, Root, rootName(version), "", "the root that is named is not one that this store follows")
}

// bringIntoForce moves the verified copy to its place and switches.
func (i *installation) bringIntoForce(name string) error {
	if i.fresh {
		if err := replaceFile(i.path(rootFile), i.pinned, 0o644); err != nil {
			return wrap(State, "install", rootFile, err)
		}
	}
	if i.memory.seen.Versions != nil {
		i.memory.pending = i.found.seen
		i.memory.saw(i.options.Now)
		if err := i.save(i.memory); err != nil {
			return err
		}
	}
	if err := os.RemoveAll(i.path(bundlesFolder, name)); err != nil { // left by a kill before the switch
		return wrap(State, "install", bundlesFolder, err)
	}
	if err := os.Rename(i.path(spoolFolder, name), i.path(bundlesFolder, name)); err != nil {
		return wrap(State, "install", bundlesFolder, err)
	}
	if err := syncFolder(i.path(bundlesFolder)); err != nil {
		return wrap(State, "install", bundlesFolder, err)
	}
	if err := replaceFile(i.path(currentFile), []byte(name+"\n"), 0o644); err != nil {
		return wrap(State, "install", currentFile, err)
	}
	return i.finish(name, i.current)
}

// finish remembers the bundle in force, follows its root, and removes what is older than the one before.
func (i *installation) finish(name, previous string) error {
	m, info := i.memory, i.found.content.Info
	latest := m.seen.Latest
	m.seen, m.pending, m.previous = i.found.seen, Seen{}, previous
	m.seen.Latest = latest
	m.saw(i.options.Now, info.Created)
	if info.Created.After(m.reset) { // newer than everything that was seen before the memory was lost
		m.reset = time.Time{}
	}
	if err := i.save(m); err != nil {
		return err
	}
	if !bytes.Equal(i.pinned, i.found.root) {
		if err := replaceFile(i.path(rootFile), i.found.root, 0o644); err != nil {
			return wrap(State, "install", rootFile, err)
		}
	}
	return i.sweep(i.path(bundlesFolder), name, previous)
}

// sweep removes everything of a folder but some names.
func (s *store) sweep(dir string, keep ...string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return wrap(State, "install", "", err)
	}
	for _, e := range entries {
		kept := false
		for _, k := range keep {
			kept = kept || e.Name() == k
		}
		if kept {
			continue
		}
		if err := os.RemoveAll(s.path(base(dir), e.Name())); err != nil {
			return wrap(State, "install", e.Name(), err)
		}
	}
	return nil
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
