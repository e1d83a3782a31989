package scan

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"github.com/travelseal/travelseal/formats"
)

// zipMedia is what [Media] calls an archive that is opened.
const zipMedia = "application/zip"

// MaxEntries bounds the files of an archive and of a folder. A chip has some twenty.
const MaxEntries = 256

// archive gives the Inputs of the files in a ZIP archive: those of each folder in it as [Folder] does, under the name of
// the archive. Archives within it are not opened. All its files together are held to the limit of one file.
//
// Nothing rests on the archive itself, as what counts in it is sealed; that two programs could see two lists of files in
// it changes nothing here, because only one is looked at.
func archive(ctx context.Context, set *formats.Set, name string, data []byte, l Limits) ([]formats.Input, error) {
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return refused(name, unreadable(fmt.Errorf("the archive: %w", err)))
	}
	if len(r.File) > MaxEntries {
		return refused(name, tooLarge("files in the archive", int64(len(r.File)), MaxEntries))
	}
	left := int64(l.orDefault().FileBytes)
	var folders []string
	files := make(map[string][]formats.File)
	for _, f := range r.File {
		dir, base, use := place(f)
		if !use {
			continue
		}
		content, err := expand(f, left)
		if err != nil {
			return refused(name, err)
		}
		left -= int64(len(content))
		if files[dir] == nil {
			folders = append(folders, dir)
		}
		files[dir] = append(files[dir], formats.File{Name: base, Data: content})
	}
	if len(folders) == 0 {
		return refused(name, &Error{CodeNoSymbol, errors.New("the archive holds no file")})
	}
	var all []formats.Input
	for _, dir := range folders {
		found, err := together(ctx, set, path.Join(name, dir), files[dir], l, false)
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	return all, nil
}

// place gives the folder and the name of a file in an archive, and whether it is one of the traveller's: what programs add
// for themselves is passed over. The names are shown and compared, and never become a path.
func place(f *zip.File) (dir, base string, use bool) {
	clean := path.Clean("/" + strings.ReplaceAll(f.Name, `\`, "/"))
	dir, base = path.Split(clean[1:])
	hidden := strings.HasPrefix(base, ".") || strings.HasPrefix(dir, "__MACOSX/")
	return strings.TrimSuffix(dir, "/"), base, f.Mode().IsRegular() && base != "" && !hidden
}

func expand(f *zip.File, limit int64) ([]byte, error) {
	r, err := f.Open()
	if err != nil {
		return nil, unreadable(fmt.Errorf("a file of the archive: %w", err))
	}
	defer r.Close()
	content, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err != nil {
		return nil, unreadable(fmt.Errorf("a file of the archive: %w", err))
	}
	if int64(len(content)) > limit {
		return nil, tooLarge("bytes of all files in the archive", int64(len(content)), int(limit))
	}
	return content, nil
}

// Folder gives the Inputs of files that came together, as in one folder. Where a format recognises them as the files of one
// document, as those of a chip are, they are one Input; otherwise each is opened as [Open] opens it, under the name of the
// folder and its own. The error is the context's.
func Folder(ctx context.Context, set *formats.Set, name string, files []formats.File, l Limits) ([]formats.Input, error) {
	if len(files) > MaxEntries {
		return refused(name, tooLarge("files in the folder", int64(len(files)), MaxEntries))
	}
	return together(ctx, set, name, files, l, true)
}

func together(ctx context.Context, set *formats.Set, name string, files []formats.File, l Limits, archives bool) ([]formats.Input, error) {
	whole := formats.Input{Source: name, Files: files}
	if recognised(set, whole) {
		return []formats.Input{whole}, nil
	}
	var all []formats.Input
	for _, f := range files {
		source := name + "/" + f.Name
		if !archives && Media(f.Data) == zipMedia && !recognised(set, formats.Bytes(f.Data)) {
			found, _ := refused(source, &Error{CodeMediaType, errors.New("an archive within an archive")})
			all = append(all, found...)
			continue
		}
		found, err := Open(ctx, set, source, f.Data, l)
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	return all, nil
}

// refused is the one Input of what could not be read.
func refused(name string, err error) ([]formats.Input, error) {
	return []formats.Input{Unreadable(name, err)}, nil
}
