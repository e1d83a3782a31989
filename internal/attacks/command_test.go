package attacks_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/travelseal/travelseal/internal/cli"
	"github.com/travelseal/travelseal/internal/mint"
)

// The exit codes of the command that the tests ask for.
const exitAccept, exitRefer, exitReject, exitUnreadable, exitInterrupted = 0, 3, 4, 5, 130

// printed is what one run of the command gave.
type printed struct {
	code           int
	stdout, stderr string
}

// command runs a subcommand on a file with this content, with the signers of Utopia trusted.
func command(t *testing.T, name string, content []byte, args ...string) printed {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(file, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return execute(t, append(args, "--trust", folder(t, undated(mint.Anchors(ut.Signers()...)...)), file)...)
}

// undated is a trust list without a date: the command compares a list's date with the machine's clock.
func undated(anchors ...mint.Anchor) []byte { return mint.TrustJSON(time.Time{}, anchors...) }

// execute runs a subcommand as of the moment of every check.
func execute(t *testing.T, args ...string) printed {
	t.Helper()
	var stdout, stderr bytes.Buffer
	args = append(args, "--at", mint.AsOf.Format(time.RFC3339))
	code := cli.Run(t.Context(), args, bytes.NewReader(nil), &stdout, &stderr)
	return printed{code, stdout.String(), stderr.String()}
}

// harmlessText demands that a text can be sent to a terminal: that it is UTF-8 without control characters other than
// the line feed, and without characters that turn the direction of others or hide.
func harmlessText(t *testing.T, what, s string) {
	t.Helper()
	if !utf8.ValidString(s) {
		t.Errorf("%s is not UTF-8: %q", what, s)
	}
	for i, r := range s {
		joiner := r == 0x200c || r == 0x200d // names of several scripts need them
		if r != '\n' && unicode.IsControl(r) || unicode.Is(unicode.Cf, r) && !joiner || unicode.Is(unicode.Zl, r) || unicode.Is(unicode.Zp, r) {
			t.Errorf("%s has U+%04X at byte %d: %q", what, r, i, s[max(0, i-40):min(len(s), i+40)])
			return
		}
	}
}
