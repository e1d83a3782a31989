package attacks_test

import (
	"crypto/ecdsa"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/internal/mint/lists"
	"github.com/travelseal/travelseal/internal/mint/pki"
	"github.com/travelseal/travelseal/trustlist"
	sources "github.com/travelseal/travelseal/trustlist/all"
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
	cards().gives(t, "a signed snapshot of nobody", 0, "no key that can be used")
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

// The date of an anchor is the moment at which the directory last had its key.
func TestA124_IssuerNotSeenForYears(t *testing.T) {
	old := lists.CardIssuer(mint.CardIssuer, cardJWK(cardIssuer))
	old["lastRetrieved"] = "2022-03-07T12:22:52Z"
	s, err := cards(old).load(t)
	if err != nil {
		t.Fatal(err)
	}
	found := s.Find(formats.Signer{Issuer: mint.CardIssuer, KeyID: []byte(cardJWK(cardIssuer)["kid"].(string))})
	if len(found) != 1 || found[0].Source.Date.Year() != 2022 || s.Info().Created.Year() != 2026 {
		t.Errorf("%+v, list of %s", found, s.Info().Created)
	}
}
