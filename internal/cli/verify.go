package cli

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/travelseal/travelseal/verify"
)

func (a *app) verifyCommand() *cobra.Command {
	var s settings
	var o output
	var show bool
	var mrz, portrait string
	c := &cobra.Command{
		Use:   "verify FILE…|FOLDER|-",
		Short: "Check the documents of one traveller",
		Long: `verify checks the documents of one traveller: pictures, text files, chips, travel credentials, archives, or "-" for standard input. All
files named in one call are one case; each document has its own status, and the case has the worst verdict. A passport's printed lines beside
a certificate, by --mrz or as a text file, are compared with it and not judged by themselves: nothing seals them.

A passport chip is a folder or an archive of its files (EF.SOD, DG1, DG2 …), or these files by name. A digital travel credential
is one file of any name. --portrait writes the picture of either where the issuer's seal covers it, for you to compare with the person.`,
		Example: "  travelseal verify --trust trust/ certificate.png\n  travelseal verify --trust trust/ certificate.png --mrz @lines.txt\n  travelseal verify --trust csca/ chip/ --portrait face.jpg",
		Args: func(c *cobra.Command, args []string) error {
			if len(args) == 0 && !c.Flags().Changed("mrz") {
				return errors.New("a FILE or --mrz is needed")
			}
			return nil
		},
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
			if c.Flags().Changed("mrz") {
				zone, err := a.readMRZ(c.Context(), mrz, args)
				var usage *usageError
				switch {
				case errors.As(err, &usage) && len(inputs) == 0:
					return err
				case err != nil: // the documents that could be read keep their verdicts
					fmt.Fprintf(a.stderr, "travelseal: %v\n", err)
					unopened++
				default:
					inputs = append(inputs, zone)
				}
			}
			if len(inputs) == 0 {
				a.code = exitFailed
				return nil
			}
			r := v.Inspect(c.Context(), inputs, options...)
			a.code = exitOf(r, unopened)
			if portrait != "" {
				if err := writePortrait(portrait, r); err != nil {
					fmt.Fprintf(a.stderr, "travelseal: --portrait: %v\n", err)
				}
			}
			return o.write(a.stdout, a.terminal, r)
		},
	}
	s.flags(c.Flags())
	o.flags(c.Flags())
	c.Flags().StringVar(&mrz, "mrz", "", "the passport's printed lines to compare with: @FILE, or - for standard input")
	c.Flags().StringVar(&portrait, "portrait", "", "file to write the sealed portrait of a chip or travel credential to")
	c.Flags().BoolVar(&show, "show-unverified", false, "also show what unproved documents say, under that word")
	return c
}
