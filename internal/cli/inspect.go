package cli

import (
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/verify"
)

func (a *app) inspectCommand() *cobra.Command {
	var s settings
	c := &cobra.Command{
		Use:   "inspect FILE…|-",
		Short: "Show how a document decodes, step by step",
		Long: `inspect decodes each document step by step and shows what every step found, up to the one that fails. It prints what the
document says, sealed or not, and is meant for people who need to know where a document breaks. The verdict follows.`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			v, options, err := a.verifier(&s)
			if err != nil {
				return err
			}
			inputs, unopened := a.readAll(c.Context(), args)
			if len(inputs) == 0 {
				a.code = exitFailed
				return nil
			}
			for _, in := range inputs {
				a.trace(in, s.decode)
			}
			r := v.Inspect(c.Context(), inputs, append(options, verify.ShowUnverified())...)
			a.code = exitOf(r, unopened)
			_, err = io.WriteString(a.stdout, renderReport(r, false))
			return err
		},
	}
	s.flags(c.Flags())
	return c
}

// trace prints the steps of one document.
func (a *app) trace(in formats.Input, o formats.Options) {
	fmt.Fprintf(a.stdout, "%s: %d bytes. What follows is UNVERIFIED.\n", escape(in.Source), in.Size())
	for i, s := range a.set.Trace(in, o) {
		name := fmt.Sprintf("step %d, %s", i, s.Name)
		if i == 0 {
			name = s.Name // the kind of document, before its own steps
		}
		if s.Err != nil {
			fmt.Fprintf(a.stdout, "  ✖ %s: %s\n", name, escape(whereAndWhy(s.Err)))
			continue
		}
		fmt.Fprintf(a.stdout, "  ✔ %s\n", name)
		for _, d := range s.Detail {
			fmt.Fprintf(a.stdout, "      %-22s %s\n", escape(d.Name), escape(d.Value))
		}
	}
	a.sealIDs(in, o)
	fmt.Fprintln(a.stdout)
}

// sealIDs prints the values by which a list of documents that were made with a stolen key names this one.
func (a *app) sealIDs(in formats.Input, o formats.Options) {
	doc, err := a.set.Decode(in, o)
	if err != nil {
		return // the steps have said so
	}
	for i := range doc.Seals {
		if s := &doc.Seals[i]; s.Role == formats.Issuer && len(s.Signature) > 0 {
			fmt.Fprintf(a.stdout, "  ID of seals[%d]: %x (for an overlay of the trust list)\n", i, verify.SealID(s))
		}
	}
}

// whereAndWhy is an error of decoding without the format and the step, which stand before it.
func whereAndWhy(err error) string {
	var fe *formats.Error
	if !errors.As(err, &fe) {
		return err.Error()
	}
	e := *fe
	e.Format, e.Step = "", ""
	if e.Offset >= 0 {
		return fmt.Sprintf("at byte %d: %s", e.Offset, e.Error())
	}
	return e.Error()
}
