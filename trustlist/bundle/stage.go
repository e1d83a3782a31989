package bundle

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/trustlist/revstore"
)

// Stage puts the data files of a folder in the place of those that are staged, and gives their names. Every file must be one
// that a role answers for; see the package comment for their paths. The folder sources is passed over.
func (r *Repository) Stage(from string) ([]string, error) {
	var all []string
	err := r.alone(func() error {
		root, err := os.OpenRoot(from)
		if err != nil {
			return wrap(Form, "stage", "", err)
		}
		defer root.Close()
		if all, err = dataFiles(root.FS()); err != nil {
			return err
		}
		fresh := r.path("." + stagedFolder)
		if err := os.RemoveAll(fresh); err != nil {
			return wrap(Form, "stage", "", err)
		}
		if err := os.MkdirAll(fresh, 0o755); err != nil {
			return wrap(Form, "stage", "", err)
		}
		for _, name := range all {
			err := writeThrough(filepath.Join(fresh, filepath.FromSlash(name)), func(w io.Writer) error {
				f, err := root.Open(name)
				if err != nil {
					return err
				}
				defer f.Close()
				_, err = io.Copy(w, f)
				return err
			})
			if err != nil {
				return wrap(Form, "stage", name, err)
			}
		}
		if err := os.RemoveAll(r.path(stagedFolder)); err != nil {
			return wrap(Form, "stage", "", err)
		}
		return wrapIf(Form, "stage", "", os.Rename(fresh, r.path(stagedFolder)))
	})
	return all, err
}

// originals is the folder of a draft with the published files that it was made of. They stay at the headquarters: provenance.*
// has their digests.
const originals = "sources"

// dataFiles lists the data files of a folder and refuses everything that no bundle could hold.
func dataFiles(fsys fs.FS) ([]string, error) {
	var all []string
	var seen names
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return wrap(Form, "stage", shown(name), err)
		case d.IsDir() && name == originals:
			return fs.SkipDir
		case d.IsDir():
			return nil
		case !d.Type().IsRegular():
			return refuse(Path, "stage", shown(name), "regular files only", "a link, a device or a pipe")
		case len(all) == MaxTargets:
			return refuse(Limit, "stage", "", fmt.Sprintf("at most %d", MaxTargets), "too many files")
		}
		if err := checkName(name); err != nil {
			return wrap(Path, "stage", shown(name), err)
		}
		if err := seen.add(name); err != nil {
			return wrap(Path, "stage", name, err)
		}
		if roleOf(name) == "" {
			var known []string
			for _, role := range delegated {
				known = append(known, patterns[role]...)
			}
			return refuse(Path, "stage", name, strings.Join(known, " "), "no role answers for such a file")
		}
		all = append(all, name)
		return nil
	})
	slices.Sort(all)
	return all, err
}

// A staged file, with what a role will say of it.
type staged struct {
	name   string
	size   int64
	sum    [sha256.Size]byte
	digest string // of a store, in hexadecimal
}

// StagedFile gives a staged file of at most 32 MiB. The error of one that is not there is fs.ErrNotExist.
func (r *Repository) StagedFile(name string) ([]byte, error) {
	root, err := os.OpenRoot(r.path(stagedFolder))
	if err != nil {
		return nil, wrap(Form, "stage", "", err)
	}
	defer root.Close()
	f, err := root.Open(name)
	if err != nil {
		return nil, wrap(Form, "stage", shown(name), err)
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, trustlist.MaxFile+1))
	if err != nil {
		return nil, wrap(Form, "stage", shown(name), err)
	}
	if len(data) > trustlist.MaxFile {
		return nil, refuse(Limit, "stage", shown(name), fmt.Sprintf("at most %d bytes", trustlist.MaxFile), "too large")
	}
	return data, nil
}

// staged reads the staged files of a role.
func (r *Repository) staged(role string) ([]staged, error) {
	root, err := os.OpenRoot(r.path(stagedFolder))
	if err != nil {
		return nil, wrap(Form, "stage", "", err)
	}
	defer root.Close()
	all, err := dataFiles(root.FS())
	if err != nil {
		return nil, err
	}
	var list []staged
	for _, name := range all {
		if roleOf(name) != role {
			continue
		}
		s, err := r.measure(root, name)
		if err != nil {
			return nil, err
		}
		list = append(list, s)
	}
	return list, nil
}

// measure reads one staged file, and verifies it where it is a store.
func (r *Repository) measure(root *os.Root, name string) (staged, error) {
	f, err := root.Open(name)
	if err != nil {
		return staged{}, wrap(Form, "stage", name, err)
	}
	defer f.Close()
	sum := sha256.New()
	n, err := io.Copy(sum, io.LimitReader(f, MaxTarget+1))
	if err != nil {
		return staged{}, wrap(Form, "stage", name, err)
	}
	if n > MaxTarget {
		return staged{}, refuse(Limit, "stage", name, fmt.Sprintf("at most %d bytes", int64(MaxTarget)), "too large")
	}
	s := staged{name: name, size: n, sum: [sha256.Size]byte(sum.Sum(nil))}
	if !isStore(name) {
		return s, nil
	}
	store, err := revstore.Open(r.path(stagedFolder, filepath.FromSlash(name)))
	if err != nil {
		return s, wrap(Form, "stage", name, err)
	}
	defer store.Close()
	if err := store.Verify(context.Background()); err != nil {
		return s, wrap(Form, "stage", name, err)
	}
	digest := store.SHA256()
	s.digest = hex.EncodeToString(digest[:])
	return s, nil
}
