package page_test

import (
	"os"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/travelseal/travelseal/httpapi"
	"github.com/travelseal/travelseal/internal/outside"
)

// axe reads axe-core, or skips the test where the environment variable AXE_CORE does not name its file.
func axe(t *testing.T) string {
	t.Helper()
	name := os.Getenv("AXE_CORE")
	if name == "" {
		outside.Absent(t, "AXE_CORE does not name the file axe.min.js of the npm package axe-core, so accessibility is not tested.")
	}
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// A violation is one rule of axe-core that the page breaks, and where.
type violation struct {
	ID    string   `json:"id"`
	Help  string   `json:"help"`
	Where []string `json:"where"`
}

// All rules are asked, those of best practice too, and what axe-core cannot decide counts as broken.
const askAxe = `axe.run(document, {resultTypes: ["violations", "incomplete"]}).then(r =>
	[...r.violations, ...r.incomplete].map(v => ({id: v.id, help: v.help, where: v.nodes.map(n => n.target.join(" ") + ": " + n.failureSummary)})))`

func TestThePageIsAccessible(t *testing.T) {
	source := axe(t)
	b := browser(t)
	real, all := service(t, httpapi.Limits{}), canned(t, everything(t))
	small := service(t, httpapi.Limits{Body: 100})
	good := specimen(t, "vaccination.txt")
	for _, c := range []struct {
		name, address string
		width         int64
		text          string // "" for the form alone
		complaints    int
	}{
		{"form", real, 900, "", 0},
		{"accept", real, 900, good, 0},
		{"refer, narrow", real, 320, specimen(t, "unknown-signer.txt"), 0},
		{"reject", real, 900, specimen(t, "forged.txt"), 0},
		{"everything", all, 900, "anything", 0},
		{"everything, narrow", all, 320, "anything", 0},
		{"problem", small, 900, good, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := open(t, b, c.address, c.width)
			if c.text != "" {
				p.do(enter("text", c.text), check())
			}
			p.do(chromedp.Evaluate[chromedp.Void](source))
			for _, scheme := range []string{"light", "dark"} {
				p.prefer(scheme)
				p.picture("axe-" + c.name + "-" + scheme)
				for _, v := range get(p, chromedp.Evaluate[[]violation](askAxe, chromedp.EvalAwaitPromise)) {
					t.Errorf("%s: %s (%s): %q", scheme, v.Help, v.ID, v.Where)
				}
			}
			p.forgive(c.complaints)
		})
	}
}
