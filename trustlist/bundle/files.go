package bundle

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
)

// Files are the files of a bundle, before anything of them has been verified. They are named by their paths within it, which
// have been checked.
type Files struct {
	entries map[string]entry
	names   names
	closer  io.Closer
}

// An entry is one file, and how to open it.
type entry struct {
	size int64
	open func() (io.ReadCloser, error)
}

// The two folders of a bundle. What lies beside them in a folder is not looked at; in an archive it is refused.
const (
	metadataFolder = "metadata/"
	targetsFolder  = "targets/"
)

// OpenFiles opens a bundle that is a folder or a tar archive. Close gives it back.
func OpenFiles(name string) (*Files, error) {
	st, err := os.Stat(name)
	if err != nil {
		return nil, wrap(Form, "files", "", err)
	}
	if st.IsDir() {
		root, err := os.OpenRoot(name)
		if err != nil {
			return nil, wrap(Form, "files", "", err)
		}
		f, err := ReadFS(root.FS())
		if err != nil {
			root.Close()
			return nil, err
		}
		f.closer = root
		return f, nil
	}
	if !st.Mode().IsRegular() {
		return nil, refuse(Path, "files", "", "", "neither a folder nor a regular file")
	}
	tar, err := os.Open(name)
	if err != nil {
		return nil, wrap(Form, "files", "", err)
	}
	f, err := ReadTar(tar, st.Size())
	if err != nil {
		tar.Close()
		return nil, err
	}
	f.closer = tar
	return f, nil
}

// ReadFS takes the folder of a bundle. It refuses links, devices and names that are not safe.
func ReadFS(fsys fs.FS) (*Files, error) {
	f := &Files{entries: make(map[string]entry)}
	for _, top := range []string{metadataFolder, targetsFolder} {
		top = strings.TrimSuffix(top, "/")
		err := fs.WalkDir(fsys, top, func(name string, d fs.DirEntry, err error) error {
			if errors.Is(err, fs.ErrNotExist) && name == top {
				return fs.SkipDir
			}
			if err != nil {
				return wrap(Form, "files", name, err)
			}
			if d.IsDir() {
				if strings.Count(name, "/") > maxDepth {
					return refuse(Path, "files", name, fmt.Sprintf("at most %d folders deep", maxDepth), "the folders are too deep")
				}
				return nil
			}
			if !d.Type().IsRegular() {
				return refuse(Path, "files", name, "regular files only", "a link, a device or a pipe")
			}
			info, err := d.Info()
			if err != nil {
				return wrap(Form, "files", name, err)
			}
			return f.add(name, info.Size(), func() (io.ReadCloser, error) { return fsys.Open(name) })
		})
		if err != nil {
			return nil, err
		}
	}
	return f, nil
}

// maxDepth bounds the folders in which files are looked for; names permit no more than this anyway.
const maxDepth = 8

// add takes in one file whose name is checked here.
func (f *Files) add(name string, size int64, open func() (io.ReadCloser, error)) error {
	inner, known := strings.CutPrefix(name, metadataFolder)
	if !known {
		inner, known = strings.CutPrefix(name, targetsFolder)
	}
	if !known {
		return refuse(Path, "files", shown(name), "files in metadata/ and targets/ only", "a file outside the folders of a bundle")
	}
	if err := checkName(inner); err != nil {
		return wrap(Path, "files", shown(name), err)
	}
	if err := f.names.add(name); err != nil {
		return wrap(Path, "files", shown(name), err)
	}
	if len(f.entries) >= MaxFiles {
		return refuse(Limit, "files", "", fmt.Sprintf("at most %d", MaxFiles), "too many files")
	}
	if size < 0 || size > MaxTarget {
		return refuse(Limit, "files", name, fmt.Sprintf("at most %d bytes", int64(MaxTarget)), fmt.Sprintf("%d bytes", size))
	}
	f.entries[name] = entry{size, open}
	return nil
}

// shown is a name as an error may repeat it: cut, and quoted where a terminal might take it for a command.
func shown(name string) string {
	if len(name) > MaxName {
		name = name[:MaxName] + "…"
	}
	if q := fmt.Sprintf("%+q", name); q != `"`+name+`"` {
		return q
	}
	return name
}

// Close gives back what OpenFiles has opened.
func (f *Files) Close() error {
	if f.closer == nil {
		return nil
	}
	return f.closer.Close()
}

// list gives the names of all files, in order.
func (f *Files) list() []string {
	all := make([]string, 0, len(f.entries))
	for name := range f.entries {
		all = append(all, name)
	}
	slices.Sort(all)
	return all
}

func (f *Files) has(name string) bool { _, ok := f.entries[name]; return ok }

// read reads a whole file that may be limit bytes long, and no byte more than that.
func (f *Files) read(step, name string, limit int64) ([]byte, error) {
	var b bytes.Buffer
	err := f.copy(&b, step, name, limit)
	return b.Bytes(), err
}

// copy writes a whole file to w. The limit is held against the size that the file system or the archive states before it is
// opened, and against what then comes.
func (f *Files) copy(w io.Writer, step, name string, limit int64) error {
	e, ok := f.entries[name]
	if !ok {
		return refuse(Form, step, name, "", "the file is missing")
	}
	if e.size > limit {
		return refuse(Limit, step, name, fmt.Sprintf("at most %d bytes", limit), fmt.Sprintf("%d bytes", e.size))
	}
	r, err := e.open()
	if err != nil {
		return wrap(Form, step, name, err)
	}
	defer r.Close()
	n, err := io.Copy(w, io.LimitReader(r, limit+1))
	if err != nil {
		return wrap(Form, step, name, err)
	}
	if n > limit {
		return refuse(Limit, step, name, fmt.Sprintf("at most %d bytes", limit), "the file grew while it was read")
	}
	return nil
}

// base is the name without the folder of a bundle, for sentences.
func base(name string) string { return path.Base(name) }

// plain drops the operation and path that os errors repeat.
func plain(err error) error {
	var pe *os.PathError
	if errors.As(err, &pe) {
		return pe.Err
	}
	return err
}
