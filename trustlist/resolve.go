package trustlist

import (
	"path/filepath"
	"time"
)

// Resolved is trust material that is found in another place than the path that was named, and that has been authenticated as
// a whole: the content of a signed bundle. Package trustlist/bundle makes it, which this one does not know.
type Resolved struct {
	// Files are the paths of the material. Each must be trust material, as a file that is named by itself must.
	Files []string
	// Held are the files among them that were read when they were verified, by path. They are not read again: it is these bytes
	// that were verified.
	Held map[string]Held
	// Info names the material. Name, Version, Created, SHA256, Due, Expires, Seen and StateReset count; the rest is found by
	// loading. Where nothing else is loaded beside, it is the Info of the Snapshot.
	Info Info
	// Importers come before those of the Loader, for these files and all that are loaded with them.
	Importers []Importer
	// Done is called when the files have been loaded, or could not be; nil is nothing.
	Done func()
}

// Held is the content of a file, with its SHA-256.
type Held struct {
	Data   []byte
	SHA256 [32]byte
}

// resolve takes in what a path stands for, and reports whether it stands for anything but itself.
func (b *builder) resolve(path string, resolve func(string) (*Resolved, error)) (bool, error) {
	if resolve == nil {
		return false, nil
	}
	r, err := resolve(path)
	if err != nil {
		return false, &LoadError{Source: path, Err: err}
	}
	if r == nil {
		return false, nil
	}
	if r.Done != nil {
		b.done = append(b.done, r.Done)
	}
	for _, i := range r.Importers {
		b.importers = append([]*importerUse{{Importer: i}}, b.importers...)
	}
	b.names = append(b.names, r.Info.Name)
	name := len(b.names) - 1
	undated, certificates, version, created := b.undated, len(b.plain), b.version, b.created
	for _, f := range r.Files {
		var err error
		if held, ok := r.Held[f]; ok {
			err = b.held(f, held)
		} else {
			err = b.file(f, true)
		}
		if err != nil {
			return false, err
		}
	}
	// The whole is as old as it says, whatever its files say of themselves, and its certificates are no older.
	b.undated, b.plain, b.version, b.created = undated, b.plain[:certificates], max(version, r.Info.Version), created
	b.dated(r.Info.Created)
	b.undated = b.undated || r.Info.Created.IsZero()
	b.names[name] = r.Info.Name
	b.resolved = append(b.resolved, r.Info)
	return true, nil
}

// held takes in a file that was read before.
func (b *builder) held(path string, h Held) error {
	if err := b.add(Source{Name: filepath.Base(path), SHA256: h.SHA256}, h.Data, path, true); err != nil {
		return b.skip(path, true, err)
	}
	return nil
}

// freshness gives the name, version and dates of everything that was loaded.
func (b *builder) freshness(info Info) Info {
	if len(b.resolved) == 1 && len(b.names) == 1 {
		r := b.resolved[0]
		return Info{Name: r.Name, Version: r.Version, Created: r.Created, SHA256: r.SHA256, Due: r.Due, Expires: r.Expires, Seen: r.Seen, StateReset: r.StateReset}
	}
	for _, r := range b.resolved {
		info.Due, info.Expires = sooner(info.Due, r.Due), sooner(info.Expires, r.Expires)
		if r.Seen.After(info.Seen) {
			info.Seen = r.Seen
		}
		info.StateReset = info.StateReset || r.StateReset
	}
	return info
}

// sooner gives the earlier of two moments; zero is none.
func sooner(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}
