package cli

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// A gibibyte gives 1 GiB of zeros and counts what is taken of it.
type gibibyte struct{ taken int }

func (g *gibibyte) Read(p []byte) (int, error) {
	n := min(len(p), 1<<30-g.taken)
	clear(p[:n])
	g.taken += n
	if n == 0 {
		return 0, io.EOF
	}
	return n, nil
}

// maxMemory bounds all that is allocated, freed or not, for an input over the limit.
const maxMemory = 300 << 20

func TestStandardInputOverTheLimitIsNotReadOn(t *testing.T) {
	for _, verb := range []string{"verify", "inspect"} {
		var stdin gibibyte
		var stdout, stderr bytes.Buffer
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		code := Run(context.Background(), []string{verb, "--trust", trustFolder, stdinName}, &stdin, &stdout, &stderr)
		runtime.ReadMemStats(&after)
		if code != exitUnreadable {
			t.Errorf("%s: exit code %d, want %d", verb, code, exitUnreadable)
		}
		if stdin.taken > maxFile+1 {
			t.Errorf("%s: %d bytes were read, the limit is %d", verb, stdin.taken, maxFile)
		}
		if grown := after.TotalAlloc - before.TotalAlloc; grown > maxMemory {
			t.Errorf("%s: %d MiB were allocated, the limit is %d", verb, grown>>20, maxMemory>>20)
		}
		saysTooLarge(t, stdout.String(), stderr.String())
	}
}

func TestAFileOverTheLimitIsNotRead(t *testing.T) {
	name := filepath.Join(t.TempDir(), "large.png")
	if err := os.WriteFile(name, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(name, 8<<30); err != nil { // sparse: it takes no room
		t.Skipf("no file of 8 GiB can be made here: %v", err)
	}
	var stdout, stderr bytes.Buffer
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	code := Run(context.Background(), []string{"verify", "--trust", trustFolder, name}, nil, &stdout, &stderr)
	runtime.ReadMemStats(&after)
	if code != exitUnreadable {
		t.Errorf("exit code %d, want %d", code, exitUnreadable)
	}
	if grown := after.TotalAlloc - before.TotalAlloc; grown > maxFile/4 {
		t.Errorf("%d bytes were allocated; the file was read", grown)
	}
	saysTooLarge(t, stdout.String(), stderr.String())
}

func TestAFileAtTheLimitIsRead(t *testing.T) {
	for size, want := range map[int]error{maxFile - 1: nil, maxFile: nil, maxFile + 1: errTooLarge} {
		data, err := readLimited(io.LimitReader(&gibibyte{}, int64(size)))
		if err != want || err == nil && len(data) != size {
			t.Errorf("%d bytes: got %d and %v, want %v", size, len(data), err, want)
		}
	}
}

func saysTooLarge(t *testing.T, stdout, stderr string) {
	t.Helper()
	if stderr != "" {
		t.Errorf("standard error: %q, want nothing", stderr)
	}
	const sentence = "The file is larger than the limit. (more than 64 MiB) [input.too_large]"
	if strings.Count(stdout, sentence) != 1 || strings.Count(stdout, ": unreadable\n") != 1 {
		t.Errorf("standard output does not say once that the file is too large:\n%s", stdout)
	}
}
