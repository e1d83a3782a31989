package cli

import (
	"encoding/json"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/trustlist/all"
	"github.com/travelseal/travelseal/trustlist/diff"
)

func (a *app) trustDiffCommand() *cobra.Command {
	var form string
	var bundles settings
	limits := diff.DefaultLimits
	c := &cobra.Command{
		Use:   "diff BEFORE AFTER",
		Short: "Compare two trust lists, and say whether a second person should look",
		Long: `diff loads two folders, files, stores or bundles as --trust does, and prints the keys that came, went, were withdrawn
or are back.

A list that is genuine can still be wrong. Where it has lost or gained more than the limits allow, where a country came
or went, or where a withdrawn key is back, that is said, and the exit code is 3: a second person should look before the
newer list is used.`,
		Example: "  travelseal trust diff trust-of-yesterday/ trust/",
		Args:    cobra.ExactArgs(2),
		RunE: func(_ *cobra.Command, args []string) error {
			if form != "text" && form != "json" {
				return &usageError{fmt.Errorf("--output: %q is neither text nor json", form)}
			}
			if limits.Removed < 0 || limits.Added < 0 || limits.Countries < 0 {
				return &usageError{fmt.Errorf("a limit is below 0")}
			}
			var lists [2]*trustlist.Snapshot
			for i, path := range args {
				var err error
				loader := all.Loader()
				loader.Resolve = func(path string) (*trustlist.Resolved, error) { return a.resolve(path, &bundles) }
				if lists[i], err = loader.Load(path); err != nil {
					return err
				}
			}
			d := diff.Compare(lists[0], lists[1])
			alarms := d.Alarms(limits)
			if len(alarms) > 0 {
				a.code = exitRefer
			}
			if form == "json" {
				return a.diffJSON(d, alarms)
			}
			return a.diffText(d, alarms)
		},
	}
	c.Flags().IntVar(&limits.Removed, "max-removed", limits.Removed, "keys of a hundred that may be gone")
	c.Flags().IntVar(&limits.Added, "max-added", limits.Added, "keys of a hundred that may have come")
	c.Flags().IntVar(&limits.Countries, "max-countries", limits.Countries, "countries that may have come or gone")
	c.Flags().StringVar(&bundles.trustRoot, "trust-root", "", "root file for bundles that are not installed")
	c.Flags().StringVarP(&form, "output", "o", "text", "text or json")
	return c
}

func (a *app) diffText(d diff.Diff, alarms []diff.Alarm) error {
	fmt.Fprintf(a.stdout, "%d keys before, %d after: %d came, %d went, %d withdrawn, %d back\n", d.Before, d.After, len(d.Added), len(d.Removed), len(d.Withdrawn), len(d.Restored))
	for _, part := range []struct {
		mark string
		list []diff.Entry
	}{{"+", d.Added}, {"-", d.Removed}, {"withdrawn", d.Withdrawn}, {"BACK", d.Restored}} {
		for _, e := range part.list {
			fmt.Fprintf(a.stdout, "  %s %s (%s)\n", part.mark, escape(e.String()), escape(e.Source))
		}
	}
	for _, c := range d.NewCountries {
		fmt.Fprintf(a.stdout, "  + country %s\n", escape(c))
	}
	for _, c := range d.LostCountries {
		fmt.Fprintf(a.stdout, "  - country %s\n", escape(c))
	}
	for _, alarm := range alarms {
		fmt.Fprintf(a.stdout, "%s: %s. A second person should look before this list is used.\n", alarm.Code, alarm.Text)
	}
	return nil
}

// diffJSON prints the difference as one object.
func (a *app) diffJSON(d diff.Diff, alarms []diff.Alarm) error {
	names := func(list []diff.Entry) []string {
		text := []string{}
		for _, e := range list {
			text = append(text, e.String())
		}
		return text
	}
	type alarm struct {
		Code string `json:"code"`
		Text string `json:"text"`
	}
	said := []alarm{}
	for _, x := range alarms {
		said = append(said, alarm(x))
	}
	e := json.NewEncoder(a.stdout)
	e.SetEscapeHTML(false)
	return e.Encode(struct {
		Before        int      `json:"before"`
		After         int      `json:"after"`
		Added         []string `json:"added"`
		Removed       []string `json:"removed"`
		Withdrawn     []string `json:"withdrawn"`
		Restored      []string `json:"restored"`
		NewCountries  []string `json:"new_countries,omitempty"`
		LostCountries []string `json:"lost_countries,omitempty"`
		Alarms        []alarm  `json:"alarms"`
	}{d.Before, d.After, names(d.Added), names(d.Removed), names(d.Withdrawn), names(d.Restored), d.NewCountries, d.LostCountries, said})
}
