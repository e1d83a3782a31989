package provenance

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/travelseal/travelseal/internal/strict/json"
	"github.com/travelseal/travelseal/trustlist"
)

// Schema names the JSON form of a Record.
const Schema = trustlist.DraftSchema

// A Record is provenance.json of a draft. Whoever publishes the draft demands as many signatures as NeedsSignatures says.
type Record struct {
	Schema          string   `json:"schema"`
	AsOf            string   `json:"as_of"`
	List            List     `json:"list"`
	Previous        *List    `json:"previous,omitempty"`
	NeedsSignatures int      `json:"needs_signatures"`
	Alarms          []Alarm  `json:"alarms"`
	Forced          *Forced  `json:"forced,omitempty"`
	Sources         []Source `json:"sources"`
	Revocations     []Store  `json:"revocations"`
}

// Signatures reads how many signatures publishing a draft takes, from its Record.
func Signatures(data []byte) (int, error) {
	var r struct {
		Schema          string `json:"schema"`
		NeedsSignatures int    `json:"needs_signatures"`
	}
	if err := json.Unmarshal(data, &r, json.Limits{Depth: 8, Items: 1_000_000}); err != nil {
		return 0, err
	}
	if r.Schema != Schema {
		return 0, fmt.Errorf("schema %q is not %q", r.Schema, Schema)
	}
	return r.NeedsSignatures, nil
}

// A List names one trust list.
type List struct {
	Name    string `json:"name"`
	Created string `json:"created,omitempty"`
	SHA256  string `json:"sha256"`
	Anchors int    `json:"anchors"`
	Dropped int    `json:"dropped"`
}

// An Alarm is one that was raised when the list was compared with the one before (package trustlist/diff).
type Alarm struct {
	Code string `json:"code"`
	Of   string `json:"of"`
	Old  int64  `json:"old"`
	New  int64  `json:"new"`
	Text string `json:"text"`
}

// Forced says who passed over alarms, why and when.
type Forced struct {
	By     string `json:"by"`
	Reason string `json:"reason"`
	At     string `json:"at"`
}

// A Source is one file, and what was taken from it.
type Source struct {
	File           string         `json:"file"`
	Name           string         `json:"name,omitempty"` // of the list, where it is another
	SHA256         string         `json:"sha256"`
	Size           int64          `json:"size"`
	Date           string         `json:"date,omitempty"` // the newest that the source has
	Authentication []string       `json:"authentication,omitempty"`
	Kept           int            `json:"kept"`
	Dropped        []DroppedCount `json:"dropped"`
	Revocations    int64          `json:"revocations,omitempty"`
	KeyID          string         `json:"key_id,omitempty"`  // of a list of revoked health cards
	Counter        int64          `json:"counter,omitempty"` // of the same
}

// A DroppedCount is how many entries were left out for one reason.
type DroppedCount struct {
	Reason string `json:"reason"`
	Count  int    `json:"count"`
}

// A Store is one store of revoked documents.
type Store struct {
	File       string           `json:"file"`
	SHA256     string           `json:"sha256"` // as the store has it in its header
	Entries    int64            `json:"entries"`
	Partial    bool             `json:"partial"` // it proves revocations and no more
	Kinds      map[string]int64 `json:"kinds,omitempty"`
	Created    string           `json:"created,omitempty"`
	NextUpdate string           `json:"next_update,omitempty"`
}

// ListOf names a Snapshot.
func ListOf(s *trustlist.Snapshot) List {
	i := s.Info()
	return List{Name: i.Name, Created: Stamp(i.Created), SHA256: hex.EncodeToString(i.SHA256[:]), Anchors: i.Anchors, Dropped: i.Dropped}
}

// Stamp writes a moment (RFC 3339, UTC); "" for none.
func Stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

// A File is one file that was read.
type File struct {
	Name   string
	SHA256 [sha256.Size]byte
	Size   int64
}

// Sources says of each file what a Snapshot has of it, in the order of their names. What has no file of its name or digest
// stands at the end.
func Sources(s *trustlist.Snapshot, files []File) []Source {
	all := make(map[string]*gathered)
	of := func(name string, sum [sha256.Size]byte) *gathered {
		for _, f := range files {
			if f.SHA256 == sum || f.Name == name {
				name = f.Name
				break
			}
		}
		if all[name] == nil {
			all[name] = &gathered{reasons: make(map[string]int), vouched: make(map[trustlist.Authentication]bool)}
		}
		return all[name]
	}
	for _, f := range files {
		g := of(f.Name, f.SHA256)
		g.file = f
	}
	for _, a := range s.Anchors() {
		g := of(a.Source.Name, a.Source.SHA256)
		g.name = a.Source.Name
		g.kept++
		g.vouched[a.Source.Authentication] = true
		if a.Source.Date.After(g.date) {
			g.date = a.Source.Date
		}
	}
	for _, d := range s.Dropped() {
		of(d.Source, [sha256.Size]byte{}).reasons[d.Reason]++
	}
	list := []Source{}
	for _, name := range slices.Sorted(maps.Keys(all)) {
		list = append(list, all[name].source(name))
	}
	return list
}

// gathered is what is known of one source.
type gathered struct {
	file    File
	name    string
	date    time.Time
	kept    int
	vouched map[trustlist.Authentication]bool
	reasons map[string]int
}

func (g *gathered) source(name string) Source {
	s := Source{File: name, Size: g.file.Size, Date: Stamp(g.date), Kept: g.kept, Dropped: []DroppedCount{}}
	if g.file.Name != "" {
		s.SHA256 = hex.EncodeToString(g.file.SHA256[:])
	}
	if g.name != name {
		s.Name = g.name
	}
	for _, a := range slices.Sorted(maps.Keys(g.vouched)) {
		s.Authentication = append(s.Authentication, a.String())
	}
	for _, reason := range slices.Sorted(maps.Keys(g.reasons)) {
		s.Dropped = append(s.Dropped, DroppedCount{Reason: reason, Count: g.reasons[reason]})
	}
	return s
}
