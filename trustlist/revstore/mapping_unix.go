//go:build unix

package revstore

import (
	"errors"
	"io"
	"math"
	"os"
	"runtime"
	"runtime/debug"
	"sync/atomic"
	"syscall"
)

var errFault = damaged("the file was cut while it was open, or its disk cannot be read")

// A mapping reads a file that is mapped into memory, which spares a system call for each lookup. What it gives is a copy,
// so that nobody changes what has been checked.
type mapping struct {
	data   []byte
	closed atomic.Bool
}

// mapped gives a reader of the file that is faster than the file itself, or the file where it cannot be mapped.
func mapped(f *os.File, size int64) io.ReaderAt {
	if size <= 0 || size > math.MaxInt {
		return f
	}
	data, err := syscall.Mmap(int(f.Fd()), 0, int(size), syscall.PROT_READ, syscall.MAP_SHARED)
	if err != nil {
		return f
	}
	m := &mapping{data: data}
	// Nobody may unmap what somebody still reads: the memory goes with the last reader.
	runtime.AddCleanup(m, func(data []byte) { syscall.Munmap(data) }, data)
	return m
}

// ReadAt copies from the mapped file. Where the file has been cut, or the disk fails, the system raises SIGBUS; it becomes
// an error here. The last page of a cut file is filled with zeros, which are no rows that anybody wrote: the last byte is
// therefore asked for each time, and with it whether the file still has its length.
func (m *mapping) ReadAt(p []byte, at int64) (n int, err error) {
	defer runtime.KeepAlive(m)
	switch {
	case m.closed.Load():
		return 0, os.ErrClosed
	case at < 0 || at > int64(len(m.data)):
		return 0, io.EOF
	}
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if r := recover(); r != nil {
			var fault interface{ Addr() uintptr }
			if e, ok := r.(error); !ok || !errors.As(e, &fault) {
				panic(r)
			}
			n, err = 0, errFault
		}
	}()
	var last [1]byte
	copy(last[:], m.data[len(m.data)-1:])
	if n = copy(p, m.data[at:]); n < len(p) {
		return n, io.EOF
	}
	return n, nil
}

func (m *mapping) Close() error {
	m.closed.Store(true)
	return nil
}
