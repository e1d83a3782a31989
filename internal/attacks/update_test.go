package attacks_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/internal/mint/lists"
	sources "github.com/travelseal/travelseal/trustlist/all"
	"github.com/travelseal/travelseal/trustlist/diff"
	"github.com/travelseal/travelseal/verify"
)

// draft imports a folder as one draft after another, and gives what the command printed and the place of the draft.
func draft(t *testing.T, s source, before string, args ...string) (printed, string) {
	t.Helper()
	dir := t.TempDir()
	sources, out := filepath.Join(dir, "sources"), filepath.Join(dir, "draft")
	if err := os.Mkdir(sources, 0o700); err != nil {
		t.Fatal(err)
	}
	for name, data := range s {
		if err := os.WriteFile(filepath.Join(sources, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	args = append([]string{"trust", "import", "--out", out, "--as-of", "2026-11-01", sources}, args...)
	if before != "" {
		args = append(args, "--previous", before)
	}
	return run(t, args...), out
}

// taken demands that an import wrote a draft, or stopped with an alarm and wrote nothing.
func taken(t *testing.T, name string, p printed, out, alarm string) {
	t.Helper()
	_, err := os.Stat(out)
	switch {
	case alarm == "" && (p.code != exitAccept || err != nil):
		t.Errorf("%s: %+v", name, p)
	case alarm != "" && (p.code != exitRefer || err == nil || !strings.Contains(p.stdout, "ALARM "+alarm+":")):
		t.Errorf("%s: no alarm %s, or a draft: %+v", name, alarm, p)
	}
}

// drafted is a Verifier that trusts what a draft holds.
func drafted(t *testing.T, out string) *verify.Verifier {
	t.Helper()
	list, err := sources.Loader().Load(filepath.Join(out, "keys.jsonl"), filepath.Join(out, "overlay.json"))
	if err != nil {
		t.Fatal(err)
	}
	return verifier(t, list, formats.Options{})
}

func offices(signers ...mint.Signer) source {
	s := source{}
	for _, c := range signers {
		s[c.Name+".pem"] = c.PEM()
	}
	return s
}

func TestA56_RemovedKeyThatComesBack(t *testing.T) {
	both, one := offices(ut.Vaccination, ut.Recovery), offices(ut.Recovery)
	p, first := draft(t, both, "")
	taken(t, "the first", p, first, "")
	p, second := draft(t, one, first, "--force", "--reason", "the key leaked", "--by", "reviewer")
	taken(t, "the removal", p, second, "")
	p, out := draft(t, both, second)
	taken(t, "it is back the next day", p, out, string(diff.KeyReturned))
	// Nor does it come back with another certificate or in another list.
	p, out = draft(t, one.with("other.json", undated(mint.Anchors(ut.Vaccination)...)), second)
	taken(t, "on another list", p, out, string(diff.KeyReturned))
	key := regexp.MustCompile(`key ([0-9a-f]{64}):`).FindStringSubmatch(p.stdout)
	if key == nil {
		t.Fatalf("%+v", p)
	}
	// Whoever forces it in has a list on which it stays withdrawn.
	p, out = draft(t, both, second, "--force", "--reason", "by mistake", "--by", "reviewer")
	taken(t, "forced", p, out, "")
	demand(t, drafted(t, out), "forced", formats.Text(vaccination.Build().Text), untrusted(verify.SealSignerWithdrawn))
	p, out = draft(t, both, second, "--restore", key[1], "--reason", "it had not leaked")
	taken(t, "restored", p, out, "")
	demand(t, drafted(t, out), "restored", formats.Text(vaccination.Build().Text), accepted)
	overlay, err := os.ReadFile(filepath.Join(out, "overlay.json"))
	if err != nil || !strings.Contains(string(overlay), "it had not leaked") {
		t.Errorf("%s, %v", overlay, err)
	}
	// What was carried on outlasts imports that have nothing to do with it.
	p, third := draft(t, one, second)
	taken(t, "nothing new", p, third, "")
	p, out = draft(t, both, third)
	taken(t, "it is back a week later", p, out, string(diff.KeyReturned))
}

func TestA80_EmptySourceInAnImport(t *testing.T) {
	whole := cards(lists.CardIssuer(mint.CardIssuer, cardJWK(cardIssuer))).with("ut.pem", ut.Recovery.PEM())
	p, first := draft(t, whole, "")
	taken(t, "the first", p, first, "")
	empty := cards().with("ut.pem", ut.Recovery.PEM())
	p, out := draft(t, empty, first)
	taken(t, "signed by the same key, and empty", p, out, string(diff.SourceEmpty))
	taken(t, "signed by the same key, and empty", p, out, string(diff.SourceVanished))
	p, out = draft(t, empty, "")
	taken(t, "without a list before", p, out, string(diff.SourceEmpty))
}

func TestA81_SuddenChange(t *testing.T) {
	five := []mint.Signer{ut.Vaccination, ut.Recovery, ut.Test, ut.AnyUse, ut.RSA}
	as := func(country string, signers ...mint.Signer) []byte {
		list := mint.Anchors(signers...)
		for i := range list {
			list[i].Country = country
		}
		return undated(list...)
	}
	p, first := draft(t, source{"list.json": as("UT", five...)}, "")
	taken(t, "the first", p, first, "")
	if !strings.Contains(p.stderr+p.stdout, "5 anchors") {
		t.Errorf("%+v", p)
	}
	for name, c := range map[string]struct {
		list  source
		alarm string
	}{
		"the same":         {source{"list.json": as("UT", five...)}, ""},
		"two gone":         {source{"list.json": as("UT", five[:3]...)}, ""},
		"three gone":       {source{"list.json": as("UT", five[:2]...)}, string(diff.KeysShrunk)},
		"another country":  {source{"list.json": as("UT", five...), "xo.json": as("XO", mint.Fresh("surprise"))}, string(diff.CountryNew)},
		"the list is gone": {source{"other.json": as("UT", five...)}, string(diff.SourceVanished)},
	} {
		p, out := draft(t, c.list, first)
		taken(t, name, p, out, c.alarm)
	}
	gone := source{"list.json": as("UT", five[:2]...)}
	p, out := draft(t, gone, first, "--second-signer")
	taken(t, "with a second signer", p, out, "")
	for member, args := range map[string][]string{`"needs_signatures": 2`: {"--second-signer"}, `"reason": "closed"`: {"--force", "--reason", "closed", "--by", "reviewer"}} {
		p, out := draft(t, gone, first, args...)
		taken(t, member, p, out, "")
		record, err := os.ReadFile(filepath.Join(out, "provenance.json"))
		if err != nil || !strings.Contains(string(record), member) || !strings.Contains(string(record), string(diff.KeysShrunk)) {
			t.Errorf("%s: %s, %v", member, record, err)
		}
	}
	// Many more revocations in one import, and fewer.
	revoking := func(n int) source {
		b := gateway.Batch("UCI")
		for i := range n {
			b.Of = append(b.Of, strings.Repeat("x", i+1))
		}
		return batches(b)
	}
	p, first = draft(t, revoking(20), "")
	taken(t, "the first", p, first, "")
	for n, alarm := range map[int]string{20: "", 200: "", 201: string(diff.RevocationsGrown), 19: string(diff.RevocationsShrunk)} {
		p, out := draft(t, revoking(n), first)
		taken(t, "revocations", p, out, alarm)
	}
}
