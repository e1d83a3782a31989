package vical_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/mdoc"
	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/internal/mint/mobile"
	"github.com/travelseal/travelseal/internal/mint/pki"
	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/trustlist/vical"
	"github.com/travelseal/travelseal/verify"
)

// load reads files as a relying party's folder.
func load(t *testing.T, files map[string][]byte) (*trustlist.Snapshot, error) {
	t.Helper()
	dir := t.TempDir()
	for name, data := range files {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return trustlist.Loader{Importers: []trustlist.Importer{vical.Importer}}.Load(dir)
}

// judge gives what is said of a document under a list.
func judge(t *testing.T, list *trustlist.Snapshot, d mobile.Document) verify.DocumentReport {
	t.Helper()
	set, err := formats.NewSet(mdoc.Format)
	if err != nil {
		t.Fatal(err)
	}
	v, err := verify.New(verify.Config{
		Formats: set, Trust: list, Policy: verify.DefaultPolicy(mdoc.ID), Now: func() time.Time { return mint.AsOf },
	})
	if err != nil {
		t.Fatal(err)
	}
	return v.Inspect(t.Context(), []formats.Input{formats.Bytes(d.Build().Response)}).Documents[0]
}

func has(d verify.DocumentReport, code verify.Code) bool {
	return slices.ContainsFunc(d.Findings, func(f verify.Finding) bool { return f.Code == code })
}

func TestAnAuthorityOfAListVouchesForTheTypesThatTheListNames(t *testing.T) {
	list := mobile.Utopian()
	list.Infos[1].DocTypes = []string{mobile.LicenceType} // of the authority on the Brainpool curve
	trust, err := load(t, map[string][]byte{"provider.pem": utopia.Provider.PEM(), "list.vical": list.Encode()})
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range trust.Anchors() {
		if a.Source.Name == "list.vical" && (a.Role != trustlist.CA || !slices.Equal(a.Scope, []formats.ID{"mdoc"}) || a.Uses != formats.Travel || a.Country != "UT" || !a.Source.Date.Equal(mobile.ListedAt)) {
			t.Errorf("%+v", a)
		}
	}
	if n := len(trust.Anchors()); n != 3 {
		t.Errorf("%d anchors", n)
	}
	for name, d := range map[string]mobile.Document{
		"a licence": mobile.Licence(utopia.Signer), "a photo ID": mobile.PhotoID(utopia.Signer), "a licence on a Brainpool curve": mobile.Licence(utopia.SignerBrainpool),
	} {
		if got := judge(t, trust, d); got.Verdict != verify.Accept {
			t.Errorf("%s: %s, %v", name, got.Status, got.Findings)
		}
	}
	if got := judge(t, trust, mobile.PhotoID(utopia.SignerBrainpool)); got.Status != verify.Untrusted || !has(got, verify.SealWrongUse) {
		t.Errorf("a type that the list does not name: %s, %v", got.Status, got.Findings)
	}
	// Nothing else than mobile documents may be under these authorities.
	if got := judge(t, trust, mobile.Licence(utopia.IACA.Issue("DS UT 1", pki.DSC()))); got.Status != verify.Untrusted || !has(got, verify.SealOutOfScope) {
		t.Errorf("a signer of passports: %s, %v", got.Status, got.Findings)
	}
}

// A list answers for no list, itself included, and a file that nobody answers for is told.
func TestAListThatNobodyAnswersForIsDropped(t *testing.T) {
	own := mobile.Utopian()
	own.Signer = utopia.IACA.Issue("VICAL UT 1", mobile.VICALSigner())
	for name, c := range map[string]struct {
		files map[string][]byte
		taken int
	}{
		"a stranger's":                {map[string][]byte{"a.pem": pki.NewCSCA("stranger", mobile.Provider()).PEM(), "list": mobile.Utopian().Encode()}, 1},
		"its own authority's":         {map[string][]byte{"a.pem": utopia.Provider.PEM(), "list": own.Encode()}, 1},
		"beside one that is answered": {map[string][]byte{"a.pem": utopia.Provider.PEM(), "list": own.Encode(), "good": mobile.Utopian().Encode()}, 3},
	} {
		trust, err := load(t, c.files)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if n := len(trust.Anchors()); n != c.taken || !slices.ContainsFunc(trust.Dropped(), func(d trustlist.Dropped) bool { return d.Source == "list" }) {
			t.Errorf("%s: %d anchors, dropped %+v", name, n, trust.Dropped())
		}
	}
	if _, err := vical.Importer.Import(trustlist.Source{Name: "alone"}, mobile.Utopian().Encode(), nil); err == nil {
		t.Error("a list without a pinned provider is taken")
	}
	// An authority that is named for other documents answers for no list of these.
	other := trustlist.Anchor{Role: trustlist.CA, Certificate: utopia.Provider.Cert, Scope: []formats.ID{"emrtd"}}
	if _, err := vical.Importer.Import(trustlist.Source{Name: "passports"}, mobile.Utopian().Encode(), []trustlist.Anchor{other}); err == nil {
		t.Error("an authority of passports answers for a list of issuers of mobile documents")
	}
	other.Scope = []formats.ID{"mdoc"}
	if m, err := vical.Importer.Import(trustlist.Source{Name: "mobile"}, mobile.Utopian().Encode(), []trustlist.Anchor{other}); err != nil || len(m.Anchors) != 2 {
		t.Errorf("%v", err)
	}
}
