package cli

import (
	"errors"
	"fmt"
	"os"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/verify"
)

// writePortrait writes the portrait that an issuer sealed to a file, for the officer to compare with the person. A picture
// that is not proved is never written: a face beside a verdict is believed. The error says why there is none.
func writePortrait(path string, r *verify.Report) error {
	var found []*formats.Image
	for _, d := range r.Documents {
		if d.Verified != nil && d.Verified.Portrait != nil && len(d.Verified.Portrait.Data) > 0 {
			found = append(found, d.Verified.Portrait)
		}
	}
	switch len(found) {
	case 0:
		return errors.New("no document has a portrait that its issuer sealed; nothing was written")
	case 1:
	default:
		return fmt.Errorf("%d documents have a sealed portrait; name one document, so that faces are not mixed up", len(found))
	}
	// The file is readable by the officer alone.
	if err := os.WriteFile(path, found[0].Data, 0o600); err != nil {
		return plainError(err)
	}
	return nil
}
