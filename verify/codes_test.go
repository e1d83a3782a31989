package verify_test

import (
	"flag"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/heuristics"
	"github.com/travelseal/travelseal/scan"
	"github.com/travelseal/travelseal/verify"
)

var update = flag.Bool("update", false, "write testdata again: the golden reports, and codes that are new")

// publishedCodes lists every code that was ever published, one a line. Lines are added and never removed.
const publishedCodes = "testdata/codes.txt"

func TestNoCodeIsEverRemoved(t *testing.T) {
	data, err := os.ReadFile(publishedCodes)
	if err != nil && !(*update && os.IsNotExist(err)) {
		t.Fatal(err)
	}
	var listed []verify.Code
	for line := range strings.Lines(string(data)) {
		listed = append(listed, verify.Code(strings.TrimSpace(line)))
	}
	for _, c := range listed {
		if !slices.Contains(everyCode(), c) {
			t.Errorf("%s was published and is gone: programs and officers may hold it, so it must stay", c)
		}
	}
	all := listed
	for _, c := range everyCode() {
		if slices.Contains(listed, c) {
			continue
		}
		all = append(all, c)
		if !*update {
			t.Errorf("%s is new: choose its name for ever, then run go test ./verify -run Code -update", c)
		}
	}
	slices.Sort(all)
	if len(slices.Compact(slices.Clone(all))) != len(all) {
		t.Errorf("%s lists a code twice", publishedCodes)
	}
	if *update {
		var b strings.Builder
		for _, c := range all {
			b.WriteString(string(c) + "\n")
		}
		if err := os.WriteFile(publishedCodes, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// everyCode lists the codes of verdicts and of rules.
func everyCode() []verify.Code {
	codes := verify.Codes()
	for _, e := range heuristics.Explain() {
		codes = append(codes, e.Code)
	}
	return codes
}

var codeForm = regexp.MustCompile(`^[a-z]+\.[a-z0-9]+(_[a-z0-9]+)*$`)

func TestEveryCodeIsExplained(t *testing.T) {
	for _, c := range verify.Codes() {
		e, ok := verify.Explain(c)
		if !ok || e.Code != c {
			t.Errorf("%s has no explanation", c)
		}
		if !codeForm.MatchString(string(c)) {
			t.Errorf("%s is not of the form group.what_it_is", c)
		}
		if e.Text == "" || e.Cite == "" || e.Next == "" {
			t.Errorf("%s lacks its sentence, its citation or the next step", c)
		}
		if e.Effect >= verify.Doubt && e.Limits == "" {
			t.Errorf("%s is adverse (%s) and does not say what it does not mean", c, e.Effect)
		}
	}
	if _, ok := verify.Explain("seal.nothing"); ok || verify.Known("") {
		t.Error("a code that does not exist is explained")
	}
}

func TestEverySentenceIsOne(t *testing.T) {
	for _, c := range verify.Codes() {
		e, _ := verify.Explain(c)
		for what, s := range map[string]string{"text": e.Text, "next": e.Next, "limits": e.Limits} {
			if s == "" {
				continue
			}
			if !strings.HasSuffix(s, ".") || strings.HasSuffix(s, "..") || strings.Contains(s, "  ") || strings.TrimSpace(s) != s {
				t.Errorf("%s, %s: %q does not end in a full stop, or has loose spaces", c, what, s)
			}
			if first := s[:1]; first != strings.ToUpper(first) {
				t.Errorf("%s, %s: %q does not begin with a capital", c, what, s)
			}
		}
		if strings.HasSuffix(e.Cite, ".") {
			t.Errorf("%s: the citation %q ends in a full stop", c, e.Cite)
		}
	}
}

// An officer reads these sentences to a traveller, who may be holding somebody else's mistake.
var accusing = regexp.MustCompile(`(?i)\b(forg\w*|fak\w*|fraud\w*|counterfeit\w*|falsif\w*|liars?|lie[sd]?|lying|cheat\w*|decei\w*|decept\w*|impost\w*|` +
	`crim\w*|illegal\w*|illicit\w*|unlawful\w*|guilt\w*|suspect\w*|suspici\w*|offen[cds]\w*|arrest\w*|punish\w*|tamper\w*|bogus|sham|smuggl\w*|dishonest\w*)\b`)

// negations are the only sentences in which such a word may stand.
var negations = []string{"It does not mean that the document is forged."}

func TestNoSentenceAccusesAnybody(t *testing.T) {
	for _, c := range verify.Codes() {
		e, _ := verify.Explain(c)
		words := e.Text + " " + e.Next + " " + e.Limits
		for _, n := range negations {
			words = strings.ReplaceAll(words, n, "")
		}
		if found := accusing.FindString(words); found != "" {
			t.Errorf("%s says %q: say what was found, and nothing about anybody", c, found)
		}
	}
}

func TestTheWordListFindsAccusations(t *testing.T) {
	for _, s := range []string{"The document is forged.", "A fake.", "This is FRAUD.", "The holder lied.", "Illegal entry.", "A suspicious date."} {
		if !accusing.MatchString(s) {
			t.Errorf("%q passes", s)
		}
	}
	for _, s := range []string{"The list is a relief.", "It relies on a key.", "An earlier copy.", "The signature was made before."} {
		if accusing.MatchString(s) {
			t.Errorf("%q is found: %s", s, accusing.FindString(s))
		}
	}
}

// A code that a decoder or reader gives and that nobody explains would reach an officer without a word.
func TestTheCodesOfReadersAndDecodersAreExplained(t *testing.T) {
	for _, c := range []string{
		formats.CodeUnknownFormat, formats.CodeAmbiguous, formats.CodeVersion, formats.CodeTruncated, formats.CodeEncoding,
		formats.CodeEnvelope, formats.CodePayload, formats.CodeNonCanonical, formats.CodeTrailing, formats.CodeLimit, formats.CodePanic,
		formats.CodeSealHeader, formats.CodeSealUnsupported,
		scan.CodeTooLarge, scan.CodeNoSymbol, scan.CodeUnreadable, scan.CodeMediaType,
	} {
		if !verify.Known(verify.Code(c)) {
			t.Errorf("%s is not explained", c)
		}
	}
}

// A decoder may name a code that this version does not know. The finding must still say that something is not right.
func TestAProblemWithAnUnknownCodeIsStillADoubtInWords(t *testing.T) {
	ut := newSigner("ut")
	d := ut.card()
	d.Seals[0].Problem = formats.Problem{Code: "seal.of_the_future", Text: "a header of the future"}
	got := newWorld(t, ut).one(t, d)
	expect(t, got, verify.Indeterminate, verify.Refer)
	for _, f := range got.Findings {
		if f.Text == "" || f.Next == "" || !verify.Known(f.Code) {
			t.Errorf("the finding %s has no words", f.Code)
		}
	}
	if effect := got.Findings[0].Effect; effect != verify.Doubt {
		t.Errorf("its effect is %s", effect)
	}
}
