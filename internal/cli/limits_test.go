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

	"github.com/travelseal/travelseal/internal/outside"
)

// A gibibyte gives 1 GiB of zeros, counts what is taken of it and watches what the taker keeps.
type gibibyte struct {
	taken int
	peak  uint64 // bytes on the heap, seen about every 4 MiB
}

func (g *gibibyte) Read(p []byte) (int, error) {
	n := min(len(p), 1<<30-g.taken)
	if n == 0 {
		return 0, io.EOF
	}
	clear(p[:n])
	if g.taken>>22 != (g.taken+n)>>22 {
		g.peak = max(g.peak, heap())
	}
	g.taken += n
	return n, nil
}

func heap() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// maxMemory bounds what an input over the limit costs, garbage included.
const maxMemory = 300 << 20

func TestStandardInputOverTheLimitIsNotReadOn(t *testing.T) {
	for _, verb := range []string{"verify", "inspect"} {
		var stdin gibibyte
		var stdout, stderr bytes.Buffer
		runtime.GC()
		before := heap()
		code := Run(context.Background(), []string{verb, "--trust", trustFolder, stdinName}, &stdin, &stdout, &stderr)
		peak := max(stdin.peak, heap())
		if code != exitUnreadable {
			t.Errorf("%s: exit code %d, want %d", verb, code, exitUnreadable)
		}
		if stdin.taken > maxFile+1 {
			t.Errorf("%s: %d bytes were read, the limit is %d", verb, stdin.taken, maxFile)
		}
		if peak > before+maxMemory {
			t.Errorf("%s: the heap grew by %d MiB, the limit is %d", verb, (peak-before)>>20, maxMemory>>20)
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
		outside.Absent(t, "No file of 8 GiB can be made here: "+err.Error())
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
	for size, want := range map[int]error{maxFile: nil, maxFile + 1: errTooLarge} {
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
