package icao

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"fmt"
	"strings"

	"github.com/travelseal/travelseal/internal/cert"
	"github.com/travelseal/travelseal/internal/ec"
	"github.com/travelseal/travelseal/trustlist"
)

// MaxCertificates bounds the certificates of a master list or a file; the longest list published has some 600.
const MaxCertificates = 5000

// An Entry is one certificate of a source, whether it can be used or not.
type Entry struct {
	Index int // its place in the source, from 0
	// Certificate is nil where it cannot be read. Its validity and its deviations are the issuer's own words.
	Certificate *cert.Certificate
	// Country is that of its subject, or of its issuer where the subject has none, in capital letters.
	Country string
	// Key is what its key is: "RSA-4096", "P-256", "brainpoolP384r1", "Ed25519"; "" where it cannot be used.
	Key string
	// Dropped says why the certificate is left out; "" where it is not.
	Dropped string
}

// The reasons for which a certificate is left out, beside those of package cert.
const (
	repeated = "it stands in the source twice"
	notCA    = "it does not say that it issues certificates"
)

// A reader makes entries of the certificates of one source.
type reader struct {
	seen    map[string]bool
	entries []Entry
	onlyCAs bool
}

// add takes in the next certificate.
func (r *reader) add(raw []byte) {
	e := Entry{Index: len(r.entries)}
	c, err := cert.Parse(raw)
	switch {
	case err != nil:
		e.Dropped = "it cannot be read: " + err.Error()
	default:
		e.Certificate, e.Country, e.Key = c, country(c), keyName(c)
		e.Dropped = r.objection(c)
	}
	r.entries = append(r.entries, e)
}

// objection says why a certificate that can be read is left out.
func (r *reader) objection(c *cert.Certificate) string {
	if r.seen[string(c.Raw)] {
		return repeated
	}
	r.seen[string(c.Raw)] = true
	if err := c.Usable(); err != nil {
		return err.Error()
	}
	if r.onlyCAs && !c.Roles().Has(cert.CA) {
		return notCA
	}
	return ""
}

func country(c *cert.Certificate) string {
	if c.Subject.Country != "" {
		return strings.ToUpper(c.Subject.Country)
	}
	return strings.ToUpper(c.Issuer.Country)
}

func keyName(c *cert.Certificate) string {
	switch k := c.Key.(type) {
	case *rsa.PublicKey:
		return fmt.Sprintf("RSA-%d", k.N.BitLen())
	case *ecdsa.PublicKey:
		return k.Params().Name
	case *ec.PublicKey:
		return k.Curve().Name()
	case ed25519.PublicKey:
		return "Ed25519"
	}
	return ""
}

// kept are the certificates that are not left out.
func kept(entries []Entry) []*cert.Certificate {
	list := make([]*cert.Certificate, 0, len(entries))
	for _, e := range entries {
		if e.Dropped == "" {
			list = append(list, e.Certificate)
		}
	}
	return list
}

// dropped lists what is left out, as other loaders do.
func dropped(source string, entries []Entry) []trustlist.Dropped {
	var list []trustlist.Dropped
	for _, e := range entries {
		if e.Dropped != "" {
			list = append(list, trustlist.Dropped{Source: source, Item: e.String(), Reason: e.Dropped})
		}
	}
	return list
}

// String names the entry by its place and, where it can be read, its subject and serial number.
func (e Entry) String() string {
	if e.Certificate == nil {
		return fmt.Sprintf("certificate %d", e.Index+1)
	}
	return fmt.Sprintf("certificate %d, %s, serial %X", e.Index+1, e.Certificate.Subject, bytes.TrimLeft(e.Certificate.Serial, "\x00"))
}
