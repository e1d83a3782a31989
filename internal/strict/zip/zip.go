// Package zip reads small ZIP archives (PKWARE APPNOTE 6.3.10) in which every byte has exactly one meaning.
//
// archive/zip believes the directory at the end and never looks whether the headers in front of the files agree with it;
// it takes bytes before, between and behind the files, files that overlap, and two files of one name. Two programs can
// then read two documents out of one archive. Here the headers must say what the directory says, and files, directory
// and end must fill the archive without a gap.
//
// Encryption, spanned archives, ZIP64 and methods other than storing and DEFLATE are not read: what is in a barcode needs
// none of them.
package zip

import (
	"errors"
	"hash/crc32"
	"strconv"

	"github.com/travelseal/travelseal/internal/strict/inflate"
)

// What can be wrong with an archive, for errors.Is.
var (
	ErrCorrupt     = errors.New("corrupt archive")
	ErrTruncated   = errors.New("archive cut short")
	ErrTrailing    = errors.New("data after the archive")
	ErrLimit       = errors.New("limit exceeded")
	ErrUnsupported = errors.New("kind of archive that is not read")
	ErrChecksum    = errors.New("checksum differs")
)

// An Error says where an archive is refused. It unwraps to one of the sentinels and holds no content of the archive.
type Error struct {
	Offset int // bytes from the beginning of the archive
	Reason string
	Err    error
}

// Bare is the reason without the place, for those who name the place themselves.
func (e *Error) Bare() string { return e.Reason }

func (e *Error) Error() string { return "zip: " + e.Reason + " at byte " + strconv.Itoa(e.Offset) }

func (e *Error) Unwrap() error { return e.Err }

func fault(at int, reason string, err error) *Error { return &Error{at, reason, err} }

// A File is one file of an archive. It points into the archive and is not expanded yet.
type File struct {
	Name string

	at     int // of its data in the archive
	data   []byte
	method uint16
	size   uint32
	sum    uint32
}

// Parse reads the structure of an archive of at most max files and expands none. Names are unique and name plain files:
// folders and paths are refused. The error is an *Error.
func Parse(b []byte, max int) ([]File, error) {
	d, err := findDirectory(b, max)
	if err != nil {
		return nil, err
	}
	entries, err := d.entries(b)
	if err != nil {
		return nil, err
	}
	return locate(b, entries, d.at)
}

// Data expands a file to at most limit bytes and compares its length and its CRC-32 with what the archive says. The
// error is an *Error.
func (f File) Data(limit int) ([]byte, error) {
	if int64(f.size) > int64(limit) {
		return nil, fault(f.at, "a file of more than "+strconv.Itoa(limit)+" bytes", ErrLimit)
	}
	out := f.data
	if f.method == deflated {
		var err error
		if out, err = inflate.Raw(f.data, int(f.size)); err != nil {
			return nil, f.expansion(err)
		}
	}
	if uint32(len(out)) != f.size {
		return nil, fault(f.at, "a file of another length than the directory says", ErrCorrupt)
	}
	if crc32.ChecksumIEEE(out) != f.sum {
		return nil, fault(f.at, "CRC-32 differs (APPNOTE 4.4.7)", ErrChecksum)
	}
	return out, nil
}

// expansion gives an error of the expander this package's words. A file that expands to more than the directory says is
// no matter of a limit: the directory is wrong.
func (f File) expansion(err error) *Error {
	at, reason := f.at, "not a DEFLATE stream of the length that the directory says"
	if ie := (*inflate.Error)(nil); errors.As(err, &ie) {
		at += ie.Offset
	}
	return fault(at, reason, ErrCorrupt)
}
