package mint_test

import (
	"bytes"
	"compress/flate"
	"crypto"
	"crypto/ecdsa"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/go-jose/go-jose/v4"

	"github.com/travelseal/travelseal/internal/mint"
)

var cardIssuer = mint.CardSigner("ut-cards")

// opened is the payload of a card as a library verifies it and the standard library expands it.
func opened(t *testing.T, token string) []byte {
	t.Helper()
	message, err := jose.ParseSignedCompact(token, []jose.SignatureAlgorithm{jose.ES256})
	if err != nil {
		t.Fatal(err)
	}
	payload, err := message.Verify(cardIssuer.Key.Public())
	if err != nil {
		t.Fatal(err)
	}
	plain, err := io.ReadAll(flate.NewReader(bytes.NewReader(payload)))
	if err != nil {
		t.Fatal(err)
	}
	return plain
}

func TestCardsAreWhatALibraryVerifies(t *testing.T) {
	for name, c := range map[string]mint.SHC{
		"vaccination": mint.VaccinationCard(cardIssuer), "test": mint.TestCard(cardIssuer), "diagnosis": mint.DiagnosisCard(cardIssuer), "report": mint.ReportCard(cardIssuer),
		"Thai": mint.Card(cardIssuer, mint.Mali, mint.Dose("2025-10-03", "UX")), "one name": mint.Card(cardIssuer, mint.Surya),
	} {
		b := c.Build()
		plain := opened(t, b.Token)
		if string(plain) != b.JSON || !json.Valid(plain) {
			t.Errorf("%s: the payload is %s", name, plain)
		}
		var small bytes.Buffer
		if err := json.Compact(&small, plain); err != nil || small.Len() != len(plain) {
			t.Errorf("%s: not minified: %d bytes, %d without white space, %v", name, len(plain), small.Len(), err)
		}
		if again := c.Build(); again.Text != b.Text {
			t.Errorf("%s: two cards of one description differ", name)
		}
	}
}

// The example of the framework: "X" is 88, and 88 − 45 is 43. A JWS begins with "eyJ".
func TestNumeralsAreThoseOfTheFramework(t *testing.T) {
	for token, want := range map[string]string{"X": "43", "-": "00", ".": "01", "z": "77", "eyJ": "567629", "0": "03", "_": "50", "": ""} {
		if got := mint.Numerals(token); got != want {
			t.Errorf("%q: %s, want %s", token, got, want)
		}
	}
	token := mint.VaccinationCard(cardIssuer).Build().Token
	chunks := mint.Chunks(token, 3)
	digits := ""
	for i, c := range chunks {
		head := fmt.Sprintf("shc:/%d/3/", i+1)
		if !strings.HasPrefix(c, head) {
			t.Errorf("chunk %d begins %.12q", i, c)
		}
		digits += c[len(head):]
	}
	if digits != mint.Numerals(token) {
		t.Error("the chunks together are not the card")
	}
}

func TestTheKeyIDIsTheThumbprintThatALibraryComputes(t *testing.T) {
	want, err := (&jose.JSONWebKey{Key: cardIssuer.Key.Public()}).Thumbprint(crypto.SHA256)
	if err != nil {
		t.Fatal(err)
	}
	if got := mint.Thumbprint(cardIssuer.Key.Public().(*ecdsa.PublicKey)); got != base64.RawURLEncoding.EncodeToString(want) || got != string(cardIssuer.KID) {
		t.Errorf("%s, want %x", got, want)
	}
}

func TestEachHookChangesItsLayerAlone(t *testing.T) {
	good := mint.VaccinationCard(cardIssuer)
	changed := good
	changed.Hooks.Altered = func(b []byte) []byte { return append(b[:len(b):len(b)], 0) }
	a, b := good.Build(), changed.Build()
	if string(a.Signature) != string(b.Signature) || a.Token == b.Token {
		t.Error("what is altered after signing changes the signature, or nothing")
	}
	before := changed
	before.Hooks = mint.SHCHooks{Compressed: func(b []byte) []byte { return append(b[:len(b):len(b)], 0) }}
	if c := before.Build(); string(c.Signature) == string(a.Signature) {
		t.Error("what is changed before signing leaves the signature")
	}
	set := good.Set("x", "vc", "rid")
	if _, there := good.Payload.Get("vc", "rid"); there || !strings.Contains(set.Build().JSON, `"rid":"x"`) {
		t.Error("Set changes the original, or nothing")
	}
	if d := good.Drop("nbf").Build(); strings.Contains(d.JSON, "nbf") || !strings.Contains(good.Build().JSON, "nbf") {
		t.Error("Drop changes the original, or nothing")
	}
	if r := mint.ResignCard(good, mint.CardSigner("forger")).Build(); strings.Split(r.Token, ".")[0] != strings.Split(a.Token, ".")[0] || string(r.Signature) == string(a.Signature) {
		t.Error("a card that is signed again has another header, or the same signature")
	}
}

func TestFilesOfCardsAreJSON(t *testing.T) {
	for _, file := range []string{mint.CardFile("a", "b"), mint.CardParameters("a", "b")} {
		var v map[string]any
		if err := json.Unmarshal([]byte(file), &v); err != nil || strings.Count(file, `"a"`) != 1 || strings.Count(file, `"b"`) != 1 {
			t.Errorf("%s: %v", file, err)
		}
	}
}

func TestFilesBehindLinksAreWhatALibraryOpens(t *testing.T) {
	text := mint.EncryptedFile(mint.LinkKey, mint.FileHeader(), []byte("content"))
	message, err := jose.ParseEncryptedCompact(text, []jose.KeyAlgorithm{jose.DIRECT}, []jose.ContentEncryption{jose.A256GCM})
	if err != nil {
		t.Fatal(err)
	}
	if plain, err := message.Decrypt(mint.LinkKey); err != nil || string(plain) != "content" {
		t.Errorf("%q, %v", plain, err)
	}
	if mint.EncryptedFile(mint.LinkKey, mint.FileHeader(), []byte("content")) != text {
		t.Error("two files of one content differ")
	}
}

func TestLinksAreBase64URLOfTheirPayload(t *testing.T) {
	link := mint.Link(mint.LinkPayload())
	b, err := base64.RawURLEncoding.DecodeString(strings.TrimPrefix(link, "shlink:/"))
	var v map[string]any
	if err != nil || json.Unmarshal(b, &v) != nil || len(v["key"].(string)) != 43 || v["flag"] != "LP" {
		t.Errorf("%s, %v", b, err)
	}
	for _, l := range []string{mint.LinkDirect("https://x.example/f"), mint.LinkTo("https://x.example/f", "L")} {
		b, err := base64.RawURLEncoding.DecodeString(strings.TrimPrefix(l, "shlink:/"))
		if err != nil || !bytes.Contains(b, []byte(`"url":"https://x.example/f"`)) {
			t.Errorf("%s, %v", b, err)
		}
	}
}

func TestTheCasesOfCardsAndLinksHaveNamesOfTheirOwn(t *testing.T) {
	for _, cases := range [][]mint.Case{mint.SHCCases(), mint.SHLinkCases()} {
		var names []string
		for _, c := range cases {
			if slices.Contains(names, c.Name) || c.About == "" || c.Text == "" || c.Want.Status == "" {
				t.Errorf("%+v", c)
			}
			names = append(names, c.Name)
		}
	}
}
