package cli

import (
	"fmt"
	"os"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/heuristics"
	"github.com/travelseal/travelseal/verify"
	"github.com/travelseal/travelseal/verify/policyfile"
)

func (a *app) formatsCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "formats",
		Short: "List the kinds of document that are known, with their tolerances",
		RunE: func(*cobra.Command, []string) error {
			for _, f := range a.set.List() {
				for _, id := range f.IDs() {
					p, _ := a.set.Lookup(id)
					fmt.Fprintf(a.stdout, "%-12s %s\n%13s%s\n", p.ID, p.Title, "", p.Spec)
				}
				for _, t := range f.Tolerances {
					a.tolerance(t)
				}
			}
			return nil
		},
	}
}

func (a *app) tolerance(t formats.Tolerance) {
	state := "on"
	if !t.On {
		state = "off"
	}
	fmt.Fprintf(a.stdout, "%13stolerance %s (%s): %s. Departs from %s.\n", "", t.Name, state, t.Why, t.Cite)
}

func (a *app) explainCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "explain [CODE]",
		Short:   "Say what a code means, what it rests on and what to do",
		Example: "  travelseal explain seal.mismatch",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			codes := explanations()
			if len(args) == 0 {
				for _, e := range codes {
					fmt.Fprintf(a.stdout, "%-34s %s\n", e.Code, e.Text)
				}
				return nil
			}
			i := slices.IndexFunc(codes, func(e verify.Explanation) bool { return string(e.Code) == args[0] })
			if i < 0 {
				return &usageError{fmt.Errorf("%q is not a code; \"travelseal explain\" lists them", args[0])}
			}
			e := codes[i]
			fmt.Fprintf(a.stdout, "%s (%s)\n  %s\n  Rests on: %s\n  Next:     %s\n", e.Code, e.Effect, e.Text, e.Cite, e.Next)
			if e.Limits != "" {
				fmt.Fprintf(a.stdout, "  Limits:   %s\n", e.Limits)
			}
			return nil
		},
	}
}

// explanations lists what every code means: those of the verdict and those of the rules, in alphabetical order.
func explanations() []verify.Explanation {
	var all []verify.Explanation
	for _, c := range verify.Codes() {
		e, _ := verify.Explain(c)
		all = append(all, e)
	}
	all = append(all, heuristics.Explain()...)
	slices.SortFunc(all, func(a, b verify.Explanation) int { return strings.Compare(string(a.Code), string(b.Code)) })
	return all
}

func (a *app) policyCommand() *cobra.Command {
	c := &cobra.Command{Use: "policy", Short: "Show the default policy, or check a policy file"}
	c.AddCommand(
		&cobra.Command{
			Use: "show", Short: "Print the policy that is in force where none is given",
			RunE: func(*cobra.Command, []string) error {
				_, err := a.stdout.Write(policyfile.DefaultText)
				return err
			},
		},
		&cobra.Command{
			Use: "check FILE", Short: "Say whether a policy file can be used", Args: cobra.ExactArgs(1),
			RunE: func(_ *cobra.Command, args []string) error {
				if _, err := os.Stat(args[0]); err != nil {
					return fmt.Errorf("policy: %s: %w", escape(args[0]), plainError(err))
				}
				f, err := a.policyFile(args[0])
				if err != nil {
					return err
				}
				fmt.Fprintf(a.stdout, "policy %s can be used; it accepts %s\n", escape(f.Policy.ID), joinIDs(f.Policy.Accept))
				return nil
			},
		},
	)
	return c
}

func joinIDs(ids []formats.ID) string {
	if len(ids) == 0 {
		return "nothing"
	}
	names := make([]string, len(ids))
	for i, id := range ids {
		names[i] = string(id)
	}
	return strings.Join(names, ", ")
}

func (a *app) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use: "version", Short: "Print the version",
		RunE: func(*cobra.Command, []string) error {
			_, err := fmt.Fprintln(a.stdout, "travelseal", version())
			return err
		},
	}
}

// version is the module's version as the Go tools stamped it, or "devel" for a build from a work tree.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" || info.Main.Version == "(devel)" {
		return "devel"
	}
	return info.Main.Version
}
