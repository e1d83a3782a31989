package conformance

import (
	"bufio"
	"os"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/internal/vectors"
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

// unused fails for listed disagreements of cases that ran and were not compared in that expectation.
func (l listing) unused(t *testing.T, ran, used map[string]bool) {
	t.Helper()
	for key := range l {
		if ran[caseOf(key)] && !used[key] && !t.Failed() {
			t.Errorf("disagreements.txt lists %q, which the case does not compare", key)
		}
	}
}

// caseOf is the case that a key names: an expectation has no blank in it, and a case may.
func caseOf(key string) string { return key[:max(strings.LastIndexByte(key, ' '), 0)] }

func TestEveryListedDisagreementIsOfACase(t *testing.T) {
	known := make(map[string]bool)
	for _, c := range vectors.Health(t) {
		known[c.ID] = true
	}
	for _, c := range vectors.Travel(t) {
		known[c.ID] = true
	}
	for key := range readListing(t) {
		if !known[caseOf(key)] {
			t.Errorf("disagreements.txt lists %q, and there is no such case", key)
		}
	}
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
