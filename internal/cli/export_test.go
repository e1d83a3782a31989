package cli

import (
	"context"
	"io"
	"time"

	"github.com/travelseal/travelseal/formats/all"
)

// RunAt is Run with a clock that stands, for outputs that are compared byte for byte.
func RunAt(ctx context.Context, now time.Time, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	clock := func() time.Time { return now }
	return run(ctx, args, &app{stdin: stdin, stdout: stdout, stderr: stderr, now: clock, set: all.Set(), work: 10})
}
