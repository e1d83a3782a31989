package de_test

import (
	"crypto/x509"
	"encoding/pem"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/travelseal/travelseal/internal/vectors"
	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/trustlist/de"
)

var update = flag.Bool("update", false, "write testdata/published.golden anew")

// The golden file holds what is kept and left out of the published list.
func TestThePublishedList(t *testing.T) {
	block, _ := pem.Decode(vectors.Sample(t, "eu/de-dsc-list-signing-key.pem"))
	key, err := x509.ParsePKIXPublicKey(block.Bytes)
	if err != nil {
		t.Fatal(err)
	}
	data := vectors.Sample(t, "eu/de-dsc-list.txt")
	l, err := de.ReadList("de-dsc-list.txt", data, de.Trust{Publisher: []trustlist.Anchor{{Key: key}}})
	if err != nil {
		t.Fatal(err)
	}
	counts := map[string]int{"items": len(l.Items), "made no earlier than " + l.Source.Date.UTC().Format(time.RFC3339): 1}
	for _, i := range l.Items {
		what := "kept " + i.Type + ", " + i.Authentication.String()
		if i.Dropped != "" {
			what = "dropped " + i.Type + ": " + i.Dropped
		}
		counts[what]++
	}
	var lines []string
	for what, n := range counts {
		lines = append(lines, fmt.Sprintf("%s %d\n", what, n))
	}
	slices.Sort(lines)
	text := strings.Join(lines, "")
	golden := filepath.Join("testdata", "published.golden")
	if *update {
		if err := os.WriteFile(golden, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if text != string(want) {
		t.Errorf("the counts differ from %s; run with -update if that is meant:\n%s", golden, text)
	}
}
