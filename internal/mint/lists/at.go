package lists

import (
	"crypto"
	"crypto/sha256"
	"time"

	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/internal/mint/pki"
)

// Austrian is the content of an Austrian trust list of these certificates.
func Austrian(certificates ...*pki.Credential) []byte {
	list := mint.Array{}
	for _, c := range certificates {
		sum := sha256.Sum256(c.Cert)
		list = append(list, AustrianEntry(sum[:8], c.Cert))
	}
	return mint.Encode(mint.Map{{mint.Text("c"), list}})
}

// AustrianEntry is one entry of the list.
func AustrianEntry(keyID, certificate []byte) mint.Item {
	return mint.Map{{mint.Text("i"), mint.Bytes(keyID)}, {mint.Text("c"), mint.Bytes(certificate)}}
}

// An AustrianEnvelope is the message about a list.
type AustrianEnvelope struct {
	By        *pki.Key
	Protected mint.Item // {1: -7, 42: 2}
	Claims    mint.Map  // {2: the digest, 5: nbf, 4: exp}
}

// Envelope is a sound message about a list, which counts for 48 hours from pki.ListedAt on.
func Envelope(by *pki.Key, list []byte) AustrianEnvelope {
	sum := sha256.Sum256(list)
	return AustrianEnvelope{
		By: by, Protected: mint.Map{{mint.Int(1), mint.Int(-7)}, {mint.Int(42), mint.Int(2)}},
		Claims: mint.Map{
			{mint.Int(2), mint.Bytes(sum[:])}, {mint.Int(5), mint.Unix(pki.ListedAt)}, {mint.Int(4), mint.Unix(pki.ListedAt.Add(48 * time.Hour))},
		},
	}
}

// Encode signs the message (RFC 9052 §4.4) and writes it.
func (e AustrianEnvelope) Encode() []byte {
	protected, payload := mint.Encode(e.Protected), mint.Encode(e.Claims)
	signed := mint.Encode(mint.Array{mint.Text("Signature1"), mint.Bytes(protected), mint.Bytes(nil), mint.Bytes(payload)})
	signature := pki.Sign(e.By, pki.PlainECDSA(crypto.SHA256), signed)
	return mint.Encode(mint.Tag{Number: 18, Content: mint.Array{mint.Bytes(protected), mint.Map{}, mint.Bytes(payload), mint.Bytes(signature)}})
}
