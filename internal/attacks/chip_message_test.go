package attacks_test

import (
	"crypto"
	"slices"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/mint/chip"
	"github.com/travelseal/travelseal/internal/mint/der"
	"github.com/travelseal/travelseal/internal/mint/pki"
	"github.com/travelseal/travelseal/verify"
)

// attributes is the passport with other signed attributes.
func attributes(change func([]pki.CMSAttribute) []pki.CMSAttribute) chip.Chip {
	return signing(func(s *pki.SignerInfo) { s.Attributes = change })
}

// otherDigest is the hash of what is not the content.
var otherDigest = pki.Digest(crypto.SHA256, []byte("other"))

func TestC08_HashesThatDoNotAgree(t *testing.T) {
	hashes := []crypto.Hash{crypto.SHA1, crypto.SHA224, crypto.SHA256, crypto.SHA384, crypto.SHA512}
	rsa := passport.ResignedBy(uto.DSCRSA)
	var mutants []chipMutant
	for _, digest := range hashes {
		for _, signature := range hashes {
			w := noHeader
			if digest == signature {
				w = accepted
			}
			ecdsa, pkcs1, pss := pki.ECDSA(signature), pki.PKCS1(signature), pki.PSSOf(signature)
			of := func(c chip.Chip, a pki.Algorithm) chip.Chip {
				return c.Signing(func(s *pki.SignerInfo) { s.Digest, s.Algorithm = digest, &a })
			}
			pair := digest.String() + " of the content, " + signature.String() + " of the signature, "
			mutants = append(mutants, chipMutant{pair + "ECDSA", of(passport, ecdsa), w},
				chipMutant{pair + "RSA", of(rsa, pkcs1), w}, chipMutant{pair + "PSS", of(rsa, pss), w})
		}
		// The hashes of the groups are another layer, and a choice of its own.
		mutants = append(mutants, chipMutant{digest.String() + " of the groups", passport.Listed(func(l *chip.LDS) { l.Hash = digest }), accepted})
	}
	attackChip(t, chips(t), passport, mutants...)
	// One hash is computed, and another named.
	attackChip(t, chips(t), passport,
		chipMutant{"the content's is named otherwise", signing(func(s *pki.SignerInfo) { s.DigestID = pki.HashID(crypto.SHA384) }), noHeader},
		chipMutant{"the signature's is named otherwise", signing(func(s *pki.SignerInfo) {
			a := pki.ECDSA(crypto.SHA256).Stating(pki.ECDSA(crypto.SHA512).ID)
			s.Algorithm = &a
		}), noHeader},
		chipMutant{"both are named otherwise", signing(func(s *pki.SignerInfo) {
			a := pki.ECDSA(crypto.SHA256).Stating(pki.ECDSA(crypto.SHA512).ID)
			s.DigestID, s.Algorithm = pki.HashID(crypto.SHA512), &a
		}), noHeader},
		chipMutant{"the groups' is named otherwise", passport.Listed(func(l *chip.LDS) { l.HashID = pki.HashIDNull(crypto.SHA384) }), brokenChip},
	)
}

func TestC12_SignedAttributes(t *testing.T) {
	attackChip(t, chips(t), passport,
		chipMutant{"none", signing(func(s *pki.SignerInfo) { s.NoAttributes = true }), noHeader},
		chipMutant{"an empty set", attributes(func([]pki.CMSAttribute) []pki.CMSAttribute { return nil }), noHeader},
		chipMutant{"no content type", attributes(pki.Without(pki.OIDContentType)), noHeader},
		chipMutant{"another content type", attributes(pki.Valued(pki.OIDContentType, der.OID(pki.OIDData))), noHeader},
		chipMutant{"a content type twice", attributes(pki.Doubled(pki.OIDContentType)), noHeader},
		chipMutant{"two content types", attributes(pki.Valued(pki.OIDContentType, der.OID(pki.OIDLDSSecurityObject), der.OID(pki.OIDData))), noHeader},
		chipMutant{"a content type without a value", attributes(pki.Valued(pki.OIDContentType)), noHeader},
		chipMutant{"no digest", attributes(pki.Without(pki.OIDMessageDigest)), noHeader},
		chipMutant{"another digest", attributes(pki.Valued(pki.OIDMessageDigest, der.Octets(otherDigest))), altered},
		chipMutant{"a digest twice", attributes(pki.Doubled(pki.OIDMessageDigest)), noHeader},
		chipMutant{"two digests, the right one first", attributes(func(list []pki.CMSAttribute) []pki.CMSAttribute {
			i := slices.IndexFunc(list, func(a pki.CMSAttribute) bool { return a.Type == pki.OIDMessageDigest })
			list[i].Values = append(list[i].Values, der.Octets(otherDigest))
			return list
		}), noHeader},
		chipMutant{"a digest without a value", attributes(pki.Valued(pki.OIDMessageDigest)), noHeader},
		chipMutant{"an empty digest", attributes(pki.Valued(pki.OIDMessageDigest, der.Octets(nil))), noHeader},
		chipMutant{"half a digest", attributes(pki.Valued(pki.OIDMessageDigest, der.Octets(otherDigest[:16]))), noHeader},
		chipMutant{"a signing time twice", attributes(pki.Doubled(pki.OIDSigningTime)), noHeader},
		chipMutant{"a signing time of another form", attributes(pki.Valued(pki.OIDSigningTime, der.UTF8("yesterday"))), tolerated},
		chipMutant{"in another order", signing(func(s *pki.SignerInfo) { s.Reordered = true }), tolerated},
		chipMutant{"in another order, and signed so", attributes(func(list []pki.CMSAttribute) []pki.CMSAttribute {
			slices.Reverse(list)
			return list
		}).Signing(func(s *pki.SignerInfo) { s.AsGiven = true }), mismatched},
		chipMutant{"an unknown one", attributes(pki.Valued(pki.OIDUnknown, der.Null())), tolerated},
		chipMutant{"changed after signing", passport.SOD(func(b []byte) []byte {
			return swapped(b, der.UTCTime(pki.SignedAt).Encode(), der.UTCTime(pki.SignedAt.AddDate(0, 1, 0)).Encode())
		}), mismatched},
	)
}

// swapped puts bytes in the place of others of the same length, which must be there once.
func swapped(b, old, new []byte) []byte {
	at := -1
	for i := range len(b) - len(old) + 1 {
		if string(b[i:i+len(old)]) == string(old) {
			if at >= 0 {
				panic("attacks: what is to be replaced stands there twice")
			}
			at = i
		}
	}
	if at < 0 || len(old) != len(new) {
		panic("attacks: there is nothing to be replaced")
	}
	return slices.Concat(b[:at], new, b[at+len(old):])
}

// Who has signed attributes has signed a set, which without attributes would be a content (RFC 5652 §14).
func TestC13_AttributesAsContent(t *testing.T) {
	as := func(content string) chip.Chip {
		return passport.Sealed(func(m pki.Message) pki.Message {
			m = m.AttributesAsContent()
			m.Type = content
			return m
		})
	}
	attackChip(t, chips(t), passport,
		chipMutant{"as a security object", as(pki.OIDLDSSecurityObject), brokenChip},
		chipMutant{"as data", as(pki.OIDData), brokenChip},
		chipMutant{"the security object without attributes", signing(func(s *pki.SignerInfo) { s.NoAttributes = true }), noHeader},
		chipMutant{"the security object as data", sealing(func(m *pki.Message) { m.Type = pki.OIDData }), noHeader},
		chipMutant{"the security object as a master list", sealing(func(m *pki.Message) { m.Type = pki.OIDMasterList }), noHeader},
		chipMutant{"the attributes taken away", passport.Sealed(func(m pki.Message) pki.Message {
			return m.Signer(func(s *pki.SignerInfo) {
				genuine := *s
				signature := pki.Sign(s.By.Key, pki.ECDSA(crypto.SHA256), genuine.SignedAttributes(m))
				s.NoAttributes, s.Signature = true, func([]byte) []byte { return signature }
			})
		}), noHeader},
	)
}

func TestC14_NumberOfSigners(t *testing.T) {
	info := passport.Message().Signers[0]
	abroad := pki.NewCSCA("abroad", pki.CSCA().Named(pki.DN("XA", "Elsewhere", "CSCA XA")))
	other, broken, theirs := info, info, info
	other.By = uto.DSCBrainpool
	theirs.By = abroad.Issue("DS XA", pki.DSC().Named(pki.DN("XA", "Elsewhere", "DS XA")))
	broken.Signature = flipped
	of := func(list ...pki.SignerInfo) chip.Chip { return sealing(func(m *pki.Message) { m.Signers = list }) }
	attackChip(t, chips(t, append(pems(uto.CSCAs()...), abroad.PEM())...), passport,
		chipMutant{"none", beside(of(), uto.DSC), unreadable(formats.CodeTruncated)},
		chipMutant{"one twice", of(info, info), noHeader},
		chipMutant{"two of one country", of(info, other), noHeader},
		chipMutant{"two of two countries", of(info, theirs), noHeader},
		chipMutant{"two of two countries, turned round", of(theirs, info), noHeader},
		chipMutant{"a good one and a bad one", of(info, broken), noHeader},
		chipMutant{"a bad one and a good one", of(broken, info), noHeader},
		chipMutant{"seventeen", of(slices.Repeat([]pki.SignerInfo{info}, 17)...), unreadable(formats.CodeLimit)},
	)
}

func TestA22_ContentThatWasExchanged(t *testing.T) {
	other := chip.Of(ofState("UTO").TD1(), "other", uto.DSC).Message()
	attackChip(t, chips(t), passport,
		chipMutant{"the content of another", passport.Sealed(func(m pki.Message) pki.Message {
			m.Encapsulated = der.Octets(other.Content)
			return m
		}), altered},
		chipMutant{"the digest of another", attributes(pki.Valued(pki.OIDMessageDigest, der.Octets(pki.Digest(crypto.SHA256, other.Content)))), altered},
		chipMutant{"no attributes", signing(func(s *pki.SignerInfo) { s.NoAttributes = true }), noHeader},
		chipMutant{"another order", signing(func(s *pki.SignerInfo) { s.Reordered = true }), tolerated},
		chipMutant{"another content type", attributes(pki.Valued(pki.OIDContentType, der.OID(pki.OIDMasterList))), noHeader},
		chipMutant{"no content", sealing(func(m *pki.Message) { m.Detached = true }), brokenChip},
		chipMutant{"an empty content", passport.Sealed(func(m pki.Message) pki.Message {
			m.Encapsulated = der.Octets(nil)
			return m
		}), brokenChip},
		chipMutant{"another signature", forged(passport), mismatched},
	)
	d := demand(t, chips(t), "another signature", chipInput(forged(passport)), mismatched)
	if d.Seals[0].State != verify.Fails {
		t.Errorf("the seal: %s", d.Seals[0].State)
	}
}
