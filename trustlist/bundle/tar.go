package bundle

import (
	"archive/tar"
	"errors"
	"fmt"
	"io"
)

// ReadTar takes a bundle that is a tar archive. It reads the headers only. It holds regular files and nothing else: no
// folders, no links, and none of the extensions by which a tar file says things twice.
func ReadTar(r io.ReaderAt, size int64) (*Files, error) {
	f := &Files{entries: make(map[string]entry)}
	section := io.NewSectionReader(r, 0, size)
	archive := tar.NewReader(section)
	for {
		h, err := archive.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, refuse(Form, "files", "", "", "not a tar archive that can be read") // the library's words add nothing
		}
		if h.Typeflag != tar.TypeReg || len(h.PAXRecords) > 0 || h.Linkname != "" {
			return nil, refuse(Path, "files", shown(h.Name), "regular files only, without extensions", "a folder, a link, or an extended header")
		}
		at, err := section.Seek(0, io.SeekCurrent)
		if err != nil {
			return nil, wrap(Form, "files", shown(h.Name), err)
		}
		if h.Size > size-at {
			return nil, refuse(Form, "files", shown(h.Name), "", "the archive ends before the file does")
		}
		open := func() (io.ReadCloser, error) { return io.NopCloser(io.NewSectionReader(r, at, h.Size)), nil }
		if err := f.add(h.Name, h.Size, open); err != nil {
			return nil, err
		}
	}
	if len(f.entries) == 0 {
		return nil, refuse(Form, "files", "", "", "the archive is empty")
	}
	return f, nil
}

// WriteTar writes the files as one tar archive. The same files always give the same bytes: they stand in the order of their
// names, and the archive says nothing of owners, times or permissions of this machine.
func (f *Files) WriteTar(w io.Writer) error {
	archive := tar.NewWriter(w)
	for _, name := range f.list() {
		e := f.entries[name]
		h := &tar.Header{Typeflag: tar.TypeReg, Name: name, Size: e.size, Mode: 0o644, Format: tar.FormatUSTAR}
		if err := archive.WriteHeader(h); err != nil {
			return wrap(Form, "archive", name, err)
		}
		counted := &counter{w: archive}
		if err := f.copy(counted, "archive", name, e.size); err != nil {
			return err
		}
		if counted.n != e.size {
			return refuse(Form, "archive", name, "", fmt.Sprintf("the file has %d bytes and had %d", counted.n, e.size))
		}
	}
	return archive.Close()
}

// A counter counts what is written through it.
type counter struct {
	w io.Writer
	n int64
}

func (c *counter) Write(p []byte) (int, error) {
	n, err := c.w.Write(p)
	c.n += int64(n)
	return n, err
}
