package cli

import (
	"context"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/all"
	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/scan"
	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/verify"
	"github.com/travelseal/travelseal/verify/policyfile"
)

var update = flag.Bool("update", false, "write testdata/golden again")

// A helper is a rule that offers help and casts a doubt, in this order of importance.
type helper struct{}

func (helper) Check(verify.Case) []verify.Finding {
	return []verify.Finding{
		{Code: "rule.example", Effect: verify.Doubt, Where: "documents[0].events", Text: "Two events lie close together.", Next: "Ask when they were."},
		{Code: "protect.example", Effect: verify.Protect, Where: "documents[0].holder", Text: "This person may need help.", Next: "Offer a chair and a colleague."},
	}
}

// A sheet is a report that a golden file shows.
type sheet struct {
	name    string
	inputs  []string // cases of internal/mint; "" for a picture without a code
	rules   []verify.Rule
	options []verify.Option
	colour  bool
}

var sheets = []sheet{
	{name: "accept", inputs: []string{"vaccination"}},
	{name: "accept-colour", inputs: []string{"vaccination"}, colour: true},
	{name: "refer", inputs: []string{"unknown-signer"}},
	{name: "refer-unverified", inputs: []string{"unknown-signer"}, options: []verify.Option{verify.ShowUnverified()}},
	{name: "reject", inputs: []string{"forged"}},
	{name: "expired", inputs: []string{"expired"}},
	{name: "not-yet-valid", inputs: []string{"not-yet-valid"}},
	{name: "several-documents", inputs: []string{"test-rat", "recovery", "forged", "truncated", ""}},
	{name: "protect-first", inputs: []string{"child"}, rules: []verify.Rule{helper{}}},
	{name: "names", inputs: []string{"name-thai", "name-arabic", "mononym", "birth-month"}},
}

func TestReportsLookAsTheirGoldenFiles(t *testing.T) {
	for _, s := range sheets {
		t.Run(s.name, func(t *testing.T) {
			got := renderReport(s.report(t), s.colour)
			golden := filepath.Join("testdata", "golden", s.name+".txt")
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("got:\n%s\nwant:\n%s", got, want)
			}
		})
	}
}

func TestEverySheetHasAGoldenFileAndNoOtherIsLeft(t *testing.T) {
	names, err := filepath.Glob(filepath.Join("testdata", "golden", "*"))
	if err != nil {
		t.Fatal(err)
	}
	if len(names) != len(sheets) {
		t.Errorf("%d golden files for %d sheets", len(names), len(sheets))
	}
}

func TestHelpIsOfferedBeforeTheVerdictIsGiven(t *testing.T) {
	text := renderReport(sheet{inputs: []string{"child"}, rules: []verify.Rule{helper{}}}.report(t), false)
	help, verdict, doubt := strings.Index(text, "♥ This person may need help."), strings.Index(text, "? REFER"), strings.Index(text, "Two events")
	if help != 0 || verdict < help || doubt < verdict {
		t.Errorf("help stands at %d, the verdict at %d, the doubt at %d; want this order from 0:\n%s", help, verdict, doubt, text)
	}
}

func TestAReportSaysTheSameWithoutColour(t *testing.T) {
	for _, s := range sheets {
		r := s.report(t)
		coloured := renderReport(r, true)
		for _, l := range looks {
			coloured = strings.ReplaceAll(coloured, l.colour, "")
		}
		if bare := strings.ReplaceAll(coloured, plain, ""); bare != renderReport(r, false) {
			t.Errorf("%s: with the colours taken off, the report reads:\n%s", s.name, bare)
		}
	}
}

// report checks the documents of a sheet under the default policy and the trust list of the test documents.
func (s sheet) report(t *testing.T) *verify.Report {
	t.Helper()
	set := all.Set()
	trust, err := trustlist.Load(trustFolder)
	if err != nil {
		t.Fatal(err)
	}
	file := policyfile.Default(set)
	v, err := verify.New(verify.Config{
		Formats: set, Trust: trust, Policy: file.Policy, Options: file.Options, Rules: s.rules,
		Now: func() time.Time { return mint.AsOf },
	})
	if err != nil {
		t.Fatal(err)
	}
	return v.Inspect(context.Background(), s.documents(t), s.options...)
}

func (s sheet) documents(t *testing.T) []formats.Input {
	t.Helper()
	texts := make(map[string]string)
	for _, c := range mint.Cases() {
		texts[c.Name] = c.Text
	}
	var inputs []formats.Input
	for _, name := range s.inputs {
		in := scan.Unreadable("blank.png", &scan.Error{Code: scan.CodeNoSymbol, Err: scan.ErrNoSymbol})
		if name != "" {
			if texts[name] == "" {
				t.Fatalf("there is no case %q", name)
			}
			in = formats.Text(texts[name])
			in.Source = name + ".txt"
		}
		inputs = append(inputs, in)
	}
	return inputs
}
