package gdhcn_test

import (
	"encoding/pem"
	"flag"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/travelseal/travelseal/internal/cert"
	"github.com/travelseal/travelseal/internal/vectors"
	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/trustlist/gdhcn"
)

var update = flag.Bool("update", false, "write testdata/published.golden anew")

// published is what a relying party has who pins the last certificate of WHO's chain and nothing else.
func published(t testing.TB) gdhcn.Trust {
	t.Helper()
	var trust gdhcn.Trust
	for rest := vectors.Sample(t, "who/TNG_TA.chain.pem"); ; {
		var block *pem.Block
		if block, rest = pem.Decode(rest); block == nil {
			break
		}
		trust.Between = append(trust.Between, parse(t, block.Bytes))
	}
	last := len(trust.Between) - 1
	trust.Roots, trust.Between = trust.Between[last:], trust.Between[:last]
	for _, name := range vectors.Samples(t, "who/participants/*.json") {
		trust.Authorities = append(trust.Authorities, trustlist.File{Name: path.Base(name), Data: vectors.Sample(t, name)})
	}
	return trust
}

func parse(t testing.TB, raw []byte) *cert.Certificate {
	t.Helper()
	c, err := cert.Parse(raw)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// The golden file holds, for the published lists, how many entries are kept and left out, and for what reason.
func TestPublishedLists(t *testing.T) {
	trust := published(t)
	at := time.Date(2026, 8, 22, 17, 5, 1, 0, time.UTC)
	var b strings.Builder
	for _, name := range []string{"who/did.json", "who/dev-did.json"} {
		l, err := gdhcn.ReadList(name, vectors.Sample(t, name), trust)
		if err != nil {
			t.Fatal(err)
		}
		counts := map[string]int{}
		for _, e := range l.Entries {
			what := "kept " + e.Usage + ", " + e.Authentication.String()
			if e.Dropped != "" {
				what = "dropped " + e.Usage + ": " + e.Dropped
			} else if at.After(e.Certificate.NotAfter) {
				what += ", expired"
			}
			counts[what]++
		}
		fmt.Fprintf(&b, "%s: %d entries, %d authorities signed by the trust anchor, %d refused\n", name, len(l.Entries), len(l.Authorities), len(l.Refused))
		for _, what := range sorted(counts) {
			fmt.Fprintf(&b, "\t%s %d\n", what, counts[what])
		}
	}
	golden := filepath.Join("testdata", "published.golden")
	if *update {
		if err := os.WriteFile(golden, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if b.String() != string(want) {
		t.Errorf("the counts differ from %s; run with -update if that is meant:\n%s", golden, b.String())
	}
}

// Of the signers of the published list, 414 were counted before to lead to an authority that the trust anchor has signed;
// with the certificates whose signatures of SHA-1 are tolerated by name there are more. 145 of the 149 that are valid lead
// to one. Test participants are counted here.
func TestPublishedSignersLeadToAuthorities(t *testing.T) {
	l, err := gdhcn.ReadList("did.json", vectors.Sample(t, "who/did.json"), published(t))
	if err != nil {
		t.Fatal(err)
	}
	at, pool := l.Created, cert.NewPool(l.Authorities)
	all, live, lead, liveLead := 0, 0, 0, 0
	for _, e := range l.Entries {
		if e.Usage != gdhcn.DSC {
			continue
		}
		valid := !at.After(e.Certificate.NotAfter)
		_, err := pool.Path(e.Certificate, nil, nil)
		all++
		if valid {
			live++
		}
		if err == nil {
			lead++
		}
		if err == nil && valid {
			liveLead++
		}
	}
	if all != 438 || live != 149 || lead != 421 || liveLead != 145 {
		t.Errorf("%d of %d signers, and %d of %d valid ones, lead to an authority", lead, all, liveLead, live)
	}
}

func sorted(m map[string]int) []string {
	var keys []string
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
