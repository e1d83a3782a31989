package cli

import (
	"encoding/hex"
	"fmt"
	"text/tabwriter"

	"github.com/travelseal/travelseal/trustlist/bundle"
)

// bundleReport is a verified bundle as JSON.
type bundleReport struct {
	Outcome      string       `json:"outcome"` // "authentic", "published", "installed", …
	Version      int64        `json:"version"`
	Created      string       `json:"created"`
	Expires      string       `json:"expires"`
	Expired      bool         `json:"expired"`
	SHA256       string       `json:"sha256"`
	Seen         string       `json:"seen,omitempty"`
	ClockSuspect bool         `json:"clock_suspect"`
	StateReset   bool         `json:"state_reset"`
	Roles        []bundleRole `json:"roles"`
	Files        []bundleFile `json:"files"`
	Extra        []string     `json:"extra,omitempty"` // files that nobody has signed, passed over
}

type bundleRole struct {
	Role      string   `json:"role"`
	Version   int64    `json:"version"`
	Expires   string   `json:"expires"`
	Threshold int      `json:"threshold"`
	Keys      []string `json:"keys"`
	Files     int      `json:"files"`
}

type bundleFile struct {
	Name   string `json:"name"`
	Role   string `json:"role"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

// writeContent prints a bundle. One that is doubted is a matter for a person, as a document is.
func (a *app) writeContent(c *bundle.Content, outcome, form string) error {
	if len(doubts(c.Info)) > 0 {
		a.code = exitRefer
	}
	if form == "json" {
		return a.encode(reportOf(c, outcome))
	}
	i := c.Info
	fmt.Fprintf(a.stdout, "bundle version %d: %s\n  made     %s\n  expires  %s\n  SHA-256  %x\n", i.Version, outcome, moment(i.Created), moment(i.Expires), i.SHA256)
	for _, d := range doubts(i) {
		fmt.Fprintf(a.stdout, "  DOUBT: %s\n", d)
	}
	w := tabwriter.NewWriter(a.stdout, 0, 0, 2, ' ', 0)
	for _, r := range i.Roles {
		fmt.Fprintf(w, "  %s\tversion %d\t%d of %d keys\tuntil %s\t%d files\n", r.Name, r.Version, r.Threshold, len(r.Keys), moment(r.Expires), r.Files)
	}
	for _, f := range c.Files {
		fmt.Fprintf(w, "  %s\t%d bytes\t%s\n", f.Name, f.Size, f.Role)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	for _, name := range c.Extra {
		fmt.Fprintf(a.stdout, "  passed over, as nobody has signed it: %s\n", escape(name))
	}
	return nil
}

func reportOf(c *bundle.Content, outcome string) bundleReport {
	i := c.Info
	r := bundleReport{
		Outcome: outcome, Version: i.Version, Created: moment(i.Created), Expires: moment(i.Expires), Expired: i.Expired, SHA256: hex.EncodeToString(i.SHA256[:]),
		Seen: moment(i.Seen), ClockSuspect: i.ClockSuspect, StateReset: i.StateReset, Files: []bundleFile{}, Extra: c.Extra,
	}
	for _, role := range i.Roles {
		r.Roles = append(r.Roles, bundleRole{role.Name, role.Version, moment(role.Expires), role.Threshold, role.Keys, role.Files})
	}
	for _, f := range c.Files {
		r.Files = append(r.Files, bundleFile{f.Name, f.Role, f.Size, hex.EncodeToString(f.SHA256[:])})
	}
	return r
}
