package attacks_test

import (
	"crypto/ecdsa"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/pem"
	"slices"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/verify"
)

func TestA03_KeyInTheHeaderOfAJWS(t *testing.T) {
	forger := mint.CardSigner("forger")
	point, err := forger.Key.Public().(*ecdsa.PublicKey).Bytes()
	if err != nil {
		t.Fatal(err)
	}
	b64 := base64.RawURLEncoding.EncodeToString
	own := mint.JSON("kty", "EC", "crv", "P-256", "x", b64(point[1:33]), "y", b64(point[33:]))
	noKID := headed("jwk", own)
	noKID.Header = noKID.Header.Drop("kid")
	named := headed("jwk", own)
	named.Header = named.Header.Set(string(forger.KID), "kid")
	refused := unchecked(verify.SealHeader)
	attackCard(t, cardsOf(t), card,
		cardMutant{"own key, trusted kid", mint.ResignCard(headed("jwk", own), forger), refused},
		cardMutant{"own key, own kid", mint.ResignCard(named, forger), refused},
		cardMutant{"own key, no kid", mint.ResignCard(noKID, forger), refused},
		cardMutant{"own key beside a good seal", headed("jwk", own), refused},
		cardMutant{"a key of nothing", headed("jwk", mint.JSONRaw("null")), refused},
		cardMutant{"own key under a name in capitals", mint.ResignCard(headed("JWK", own), forger), disproved(verify.SealMismatch)},
	)
}

func TestA04_CertificateAndAddressInTheHeaderOfAJWS(t *testing.T) {
	url, forger := "http://"+network.address+"/jwks.json", mint.CardSigner("forger")
	std := base64.StdEncoding.EncodeToString
	chain := func(certificates ...string) mint.SHC {
		var list []any
		for _, c := range certificates {
			list = append(list, c)
		}
		return headed("x5c", list)
	}
	own, trusted := std(forger.Cert), std(cardIssuer.Cert)
	noKID := func(c mint.SHC) mint.SHC {
		c.Header = c.Header.Drop("kid")
		return c
	}
	refused, unknown := unchecked(verify.SealHeader), untrusted(verify.SealSignerUnknown)
	attackCard(t, cardsOf(t), card,
		cardMutant{"own certificate", mint.ResignCard(noKID(chain(own)), forger), unknown},
		cardMutant{"own certificate and a trusted one", mint.ResignCard(noKID(chain(own, trusted)), forger), unknown},
		cardMutant{"own certificate, trusted kid", mint.ResignCard(chain(own), forger), disproved(verify.SealMismatch)},
		cardMutant{"own certificate beside a good seal", chain(own), accepted},
		cardMutant{"nine certificates", chain(slices.Repeat([]string{own}, 9)...), unreadable(formats.CodeEnvelope)},
		cardMutant{"a certificate in base64url", chain(base64.RawURLEncoding.EncodeToString(forger.Cert)), unreadable(formats.CodeEnvelope)},
		cardMutant{"jku", mint.ResignCard(headed("jku", url), forger), refused},
		cardMutant{"jku beside a good seal", headed("jku", url), refused},
		cardMutant{"x5u", mint.ResignCard(headed("x5u", url), forger), refused},
		cardMutant{"an address for a kid", headed("kid", url), unknown},
		cardMutant{"an address for the issuer", card.Set(url, "iss"), unknown},
	)
	quiet(t)
}

func TestA05_AlgorithmNoneOfAJWS(t *testing.T) {
	with := func(c mint.SHC, form mint.SignatureForm) mint.SHC {
		c.Hooks.Signature = form
		return c
	}
	refused := unchecked(verify.SealUnsupported)
	attackCard(t, cardsOf(t), card,
		cardMutant{"none, unsigned", with(headed("alg", "none"), mint.NoSignature), refused},
		cardMutant{"none, signed", headed("alg", "none"), refused},
		cardMutant{"None", with(headed("alg", "None"), mint.NoSignature), refused},
		cardMutant{"no name", with(headed("alg", ""), mint.NoSignature), refused},
		cardMutant{"null", with(headed("alg", mint.JSONRaw("null")), mint.NoSignature), refused},
		cardMutant{"no algorithm at all", hooked(func(h *mint.SHCHooks) {
			h.Header = func(s string) string { return strings.Replace(s, `"alg":"ES256",`, "", 1) }
			h.Signature = mint.NoSignature
		}), unchecked(verify.SealHeader)},
		cardMutant{"ES256, unsigned", with(card, mint.NoSignature), disproved(verify.SealMismatch)},
		cardMutant{"ES256, all zero", with(card, mint.AllZero), disproved(verify.SealMismatch)},
		cardMutant{"ES256, as DER", with(card, mint.AsDER), disproved(verify.SealMismatch)},
		cardMutant{"ES256, mirrored", with(card, mint.Mirrored), accepted},
	)
}

func TestA06_PublicKeyAsTheSecretOfAMAC(t *testing.T) {
	spki := spkiOf(t, cardIssuer.Key.Public())
	point, err := cardIssuer.Key.Public().(*ecdsa.PublicKey).Bytes()
	if err != nil {
		t.Fatal(err)
	}
	for name, secret := range map[string][]byte{
		"DER": spki, "PEM": pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: spki}), "point": point, "x": point[1:33], "certificate": cardIssuer.Cert, "kid": cardIssuer.KID,
	} {
		for _, alg := range []string{"HS256", "HS384", "HS512"} {
			c := headed("alg", alg)
			c.Hooks.Token = func(token string) string {
				signed := token[:strings.LastIndexByte(token, '.')]
				mac := hmac.New(sha256.New, secret)
				mac.Write([]byte(signed))
				return signed + "." + base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
			}
			attackCard(t, cardsOf(t), card, cardMutant{alg + " keyed with the " + name, c, unchecked(verify.SealUnsupported)})
		}
	}
}

// The compact form has no unprotected header, and the forms in JSON that have one are not read (A09, A21).
func TestA09_UnprotectedHeaderOfAJWS(t *testing.T) {
	part := strings.Split(card.Build().Token, ".")
	flattened := mint.JSON("payload", part[1], "protected", part[0], "header", mint.JSON("kid", "x"), "signature", part[2])
	general := mint.JSON("payload", part[1], "signatures", []any{mint.JSON("protected", part[0], "signature", part[2])})
	v := cardsOf(t)
	demand(t, v, "the sibling", formats.Text(strings.Join(part, ".")), accepted)
	for name, text := range map[string]string{"flattened": flattened.JSON(), "general": general.JSON()} {
		demand(t, v, name, formats.Text(text), unreadable(formats.CodeUnknownFormat))
		demand(t, v, name+" in a file", formats.Text(`{"verifiableCredential":[`+text+`]}`), unreadable(formats.CodeUnknownFormat))
	}
}

func TestA10_RepeatedMemberOfTheHeaderOfAJWS(t *testing.T) {
	twice := func(member string) mint.SHC {
		return hooked(func(h *mint.SHCHooks) { h.Header = func(s string) string { return "{" + member + "," + s[1:] } })
	}
	refused := unreadable(formats.CodeEnvelope)
	attackCard(t, cardsOf(t), card,
		cardMutant{"alg", twice(`"alg":"none"`), refused},
		cardMutant{"kid", twice(`"kid":"x"`), refused},
		cardMutant{"zip", twice(`"zip":"DEF"`), refused},
		cardMutant{"escaped", twice(`"\u0061lg":"none"`), refused},
		cardMutant{"not known", twice(`"x":1,"x":2`), refused},
		cardMutant{"another case", twice(`"ALG":"none"`), accepted},
	)
}

func TestA11_CriticalMemberOfAJWS(t *testing.T) {
	refused := unchecked(verify.SealHeader)
	attackCard(t, cardsOf(t), card,
		cardMutant{"unknown", headed("crit", []any{"x"}), refused},
		cardMutant{"known", headed("crit", []any{"alg"}), refused},
		cardMutant{"none", headed("crit", []any{}), refused},
		cardMutant{"a text", headed("crit", "alg"), refused},
		cardMutant{"null", headed("crit", mint.JSONRaw("null")), refused},
	)
}

func TestA12_PayloadThatIsNotEncoded(t *testing.T) {
	both := headed("b64", mint.JSONRaw("false"))
	both.Header = both.Header.Set([]any{"b64"}, "crit")
	plain := both
	plain.Hooks.Token = func(token string) string {
		part := strings.Split(token, ".")
		return part[0] + "." + card.Build().JSON + "." + part[2]
	}
	refused := unchecked(verify.SealHeader)
	attackCard(t, cardsOf(t), card,
		cardMutant{"false", headed("b64", mint.JSONRaw("false")), refused},
		cardMutant{"true", headed("b64", mint.JSONRaw("true")), refused},
		cardMutant{"false and critical", both, refused},
		cardMutant{"the payload as it is", plain, unreadable(formats.CodeEncoding)},
	)
}
