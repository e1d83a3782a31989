package batch

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// JournalSchema names the form of a journal.
const JournalSchema = "travelseal.run/1"

// A Journal says what a run is, and how far it has come. It stands in a file beside the output, and is the record of a
// finished run.
type Journal struct {
	Schema    string    `json:"schema"`
	Run       string    `json:"run_id"`
	State     string    `json:"state"` // running or done
	AsOf      time.Time `json:"as_of"`
	CheckedAt time.Time `json:"checked_at"`
	Terms     Terms     `json:"terms"`
	Input     Progress  `json:"input"`
	Output    Progress  `json:"output"`
	Counts    Counts    `json:"counts"`
}

// Terms are what a run was started with. A run goes on only under the same terms.
type Terms struct {
	Source  string `json:"source"` // the input's file name
	Shard   string `json:"shard,omitempty"`
	AsOf    string `json:"as_of,omitempty"` // as it was asked for
	Trust   Trust  `json:"trust"`
	Policy  Policy `json:"policy"`
	Options string `json:"options,omitempty"` // tolerances switched on and off
	Rules   int    `json:"rules"`
	Claims  bool   `json:"claims"`
	Version string `json:"version"`
}

// Trust names the trust list of a run.
type Trust struct {
	List    string `json:"list,omitempty"`
	Version int64  `json:"version,omitempty"`
	Created string `json:"created,omitempty"`
	SHA256  string `json:"sha256,omitempty"`
}

// Policy names the policy of a run.
type Policy struct {
	ID     string `json:"id"`
	SHA256 string `json:"sha256,omitempty"`
}

// A Progress is the part of a file that is done, with its digest.
type Progress struct {
	Bytes  int64  `json:"bytes"`
	Lines  int64  `json:"lines"`
	SHA256 string `json:"sha256"`
}

// id is a digest of the terms and the moment of a run, so that two runs can be told apart by one value.
func (t Terms) id(m moment) string {
	b, err := json.Marshal(struct {
		Terms           Terms
		AsOf, CheckedAt time.Time
	}{t, m.asOf, m.checkedAt})
	if err != nil {
		panic(err) // strings, numbers and booleans always marshal
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:16])
}

// differs names the first term in which two runs differ, or "".
func (t Terms) differs(o Terms) string {
	switch {
	case t.Source != o.Source:
		return "source"
	case t.Shard != o.Shard:
		return "shard"
	case t.AsOf != o.AsOf:
		return "--at"
	case t.Trust != o.Trust:
		return "trust list"
	case t.Policy != o.Policy:
		return "policy"
	case t.Options != o.Options:
		return "tolerances"
	case t != o:
		return "program"
	}
	return ""
}

// JournalPath is where the journal of an output stands.
func JournalPath(out string) string { return out + ".run.json" }

// ReadJournal reads the journal of an output. The error is fs.ErrNotExist where there is none.
func ReadJournal(out string) (Journal, error) {
	var j Journal
	data, err := os.ReadFile(JournalPath(out))
	if err != nil {
		return j, err
	}
	if err := json.Unmarshal(data, &j); err != nil || j.Schema != JournalSchema {
		return j, fmt.Errorf("%s is not a journal of the form %s", JournalPath(out), JournalSchema)
	}
	return j, nil
}

// save puts the journal in place of the last one so that at every moment one of the two is there, whole: written beside,
// synced, renamed, and the folder synced.
func (j Journal) save(out string) error {
	data, err := json.MarshalIndent(j, "", "  ")
	if err != nil {
		return err
	}
	path := JournalPath(out)
	next := path + ".next"
	f, err := os.OpenFile(next, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	_, err = f.Write(append(data, '\n'))
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Rename(next, path); err != nil {
		return err
	}
	return syncDir(filepath.Dir(path))
}

// syncDir makes a rename last. Some systems cannot sync a folder; there the rename is as lasting as they make it.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	err = d.Sync()
	if errors.Is(err, errors.ErrUnsupported) || errors.Is(err, fs.ErrInvalid) || errors.Is(err, fs.ErrPermission) {
		err = nil
	}
	return errors.Join(err, d.Close())
}
