package sig_test

import (
	"crypto"
	"crypto/fips140"
	"crypto/rand"
	"crypto/rsa"
	"os"
	"os/exec"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/sig"
)

// In FIPS 140-only mode the standard library refuses some of the table. That must come out as unsupported: neither as a
// mismatch, which would be an accusation, nor as a panic. The mode is fixed when a program starts, so the test runs itself.
func TestWhatFIPSModeRefusesIsUnsupported(t *testing.T) {
	if !fips140.Enforced() {
		again := exec.Command(os.Args[0], "-test.run=^"+t.Name()+"$")
		again.Env = append(os.Environ(), "GODEBUG=fips140=only")
		if out, err := again.CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		return
	}
	k := rsa2048()
	sha1 := formats.PS256
	sha1.MGFHash = crypto.SHA1
	wants(t, "MGF1 of SHA-1", sig.Verify(sha1, k.Public(), message, signPSS(k, formats.PS256)), sig.ErrUnsupported)
	long := formats.PS256
	long.SaltLength = 64
	wants(t, "salt longer than the hash", sig.Verify(long, k.Public(), message, signPSS(k, long)), sig.ErrUnsupported)

	good := must(rsa.SignPSS(rand.Reader, k, crypto.SHA256, sum(crypto.SHA256, message), &rsa.PSSOptions{SaltLength: 32}))
	wants(t, "PS256", sig.Verify(formats.PS256, k.Public(), message, good), nil)
	good[0] ^= 1
	wants(t, "PS256, a bit flipped", sig.Verify(formats.PS256, k.Public(), message, good), sig.ErrMismatch)
}
