package verify_test

import (
	"bytes"
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/all"
	"github.com/travelseal/travelseal/formats/formatstest"
	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/verify"
)

// golden holds reports as they were printed. A change of a report shows in a review as a change of these files.
const golden = "testdata/golden"

func TestReportsArePrintedAsBefore(t *testing.T) {
	reports := goldenReports(t)
	for name, r := range reports {
		t.Run(name, func(t *testing.T) {
			var got bytes.Buffer
			if err := r.Encode(&got); err != nil {
				t.Fatal(err)
			}
			file := filepath.Join(golden, name+".json")
			if *update {
				if err := os.WriteFile(file, got.Bytes(), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(got.Bytes(), want) {
				t.Errorf("the report is not that of %s; if the change is meant, run go test ./verify -update\n%s", file, firstDifference(got.Bytes(), want))
			}
		})
	}
	for name := range goldenFiles(t) {
		if _, ok := reports[name]; !ok {
			t.Errorf("%s/%s.json is printed by no test: remove it", golden, name)
		}
	}
}

// firstDifference shows the first line in which two reports differ.
func firstDifference(got, want []byte) string {
	g, w := bytes.Split(got, []byte("\n")), bytes.Split(want, []byte("\n"))
	for i := range min(len(g), len(w)) {
		if !bytes.Equal(g[i], w[i]) {
			return "got:  " + string(g[i]) + "\nwant: " + string(w[i])
		}
	}
	return "one of them is longer"
}

// goldenFiles gives the printed reports by name.
func goldenFiles(t *testing.T) map[string][]byte {
	t.Helper()
	files := make(map[string][]byte)
	err := fs.WalkDir(os.DirFS(golden), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(filepath.Join(golden, filepath.FromSlash(name)))
		files[name[:len(name)-len(filepath.Ext(name))]] = data
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(files) == 0 {
		t.Fatalf("%s is empty", golden)
	}
	return files
}

// goldenReports are the reports of every document of testdata/eu-dcc, and of the cases that it has none of.
func goldenReports(t *testing.T) map[string]*verify.Report {
	t.Helper()
	corpus := formatstest.Load(t, "eu-dcc")
	list, err := trustlist.Load(filepath.Join(formatstest.Root(t), "testdata", "trust"))
	if err != nil {
		t.Fatal(err)
	}
	reports := make(map[string]*verify.Report)
	inputs := make(map[string]formats.Input)
	inspect := func(trust *trustlist.Snapshot, in []formats.Input, options ...verify.Option) *verify.Report {
		set := all.Set()
		v, err := verify.New(verify.Config{
			Formats: set, Trust: trust, Policy: verify.DefaultPolicy(set.IDs()...), Now: func() time.Time { return corpus.AsOf }, Version: "test",
		})
		if err != nil {
			t.Fatal(err)
		}
		return v.Inspect(context.Background(), in, options...)
	}
	for _, c := range corpus.Cases {
		in := formats.Bytes(c.Data)
		in.Source = c.Name + ".txt"
		inputs[c.Name] = in
		reports["eu-dcc-"+c.Name] = inspect(list, []formats.Input{in})
	}
	dated := func(created time.Time, next time.Time) *trustlist.Snapshot {
		revoked := &trustlist.Revocations{Created: created, NextUpdate: next}
		s, err := trustlist.New(trustlist.Info{Name: "dated", Version: 3, Created: created}, list.Anchors(), nil, revoked)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	one := []formats.Input{inputs["vaccination"]}
	hour := corpus.AsOf.Add(-time.Hour)
	reports["two-documents"] = inspect(list, []formats.Input{inputs["vaccination"], inputs["unknown-signer"]})
	reports["unverified-shown"] = inspect(list, []formats.Input{inputs["unknown-signer"]}, verify.ShowUnverified())
	reports["as-of"] = inspect(list, one, verify.AsOf(time.Date(2026, 3, 1, 8, 0, 0, 500_000_000, time.UTC)))
	reports["no-documents"] = inspect(list, nil)
	reports["list-fresh"] = inspect(dated(hour, corpus.AsOf.Add(time.Hour)), one)
	reports["list-stale"] = inspect(dated(corpus.AsOf.Add(-8*day), corpus.AsOf.Add(time.Hour)), one)
	reports["list-expired"] = inspect(dated(corpus.AsOf.Add(-100*day), corpus.AsOf.Add(time.Hour)), one)
	reports["list-from-the-future"] = inspect(dated(corpus.AsOf.Add(day), corpus.AsOf.Add(2*day)), one)
	reports["list-none"] = inspect(nil, one)
	reports["revocations-stale"] = inspect(dated(hour, hour), one)
	reports["authority-on-two-lists"] = inspect(twice(t, filepath.Join(formatstest.Root(t), "testdata", "trust", "emrtd", "ut-csca.pem")), passport(t))
	for name, r := range fakeReports(t) {
		reports[name] = r
	}
	return reports
}

// twice is a trust list that two sources have named the same authority for.
func twice(t *testing.T, file string) *trustlist.Snapshot {
	t.Helper()
	list, err := trustlist.Load(file)
	if err != nil {
		t.Fatal(err)
	}
	again := list.Anchors()[0]
	again.Source.Name = "another list"
	s, err := trustlist.New(trustlist.Info{Name: "two lists"}, append(list.Anchors(), again), nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// passport is the first chip of the testdata.
func passport(t *testing.T) []formats.Input {
	t.Helper()
	in := formatstest.Load(t, "emrtd").Cases[0].Input()
	in.Source = "passport"
	return []formats.Input{in}
}

// fakeReports are of documents of kinds that show what a certificate does not have.
func fakeReports(t *testing.T) map[string]*verify.Report {
	ut := newSigner("ut")
	ut.Issuer, ut.named.Issuer = "https://health.example", "https://health.example"
	w := newWorld(t, ut)

	family := ut.card()
	family.Parts[0].Unverified = formats.Claims{Subjects: slices.Concat(maren.Subjects, tobias.Subjects)}

	whole := ut.chip()
	whole.Parts[0].Unverified.Subjects = []formats.Subject{{
		Names: []formats.Name{
			{Family: "ACHTERBERG", Given: "MAREN", Script: "icao", Source: "DG1"},
			{Full: "Maren Achterberg", Source: "DG11"},
		},
		Birth: formats.Date{Year: 1984}, Sex: "F", Nationality: "UTO",
	}}
	whole.Parts[0].Unverified.Documents = []formats.DocRef{{
		Type: "P", Number: "X0000001", IssuingState: "UTO", Issued: formats.Date{Year: 2020, Month: time.May}, Expires: formats.Date{Year: 2030},
	}}
	whole.Parts[0].Unverified.Extra = []formats.Field{{Name: "ldsVersion", Value: "0108"}, {Name: "<&>", Value: "\u202e"}}
	whole.Parts[0].Unverified.Events = []formats.Event{{
		Kind: formats.Boarding, From: formats.DateOf(today.In(time.FixedZone("", 7*3600))), Place: "Amaurot",
		Product: formats.Coded{System: "fares", Code: "Y", Text: "economy"},
	}}
	dated := formats.Validity{IssuedAt: today.Add(-day), NotBefore: today.Add(-day), NotAfter: today.Add(day)}
	whole.Validity = dated

	help := says(verify.Finding{
		Code: "protect.minor", Effect: verify.Protect, Where: "documents[0].holder.birth_date",
		Text: "The holder is a child.", Cite: "Convention on the Rights of the Child, article 3", Next: "Ask for the adult who travels along.",
	}, verify.Finding{Code: "rule.name_differs", Effect: verify.Doubt, Text: "The names differ.", Cite: "these tests", Next: "Compare the names."})

	reports := map[string]*verify.Report{
		"several-people": w.inspect(t, family),
		"every-member":   w.inspect(t, whole),
		"holder-seal":    w.inspect(t, ut.device(newSigner("device"))),
		"altered-part":   w.inspect(t, changed(ut.chip())),
		"unsealed":       w.inspect(t, printed()),
	}
	w.Rules = []verify.Rule{help}
	reports["rules"] = w.inspect(t, ut.card(), newSigner("ut").device(newSigner("device")))
	w.Config.Policy = verify.Policy{}
	reports["zero-policy"] = w.inspect(t, ut.card())
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	reports["cancelled"] = w.verifier(t).Inspect(cancelled, w.inputs(ut.card()))
	return reports
}

// changed alters a file of a chip after it was sealed.
func changed(d *formats.Document) *formats.Document {
	d.Parts[1].Path[1].Data = []byte("file 2: a portrait of somebody else")
	return d
}
