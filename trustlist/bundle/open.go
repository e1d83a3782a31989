package bundle

import (
	"bytes"
	"crypto/sha256"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"

	"github.com/travelseal/travelseal/trustlist"
)

// OpenOptions say how the bundle in force at a post is opened.
type OpenOptions struct {
	Now time.Time
	// Unsafe uses a store that everybody on the machine may change.
	Unsafe bool
}

// Open opens the bundle in force: it verifies its metadata from the root of the store on, and every data file, of large stores
// the header and length (see the package comment). The moment is remembered where it is later than all before; where the
// store cannot be written to, the bundle is given all the same, and Info.Unremembered says so.
func Open(dir string, o OpenOptions) (*Opened, error) {
	s := &store{dir: dir, unsafe: o.Unsafe}
	if err := s.safe("open"); err != nil {
		return nil, err
	}
	var opened *Opened
	var err error
	// An installation may switch between two of the reads here; what is truly wrong stays so.
	for range 3 {
		if opened, err = s.open(o); err == nil && !opened.Info.StateReset {
			break
		}
	}
	return opened, err
}

func (s *store) open(o OpenOptions) (*Opened, error) {
	// In this order: an installation writes them in the other.
	m, err := s.remember()
	if err != nil {
		return nil, err
	}
	root, err := s.root()
	if err != nil {
		return nil, err
	}
	name, err := s.current()
	if err != nil {
		return nil, err
	}
	if root == nil || name == "" {
		return nil, refuse(State, "open", "", "", "no bundle has been installed here")
	}
	known := m
	if known == nil {
		known = &memory{}
	}
	dir := s.path(bundlesFolder, name)
	files, err := OpenFiles(dir)
	if err != nil {
		return nil, err
	}
	defer files.Close()
	v, err := verifyMetadata(files, Options{Root: root, Seen: known.seen, Now: o.Now})
	if err != nil {
		return nil, err
	}
	if bundleName(v.content.Info) != name {
		return nil, refuse(Mixed, "open", name, "", "the bundle is not the one that the store names")
	}
	held, err := v.checkFiles(files)
	if err != nil {
		return nil, err
	}
	opened := &Opened{Content: v.content, dir: dir, trusted: true, held: held}
	next := known.after(v, m == nil, o.Now)
	next.describe(&opened.Info, o.Now)
	opened.Info.Seen = known.seen.Latest
	opened.Info.judge(o.Now)
	opened.Info.Unremembered = s.note(m, next) != nil
	return opened, nil
}

// after gives what the post remembers once it has opened a bundle.
func (m *memory) after(v *verified, lost bool, now time.Time) *memory {
	next := *m
	if lost || !m.knows(v.seen) { // the state is gone, or an older one was put in its place
		next.reset = later(now, v.content.Info.Created)
	}
	next.seen, next.pending = v.seen, Seen{}
	next.seen.Latest = m.seen.Latest
	next.saw(now, v.content.Info.Created)
	return &next
}

// describe says what the post remembers.
func (m *memory) describe(i *Info, now time.Time) {
	i.StateReset, i.Seen = !m.reset.IsZero(), m.seen.Latest
	i.judge(now)
}

// checkFiles verifies the data files of a bundle that was installed: of a store whose digest was signed, the header; the
// length of all has been compared. It gives the content of those that a list of keys is loaded from, and of the policy.
func (v *verified) checkFiles(files *Files) (map[string]trustlist.Held, error) {
	held := make(map[string]trustlist.Held)
	for i := range v.content.Files {
		f := &v.content.Files[i]
		var err error
		switch {
		case f.Store != [sha256.Size]byte{}:
			err = f.checkHeader(files)
		case (isMaterial(f.Name) || isPolicy(f.Name)) && f.Size <= trustlist.MaxFile:
			held[f.Name], err = f.hold(files)
		default:
			err = f.check(files, io.Discard)
		}
		if err != nil {
			return nil, err
		}
	}
	return held, nil
}

// hold reads a data file and compares it with what was signed.
func (f *File) hold(files *Files) (trustlist.Held, error) {
	b := bytes.NewBuffer(make([]byte, 0, f.Size+2*bytes.MinRead)) // into which it is read without being copied
	if err := files.copy(b, "files", targetsFolder+f.Name, f.Size); err != nil {
		return trustlist.Held{}, err
	}
	h := trustlist.Held{Data: b.Bytes(), SHA256: sha256.Sum256(b.Bytes())}
	if h.SHA256 != f.SHA256 {
		return trustlist.Held{}, refuse(Hash, "files", f.Name, "", "the data file is not the one that was signed")
	}
	return h, nil
}

// headerSize is what the digest of a store covers, which in turn covers the digests of all its sections.
const headerSize = 4064

func (f *File) checkHeader(files *Files) error {
	r, err := files.entries[targetsFolder+f.Name].open()
	if err != nil {
		return wrap(Hash, "files", f.Name, err)
	}
	defer r.Close()
	sum := sha256.New()
	if _, err := io.CopyN(sum, r, headerSize); err != nil {
		return wrap(Hash, "files", f.Name, err)
	}
	if [sha256.Size]byte(sum.Sum(nil)) != f.Store {
		return refuse(Hash, "files", f.Name, "", "the data file is not the one that was signed")
	}
	return nil
}

// noteEvery is how far the clock moves before an opening writes it down. To write it safely to a disk takes longer than all the
// rest, and an officer waits for it.
const noteEvery = 10 * time.Minute

// note writes the memory down, unless little has changed or an installation is at work, which will.
func (s *store) note(before, next *memory) error {
	if before != nil && before.reset.Equal(next.reset) && before.pending.Versions == nil && next.seen.Latest.Sub(before.seen.Latest) < noteEvery && before.knows(next.seen) {
		return nil
	}
	if _, err := os.Stat(filepath.Join(s.dir, lockFile)); err != nil {
		return wrap(State, "state", stateFile, err)
	}
	lock := flock.New(s.path(lockFile))
	locked, err := lock.TryLock()
	if err != nil {
		return wrap(State, "state", stateFile, err)
	}
	if !locked {
		return nil
	}
	defer func() { _ = lock.Unlock() }()
	// An installation may have come in between.
	now, err := s.remember()
	if err != nil {
		return err
	}
	if now != nil && before != nil && now.seen.Versions[Timestamp] != before.seen.Versions[Timestamp] || now != nil && before == nil {
		return nil
	}
	if now != nil {
		next.saw(now.seen.Latest)
	}
	return s.save(next)
}
