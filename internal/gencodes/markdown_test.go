package main

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/heuristics"
	"github.com/travelseal/travelseal/verify"
)

const published = "../../doc/codes.md"

func TestTheDocumentIsWhatTheGeneratorWrites(t *testing.T) {
	got, err := os.ReadFile(published)
	if err != nil {
		t.Fatalf("run go generate ./verify: %v", err)
	}
	want, err := markdown(explanations())
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Error("doc/codes.md is not what the generator writes: run go generate ./verify")
	}
}

func TestEveryCodeStandsInTheDocumentOnceWithItsWords(t *testing.T) {
	text, err := markdown(explanations())
	if err != nil {
		t.Fatal(err)
	}
	document := string(text)
	for _, e := range explanations() {
		heading := "\n### `" + string(e.Code) + "`\n"
		if n := strings.Count(document, heading); n != 1 {
			t.Errorf("%s has %d sections", e.Code, n)
			continue
		}
		_, own, _ := strings.Cut(document, heading)
		own, _, _ = strings.Cut(own, "\n#")
		for _, words := range []string{e.Text, e.Cite, e.Next, e.Limits, "`" + e.Effect.String() + "`"} {
			if !strings.Contains(own, words) {
				t.Errorf("%s: %q is missing", e.Code, words)
			}
		}
	}
}

func TestACodeThatBelongsToNoGroupIsRefused(t *testing.T) {
	list := append(explanations(), verify.Explanation{Code: "surprise.code", Text: "A surprise."})
	if _, err := markdown(list); err == nil {
		t.Error("it is left out in silence")
	}
}

func TestAGroupWithoutCodesHasNoHeading(t *testing.T) {
	text, err := markdown([]verify.Explanation{{Code: "rule.test", Text: "A sign."}})
	if err != nil {
		t.Fatal(err)
	}
	if s := string(text); !strings.Contains(s, "## Signs of fraud") || strings.Contains(s, "## Reading") {
		t.Error(s)
	}
}

func TestEveryLinkOfTheOverviewLeadsToAHeading(t *testing.T) {
	text, err := markdown(explanations())
	if err != nil {
		t.Fatal(err)
	}
	headings := map[string]bool{}
	for line := range strings.Lines(string(text)) {
		if title, ok := strings.CutPrefix(line, "## "); ok {
			headings[strings.ReplaceAll(strings.ToLower(strings.TrimSpace(title)), " ", "-")] = true
		}
	}
	links := 0
	for _, rest := range strings.Split(string(text), "](#")[1:] {
		target, _, _ := strings.Cut(rest, ")")
		links++
		if !headings[target] {
			t.Errorf("#%s leads nowhere", target)
		}
	}
	if links == 0 {
		t.Error("there is no overview")
	}
}

func explanations() []verify.Explanation {
	var list []verify.Explanation
	for _, c := range verify.Codes() {
		e, _ := verify.Explain(c)
		list = append(list, e)
	}
	return append(list, heuristics.Explain()...)
}
