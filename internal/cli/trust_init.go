package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/travelseal/travelseal/trustlist/bundle"
)

func (a *app) trustInitCommand() *cobra.Command {
	var p planFlags
	c := &cobra.Command{
		Use:   "init FOLDER",
		Short: "Begin a headquarters that signs trust bundles",
		Long: `init makes the folder of a headquarters and drafts the first root, which says who signs what. The folder holds no
private key. Sign the drafts with "trust sign", and publish with "trust publish".`,
		Example: "  travelseal trust init hq/ --offline anna.pub --offline bela.pub --offline cora.pub --threshold 2 --online hq.pub",
		Args:    cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			plan, err := p.plan()
			if err != nil {
				return err
			}
			r, err := bundle.Init(args[0], plan, a.now())
			if err != nil {
				return err
			}
			return a.printDrafts(r, "text")
		},
	}
	p.flags(c.Flags())
	return c
}

func (a *app) trustRotateCommand() *cobra.Command {
	var p planFlags
	c := &cobra.Command{
		Use:   "rotate FOLDER",
		Short: "Draft the next root: other keys, other thresholds, another period",
		Long: `rotate drafts the next root. The roles that the flags name get other keys, the others keep theirs; without flags the
root is renewed as it is. Enough keys of the old root and enough keys of the new one must sign it, so that every post
can follow it.`,
		Example: "  travelseal trust rotate hq/ --offline bela.pub --offline cora.pub --offline dora.pub --threshold 2",
		Args:    cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			if len(p.days) > 0 {
				return &usageError{fmt.Errorf("--days: the periods stand in %s/headquarters.json", strings.TrimSuffix(args[0], "/"))}
			}
			plan, err := p.plan()
			if err != nil {
				return err
			}
			r, err := bundle.OpenRepository(args[0])
			if err != nil {
				return err
			}
			if err := r.Rotate(plan, a.now()); err != nil {
				return err
			}
			return a.printDrafts(r, "text")
		},
	}
	p.flags(c.Flags())
	return c
}
