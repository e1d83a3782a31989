package bundle

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gofrs/flock"

	"github.com/travelseal/travelseal/internal/strict/json"
)

// A Repository is the folder of a headquarters:
//
//	headquarters.json   for how long what each role signs is good
//	staged/             the data files of the next bundle, under their names
//	drafts/             metadata on their way, with the signatures so far
//	published/          the bundle in force
//
// It holds no private key, and may be carried from one signing machine to the next.
type Repository struct {
	// Check is asked about every new bundle before it is published; its error stops the publication. A nil Check permits all.
	Check func(*Opened) error

	dir     string
	periods map[string]time.Duration
}

const (
	settingsFile  = "headquarters.json"
	settingsForm  = "travelseal.headquarters/1"
	stagedFolder  = "staged"
	draftsFolder  = "drafts"
	publishedName = "published"
	retiredName   = ".retired"
	assemblyName  = ".assembly"
)

type settings struct {
	Schema string           `json:"schema"`
	Hours  map[string]int64 `json:"hours"`
}

// OpenRepository opens the folder of a headquarters. Another process may use it at the same time; what changes it takes a
// lock.
func OpenRepository(dir string) (*Repository, error) {
	data, err := os.ReadFile(filepath.Join(dir, settingsFile))
	if err != nil {
		return nil, wrap(Form, "headquarters", settingsFile, err)
	}
	var s settings
	if err := json.UnmarshalClosed(data, &s, json.Limits{Depth: 3, Items: 64}); err != nil {
		return nil, wrap(Form, "headquarters", settingsFile, err)
	}
	if s.Schema != settingsForm {
		return nil, refuse(Form, "headquarters", settingsFile, settingsForm, "another schema")
	}
	r := &Repository{dir: dir, periods: make(map[string]time.Duration)}
	for _, role := range Roles() {
		h := s.Hours[role]
		if h < 1 || h > 10*365*24 {
			return nil, refuse(Form, "headquarters", settingsFile, "hours, up to ten years", "no period for the role "+role)
		}
		r.periods[role] = time.Duration(h) * time.Hour
	}
	return r, nil
}

// writeSettings writes headquarters.json.
func (r *Repository) writeSettings() error {
	var b strings.Builder
	b.WriteString("{\"schema\": \"" + settingsForm + "\", \"hours\": {")
	for i, role := range Roles() {
		if i > 0 {
			b.WriteString(", ")
		}
		fmt.Fprintf(&b, "%q: %d", role, int64(r.periods[role]/time.Hour))
	}
	b.WriteString("}}\n")
	return writeNew(r.path(settingsFile), []byte(b.String()), 0o644)
}

func (r *Repository) path(parts ...string) string {
	return filepath.Join(append([]string{r.dir}, parts...)...)
}

// alone runs a function while no other process changes the repository.
func (r *Repository) alone(work func() error) error {
	lock := flock.New(r.path(".lock"))
	if locked, err := lock.TryLock(); err != nil {
		return wrap(Busy, "headquarters", "", err)
	} else if !locked {
		return refuse(Busy, "headquarters", "", "", "another process is at work in this folder")
	}
	defer func() { _ = lock.Unlock() }()
	// A publication that was killed between its two renames left the bundle under its other name.
	if _, err := os.Stat(r.path(publishedName)); errors.Is(err, fs.ErrNotExist) {
		if _, err := os.Stat(r.path(retiredName)); err == nil {
			if err := os.Rename(r.path(retiredName), r.path(publishedName)); err != nil {
				return wrap(Form, "headquarters", "", err)
			}
		}
	}
	return work()
}

// published opens the bundle in force; nil where there is none yet.
func (r *Repository) published() (*Files, error) {
	if _, err := os.Stat(r.path(publishedName)); errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return OpenFiles(r.path(publishedName))
}

// Published opens the bundle in force, to be copied or written as an archive.
func (r *Repository) Published() (*Files, error) {
	f, err := r.published()
	if f == nil && err == nil {
		err = refuse(Incomplete, "headquarters", "", "", "nothing has been published yet")
	}
	return f, err
}

// latest gives the newest published file of a role, with its version; nil where there is none.
func latest(files *Files, role string) ([]byte, int64, error) {
	if files == nil {
		return nil, 0, nil
	}
	name, version := "timestamp.json", int64(0)
	if role != Timestamp {
		for _, n := range files.list() {
			number, ok := strings.CutSuffix(strings.TrimPrefix(n, metadataFolder), "."+role+".json")
			if v, err := strconv.ParseInt(number, 10, 64); ok && err == nil && v > version {
				version = v
			}
		}
		name = fmt.Sprintf("%d.%s.json", version, role)
		if version == 0 {
			return nil, 0, nil
		}
	}
	data, err := files.read(role, metadataFolder+name, maxMetadata[role])
	return data, version, err
}

// Root gives the newest published root file: what new posts are given to pin.
func (r *Repository) Root() ([]byte, error) {
	files, err := r.Published()
	if err != nil {
		return nil, err
	}
	defer files.Close()
	data, _, err := latest(files, Root)
	return data, err
}

// draft reads a draft; nil where there is none.
func (r *Repository) draft(role string) (*draft, error) {
	data, err := os.ReadFile(r.path(draftsFolder, role+".json"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err == nil {
		var d *draft
		if d, err = readDraft(role, data); err == nil {
			return d, nil
		}
	}
	return nil, wrap(Form, role, draftsFolder+"/"+role+".json", err)
}

func (r *Repository) save(d *draft) error {
	return wrapIf(Form, d.role, draftsFolder, replaceFile(r.path(draftsFolder, d.role+".json"), d.encode(), 0o644))
}

func (r *Repository) drop(role string) error {
	err := os.Remove(r.path(draftsFolder, role+".json"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return wrapIf(Form, role, draftsFolder, err)
}

func wrapIf(kind Kind, step, place string, err error) error {
	if err == nil {
		return nil
	}
	return wrap(kind, step, place, err)
}

// isOffline reports whether a role is renewed only when it must be: several people have to meet for it.
func isOffline(a Authority) bool { return a.Threshold > 1 }

// after gives the roles that are signed after a role, and rest on it.
func after(role string) []string {
	i := slices.Index(Roles(), role)
	return Roles()[i+1:]
}
