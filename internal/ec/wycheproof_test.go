package ec

import (
	"bytes"
	"crypto"
	_ "crypto/sha256" // hashes that the tests name
	_ "crypto/sha512"
	"encoding/asn1"
	"encoding/hex"
	"encoding/json"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/internal/vectors"
)

type wycheproofFile struct {
	NumberOfTests int
	TestGroups    []struct {
		Type, Sha string
		PublicKey struct{ Curve, Uncompressed string }
		Tests     []struct {
			TcID                      int `json:"tcId"`
			Comment, Result, Msg, Sig string
		}
	}
}

func TestWycheproof(t *testing.T) {
	names := must(filepath.Glob(filepath.Join(vectors.Dir(t), "travel", "wycheproof", "ecdsa_*_test.json")))
	if len(names) < 11 {
		t.Errorf("%d files, want 11", len(names))
	}
	for _, name := range names {
		t.Run(filepath.Base(name), func(t *testing.T) {
			var file wycheproofFile
			if err := json.Unmarshal(must(os.ReadFile(name)), &file); err != nil {
				t.Fatal(err)
			}
			count := map[string]int{}
			for _, g := range file.TestGroups {
				curve := ByName(strings.NewReplacer("secp224r1", "P-224", "secp256r1", "P-256", "secp384r1", "P-384", "secp521r1", "P-521").
					Replace(g.PublicKey.Curve))
				key := newPair(curve, must(hex.DecodeString(g.PublicKey.Uncompressed)))
				for _, c := range g.Tests {
					count[c.Result]++
					split := splitDER
					if g.Type == "EcdsaP1363Verify" {
						split = func(sig []byte) (r, s []byte) { return splitRaw(sig, curve.OrderSize()) }
					}
					r, s := split(must(hex.DecodeString(c.Sig)))
					key.wants(t, c.Comment, c.Result == "valid", digestOf(t, g.Sha, must(hex.DecodeString(c.Msg))), r, s)
				}
			}
			if count["valid"] == 0 || count["invalid"] == 0 || count["valid"]+count["invalid"] != file.NumberOfTests {
				t.Errorf("%v of %d tests", count, file.NumberOfTests)
			}
		})
	}
}

func digestOf(t *testing.T, name string, message []byte) []byte {
	t.Helper()
	for _, hash := range []crypto.Hash{crypto.SHA224, crypto.SHA256, crypto.SHA384, crypto.SHA512} {
		if hash.String() == name {
			h := hash.New()
			h.Write(message)
			return h.Sum(nil)
		}
	}
	t.Fatalf("the hash %q has no rule", name)
	return nil
}

// splitDER reads an ECDSA-Sig-Value in its one DER form; it gives nothing of any other, nor of negative numbers.
func splitDER(sig []byte) (r, s []byte) {
	var v struct{ R, S *big.Int }
	rest, err := asn1.Unmarshal(sig, &v)
	if err != nil || len(rest) > 0 || v.R.Sign() < 0 || v.S.Sign() < 0 || !bytes.Equal(must(asn1.Marshal(v)), sig) {
		return nil, nil
	}
	return v.R.Bytes(), v.S.Bytes()
}

// splitRaw reads r‖s; it gives nothing of another length.
func splitRaw(sig []byte, size int) (r, s []byte) {
	if len(sig) != 2*size {
		return nil, nil
	}
	return sig[:size], sig[size:]
}
