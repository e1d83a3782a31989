package zip

import (
	"bytes"
	"encoding/binary"
	"strconv"
	"unicode/utf8"
)

// The signatures and sizes of the records (APPNOTE 4.3).
const (
	localSignature     = 0x04034b50
	directorySignature = 0x02014b50
	endSignature       = 0x06054b50
	dataSignature      = 0x08074b50

	localSize     = 30
	directorySize = 46
	endSize       = 22
)

// The methods that are read (APPNOTE 4.4.5).
const (
	stored   = 0
	deflated = 8
)

// The general purpose bits (APPNOTE 4.4.4) that may be set: two hints about the compressor's effort, sizes behind the
// data, names in UTF-8. All others announce something that is not read.
const (
	effort     = 1<<1 | 1<<2
	sizesAfter = 1 << 3
	utf8Names  = 1 << 11
)

// A directory is where the directory stands and how many entries it has.
type directory struct{ at, size, count int }

// findDirectory reads the end of central directory record (APPNOTE 4.3.16), which must be the last thing in the archive.
func findDirectory(b []byte, max int) (directory, error) {
	if len(b) < endSize {
		return directory{}, fault(len(b), "shorter than the shortest archive", ErrTruncated)
	}
	if binary.LittleEndian.Uint32(b) != localSignature {
		return directory{}, fault(0, "not the beginning of an archive with files in it", ErrCorrupt)
	}
	at := len(b) - endSize
	end := b[at:]
	if binary.LittleEndian.Uint32(end) != endSignature {
		return directory{}, endMissing(b)
	}
	disk, start := binary.LittleEndian.Uint16(end[4:]), binary.LittleEndian.Uint16(end[6:])
	here, total := binary.LittleEndian.Uint16(end[8:]), binary.LittleEndian.Uint16(end[10:])
	size, offset := binary.LittleEndian.Uint32(end[12:]), binary.LittleEndian.Uint32(end[16:])
	switch {
	case disk == 0xFFFF, start == 0xFFFF, here == 0xFFFF, total == 0xFFFF, size == 0xFFFFFFFF, offset == 0xFFFFFFFF:
		return directory{}, fault(at, "ZIP64 (APPNOTE 4.3.14)", ErrUnsupported)
	case disk != 0 || start != 0 || here != total:
		return directory{}, fault(at+4, "an archive in several parts (APPNOTE 4.4.19)", ErrUnsupported)
	case binary.LittleEndian.Uint16(end[20:]) != 0:
		return directory{}, fault(at+20, "a comment, and nothing that it could be", ErrTruncated)
	case int(total) > max:
		return directory{}, fault(at+10, "more than "+strconv.Itoa(max)+" files", ErrLimit)
	case total == 0:
		return directory{}, fault(at+10, "no file", ErrCorrupt)
	case int64(offset)+int64(size) != int64(at):
		return directory{}, fault(at+12, "the directory does not stand right before the end", ErrCorrupt)
	}
	return directory{at: int(offset), size: int(size), count: int(total)}, nil
}

// endMissing tells an archive that is cut short from one with something behind it, such as a comment.
func endMissing(b []byte) error {
	signature := binary.LittleEndian.AppendUint32(nil, endSignature)
	if i := bytes.LastIndex(b, signature); i >= 0 && i+endSize < len(b) {
		return fault(i+endSize, "something behind the archive's end; comments are not read", ErrTrailing)
	}
	return fault(len(b), "the end of the directory is missing", ErrTruncated)
}

// An entry is one file as the directory describes it.
type entry struct {
	at     int    // of the entry itself
	common []byte // from "version needed" to the CRC-32 and the sizes: what the local header repeats (APPNOTE 4.3.7)
	name   []byte
	header int // where its local header stands
}

func (e entry) flags() uint16        { return binary.LittleEndian.Uint16(e.common[2:]) }
func (e entry) method() uint16       { return binary.LittleEndian.Uint16(e.common[4:]) }
func (e entry) sums() []byte         { return e.common[10:22] } // CRC-32, compressed size, size
func (e entry) sum() uint32          { return binary.LittleEndian.Uint32(e.common[10:]) }
func (e entry) compressed() uint32   { return binary.LittleEndian.Uint32(e.common[14:]) }
func (e entry) uncompressed() uint32 { return binary.LittleEndian.Uint32(e.common[18:]) }

// entries reads the central directory (APPNOTE 4.3.12).
func (d directory) entries(b []byte) ([]entry, error) {
	list := make([]entry, 0, d.count)
	at, end := d.at, d.at+d.size
	for range d.count {
		if end-at < directorySize {
			return nil, fault(at, "the directory ends within an entry", ErrCorrupt)
		}
		h := b[at:end]
		if binary.LittleEndian.Uint32(h) != directorySignature {
			return nil, fault(at, "not an entry of the directory", ErrCorrupt)
		}
		name, extra, comment := int(binary.LittleEndian.Uint16(h[28:])), int(binary.LittleEndian.Uint16(h[30:])), int(binary.LittleEndian.Uint16(h[32:]))
		size := directorySize + name + extra + comment
		if size > len(h) {
			return nil, fault(at, "the directory ends within an entry", ErrCorrupt)
		}
		e := entry{at: at, common: h[6:28], name: h[directorySize : directorySize+name], header: int(binary.LittleEndian.Uint32(h[42:]))}
		if err := e.check(binary.LittleEndian.Uint16(h[34:]), list); err != nil {
			return nil, err
		}
		list = append(list, e)
		at += size
	}
	if at != end {
		return nil, fault(at, "something behind the last entry of the directory", ErrCorrupt)
	}
	return list, nil
}

// check refuses what is not read, and names that are no plain files' or are there twice.
func (e entry) check(disk uint16, before []entry) error {
	switch {
	case e.flags()&^(effort|sizesAfter|utf8Names) != 0:
		return fault(e.at+8, "encryption or another feature that is not read (APPNOTE 4.4.4)", ErrUnsupported)
	case e.method() != stored && e.method() != deflated:
		return fault(e.at+10, "a method other than storing and DEFLATE (APPNOTE 4.4.5)", ErrUnsupported)
	case e.compressed() == 0xFFFFFFFF || e.uncompressed() == 0xFFFFFFFF || uint32(e.header) == 0xFFFFFFFF:
		return fault(e.at+20, "ZIP64 (APPNOTE 4.5.3)", ErrUnsupported)
	case disk != 0:
		return fault(e.at+34, "an archive in several parts (APPNOTE 4.4.11)", ErrUnsupported)
	case e.method() == stored && e.compressed() != e.uncompressed():
		return fault(e.at+20, "a stored file of two lengths", ErrCorrupt)
	case len(e.name) == 0 || !utf8.Valid(e.name) || bytes.ContainsAny(e.name, "/\\:\x00"):
		return fault(e.at+directorySize, "a name that is not a plain file's", ErrUnsupported)
	}
	for _, other := range before {
		if string(other.name) == string(e.name) {
			return fault(e.at+directorySize, "two files of one name", ErrCorrupt)
		}
	}
	return nil
}
