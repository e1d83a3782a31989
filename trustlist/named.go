package trustlist

import "github.com/travelseal/travelseal/internal/cert"

// namedBy gives the two names by which a French 2D-Doc finds its signer's certificate: the authority's is the issuer's common
// name ("FR03"), the certificate's is the subject's ("AV01"), each of four letters and digits (ANTS, Processus 2D-Doc). Both
// are empty where the certificate is of another kind.
func namedBy(c *cert.Certificate) (authority, certificate string) {
	if c == nil || !fourCharacters(c.Issuer.CommonName) || !fourCharacters(c.Subject.CommonName) {
		return "", ""
	}
	return c.Issuer.CommonName, c.Subject.CommonName
}

func fourCharacters(name string) bool {
	for i := range len(name) {
		if c := name[i]; (c < '0' || c > '9') && (c < 'A' || c > 'Z') {
			return false
		}
	}
	return len(name) == 4
}

// named is the key ID that the certificate's names are for a 2D-Doc, and the issuer that goes with it.
type named struct{ keyID, issuer string }

// means reports whether a document's hints are these names. The authority gives each name to one certificate alone.
func (n named) means(keyID []byte, issuer string) bool {
	return n.keyID != "" && n.keyID == string(keyID) && n.issuer == issuer
}
