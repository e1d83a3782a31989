package pki

import (
	"encoding/pem"
	"math/big"

	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/internal/mint/der"
)

// A Credential is a key with its certificate. Each can issue further ones, whether its certificate permits it or not.
type Credential struct {
	Name     string // that it was issued under
	Cert     []byte // DER
	Key      *Key
	Subject  Name
	Issuer   Name
	Serial   der.Value
	KeyID    []byte
	Template Template

	seed string
}

// NewCSCA makes a self-signed authority. Its seed determines its key and serial number.
func NewCSCA(seed string, t Template) *Credential {
	return create("csca\x00"+seed, seed, t, nil)
}

// Issue makes a key and a certificate by this authority.
func (c *Credential) Issue(name string, t Template) *Credential {
	return create(c.seed+"\x00"+name, name, t, c)
}

// Link certifies the key and name of a newer authority by this one (Doc 9303-12 §7.1, table of the CSCA link). The
// identity of the link is the newer authority's, with another serial number.
func (c *Credential) Link(newer *Credential) *Credential {
	t := newer.Template
	t.Holder, t.Subject, t.KeyID, t.Serial, t.Algorithm = newer.Key, newer.Subject, newer.KeyID, nil, nil
	link := c.Issue("link\x00"+newer.seed, t)
	link.Name = newer.Name
	return link
}

// Renewed is the authority's next self-signed certificate: another key under the same name.
func (c *Credential) Renewed(seed string) *Credential {
	t := c.Template
	t.Subject, t.Holder, t.Serial, t.KeyID = c.Subject, nil, nil, nil
	return NewCSCA(seed, t)
}

// Twin is a self-signed authority with another key under the same names, serial number and key identifier, as a forger
// makes it.
func (c *Credential) Twin(seed string) *Credential {
	return NewCSCA("twin\x00"+seed, c.Copied())
}

// Copied is the template of a certificate that is the same in all but its key.
func (c *Credential) Copied() Template {
	t := c.Template
	t.Subject, t.Issuer, t.Serial, t.KeyID, t.Holder = c.Subject, c.Issuer, c.Serial, c.KeyID, nil
	return t
}

// Seeded is a serial number that follows from a seed: positive, of 16 bytes (RFC 5280 §4.1.2.2).
func Seeded(seed string) *big.Int {
	raw := mint.NewDRBG([]byte("travelseal mint pki serial\x00" + seed)).Bytes(16)
	raw[0] = raw[0]&0x3f | 0x40
	return new(big.Int).SetBytes(raw)
}

// create makes a certificate; issuer is nil where it is its own.
func create(seed, name string, t Template, issuer *Credential) *Credential {
	if t.Key == "" {
		t.Key = P256
	}
	c := &Credential{Name: name, Key: t.Holder, Subject: t.Subject, Serial: t.Serial, KeyID: t.KeyID, Template: t, seed: seed}
	if c.Key == nil && t.KeySeed != "" {
		seed = t.KeySeed
	}
	if c.Key == nil {
		c.Key = NewKey(t.Key, seed)
	}
	if c.Subject == nil {
		c.Subject = Utopian(name)
	}
	if c.Serial == nil {
		c.Serial = der.BigInt(Seeded(c.seed))
	}
	if c.KeyID == nil {
		c.KeyID = t.SPKI.KeyID(c.Key)
	}
	if issuer == nil {
		issuer = c
	}
	c.Issuer = t.Issuer
	if c.Issuer == nil {
		c.Issuer = issuer.Subject
	}
	c.Cert = t.certificate(c, issuer)
	return c
}

// PEM gives the certificate in the textual form of RFC 7468 §5.
func (c *Credential) PEM() []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: c.Cert})
}
