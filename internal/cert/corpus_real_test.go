package cert_test

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/internal/cert"
)

var update = flag.Bool("update", false, "write testdata/deviations.golden anew")

// Every certificate of every list is read and has a key that can be used. The golden file holds how often each deviation
// occurs on each list, so that a change of the reader that touches genuine certificates is seen.
func TestEveryPublishedCertificateIsRead(t *testing.T) {
	all := corpus(t)
	type tally struct {
		certificates, keys int
		codes              map[string]int // certificates that have the deviation
	}
	tallies := make(map[string]*tally)
	for i, r := range all {
		n := tallies[r.from]
		if n == nil {
			n = &tally{codes: make(map[string]int)}
			tallies[r.from] = n
		}
		n.certificates++
		c, err := cert.Parse(r.raw)
		if err != nil {
			t.Errorf("%s, certificate %d: %v", r.from, i, err)
			continue
		}
		if c.Key != nil && c.KeyProblem == nil {
			n.keys++
		} else {
			t.Errorf("%s, certificate %d: its key: %v", r.from, i, c.KeyProblem)
		}
		if err := c.Usable(); err != nil {
			t.Errorf("%s, certificate %d is not usable: %v", r.from, i, err)
		}
		if c.AlgorithmProblem != nil {
			t.Errorf("%s, certificate %d: its signature algorithm: %v", r.from, i, c.AlgorithmProblem)
		}
		var codes []string
		for _, d := range c.Deviations {
			if !slices.Contains(codes, d.Code) {
				codes = append(codes, d.Code)
				n.codes[d.Code]++
			}
		}
	}
	var b strings.Builder
	b.WriteString("# certificates of a list, those whose key can be used, and those that have a deviation\n")
	for _, s := range sources {
		n := tallies[s.name]
		if n == nil {
			t.Errorf("%s: no certificate was found", s.name)
			continue
		}
		fmt.Fprintf(&b, "%s: %d %d\n", s.name, n.certificates, n.keys)
		var codes []string
		for code := range n.codes {
			codes = append(codes, code)
		}
		slices.Sort(codes)
		for _, code := range codes {
			fmt.Fprintf(&b, "\t%s %d\n", code, n.codes[code])
		}
	}
	golden := filepath.Join("testdata", "deviations.golden")
	if *update {
		if err := os.WriteFile(golden, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(want, []byte(b.String())) {
		t.Errorf("the counts differ from %s; run with -update if that is meant:\n%s", golden, b.String())
	}
}

// Most link certificates and self-signed CSCAs of the lists are signed by a key of the lists, so that the signatures of real
// issuers are checked in every algorithm that they use.
func TestPublishedCACertificatesHoldUnderEachOther(t *testing.T) {
	var cas []*cert.Certificate
	seen := make(map[string]bool)
	for _, r := range corpus(t) {
		if strings.HasPrefix(r.from, "master list") && !seen[string(r.raw)] {
			seen[string(r.raw)] = true
			c, err := cert.Parse(r.raw)
			if err != nil {
				t.Fatal(err)
			}
			cas = append(cas, c)
		}
	}
	held, orphans, algorithms := 0, 0, make(map[string]int)
	for i, c := range cas {
		others := slices.DeleteFunc(slices.Clone(cas), func(o *cert.Certificate) bool {
			return !o.Subject.Equal(c.Issuer) && !bytes.Equal(o.SubjectKeyID, c.AuthorityKeyID)
		})
		var err error
		for _, o := range others {
			if err = c.CheckSignature(o); good(err) {
				break
			}
		}
		switch {
		case len(others) > 0 && good(err):
			held++
			algorithms[c.Algorithm.Name()]++
		case !c.SelfIssued():
			orphans++ // its issuer is on no list
		default:
			t.Logf("certificate %d of %s: no key of that name signed it: %v", i, c.Subject.Country, err)
		}
	}
	t.Logf("%d of %d hold, %d have no issuer on a list; %v", held, len(cas), orphans, algorithms)
	if held < 700 {
		t.Errorf("only %d of %d hold", held, len(cas))
	}
}
