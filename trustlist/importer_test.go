package trustlist_test

import (
	"bytes"
	"encoding/pem"
	"errors"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/trustlist"
)

// fake is the importer of an invented list: JSON with the member "fake", and files beside that begin with "seal". Its one
// anchor is what the test says.
type fake struct {
	anchor trustlist.Anchor
	signer []byte
	err    error

	roots  []trustlist.Anchor
	beside []trustlist.File
}

func (f *fake) importer() trustlist.Importer {
	return trustlist.Importer{
		Name:   "fake list",
		Detect: func(data []byte) bool { return trustlist.HasMembers(data, "fake") },
		Beside: func(data []byte) bool { return bytes.HasPrefix(data, []byte("seal")) },
		ImportBeside: func(src trustlist.Source, _ []byte, roots []trustlist.Anchor, beside []trustlist.File) (trustlist.Material, error) {
			f.roots, f.beside = roots, beside
			a := f.anchor
			src.Authentication = a.Source.Authentication
			a.Source = src
			return trustlist.Material{Anchors: []trustlist.Anchor{a}, ListSigner: f.signer}, f.err
		},
	}
}

func (f *fake) load(t *testing.T, files map[string][]byte) (*trustlist.Snapshot, error) {
	t.Helper()
	dir := t.TempDir()
	for name, data := range files {
		write(t, dir, name, data)
	}
	return trustlist.Loader{Importers: []trustlist.Importer{f.importer()}}.Load(dir)
}

func pinned(by trustlist.Authentication) trustlist.Anchor {
	return trustlist.Anchor{
		Role: trustlist.Signer, Uses: formats.AllUses, Scope: []formats.ID{trustlist.AnyFormat}, KeyID: []byte("fake"),
		Key: utopia.Vaccination.Key.Public(), Source: trustlist.Source{Authentication: by},
	}
}

func TestAnImporterGetsItsListTheRootsAndTheFilesBeside(t *testing.T) {
	f := &fake{anchor: pinned(trustlist.SignedList)}
	key := pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: spki(utopia.Recovery)})
	s, err := f.load(t, map[string][]byte{
		"list.json": []byte(` {"fake": 1}`), "list.sig": []byte("seal"), "ca.pem": utopia.CSCA.PEM(), "ds.pem": utopia.Vaccination.PEM(), "key.pem": key,
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(f.roots) != 2 || f.roots[0].Role != trustlist.CA || f.roots[1].Role != trustlist.ListSigner {
		t.Errorf("%d roots: %+v", len(f.roots), f.roots)
	}
	if len(f.beside) != 1 || f.beside[0].Name != "list.sig" || string(f.beside[0].Data) != "seal" {
		t.Errorf("%+v", f.beside)
	}
	found := s.Find(formats.Signer{KeyID: []byte("fake")})
	if len(found) != 1 || found[0].Source.Name != "list.json" || found[0].Source.Authentication != trustlist.SignedList {
		t.Errorf("%+v", found)
	}
	for _, a := range s.Anchors() {
		if a.Source.Name != "list.json" && a.Source.Authentication != trustlist.ByHand {
			t.Errorf("%s: %s", a.Source.Name, a.Source.Authentication)
		}
	}
}

// What only its transport vouches for becomes no anchor, whichever importer hands it over.
func TestWhatNobodyVouchesForIsDropped(t *testing.T) {
	f := &fake{anchor: pinned(trustlist.Transport)}
	s, err := f.load(t, map[string][]byte{"list.json": []byte(`{"fake":1}`)})
	if err != nil {
		t.Fatal(err)
	}
	if d := s.Dropped(); len(s.Anchors()) != 0 || len(d) != 1 || !strings.Contains(d[0].Reason, "nothing but the way") {
		t.Errorf("%d anchors, dropped %+v", len(s.Anchors()), d)
	}
}

func TestAFileBesideNoListIsNamed(t *testing.T) {
	f := &fake{}
	s, err := f.load(t, map[string][]byte{"list.sig": []byte("seal"), "ca.pem": utopia.CSCA.PEM()})
	if err != nil {
		t.Fatal(err)
	}
	if d := s.Dropped(); len(d) != 1 || d[0].Source != "list.sig" || !strings.Contains(d[0].Reason, "fake list") {
		t.Errorf("dropped %+v", d)
	}
}

// A publisher's own certificate, once it has answered for a list, seals no document.
func TestTheSignerOfAListSealsNoDocument(t *testing.T) {
	root := utopia.CSCA // self-issued; the role that it has by itself does not matter here
	f := &fake{anchor: pinned(trustlist.SignedList), signer: utopia.Recovery.Cert}
	s, err := f.load(t, map[string][]byte{"list.json": []byte(`{"fake":1}`), "r.pem": utopia.Recovery.PEM(), "ca.pem": root.PEM()})
	if err != nil {
		t.Fatal(err)
	}
	roles := map[trustlist.Role]int{}
	for _, a := range s.Anchors() {
		roles[a.Role]++
	}
	if roles[trustlist.CA] != 1 || roles[trustlist.ListSigner] != 1 || roles[trustlist.Signer] != 1 {
		t.Errorf("%v", roles)
	}
}

func TestTheErrorOfAnImporterStopsAFileNamedByItself(t *testing.T) {
	broken := errors.New("broken")
	f := &fake{err: broken}
	_, err := trustlist.Loader{Importers: []trustlist.Importer{f.importer()}}.Load(file(t, "list.json", []byte(`{"fake":1}`)))
	var le *trustlist.LoadError
	if !errors.As(err, &le) || !errors.Is(err, broken) {
		t.Error(err)
	}
}

// A list of the project's own form is never an importer's, whatever stands in it.
func TestOurOwnListHasPrecedence(t *testing.T) {
	f := &fake{}
	if _, err := f.load(t, map[string][]byte{"list.json": []byte(`{"schema":"travelseal.trust/1","fake":1}`)}); err == nil || f.roots != nil {
		t.Errorf("%v", err)
	}
}

func TestHasMembers(t *testing.T) {
	for text, want := range map[string]bool{
		`{"a":1,"b":2}`: true, " \n{\"b\":{},\"c\":0,\"a\":[]}\n": true,
		`{"a":1}`: false, `{"a":{"b":1}}`: false, `[{"a":1,"b":2}]`: false, `{"a":1,"b":2`: false, `{"a":1,"b":2,"b":3}`: false, ``: false,
		`{"A":1,"b":2}`: false,
	} {
		if got := trustlist.HasMembers([]byte(text), "a", "b"); got != want {
			t.Errorf("%s: %t", text, got)
		}
	}
}

// Issuers choose their key IDs for themselves, so that the limit of keys that share one counts for each of them.
func TestAKeyIDBelongsToItsIssuer(t *testing.T) {
	var anchors []trustlist.Anchor
	for i := range 4 * trustlist.MaxSameKeyID {
		a := pinned(trustlist.SignedList)
		a.Issuer = "https://" + strings.Repeat("a", i+1) + ".example"
		anchors = append(anchors, a)
	}
	s, err := trustlist.New(trustlist.Info{}, anchors, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	hint := formats.Signer{KeyID: []byte("fake"), Issuer: "https://aa.example"}
	if found := s.Find(hint); len(found) != 1 || found[0].Issuer != hint.Issuer {
		t.Errorf("%+v", found)
	}
	hint.Issuer = ""
	if found := s.Find(hint); len(found) != 0 {
		t.Errorf("%+v", found)
	}
	for i := range anchors {
		anchors[i].Issuer = anchors[i/trustlist.MaxSameKeyID*trustlist.MaxSameKeyID].Issuer
	}
	nobody := pinned(trustlist.SignedList)
	if _, err := trustlist.New(trustlist.Info{}, append(anchors, nobody), nil, nil); err == nil {
		t.Error("an issuer and nobody in particular have too many keys under one ID")
	}
	s, err = trustlist.New(trustlist.Info{}, append([]trustlist.Anchor{anchors[0], nobody}, anchors[1:9]...), nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	hint.Issuer = anchors[0].Issuer
	if found := s.Find(hint); len(found) != 10 || found[1].Issuer != "" {
		t.Errorf("%d found, not in the order of the list", len(found))
	}
}
