package bundle

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"
)

// Publish makes a bundle of the drafts and of what stays in force, verifies it as a post would, and puts it in the place of
// the one that was published before. Drafts that lack signatures, a role that has expired, and a bundle that does not verify
// are refused, and change nothing.
func (r *Repository) Publish(now time.Time) (*Content, error) {
	var content *Content
	err := r.signing(nil, now, nil, func(s *signing) (err error) {
		content, err = s.publish()
		return err
	})
	return content, err
}

func (s *signing) publish() (*Content, error) {
	if err := s.ready(); err != nil {
		return nil, err
	}
	assembly := s.path(assemblyName)
	if err := os.RemoveAll(assembly); err != nil {
		return nil, wrap(Form, "publish", "", err)
	}
	if err := s.assemble(assembly); err != nil {
		return nil, err
	}
	content, err := s.examine(assembly)
	if err != nil {
		return nil, err
	}
	if err := syncFolders(assembly); err != nil {
		return nil, wrap(Form, "publish", "", err)
	}
	return content, s.exchange(assembly)
}

// ready says which role is not.
func (s *signing) ready() error {
	states, err := s.states()
	if err != nil {
		return err
	}
	for _, d := range states {
		if d.Ready {
			continue
		}
		reason := fmt.Sprintf("%d of %d signatures", len(d.Signed), d.Need)
		switch {
		case d.Waits != "":
			reason = "waits for " + d.Waits
		case d.Before > len(d.Old):
			reason = fmt.Sprintf("%d of %d signatures of the root before", len(d.Old), d.Before)
		}
		return refuse(Incomplete, "publish", d.Role, "", reason)
	}
	for _, role := range delegated {
		files, err := s.staged(role)
		if err != nil {
			return err
		}
		data, err := s.current(s.files, role)
		if err != nil {
			return err
		}
		if !sameTargets(data, files) {
			return refuse(Incomplete, "publish", role, "", "the staged files are not those that were signed; sign again")
		}
	}
	return nil
}

// assemble writes the new bundle into a folder.
func (s *signing) assemble(dir string) error {
	write := func(name string, data []byte) error {
		err := writeThrough(filepath.Join(dir, filepath.FromSlash(name)), func(w io.Writer) error { _, err := w.Write(data); return err })
		return wrapIf(Form, "publish", name, err)
	}
	if s.files != nil { // all the roots before
		for _, name := range s.files.list() {
			if old, _ := filepath.Match(metadataFolder+"*.root.json", name); old {
				data, err := s.files.read(Root, name, maxMetadata[Root])
				if err != nil {
					return err
				}
				if err := write(name, data); err != nil {
					return err
				}
			}
		}
	}
	for _, role := range Roles() {
		data, version, err := s.file(role)
		if err != nil {
			return err
		}
		name := fmt.Sprintf("%s%d.%s.json", metadataFolder, version, role)
		if role == Timestamp {
			name = metadataFolder + "timestamp.json"
		}
		if d, err := s.draft(role); err != nil {
			return err
		} else if role == Root && d == nil {
			continue // is among the roots before
		}
		if err := write(name, data); err != nil {
			return err
		}
	}
	return s.copyStaged(filepath.Join(dir, targetsFolder))
}

func (s *signing) copyStaged(to string) error {
	root, err := os.OpenRoot(s.path(stagedFolder))
	if err != nil {
		return wrap(Form, "publish", "", err)
	}
	defer root.Close()
	all, err := dataFiles(root.FS())
	if err != nil {
		return err
	}
	for _, name := range all {
		err := writeThrough(filepath.Join(to, filepath.FromSlash(name)), func(w io.Writer) error {
			f, err := root.Open(name)
			if err != nil {
				return err
			}
			defer f.Close()
			_, err = io.Copy(w, f)
			return err
		})
		if err != nil {
			return wrap(Form, "publish", name, err)
		}
	}
	return nil
}

// examine verifies the new bundle from the first root on, as a post does that has seen the one before.
func (s *signing) examine(dir string) (*Content, error) {
	files, err := OpenFiles(dir)
	if err != nil {
		return nil, err
	}
	defer files.Close()
	first, err := files.read(Root, metadataFolder+rootName(1), maxMetadata[Root])
	if err != nil {
		return nil, err
	}
	seen := Seen{Versions: make(map[string]int64)}
	for _, role := range Roles() {
		if _, seen.Versions[role], err = s.publishedVersion(role); err != nil {
			return nil, err
		}
	}
	content, err := Verify(files, Options{Root: first, Seen: seen, Now: s.now})
	if err != nil {
		return nil, err
	}
	for _, role := range content.Info.Roles {
		if s.now.After(role.Expires) {
			return nil, refuse(Incomplete, "publish", role.Name, "", "it has expired; renew it, or rotate the root")
		}
	}
	if s.Check != nil {
		if err := s.Check(&Opened{Content: *content, dir: dir}); err != nil {
			return nil, wrap(Refused, "publish", "", err)
		}
	}
	return content, nil
}

// exchange puts the new bundle in the place of the old one, and clears the drafts.
func (s *signing) exchange(assembly string) error {
	published, retired := s.path(publishedName), s.path(retiredName)
	if err := os.RemoveAll(retired); err != nil {
		return wrap(Form, "publish", "", err)
	}
	if s.files != nil {
		if err := os.Rename(published, retired); err != nil {
			return wrap(Form, "publish", "", err)
		}
	}
	if err := os.Rename(assembly, published); err != nil {
		return wrap(Form, "publish", "", err)
	}
	if err := syncFolder(s.dir); err != nil {
		return wrap(Form, "publish", "", err)
	}
	for _, role := range Roles() {
		if err := s.drop(role); err != nil {
			return err
		}
	}
	return wrapIf(Form, "publish", "", os.RemoveAll(retired))
}
