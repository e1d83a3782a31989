package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/travelseal/travelseal/trustlist/diff"
)

// alarmFlags are the limits beyond which a difference is an alarm.
type alarmFlags struct{ shrink, growth float64 }

func (f *alarmFlags) flags(c *cobra.Command) {
	c.Flags().Float64Var(&f.shrink, "alarm-shrink", 60, "percentage of keys of the list, a source or a country whose loss is an alarm")
	c.Flags().Float64Var(&f.growth, "alarm-growth", 10, "how many times as many keys or revoked documents are an alarm")
}

func (f *alarmFlags) options() (diff.Options, error) {
	if !(f.shrink > 0 && f.shrink <= 100) {
		return diff.Options{}, &usageError{fmt.Errorf("--alarm-shrink: %v is no percentage above 0", f.shrink)}
	}
	if !(f.growth >= 1) {
		return diff.Options{}, &usageError{fmt.Errorf("--alarm-growth: %v is less than 1", f.growth)}
	}
	return diff.Options{Shrink: f.shrink / 100, Growth: f.growth}, nil
}

func (a *app) trustDiffCommand() *cobra.Command {
	var limits alarmFlags
	var form, root string
	c := &cobra.Command{
		Use:   "diff OLD NEW",
		Short: "Say what differs between two trust lists, and what to look at before taking the newer one",
		Long: `diff loads two trust lists as --trust does and prints the keys that came, went and changed, by source, country and role,
and how many documents are revoked. Keys are told by the SHA-256 of their SubjectPublicKeyInfo.

Alarms: keys_shrunk, keys_grown, country_new, source_empty, source_vanished, source_older, revocations_shrunk,
revocations_grown, authentication_fell; "trust import" has key_returned as well.

Exit codes: 0 no alarm, 3 alarms, 1 a list could not be loaded, 2 usage.`,
		Example: "  travelseal trust diff trust-october/ trust-november/",
		Args:    cobra.ExactArgs(2),
		RunE: func(c *cobra.Command, args []string) error {
			if err := checkForm(form); err != nil {
				return err
			}
			o, err := limits.options()
			if err != nil {
				return err
			}
			before, err := a.loader(root).Load(args[0])
			if err != nil {
				return err
			}
			after, err := a.loader(root).Load(args[1])
			if err != nil {
				return err
			}
			r := diff.Compare(before, after, o)
			if len(r.Alarms) > 0 {
				a.code = exitRefer
			}
			return a.printDiff(r, form)
		},
	}
	limits.flags(c)
	c.Flags().StringVar(&root, "trust-root", "", "root file that signs the bundles among the two")
	c.Flags().StringVarP(&form, "output", "o", "text", "text or json (travelseal.trustdiff/1)")
	return c
}

func (a *app) printDiff(r *diff.Report, form string) error {
	if form == "json" {
		return a.printJSON(r)
	}
	fmt.Fprint(a.stdout, diffText(r))
	return nil
}

// diffText is a report for a person: the alarms first.
func diffText(r *diff.Report) string {
	var b strings.Builder
	for _, alarm := range r.Alarms {
		fmt.Fprintf(&b, "ALARM %s: %s: %s\n", alarm.Code, escape(alarm.Of), escape(alarm.Text))
	}
	fmt.Fprintf(&b, "%s → %s\n", listText(r.Old), listText(r.New))
	fmt.Fprintf(&b, "Keys: %s\n", countText(r.Keys))
	for _, section := range []struct {
		name string
		list []diff.Group
	}{{"Source", r.Sources}, {"Country", r.Countries}, {"Role", r.Roles}, {"Revoked", r.Revocations}} {
		for _, g := range section.list {
			if g.Added+g.Removed == 0 && g.OldAuthentication == g.NewAuthentication {
				continue
			}
			fmt.Fprintf(&b, "%s %s: %s", section.name, escape(g.Name), countText(g.Count))
			if g.OldAuthentication != g.NewAuthentication && g.Old > 0 && g.New > 0 {
				fmt.Fprintf(&b, "; %s → %s", g.OldAuthentication, g.NewAuthentication)
			}
			b.WriteByte('\n')
		}
	}
	for _, k := range r.Added {
		fmt.Fprintf(&b, "+ %s\n", keyText(k))
	}
	for _, k := range r.Removed {
		fmt.Fprintf(&b, "- %s\n", keyText(k))
	}
	for _, c := range r.Changed {
		fmt.Fprintf(&b, "~ %s: %s\n", keyText(c.Key), strings.Join(c.Fields, ", "))
	}
	return b.String()
}

func listText(l diff.List) string {
	name := l.Name
	if name == "" {
		name = "nothing"
	}
	if l.Created != nil {
		name += " of " + stamp(*l.Created)
	}
	return fmt.Sprintf("%s (%d anchors)", escape(name), l.Anchors)
}

func countText(c diff.Count) string {
	return fmt.Sprintf("%d → %d (+%d −%d)", c.Old, c.New, c.Added, c.Removed)
}

func keyText(k diff.Key) string {
	parts := []string{k.SPKI[:16], k.Role}
	for _, s := range []string{k.Country, escape(k.Issuer), "[" + escape(strings.Join(k.Sources, ", ")) + "]"} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, " ")
}
