package bundle

import (
	"crypto/sha256"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/trustlist/revstore"
)

// An Opened bundle is one whose verified files lie in a folder of this machine.
type Opened struct {
	Content
	dir     string
	trusted bool // whether its stores were verified before, and need not be read again
	held    map[string]trustlist.Held
}

// Path gives the path of a data file of Content.Files; "" for any other name.
func (o *Opened) Path(name string) string {
	if !slices.ContainsFunc(o.Files, func(f File) bool { return f.Name == name }) {
		return ""
	}
	return filepath.Join(o.dir, "targets", filepath.FromSlash(name))
}

// Policy gives the policy of the bundle; nil where it has none.
func (o *Opened) Policy() ([]byte, error) {
	if held, ok := o.held[PolicyFile]; ok {
		return held.Data, nil
	}
	path := o.Path(PolicyFile)
	if path == "" {
		return nil, nil
	}
	return os.ReadFile(path) // of a copy of our own, which was verified
}

// Resolved gives the files that say whom to trust and who is revoked, for a [trustlist.Loader].
func (o *Opened) Resolved() *trustlist.Resolved {
	r := &trustlist.Resolved{Info: o.Info.Trust(), Held: make(map[string]trustlist.Held)}
	var verified [][sha256.Size]byte
	for _, f := range o.Files {
		if isMaterial(f.Name) {
			path := o.Path(f.Name)
			r.Files = append(r.Files, path)
			if held, ok := o.held[f.Name]; ok {
				r.Held[path] = held
			}
		}
		if f.Store != [sha256.Size]byte{} && o.trusted {
			verified = append(verified, f.Store)
		}
	}
	if len(verified) > 0 {
		r.Importers = []trustlist.Importer{revstore.Importer(verified...)}
	}
	return r
}

// Unpack copies a bundle into a folder that does not exist yet, and verifies what was copied: what lies on a stick may change
// while it is read. Nothing but what the metadata name is copied, each file up to the length that was signed. After an error
// the folder is gone.
func Unpack(files *Files, dir string, o Options) (*Opened, error) {
	v, err := verifyMetadata(files, o)
	if err != nil {
		return nil, err
	}
	return v.unpack(files, dir, o)
}

func (v *verified) unpack(files *Files, dir string, o Options) (opened *Opened, err error) {
	if err := os.Mkdir(dir, 0o755); err != nil {
		return nil, wrap(Form, "copy", "", err)
	}
	defer func() {
		if err != nil {
			os.RemoveAll(dir)
		}
	}()
	for name, data := range v.metadata {
		err := writeThrough(filepath.Join(dir, filepath.FromSlash(name)), func(w io.Writer) error { _, err := w.Write(data); return err })
		if err != nil {
			return nil, wrap(Form, "copy", base(name), err)
		}
	}
	for i := range v.content.Files {
		f := &v.content.Files[i]
		var refused error
		err := writeThrough(filepath.Join(dir, "targets", filepath.FromSlash(f.Name)), func(w io.Writer) error {
			refused = f.check(files, w)
			return refused
		})
		if refused != nil {
			return nil, refused
		}
		if err != nil {
			return nil, wrap(Form, "copy", f.Name, err)
		}
	}
	if err := syncFolders(dir); err != nil {
		return nil, wrap(Form, "copy", "", err)
	}
	copied, err := OpenFiles(dir)
	if err != nil {
		return nil, err
	}
	defer copied.Close()
	again, err := Verify(copied, o)
	if err != nil {
		return nil, err
	}
	if again.Info.SHA256 != v.content.Info.SHA256 {
		return nil, refuse(Mixed, "copy", "", "", fmt.Sprintf("the copy is bundle %x", again.Info.SHA256))
	}
	again.Extra = v.content.Extra
	return &Opened{Content: *again, dir: dir}, nil
}
