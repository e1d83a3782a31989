package derev

import (
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/cose"
	"github.com/travelseal/travelseal/internal/strict/cbor"
	"github.com/travelseal/travelseal/trustlist"
)

// The limits of a tree. MaxFile bounds one file in bytes.
const (
	MaxFile = 8 << 20
	MaxKeys = 20_000
)

// The reasons for which a tree is refused. They come within a *trustlist.LoadError that names the file.
var (
	// ErrFormat means that a file is something else, or that one of its parts is wrong.
	ErrFormat = errors.New("this is no file of the distribution of revoked certificates")
	// ErrUnpinned means that the caller has pinned no key.
	ErrUnpinned = errors.New("no key of the publisher is pinned")
	// ErrSignature means that no pinned key has signed a file.
	ErrSignature = errors.New("no pinned key has signed the file")
	// ErrMissing means that a file or hashes are missing.
	ErrMissing = errors.New("the distribution is not complete")
	// ErrEmpty means that the tree revokes nothing.
	ErrEmpty = errors.New("the distribution revokes nothing")
	// ErrLimit means that the tree exceeds one of the limits of this package.
	ErrLimit = errors.New("the distribution exceeds a limit")
)

// kinds are the kinds of handle that the types of hash stand for.
var kinds = map[byte]string{0x0a: "dcc.signature", 0x0b: "dcc.uci", 0x0c: "dcc.countrycode_uci"}

// A Summary says what a tree holds.
type Summary struct {
	Keys    int
	Entries int64
	// Oldest and Newest are the times of its indices; zero where there is none. A tree is as old as its newest.
	Oldest, Newest time.Time
	Files          int
}

// A Trust says from whom a tree is taken. The zero Trust takes none.
type Trust struct {
	// Publisher are the pinned keys. They come to the caller on another way than the tree.
	Publisher []trustlist.Anchor
}

// IsTree reports whether a folder is the root of such a tree.
func IsTree(tree fs.FS) bool {
	st, err := fs.Stat(tree, "kid.lst")
	return err == nil && st.Mode().IsRegular()
}

// Read reads a tree and gives its entries one after the other, with one file in memory at a time. Where there is an error, what
// was given before counts for nothing. An error of add is given as it is.
func Read(tree fs.FS, trust Trust, add func(trustlist.Revocation) error) (Summary, error) {
	r := &reader{tree: tree, trust: trust, add: add}
	if len(trust.Publisher) == 0 {
		return Summary{}, &trustlist.LoadError{Source: "kid.lst", Err: ErrUnpinned}
	}
	err := r.keys()
	if err == nil && r.sum.Entries == 0 {
		err = r.refuse("kid.lst", ErrEmpty)
	}
	return r.sum, err
}

type reader struct {
	tree  fs.FS
	trust Trust
	add   func(trustlist.Revocation) error
	sum   Summary
}

func (r *reader) refuse(name string, err error) error {
	return &trustlist.LoadError{Source: name, Err: err}
}

// open reads one file and gives what a pinned key has signed.
func (r *reader) open(name string) (cbor.Value, error) {
	f, err := r.tree.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return cbor.Value{}, r.refuse(name, fmt.Errorf("%w: the file is missing", ErrMissing))
	}
	if err != nil {
		return cbor.Value{}, r.refuse(name, err)
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, MaxFile+1))
	switch {
	case err != nil:
		return cbor.Value{}, r.refuse(name, err)
	case len(data) > MaxFile:
		return cbor.Value{}, r.refuse(name, fmt.Errorf("%w: more than %d bytes", ErrLimit, MaxFile))
	}
	r.sum.Files++
	m, err := cose.Parse(data, formats.Options{})
	if err != nil {
		return cbor.Value{}, r.refuse(name, fmt.Errorf("%w: %w", ErrFormat, err))
	}
	if p := m.Seal.Problem; p != (formats.Problem{}) {
		return cbor.Value{}, r.refuse(name, fmt.Errorf("%w: %s", ErrFormat, p.Text))
	}
	if trustlist.SignedBy(r.trust.Publisher, m.Seal.Algorithm, m.Seal.Signed, m.Seal.Signature) == nil {
		return cbor.Value{}, r.refuse(name, ErrSignature)
	}
	v, err := cbor.Parse(m.Payload, cbor.Limits{Depth: 6, Items: MaxFile / 4})
	if err != nil {
		return cbor.Value{}, r.refuse(name, fmt.Errorf("%w: %w", ErrFormat, err))
	}
	return v, nil
}

func (r *reader) wrong(name, text string) error {
	return r.refuse(name, fmt.Errorf("%w: %s", ErrFormat, text))
}

// keys reads kid.lst, and all below it.
func (r *reader) keys() error {
	const name = "kid.lst"
	v, err := r.open(name)
	if err != nil {
		return err
	}
	if v.Kind() != cbor.Map {
		return r.wrong(name, "it is no map")
	}
	for key, types := range v.Entries() {
		id, ok := key.Bytes()
		if !ok || len(id) == 0 || len(id) > 32 || types.Kind() != cbor.Map {
			return r.wrong(name, "a key ID is not 1 to 32 bytes with a map")
		}
		if r.sum.Keys++; r.sum.Keys > MaxKeys {
			return r.refuse(name, fmt.Errorf("%w: more than %d key IDs", ErrLimit, MaxKeys))
		}
		for t, count := range types.Entries() {
			code, ok := t.Bytes()
			n, counted := count.Int()
			if !ok || len(code) != 1 || kinds[code[0]] == "" || !counted || n < 1 {
				return r.wrong(name, "a type is not 0a, 0b or 0c with a number")
			}
			if err := r.index(hex.EncodeToString(id)+hex.EncodeToString(code), kinds[code[0]], n); err != nil {
				return err
			}
		}
	}
	return nil
}

// A part is an entry of an index: when it changed, how many hashes it has, and its own parts.
type part struct {
	at    time.Time
	n     int64
	parts cbor.Value
}

func (r *reader) part(name string, v cbor.Value) (p part, err error) {
	if length, ok := v.Len(); v.Kind() != cbor.Array || !ok || length < 2 || length > 3 {
		return p, r.wrong(name, "an entry is not a time, a number and a map")
	}
	ok := true
	for i, e := range v.Elements() {
		switch i {
		case 0:
			var n int64
			n, ok = e.Int()
			ok = ok && n > 0 && n <= latest
			p.at = time.Unix(n, 0).UTC()
		case 1:
			p.n, ok = e.Int()
			ok = ok && p.n > 0
		case 2:
			p.parts, ok = e, e.Kind() == cbor.Map || e.Kind() == cbor.Null
		}
		if !ok {
			return p, r.wrong(name, "an entry is not a time, a number and a map")
		}
	}
	return p, nil
}

// latest is the end of the year 9999.
const latest = 253402300799

// index reads the index of one key ID and type, and its chunks, which must hold so many hashes.
func (r *reader) index(folder, kind string, want int64) error {
	name := folder + "/index.lst"
	v, err := r.open(name)
	if err != nil {
		return err
	}
	if v.Kind() != cbor.Map {
		return r.wrong(name, "it is no map")
	}
	total := int64(0)
	for key, entry := range v.Entries() {
		b1, ok := key.Bytes()
		if !ok || len(b1) != 1 {
			return r.wrong(name, "a key is not one byte")
		}
		p, err := r.part(name, entry)
		if err != nil {
			return err
		}
		r.dated(p.at)
		n, err := r.chunks(name, folder+"/"+hex.EncodeToString(b1), kind, b1, p)
		if err != nil {
			return err
		}
		total += n
	}
	if total != want {
		return r.refuse(name, fmt.Errorf("%w: %d hashes, kid.lst states %d", ErrMissing, total, want))
	}
	return nil
}

// chunks reads the chunks of one first byte: one for each second byte that the index names, and one for the rest.
func (r *reader) chunks(index, folder, kind string, b1 []byte, p part) (int64, error) {
	total := int64(0)
	for key, entry := range p.parts.Entries() {
		b2, ok := key.Bytes()
		if !ok || len(b2) != 1 {
			return 0, r.wrong(index, "a key is not one byte")
		}
		q, err := r.part(index, entry)
		if err != nil {
			return 0, err
		}
		r.dated(q.at)
		if err := r.chunk(folder+"/"+hex.EncodeToString(b2)+"/chunk.lst", kind, slices.Concat(b1, b2), q.n); err != nil {
			return 0, err
		}
		total += q.n
	}
	switch rest := p.n - total; {
	case rest > 0:
		if err := r.chunk(folder+"/chunk.lst", kind, b1, rest); err != nil {
			return 0, err
		}
	case rest < 0:
		return 0, r.wrong(index, "an entry has fewer hashes than its parts")
	}
	return p.n, nil
}

// chunk reads one list of hashes, of which each begins as its folder says.
func (r *reader) chunk(name, kind string, prefix []byte, want int64) error {
	v, err := r.open(name)
	if err != nil {
		return err
	}
	n, ok := v.Len()
	if v.Kind() != cbor.Array || !ok {
		return r.wrong(name, "it is no list")
	}
	if int64(n) != want {
		return r.refuse(name, fmt.Errorf("%w: %d hashes, the index states %d", ErrMissing, n, want))
	}
	for i, e := range v.Elements() {
		h, ok := e.Bytes()
		if !ok || len(h) != trustlist.HashSize || !slices.Equal(h[:len(prefix)], prefix) {
			return r.wrong(name, fmt.Sprintf("entry %d is not %d bytes that begin as the folder says", i, trustlist.HashSize))
		}
		if err := r.add(trustlist.Revocation{Kind: kind, Hash: [trustlist.HashSize]byte(h)}); err != nil {
			return err
		}
		r.sum.Entries++
	}
	return nil
}

func (r *reader) dated(t time.Time) {
	if r.sum.Oldest.IsZero() || t.Before(r.sum.Oldest) {
		r.sum.Oldest = t
	}
	if t.After(r.sum.Newest) {
		r.sum.Newest = t
	}
}
