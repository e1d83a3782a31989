package gdhcn_test

import (
	"errors"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/mint/lists"
	"github.com/travelseal/travelseal/internal/vectors"
	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/trustlist/gdhcn"
)

// load loads a folder of these files, as --trust does.
func load(t testing.TB, files map[string][]byte) (*trustlist.Snapshot, error) {
	t.Helper()
	dir := t.TempDir()
	for name, data := range files {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return trustlist.Loader{Importers: gdhcn.Importers}.Load(dir)
}

func chain() []byte { return slices.Concat(network.Root.PEM(), network.Between.PEM()) }

func TestALoaderTakesWhatLeadsToARoot(t *testing.T) {
	data := lists.WHO(utopian(network.SCA, "SCA"), utopian(network.DSC, "DSC"), utopian(network.Stranger, "SCA"), utopian(network.StrangerDSC, "DSC"))
	s, err := load(t, map[string][]byte{"did.json": data, "sca.json": network.Authority(network.SCA), "chain.pem": chain()})
	if err != nil {
		t.Fatal(err)
	}
	got := map[trustlist.Authentication]int{}
	for _, a := range s.Anchors() {
		got[a.Source.Authentication]++
	}
	if got[trustlist.ByHand] != 2 || got[trustlist.SignedEntry] != 1 || got[trustlist.IssuedUnderEntry] != 1 || len(s.Dropped()) != 2 {
		t.Errorf("%v, dropped %v", got, s.Dropped())
	}
	if !s.Info().Created.IsZero() {
		t.Error("the list has a date, which nobody has signed")
	}
	kid, _ := gdhcn.ReadList("", data, anyone)
	found := s.Find(formats.Signer{KeyID: kid.Entries[1].KeyID})
	if len(found) != 1 || found[0].Source.Name != "did.json" {
		t.Errorf("%+v", found)
	}
}

func TestALoaderRefusesWhatNothingVouchesFor(t *testing.T) {
	for name, c := range map[string]struct {
		files map[string][]byte
		want  string
	}{
		"no root":          {map[string][]byte{"did.json": good(), "sca.json": network.Authority(network.SCA)}, "TNG_TA.chain.pem"},
		"no authorities":   {map[string][]byte{"did.json": good(), "chain.pem": chain()}, "TNG_TA.signed.SCA.json"},
		"another's root":   {map[string][]byte{"did.json": good(), "sca.json": network.Authority(network.SCA), "chain.pem": network.Stranger.PEM()}, "none leads"},
		"a list of nobody": {map[string][]byte{"did.json": lists.WHO(), "chain.pem": chain()}, gdhcn.ErrEmpty.Error()},
	} {
		s, err := load(t, c.files)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		reason := ""
		for _, d := range s.Dropped() {
			reason += d.Source + ": " + d.Reason + "\n"
		}
		for _, a := range s.Anchors() {
			if a.Source.Authentication != trustlist.ByHand {
				t.Errorf("%s: %s of %s", name, a.Source.Authentication, a.Source.Name)
			}
		}
		if !strings.Contains(reason, c.want) {
			t.Errorf("%s: dropped %q", name, reason)
		}
	}
	dir := t.TempDir()
	file := filepath.Join(dir, "did.json")
	if err := os.WriteFile(file, good(), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := (trustlist.Loader{Importers: gdhcn.Importers}).Load(file); !errors.Is(err, gdhcn.ErrUnpinned) {
		t.Errorf("a list named by itself: %v", err)
	}
}

// The published list, its authorities and WHO's chain in one folder give the keys that the chain answers for.
func TestALoaderTakesThePublishedList(t *testing.T) {
	files := map[string][]byte{"did.json": vectors.Sample(t, "who/did.json"), "chain.pem": vectors.Sample(t, "who/TNG_TA.chain.pem")}
	for _, name := range vectors.Samples(t, "who/participants/*.json") {
		files[path.Base(name)] = vectors.Sample(t, name)
	}
	s, err := load(t, files)
	if err != nil {
		t.Fatal(err)
	}
	got := map[trustlist.Authentication]int{}
	for _, a := range s.Anchors() {
		got[a.Source.Authentication]++
	}
	if got[trustlist.ByHand] != 3 || got[trustlist.SignedEntry] == 0 || got[trustlist.IssuedUnderEntry] < 414 || got[trustlist.Transport] != 0 {
		t.Errorf("%v", got)
	}
}

func FuzzReadList(f *testing.F) {
	f.Add(lists.WHO(utopian(network.SCA, "SCA"), utopian(network.DSC, "DSC"), utopian(network.StrangerDSC, "DSC")))
	f.Add(lists.WHO("did:web:example.com", utopian(network.DSC, "DESC")))
	f.Add(lists.WHOProof{By: proofKey}.Prove(strangers()))
	trust := pinned(f, network.Authority(network.SCA))
	trust.Signers = signedBy(f, proofKey).Signers
	canonical, err := gdhcn.Canonical(lists.JSON(strangers()))
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var le *trustlist.LoadError
		l, err := gdhcn.ReadList("did.json", data, trust)
		if err != nil {
			if !errors.As(err, &le) {
				t.Fatal(err)
			}
			return
		}
		for i, e := range l.Entries {
			issued := e.Certificate != nil && e.Certificate.CheckSignature(l.Authorities[0]) == nil
			if e.Index != i || e.Dropped == "" && e.Certificate == nil || e.Authentication == trustlist.IssuedUnderEntry && !issued {
				t.Fatalf("%+v", e)
			}
		}
		if got, _ := gdhcn.Canonical(data); l.Proof.Signer != nil && got != canonical {
			t.Fatalf("the proof is said to cover\n%s", got)
		}
		l.Material()
	})
}

// Whatever a file holds, an authority is what the trust anchor signed.
func FuzzReadAuthority(f *testing.F) {
	f.Add(network.Authority(network.SCA))
	f.Add(network.Authority(network.DSC))
	trust := pinned(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := gdhcn.ReadAuthority("sca.json", data, trust)
		if err == nil && !slices.Equal(c.Raw, network.SCA.Cert) {
			t.Fatalf("%s was signed by nobody", c.Subject)
		}
	})
}
