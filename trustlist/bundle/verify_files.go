package bundle

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
)

// contents collects the data files that the roles name, each within its own paths.
func (v *verification) contents() error {
	var all names
	total := int64(0)
	for _, role := range delegated {
		for name, target := range v.trusted.Targets[role].Signed.Targets {
			if err := checkName(name); err != nil {
				return wrap(Path, role, shown(name), err)
			}
			if err := all.add(name); err != nil {
				return wrap(Path, role, shown(name), err)
			}
			if roleOf(name) != role {
				return refuse(Path, role, name, strings.Join(patterns[role], " "), "the role may not name this file")
			}
			f := File{Name: name, Role: role, Size: target.Length, SHA256: [sha256.Size]byte(target.Hashes["sha256"])}
			if target.Custom != nil {
				f.Store = storeDigest(*target.Custom)
			}
			if total += f.Size; total > MaxTotal {
				return refuse(Limit, role, "", fmt.Sprintf("at most %d bytes", int64(MaxTotal)), "all data files together are too large")
			}
			v.out.content.Files = append(v.out.content.Files, f)
		}
	}
	slices.SortFunc(v.out.content.Files, func(a, b File) int { return cmp.Compare(a.Name, b.Name) })
	for _, f := range v.out.content.Files {
		if name := targetsFolder + f.Name; !v.files.has(name) {
			return refuse(Hash, "files", f.Name, "", "the data file is missing")
		} else if e := v.files.entries[name]; e.size != f.Size {
			return refuse(Hash, "files", f.Name, fmt.Sprintf("%d bytes", f.Size), fmt.Sprintf("the data file has %d bytes", e.size))
		}
	}
	return nil
}

// storeDigest reads the custom member of a target, whose form was checked when it was read: {"store":"hex"}.
func storeDigest(custom []byte) (digest [sha256.Size]byte) {
	parts := strings.Split(string(custom), `"`)
	if len(parts) == 5 {
		if raw, err := hex.DecodeString(parts[3]); err == nil && len(raw) == len(digest) {
			copy(digest[:], raw)
		}
	}
	return digest
}

// named reports whether a file is a data file of a role, or an older root, which every bundle carries.
func (v *verification) named(name string) bool {
	if inner, ok := strings.CutPrefix(name, targetsFolder); ok {
		_, found := slices.BinarySearchFunc(v.out.content.Files, inner, func(f File, n string) int { return cmp.Compare(f.Name, n) })
		return found
	}
	old, _ := path.Match(metadataFolder+"*.root.json", name)
	return old
}

// check compares a data file with what was signed, and writes it to w as it goes by. It reads no byte more than were signed.
func (f *File) check(files *Files, w io.Writer) error {
	sum := sha256.New()
	counted := &counter{w: io.MultiWriter(sum, w)}
	if err := files.copy(counted, "files", targetsFolder+f.Name, f.Size); err != nil {
		if KindOf(err) == Limit {
			return refuse(Hash, "files", f.Name, fmt.Sprintf("%d bytes", f.Size), "the data file is longer than what was signed")
		}
		return err
	}
	if counted.n != f.Size || [sha256.Size]byte(sum.Sum(nil)) != f.SHA256 {
		return refuse(Hash, "files", f.Name, "", "the data file is not the one that was signed")
	}
	return nil
}
