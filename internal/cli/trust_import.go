package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/trustlist/diff"
	"github.com/travelseal/travelseal/trustlist/provenance"
	"github.com/travelseal/travelseal/trustlist/revlists"
)

// importFlags are those of "trust import".
type importFlags struct {
	out, previous, overlay, asOf, by, reason, form string
	restore                                        []string
	force, second                                  bool
	limits                                         alarmFlags
}

func (a *app) trustImportCommand() *cobra.Command {
	var f importFlags
	c := &cobra.Command{
		Use:   "import --out DRAFT SOURCE…",
		Short: "Make a draft of a new trust list, unless it differs too much from the one before",
		Long: `import loads published trust lists as --trust does, compares them with the list before, and writes a draft:

  keys.jsonl       every key that was taken, with its source and what vouches for it (travelseal.keys/1)
  sources/         the files as they came
  rev/             stores of revoked documents
  overlay.json     keys that were removed and do not come back by themselves (travelseal.overlay/1)
  provenance.json  for each source its digest, what vouches for it, and what was left out (travelseal.provenance/1)

The list before is a draft, or anything that --trust takes. Where there are alarms (travelseal trust diff --help), nothing
is written but the report, and the exit code is 3. Then either

  --second-signer  writes the draft with the alarms, and publishing it takes two signatures; or
  --force --reason TEXT
                   writes the draft, and records who passed over the alarms, when and why.

A key that vanishes gets a tombstone. It is an alarm when it is back: --restore lifts the tombstone, with the reason.
A file that cannot be used stops the import, with the place and the rule; the list before then stays in force.

Exit codes: 0 the draft was written, 3 alarms and nothing was written, 1 an input could not be used, 2 usage.`,
		Example: "  travelseal trust import --out draft-12 --previous draft-11 sources/",
		Args:    cobra.MinimumNArgs(1),
		RunE:    func(c *cobra.Command, args []string) error { return a.trustImport(c.Context(), f, args) },
	}
	fl := c.Flags()
	fl.StringVar(&f.out, "out", "", "folder of the draft (needed); it must not exist")
	fl.StringVar(&f.previous, "previous", "", "the list before: a draft, or what --trust takes")
	fl.StringVar(&f.overlay, "overlay", "", "overlay to carry on, where the list before is no draft")
	fl.StringVar(&f.asOf, "as-of", "", "moment of the import, RFC 3339 or YYYY-MM-DD, instead of now: the same inputs give the same bytes")
	fl.BoolVar(&f.force, "force", false, "write the draft in spite of alarms; needs --reason")
	fl.BoolVar(&f.second, "second-signer", false, "write the draft in spite of alarms; publishing it takes two signatures")
	fl.StringVar(&f.reason, "reason", "", "why, for --force and --restore")
	fl.StringVar(&f.by, "by", os.Getenv("USER"), "who, for --force")
	fl.StringArrayVar(&f.restore, "restore", nil, "SHA-256 of the SubjectPublicKeyInfo of a removed key to let back in; needs --reason (repeatable)")
	fl.StringVarP(&f.form, "output", "o", "text", "text or json (travelseal.trustdiff/1)")
	f.limits.flags(c)
	return c
}

func (f *importFlags) check(now func() time.Time) (at time.Time, o diff.Options, err error) {
	usage := func(text string) error { return &usageError{errors.New(text)} }
	switch {
	case f.out == "":
		return at, o, usage("--out: the folder of the draft is not named")
	case f.force && f.second:
		return at, o, usage("--force and --second-signer exclude each other")
	case (f.force || len(f.restore) > 0) && f.reason == "":
		return at, o, usage("--reason: --force and --restore need one")
	case f.force && f.by == "":
		return at, o, usage("--by: --force records who forces")
	}
	if err := checkForm(f.form); err != nil {
		return at, o, err
	}
	if o, err = f.limits.options(); err != nil {
		return at, o, err
	}
	at = now()
	if f.asOf != "" {
		if at, err = parseMoment(f.asOf); err != nil {
			return at, o, &usageError{fmt.Errorf("--as-of: %q is not a moment", f.asOf)}
		}
	}
	return at.UTC().Truncate(time.Second), o, nil
}

func (a *app) trustImport(ctx context.Context, f importFlags, sources []string) error {
	at, o, err := f.check(a.now)
	if err != nil {
		return err
	}
	if _, err := os.Lstat(f.out); err == nil {
		return fmt.Errorf("%s: the folder exists; a draft is a new one", f.out)
	}
	before, err := a.loadPrevious(ctx, f.previous, f.overlay)
	if err != nil {
		return err
	}
	d := &draft{at: at, flags: f, before: before, sources: sources}
	if err = a.compareDraft(ctx, d, o); err == nil {
		return a.finishDraft(ctx, d)
	}
	return before.inForce(err, at)
}

// A draft is an import on its way.
type draft struct {
	at      time.Time
	flags   importFlags
	sources []string
	before  previous
	overlay *trustlist.Overlay
	after   *trustlist.Snapshot
	from    revlists.Options
	lists   *revlists.Result
	files   []draftFile
	report  *diff.Report
}

// compareDraft loads the sources and compares them with the list before.
func (a *app) compareDraft(ctx context.Context, d *draft, o diff.Options) (err error) {
	if d.files, err = collectFiles(d.sources); err != nil {
		return err
	}
	if d.after, err = a.loadSources(d.sources); err != nil {
		return err
	}
	d.from = revlists.Options{Paths: listPaths(d.sources, d.files), Roots: revlists.Pinned(d.after.Anchors()), Others: true, Seen: d.before.cards}
	if d.lists, err = revlists.Read(ctx, d.from, func(trustlist.Revocation) error { return nil }); err != nil {
		return err
	}
	d.overlay = d.before.overlay
	o.Removed = provenance.Removed(d.overlay)
	o.Restored = make(map[string]bool)
	for _, key := range d.flags.restore {
		if d.overlay, err = provenance.Restore(d.overlay, key, d.flags.reason, d.at); err != nil {
			return fmt.Errorf("--restore: %w", err)
		}
		o.Restored[key] = true
	}
	o.OldRevoked, o.NewRevoked = d.before.trees, inTrees(d.lists)
	o.Used = make(map[string]bool)
	for _, s := range d.lists.Sources {
		o.Used[s.Name] = true
	}
	d.report = diff.Compare(d.before.list, d.after, o)
	d.overlay, err = provenance.Bury(d.overlay, d.report.Removed, d.at)
	return err
}

// loadSources loads the sources of a draft. The roots of a German distribution have no keys and are left to the lists.
func (a *app) loadSources(paths []string) (*trustlist.Snapshot, error) {
	var keys []string
	for _, p := range paths {
		if !isTree(p) {
			keys = append(keys, p)
		}
	}
	return a.loader("").Load(keys...)
}

// finishDraft writes the draft, or stops at the alarms.
func (a *app) finishDraft(ctx context.Context, d *draft) error {
	alarmed := len(d.report.Alarms) > 0
	if alarmed && !d.flags.force && !d.flags.second {
		a.code = exitRefer
		fmt.Fprintf(a.stderr, "travelseal: %d alarms, and no draft was written: --second-signer or --force writes it\n", len(d.report.Alarms))
		if in := d.before.inForce(nil, d.at); in != nil {
			fmt.Fprintf(a.stderr, "travelseal: %s\n", escape(in.Error()))
		}
		return a.printDiff(d.report, d.flags.form)
	}
	stores, err := d.write(ctx)
	if err != nil {
		return d.before.inForce(fmt.Errorf("%s: %w", filepath.Base(d.flags.out), err), d.at)
	}
	if err := a.printDiff(d.report, d.flags.form); err != nil || d.flags.form == "json" {
		return err
	}
	fmt.Fprintf(a.stdout, "Draft %s: %d anchors, %d left out, %d revoked, signatures needed: %d\n",
		escape(d.flags.out), d.after.Info().Anchors, d.after.Info().Dropped, revokedIn(stores), d.signatures())
	return nil
}

// signatures is how many signatures publishing the draft takes.
func (d *draft) signatures() int {
	if len(d.report.Alarms) > 0 && d.flags.second {
		return 2
	}
	return 1
}

func revokedIn(stores []provenance.Store) int64 {
	n := int64(0)
	for _, s := range stores {
		n += s.Entries
	}
	return n
}
