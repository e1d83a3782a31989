package shcrev

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/travelseal/travelseal/internal/strict/json"
	"github.com/travelseal/travelseal/trustlist"
)

// MaxIdentifiers bounds the identifiers of a list.
const MaxIdentifiers = 500_000

// The reasons for which a list is refused. They come within a *trustlist.LoadError.
var (
	// ErrFormat means that the source is something else, or that one of its parts is wrong.
	ErrFormat = errors.New("this is no list of revoked health cards")
	// ErrUnpinned means that the caller has neither pinned the digest of the file nor said that it need not be authentic.
	ErrUnpinned = errors.New("the digest of the list is not pinned, and nothing else vouches for it")
	// ErrRollback means that the list is older than one seen before.
	ErrRollback = errors.New("the counter of the list is lower than that of one seen before")
)

func refuse(source string, err error) error { return &trustlist.LoadError{Source: source, Err: err} }

// A Trust says from whom a list is taken. The zero Trust takes none.
type Trust struct {
	// Digests are what the caller has pinned: the file must be one of them.
	Digests []trustlist.DigestPin
	// Unauthenticated takes a list without a digest.
	Unauthenticated bool
	// Seen are lists that the caller has had before, or has beside this one; their identifiers are not needed. None of the same
	// key may be newer.
	Seen []*List
}

// A List is the list of one key. It is not changed after it was read.
type List struct {
	Source  trustlist.Source // its date is zero: a list has none
	KeyID   string
	Counter int64
	IDs     []ID
	// Content is the digest of the identifiers without their order.
	Content [sha256.Size]byte
}

// An ID is one identifier of cards, and the moment before which they are revoked; zero revokes all.
type ID struct {
	Value  string
	Before time.Time
}

// ReadList reads one list. The name is for messages. The error is a *trustlist.LoadError around one of this package's errors.
func ReadList(name string, data []byte, trust Trust) (*List, error) {
	l := &List{Source: trustlist.Source{Name: name, SHA256: sha256.Sum256(data)}}
	if err := l.read(data, trust); err != nil {
		return nil, refuse(name, err)
	}
	return l, nil
}

func (l *List) read(data []byte, trust Trust) error {
	if !trust.Unauthenticated {
		pinned := false
		for _, p := range trust.Digests {
			pinned = pinned || p.SHA256 == l.Source.SHA256
		}
		if !pinned {
			return ErrUnpinned
		}
		l.Source.Authentication = trustlist.PinnedHash
	}
	var j struct {
		KeyID   string   `json:"kid"`
		Method  string   `json:"method"`
		Counter int64    `json:"ctr"`
		IDs     []string `json:"rids"`
	}
	if err := json.Unmarshal(data, &j, json.Limits{Depth: 3, Items: MaxIdentifiers + 16}); err != nil {
		return fmt.Errorf("%w: %w", ErrFormat, err)
	}
	l.KeyID, l.Counter = j.KeyID, j.Counter
	switch {
	case j.KeyID == "":
		return fmt.Errorf("%w: it has no kid", ErrFormat)
	case j.Method != "rid":
		return fmt.Errorf("%w: its method is not rid", ErrFormat)
	case j.Counter < 1:
		return fmt.Errorf("%w: ctr is not 1 or more", ErrFormat)
	}
	for i, text := range j.IDs {
		id, ok := readID(text)
		if !ok {
			return fmt.Errorf("%w: rids[%d] is not of the form that the framework has", ErrFormat, i)
		}
		l.IDs = append(l.IDs, id)
	}
	l.Content = l.content()
	for _, s := range trust.Seen {
		if s.KeyID != l.KeyID {
			continue
		}
		if l.Counter < s.Counter {
			return fmt.Errorf("%w: %d after %d", ErrRollback, l.Counter, s.Counter)
		}
		if l.Counter == s.Counter && l.Content != s.Content {
			return fmt.Errorf("%w: two lists have the counter %d and differ", ErrRollback, l.Counter)
		}
	}
	return nil
}

// content is the digest of the identifiers without their order.
func (l *List) content() [sha256.Size]byte {
	var all []string
	for _, id := range l.IDs {
		all = append(all, fmt.Sprintf("%s.%d", id.Value, id.Before.Unix()))
	}
	slices.Sort(all)
	return sha256.Sum256([]byte(strings.Join(slices.Compact(all), "\n")))
}

// maxID is the longest revocation identifier.
const maxID = 24

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

// readID reads an identifier in the letters of base64url, with the Unix time of the revocation behind a dot or without.
func readID(text string) (ID, bool) {
	id, moment, dated := strings.Cut(text, ".")
	r := ID{Value: id}
	if dated {
		n, err := strconv.ParseInt(moment, 10, 64)
		if err != nil || n <= 0 || n > latest || moment[0] == '+' {
			return r, false
		}
		r.Before = time.Unix(n, 0).UTC()
	}
	return r, strings.Trim(id, alphabet) == "" && id != "" && len(id) <= maxID
}

// latest is the end of the year 9999.
const latest = 253402300799

// HandleRID is the kind of handle that identifiers stand for. Its data are the key ID, a zero byte and the identifier.
const HandleRID = "shc.rid"

// Entries gives the entries of the list.
func (l *List) Entries() iter.Seq[trustlist.Revocation] {
	return func(yield func(trustlist.Revocation) bool) {
		for _, id := range l.IDs {
			sum := sha256.Sum256([]byte(l.KeyID + "\x00" + id.Value))
			if !yield(trustlist.Revocation{Kind: HandleRID, Hash: [trustlist.HashSize]byte(sum[:]), IssuedBefore: id.Before}) {
				return
			}
		}
	}
}
