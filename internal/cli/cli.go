// Package cli is the command. Run is a function of its arguments and streams; the program around it only calls it.
//
// Results go to standard output, everything else to standard error. Nothing uses the network.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/all"
)

// Run runs the command and gives its exit code.
func Run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	return run(ctx, args, &app{stdin: stdin, stdout: stdout, stderr: stderr, now: time.Now, set: all.Set()})
}

// An app is what the subcommands share: the streams, the clock and the formats.
type app struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	now            func() time.Time
	set            *formats.Set
	code           int // what a subcommand that ran decided
}

func run(ctx context.Context, args []string, a *app) int {
	root := a.root()
	root.SetArgs(args)
	root.SetIn(a.stdin)
	root.SetOut(a.stdout)
	root.SetErr(a.stderr)
	err := root.ExecuteContext(ctx)
	var usage *usageError
	switch {
	case errors.Is(ctx.Err(), context.Canceled):
		fmt.Fprintln(a.stderr, "travelseal: interrupted")
		return exitInterrupted
	case errors.As(err, &usage):
		fmt.Fprintf(a.stderr, "travelseal: %v\nRun \"travelseal --help\" for usage.\n", err)
		return exitUsage
	case err != nil:
		fmt.Fprintf(a.stderr, "travelseal: %v\n", err)
		return exitFailed
	}
	return a.code
}

// A usageError is a mistake in the command line itself.
type usageError struct{ err error }

func (e *usageError) Error() string { return e.err.Error() }
func (e *usageError) Unwrap() error { return e.err }

func (a *app) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "travelseal",
		Short: "Says whether a travel or health document is genuine, how that is known, and what to do next",
		Long: `travelseal says whether a travel or health document is genuine, how that is known, and what to do next.

It works without a network. A verdict is for a trained person to act on: only proof rejects, what could not be
checked is referred with the reason, and no finding is by itself a ground to turn anyone away.

Exit codes: 0 accept, 3 refer, 4 reject, 5 nothing readable, 1 could not run, 2 usage, 130 interrupted.`,
		SilenceErrors: true, SilenceUsage: true,
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) > 0 {
				return &usageError{fmt.Errorf("unknown command %q", args[0])}
			}
			return c.Help()
		},
	}
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return &usageError{err} })
	root.CompletionOptions.HiddenDefaultCmd = true
	root.AddCommand(a.verifyCommand(), a.inspectCommand(), a.formatsCommand(), a.explainCommand(), a.policyCommand(), a.versionCommand())
	for _, c := range root.Commands() {
		check := c.Args
		if check == nil {
			check = cobra.NoArgs
		}
		c.Args = func(c *cobra.Command, args []string) error {
			if err := check(c, args); err != nil {
				return &usageError{err}
			}
			return nil
		}
	}
	return root
}
