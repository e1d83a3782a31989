package cli

import (
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
	f, err := a.set.Recognise(in)
	switch {
	case in.Err != nil:
		fmt.Fprintf(a.stdout, "  ✖ reading: %s\n\n", escape(in.Err.Error()))
		return
	case err != nil:
		fmt.Fprintf(a.stdout, "  ✖ %s\n\n", escape(err.Error()))
		return
	}
	fmt.Fprintf(a.stdout, "  ✔ recognised as %s\n", f.Title)
	if f.Trace != nil {
		for i, step := range f.Trace(in, o) {
			a.step(i+1, step)
		}
	}
	fmt.Fprintln(a.stdout)
}

func (a *app) step(n int, s formats.Step) {
	if s.Err != nil {
		fmt.Fprintf(a.stdout, "  ✖ step %d, %s: %s\n", n, s.Name, escape(s.Err.Error()))
		return
	}
	fmt.Fprintf(a.stdout, "  ✔ step %d, %s\n", n, s.Name)
	for _, d := range s.Detail {
		fmt.Fprintf(a.stdout, "      %-22s %s\n", escape(d.Name), escape(d.Value))
	}
}
