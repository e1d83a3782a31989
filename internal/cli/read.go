package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/scan"
)

// maxFile bounds one file or standard input in bytes; a larger one is reported as too large without being read on.
const maxFile = 64 << 20

// stdinName is how standard input is named on the command line, and in reports.
const stdinName = "-"

// readAll turns files into Inputs. What cannot be opened is named on standard error and counted; what can be opened and
// holds nothing readable becomes an Input that says why, so that it stands in the report.
func (a *app) readAll(ctx context.Context, paths []string) (inputs []formats.Input, unopened int) {
	stdin := 0
	for _, p := range paths {
		if p == stdinName {
			if stdin++; stdin > 1 {
				fmt.Fprintln(a.stderr, "travelseal: -: standard input can be read once")
				unopened++
				continue
			}
		}
		in, err := a.read(ctx, p)
		if ctx.Err() != nil {
			return nil, 0
		}
		if err != nil {
			fmt.Fprintf(a.stderr, "travelseal: %s: %v\n", escape(p), err)
			unopened++
			continue
		}
		inputs = append(inputs, in...)
	}
	return a.set.Group(inputs), unopened
}

func (a *app) read(ctx context.Context, path string) ([]formats.Input, error) {
	name := filepath.Base(path)
	if st, err := os.Stat(path); err == nil && st.IsDir() && path != stdinName {
		files, err := a.readFolder(ctx, path)
		if err != nil {
			return nil, err
		}
		return scan.Folder(ctx, a.set, name, files, scan.Limits{})
	}
	data, err := a.readFile(ctx, path)
	if errors.Is(err, errTooLarge) {
		return []formats.Input{scan.Unreadable(name, &scan.Error{Code: scan.CodeTooLarge, Err: err})}, nil
	}
	if err != nil {
		return nil, err
	}
	return scan.Open(ctx, a.set, name, data, scan.Limits{})
}

// readFolder reads the files of one folder, as of a chip that was read out, without those of folders in it.
func (a *app) readFolder(ctx context.Context, path string) ([]formats.File, error) {
	entries, err := os.ReadDir(path)
	if err != nil {
		return nil, plainError(err)
	}
	var files []formats.File
	total := 0
	for _, e := range entries {
		if !e.Type().IsRegular() || strings.HasPrefix(e.Name(), ".") {
			continue
		}
		if len(files) == scan.MaxEntries {
			return nil, fmt.Errorf("a folder of more than %d files", scan.MaxEntries)
		}
		data, err := a.readFile(ctx, filepath.Join(path, e.Name()))
		if err != nil {
			return nil, err
		}
		if total += len(data); total > maxFile {
			return nil, errTooLarge
		}
		files = append(files, formats.File{Name: e.Name(), Data: data})
	}
	if len(files) == 0 {
		return nil, errors.New("a folder without files")
	}
	return files, nil
}

var errTooLarge = fmt.Errorf("more than %d MiB", maxFile>>20)

// readFile reads one file or standard input, and never a device, a pipe or a folder by name.
func (a *app) readFile(ctx context.Context, path string) ([]byte, error) {
	if path == stdinName {
		return readStdin(ctx, a.stdin)
	}
	st, err := os.Stat(path)
	if err != nil {
		return nil, plainError(err)
	}
	if !st.Mode().IsRegular() {
		return nil, errors.New("not a regular file")
	}
	if st.Size() > maxFile {
		return nil, errTooLarge
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, plainError(err)
	}
	defer f.Close()
	return readLimited(f)
}

// readStdin does not wait for an end of input that never comes once the context is over.
func readStdin(ctx context.Context, r io.Reader) ([]byte, error) {
	type result struct {
		data []byte
		err  error
	}
	done := make(chan result, 1)
	go func() {
		data, err := readLimited(r)
		done <- result{data, err}
	}()
	select {
	case <-ctx.Done():
		return nil, ctx.Err()
	case got := <-done:
		return got.data, got.err
	}
}

func readLimited(r io.Reader) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxFile+1))
	if err != nil {
		return nil, plainError(err)
	}
	if len(data) > maxFile {
		return nil, errTooLarge
	}
	return data, nil
}

// plainError drops the operation and path that errors of os repeat.
func plainError(err error) error {
	var pe *os.PathError
	if errors.As(err, &pe) {
		return pe.Err
	}
	return err
}
