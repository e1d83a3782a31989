package trustlist

import (
	"bytes"
	"encoding/pem"
	"errors"
	"fmt"
	"strings"
)

// pemBegin stands before every block of a PEM file (RFC 7468 §3).
var pemBegin = []byte("-----BEGIN ")

// addPEM takes in every CERTIFICATE and X509 CRL block of a PEM file (RFC 7468 §5, §6). Other blocks are listed as dropped; a private key
// among them is an error, because a file with one must not be handed around as trust material.
func (b *builder) addPEM(data []byte, src Source) error {
	b.undated = true
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
			b.crls = append(b.crls, block.Bytes)
		default:
			b.drop(src, fmt.Sprintf("PEM block %d", read+1), "of type "+strings.ToValidUTF8(block.Type, "?")+", neither CERTIFICATE nor X509 CRL")
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
