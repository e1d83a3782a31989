package revstore

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/internal/outside"
)

// answers looks every entry of the small store up; what it says of a damaged one is only held to be an answer or an error.
func answers(s *Store) (err error) {
	for _, k := range []string{"a", "b", "c"} {
		for _, data := range []string{"1", "2", "3", "4", "5"} {
			_, _, e := s.Find(k, hashOf(data))
			err = errors.Join(err, e)
		}
	}
	return err
}

// places are the bytes of a store worth changing: all of the header and of the rows, and of the fan-outs some in each page.
func places(data []byte, s *Store) []int {
	var list []int
	for i := range data {
		near := i < page || i%509 == 0 || i >= len(data)-16
		for _, t := range s.tables {
			fan := int(t.at + t.rowsSize())
			near = near || i >= int(t.at) && i < int(t.at)+200 || i >= fan-8 && i < fan+16 || i >= int(t.end())-16 && i < int(t.end())
		}
		if near || os.Getenv("TRAVELSEAL_LARGE") != "" {
			list = append(list, i)
		}
	}
	return list
}

func TestEveryChangedByteIsNoticed(t *testing.T) {
	data := small(t)
	s, err := openBytes(data)
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range places(data, s) {
		data[i] ^= 1 << (i % 8)
		if s, err := openBytes(data); err == nil {
			answers(s)
			if err := s.Verify(context.Background()); !errors.Is(err, ErrDamaged) {
				t.Errorf("byte %d: %v", i, err)
			}
		} else if i >= page && !errors.Is(err, ErrDamaged) {
			t.Errorf("byte %d: %v", i, err)
		}
		data[i] ^= 1 << (i % 8)
	}
}

func TestAFileThatIsCutIsNone(t *testing.T) {
	data := small(t)
	for n := 0; n < len(data); n += 1 + n/2000*97 {
		if _, err := openBytes(data[:n]); !errors.Is(err, ErrDamaged) {
			t.Errorf("%d bytes: %v", n, err)
		}
	}
	if _, err := openBytes(append(slices.Clone(data), 0)); !errors.Is(err, ErrDamaged) {
		t.Errorf("a byte more: %v", err)
	}
}

// A file that is cut, emptied or overwritten while it is open must not end the process, and nobody may be called "not
// revoked" from what is no longer there.
func TestAFileThatChangesUnderTheReaderGivesErrors(t *testing.T) {
	list := []revocation{{kind: "a", hash: hashOf("1")}, {kind: "a", hash: hashOf("2")}}
	for name, change := range map[string]func(path string) error{
		"cut":         func(p string) error { return os.Truncate(p, page) },
		"cut in rows": func(p string) error { return os.Truncate(p, page+hashSize) },
		"emptied":     func(p string) error { return os.Truncate(p, 0) },
		"overwritten": func(p string) error { return overwrite(p, bytes.Repeat([]byte{0}, page), page) },
		"exchanged": func(p string) error {
			one, two := hashOf("1"), hashOf("2")
			return overwrite(p, append(slices.Clone(two[:]), one[:]...), page)
		},
	} {
		path := build(t, BuildOptions{}, list)
		s := opened(t, path)
		if err := change(path); err != nil {
			t.Fatal(err)
		}
		if err := s.Verify(context.Background()); !errors.Is(err, ErrDamaged) {
			t.Errorf("%s: verified: %v", name, err)
		}
		failed := 0
		for _, e := range list {
			if found, _, err := s.Find(e.kind, e.hash); errors.Is(err, ErrDamaged) {
				failed++
			} else if !found || err != nil {
				t.Errorf("%s: found %v, %v", name, found, err)
			}
		}
		if failed == 0 {
			t.Errorf("%s: no lookup noticed", name)
		}
	}
}

func overwrite(path string, data []byte, at int64) error {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	_, err = f.WriteAt(data, at)
	return errors.Join(err, f.Close())
}

func TestAStoreThatIsReplacedOrRemovedStaysWhatItWas(t *testing.T) {
	path := build(t, BuildOptions{}, []revocation{{kind: "a", hash: hashOf("1")}})
	s := opened(t, path)
	if _, err := builder(t, BuildOptions{}, nil).Build(context.Background(), path); err != nil {
		outside.Absent(t, "This system does not replace files that are open: "+err.Error())
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if found, _, err := s.Find("a", hashOf("1")); !found || err != nil {
		t.Errorf("%v, %v", found, err)
	}
}

func TestAClosedStoreAnswersNothing(t *testing.T) {
	s := opened(t, build(t, BuildOptions{}, []revocation{{kind: "a", hash: hashOf("1")}}))
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if found, _, err := s.Find("a", hashOf("1")); found || !errors.Is(err, os.ErrClosed) {
		t.Errorf("%v, %v", found, err)
	}
	if err := s.Verify(context.Background()); !errors.Is(err, os.ErrClosed) {
		t.Error(err)
	}
}

func TestWhatIsNoFileIsNoStore(t *testing.T) {
	dir := t.TempDir()
	if _, err := Open(dir); err == nil {
		t.Error("a folder is opened")
	}
	if _, err := Open(dir + "/missing"); !errors.Is(err, os.ErrNotExist) || strings.Contains(err.Error(), dir) {
		t.Error(err)
	}
}

// Somebody who forges a file puts every digest right. It is then a list of theirs, but it must not harm the reader.
func TestForgedHeadersAreRefused(t *testing.T) {
	le := binary.LittleEndian
	for name, c := range map[string]struct {
		change func(d []byte)
		part   string
	}{
		"another version":       {func(d []byte) { le.PutUint32(d[8:], 2) }, "version 2"},
		"many sections":         {func(d []byte) { le.PutUint32(d[12:], 1<<31) }, "the limit is 20"},
		"one section more":      {func(d []byte) { le.PutUint32(d[12:], 3) }, "entry 2"},
		"one section less":      {func(d []byte) { le.PutUint32(d[12:], 1) }, "the sections need"},
		"a date before 1970":    {func(d []byte) { le.PutUint64(d[16:], ^uint64(0)) }, "a date"},
		"a date after 9999":     {func(d []byte) { le.PutUint64(d[24:], maxTime+1) }, "a date"},
		"another size":          {func(d []byte) { le.PutUint64(d[32:], page) }, "the header states 4096"},
		"something reserved":    {func(d []byte) { d[41] = 1 }, "must be zero"},
		"reserved in an entry":  {func(d []byte) { d[entryAt+52] = 1 }, "must be zero"},
		"behind the entries":    {func(d []byte) { d[digestAt-1] = 1 }, "must be zero"},
		"no kind":               {func(d []byte) { d[entryAt] = 0 }, "a kind is"},
		"a kind with a control": {func(d []byte) { d[entryAt] = '\n' }, "a kind is"},
		"a kind with a hole":    {func(d []byte) { d[entryAt+2] = 'x' }, "a kind is"},
		"another form":          {func(d []byte) { d[entryAt+48] = 2 }, "form 2"},
		"the order of kinds":    {func(d []byte) { d[entryAt] = 'z' }, "not in order"},
		"the same kind twice":   {func(d []byte) { d[entryAt+entrySize] = 'a'; d[entryAt+48] = 1 }, "not in order"},
		"no rows":               {func(d []byte) { le.PutUint64(d[entryAt+56:], 0) }, "0 rows"},
		"too many rows":         {func(d []byte) { le.PutUint64(d[entryAt+56:], 1<<32) }, "4294967296 rows"},
		"the most rows":         {func(d []byte) { le.PutUint64(d[entryAt+56:], 1<<32-1) }, "place"},
		"another place":         {func(d []byte) { le.PutUint64(d[entryAt+64:], 2*page) }, "place 8192"},
		"a far place":           {func(d []byte) { le.PutUint64(d[entryAt+64:], 1<<63) }, "place 9223372036854775808"},
		"a row more":            {func(d []byte) { le.PutUint64(d[entryAt+56:], 4) }, "does not span"},
		"another form of rows":  {func(d []byte) { d[entryAt+48] = 1 }, "no moment"},
		"another self-test":     {func(d []byte) { d[entryAt+104] ^= 1 }, "self-test 0"},
		"the last self-test":    {func(d []byte) { d[entryAt+entrySize+104+4*hashSize+15] ^= 1 }, "self-test 4"},
		"self-tests exchanged":  {func(d []byte) { copy(d[entryAt+104:], d[entryAt+104+4*hashSize:][:hashSize]) }, "self-test 0"},
	} {
		data := small(t)
		c.change(data)
		_, err := openBytes(resealed(data))
		if err == nil || !strings.Contains(err.Error(), c.part) || len(err.Error()) > 200 {
			t.Errorf("%s: %v, want %q", name, err, c.part)
		}
	}
}

func TestHostileFanOutsAreRefused(t *testing.T) {
	le := binary.LittleEndian
	data := small(t)
	fan := int(page + aligned(3*hashSize))
	for name, change := range map[string]func(f []byte){
		"a first that is not 0": func(f []byte) { le.PutUint32(f, 1) },
		"a last beyond":         func(f []byte) { le.PutUint32(f[4*fanOut:], 4) },
		"a last before":         func(f []byte) { le.PutUint32(f[4*fanOut:], 2) },
		"far beyond":            func(f []byte) { le.PutUint32(f[4*1000:], 1<<32-1) },
		"back and forth":        func(f []byte) { le.PutUint32(f[4*(fanOut-1):], 0) },
		"something behind":      func(f []byte) { f[fanSize-1] = 1 },
		"all empty but the end": func(f []byte) { clear(f[:4*fanOut]) },
		"all in the first": func(f []byte) {
			for b := range fanOut {
				le.PutUint32(f[4*(b+1):], 3)
			}
		},
	} {
		hostile := slices.Clone(data)
		change(hostile[fan:][:fanSize])
		if s, err := openBytes(hostile); !errors.Is(err, ErrDamaged) {
			t.Errorf("%s: %v", name, err)
			answers(s)
		}
	}
}

// A disk that fails, and one that gives less than it was asked for, say nothing about a document.
func TestErrorsOfTheDiskAreErrors(t *testing.T) {
	data := small(t)
	for fail := range 30 {
		r := &failing{r: bytes.NewReader(data), after: fail}
		s, err := open(r, r, int64(len(data)))
		if err == nil {
			err = answers(s)
		}
		if r.after >= 0 {
			break // all reads went well
		}
		if !errors.Is(err, errDisk) {
			t.Errorf("read %d fails: %v", fail, err)
		}
	}
}

var errDisk = fmt.Errorf("input/output error")

// A failing reader gives an error instead of one read, and from then on.
type failing struct {
	r     io.ReaderAt
	after int
}

func (f *failing) ReadAt(p []byte, at int64) (int, error) {
	if f.after--; f.after < 0 {
		return len(p) / 2, errDisk
	}
	return f.r.ReadAt(p, at)
}

func FuzzHeader(f *testing.F) {
	data := small(f)
	f.Add(data[:page], int64(len(data)))
	f.Add(data[:page], int64(1<<62))
	f.Fuzz(func(t *testing.T, head []byte, size int64) {
		if len(head) == page {
			head = resealed(slices.Clone(head))
		}
		h, err := decode(head, size)
		if err == nil && (!bytes.Equal(h.encode(), head) || h.size() != size) {
			t.Error("what was read is written otherwise")
		}
	})
}

// FuzzRows puts anything in the place of rows and fan-out entries and asks for everything.
func FuzzRows(f *testing.F) {
	data := small(f)
	f.Add(data[page:page+3*hashSize], uint16(1), uint32(2))
	f.Fuzz(func(t *testing.T, rows []byte, bucket uint16, bound uint32) {
		hostile := slices.Clone(data)
		copy(hostile[page:], rows[:min(len(rows), 3*hashSize)])
		s, err := openBytes(data)
		if err != nil {
			t.Fatal(err)
		}
		s.file, s.rows = bytes.NewReader(hostile), bytes.NewReader(hostile) // the file changes behind the reader
		binary.LittleEndian.PutUint32(s.tables[0].fan[4*int(bucket):], bound)
		answers(s)
		if !bytes.Equal(hostile, data) && s.Verify(t.Context()) == nil {
			t.Error("changed rows are verified")
		}
	})
}
