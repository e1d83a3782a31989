package revstore

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"path/filepath"
	"runtime"
)

// A writer writes the sections of a store one behind the other, and the header in the end.
type writer struct {
	file   *os.File
	header *header
	sum    hash.Hash     // of the section that is being written
	out    *bufio.Writer // to the file and the sum
}

func newWriter(f *os.File, h *header) *writer {
	w := &writer{file: f, header: h, sum: sha256.New()}
	w.out = bufio.NewWriterSize(io.MultiWriter(f, w.sum), 256<<10)
	return w
}

// section writes those rows of one kind that have a form. Where there are none, there is no section.
func (w *writer) section(ctx context.Context, kind string, f form, rows *merger) error {
	s := section{kind: kind, form: f, at: w.header.size()}
	if _, err := w.file.Seek(s.at, io.SeekStart); err != nil {
		return err
	}
	w.sum.Reset()
	fan := make([]byte, fanSize)
	bucket := 0
	var row [hashSize + 8]byte
	for steps := 0; ; steps++ {
		if steps%(1<<16) == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		e, ok := rows.next()
		if !ok {
			break
		}
		if e.form() != f {
			continue
		}
		if s.rows == maxRows {
			return fmt.Errorf("more than %d entries of one kind", int64(maxRows))
		}
		for ; bucket <= int(e.high>>48); bucket++ {
			binary.LittleEndian.PutUint32(fan[4*bucket:], uint32(s.rows))
		}
		binary.BigEndian.PutUint64(row[:], e.high)
		binary.BigEndian.PutUint64(row[8:], e.low)
		binary.LittleEndian.PutUint64(row[16:], ^e.narrow)
		if _, err := w.out.Write(row[:f.rowSize()]); err != nil {
			return err
		}
		s.rows++
	}
	if rows.err != nil || s.rows == 0 {
		return rows.err
	}
	for ; bucket <= fanOut; bucket++ {
		binary.LittleEndian.PutUint32(fan[4*bucket:], uint32(s.rows))
	}
	return w.end(s, fan)
}

// end completes a section behind its rows and puts it into the header.
func (w *writer) end(s section, fan []byte) error {
	if len(w.header.sections) == maxSections {
		return fmt.Errorf("more than %d sections", maxSections)
	}
	w.out.Write(make([]byte, s.rowsSize()-s.rows*s.form.rowSize()))
	w.out.Write(fan)
	if err := w.out.Flush(); err != nil { // reports the errors of the writes before
		return err
	}
	s.sum = [sha256.Size]byte(w.sum.Sum(nil))
	for i := range s.probes {
		if _, err := w.file.ReadAt(s.probes[i][:], s.at+s.probe(i)*s.form.rowSize()); err != nil {
			return err
		}
	}
	w.header.sections = append(w.header.sections, s)
	return nil
}

// finish writes the header: until then, the file is none.
func (w *writer) finish() error {
	if _, err := w.file.WriteAt(w.header.encode(), 0); err != nil {
		return err
	}
	_, err := openFile(w.file) // what was written answers for the rows that the header repeats
	return err
}

// replace writes a file beside its place, has it stored safely, and gives it its name. What fails before that leaves the
// file that was there, if any.
func replace(path string, write func(*os.File) error) error {
	dir := filepath.Dir(path)
	f, err := os.CreateTemp(dir, "."+filepath.Base(path)+"-*.tmp") // loaders of folders pass over hidden files
	if err != nil {
		return err
	}
	err = write(f)
	if err == nil {
		err = f.Chmod(0o644) // CreateTemp lets nobody else read it
	}
	if err == nil {
		err = f.Sync()
	}
	err = errors.Join(err, f.Close())
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return syncDir(dir)
}

// syncDir has the new name stored. Windows has no such thing for folders.
func syncDir(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
