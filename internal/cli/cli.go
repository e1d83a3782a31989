// Package cli is the command. Run is a function of its arguments and streams; the program around it only calls it.
//
// Results go to standard output, everything else to standard error. Nothing uses the network but "trust fetch", which is told
// to, and "serve", which is asked.
package cli

import (
	"bytes"
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
	direct         io.Writer // standard output itself, for what is too long to be collected; see run
	terminal       bool      // whether standard output is one
	now            func() time.Time
	set            *formats.Set
	work           int  // the logarithm of what opening a new key file costs; 0 is the default
	code           int  // what a subcommand that ran decided
	stopped        bool // a service that was told to stop, and did
}

// run collects what a subcommand prints and writes it at the end in one piece or, after an error or an interruption, not
// at all: half a report must not be taken for one.
func run(ctx context.Context, args []string, a *app) int {
	var out bytes.Buffer
	stdout := a.stdout
	a.stdout, a.direct, a.terminal = &out, stdout, isTerminal(stdout)
	root := a.root()
	root.SetArgs(append([]string{}, args...)) // nil would mean the arguments of the process
	err := root.ExecuteContext(ctx)
	if ctx.Err() != nil && !(a.stopped && err == nil) {
		fmt.Fprintln(a.stderr, "travelseal: interrupted")
		return exitInterrupted
	}
	if err == nil && out.Len() > 0 {
		if _, failed := stdout.Write(out.Bytes()); failed != nil {
			err = fmt.Errorf("standard output: %w", plainError(failed))
		}
	}
	var usage *usageError
	switch {
	case errors.As(err, &usage):
		fmt.Fprintf(a.stderr, "travelseal: %s\nRun \"travelseal --help\" for usage.\n", escape(err.Error()))
		return exitUsage
	case err != nil:
		fmt.Fprintf(a.stderr, "travelseal: %s\n", escape(err.Error()))
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
	}
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return &usageError{err} })
	root.CompletionOptions.HiddenDefaultCmd = true
	root.SetIn(a.stdin)
	root.SetOut(a.stdout)
	root.SetErr(a.stderr)
	root.SetHelpCommand(helpCommand())
	root.AddCommand(a.verifyCommand(), a.inspectCommand(), a.batchCommand(), a.serveCommand(), a.trustCommand(), a.doctorCommand(), a.formatsCommand(), a.explainCommand(), a.policyCommand(), a.versionCommand())
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	strict(root)
	return root
}
