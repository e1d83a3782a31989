package cli

import (
	"fmt"

	"github.com/spf13/cobra"
)

// strict makes wrong arguments of a command, and of all below it, usage errors. A command that names no arguments takes
// none, and one that only groups others shows its help.
func strict(c *cobra.Command) {
	check := c.Args
	if check == nil {
		check = noArgs
	}
	c.Args = func(c *cobra.Command, args []string) error {
		if err := check(c, args); err != nil {
			return &usageError{err}
		}
		return nil
	}
	if !c.Runnable() {
		c.RunE = func(c *cobra.Command, _ []string) error { return c.Help() }
	}
	for _, sub := range c.Commands() {
		strict(sub)
	}
}

// noArgs refuses every argument. The argument of a command that groups others is a misspelled one of them.
func noArgs(c *cobra.Command, args []string) error {
	switch {
	case len(args) == 0:
		return nil
	case !c.HasSubCommands():
		return fmt.Errorf("%q takes no arguments, not %q", c.CommandPath(), args[0])
	}
	hint := ""
	c.SuggestionsMinimumDistance = 2 // letters apart
	if near := c.SuggestionsFor(args[0]); len(near) > 0 {
		hint = fmt.Sprintf("; did you mean %q?", near[0])
	}
	return fmt.Errorf("unknown command %q for %q%s", args[0], c.CommandPath(), hint)
}

// helpCommand differs from the library's in that a command that does not exist is a mistake.
func helpCommand() *cobra.Command {
	return &cobra.Command{
		Use: "help [COMMAND]", Short: "Show the help of a command", Args: cobra.ArbitraryArgs,
		RunE: func(c *cobra.Command, args []string) error {
			about, rest, err := c.Root().Find(args)
			if err == nil {
				err = noArgs(about, rest)
			}
			if err != nil {
				return &usageError{err}
			}
			about.InitDefaultHelpFlag() // which help lists among the flags
			return about.Help()
		},
	}
}
