package cli

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"github.com/travelseal/travelseal/trustlist/bundle"
)

func (a *app) trustStageCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "stage FOLDER DATA",
		Short: "Put the data files of the next bundle into a headquarters",
		Long: `stage copies the data files of a folder into a headquarters, in the place of those that were staged before:

  keys.* keys/* crl/*     whom to trust: certificates, lists, packed tables, revocation lists of certificates
  overlay.* policy.* provenance.*
  rev/*                   stores of revoked documents
  rules/* valuesets/* ref/*`,
		Example: "  travelseal trust stage hq/ data/",
		Args:    cobra.ExactArgs(2),
		RunE: func(_ *cobra.Command, args []string) error {
			r, err := bundle.OpenRepository(args[0])
			if err != nil {
				return err
			}
			all, err := r.Stage(args[1])
			if err != nil {
				return err
			}
			fmt.Fprintf(a.stdout, "staged %d files\n", len(all))
			return nil
		},
	}
}

func (a *app) trustSignCommand() *cobra.Command {
	var p passphrase
	var key, form string
	var renew []string
	c := &cobra.Command{
		Use:   "sign FOLDER",
		Short: "Add the signature of one key to the drafts of a headquarters",
		Long: `sign adds one key's signature to every draft that the key serves. The roles for which several people must sign come
first, then the snapshot and the timestamp; a role that waits for another is named. Sign once for each key.`,
		Example: "  travelseal trust sign hq/ --key anna.key",
		Args:    cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			if err := checkForm(form); err != nil {
				return err
			}
			if key == "" {
				return &usageError{fmt.Errorf("--key: name the key that signs")}
			}
			r, err := bundle.OpenRepository(args[0])
			if err != nil {
				return err
			}
			secret, err := p.get(a, filepath.Base(key), false)
			if err != nil {
				return err
			}
			signer, err := bundle.ReadKey(key, secret)
			if err != nil {
				return err
			}
			drafts, err := r.Sign(signer, a.now(), renew...)
			if err != nil {
				return err
			}
			return a.writeDrafts(drafts, form)
		},
	}
	p.flags(c.Flags())
	c.Flags().StringVar(&key, "key", "", "file of the key that signs")
	c.Flags().StringSliceVar(&renew, "renew", nil, "sign this role anew though nothing of it has changed (repeatable)")
	c.Flags().StringVarP(&form, "output", "o", "text", "text or json")
	return c
}

func checkForm(form string) error {
	if form != "text" && form != "json" {
		return &usageError{fmt.Errorf("--output: %q is neither text nor json", form)}
	}
	return nil
}

func (a *app) printDrafts(r *bundle.Repository, form string) error {
	drafts, err := r.Drafts(a.now())
	if err != nil {
		return err
	}
	return a.writeDrafts(drafts, form)
}

// draftRow is one role of a headquarters as JSON.
type draftRow struct {
	Role    string   `json:"role"`
	Version int64    `json:"version"`
	Expires string   `json:"expires,omitempty"`
	Drafted bool     `json:"drafted"`
	Signed  []string `json:"signed"`
	Need    int      `json:"need"`
	Before  int      `json:"need_before,omitempty"`
	Old     []string `json:"signed_before,omitempty"`
	Waits   string   `json:"waits,omitempty"`
	Ready   bool     `json:"ready"`
}

func (a *app) writeDrafts(drafts []bundle.Draft, form string) error {
	if form == "json" {
		rows := make([]draftRow, len(drafts))
		for i, d := range drafts {
			rows[i] = draftRow{
				Role: d.Role, Version: d.Version, Expires: moment(d.Expires), Drafted: d.Drafted, Signed: append([]string{}, d.Signed...), Need: d.Need,
				Before: d.Before, Old: d.Old, Waits: d.Waits, Ready: d.Ready,
			}
		}
		return a.encode(struct {
			Roles []draftRow `json:"roles"`
		}{rows})
	}
	w := tabwriter.NewWriter(a.stdout, 0, 0, 2, ' ', 0)
	for _, d := range drafts {
		fmt.Fprintf(w, "%s\tversion %d\t%s\n", d.Role, d.Version, draftText(d))
	}
	return w.Flush()
}

func draftText(d bundle.Draft) string {
	switch {
	case d.Waits != "":
		return "waits for " + d.Waits
	case !d.Drafted && d.Ready:
		return "stays as published, until " + moment(d.Expires)
	case !d.Drafted:
		return fmt.Sprintf("not drafted yet; %d must sign", d.Need)
	}
	text := fmt.Sprintf("%d of %d signatures", len(d.Signed), d.Need)
	if d.Before > 0 {
		text += fmt.Sprintf(", %d of %d of the root before", len(d.Old), d.Before)
	}
	if d.Ready {
		text += ", ready"
	}
	return text
}

func moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

// encode prints a value as JSON.
func (a *app) encode(v any) error {
	e := json.NewEncoder(a.stdout)
	e.SetEscapeHTML(false)
	e.SetIndent("", strings.Repeat(" ", 2))
	return e.Encode(v)
}
