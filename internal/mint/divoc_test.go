package mint_test

import (
	"archive/zip"
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"io"
	"math/big"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/internal/mint"
)

func TestACredentialsSignatureHoldsUnderItsKey(t *testing.T) {
	good := mint.VaccinationCredential()
	for name, c := range map[string]mint.Credential{
		"PS256": good, "RS256": good.SignedBy(mint.RSA2048, "RsaSignature2018", "RS256"),
		"EdDSA":     good.SignedBy(mint.Ed25519, "Ed25519Signature2018", "EdDSA"),
		"multibase": good.SignedBy(mint.Ed25519, "Ed25519Signature2020", ""),
		"ES256":     good.SignedBy(mint.P256, "JsonWebSignature2020", "ES256"),
	} {
		b := c.Build()
		var document struct {
			Proof struct{ JWS, ProofValue, VerificationMethod string }
		}
		if err := json.Unmarshal([]byte(b.JSON), &document); err != nil {
			t.Fatal(err)
		}
		var signature []byte
		if c.Alg == "" {
			signature = decode58(document.Proof.ProofValue[1:])
		} else {
			header, text, _ := strings.Cut(document.Proof.JWS, "..")
			if !bytes.HasPrefix(b.Signed, []byte(header+".")) || len(b.Signed) != len(header)+1+2*sha256.Size {
				t.Errorf("%s: signed %q", name, b.Signed)
			}
			var err error
			if signature, err = base64.RawURLEncoding.DecodeString(text); err != nil {
				t.Fatal(err)
			}
		}
		sum, holds := sha256.Sum256(b.Signed), false
		switch key := c.Signer.Key.Public().(type) {
		case *rsa.PublicKey:
			if name == "RS256" {
				holds = rsa.VerifyPKCS1v15(key, crypto.SHA256, sum[:], signature) == nil
			} else {
				holds = rsa.VerifyPSS(key, crypto.SHA256, sum[:], signature, &rsa.PSSOptions{SaltLength: 32}) == nil
			}
		case ed25519.PublicKey:
			holds = ed25519.Verify(key, b.Signed, signature)
		case *ecdsa.PublicKey:
			holds = len(signature) == 64 && ecdsa.Verify(key, sum[:], new(big.Int).SetBytes(signature[:32]), new(big.Int).SetBytes(signature[32:]))
		}
		if !holds || document.Proof.VerificationMethod != string(c.Signer.KID) {
			t.Errorf("%s: the signature does not hold", name)
		}
		if again := c.Build(); again.Text != b.Text {
			t.Errorf("%s: two builds differ", name)
		}
	}
}

func decode58(s string) []byte {
	n := new(big.Int)
	for _, c := range s {
		n.Add(n.Mul(n, big.NewInt(58)), big.NewInt(int64(strings.IndexRune("123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz", c))))
	}
	return n.Bytes()
}

func TestQuadsAreTheStatementsOfACredential(t *testing.T) {
	const want = `<https://x.example/vaccine/1> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <vac:Vaccination> .
<https://x.example/vaccine/1> <https://schema.org/doseValue> "1"^^<http://www.w3.org/2001/XMLSchema#integer> .
<https://x.example/vaccine/1> <https://schema.org/id> "A\"B" .
<https://x.example/vaccine/1> <vac:verifier> _:c14n1 .
_:c14n0 <https://schema.org/addressCountry> "UT" .
_:c14n1 <https://schema.org/name> "Quill" .
_:c14n2 <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://www.w3.org/2018/credentials#VerifiableCredential> .
_:c14n2 <https://www.w3.org/2018/credentials#evidence> <https://x.example/vaccine/1> .
_:c14n2 <https://www.w3.org/2018/credentials#issuer> <https://x.example/> .
`
	got := mint.Quads(mint.JSONObject{
		{Name: "@context", Value: []any{}}, {Name: "type", Value: "VerifiableCredential"}, {Name: "issuer", Value: "https://x.example/"},
		{Name: "evidence", Value: []any{mint.JSONObject{
			{Name: "id", Value: "https://x.example/vaccine/1"}, {Name: "type", Value: []any{"Vaccination"}}, {Name: "batch", Value: `A"B`}, {Name: "vaccine", Value: `A"B`},
			{Name: "dose", Value: 1}, {Name: "unknown", Value: "x"}, {Name: "verifier", Value: mint.JSONObject{{Name: "name", Value: "Quill"}}},
		}}},
		{Name: "credentialSubject", Value: mint.JSONObject{
			{Name: "id", Value: "a bare number"}, {Name: "name", Value: "not signed"}, {Name: "address", Value: mint.JSONObject{{Name: "addressCountry", Value: "UT"}}},
		}},
	})
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestQuadsNeedObjectsThatCanBeToldApart(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("no panic")
		}
	}()
	empty := mint.JSONObject{{Name: "type", Value: "Vaccination"}}
	mint.Quads(mint.JSONObject{{Name: "type", Value: "VerifiableCredential"}, {Name: "evidence", Value: []any{empty, empty}}})
}

func TestAnArchiveIsReadByTheStandardLibrary(t *testing.T) {
	want := map[string]string{"a": strings.Repeat("hello ", 100), "b": "", "c.json": "{}"}
	b := mint.Archive(mint.ArchiveFile{Name: "a", Data: []byte(want["a"])}, mint.ArchiveFile{Name: "b"}, mint.ArchiveFile{Name: "c.json", Data: []byte("{}")})
	r, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil || len(r.File) != len(want) {
		t.Fatalf("%v, %v", r, err)
	}
	for _, f := range r.File {
		rc, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(rc)
		if err != nil || string(got) != want[f.Name] {
			t.Errorf("%s: %q, %v", f.Name, got, err)
		}
	}
}

func TestBase58(t *testing.T) {
	// draft-msporny-base58-03 §5.
	for text, want := range map[string]string{"Hello World!": "2NEpo7TZRRrLZSi2U", "\x00\x00\x28\x7f\xb4\xcd": "11233QC4", "": "", "\x00": "1"} {
		if got := mint.Base58([]byte(text)); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}

func TestTheCarriersOfACredential(t *testing.T) {
	for carrier, want := range map[mint.Carrier]string{mint.InBase64: "B64:UEv/", mint.InBytes: "PK\xff", mint.InText: "PKÿ", mint.Plain: "{}"} {
		if got := carrier.Write("{}", []byte("PK\xff")); got != want {
			t.Errorf("%d: %q, want %q", carrier, got, want)
		}
	}
}
