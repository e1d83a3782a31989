package trustlist

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"sort"
	"sync/atomic"
	"time"

	"github.com/travelseal/travelseal/internal/strict/base64"
	"github.com/travelseal/travelseal/internal/strict/json"
)

// TableSchema names the packed form of a trust list that [Snapshot.Pack] writes and [Loader.Load] reads.
const TableSchema = "travelseal.keys/1"

// A table is a packed list of anchors. Each of them is read when a document asks for it: a list of ten thousand signers is
// there as soon as its file is, and a post that checks one document reads the certificates of one.
//
// The file is text, so that an auditor reads it with what is at hand: lines that end in a line feed, each of them one JSON
// value. The first is the header, the second the index, the others are rows. The index is a string in Base64 of slots of
// twelve bytes, sorted: one for every name by which a document can ask for an anchor, with the first eight bytes of the
// SHA-256 of the name and the number of the anchor's row. Several names may share the eight bytes; that an anchor has the name
// is looked at when it is read.
type table struct {
	head  tableHead
	index []byte
	rows  [][]byte
	read  []atomic.Pointer[Anchor] // nil until somebody asks
	first int                      // the number of the first row in the Snapshot's list
	adapt func(*Anchor) *Anchor    // what the rest of the Snapshot makes of an anchor; nil where it trusts it for nothing

	sources []Source // those of the header
	revoked map[digest]time.Time
}

// tableHead is what a table says of all its rows.
type tableHead struct {
	Schema   string        `json:"schema"`
	Name     string        `json:"name"`
	Version  int64         `json:"version"`
	Created  string        `json:"created,omitempty"`  // RFC 3339, like all times here
	Earliest string        `json:"earliest,omitempty"` // see Info
	Rows     int           `json:"rows"`
	Sources  []tableSource `json:"sources"`
	CAs      []int         `json:"cas"`     // their rows
	Revoked  []tableKey    `json:"revoked"` // the keys that are revoked, for the lists beside
	CRLs     []string      `json:"crls"`    // DER in Base64
	Dropped  []tableDrop   `json:"dropped"`
}

type tableSource struct {
	Name           string `json:"name"`
	Date           string `json:"date,omitempty"`
	SHA256         string `json:"sha256"` // hexadecimal
	Authentication string `json:"authentication"`
}

type tableKey struct {
	SPKI string `json:"spki_sha256"`
	At   string `json:"at"`
}

type tableDrop struct {
	Source string `json:"source"`
	Item   string `json:"item"`
	Reason string `json:"reason"`
}

const (
	nameSize = 8
	slotSize = nameSize + 4
)

var (
	headLimits = json.Limits{Depth: 4, Items: 1_000_000}
	rowLimits  = json.Limits{Depth: 3, Items: 1 << 12}
)

// tableHint is how every table begins.
const tableHint = `{"schema":"` + TableSchema + `",`

// IsTable reports whether a file is a packed list.
func IsTable(data []byte) bool { return bytes.HasPrefix(data, []byte(tableHint)) }

// openTable reads the header and the index of a table. Data must not be changed afterwards.
func openTable(data []byte) (*table, error) {
	head, rest, _ := bytes.Cut(data, []byte("\n"))
	index, rest, _ := bytes.Cut(rest, []byte("\n"))
	t := &table{adapt: func(a *Anchor) *Anchor { return a }}
	if err := json.UnmarshalClosed(head, &t.head, headLimits); err != nil {
		return nil, fmt.Errorf("header: %w", err)
	}
	if n := t.head.Rows; n < 0 || n > len(data) {
		return nil, fmt.Errorf("header: %d rows in %d bytes", n, len(data))
	}
	if len(index) < 2 || index[0] != '"' || index[len(index)-1] != '"' {
		return nil, errors.New("index: not a string")
	}
	var err error
	if t.index, err = base64.Decode(base64.StdPadded, index[1:len(index)-1]); err != nil {
		return nil, fmt.Errorf("index: %w", err)
	}
	t.rows = make([][]byte, 0, t.head.Rows)
	for len(rest) > 0 {
		row, more, whole := bytes.Cut(rest, []byte("\n"))
		if !whole || len(t.rows) == t.head.Rows {
			return nil, fmt.Errorf("row %d: of %d that the header names, each with a line feed at its end", len(t.rows), t.head.Rows)
		}
		t.rows, rest = append(t.rows, row), more
	}
	if len(t.rows) != t.head.Rows {
		return nil, fmt.Errorf("%d rows, the header names %d", len(t.rows), t.head.Rows)
	}
	t.read = make([]atomic.Pointer[Anchor], len(t.rows))
	if err := t.readHead(); err != nil {
		return nil, fmt.Errorf("header: %w", err)
	}
	return t, t.check()
}

// addTable takes in a packed list, with the name, version and date of the list that was packed.
func (b *builder) addTable(data []byte) error {
	t, err := openTable(data)
	if err != nil {
		return err
	}
	created, err := parseTime("created", t.head.Created)
	if err != nil {
		return err
	}
	if created.IsZero() {
		b.undated = true
	} else {
		b.dated(created)
	}
	if t.head.Name != "" {
		b.names[len(b.names)-1] = t.head.Name
	}
	b.version = max(b.version, t.head.Version)
	b.tables = append(b.tables, t)
	return nil
}

// check judges the index, which is used whatever documents ask for.
func (t *table) check() error {
	if len(t.index)%slotSize != 0 {
		return fmt.Errorf("index: %d bytes are no rows of %d", len(t.index), slotSize)
	}
	same := 1
	for at := 0; at < len(t.index); at += slotSize {
		row := int(binary.BigEndian.Uint32(t.index[at+nameSize:]))
		if row >= len(t.rows) {
			return fmt.Errorf("index at byte %d: there is no row %d", at, row)
		}
		if at == 0 {
			continue
		}
		switch bytes.Compare(t.index[at-slotSize:at], t.index[at:at+slotSize]) {
		case 1:
			return fmt.Errorf("index at byte %d: not sorted", at)
		case 0:
			return fmt.Errorf("index at byte %d: one row twice under one name", at)
		}
		if !bytes.Equal(t.index[at-slotSize:at-slotSize+nameSize], t.index[at:at+nameSize]) {
			same = 0
		}
		if same++; same > MaxSameKeyID {
			return fmt.Errorf("index at byte %d: more than %d keys share one key ID", at, MaxSameKeyID)
		}
	}
	return nil
}

// slotName is how the index writes a name.
func slotName(name keyName) (n [nameSize]byte) {
	h := make([]byte, 0, 128)
	h = append(append(append(h, name.issuer...), 0), name.id...)
	sum := sha256.Sum256(h)
	copy(n[:], sum[:])
	return n
}

// named gives the anchors of one name in the order of the list.
func (t *table) named(name keyName) []*Anchor {
	key := slotName(name)
	n := len(t.index) / slotSize
	at := sort.Search(n, func(i int) bool { return bytes.Compare(t.index[i*slotSize:i*slotSize+nameSize], key[:]) >= 0 })
	var found []*Anchor
	for ; at < n && [nameSize]byte(t.index[at*slotSize:]) == key; at++ {
		a := t.anchor(int(binary.BigEndian.Uint32(t.index[at*slotSize+nameSize:])))
		if a != nil && a.Issuer == name.issuer && slices.Contains(a.keyIDs(), name.id) {
			found = append(found, a)
		}
	}
	return found
}

// anchor gives the anchor of a row, or nil where it cannot be read: then nobody is trusted for it. See [CheckTable].
func (t *table) anchor(row int) *Anchor {
	if a := t.read[row].Load(); a != nil {
		return a
	}
	a, err := t.readRow(t.rows[row])
	if err != nil || unusable(a) != "" {
		return nil
	}
	a.seal()
	if a = t.adapt(a); a == nil {
		return nil
	}
	a.index = t.first + row
	if !t.read[row].CompareAndSwap(nil, a) {
		return t.read[row].Load() // another goroutine was first; there is one Anchor a row
	}
	return a
}

// CheckTable reads every row of a packed list, as nobody does who uses one. Who is about to rely on a list that came from
// elsewhere calls it once. The error names the row.
func CheckTable(data []byte) error {
	if !IsTable(data) {
		return errors.New("not a list of the form " + TableSchema)
	}
	t, err := openTable(data)
	if err != nil {
		return err
	}
	slots := make(map[string]bool, len(t.index)/slotSize)
	for at := 0; at < len(t.index); at += slotSize {
		slots[string(t.index[at:at+slotSize])] = true
	}
	for i, row := range t.rows {
		a, err := t.readRow(row)
		if err != nil {
			return fmt.Errorf("row %d: %w", i, err)
		}
		if reason := unusable(a); reason != "" {
			return fmt.Errorf("row %d: %s", i, reason)
		}
		a.seal()
		for _, id := range a.keyIDs() {
			slot := slotOf(keyName{a.Issuer, id}, i)
			if !slots[string(slot)] {
				return fmt.Errorf("row %d: the index does not find it under its key ID %x", i, id)
			}
			delete(slots, string(slot))
		}
		if a.Role == CA != slices.Contains(t.head.CAs, i) {
			return fmt.Errorf("row %d: the header does not say rightly whether it is a CA's", i)
		}
	}
	if len(slots) > 0 {
		return fmt.Errorf("index: %d names are of no row", len(slots))
	}
	return nil
}

// slotOf is the row of the index for one name of an anchor.
func slotOf(name keyName, row int) []byte {
	key := slotName(name)
	return binary.BigEndian.AppendUint32(key[:], uint32(row))
}
