package cli

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/trustlist/revlists"
	"github.com/travelseal/travelseal/trustlist/revstore"
)

func (a *app) trustRevocationsCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "revocations",
		Short: "Build and check stores of revoked documents",
		RunE:  func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(a.revocationsBuildCommand(), a.revocationsVerifyCommand())
	return c
}

// buildFlags are those of "trust revocations build".
type buildFlags struct {
	out, created, next, temp, form string
	trust                          []string
	whole                          bool
}

func (a *app) revocationsBuildCommand() *cobra.Command {
	var f buildFlags
	c := &cobra.Command{
		Use:   "build --out FILE SOURCE…",
		Short: "Build a store of lists of revoked documents, in constant memory",
		Long: `build reads lists of revoked documents and writes one sorted file, which --trust takes. Sources are files, folders with
all that is below them, and roots of the German distribution:

  batches of the EU gateway         signed by an office that --trust names, or that stands on a gateway's list in the
                                    sources which a trust anchor named by --trust answers for; with the list of batches
                                    among the sources, none may be missing
  the German distribution           kid.lst and all below it, signed by a key that --trust names
  the Italian list, health cards    where a file of the sources holds their SHA-256, as sha256sum writes it
  lines "kind,hash,issued_before"   your own: the first 16 bytes of the SHA-256 in hexadecimal, and a moment or nothing

That a document is not on the store says nothing, unless --whole declares that the lists together name every revoked
document of their kinds.

Whatever is wrong stops it, and nothing is written. The store is out of date when the first of its batches expires.`,
		Example: "  travelseal trust revocations build --out revoked.srt --trust upload.pem batches/",
		Args:    cobra.MinimumNArgs(1),
		RunE:    func(c *cobra.Command, args []string) error { return a.buildRevocations(c.Context(), f, args) },
	}
	c.Flags().StringVar(&f.out, "out", "", "the store to write (needed); one that is there is replaced when the new one is whole")
	c.Flags().StringArrayVar(&f.trust, "trust", nil, "certificate or key that answers for lists (repeatable)")
	c.Flags().StringVar(&f.created, "created", "", "date of the store, RFC 3339 or YYYY-MM-DD; without it that of the oldest list, if all have one")
	c.Flags().StringVar(&f.next, "next-update", "", "when a newer one is due; without it the soonest end of a batch")
	c.Flags().BoolVar(&f.whole, "whole", false, "the lists name every revoked document of their kinds: one that is not on them is not revoked")
	c.Flags().StringVar(&f.temp, "temp", "", "folder for temporary rows, 24 bytes an entry; without it that of --out")
	c.Flags().StringVarP(&f.form, "output", "o", "text", "text or json")
	return c
}

func (a *app) buildRevocations(ctx context.Context, f buildFlags, sources []string) error {
	if f.out == "" {
		return &usageError{fmt.Errorf("--out: the store to write is not named")}
	}
	if err := checkForm(f.form); err != nil {
		return err
	}
	var dates [2]time.Time
	for i, text := range []string{f.created, f.next} {
		if text == "" {
			continue
		}
		var err error
		if dates[i], err = parseMoment(text); err != nil {
			return &usageError{err}
		}
	}
	roots, err := a.roots(f.trust)
	if err != nil {
		return err
	}
	if f.temp == "" {
		f.temp = filepath.Dir(f.out)
	}
	sum, result, err := buildStore(ctx, storeOrder{
		out: f.out, temp: f.temp, created: dates[0], next: dates[1], partial: !f.whole, from: revlists.Options{Paths: sources, Roots: roots},
	})
	if err != nil {
		return err
	}
	return a.printBuilt(f, sum, result)
}

// A storeOrder says what store is built, and of what.
type storeOrder struct {
	out, temp     string
	created, next time.Time // zero for the lists' own
	partial       bool
	scheme        string // of the kinds of handle that are taken; "" for all
	from          revlists.Options
	further       iter.Seq[trustlist.Revocation] // beside those of the lists; nil for none
}

// takes reports whether the store has entries of a kind. The scheme of a kind is what stands before the first dot.
func (o *storeOrder) takes(kind string) bool { return o.scheme == "" || schemeOf(kind) == o.scheme }

func schemeOf(kind string) string {
	scheme, _, _ := strings.Cut(kind, ".")
	return scheme
}

// date takes the dates of the lists that the store is made of, where the order has none: the date of the oldest, if all have
// one, and the soonest end.
func (o *storeOrder) date(sources []revlists.Source) {
	created, undated := time.Time{}, false
	for _, s := range sources {
		if !slices.ContainsFunc(slices.Collect(maps.Keys(s.Kinds)), o.takes) {
			continue
		}
		undated = undated || s.Created.IsZero()
		if created.IsZero() || s.Created.Before(created) {
			created = s.Created
		}
		if !s.Expires.IsZero() && (o.next.IsZero() || s.Expires.Before(o.next)) {
			o.next = s.Expires
		}
	}
	if o.created.IsZero() && !undated {
		o.created = created
	}
}

// buildStore reads lists twice: their dates, which stand in the store's header, are known when they were read once.
func buildStore(ctx context.Context, o storeOrder) (sum [32]byte, result *revlists.Result, err error) {
	result, err = revlists.Read(ctx, o.from, func(trustlist.Revocation) error { return nil })
	if err != nil {
		return sum, nil, err
	}
	o.date(result.Sources)
	b, err := revstore.NewBuilder(revstore.BuildOptions{Created: o.created, NextUpdate: o.next, Partial: o.partial, TempDir: o.temp})
	if err != nil {
		return sum, nil, err
	}
	defer b.Close()
	add := func(e trustlist.Revocation) error {
		if !o.takes(e.Kind) {
			return nil
		}
		return b.Add(e.Kind, e.Hash, e.IssuedBefore)
	}
	again, err := revlists.Read(ctx, o.from, add)
	if err != nil {
		return sum, nil, err
	}
	if again.Entries != result.Entries || !again.Expires.Equal(result.Expires) {
		return sum, nil, errors.New("the lists changed while they were read")
	}
	if o.further != nil {
		for e := range o.further {
			if err := add(e); err != nil {
				return sum, nil, err
			}
		}
	}
	sum, err = b.Build(ctx, o.out)
	return sum, again, err
}

// builtStore is what build prints as JSON.
type builtStore struct {
	Schema  string        `json:"schema"`
	SHA256  string        `json:"sha256"`
	Entries int64         `json:"entries"`
	Partial bool          `json:"partial"`
	Created string        `json:"created,omitempty"`
	Expires string        `json:"next_update,omitempty"`
	Sources []builtSource `json:"sources"`
}

type builtSource struct {
	Name           string           `json:"name"`
	Form           string           `json:"form"`
	SHA256         string           `json:"sha256"`
	Authentication string           `json:"authentication"`
	Entries        int64            `json:"entries"`
	Kinds          map[string]int64 `json:"kinds,omitempty"`
	Created        string           `json:"created,omitempty"`
	Expires        string           `json:"expires,omitempty"`
	KeyID          string           `json:"key_id,omitempty"`
	Counter        int64            `json:"counter,omitempty"`
}

func sourceOf(s revlists.Source) builtSource {
	b := builtSource{
		Name: s.Name, Form: s.Form, SHA256: hex.EncodeToString(s.SHA256[:]), Authentication: s.Authentication.String(), Entries: s.Entries,
		Kinds: s.Kinds, Created: stamp(s.Created), Expires: stamp(s.Expires),
	}
	if s.Cards != nil {
		b.KeyID, b.Counter = s.Cards.KeyID, s.Cards.Counter
	}
	return b
}

func (a *app) printBuilt(f buildFlags, sum [32]byte, r *revlists.Result) error {
	store, err := revstore.Open(f.out)
	if err != nil {
		return err
	}
	defer store.Close()
	created, next := store.Dates()
	if f.form == "json" {
		out := builtStore{Schema: "travelseal.revstore/1", SHA256: hex.EncodeToString(sum[:]), Entries: store.Len(), Partial: store.Partial(), Created: stamp(created), Expires: stamp(next), Sources: []builtSource{}}
		for _, s := range r.Sources {
			out.Sources = append(out.Sources, sourceOf(s))
		}
		return a.printJSON(out)
	}
	for _, s := range r.Sources {
		fmt.Fprintf(a.stdout, "%s: %s, %d entries, %s%s\n", escape(s.Name), s.Form, s.Entries, s.Authentication, until(s.Expires))
	}
	a.describeStore(f.out, store)
	return nil
}

// describeStore prints what a store says of itself.
func (a *app) describeStore(path string, s *revstore.Store) {
	created, next := s.Dates()
	dated := ", undated"
	if !created.IsZero() {
		dated = ", of " + stamp(created)
	}
	whole := "whole"
	if s.Partial() {
		whole = "partial"
	}
	sum := s.SHA256()
	fmt.Fprintf(a.stdout, "%s: %d entries, %s%s%s, SHA-256 %x\n", escape(filepath.Base(path)), s.Len(), whole, dated, until(next), sum)
	counts := s.Counts()
	for _, kind := range slices.Sorted(maps.Keys(counts)) {
		fmt.Fprintf(a.stdout, "  %s %d\n", kind, counts[kind])
	}
}

func until(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return ", until " + stamp(t)
}

// stamp writes a moment; "" for none.
func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

// printJSON writes one value with indentation.
func (a *app) printJSON(v any) error {
	e := json.NewEncoder(a.stdout)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}

func (a *app) revocationsVerifyCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "verify FILE…",
		Short: "Read stores of revoked documents and say whether they are whole",
		Long: `verify reads each store to its end, compares every digest and the order of all rows, and looks up the rows that it
repeats for a self-test. The exit code is 1 where one of them is damaged.`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			for _, path := range args {
				s, err := revstore.Open(path)
				if err == nil {
					err = s.Verify(c.Context())
				}
				if err != nil {
					a.code = exitFailed
					fmt.Fprintf(a.stdout, "%s: %s\n", escape(path), escape(err.Error()))
					continue
				}
				a.describeStore(path, s)
				s.Close()
			}
			return nil
		},
	}
}
