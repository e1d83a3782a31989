package sig_test

import (
	"crypto"
	"crypto/rsa"
	"crypto/x509"
	"encoding/hex"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/ec"
	"github.com/travelseal/travelseal/internal/sig"
	"github.com/travelseal/travelseal/internal/vectors"
)

// wycheproof names every file and why its tests cannot be checked; "" where they are. A file that is not named here fails
// the test, and so does a name without its file.
var wycheproof = map[string]string{
	"ecdsa_brainpoolP224r1_sha224_p1363": "",
	"ecdsa_brainpoolP256r1_sha256":       "",
	"ecdsa_brainpoolP320r1_sha384":       "",
	"ecdsa_brainpoolP384r1_sha384_p1363": "",
	"ecdsa_secp224r1_sha224":             "",
	"ecdsa_secp224r1_sha256":             "",
	"ecdsa_secp224r1_sha256_p1363":       "",
	"ecdsa_secp256r1_sha256_p1363":       "",
	"ecdsa_secp384r1_sha384":             "",
	"ecdsa_secp384r1_sha384_p1363":       "",
	"ecdsa_secp521r1_sha512":             "",
	"ed448":                              "curve",
	"rsa_pss_2048_sha1_mgf1_20_params":   "",
	"rsa_pss_2048_sha256_mgf1_32":        "",
	"rsa_pss_3072_sha256_mgf1_32_params": "",
	"rsa_pss_4096_sha384_mgf1_48":        "",
	"rsa_pss_4096_sha512_mgf1_32":        "",
	"rsa_pss_4096_sha512_mgf1_32_params": "",
	"rsa_pss_4096_sha512_mgf1_64":        "",
	"rsa_pss_misc":                       "",
	"rsa_signature_2048_sha224":          "",
	"rsa_signature_2048_sha256":          "",
	"rsa_signature_2048_sha512":          "",
	"rsa_signature_3072_sha512":          "",
	"rsa_signature_4096_sha256":          "",
}

type wycheproofFile struct {
	NumberOfTests int
	TestGroups    []wycheproofGroup
}

type wycheproofGroup struct {
	Type, Sha, MgfSha          string
	SLen                       int
	PublicKeyDer, PublicKeyAsn string
	PublicKey                  struct{ Curve, Uncompressed string }
	Tests                      []struct {
		TcID            int `json:"tcId"`
		Comment, Result string
		Flags           []string
		Msg, Sig        string
	}
}

func TestWycheproof(t *testing.T) {
	folder := filepath.Join(vectors.Dir(t), "travel", "wycheproof")
	names, err := filepath.Glob(filepath.Join(folder, "*_test.json"))
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, path := range names {
		found = append(found, strings.TrimSuffix(filepath.Base(path), "_test.json"))
	}
	for name := range wycheproof {
		if !slices.Contains(found, name) {
			t.Errorf("%s: the file is not there", name)
		}
	}
	checked, unsupported := 0, 0
	for i, name := range found {
		t.Run(name, func(t *testing.T) {
			reason, known := wycheproof[name]
			if !known {
				t.Fatal("this file is not in the list of those that are checked and those that cannot be")
			}
			var file wycheproofFile
			if err := json.Unmarshal(must(os.ReadFile(names[i])), &file); err != nil {
				t.Fatal(err)
			}
			c, u := 0, 0
			for _, g := range file.TestGroups {
				n := g.run(t, reason)
				if reason != "" {
					u += n
				} else {
					c += n
				}
			}
			t.Logf("%d tests checked, %d unsupported %s", c, u, reason)
			if c+u != file.NumberOfTests {
				t.Errorf("%d tests, the file says %d", c+u, file.NumberOfTests)
			}
			checked, unsupported = checked+c, unsupported+u
		})
	}
	t.Logf("%d files: %d tests checked, %d unsupported", len(found), checked, unsupported)
	if checked == 0 {
		t.Error("nothing was checked")
	}
}

// run checks each test of the group and returns their number. Where reason is set, each must be refused as unsupported,
// whatever its signature.
func (g wycheproofGroup) run(t *testing.T, reason string) int {
	t.Helper()
	a, key := g.algorithm(t), g.key(t)
	wantKey := error(nil)
	if reason == "curve" {
		wantKey = sig.ErrUnsupported
	}
	wants(t, "CheckKey", sig.CheckKey(key), wantKey)
	for _, c := range g.Tests {
		err := sig.Verify(a, key, must(hex.DecodeString(c.Msg)), must(hex.DecodeString(c.Sig)))
		var want error
		switch {
		case reason != "":
			want = sig.ErrUnsupported
		case c.Result == "valid" && g.Sha == "SHA-1":
			want = sig.ErrWeakHash
		case c.Result == "valid":
		case c.Result == "invalid":
			want = sig.ErrMismatch
		case c.Result == "acceptable" && slices.Contains(c.Flags, "MissingNull"):
			want = sig.ErrNullOmitted
		default:
			t.Errorf("test %d (%s) has the result %q, for which there is no rule", c.TcID, c.Comment, c.Result)
			continue
		}
		if !errors.Is(err, want) {
			t.Errorf("test %d (%s, %s): got %v, want %v", c.TcID, c.Comment, c.Result, err, want)
		}
	}
	return len(g.Tests)
}

func (g wycheproofGroup) algorithm(t *testing.T) formats.Algorithm {
	t.Helper()
	hash := func(name string) crypto.Hash {
		switch name {
		case "":
			return 0
		case "SHA-1":
			return crypto.SHA1
		case "SHA-224":
			return crypto.SHA224
		case "SHA-256":
			return crypto.SHA256
		case "SHA-384":
			return crypto.SHA384
		case "SHA-512":
			return crypto.SHA512
		}
		t.Fatalf("unknown hash %q", name)
		return 0
	}
	a := formats.Algorithm{Hash: hash(g.Sha), MGFHash: hash(g.MgfSha), SaltLength: g.SLen}
	switch g.Type {
	case "EcdsaVerify":
		a.Scheme, a.Encoding = formats.ECDSA, formats.DER
	case "EcdsaP1363Verify":
		a.Scheme, a.Encoding = formats.ECDSA, formats.Raw
	case "RsassaPssVerify", "RsassaPssWithParametersVerify":
		a.Scheme = formats.RSAPSS
	case "RsassaPkcs1Verify":
		a.Scheme = formats.RSAPKCS1
	case "EddsaVerify":
		a.Scheme = formats.Ed25519
	default:
		t.Fatalf("unknown type of group %q", g.Type)
	}
	return a
}

// An ed448Key stands for a kind of key that no scheme here knows.
type ed448Key []byte

func (g wycheproofGroup) key(t *testing.T) crypto.PublicKey {
	t.Helper()
	switch {
	case g.Type == "EddsaVerify":
		return ed448Key(must(hex.DecodeString(g.PublicKeyDer)))
	case strings.HasPrefix(g.PublicKey.Curve, "brainpool"):
		return must(ec.NewPublicKey(ec.ByName(g.PublicKey.Curve), must(hex.DecodeString(g.PublicKey.Uncompressed))))
	case g.PublicKeyAsn != "":
		return must[*rsa.PublicKey](x509.ParsePKCS1PublicKey(must(hex.DecodeString(g.PublicKeyAsn))))
	}
	return must(x509.ParsePKIXPublicKey(must(hex.DecodeString(g.PublicKeyDer))))
}
