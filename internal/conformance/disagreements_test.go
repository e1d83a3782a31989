package conformance

import (
	"bufio"
	"os"
	"strings"
	"testing"
)

// A listing is disagreements.txt: the case and the expectation that it differs in, and why.
type listing map[string]string

// readListing reads lines of the form "CASE EXPECTATION: reason". Lines that begin with # are comments.
func readListing(t *testing.T) listing {
	t.Helper()
	f, err := os.Open("disagreements.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	l := make(listing)
	lines := bufio.NewScanner(f)
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimSpace(lines.Text())
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		key, reason, ok := strings.Cut(line, ": ")
		if _, twice := l[key]; !ok || reason == "" || twice {
			t.Fatalf("disagreements.txt:%d: not of the form \"CASE EXPECTATION: reason\", or listed twice", n)
		}
		l[key] = reason
	}
	return l
}

// A comparison collects how one case differs from its expectations.
type comparison struct {
	t     *testing.T
	id    string
	list  listing
	used  map[string]bool
	tests int // how many expectations were compared
}

// same compares one expectation. A difference must be listed, and a listed one must be there.
func (c *comparison) same(expectation string, agrees bool, format string, args ...any) {
	c.t.Helper()
	c.tests++
	key := c.id + " " + expectation
	reason, listed := c.list[key]
	if listed {
		c.used[key] = true
	}
	switch {
	case agrees && listed:
		c.t.Errorf("%s agrees, but disagreements.txt lists it (%s)", expectation, reason)
	case !agrees && !listed:
		c.t.Errorf("%s: "+format, append([]any{expectation}, args...)...)
	}
}
