package cli

import (
	"github.com/spf13/cobra"

	"github.com/travelseal/travelseal/verify"
)

func (a *app) verifyCommand() *cobra.Command {
	var s settings
	var o output
	var show bool
	c := &cobra.Command{
		Use:   "verify FILE…|-",
		Short: "Check the documents of one traveller",
		Long: `verify checks the documents of one traveller: pictures, text files, or "-" for standard input. All files named in one
call are one case; each document has its own status, and the case has the worst verdict.`,
		Example: "  travelseal verify --trust trust/ certificate.png",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if err := o.check(); err != nil {
				return err
			}
			v, options, err := a.verifier(&s)
			if err != nil {
				return err
			}
			if show {
				options = append(options, verify.ShowUnverified())
			}
			inputs, unopened := a.readAll(c.Context(), args)
			if len(inputs) == 0 {
				a.code = exitFailed
				return nil
			}
			r := v.Inspect(c.Context(), inputs, options...)
			a.code = exitOf(r, unopened)
			return o.write(a.stdout, a.terminal, r)
		},
	}
	s.flags(c.Flags())
	o.flags(c.Flags())
	c.Flags().BoolVar(&show, "show-unverified", false, "also show what unproved documents say, under that word")
	return c
}
