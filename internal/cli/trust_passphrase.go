package cli

import (
	"bytes"
	"errors"
	"fmt"
	"os"

	"github.com/spf13/pflag"
	"golang.org/x/term"
)

// A passphrase comes from a file or from the terminal. It is never an argument or a variable of the environment, where other
// programs of the machine could read it.
type passphrase struct{ file string }

func (p *passphrase) flags(f *pflag.FlagSet) {
	f.StringVar(&p.file, "passphrase-file", "", "file whose first line is the passphrase; without it the terminal is asked")
}

// maxPassphrase bounds the file of a passphrase.
const maxPassphrase = 4 << 10

// get reads the passphrase; twice from a terminal if it is a new one.
func (p *passphrase) get(a *app, what string, twice bool) ([]byte, error) {
	if p.file != "" {
		st, err := os.Stat(p.file)
		if err == nil && st.Size() > maxPassphrase {
			err = errors.New("too large for a passphrase")
		}
		var data []byte
		if err == nil {
			data, err = os.ReadFile(p.file)
		}
		if err != nil {
			return nil, fmt.Errorf("--passphrase-file: %w", plainError(err))
		}
		line, _, _ := bytes.Cut(data, []byte("\n"))
		return bytes.TrimSuffix(line, []byte("\r")), nil
	}
	terminal, ok := a.stdin.(*os.File)
	if !ok || !term.IsTerminal(int(terminal.Fd())) {
		return nil, &usageError{errors.New("there is no terminal to ask for the passphrase: name a file with --passphrase-file")}
	}
	first, err := a.ask(terminal, "Passphrase of "+what+": ")
	if err != nil || !twice {
		return first, err
	}
	second, err := a.ask(terminal, "Once more: ")
	if err == nil && !bytes.Equal(first, second) {
		err = errors.New("the two passphrases differ")
	}
	return first, err
}

func (a *app) ask(terminal *os.File, prompt string) ([]byte, error) {
	fmt.Fprint(a.stderr, escape(prompt))
	defer fmt.Fprintln(a.stderr)
	return term.ReadPassword(int(terminal.Fd()))
}
