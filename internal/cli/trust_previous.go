package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/trustlist/revlists"
	"github.com/travelseal/travelseal/trustlist/shcrev"
)

// The parts of a draft.
const (
	draftList       = "keys.jsonl"
	draftSources    = "sources"
	draftRevoked    = "rev"
	draftBuilt      = "lists." // how the stores under it begin that were built of the sources
	draftOverlay    = "overlay.json"
	draftProvenance = "provenance.json"
)

// previous is the list before a draft; the zero previous is none.
type previous struct {
	list    *trustlist.Snapshot
	overlay *trustlist.Overlay
	trees   map[string]int64 // revoked documents of German distributions by kind
	cards   []*shcrev.List   // its lists of revoked health cards, whose counters only rise
}

// loadPrevious loads the list before. Of a draft these are its sources, which say what vouches for each key.
func (a *app) loadPrevious(ctx context.Context, path, overlay string) (previous, error) {
	p := previous{overlay: new(trustlist.Overlay)}
	if path == "" && overlay == "" {
		return p, nil
	}
	draft := isDraft(path)
	if draft && overlay != "" {
		return p, &usageError{errors.New("--overlay: a draft has its own")}
	}
	if draft {
		overlay = filepath.Join(path, draftOverlay)
	}
	if overlay != "" {
		data, err := os.ReadFile(overlay)
		if err != nil {
			return p, fmt.Errorf("overlay: %w", err)
		}
		if p.overlay, err = trustlist.ParseOverlay(data); err != nil {
			return p, fmt.Errorf("overlay: %w", err)
		}
	}
	if path == "" {
		return p, nil
	}
	if !draft {
		var err error
		if p.list, err = a.loader("").Load(path); err != nil {
			return p, fmt.Errorf("the list before: %w", err)
		}
		p.cards, err = cardLists(path)
		return p, err
	}
	if err := a.loadDraft(ctx, &p, path); err != nil {
		return p, fmt.Errorf("the list before: %w", err)
	}
	return p, nil
}

// loadDraft loads the sources of a draft, and the stores that came with them. The stores that were built of the sources say the
// same once more.
func (a *app) loadDraft(ctx context.Context, p *previous, path string) error {
	sources := filepath.Join(path, draftSources)
	paths := []string{sources}
	stores, err := filepath.Glob(filepath.Join(path, draftRevoked, "*"))
	if err != nil {
		return err
	}
	for _, s := range stores {
		if !strings.HasPrefix(filepath.Base(s), draftBuilt) {
			paths = append(paths, s)
		}
	}
	if p.list, err = a.loader("").Load(paths...); err != nil {
		return err
	}
	if p.cards, err = cardLists(sources); err != nil {
		return err
	}
	folders, err := filepath.Glob(filepath.Join(sources, "*"))
	if err != nil {
		return err
	}
	o := revlists.Options{Roots: revlists.Pinned(p.list.Anchors()), Others: true}
	for _, f := range folders {
		if isTree(f) {
			o.Paths = append(o.Paths, f)
		}
	}
	r, err := revlists.Read(ctx, o, func(trustlist.Revocation) error { return nil })
	if err == nil {
		p.trees = inTrees(r)
	}
	return err
}

// inTrees counts the revoked documents of German distributions.
func inTrees(r *revlists.Result) map[string]int64 {
	n := make(map[string]int64)
	for _, s := range r.Sources {
		if s.Form != revlists.FormTree {
			continue
		}
		for kind, count := range s.Kinds {
			n[kind] += count
		}
	}
	return n
}

func isDraft(path string) bool {
	st, err := os.Stat(filepath.Join(path, draftProvenance))
	return err == nil && st.Mode().IsRegular()
}

// cardLists reads the lists of revoked health cards of a folder.
func cardLists(folder string) ([]*shcrev.List, error) {
	entries, err := os.ReadDir(folder)
	if err != nil { // a file, which holds none
		return nil, nil
	}
	var lists []*shcrev.List
	for _, e := range entries {
		if !e.Type().IsRegular() {
			continue
		}
		path := filepath.Join(folder, e.Name())
		if st, err := e.Info(); err != nil || st.Size() > trustlist.MaxFile {
			continue
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return nil, plainError(err)
		}
		if !shcrev.IsList(data) {
			continue
		}
		l, err := shcrev.ReadList(path, data, shcrev.Trust{Unauthenticated: true}) // it was authenticated when it was imported
		if err != nil {
			return nil, err
		}
		lists = append(lists, l)
	}
	return lists, nil
}

// inForce says with an error that the list before stays in force, and how old it is. Without an error it is only that; nil where
// there is no list before.
func (p previous) inForce(err error, at time.Time) error {
	if p.list == nil {
		return err
	}
	i := p.list.Info()
	age := "undated"
	if !i.Created.IsZero() {
		age = fmt.Sprintf("%d days old", int(at.Sub(i.Created)/(24*time.Hour)))
	}
	text := fmt.Sprintf("the list before (%s, %d anchors, %s) stays in force", i.Name, i.Anchors, age)
	if err == nil {
		return errors.New(text)
	}
	return fmt.Errorf("%w; %s", err, text)
}
