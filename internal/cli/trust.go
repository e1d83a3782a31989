package cli

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/trustlist/bundle"
	"github.com/travelseal/travelseal/trustlist/icao"
)

func (a *app) trustCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "trust",
		Short: "Look into trust material, fetch, import and compare it; sign, publish and install trust bundles",
		Args:  cobra.NoArgs,
		RunE:  func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(
		a.trustInspectCommand(), a.trustFetchCommand(), a.trustDiffCommand(), a.trustImportCommand(), a.trustRevocationsCommand(), a.trustKeyCommand(),
		a.trustInitCommand(), a.trustStageCommand(), a.trustSignCommand(), a.trustRotateCommand(), a.trustPublishCommand(), a.trustVerifyCommand(),
		a.trustInstallCommand(), a.trustStatusCommand(),
	)
	return c
}

func (a *app) trustInspectCommand() *cobra.Command {
	var roots []string
	var form, root string
	c := &cobra.Command{
		Use:   "inspect FILE…",
		Short: "Print every certificate of a master list, a directory or a file, or what a bundle holds",
		Long: `inspect prints every certificate of ICAO master lists, LDIF downloads of the ICAO PKD, and files of certificates: its
country, key, validity and names, the departures from the specification that were read nevertheless, and, where a
certificate is left out, why. Nothing that is printed is trusted for being there.

Of a trust bundle, a folder or an archive, it prints the roles with their keys, thresholds, versions and expiries, and the
data files. It is authentic where --trust-root names the root that signs it.

A master list is authentic where its signer leads to a certificate that --trust names. One that is not is printed all
the same, and the exit code is then 1.`,
		Example: "  travelseal trust inspect masterlist.ml --trust csca-of-the-publisher.pem",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if form != "text" && form != "json" {
				return &usageError{fmt.Errorf("--output: %q is neither text nor json", form)}
			}
			pins, err := a.roots(roots)
			if err != nil {
				return err
			}
			for _, path := range args {
				if bundle.IsBundle(path) {
					if err := a.inspectBundle(path, root, form); err != nil {
						return err
					}
					continue
				}
				if err := a.inspectTrust(c.Context(), path, pins, form); err != nil {
					return err
				}
			}
			return nil
		},
	}
	c.Flags().StringArrayVar(&roots, "trust", nil, "certificate of a publisher's authority (repeatable)")
	c.Flags().StringVarP(&form, "output", "o", "text", "text or json (an object a certificate)")
	c.Flags().StringVar(&root, "trust-root", "", "root file that answers for a bundle")
	return c
}

// roots are the authorities that --trust names.
func (a *app) roots(paths []string) ([]trustlist.Anchor, error) {
	if len(paths) == 0 {
		return nil, nil
	}
	list, err := trustlist.Load(paths...)
	if err != nil {
		return nil, err
	}
	return list.Anchors(), nil
}

func (a *app) inspectTrust(ctx context.Context, path string, roots []trustlist.Anchor, form string) error {
	data, err := a.readFile(ctx, path)
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	in, err := icao.Inspect(filepath.Base(path), data, roots)
	if err != nil {
		return err
	}
	if in.Problem != "" {
		a.code = exitFailed
	}
	if form == "json" {
		return a.trustJSON(in)
	}
	return a.trustText(in)
}

func (a *app) trustText(in *icao.Inspection) error {
	fmt.Fprintf(a.stdout, "%s: %s, %d certificates, SHA-256 %x\n", escape(in.Name), in.Kind, len(in.Rows), in.SHA256)
	switch {
	case in.Authentic:
		fmt.Fprintf(a.stdout, "  authentic: signed %s by %s\n", in.SigningTime.UTC().Format(time.RFC3339), escape(in.Signer))
	case in.Problem != "":
		fmt.Fprintf(a.stdout, "  NOT AUTHENTIC: %s\n", escape(in.Problem))
	case in.Version != 0:
		fmt.Fprintf(a.stdout, "  version %d; a directory signs nothing\n", in.Version)
	default:
		fmt.Fprintln(a.stdout, "  nobody signs such a file")
	}
	w := tabwriter.NewWriter(a.stdout, 0, 0, 2, ' ', 0)
	for _, r := range in.Rows {
		fmt.Fprintf(w, "%5d\t%s\t%s\t%s to %s\t%s\t%s\t%s\n", r.Index+1, escape(r.Country), r.Key, day(r.NotBefore), day(r.NotAfter),
			escape(r.Subject), r.Serial, remarks(r))
	}
	if err := w.Flush(); err != nil {
		return err
	}
	for _, d := range in.Dropped {
		fmt.Fprintf(a.stdout, "%s: LEFT OUT: %s\n", escape(d.Item), escape(d.Reason))
	}
	return nil
}

// remarks are what there is to say about a certificate beside what it says itself.
func remarks(r icao.Row) string {
	var list []string
	if len(r.Deviations) > 0 {
		list = append(list, "departs: "+strings.Join(r.Deviations, ", "))
	}
	if r.Dropped != "" {
		list = append(list, "LEFT OUT: "+escape(r.Dropped))
	}
	return strings.Join(list, "; ")
}

func day(t time.Time) string {
	if t.IsZero() {
		return "?"
	}
	return t.UTC().Format(time.DateOnly)
}

// trustRow is one certificate as JSON.
type trustRow struct {
	File       string   `json:"file"`
	Index      int      `json:"index"`
	Country    string   `json:"country,omitempty"`
	Key        string   `json:"key,omitempty"`
	NotBefore  string   `json:"not_before,omitempty"`
	NotAfter   string   `json:"not_after,omitempty"`
	Subject    string   `json:"subject,omitempty"`
	Serial     string   `json:"serial,omitempty"`
	Roles      string   `json:"roles,omitempty"`
	SHA256     string   `json:"sha256,omitempty"`
	Deviations []string `json:"deviations,omitempty"`
	Dropped    string   `json:"dropped,omitempty"`
	Authentic  bool     `json:"authentic"`
}

func (a *app) trustJSON(in *icao.Inspection) error {
	e := json.NewEncoder(a.stdout)
	e.SetEscapeHTML(false)
	for _, r := range in.Rows {
		row := trustRow{
			File: in.Name, Index: r.Index, Country: r.Country, Key: r.Key, Subject: r.Subject, Serial: r.Serial, Roles: r.Roles,
			Deviations: r.Deviations, Dropped: r.Dropped, Authentic: in.Authentic,
		}
		if r.Subject != "" || r.Serial != "" {
			row.NotBefore, row.NotAfter, row.SHA256 = day(r.NotBefore), day(r.NotAfter), hex.EncodeToString(r.SHA256[:])
		}
		if err := e.Encode(row); err != nil {
			return err
		}
	}
	return nil
}
