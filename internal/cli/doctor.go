package cli

import (
	"context"
	"crypto/fips140"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/travelseal/travelseal/internal/cli/doctor"
	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/trustlist/all"
	"github.com/travelseal/travelseal/trustlist/revstore"
)

// doctorFlags are those of "doctor".
type doctorFlags struct {
	trust                  []string
	policy, at, form, root string
}

func (a *app) doctorCommand() *cobra.Command {
	var f doctorFlags
	c := &cobra.Command{
		Use:   "doctor",
		Short: "Look for what would keep this post from answering",
		Long: `doctor looks at the age of the trust list, at the clock, at who may change the files, at what is left out and why, at keys
and lists of revocations that end soon, and says for each kind of document whether a genuine one could be accepted today.

Stores of revoked documents are read to their ends, and packed lists row by row.

Exit codes: 0 fine, 3 warnings, 1 problems, 2 usage.`,
		Example: "  travelseal doctor --trust trust/ --policy policy.yaml",
		RunE:    func(c *cobra.Command, _ []string) error { return a.doctor(c.Context(), f) },
	}
	c.Flags().StringArrayVar(&f.trust, "trust", nil, "what is given to verify as --trust (repeatable)")
	c.Flags().StringVar(&f.root, "trust-root", "", "root file that signs the bundles among what --trust names")
	c.Flags().StringVar(&f.policy, "policy", "", "policy file; without it that of a bundle is, or the default")
	c.Flags().StringVar(&f.at, "at", "", "look as of this moment, RFC 3339 or YYYY-MM-DD, instead of now")
	c.Flags().StringVarP(&f.form, "output", "o", "text", "text or json (travelseal.doctor/1)")
	return c
}

func (a *app) doctor(ctx context.Context, f doctorFlags) error {
	if err := checkForm(f.form); err != nil {
		return err
	}
	in := doctor.Input{Now: a.now(), Version: versions(), Formats: a.set}
	if f.at != "" {
		var err error
		if in.Now, err = parseMoment(f.at); err != nil {
			return &usageError{err}
		}
	}
	s := &settings{trustRoot: f.root, policy: f.policy}
	if len(f.trust) > 0 {
		in.Trust, in.LoadError = a.loaderWith(s).Load(f.trust...)
	}
	policy, err := a.policyInForce(s)
	if err != nil {
		return err
	}
	in.Policy = policy.Policy
	if f.policy != "" {
		in.Files = append(in.Files, lookAt(f.policy), lookAt(filepath.Dir(f.policy)))
	}
	for _, path := range f.trust {
		if err := examineFiles(ctx, path, &in); err != nil {
			return err
		}
	}
	r := doctor.Examine(in)
	switch r.Worst() {
	case doctor.Problem:
		a.code = exitFailed
	case doctor.Warning:
		a.code = exitRefer
	}
	if f.form == "json" {
		return a.printJSON(r)
	}
	fmt.Fprint(a.stdout, doctorText(r))
	return nil
}

// loader loads what --trust names, stores and bundles among it.
func (a *app) loader(root string) trustlist.Loader {
	return a.loaderWith(&settings{trustRoot: root})
}

// loaderWith is a loader that keeps the policy of a bundle in the settings.
func (a *app) loaderWith(s *settings) trustlist.Loader {
	l := all.Loader()
	l.Resolve = func(path string) (*trustlist.Resolved, error) { return a.resolve(path, s) }
	return l
}

// versions says what program this is, and when the newest change in it was made.
func versions() doctor.Version {
	v := doctor.Version{Program: version(), Go: runtime.Version(), System: runtime.GOOS + "/" + runtime.GOARCH, FIPS: fips140.Enabled()}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return v
	}
	for _, s := range info.Settings {
		if t, err := time.Parse(time.RFC3339, s.Value); s.Key == "vcs.time" && err == nil {
			v.Built = &t
		}
	}
	return v
}

// examineFiles looks at a path of trust material: the folder that it lies in, itself, and the files in it.
func examineFiles(ctx context.Context, path string, in *doctor.Input) error {
	in.Files = append(in.Files, lookAt(filepath.Dir(filepath.Clean(path))))
	return filepath.WalkDir(path, func(p string, d fs.DirEntry, err error) error {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			in.Files = append(in.Files, doctor.File{Path: p, Problem: plainError(err).Error()})
			return nil
		}
		if strings.HasPrefix(d.Name(), ".") && p != path {
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		f := lookAt(p)
		if !f.Folder && f.Problem == "" {
			if s, is := lookAtStore(ctx, p); is {
				in.Stores = append(in.Stores, s)
			} else {
				f.Problem = lookAtTable(p)
			}
		}
		in.Files = append(in.Files, f)
		return nil
	})
}

// lookAt gives who may change a file.
func lookAt(path string) doctor.File {
	f := doctor.File{Path: path}
	st, err := os.Stat(path)
	if err != nil {
		f.Problem = plainError(err).Error()
		return f
	}
	f.Folder, f.Modified = st.IsDir(), st.ModTime()
	if f.Folder { // whose time changes with every file that comes and goes
		f.Modified = time.Time{}
	}
	if runtime.GOOS != "windows" { // where these bits say nothing
		f.Others, f.Group, f.Sticky = st.Mode()&0o002 != 0, st.Mode()&0o020 != 0, st.Mode()&os.ModeSticky != 0
	}
	return f
}

// lookAtStore reads a store to its end, and reports whether the file is one.
func lookAtStore(ctx context.Context, path string) (doctor.Store, bool) {
	s := doctor.Store{Path: path}
	f, err := describeHead(path)
	if err != nil || !revstore.Importer().Detect(f) {
		return s, false
	}
	store, err := revstore.Open(path)
	if err == nil {
		s.Entries = store.Len()
		err = store.Verify(ctx)
		store.Close()
	}
	s.Err = err
	return s, true
}

// lookAtTable reads the rows of a packed list, and says what is wrong with one.
func lookAtTable(path string) string {
	head, err := describeHead(path)
	if err != nil || !strings.Contains(string(head), `"`+trustlist.TableSchema+`"`) {
		return ""
	}
	data, err := os.ReadFile(path)
	if err == nil {
		err = trustlist.CheckTable(data)
	}
	if err != nil {
		return plainError(err).Error()
	}
	return ""
}

// describeHead reads the first bytes of a file.
func describeHead(path string) ([]byte, error) {
	in, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	head := make([]byte, trustlist.DetectSize)
	n, err := in.Read(head)
	if n == 0 && err == nil {
		err = errors.New("empty")
	}
	return head[:n], err
}

// doctorText is a report for a person: the worst first.
func doctorText(r *doctor.Report) string {
	var b strings.Builder
	marks := map[doctor.Level]string{doctor.Problem: "✖", doctor.Warning: "!", doctor.Note: "·", doctor.Fine: "✔"}
	for _, level := range []doctor.Level{doctor.Problem, doctor.Warning, doctor.Note, doctor.Fine} {
		for _, c := range r.Checks {
			if c.Level != level {
				continue
			}
			of := ""
			if c.Of != "" {
				of = escape(c.Of) + ": "
			}
			fmt.Fprintf(&b, "%s %s%s [%s]\n", marks[level], of, escape(c.Text), c.Code)
		}
	}
	if len(r.Dropped) > 0 {
		b.WriteString("\nLeft out\n")
		for _, d := range r.Dropped {
			fmt.Fprintf(&b, "  %4d %s: %s\n", d.Count, escape(d.Source), escape(d.Reason))
		}
	}
	b.WriteString("\nToday\n")
	for _, f := range r.Formats {
		if len(f.Refused) == 0 {
			fmt.Fprintf(&b, "  %-10s can be accepted: %d signers, %d authorities\n", f.ID, f.Signers, f.CAs)
		} else {
			fmt.Fprintf(&b, "  %-10s is referred: %s\n", f.ID, strings.Join(f.Refused, "; "))
		}
	}
	list := r.List.State
	if r.List.Name != "" {
		list = fmt.Sprintf("%s (%d keys, %s)", escape(r.List.Name), r.List.Anchors, r.List.State)
	}
	fmt.Fprintf(&b, "\nTrust list %s. Policy %s. As of %s. travelseal %s, %s, %s.\n", list, escape(r.Policy), r.AsOf, r.Version.Program, r.Version.Go, r.Version.System)
	return b.String()
}
