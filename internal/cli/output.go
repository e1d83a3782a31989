package cli

import (
	"fmt"
	"io"
	"os"

	"github.com/spf13/pflag"
	"golang.org/x/term"

	"github.com/travelseal/travelseal/verify"
)

// output is how a report is printed.
type output struct{ form, colour string }

func (o *output) flags(f *pflag.FlagSet) {
	f.StringVarP(&o.form, "output", "o", "text", "text or json")
	f.StringVar(&o.colour, "color", "auto", "auto, always or never; NO_COLOR is honoured")
}

func (o *output) check() error {
	if o.form != "text" && o.form != "json" {
		return &usageError{fmt.Errorf("--output: %q is neither text nor json", o.form)}
	}
	if o.colour != "auto" && o.colour != "always" && o.colour != "never" {
		return &usageError{fmt.Errorf("--color: %q is not auto, always or never", o.colour)}
	}
	return nil
}

func (o *output) write(w io.Writer, terminal bool, r *verify.Report) error {
	if o.form == "json" {
		return r.Encode(w)
	}
	_, err := io.WriteString(w, renderReport(r, o.coloured(terminal)))
	return err
}

// coloured decides about colour: only on a terminal, and never against NO_COLOR (no-color.org) unless asked for.
func (o *output) coloured(terminal bool) bool {
	switch o.colour {
	case "always":
		return true
	case "never":
		return false
	}
	return terminal && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}
