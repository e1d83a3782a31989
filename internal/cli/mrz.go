package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/scan"
)

// mrzSource is how the zone of --mrz is named in reports, as the HTTP service names it.
const mrzSource = "mrz"

// readMRZ gives the printed zone that --mrz names: "@FILE", "-" for standard input, or the text itself, which works and
// is warned of, because process lists and the histories of shells keep it.
func (a *app) readMRZ(ctx context.Context, value string, files []string) (formats.Input, error) {
	text := []byte(value)
	path, isFile := strings.CutPrefix(value, "@")
	switch {
	case value == stdinName:
		path, isFile = stdinName, true
		for _, f := range files {
			if f == stdinName {
				return formats.Input{}, &usageError{errors.New("--mrz: standard input is read for a document already")}
			}
		}
	case !isFile:
		fmt.Fprintln(a.stderr, "travelseal: --mrz with the zone itself is kept by process lists and shell histories; use --mrz @FILE or --mrz -")
	}
	if isFile {
		var err error
		if text, err = a.readFile(ctx, path); err != nil {
			return formats.Input{}, fmt.Errorf("--mrz: %s: %w", escape(path), err)
		}
	}
	in := scan.Text(mrzSource, text)
	if in.Size() == 0 {
		return formats.Input{}, &usageError{errors.New("--mrz: the zone is empty")}
	}
	if f, err := a.set.Recognise(in); err != nil || f.ID != zoneFormat {
		return formats.Input{}, errors.New("--mrz: this is not a machine readable zone")
	}
	return in, nil
}

// zoneFormat is the format of the printed zone. A boarding pass may be as unsealed, and is no passport.
const zoneFormat formats.ID = "mrz"
