package revlists

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/travelseal/travelseal/internal/cert"
	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/trustlist/derev"
	"github.com/travelseal/travelseal/trustlist/dgcg"
	"github.com/travelseal/travelseal/trustlist/drl"
	"github.com/travelseal/travelseal/trustlist/shcrev"
)

// FormTree is the form of a German distribution, which is a tree of files.
const FormTree = "German distribution"

// MaxFiles bounds the files of one reading.
const MaxFiles = 1_000_000

var (
	// ErrUnknown means that a file is no list of revoked documents, and nothing that vouches for one.
	ErrUnknown = errors.New("this is no list of revoked documents of a form that is known")
	// ErrNone means that there is no list among the files.
	ErrNone = errors.New("there is no list of revoked documents")
)

// Options say what is read.
type Options struct {
	// Paths are files, folders with all that is below them, and roots of the German distribution.
	Paths []string
	// Roots are what the relying party has pinned: offices, trust anchors and publishers' keys. Pinned digests are files of
	// their own, among the paths.
	Roots []trustlist.Anchor
	// Others passes over files that are no lists of revoked documents, for folders that hold keys as well.
	Others bool
	// Seen are lists of revoked health cards that the caller has had before. None may be older.
	Seen []*shcrev.List
}

// Pinned gives those anchors of a loaded list that may answer for others: authorities, keys that sign lists and certificates that
// are their own issuer's, where the relying party has named them itself. What a list has brought answers for nothing.
func Pinned(anchors []trustlist.Anchor) []trustlist.Anchor {
	var roots []trustlist.Anchor
	for _, a := range anchors {
		if a.Source.Authentication != trustlist.ByHand || !a.RevokedAt.IsZero() {
			continue
		}
		c, err := cert.Parse(a.Certificate)
		if a.Role == trustlist.CA || a.Role == trustlist.ListSigner || err == nil && c.SelfIssued() {
			roots = append(roots, a)
		}
	}
	return roots
}

// A Source is one list that was read.
type Source struct {
	Name   string // without the folder; of a tree, the folder
	Form   string
	SHA256 [sha256.Size]byte // of the file; of a tree, of kid.lst
	// Authentication says what vouches for it; ByHand for lines.
	Authentication   trustlist.Authentication
	Entries          int64
	Created, Expires time.Time        // zero where it has none
	Cards            *shcrev.List     // of health cards, without the identifiers
	Kinds            map[string]int64 // entries by the kind of handle
}

// A Result says what was read.
type Result struct {
	Sources []Source
	Entries int64
	// Created is the oldest of the lists' dates, zero where one has none; Expires is the soonest of their ends, zero where none
	// has one.
	Created, Expires time.Time
}

// Read reads lists and gives their entries one after the other. Where there is an error, what was given before counts for
// nothing. The error is a *trustlist.LoadError that names the file, the context's or that of add.
func Read(ctx context.Context, o Options, add func(trustlist.Revocation) error) (*Result, error) {
	r := &reader{ctx: ctx, o: o, add: add}
	for _, p := range o.Paths {
		if err := r.collect(p); err != nil {
			return nil, err
		}
	}
	if err := r.each(r.look); err != nil {
		return nil, err
	}
	if err := r.whole(); err != nil {
		return nil, err
	}
	if err := r.each(r.take); err != nil {
		return nil, err
	}
	for _, t := range r.trees {
		if err := r.tree(t); err != nil {
			return nil, err
		}
	}
	if len(r.result.Sources) == 0 && !o.Others {
		return nil, &trustlist.LoadError{Source: strings.Join(o.Paths, ", "), Err: ErrNone}
	}
	return r.summed(), nil
}

// A reader collects what the first pass sees.
type reader struct {
	ctx    context.Context
	o      Options
	add    func(trustlist.Revocation) error
	files  []string
	trees  []string
	result Result

	beside  []trustlist.File // pinned digests, and lists that name offices
	offices dgcg.BatchTrust
	pages   []*dgcg.BatchList
	batches []string
	chunks  []*drl.Chunk
	cards   []*shcrev.List
	forms   map[string]form
}

// collect lists the files of a path in the order of their names.
func (r *reader) collect(path string) error {
	st, err := os.Stat(path)
	if err != nil {
		return refuse(path, plain(err))
	}
	if !st.IsDir() {
		r.files = append(r.files, path)
		return nil
	}
	return filepath.WalkDir(path, func(p string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return refuse(p, plain(err))
		case strings.HasPrefix(d.Name(), ".") && p != path:
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		case d.IsDir() && derev.IsTree(os.DirFS(p)):
			r.trees = append(r.trees, p)
			return fs.SkipDir
		case d.IsDir():
			return nil
		case len(r.files) == MaxFiles:
			return refuse(path, fmt.Errorf("more than %d files", MaxFiles))
		}
		r.files = append(r.files, p)
		return nil
	})
}

// each calls a function with every file.
func (r *reader) each(do func(path string) error) error {
	for _, p := range r.files {
		if err := r.ctx.Err(); err != nil {
			return err
		}
		if err := do(p); err != nil {
			return err
		}
	}
	return nil
}

// whole says what is missing.
func (r *reader) whole() error {
	if len(r.pages) > 0 {
		if err := dgcg.Complete(r.pages, r.batches); err != nil {
			return refuse("list of batches", err)
		}
	}
	if err := drl.Complete(r.chunks); err != nil {
		return refuse("Italian list", err)
	}
	return nil
}

func (r *reader) summed() *Result {
	dated := true
	for _, s := range r.result.Sources {
		r.result.Entries += s.Entries
		dated = dated && !s.Created.IsZero()
		if r.result.Created.IsZero() || s.Created.Before(r.result.Created) {
			r.result.Created = s.Created
		}
		if !s.Expires.IsZero() && (r.result.Expires.IsZero() || s.Expires.Before(r.result.Expires)) {
			r.result.Expires = s.Expires
		}
	}
	if !dated {
		r.result.Created = time.Time{}
	}
	return &r.result
}

// give hands over one entry of a source.
func (r *reader) give(s *Source, e trustlist.Revocation) error {
	if s.Kinds == nil {
		s.Kinds = make(map[string]int64)
	}
	s.Entries++
	s.Kinds[e.Kind]++
	return r.add(e)
}

// tree reads a German distribution.
func (r *reader) tree(path string) error {
	data, err := os.ReadFile(filepath.Join(path, "kid.lst"))
	if err != nil {
		return refuse(path, plain(err))
	}
	s := Source{Name: filepath.Base(path), Form: FormTree, SHA256: sha256.Sum256(data), Authentication: trustlist.SignedList}
	sum, err := derev.Read(os.DirFS(path), derev.Trust{Publisher: r.o.Roots}, func(e trustlist.Revocation) error {
		if err := r.ctx.Err(); err != nil {
			return err
		}
		return r.give(&s, e)
	})
	if err != nil {
		return err
	}
	s.Created = sum.Newest
	r.result.Sources = append(r.result.Sources, s)
	return nil
}

func refuse(source string, err error) error {
	var le *trustlist.LoadError
	if errors.As(err, &le) {
		return err
	}
	return &trustlist.LoadError{Source: source, Err: err}
}

// plain drops the operation and path that os errors repeat.
func plain(err error) error {
	var pe *os.PathError
	if errors.As(err, &pe) {
		return pe.Err
	}
	return err
}

// pins are the digests beside that are those of a file.
func (r *reader) pins(src trustlist.Source) []trustlist.DigestPin {
	if p := trustlist.PinnedBy(r.beside, src); p != nil {
		return []trustlist.DigestPin{*p}
	}
	return nil
}

// readFile reads one regular file within the limit.
func readFile(path string) ([]byte, error) {
	st, err := os.Stat(path)
	switch {
	case err != nil:
		return nil, plain(err)
	case !st.Mode().IsRegular():
		return nil, errors.New("not a regular file")
	case st.Size() > trustlist.MaxFile:
		return nil, fmt.Errorf("%d bytes, the limit is %d", st.Size(), trustlist.MaxFile)
	}
	data, err := os.ReadFile(path)
	return slices.Clip(data), plain(err)
}
