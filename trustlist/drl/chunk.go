package drl

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"iter"
	"time"

	"github.com/travelseal/travelseal/internal/strict/base64"
	"github.com/travelseal/travelseal/internal/strict/json"
	"github.com/travelseal/travelseal/trustlist"
)

// MaxIdentifiers bounds the identifiers of a chunk, and MaxChunks the chunks of a version.
const (
	MaxIdentifiers = 500_000
	MaxChunks      = 10_000
)

// The reasons for which a chunk is refused. They come within a *trustlist.LoadError.
var (
	// ErrFormat means that the source is something else, or that one of its parts is wrong.
	ErrFormat = errors.New("this is no chunk of the list of revoked certificates")
	// ErrChanges means that the chunk is of a list of changes.
	ErrChanges = errors.New("this is a list of changes (DIFF): fetch the whole list (SNAPSHOT)")
	// ErrUnpinned means that the caller has neither pinned the digest of the file nor said that it need not be authentic.
	ErrUnpinned = errors.New("the digest of the chunk is not pinned, and nothing else vouches for it")
	// ErrEmpty means that the list revokes nothing.
	ErrEmpty = errors.New("the list revokes nothing")
	// ErrMissing means that chunks or identifiers of the version are missing.
	ErrMissing = errors.New("the list is not complete")
)

func refuse(source string, err error) error { return &trustlist.LoadError{Source: source, Err: err} }

// A Trust says from whom a chunk is taken. The zero Trust takes none.
type Trust struct {
	// Digests are what the caller has pinned: the file must be one of them.
	Digests []trustlist.DigestPin
	// Unauthenticated takes a chunk without a digest.
	Unauthenticated bool
}

// A Chunk is one part of a version of the list. It is not changed after it was read.
type Chunk struct {
	Source  trustlist.Source // its date is that of the list; zero where the chunk does not say
	ID      string
	Version int64
	Number  int64 // from 1
	Last    int64 // the number of the last chunk
	Total   int64 // identifiers in all chunks of the version
	Count   int64 // identifiers in this chunk
	Hashes  [][trustlist.HashSize]byte
}

// ReadChunk reads one chunk. The name is for messages. The error is a *trustlist.LoadError around one of this package's errors;
// a chunk that is wrong in one identifier is refused as a whole.
func ReadChunk(name string, data []byte, trust Trust) (*Chunk, error) {
	c := &Chunk{Source: trustlist.Source{Name: name, SHA256: sha256.Sum256(data)}}
	if err := c.read(data, trust); err != nil {
		return nil, refuse(name, err)
	}
	return c, nil
}

type chunk struct {
	ID      string   `json:"id"`
	Version int64    `json:"version"`
	Number  int64    `json:"chunk"`
	Last    int64    `json:"lastChunk"`
	Total   int64    `json:"totalNumberUCVI"`
	Created string   `json:"creationDate"`
	Revoked []string `json:"revokedUcvi"`
}

func (c *Chunk) read(data []byte, trust Trust) error {
	if !trust.Unauthenticated {
		pinned := false
		for _, p := range trust.Digests {
			pinned = pinned || p.SHA256 == c.Source.SHA256
		}
		if !pinned {
			return ErrUnpinned
		}
		c.Source.Authentication = trustlist.PinnedHash
	}
	limits := json.Limits{Depth: 4, Items: MaxIdentifiers + 64}
	v, err := json.Parse(data, limits)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrFormat, err)
	}
	for name, member := range v.Members() {
		if name == "delta" && member.Kind() != json.Null {
			return ErrChanges
		}
	}
	var j chunk
	if err := json.Unmarshal(data, &j, limits); err != nil {
		return fmt.Errorf("%w: %w", ErrFormat, err)
	}
	c.ID, c.Version, c.Number, c.Last, c.Total = j.ID, j.Version, j.Number, j.Last, j.Total
	switch {
	case j.Version < 1 || j.ID == "":
		return fmt.Errorf("%w: it has no id and version", ErrFormat)
	case j.Number < 1 || j.Last < j.Number || j.Last > MaxChunks:
		return fmt.Errorf("%w: chunk %d of %d", ErrFormat, j.Number, j.Last)
	case j.Total < 1 || len(j.Revoked) == 0:
		return ErrEmpty
	}
	if j.Created != "" {
		if c.Source.Date, err = time.Parse(time.RFC3339, j.Created); err != nil {
			return fmt.Errorf("%w: creationDate is no moment (RFC 3339)", ErrFormat)
		}
	}
	for i, text := range j.Revoked {
		digest, err := base64.Decode(base64.StdPadded, []byte(text))
		if err != nil || len(digest) != sha256.Size {
			return fmt.Errorf("%w: revokedUcvi[%d] is not the base64 of %d bytes", ErrFormat, i, sha256.Size)
		}
		c.Hashes = append(c.Hashes, [trustlist.HashSize]byte(digest))
	}
	c.Count = int64(len(c.Hashes))
	return nil
}

// HandleUCI is the kind of handle that the identifiers stand for.
const HandleUCI = "dcc.uci"

// Entries gives the entries of the chunk.
func (c *Chunk) Entries() iter.Seq[trustlist.Revocation] {
	return func(yield func(trustlist.Revocation) bool) {
		for _, h := range c.Hashes {
			if !yield(trustlist.Revocation{Kind: HandleUCI, Hash: h}) {
				return
			}
		}
	}
}

// Complete says what is missing of the versions of chunks, whose hashes it does not need: each must have all chunks from 1 to the last one, once, and as many
// identifiers as they state.
func Complete(chunks []*Chunk) error {
	type version struct {
		id     string
		number int64
	}
	all := make(map[version][]*Chunk)
	var order []version
	for _, c := range chunks {
		v := version{c.ID, c.Version}
		if all[v] == nil {
			order = append(order, v)
		}
		all[v] = append(all[v], c)
	}
	if len(order) > 1 {
		return fmt.Errorf("%w: chunks of version %d lie beside chunks of version %d", ErrMissing, order[1].number, order[0].number)
	}
	for _, v := range order {
		seen := make(map[int64]bool)
		total := int64(0)
		first := all[v][0]
		for _, c := range all[v] {
			if c.Last != first.Last || c.Total != first.Total || seen[c.Number] {
				return fmt.Errorf("%w: the chunks of version %d contradict one another", ErrMissing, v.number)
			}
			seen[c.Number] = true
			total += c.Count
		}
		switch {
		case int64(len(seen)) != first.Last:
			return fmt.Errorf("%w: %d of %d chunks of version %d", ErrMissing, len(seen), first.Last, v.number)
		case total != first.Total:
			return fmt.Errorf("%w: %d of %d identifiers of version %d", ErrMissing, total, first.Total, v.number)
		}
	}
	return nil
}
