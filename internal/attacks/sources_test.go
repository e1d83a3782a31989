package attacks_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"encoding/pem"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/internal/mint/lists"
	"github.com/travelseal/travelseal/internal/mint/pki"
	"github.com/travelseal/travelseal/trustlist"
	sources "github.com/travelseal/travelseal/trustlist/all"
	"github.com/travelseal/travelseal/trustlist/fetch"
	"github.com/travelseal/travelseal/verify"
)

// A source is a folder of published trust material, by the names of its files.
type source map[string][]byte

// with is the folder with one file more, or another one under a name.
func (s source) with(name string, data []byte) source {
	c := source{name: data}
	for n, b := range s {
		if n != name {
			c[n] = b
		}
	}
	return c
}

// load loads the folder as --trust does.
func (s source) load(t *testing.T) (*trustlist.Snapshot, error) {
	t.Helper()
	dir := t.TempDir()
	for name, data := range s {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return sources.Loader().Load(dir)
}

// gives demands how many anchors a folder gives that nobody has named by hand, and a reason among those for what it left out.
func (s source) gives(t *testing.T, name string, want int, reason string) {
	t.Helper()
	list, err := s.load(t)
	if err != nil {
		t.Errorf("%s: %v", name, err)
		return
	}
	got, found := 0, reason == ""
	for _, a := range list.Anchors() {
		if a.Source.Authentication != trustlist.ByHand {
			got++
		}
	}
	for _, d := range list.Dropped() {
		found = found || strings.Contains(d.Reason, reason)
	}
	if got != want || !found {
		t.Errorf("%s: %d anchors, want %d; left out %v", name, got, want, list.Dropped())
	}
}

var (
	gdhcn     = lists.NewNetwork()
	directory = lists.Directory()
)

func whoEntry(of *pki.Credential, usage string, edit func(lists.Object)) lists.WHOEntry {
	return lists.WHOEntry{Of: of, Domain: "DCC", Participant: "UTO", Usage: usage, Edit: edit}
}

// who is WHO's list with one further entry, beside what authenticates it.
func who(further ...any) source {
	entries := append([]any{whoEntry(gdhcn.SCA, "SCA", nil), whoEntry(gdhcn.DSC, "DSC", nil)}, further...)
	return source{
		"did.json": lists.WHO(entries...), "sca.json": gdhcn.Authority(gdhcn.SCA), "chain.pem": append(gdhcn.Root.PEM(), gdhcn.Between.PEM()...),
	}
}

// cards is a signed snapshot of these issuers.
func cards(issuers ...any) source {
	data := lists.Snapshot(issuers...)
	return source{"snapshot.json": data, "snapshot.sig": lists.SignSnapshot(directory, data), "directory.pem": directory.PEM()}
}

// cardJWK is the key of a signer of cards as a directory has it.
func cardJWK(s mint.Signer) lists.Object {
	point, err := s.Key.Public().(*ecdsa.PublicKey).Bytes()
	if err != nil {
		panic(err) // the key is on P-256
	}
	j := lists.Object{"kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256", "x": lists.Base64URL(point[1:33]), "y": lists.Base64URL(point[33:])}
	j["kid"] = lists.Thumbprint(j)
	return j
}

func TestA80_SignedButEmptySource(t *testing.T) {
	cards(lists.CardIssuer(mint.CardIssuer, cardJWK(cardIssuer))).gives(t, "the sibling", 1, "")
	cards().gives(t, "a signed snapshot of nobody", 0, "SOURCE_EMPTY")
	signed := lists.SignedAuthority(gdhcn.SCA, gdhcn.Message(gdhcn.Anchor, []byte("null;null;null;null;null;")))
	who().with("sca.json", signed).gives(t, "a signature over nothing", 0, "signed something else")
}

func TestA82_MalformedCoordinates(t *testing.T) {
	// Every key of the list has zeros before its numbers, and one no name of its curve.
	who(whoEntry(gdhcn.BrainpoolDSC, "DSC", nil)).gives(t, "zeros and an unknown curve", 3, "")
}

func TestA83_CertificateOfAnotherKey(t *testing.T) {
	other := func(o lists.Object) {
		o["publicKeyJwk"].(lists.Object)["x"] = lists.SignedJWK(gdhcn.SCA.Key)["x"]
	}
	who(whoEntry(gdhcn.BrainpoolDSC, "DSC", other)).gives(t, "another x", 2, "KEY_CONFLICT")
}

func TestA84_PageInsteadOfTheList(t *testing.T) {
	page := []byte("<!DOCTYPE html><html><head><title>Welcome</title></head><body>Please log in</body></html>\n")
	for name, file := range map[string]string{"who": "did.json", "directory": "snapshot.json"} {
		s := map[string]source{"who": who(), "directory": cards(lists.CardIssuer(mint.CardIssuer, cardJWK(cardIssuer)))}[name]
		s.with(file, page).gives(t, name, 0, "neither certificates nor a trust list")
	}
}

func TestA85_SourceOverTheConnectionAlone(t *testing.T) {
	set := lists.JSON(lists.Object{"keys": []any{cardJWK(cardIssuer)}})
	anything := source{"ca.pem": gdhcn.Root.PEM()}
	anything.with("jwks.json", set).gives(t, "a key set without a digest", 0, "not pinned")
	all := cards(lists.CardIssuer(mint.CardIssuer, cardJWK(cardIssuer)))
	delete(all, "snapshot.sig")
	all.gives(t, "a snapshot without its signature", 0, "no signature")
}

func TestA118_LeafAsAuthority(t *testing.T) {
	who().with("sca.json", lists.SignedAuthority(gdhcn.SCA, gdhcn.Message(gdhcn.Server, gdhcn.SCA.Cert))).
		gives(t, "a server's certificate under the root", 0, "for other uses")
	beneath := gdhcn.DSC.Issue("beneath", pki.DSC())
	who(whoEntry(beneath, "DSC", nil)).gives(t, "issued by a document signer", 2, "nothing but the way it came")
}

func TestA121_ReferenceToAnotherEnvironment(t *testing.T) {
	who("did:web:dev.utopia.example:trustlist").gives(t, "a reference", 2, "not followed")
	source{"did.json": lists.WHO("did:web:dev.utopia.example:trustlist"), "chain.pem": gdhcn.Root.PEM()}.gives(t, "references alone", 0, "no certificate that can be used")
}

func TestA122_AuthorityWithoutTheAnchorsSignature(t *testing.T) {
	who(whoEntry(gdhcn.Stranger, "SCA", nil), whoEntry(gdhcn.StrangerDSC, "DSC", nil)).gives(t, "unsigned", 2, "nothing but the way it came")
	all := who()
	delete(all, "sca.json")
	all.gives(t, "the signature taken away", 0, "TNG_TA.signed.SCA.json")

	// Under a pinned key the list's own proof vouches for them, as for a list: never as for what the trust anchor has signed.
	key := pki.NewKey(pki.P256, "proof of the list")
	proved := lists.WHOProof{By: key}.Prove(lists.WHOObject(whoEntry(gdhcn.SCA, "SCA", nil), whoEntry(gdhcn.DSC, "DSC", nil)))
	for name, c := range map[string]struct {
		authority bool
		levels    []trustlist.Authentication
	}{
		"signed by the anchor":  {true, []trustlist.Authentication{trustlist.SignedEntry, trustlist.IssuedUnderEntry}},
		"the signature removed": {false, []trustlist.Authentication{trustlist.SignedList, trustlist.SignedList}},
	} {
		s := who().with("did.json", proved).with("key.pem", publicPEM(t, key))
		if !c.authority {
			delete(s, "sca.json")
		}
		list, err := s.load(t)
		if err != nil {
			t.Fatal(err)
		}
		var levels []trustlist.Authentication
		for _, a := range list.Anchors() {
			if a.Source.Authentication != trustlist.ByHand {
				levels = append(levels, a.Source.Authentication)
			}
		}
		if !slices.Equal(levels, c.levels) {
			t.Errorf("%s: %v", name, levels)
		}
	}
}

// publicPEM is a key on P-256 as a relying party names it.
func publicPEM(t *testing.T, k *pki.Key) []byte {
	t.Helper()
	key, err := ecdsa.ParseUncompressedPublicKey(elliptic.P256(), k.Curve.Encode(k.Public, pki.Uncompressed))
	if err != nil {
		t.Fatal(err)
	}
	return pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: spkiOf(t, key)})
}

// A card under the signed directory is accepted by its issuer's name, and under another's name it is not.
func TestA123_SharedKeysOfTheDirectory(t *testing.T) {
	other := mint.CardSigner("ut-cards-harbour")
	s, err := cards(lists.CardIssuer(mint.CardIssuer, cardJWK(cardIssuer)), lists.CardIssuer(mint.OtherCardIssuer, cardJWK(other))).load(t)
	if err != nil {
		t.Fatal(err)
	}
	v := verifier(t, s, formats.Options{})
	attackCard(t, v, card,
		cardMutant{"the other's own", mint.VaccinationCard(other).Set(mint.OtherCardIssuer, "iss"), accepted},
		cardMutant{"the one's key under the other's address", card.Set(mint.OtherCardIssuer, "iss"), untrusted(verify.SealSignerUnknown)},
	)
}

// A key of an issuer who has not answered the directory for years may have been withdrawn since. Its cards are referred, and
// the others of the directory are not.
func TestA124_IssuerNotSeenForYears(t *testing.T) {
	other := lists.CardIssuer(mint.OtherCardIssuer, cardJWK(mint.CardSigner("ut-cards-harbour")))
	issuer := func(retrieved string) lists.Object {
		o := lists.CardIssuer(mint.CardIssuer, cardJWK(cardIssuer))
		o["lastRetrieved"] = retrieved
		return o
	}
	for retrieved, w := range map[string]want{"2026-10-27T04:00:00Z": accepted, "2022-03-07T12:22:52Z": untrusted(verify.SealSignerUnknown)} {
		s := cards(issuer(retrieved), other)
		list, err := s.load(t)
		if err != nil {
			t.Fatal(err)
		}
		demand(t, verifier(t, list, formats.Options{}), retrieved, formats.Text(card.Build().Text), w)
		if w != accepted {
			s.gives(t, retrieved, 1, "SOURCE_STALE")
		}
	}
}

// The name under which the directory groups several addresses of one issuer lends its keys to nobody.
func TestA99_AliasOfTheDirectory(t *testing.T) {
	const group = "https://cards.utopia.example/group"
	issuer := lists.CardIssuer(mint.CardIssuer, cardJWK(cardIssuer))
	issuer["issuer"].(lists.Object)["canonical_iss"] = group
	list, err := cards(issuer).load(t)
	if err != nil {
		t.Fatal(err)
	}
	attackCard(t, verifier(t, list, formats.Options{}), card, cardMutant{"under the group's name", card.Set(group, "iss"), untrusted(verify.SealSignerUnknown)})
}

// What is fetched is on a list, letter for letter; the ways past such a list are refused when it is read, before anything is
// asked.
func TestA98_WaysPastTheListOfSources(t *testing.T) {
	entry := func(url string) string {
		return "schema: travelseal.sources/1\nsources:\n  - {name: did.json, form: json, url: '" + url + "'}\n"
	}
	if _, err := fetch.Parse([]byte(entry("https://lists.utopia.example/did.json"))); err != nil {
		t.Fatalf("the sibling: %v", err)
	}
	for _, url := range []string{
		"https://169.254.169.254/latest/meta-data", "http://localhost/did.json", "https://localhost/did.json", "https://127.0.0.1/did.json", "https://[::1]/did.json",
		"https://[::ffff:10.0.0.1]/did.json", "https://2130706433/did.json", "https://0x7f.1/did.json", "https://lists.utopia.example@evil.example/did.json",
		"https://lists.utopia.example./did.json", "https://LISTS.utopia.example/did.json", "https://lists.utopi\u0430.example/did.json", "https://lists.utopia.example:8443/did.json",
		"https://lists.utopia.example/../did.json", "https://lists.utopia.example/%2e%2e/did.json", "file:///etc/passwd", "ftp://lists.utopia.example/did.json", "gopher://lists.utopia.example/1",
		"http://lists.utopia.example/did.json",
	} {
		if _, err := fetch.Parse([]byte(entry(url))); !errors.Is(err, fetch.ErrAddress) {
			t.Errorf("%s: %v", url, err)
		}
	}
}

// The production list has had a test participant, whose key would seal for anybody.
func TestA55_TestIssuerInProduction(t *testing.T) {
	csca := pki.NewCSCA("test participant", pki.CSCA().Named(pki.DN("XH", "Test", "CSCA")))
	test := lists.WHOEntry{Of: csca.Issue("ds", pki.DSC().Named(pki.DN("XH", "Test", "DS"))), Domain: "DCC", Participant: "XXH", Usage: "DSC"}
	authority := lists.WHOEntry{Of: csca, Domain: "DCC", Participant: "XXH", Usage: "SCA"}
	s := who(authority, test).with("test-sca.json", gdhcn.Authority(csca)) // the trust anchor has signed it, too
	s.gives(t, "a test participant", 2, "TEST_ISSUER_DROPPED")
	s.gives(t, "and its authority", 2, "TEST_ISSUER_DROPPED")
	// The references of the production list have named the list of the development environment and an example.
	for _, other := range []string{"did:web:tng-cdn-dev.who.int:trustlist", "did:web:example.com"} {
		who(other).gives(t, other, 2, "not followed")
	}
}
