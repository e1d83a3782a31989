package cli

import (
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"github.com/travelseal/travelseal/trustlist/fetch"
)

func (a *app) trustFetchCommand() *cobra.Command {
	var into, form string
	var only []string
	c := &cobra.Command{
		Use:   "fetch SOURCES.yaml",
		Short: "Fetch published lists from the addresses of an allow-list into a folder",
		Long: `fetch asks the addresses of an allow-list for published trust lists and writes them into a folder. It is the only
command that uses the network for trust material; everything else works from files.

It trusts nothing that it fetches. The files are taken by --trust only where a key, a certificate or a digest that you
have pinned in the same folder, or beside it, answers for them. How each file came stands in the folder provenance.

Only https is asked, only the addresses on the list, and only on the open network. A redirect is followed to an address
that the list has for it. A web page in place of a list is not kept, and a file that cannot be had leaves the one that
is there as it is; the exit code is then 1.

The allow-list:

  schema: travelseal.sources/1
  sources:
    - name: who.json                # the file's name in the folder
      url: https://…/did.json
      form: json                    # json, jws, cbor, der, pem, ldif or text
      max_size: 8000000             # bytes; optional
      sha256: …                     # the digest that it must have; optional
      redirects: [https://…]        # on the same host; optional`,
		Example: "  travelseal trust fetch sources.yaml --into trust/",
		Args:    cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if form != "text" && form != "json" {
				return &usageError{fmt.Errorf("--output: %q is neither text nor json", form)}
			}
			if into == "" {
				return &usageError{errors.New("--into is needed: the folder for the files")}
			}
			data, err := a.readFile(c.Context(), args[0])
			if err != nil {
				return fmt.Errorf("%s: %w", args[0], err)
			}
			sources, err := fetch.Parse(data)
			if err != nil {
				return fmt.Errorf("%s: %w", args[0], err)
			}
			if sources, err = chosen(sources, only); err != nil {
				return &usageError{err}
			}
			if err := os.MkdirAll(into, 0o755); err != nil {
				return plainError(err)
			}
			f := fetch.New(a.now)
			for _, s := range sources {
				if err := a.fetched(f.Fetch(c.Context(), s, into), form); err != nil {
					return err
				}
			}
			return nil
		},
	}
	c.Flags().StringVar(&into, "into", "", "folder for the files (needed)")
	c.Flags().StringArrayVar(&only, "only", nil, "fetch the source of this name alone (repeatable)")
	c.Flags().StringVarP(&form, "output", "o", "text", "text or json (an object a source)")
	return c
}

// chosen are the sources of these names; all where none is named.
func chosen(sources []fetch.Source, only []string) ([]fetch.Source, error) {
	if len(only) == 0 {
		return sources, nil
	}
	for _, name := range only {
		if !slices.ContainsFunc(sources, func(s fetch.Source) bool { return s.Name == name }) {
			return nil, fmt.Errorf("--only: the list has no source %q", name)
		}
	}
	return slices.DeleteFunc(sources, func(s fetch.Source) bool { return !slices.Contains(only, s.Name) }), nil
}

// fetchedRow is what became of one source, as JSON.
type fetchedRow struct {
	Name      string `json:"name"`
	State     string `json:"state"`
	Reason    string `json:"reason,omitempty"`
	SHA256    string `json:"sha256,omitempty"`
	Size      int64  `json:"size,omitempty"`
	FetchedAt string `json:"fetched_at,omitempty"`
	Authentic bool   `json:"authentic"` // never true: fetching authenticates nothing
}

// fetched prints what became of one source.
func (a *app) fetched(r fetch.Result, form string) error {
	row := fetchedRow{Name: r.Name, State: string(r.State)}
	if r.Err != nil {
		a.code = exitFailed
		row.Reason = r.Err.Error()
	} else {
		row.SHA256, row.Size, row.FetchedAt = hex.EncodeToString(r.Record.SHA256[:]), r.Record.Size, r.Record.FetchedAt.Format(time.RFC3339)
	}
	if form == "json" {
		e := json.NewEncoder(a.stdout)
		e.SetEscapeHTML(false)
		return e.Encode(row)
	}
	if r.Err != nil {
		_, err := fmt.Fprintf(a.stdout, "%s: REFUSED: %s\n", escape(r.Name), escape(row.Reason))
		return err
	}
	_, err := fmt.Fprintf(a.stdout, "%s: %s, %d bytes, SHA-256 %s, of %s; not authenticated by this\n", escape(r.Name), r.State, r.Record.Size, row.SHA256, row.FetchedAt)
	return err
}
