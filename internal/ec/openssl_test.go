package ec

import (
	"bytes"
	"crypto/sha256"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestOpenSSLSigns checks signatures of the openssl command. It skips what that command does not have.
func TestOpenSSLSigns(t *testing.T) {
	if _, err := exec.LookPath("openssl"); err != nil {
		t.Skip("there is no openssl command")
	}
	each(t, func(t *testing.T, c *Curve) {
		name := strings.NewReplacer("P-192", "prime192v1", "P-256", "prime256v1", "P-", "secp").Replace(c.Name())
		if strings.HasPrefix(name, "secp") {
			name += "r1"
		}
		folder := t.TempDir()
		key, message := filepath.Join(folder, "key.pem"), filepath.Join(folder, "message")
		run := func(args ...string) ([]byte, error) { return exec.Command("openssl", args...).Output() }
		if _, err := run("ecparam", "-name", name, "-genkey", "-noout", "-out", key); err != nil {
			t.Skipf("openssl does not make a key on %s: %v", name, err)
		}
		if err := os.WriteFile(message, []byte("signed with openssl"), 0o600); err != nil {
			t.Fatal(err)
		}
		spki := must(run("ec", "-in", key, "-pubout", "-outform", "DER"))
		point := spki[len(spki)-1-2*c.FieldSize():] // the BIT STRING ends the structure
		k := newPair(c, point)
		digest := sha256.Sum256([]byte("signed with openssl"))
		for range 3 {
			sig := must(run("dgst", "-sha256", "-sign", key, message))
			r, s := splitDER(bytes.Clone(sig))
			k.wants(t, "openssl", true, digest[:], r, s)
			k.wants(t, "openssl", false, digest[1:], r, s)
		}
	})
}
