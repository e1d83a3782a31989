package cli

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/travelseal/travelseal/formats"
)

var (
	trustFolder = filepath.Join("..", "..", "testdata", "trust")
	documents   = filepath.Join("..", "..", "testdata", "eu-dcc")
	genuine     = filepath.Join(documents, "vaccination.txt")
)

// everyVerb has one sound call of every subcommand that prints a result.
var everyVerb = [][]string{
	{"verify", "--trust", trustFolder, genuine},
	{"verify", "--trust", trustFolder, "--output", "json", genuine},
	{"inspect", "--trust", trustFolder, genuine},
	{"formats"},
	{"explain"},
	{"explain", "seal.mismatch"},
	{"policy", "show"},
	{"policy", "check", filepath.Join("..", "..", "verify", "policyfile", "default.yaml")},
	{"version"},
	{"help"},
	{"help", "verify"},
	{"verify", "--help"},
	{"completion", "bash"},
	nil,
}

// A fullDisk takes some bytes and then fails as a file on a full disk does.
type fullDisk struct{ room int }

func (d *fullDisk) Write(p []byte) (int, error) {
	n := min(len(p), d.room)
	d.room -= n
	if n < len(p) {
		return n, &os.PathError{Op: "write", Path: "/dev/stdout", Err: errors.New("no space left on device")}
	}
	return n, nil
}

func TestAResultThatCannotBePrintedIsAFailure(t *testing.T) {
	for _, args := range everyVerb {
		for _, room := range []int{0, 10} {
			var stderr bytes.Buffer
			code := Run(context.Background(), args, strings.NewReader(""), &fullDisk{room: room}, &stderr)
			if code != exitFailed {
				t.Errorf("%q: exit code %d, want %d", args, code, exitFailed)
			}
			if got, want := stderr.String(), "travelseal: standard output: no space left on device\n"; got != want {
				t.Errorf("%q: standard error %q, want %q", args, got, want)
			}
		}
	}
}

func TestARejectionThatCannotBePrintedIsAFailureToo(t *testing.T) {
	var stderr bytes.Buffer
	code := Run(context.Background(), []string{"verify", "--trust", trustFolder, filepath.Join(documents, "forged.txt")}, nil, &fullDisk{}, &stderr)
	if code != exitFailed {
		t.Errorf("exit code %d, want %d", code, exitFailed)
	}
}

// A pieces counts the calls of Write.
type pieces struct{ n int }

func (p *pieces) Write(b []byte) (int, error) {
	p.n++
	return len(b), nil
}

func TestAResultIsPrintedInOnePiece(t *testing.T) {
	for _, args := range everyVerb {
		var stdout pieces
		if code := Run(context.Background(), args, strings.NewReader(""), &stdout, io.Discard); code != exitAccept || stdout.n != 1 {
			t.Errorf("%q: exit code %d after %d writes, want 0 after 1", args, code, stdout.n)
		}
	}
}

func TestNoArgumentsAreNotTheArgumentsOfTheProcess(t *testing.T) {
	process := os.Args
	defer func() { os.Args = process }()
	os.Args = []string{"travelseal", "nonsense"}
	if code := Run(context.Background(), nil, nil, io.Discard, io.Discard); code != exitAccept {
		t.Errorf("exit code %d, want %d and the help", code, exitAccept)
	}
}

func TestAnInterruptedRunPrintsNoVerdict(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for _, args := range [][]string{
		{"verify", "--trust", trustFolder, genuine},
		{"verify", "--trust", trustFolder, "--output", "json", genuine},
		{"verify", "--trust", trustFolder, filepath.Join(documents, "forged.png")},
		{"verify", "--trust", trustFolder, "missing.txt"},
		{"inspect", "--trust", trustFolder, genuine},
	} {
		var stdout, stderr bytes.Buffer
		if code := Run(ctx, args, strings.NewReader(""), &stdout, &stderr); code != exitInterrupted {
			t.Errorf("%q: exit code %d, want %d", args, code, exitInterrupted)
		}
		if stdout.Len() > 0 || stderr.String() != "travelseal: interrupted\n" {
			t.Errorf("%q: printed %q and %q, want one sentence on standard error", args, stdout.String(), stderr.String())
		}
	}
}

func TestAnInterruptionInTheMiddlePrintsNothingOfWhatWasDone(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	set, err := formats.NewSet(formats.Format{
		ID:     "slow",
		Detect: func(formats.Input) bool { return true },
		Decode: func(formats.Input, formats.Options) (*formats.Document, error) { return &formats.Document{}, nil },
		Trace: func(formats.Input, formats.Options) []formats.Step {
			cancel()
			return []formats.Step{{Name: "first"}}
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	var stdout, stderr bytes.Buffer
	code := run(ctx, []string{"inspect", "--trust", trustFolder, genuine}, &app{stdout: &stdout, stderr: &stderr, now: time.Now, set: set})
	if code != exitInterrupted || stdout.Len() > 0 || stderr.String() != "travelseal: interrupted\n" {
		t.Errorf("exit code %d, printed %q and %q", code, stdout.String(), stderr.String())
	}
}

func TestAnInterruptionDoesNotWaitForStandardInput(t *testing.T) {
	stdin, held := io.Pipe() // nobody writes, as at a terminal
	defer held.Close()
	ctx, cancel := context.WithCancel(context.Background())
	time.AfterFunc(20*time.Millisecond, cancel)
	var stdout, stderr bytes.Buffer
	done := make(chan int, 1)
	go func() {
		done <- Run(ctx, []string{"verify", "--trust", trustFolder, stdinName}, stdin, &stdout, &stderr)
	}()
	select {
	case code := <-done:
		if code != exitInterrupted || stdout.Len() > 0 || stderr.String() != "travelseal: interrupted\n" {
			t.Errorf("exit code %d, printed %q and %q", code, stdout.String(), stderr.String())
		}
	case <-time.After(10 * time.Second):
		t.Fatal("still waiting for standard input 10 s after the interruption")
	}
}

// An archive repeats a line until somebody has seen a result, or 64 MiB have been given.
type archive struct {
	line  []byte
	seen  <-chan struct{}
	given int
}

func (a *archive) Read(p []byte) (int, error) {
	select {
	case <-a.seen:
		return 0, io.EOF
	default:
	}
	if a.given >= 64<<20 {
		return 0, io.EOF
	}
	n := 0
	for len(p)-n >= len(a.line) {
		n += copy(p[n:], a.line)
	}
	a.given += n
	return n, nil
}

// A witness says once that something was printed.
type witness struct {
	once sync.Once
	seen chan struct{}
}

func (w *witness) Write(p []byte) (int, error) {
	w.once.Do(func() { close(w.seen) })
	return len(p), nil
}

func TestABatchPrintsWhileItReads(t *testing.T) {
	stdout := witness{seen: make(chan struct{})}
	stdin := archive{line: []byte("{\"id\":\"1\",\"text\":\"HC1:\"}\n"), seen: stdout.seen}
	var stderr bytes.Buffer
	code := Run(context.Background(), []string{"batch", "--trust", trustFolder, stdinName}, &stdin, &stdout, &stderr)
	if code != exitAccept {
		t.Errorf("exit code %d, want %d; standard error: %s", code, exitAccept, stderr.String())
	}
	if stdin.given >= 64<<20 {
		t.Error("64 MiB were read before the first result was printed")
	}
}

func TestStandardInputThatBreaksIsNamed(t *testing.T) {
	stdin, w := io.Pipe()
	w.CloseWithError(&os.PathError{Op: "read", Path: "/dev/stdin", Err: errors.New("input/output error")})
	var stdout, stderr bytes.Buffer
	code := Run(context.Background(), []string{"verify", "--trust", trustFolder, stdinName}, stdin, &stdout, &stderr)
	if code != exitFailed || stdout.Len() > 0 || stderr.String() != "travelseal: -: input/output error\n" {
		t.Errorf("exit code %d, printed %q and %q", code, stdout.String(), stderr.String())
	}
}
