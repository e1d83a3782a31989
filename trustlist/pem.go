package trustlist

import (
	"bytes"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"strings"

	"github.com/travelseal/travelseal/formats"
)

// pemBegin stands before every block of a PEM file (RFC 7468 §3).
var pemBegin = []byte("-----BEGIN ")

// addPEM takes in every CERTIFICATE, X509 CRL and PUBLIC KEY block of a PEM file (RFC 7468 §5, §6, §13). Other blocks are listed as dropped; a private key
// among them is an error, because a file with one must not be handed around as trust material.
func (b *builder) addPEM(data []byte, src Source) error {
	if bytes.Contains(data, []byte("PRIVATE KEY-----")) {
		return errPrivateKey
	}
	read := 0
	for rest := data; ; read++ {
		var block *pem.Block
		if block, rest = pem.Decode(rest); block == nil {
			break
		}
		switch block.Type {
		case "CERTIFICATE":
			b.addCertificate(block.Bytes, read, src)
		case "X509 CRL":
			b.undated = true
			b.crls = append(b.crls, block.Bytes)
		case "PUBLIC KEY":
			b.addListKey(block.Bytes, read, src)
		default:
			b.drop(src, fmt.Sprintf("PEM block %d", read+1), "of type "+strings.ToValidUTF8(block.Type, "?")+", none of CERTIFICATE, X509 CRL and PUBLIC KEY")
		}
	}
	// encoding/pem passes over what it cannot read; a list must not lose a key silently.
	if begun := bytes.Count(data, pemBegin); begun > read {
		if read == 0 {
			return errors.New("no PEM block can be read")
		}
		b.drop(src, "PEM", fmt.Sprintf("%d of %d blocks cannot be read", begun-read, begun))
	}
	return nil
}

// addListKey takes in a bare public key as that of a publisher of lists. It says neither whose it is nor what for, so that it
// seals no document; lists are published with such keys.
func (b *builder) addListKey(spki []byte, index int, src Source) {
	key, err := x509.ParsePKIXPublicKey(spki)
	if err != nil {
		b.drop(src, fmt.Sprintf("PEM block %d", index+1), "no public key that is known here")
		return
	}
	b.anchors = append(b.anchors, Anchor{Role: ListSigner, Uses: formats.AllUses, Scope: []formats.ID{AnyFormat}, Key: key, Source: src})
}
