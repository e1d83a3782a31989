package cert_test

import (
	"bytes"
	"crypto/x509"
	"encoding/hex"
	"encoding/pem"
	"strings"
	"testing"
	"time"

	"github.com/travelseal/travelseal/internal/cert"
	"github.com/travelseal/travelseal/internal/outside"
)

// What crypto/x509 refuses, OpenSSL reads as this package does.
func TestOpenSSLReadsTheSame(t *testing.T) {
	compared := 0
	seen := make(map[string]bool)
	for _, r := range corpus(t) {
		if _, err := x509.ParseCertificate(r.raw); err == nil || seen[string(r.raw)] {
			continue
		}
		if seen[string(r.raw)] = true; len(seen)%16 != 0 { // a process for each takes long
			continue
		}
		run := outside.OpenSSL(t, map[string][]byte{"certificate": r.raw},
			"x509", "-inform", "der", "-in", "certificate", "-noout", "-serial", "-dates", "-pubkey", "-ext", "basicConstraints,keyUsage")
		if !run.OK {
			continue // a curve or a form that OpenSSL does not read
		}
		out := run.Output
		compared++
		c := parse(t, r.raw)
		text := string(out)
		if got := strings.TrimPrefix(line(text, "serial="), "-"); got != strings.ToUpper(hex.EncodeToString(number(c.Serial).Bytes())) && got != "00" {
			t.Errorf("%s: OpenSSL has the serial number %s", r.from, got)
		}
		for prefix, at := range map[string]time.Time{"notBefore=": c.NotBefore, "notAfter=": c.NotAfter} {
			if want, err := time.Parse("Jan _2 15:04:05 2006 MST", line(text, prefix)); err != nil || !want.Equal(at) {
				t.Errorf("%s: OpenSSL has %s%v, %v", r.from, prefix, want, err)
			}
		}
		if block, _ := pem.Decode(out[bytes.Index(out, []byte("-----BEGIN")):]); block == nil || !bytes.HasSuffix(block.Bytes, c.SPKI[len(c.SPKI)-48:]) {
			// OpenSSL writes the parameters of a curve anew, but not the point.
			t.Errorf("%s: OpenSSL has another public key", r.from)
		}
		if strings.Contains(text, "CA:TRUE") != c.CA || strings.Contains(text, "Certificate Sign") != c.KeyUsage.Has(cert.CertSign) ||
			strings.Contains(text, "CRL Sign") != c.KeyUsage.Has(cert.CRLSign) || strings.Contains(text, "Digital Signature") != c.KeyUsage.Has(cert.DigitalSignature) {
			t.Errorf("%s: OpenSSL has other powers", r.from)
		}
	}
	t.Logf("%d were compared", compared)
	if compared < 10 {
		t.Error("too few to mean anything")
	}
}

// line gives the rest of the line that begins so.
func line(text, prefix string) string {
	_, after, _ := strings.Cut("\n"+text, "\n"+prefix)
	rest, _, _ := strings.Cut(after, "\n")
	return rest
}
