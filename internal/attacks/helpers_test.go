package attacks_test

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/all"
	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/verify"
)

// ut is the authority whose signers are trusted unless a test says otherwise, and vaccination a document of it.
var (
	ut          = mint.Utopia()
	vaccination = mint.Vaccination(ut.Vaccination)
)

// A want is what must be said of one document.
type want struct {
	status  verify.Status
	verdict verify.Verdict
	code    verify.Code // a finding that must be there; "" where none must
}

var accepted = want{verify.Authentic, verify.Accept, ""}

func noted(code verify.Code) want     { return want{verify.Authentic, verify.Accept, code} }
func doubted(code verify.Code) want   { return want{verify.Authentic, verify.Refer, code} }
func outdated(code verify.Code) want  { return want{verify.Authentic, verify.Reject, code} }
func disproved(code verify.Code) want { return want{verify.Invalid, verify.Reject, code} }
func untrusted(code verify.Code) want { return want{verify.Untrusted, verify.Refer, code} }
func unchecked(code verify.Code) want { return want{verify.Indeterminate, verify.Refer, code} }
func unreadable(code string) want {
	return want{verify.Unreadable, verify.Refer, verify.Code(code)}
}

// A mutant is an accepted document with one thing changed, and what must be said of it.
type mutant struct {
	name string
	doc  mint.HCERT
	want want
}

// attack shows that the sibling is accepted, and that each mutant of it is judged as it must be.
func attack(t *testing.T, v *verify.Verifier, sibling mint.HCERT, mutants ...mutant) {
	t.Helper()
	demand(t, v, "the sibling", formats.Text(sibling.Build().Text), accepted)
	for _, m := range mutants {
		t.Run(m.name, func(t *testing.T) {
			t.Helper()
			demand(t, v, m.name, formats.Text(m.doc.Build().Text), m.want)
		})
	}
}

// demand checks one document and compares its status, verdict and code with what must be said of it.
func demand(t *testing.T, v *verify.Verifier, what string, in formats.Input, w want) verify.DocumentReport {
	t.Helper()
	d := inspect(t, v, in).Documents[0]
	if d.Status != w.status || d.Verdict != w.verdict || w.code != "" && !slices.Contains(codes(d), w.code) {
		t.Errorf("%s: %s, %s, codes %v; want %s, %s, %s", what, d.Status, d.Verdict, codes(d), w.status, w.verdict, w.code)
	}
	return d
}

// personal is what the minted documents say of their holders and no report may show before it is proved.
var personal = []string{"Achterberg", "ACHTERBERG", "Maren", "MAREN", "1984-07-19", "4QX7HB2M9WKD", "UT0017243"}

// inspect checks documents and demands what must hold whatever they are: the same report each time, no panic of a
// decoder, a reason for every verdict other than accept, no claims before they are proved, and Open of one mind.
func inspect(t *testing.T, v *verify.Verifier, in ...formats.Input) *verify.Report {
	t.Helper()
	r := v.Inspect(t.Context(), in)
	text := encoded(t, r)
	if again := encoded(t, v.Inspect(t.Context(), in)); again != text {
		t.Errorf("two checks gave two reports:\n%s\n%s", text, again)
	}
	proved := false
	for _, d := range r.Documents {
		proved = proved || d.Status == verify.Authentic
		if slices.Contains(codes(d), verify.Code(formats.CodePanic)) {
			t.Errorf("a decoder panicked: %v", d.Findings)
		}
		if (d.Verified != nil) != (d.Status == verify.Authentic) || d.Unverified != nil {
			t.Errorf("%s: claims are shown that are not proved, or none that are", d.Status)
		}
		if d.Verdict != verify.Accept && !slices.ContainsFunc(d.Findings, func(f verify.Finding) bool { return f.Effect >= verify.Doubt }) {
			t.Errorf("%s without a reason: %v", d.Verdict, d.Findings)
		}
	}
	for _, secret := range personal {
		if !proved && strings.Contains(text, secret) {
			t.Errorf("a report on a document that is not proved says %q:\n%s", secret, text)
		}
	}
	if _, err := v.OpenCase(t.Context(), in...); (err == nil) != (r.Verdict == verify.Accept) {
		t.Errorf("Inspect says %s, and Open gives the error %v", r.Verdict, err)
	}
	return r
}

func encoded(t *testing.T, r *verify.Report) string {
	t.Helper()
	var b bytes.Buffer
	if err := r.Encode(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func codes(d verify.DocumentReport) []verify.Code {
	list := make([]verify.Code, len(d.Findings))
	for i, f := range d.Findings {
		list[i] = f.Code
	}
	return list
}

// changed gives a copy of a document after a function has worked on it.
func changed(h mint.HCERT, change func(*mint.HCERT)) mint.HCERT {
	change(&h)
	return h
}

// created is the date of the trust lists that the tests write: the day before every check.
var created = mint.AsOf.AddDate(0, 0, -1)

// list is a trust list of the project's own form with these keys.
func list(anchors ...mint.Anchor) []byte { return mint.TrustJSON(created, anchors...) }

// load writes files into a folder and reads it as trust material, as a user would.
func load(t *testing.T, files ...[]byte) *trustlist.Snapshot {
	t.Helper()
	trust, err := trustlist.Load(folder(t, files...))
	if err != nil {
		t.Fatal(err)
	}
	return trust
}

func folder(t *testing.T, files ...[]byte) string {
	t.Helper()
	dir := t.TempDir()
	for i, data := range files {
		if err := os.WriteFile(filepath.Join(dir, string(rune('a'+i))), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// trusting is a Verifier with the default policy that trusts what these files say.
func trusting(t *testing.T, files ...[]byte) *verify.Verifier {
	t.Helper()
	return verifier(t, load(t, files...), formats.Options{})
}

// utopia is a Verifier that trusts the document signers of Utopia.
func utopia(t *testing.T) *verify.Verifier {
	t.Helper()
	return trusting(t, list(mint.Anchors(ut.Signers()...)...))
}

func verifier(t *testing.T, trust *trustlist.Snapshot, o formats.Options, more ...formats.Format) *verify.Verifier {
	t.Helper()
	set, err := formats.NewSet(append(all.Formats(), more...)...)
	if err != nil {
		t.Fatal(err)
	}
	v, err := verify.New(verify.Config{
		Formats: set, Trust: trust, Policy: verify.DefaultPolicy(set.IDs()...), Options: o,
		Now: func() time.Time { return mint.AsOf },
	})
	if err != nil {
		t.Fatal(err)
	}
	return v
}
