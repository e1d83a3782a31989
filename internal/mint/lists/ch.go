package lists

import (
	"crypto"
	"crypto/sha256"
	"math/big"

	"github.com/travelseal/travelseal/internal/mint/pki"
)

// SwissKey is an entry of the Swiss list.
func SwissKey(of *pki.Credential, use string) Object {
	o := Object{"keyId": SwissKeyID(of), "use": use}
	if k := of.Key; k.Curve == nil {
		o["alg"], o["n"], o["e"] = "RS256", Base64(k.Modulus.Bytes()), Base64(k.Exponent.Bytes())
	} else {
		fixed := func(n *big.Int) string { return Base64(n.FillBytes(make([]byte, k.Curve.Size()))) }
		o["alg"], o["crv"], o["x"], o["y"] = "ES256", string(k.Kind), fixed(k.Public.X), fixed(k.Public.Y)
	}
	return o
}

// SwissSPKI is an entry of the form for other programs, which has the key as SubjectPublicKeyInfo.
func SwissSPKI(of *pki.Credential, use string) Object {
	o := SwissKey(of, use)
	for _, name := range []string{"crv", "x", "y", "n", "e"} {
		delete(o, name)
	}
	o["subjectPublicKeyInfo"] = spki(of.Key)
	return o
}

// SwissKeyID is the key ID of a certificate, as both lists have it.
func SwissKeyID(of *pki.Credential) string {
	sum := sha256.Sum256(of.Cert)
	return Base64(sum[:8])
}

// SwissKeys and SwissActive are what the two lists say.
func SwissKeys(keys ...Object) Object {
	if keys == nil {
		keys = []Object{}
	}
	return Object{"certs": keys}
}

func SwissActive(of ...*pki.Credential) Object {
	ids := []string{}
	for _, c := range of {
		ids = append(ids, SwissKeyID(c))
	}
	return Object{"activeKeyIds": ids, "validDuration": 172800000}
}

// A SwissJWS is a signed list.
type SwissJWS struct {
	By     *pki.Key
	Header Object // alg and x5c
	Claims any
}

// SwissBy is a list that a certificate signs, with the certificates that lead to the root.
func (g Government) SwissBy(by *pki.Credential, claims any) SwissJWS {
	return SwissJWS{By: by.Key, Header: Object{"alg": "ES256", "x5c": []string{Base64(by.Cert), Base64(g.Between.Cert)}}, Claims: claims}
}

// Encode signs the list (RFC 7515 §5.1).
func (s SwissJWS) Encode() []byte {
	text := Base64URL(JSON(s.Header)) + "." + Base64URL(JSON(s.Claims))
	algorithm := pki.PlainECDSA(crypto.SHA256)
	if s.By.Curve == nil {
		algorithm = pki.PKCS1(crypto.SHA256)
	}
	return []byte(text + "." + Base64URL(pki.Sign(s.By, algorithm, []byte(text))))
}
