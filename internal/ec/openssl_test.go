package ec

import (
	"crypto/sha256"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/internal/outside"
)

// TestOpenSSLSigns checks signatures that OpenSSL makes on every curve, under keys that it makes.
func TestOpenSSLSigns(t *testing.T) {
	each(t, func(t *testing.T, c *Curve) {
		name := strings.NewReplacer("P-192", "prime192v1", "P-256", "prime256v1", "P-", "secp").Replace(c.Name())
		if strings.HasPrefix(name, "secp") {
			name += "r1"
		}
		made := outside.OpenSSL(t, nil, "ecparam", "-name", name, "-genkey", "-noout", "-out", "key")
		if !made.OK { // some distributions leave curves out
			outside.Absent(t, "The openssl command of this machine makes no key on "+name+".")
		}
		files := map[string][]byte{"key": made.File("key"), "message": []byte("signed with openssl")}
		written := func(args ...string) []byte {
			t.Helper()
			r := outside.OpenSSL(t, files, args...)
			if !r.OK {
				t.Fatalf("%s", r.Output)
			}
			return r.File("out")
		}
		spki := written("ec", "-in", "key", "-pubout", "-outform", "DER", "-out", "out")
		point := spki[len(spki)-1-2*c.FieldSize():] // the BIT STRING ends the structure
		k := newPair(c, point)
		digest := sha256.Sum256(files["message"])
		for range 3 {
			r, s := splitDER(written("dgst", "-sha256", "-sign", "key", "-out", "out", "message"))
			k.wants(t, "openssl", true, digest[:], r, s)
			k.wants(t, "openssl", false, digest[1:], r, s)
		}
	})
}
