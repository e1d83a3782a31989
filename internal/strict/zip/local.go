package zip

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"slices"
)

// locate finds the data of each entry behind its local header (APPNOTE 4.3.7), which must say what the directory says.
// The files must fill the archive up to the directory, one right behind the other; their order is free.
func locate(b []byte, entries []entry, directoryAt int) ([]File, error) {
	files := make([]File, len(entries))
	order := make([]int, len(entries))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int { return cmp.Compare(entries[i].header, entries[j].header) })
	at := 0
	for _, i := range order {
		e := entries[i]
		if e.header != at {
			return nil, fault(at, "a file does not begin where the one before it ends", ErrCorrupt)
		}
		f, end, err := e.locate(b[:directoryAt])
		if err != nil {
			return nil, err
		}
		files[i], at = f, end
	}
	if at != directoryAt {
		return nil, fault(at, "something between the last file and the directory", ErrCorrupt)
	}
	return files, nil
}

// locate compares one local header with its entry, and gives the file and what stands behind it.
func (e entry) locate(b []byte) (File, int, error) {
	h := b[e.header:]
	if len(h) < localSize {
		return File{}, 0, fault(e.header, "no room for a file's header", ErrCorrupt)
	}
	name, extra := int(binary.LittleEndian.Uint16(h[26:])), int(binary.LittleEndian.Uint16(h[28:]))
	switch {
	case binary.LittleEndian.Uint32(h) != localSignature:
		return File{}, 0, fault(e.header, "not a file's header", ErrCorrupt)
	case localSize+name+extra > len(h):
		return File{}, 0, fault(e.header+26, "a file's header overlaps the directory", ErrCorrupt)
	case !bytes.Equal(h[4:14], e.common[:10]) || !bytes.Equal(h[localSize:localSize+name], e.name):
		return File{}, 0, fault(e.header+4, "a file's header differs from the directory", ErrCorrupt)
	}
	after := e.flags()&sizesAfter != 0
	if known := h[14:26]; !bytes.Equal(known, e.sums()) && !(after && bytes.Equal(known, make([]byte, 12))) {
		return File{}, 0, fault(e.header+14, "a file's header differs from the directory", ErrCorrupt)
	}
	at := e.header + localSize + name + extra
	if int64(e.compressed()) > int64(len(b)-at) {
		return File{}, 0, fault(at, "a file overlaps the directory", ErrCorrupt)
	}
	end := at + int(e.compressed())
	f := File{Name: string(e.name), at: at, data: b[at:end:end], method: e.method(), size: e.uncompressed(), sum: e.sum()}
	if after {
		var err error
		if end, err = e.descriptor(b, end); err != nil {
			return File{}, 0, err
		}
	}
	return f, end, nil
}

// descriptor reads the sizes behind a file's data (APPNOTE 4.3.9), whose signature is optional.
func (e entry) descriptor(b []byte, at int) (end int, err error) {
	if rest := b[at:]; len(rest) >= 4 && binary.LittleEndian.Uint32(rest) == dataSignature && !bytes.HasPrefix(rest, e.sums()) {
		at += 4
	}
	if !bytes.HasPrefix(b[at:], e.sums()) {
		return 0, fault(at, "the sizes behind a file differ from the directory", ErrCorrupt)
	}
	return at + len(e.sums()), nil
}
