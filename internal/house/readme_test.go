package house

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// A session is a command of the README and what the README shows under it.
type session struct{ name, command, output string }

// sessions reads the blocks of a README that are marked
//
//	<!-- command: name -->
//	```console
//	$ command
//	output
//	```
//
// A block may hold several commands. Blocks without the mark are for reading only.
func sessions(readme string) ([]session, error) {
	var list []session
	name, inside := "", false
	for line := range strings.Lines(readme) {
		text := strings.TrimRight(line, "\r\n")
		mark, marked := strings.CutPrefix(text, "<!-- command: ")
		command, isCommand := strings.CutPrefix(text, "$ ")
		switch {
		case inside && text == "```":
			name, inside = "", false
		case inside && isCommand:
			list = append(list, session{name: name, command: command})
		case inside:
			if len(list) == 0 || list[len(list)-1].name != name {
				return nil, fmt.Errorf("the block %q does not begin with a command", name)
			}
			list[len(list)-1].output += text + "\n"
		case marked && name == "":
			name = strings.TrimSuffix(mark, " -->")
		case name != "" && text == "```console":
			inside = true
		case name != "" && text != "":
			return nil, fmt.Errorf("the mark %q is followed by %q and not by a console block", name, text)
		}
	}
	if name != "" {
		return nil, fmt.Errorf("the block %q has no end", name)
	}
	return list, nil
}

func TestTheReadmeShowsWhatItsCommandsPrint(t *testing.T) {
	data, err := os.ReadFile(filepath.Join(root, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	list, err := sessions(string(data))
	if err != nil {
		t.Fatal(err)
	}
	ran := 0
	for _, s := range list {
		// Only the command's own lines are run here: "go test" would run this test again. See .ci/run.
		if !strings.HasPrefix(s.command, "go run ./cmd/travelseal") {
			continue
		}
		ran++
		t.Run(s.name, func(t *testing.T) {
			if got := console(t, s.command); anyMoment(got) != anyMoment(s.output) {
				t.Errorf("$ %s\nprints\n%s\nand README.md shows\n%s", s.command, got, s.output)
			}
		})
	}
	if ran == 0 {
		t.Error("README.md has no marked block with a go run ./cmd/travelseal command")
	}
}

// moment is the one thing in an output that differs from run to run.
var moment = regexp.MustCompile(`As of \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ`)

func anyMoment(output string) string { return moment.ReplaceAllString(output, "As of a moment") }

// console runs a command as a reader would and gives what the terminal shows, both streams in their order.
func console(t *testing.T, command string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	defer cancel()
	// Built first, so that no line about downloads comes between.
	build := exec.CommandContext(ctx, "go", "build", "-o", os.DevNull, "./cmd/travelseal")
	build.Dir = root
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	run := exec.CommandContext(ctx, "sh", "-c", command)
	run.Dir = root
	out, err := run.CombinedOutput()
	var exit *exec.ExitError // an exit code other than 0 is part of what is shown: go run prints it
	if err != nil && !errors.As(err, &exit) || ctx.Err() != nil {
		t.Fatalf("%s: %v %v", command, err, ctx.Err())
	}
	return string(out)
}

func TestMarkedBlocksAreReadFromAReadme(t *testing.T) {
	const readme = "text\n```console\n$ not marked\n```\n<!-- command: accept -->\n\n```console\n$ one a b\nx\n\ny\n$ two\n```\nmore\n"
	got, err := sessions(readme)
	want := []session{{"accept", "one a b", "x\n\ny\n"}, {"accept", "two", ""}}
	if err != nil || fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got %q, %v; want %q", got, err, want)
	}
	for _, bad := range []string{
		"<!-- command: a -->\nno block\n",
		"<!-- command: a -->\n```console\n$ x\n",
		"<!-- command: a -->\n```console\nx\n```\n",
	} {
		if got, err := sessions(bad); err == nil {
			t.Errorf("%q gives %q and no error", bad, got)
		}
	}
}
