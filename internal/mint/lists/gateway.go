package lists

import (
	"crypto"
	"crypto/sha256"
	"encoding/hex"

	"github.com/travelseal/travelseal/internal/mint/pki"
)

// A GatewayItem is one certificate of the EU gateway's list.
type GatewayItem struct {
	Of            *pki.Credential
	Type, Country string
	By            *pki.Credential // who has signed the certificate for the gateway
	// Message works on the detached CMS, and Edit on the item as it stands; nil leaves them.
	Message func(pki.Message) pki.Message
	Edit    func(Object)
}

// Object is the item's TrustListDto.
func (g GatewayItem) Object() Object {
	message := pki.Seal(pki.OIDData, g.Of.Cert, g.By)
	message.Detached = true
	if g.Message != nil {
		message = g.Message(message)
	}
	sum := sha256.Sum256(g.Of.Cert)
	o := Object{
		"kid": Base64(sum[:8]), "timestamp": "2026-09-01T10:00:00+02:00", "country": g.Country, "certificateType": g.Type,
		"thumbprint": hex.EncodeToString(sum[:]), "signature": Base64(message.Encode()), "rawData": Base64(g.Of.Cert),
	}
	if g.Edit != nil {
		g.Edit(o)
	}
	return o
}

// Items are the items of a gateway's list; each is a GatewayItem or any value in its place.
func Items(items ...any) []any {
	list := []any{}
	for _, i := range items {
		if item, ok := i.(GatewayItem); ok {
			i = item.Object()
		}
		list = append(list, i)
	}
	return list
}

// German is the distribution of these items in two lines, signed with a key.
func German(by *pki.Key, items ...any) []byte {
	return GermanText(by, JSON(Object{"certificates": Items(items...)}))
}

// GermanText is the distribution of any second line.
func GermanText(by *pki.Key, content []byte) []byte {
	signature := pki.Sign(by, pki.PlainECDSA(crypto.SHA256), content)
	return append([]byte(Base64(signature)+"\n"), content...)
}

// A Gateway is the invented gateway, and Utopia's offices.
type Gateway struct {
	Anchor       *pki.Credential // the trust anchor, self-signed
	CSCA, Upload *pki.Credential // of Utopia
	DSC          *pki.Credential
	Connection   *pki.Credential // for TLS
	Stranger     *pki.Credential // of the CSCA's names
}

// NewGateway makes the gateway.
func NewGateway() Gateway {
	own := func(common string, uses ...int) pki.Template {
		return pki.Bare().Named(pki.Utopian(common)).Valid(pki.CSCAFrom, pki.CSCAUntil).With(pki.KeyUsage(uses...), pki.SubjectKeyID())
	}
	g := Gateway{CSCA: pki.NewCSCA("gateway csca", pki.CSCA())}
	g.Anchor = pki.NewCSCA("gateway", own("TA", pki.DigitalSignature, pki.CertSign).With(pki.BasicConstraints(true, 0)).Named(pki.DN("EU", "Gateway", "TA")))
	g.Upload = pki.NewCSCA("gateway upload", own("UPLOAD", pki.DigitalSignature))
	g.Connection = pki.NewCSCA("gateway tls", own("AUTH", pki.DigitalSignature))
	g.DSC = g.CSCA.Issue("ds-1", pki.DSC())
	g.Stranger = g.CSCA.Twin("stranger")
	return g
}

// Good is the list of everything that there is of Utopia.
func (g Gateway) Good() []any {
	return []any{
		GatewayItem{Of: g.CSCA, Type: "CSCA", Country: "UT", By: g.Anchor}, GatewayItem{Of: g.Upload, Type: "UPLOAD", Country: "UT", By: g.Anchor},
		GatewayItem{Of: g.DSC, Type: "DSC", Country: "UT", By: g.Upload}, GatewayItem{Of: g.Connection, Type: "AUTHENTICATION", Country: "UT", By: g.Anchor},
	}
}
