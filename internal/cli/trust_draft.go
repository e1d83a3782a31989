package cli

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/trustlist/derev"
	"github.com/travelseal/travelseal/trustlist/provenance"
	"github.com/travelseal/travelseal/trustlist/revstore"
)

// A draftFile is a file of a source and its place in the draft.
type draftFile struct {
	provenance.File
	path  string
	place string // under sources/, or of a store under rev/
	store bool
}

func isTree(path string) bool {
	st, err := os.Stat(path)
	return err == nil && st.IsDir() && derev.IsTree(os.DirFS(path))
}

// collectFiles lists the files of the sources: those that the loader reads, and whole trees.
func collectFiles(sources []string) ([]draftFile, error) {
	var files []draftFile
	places := make(map[string][sha256.Size]byte)
	add := func(path, place string) error {
		f, err := describeFile(path, place)
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		if sum, taken := places[f.place]; taken {
			if sum == f.SHA256 {
				return nil
			}
			return fmt.Errorf("%s: two sources have a file of this name", path)
		}
		places[f.place] = f.SHA256
		files = append(files, f)
		return nil
	}
	for _, source := range sources {
		st, err := os.Stat(source)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", source, plainError(err))
		}
		tree := isTree(source)
		base := filepath.Dir(source)
		if !st.IsDir() {
			if err := add(source, plainName(filepath.Base(source))); err != nil {
				return nil, err
			}
			continue
		}
		err = filepath.WalkDir(source, func(path string, d fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return err
			case path == source:
				return nil
			case d.IsDir() && (!tree || strings.HasPrefix(d.Name(), ".")):
				return fs.SkipDir // the loader does not look into it
			case d.IsDir() || strings.HasPrefix(d.Name(), "."):
				return nil
			case !tree:
				return add(path, plainName(d.Name()))
			}
			below, err := filepath.Rel(base, path)
			if err != nil {
				return err
			}
			parts := strings.Split(filepath.ToSlash(below), "/")
			for i := range parts {
				parts[i] = plainName(parts[i])
			}
			return add(path, strings.Join(parts, "/"))
		})
		if err != nil {
			return nil, err
		}
	}
	return files, nil
}

// listPaths are the paths in which lists of revoked documents are looked for: the files that are no stores, and whole trees.
func listPaths(sources []string, files []draftFile) []string {
	var paths []string
	for _, f := range files {
		if !f.store && !strings.Contains(f.place, "/") {
			paths = append(paths, f.path)
		}
	}
	for _, s := range sources {
		if isTree(s) {
			paths = append(paths, s)
		}
	}
	return paths
}

// plainName is a name of a file in letters that are safe everywhere.
func plainName(name string) string {
	safe := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("._-", r) {
			return r
		}
		return '_'
	}, name)
	if strings.HasPrefix(safe, ".") {
		safe = "_" + safe[1:]
	}
	return safe[:min(len(safe), 120)]
}

// describeFile hashes a file, of any size.
func describeFile(path, place string) (draftFile, error) {
	f := draftFile{path: path, place: place}
	st, err := os.Stat(path)
	if err != nil {
		return f, plainError(err)
	}
	if !st.Mode().IsRegular() {
		return f, errors.New("not a regular file")
	}
	in, err := os.Open(path)
	if err != nil {
		return f, plainError(err)
	}
	defer in.Close()
	head := make([]byte, trustlist.DetectSize)
	n, err := io.ReadFull(in, head)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
		return f, plainError(err)
	}
	f.store = revstore.Importer().Detect(head[:n])
	sum := sha256.New()
	sum.Write(head[:n])
	if _, err := io.Copy(sum, in); err != nil {
		return f, plainError(err)
	}
	f.File = provenance.File{Name: filepath.Base(path), SHA256: [sha256.Size]byte(sum.Sum(nil)), Size: st.Size()}
	return f, nil
}

// write writes the draft beside its place and gives it its name when it is whole.
func (d *draft) write(ctx context.Context) (stores []provenance.Store, err error) {
	parent := filepath.Dir(d.flags.out)
	dir, err := os.MkdirTemp(parent, ".draft-*")
	if err != nil {
		return nil, plainError(err)
	}
	defer func() {
		if err != nil {
			os.RemoveAll(dir)
		}
	}()
	for _, f := range d.files {
		folder := draftSources
		if f.store {
			folder = draftRevoked
		}
		if err := copyFile(f.path, filepath.Join(dir, folder, filepath.FromSlash(f.place)), f.SHA256); err != nil {
			return nil, fmt.Errorf("%s: %w", f.Name, err)
		}
	}
	if stores, err = d.stores(ctx, dir); err != nil {
		return nil, err
	}
	list, err := d.after.Pack()
	if err == nil {
		err = plainError(os.WriteFile(filepath.Join(dir, draftList), list, 0o644))
	}
	if err != nil {
		return nil, err
	}
	overlay, err := d.overlay.Append(nil)
	if err == nil {
		err = plainError(os.WriteFile(filepath.Join(dir, draftOverlay), append(overlay, '\n'), 0o644))
	}
	if err == nil {
		err = writeJSON(filepath.Join(dir, draftProvenance), d.record(stores))
	}
	if err != nil {
		return nil, err
	}
	if err := os.Chmod(dir, 0o755); err != nil { // MkdirTemp lets nobody else look into it
		return nil, plainError(err)
	}
	return stores, plainError(os.Rename(dir, d.flags.out))
}

// copyFile copies a file that must still be the one that was read.
func copyFile(from, to string, want [sha256.Size]byte) error {
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return plainError(err)
	}
	in, err := os.Open(from)
	if err != nil {
		return plainError(err)
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
	if err != nil {
		return plainError(err)
	}
	sum := sha256.New()
	_, err = io.Copy(io.MultiWriter(out, sum), in)
	if err == nil {
		err = out.Sync()
	}
	err = errors.Join(err, out.Close())
	if err == nil && [sha256.Size]byte(sum.Sum(nil)) != want {
		err = errors.New("it changed while it was imported")
	}
	return plainError(err)
}

func writeJSON(path string, v any) error {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(v); err != nil {
		return err
	}
	return plainError(os.WriteFile(path, b.Bytes(), 0o644))
}

// stores builds stores of the lists of revoked documents among the sources, and describes all stores of the draft.
func (d *draft) stores(ctx context.Context, dir string) ([]provenance.Store, error) {
	list := []provenance.Store{}
	folder := filepath.Join(dir, draftRevoked)
	for _, scheme := range d.schemes() {
		if err := os.MkdirAll(folder, 0o755); err != nil {
			return nil, plainError(err)
		}
		order := d.order(scheme, folder, dir)
		if _, err := os.Lstat(order.out); err == nil {
			return nil, fmt.Errorf("a store among the sources is called %s, as one that is built", filepath.Base(order.out))
		}
		if _, _, err := buildStore(ctx, order); err != nil {
			return nil, err
		}
	}
	entries, err := os.ReadDir(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return list, nil
	}
	if err != nil {
		return nil, plainError(err)
	}
	for _, e := range entries {
		s, err := revstore.Open(filepath.Join(folder, e.Name()))
		if err != nil {
			return nil, err
		}
		created, next := s.Dates()
		list = append(list, provenance.Store{
			File: draftRevoked + "/" + e.Name(), SHA256: fmt.Sprintf("%x", s.SHA256()), Entries: s.Len(), Partial: s.Partial(), Kinds: s.Counts(), Created: stamp(created), NextUpdate: stamp(next),
		})
		s.Close()
	}
	return list, nil
}

// schemes are those of the kinds of handle that the sources have entries of. Each has a store of its own, which is out of date by
// itself.
func (d *draft) schemes() []string {
	found := make(map[string]bool)
	note := func(kinds map[string]int64) {
		for kind := range kinds {
			found[schemeOf(kind)] = true
		}
	}
	for _, s := range d.lists.Sources {
		note(s.Kinds)
	}
	for _, l := range d.after.RevocationLists() {
		if l.Name == trustlist.DocumentList {
			note(l.Kinds)
		}
	}
	return slices.Sorted(maps.Keys(found))
}

// order is for a store of everything of one scheme that the sources revoke: the lists by themselves, and what stands in lists of
// keys.
func (d *draft) order(scheme, folder, temp string) storeOrder {
	o := storeOrder{
		out: filepath.Join(folder, draftBuilt+scheme+".srt"), temp: temp, partial: true, scheme: scheme, from: d.from, further: d.after.RevokedDocuments(),
	}
	for _, l := range d.after.RevocationLists() {
		if l.Name != trustlist.DocumentList {
			continue
		}
		o.created, o.partial = l.Created, l.Partial
		for kind, end := range l.Ends {
			if o.takes(kind) && (o.next.IsZero() || end.Before(o.next)) {
				o.next = end
			}
		}
	}
	return o
}
