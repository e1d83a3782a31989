package lists

import (
	"crypto"
	"crypto/sha256"
	"fmt"

	"github.com/travelseal/travelseal/internal/mint/pki"
)

// Directory is the invented directory of health card issuers: a self-signed certificate that is no authority's, on P-521.
func Directory() *pki.Credential {
	return pki.NewCSCA("directory", pki.Bare().Keyed(pki.P521).Named(pki.DN("UT", "Directory", "directory.example")).Valid(pki.CSCAFrom, pki.CSCAUntil).With(
		pki.KeyUsage(pki.DigitalSignature), pki.SubjectKeyID(), pki.AuthorityKeyID()))
}

// SignSnapshot is the signature of a snapshot, in a file of its own.
func SignSnapshot(by *pki.Credential, snapshot []byte) []byte {
	return pki.Sign(by.Key, pki.ECDSA(crypto.SHA512), snapshot)
}

// CardJWK is the JWK of a key on P-256 as issuers of health cards publish it.
func CardJWK(k *pki.Key) Object {
	j := JWK(k)
	j["use"], j["alg"], j["kid"] = "sig", "ES256", Thumbprint(j)
	return j
}

// Thumbprint is that of a JWK on a curve (RFC 7638 §3).
func Thumbprint(j Object) string {
	sum := sha256.Sum256(fmt.Appendf(nil, `{"crv":"%s","kty":"%s","x":"%s","y":"%s"}`, j["crv"], j["kty"], j["x"], j["y"]))
	return Base64URL(sum[:])
}

// CardIssuer is an issuer of a snapshot with these keys.
func CardIssuer(address string, keys ...Object) Object {
	return Object{"issuer": Object{"iss": address, "name": "Utopia"}, "keys": keys, "lastRetrieved": "2026-10-27T04:00:00Z"}
}

// Snapshot is a snapshot of the directory, of 28 October 2026.
func Snapshot(issuers ...any) []byte {
	if issuers == nil {
		issuers = []any{}
	}
	return JSON(Object{"directory": "https://directory.example/issuers.json", "time": "2026-10-28T04:00:00Z", "issuerInfo": issuers})
}
