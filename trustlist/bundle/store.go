package bundle

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

// The folder of a post:
//
//	root.json       the newest root that it has followed; at first the one that was pinned
//	state.json      the highest versions and the latest moment that it has seen
//	current         one line: the name of the bundle in force
//	bundles/NAME/   the bundle in force and the one before, which running services may still read
//	spool/          a bundle that is being installed
const (
	rootFile      = "root.json"
	stateFile     = "state.json"
	currentFile   = "current"
	bundlesFolder = "bundles"
	spoolFolder   = "spool"
	lockFile      = ".lock"
)

// A store is the folder of a post.
type store struct {
	dir    string
	unsafe bool // whether a folder that others may change is used nevertheless
}

func (s *store) path(parts ...string) string {
	return filepath.Join(append([]string{s.dir}, parts...)...)
}

// safe refuses a store that everybody on this machine may change: then nothing that it remembers counts. Windows keeps
// permissions elsewhere; there nothing is looked at.
func (s *store) safe(step string) error {
	if s.unsafe || runtime.GOOS == "windows" {
		return nil
	}
	full, err := filepath.Abs(s.dir)
	if err != nil {
		return wrap(Unsafe, step, "", err)
	}
	if st, err := os.Stat(filepath.Dir(full)); err == nil && st.Mode().Perm()&0o002 != 0 && st.Mode()&os.ModeSticky == 0 {
		return refuse(Unsafe, step, "..", "chmod o-w", "everybody may rename the folder of the store")
	}
	for _, name := range []string{".", rootFile, stateFile, currentFile, bundlesFolder} {
		st, err := os.Lstat(s.path(name))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return wrap(Unsafe, step, name, err)
		}
		if st.Mode()&os.ModeSymlink != 0 && name != "." {
			return refuse(Unsafe, step, name, "", "a link in the place of a part of the store")
		}
		if st.Mode().Perm()&0o002 != 0 && st.Mode()&os.ModeSymlink == 0 {
			return refuse(Unsafe, step, name, "chmod o-w", "everybody may change it")
		}
	}
	return nil
}

// current gives the name of the bundle in force; "" where there is none.
func (s *store) current() (string, error) {
	data, err := os.ReadFile(s.path(currentFile))
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	if err != nil {
		return "", wrap(State, "open", currentFile, err)
	}
	name, ok := strings.CutSuffix(string(data), "\n")
	if !ok || !isBundleName(name) {
		return "", refuse(State, "open", currentFile, "", "it does not name a bundle")
	}
	return name, nil
}

// bundleName names a bundle within a store: by its version, for people, and by its digest, for certain.
func bundleName(i Info) string { return fmt.Sprintf("%010d-%x", i.Version, i.SHA256[:16]) }

func isBundleName(name string) bool {
	version, digest, ok := strings.Cut(name, "-")
	return ok && len(version) == 10 && strings.Trim(version, "0123456789") == "" && isHex(digest, 16)
}

// root reads the root that the store follows; nil where there is none yet.
func (s *store) root() ([]byte, error) {
	st, err := os.Stat(s.path(rootFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err == nil && st.Size() > maxMetadata[Root] {
		return nil, refuse(Limit, "open", rootFile, fmt.Sprintf("at most %d bytes", maxMetadata[Root]), "too large")
	}
	data, err := os.ReadFile(s.path(rootFile))
	return data, wrapIf(State, "open", rootFile, err)
}

// IsStore reports whether a path is the folder of a post.
func IsStore(path string) bool {
	for _, name := range []string{rootFile, currentFile} {
		if st, err := os.Lstat(filepath.Join(path, name)); err != nil || !st.Mode().IsRegular() {
			return false
		}
	}
	return true
}

// IsBundle reports whether a path looks like a bundle: a folder with a timestamp, or a tar archive.
func IsBundle(path string) bool {
	st, err := os.Stat(path)
	if err != nil {
		return false
	}
	if st.IsDir() {
		_, err := os.Stat(filepath.Join(path, "metadata", "timestamp.json"))
		return err == nil
	}
	if !st.Mode().IsRegular() {
		return false
	}
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	magic := make([]byte, 5) // of POSIX.1-1988 and what GNU made of it
	_, err = f.ReadAt(magic, 257)
	return err == nil && string(magic) == "ustar"
}
