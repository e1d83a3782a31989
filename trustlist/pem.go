package trustlist

import (
	"bytes"
	"encoding/pem"
	"errors"
	"fmt"
)

// addPEM takes in every CERTIFICATE block of a PEM file (RFC 7468 §5). Other blocks are listed as dropped; a private key
// among them is an error, because a file with one must not be handed around as trust material.
func (b *builder) addPEM(data []byte, src Source) error {
	b.undated = true
	n := 0
	for rest := data; ; n++ {
		var block *pem.Block
		block, rest = pem.Decode(rest)
		if block == nil {
			if n == 0 || bytes.Contains(rest, []byte("-----BEGIN ")) {
				return fmt.Errorf("PEM block %d cannot be read", n+1)
			}
			return nil
		}
		switch {
		case block.Type == "CERTIFICATE":
			if err := b.addCertificate(block.Bytes, n, src); err != nil {
				return err
			}
		case bytes.HasSuffix([]byte(block.Type), []byte("PRIVATE KEY")):
			return errors.New("the file holds a private key; trust material holds public certificates only")
		default:
			b.dropped = append(b.dropped, Dropped{Source: src.Name, Item: fmt.Sprintf("PEM block %d", n+1), Reason: "of type " + block.Type + ", not CERTIFICATE"})
		}
	}
}
