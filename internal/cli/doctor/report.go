package doctor

import (
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/verify"
)

// Schema names the JSON form of a Report.
const Schema = "travelseal.doctor/1"

// An Input is everything that is looked at.
type Input struct {
	Now     time.Time
	Version Version
	Formats *formats.Set
	Policy  verify.Policy
	// Trust is the list; nil where none is named. LoadError says why one that is named could not be loaded.
	Trust     *trustlist.Snapshot
	LoadError error
	Files     []File
	Stores    []Store
}

// A Version says what program looks.
type Version struct {
	Program string     `json:"program"`
	Go      string     `json:"go"`
	System  string     `json:"system"`
	FIPS    bool       `json:"fips_140"`
	Built   *time.Time `json:"built,omitempty"` // of the last change in it, where the build says so
}

// A File is one file or folder of trust material or a policy.
type File struct {
	Path     string
	Folder   bool
	Modified time.Time
	// Others and Group say who beside the owner may write it. Sticky folders let nobody exchange another's files.
	Others, Group, Sticky bool
	// Problem says why it cannot be looked at, or what is wrong with it; "" where nothing is.
	Problem string
}

// A Store is one store of revoked documents, after its self-test and after every byte of it was read.
type Store struct {
	Path    string
	Entries int64
	Err     error
}

// A Level says how bad it is.
type Level string

// The levels.
const (
	Fine    Level = "fine"
	Note    Level = "note"    // worth knowing; nothing needs to be done
	Warning Level = "warning" // somebody should act soon
	Problem Level = "problem" // documents cannot be judged as they should be
)

// A Check is one thing that was looked at, and what was found. Codes are an interface.
type Check struct {
	Code  string `json:"code"`
	Level Level  `json:"level"`
	Of    string `json:"of,omitempty"`
	Text  string `json:"text"`
}

// A Format is a kind of document, and what would become of a genuine one today.
type Format struct {
	ID       formats.ID `json:"id"`
	Signers  int        `json:"signers"` // keys that may seal it now
	CAs      int        `json:"cas"`     // authorities whose certificates lead to it now
	Refused  []string   `json:"refused"` // why every one is referred; empty where none need be
	Accepted bool       `json:"accepted_by_policy"`
}

// A DroppedCount is how much of a source was left out for one reason.
type DroppedCount struct {
	Source string `json:"source"`
	Reason string `json:"reason"`
	Count  int    `json:"count"`
}

// A List names the trust list and its age.
type List struct {
	Name    string `json:"name"`
	Version int64  `json:"version,omitempty"`
	Created string `json:"created,omitempty"`
	AgeDays int    `json:"age_days"`
	State   string `json:"state"` // none, unloadable, empty, undated, fresh, stale, expired or clock
	SHA256  string `json:"sha256,omitempty"`
	Anchors int    `json:"anchors"`
	Dropped int    `json:"dropped"`
}

// A Report is what was found, in a fixed order.
type Report struct {
	Schema  string         `json:"schema"`
	AsOf    string         `json:"as_of"`
	Version Version        `json:"version"`
	Policy  string         `json:"policy"`
	List    List           `json:"list"`
	Checks  []Check        `json:"checks"`
	Dropped []DroppedCount `json:"dropped"`
	Formats []Format       `json:"formats"`
}

// Worst is the worst level of all checks.
func (r *Report) Worst() Level {
	order := []Level{Fine, Note, Warning, Problem}
	worst := 0
	for _, c := range r.Checks {
		for i, l := range order {
			if l == c.Level {
				worst = max(worst, i)
			}
		}
	}
	return order[worst]
}

func (r *Report) add(code string, level Level, of, text string) {
	r.Checks = append(r.Checks, Check{Code: code, Level: level, Of: of, Text: text})
}
