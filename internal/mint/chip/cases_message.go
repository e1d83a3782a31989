package chip

import (
	"crypto"
	"math/big"

	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/internal/mint/der"
	"github.com/travelseal/travelseal/internal/mint/pki"
)

// messageCases are wrong forms of the CMS message, sealed by the issuer's key.
func messageCases() []Case {
	good := Good()
	attributes := func(change func([]pki.CMSAttribute) []pki.CMSAttribute) Chip {
		return good.Signing(func(s *pki.SignerInfo) { s.Attributes = change })
	}
	signers := func(list ...pki.SignerInfo) Chip {
		return good.Sealed(func(m pki.Message) pki.Message {
			m.Signers = list
			return m
		})
	}
	ut := Utopia()
	other := pki.Digest(crypto.SHA256, []byte("other"))
	first := good.Message().Signers[0]
	second, broken := first, first
	second.By = ut.DSCBrainpool
	broken.Signature = func(b []byte) []byte { return append(b[:len(b)-1], b[len(b)-1]^1) }
	nobody := func(certificates ...[]byte) Chip {
		return good.Sealed(func(m pki.Message) pki.Message {
			m.Certificates = certificates
			m.Signers[0].SID = pki.IssuerAndSerial(pki.Utopian("nobody"), der.Int(7))
			return m
		})
	}
	return []Case{
		{"digest-other", "The attribute messageDigest is that of another content.",
			attributes(pki.Valued(pki.OIDMessageDigest, der.Octets(other))), altered},
		{"digest-missing", "The attribute messageDigest is missing.", attributes(pki.Without(pki.OIDMessageDigest)), header},
		{"digest-twice", "The attribute messageDigest is there twice.",
			attributes(pki.Doubled(pki.OIDMessageDigest)), header},
		{"digest-two-values", "The attribute messageDigest has two values.", good.Signing(func(s *pki.SignerInfo) {
			s.Attributes = func(list []pki.CMSAttribute) []pki.CMSAttribute {
				list[1].Values = append(list[1].Values, der.Octets(other))
				return list
			}
		}), header},
		{"content-type-missing", "The attribute contentType is missing.",
			attributes(pki.Without(pki.OIDContentType)), header},
		{"content-type-other", "The attribute contentType names another type.",
			attributes(pki.Valued(pki.OIDContentType, der.OID(pki.OIDData))), header},
		{"content-type-data", "The content is called data.", good.Sealed(func(m pki.Message) pki.Message {
			m.Type = pki.OIDData
			return m
		}), header},
		{"no-attributes", "The key signed the content itself.",
			good.Signing(func(s *pki.SignerInfo) { s.NoAttributes = true }), header},
		{"attributes-as-content", "The signed attributes of a genuine message stand for the content.",
			good.Sealed(pki.Message.AttributesAsContent), payload},
		{"detached", "The message has no content.", good.Sealed(func(m pki.Message) pki.Message {
			m.Detached = true
			return m
		}), payload},
		{"no-signer", "The message has no signature.", good.Sealed(func(m pki.Message) pki.Message {
			m.Certificates, m.Signers = [][]byte{ut.DSC.Cert}, nil
			return m
		}), cut},
		{"two-signers", "Two sound signatures of two signers.", signers(first, second), header},
		{"two-signers-broken-first", "A broken signature, then a sound one.", signers(broken, first), header},
		{"two-signers-broken-last", "A sound signature, then a broken one.", signers(first, broken), header},
		{"no-certificate", "The signer's certificate is not beside the signature.",
			good.Sealed(func(m pki.Message) pki.Message {
				m.Certificates = [][]byte{}
				return m
			}), unknown},
		{"signer-other", "The message names nobody, and one certificate is there, as some states issue it.",
			nobody(ut.DSC.Cert), accept},
		{"signer-nobody", "The message names nobody, and two certificates are there.",
			nobody(ut.DSC.Cert, ut.DSCRSA.Cert), tolerated},
		{"signer-exchanged", "The message names another signer than the one that signed.",
			good.Sealed(func(m pki.Message) pki.Message {
				m.Certificates = [][]byte{ut.DSC.Cert, ut.DSCBrainpool.Cert}
				m.Signers[0].SID = pki.IssuerAndSerial(ut.DSCBrainpool.Issuer, ut.DSCBrainpool.Serial)
				return m
			}), mismatch},
		{"digest-algorithm", "The message names another hash than that of its signature.",
			good.Signing(func(s *pki.SignerInfo) {
				a := pki.ECDSA(crypto.SHA384)
				s.Algorithm = &a
			}), header},
		{"digest-md5", "The message is hashed by MD5.",
			good.ResignedBy(ut.DSCRSA).Signing(func(s *pki.SignerInfo) { s.Digest = crypto.MD5 }),
			mint.Want{Status: "indeterminate", Verdict: "refer", Code: "seal.unsupported"}},
	}
}

// signatureCases have a signature that does not hold.
func signatureCases() []Case {
	good, ut := Good(), Utopia()
	by := func(c Chip, a pki.Algorithm) Chip {
		return c.Signing(func(s *pki.SignerInfo) { s.Algorithm = &a })
	}
	numbers := func(change func(r, s, n *big.Int) (*big.Int, *big.Int)) Chip {
		return good.Sealed(func(m pki.Message) pki.Message {
			return m.Signer(func(s *pki.SignerInfo) {
				signed := s.SignedAttributes(m)
				s.Signature = func([]byte) []byte { return pki.WithNumbers(s.By.Key, crypto.SHA256, signed, change) }
			})
		})
	}
	pss := pki.PSS{Hash: crypto.SHA256, MGF: crypto.SHA256, Salt: 32, Trailer: 1}
	salt, mgf, trailer := pss, pss, pss
	salt.Salt, mgf.MGF, trailer.Trailer = 0, crypto.SHA1, 2
	short := pki.PKCS1(crypto.SHA256)
	short.Block = pki.ShortBlock
	three := good.ResignedBy(ut.RSA.Issue("DS UT e3", pki.DSC().Keyed(pki.RSA2048e3)))
	return []Case{
		{"signature-altered", "One bit of the signature is the other way round.", good.Signing(func(s *pki.SignerInfo) {
			s.Signature = func(b []byte) []byte { return append(b[:len(b)-1], b[len(b)-1]^1) }
		}), mismatch},
		{"ecdsa-zero", "The numbers of the signature are 0.",
			numbers(func(_, _, _ *big.Int) (*big.Int, *big.Int) { return new(big.Int), new(big.Int) }), mismatch},
		{"ecdsa-order", "The order of the curve was added to a number of the signature.",
			numbers(func(r, s, n *big.Int) (*big.Int, *big.Int) { return r, new(big.Int).Add(s, n) }), mismatch},
		{"ecdsa-plain", "The signature is r‖s under the identifier of the structure.",
			by(good, pki.PlainECDSA(crypto.SHA256).Stating(pki.ECDSA(crypto.SHA256).ID)), mismatch},
		{"pss-salt", "Another length of salt than stated.",
			by(GoodPSS(), pki.PSSWith(salt).Stating(pss.Identifier())), mismatch},
		{"pss-mask", "Another hash of the mask than stated.",
			by(GoodPSS(), pki.PSSWith(mgf).Stating(pss.Identifier())), mismatch},
		{"pss-trailer", "A trailer that does not exist.", by(GoodPSS(), pki.PSSWith(trailer)), envelope},
		{"pss-null", "RSASSA-PSS with NULL for parameters.",
			by(GoodPSS(), pki.PSSWith(pss).Stating(pki.PSSIdentifierNull())), envelope},
		{"pss-bare", "RSASSA-PSS without parameters.",
			by(GoodPSS(), pki.PSSWith(pss).Stating(pki.PSSIdentifierBare())), cut},
		{"pkcs1-garbage", "A forgery for exponent 3, made without the private key.",
			by(three, pki.PKCS1Forged(crypto.SHA256)), mismatch},
		{"pkcs1-short", "PKCS #1 with eight bytes of padding and zeros after the hash.",
			by(good.ResignedBy(ut.DSCRSA), short), mismatch},
	}
}

// bytesCases are wrong in their bytes.
func bytesCases() []Case {
	good := Good()
	message := good.Message()
	sod := func(content der.Value) Chip { return good.PutFile("EF.SOD", der.Application(23, content).Encode()) }
	sealed := func(change func(*pki.Message)) Chip {
		return good.Sealed(func(m pki.Message) pki.Message {
			change(&m)
			return m
		})
	}
	return []Case{
		{"unwrapped", "The message without the tag of an EF.SOD.", good.Unwrapped(), tolerated},
		{"trailing-message", "Bytes after the message, within the EF.SOD.",
			sod(der.Trailing(der.Raw(message.Encode()), 0, 0)), trailing},
		{"trailing-file", "Bytes that are no padding after the EF.SOD.",
			good.SOD(func(b []byte) []byte { return append(b, 1, 2, 3) }), trailing},
		{"trailing-info", "An element after the last of the ContentInfo.",
			sealed(func(m *pki.Message) { m.Whole = pki.Tail(5, 0) }), trailing},
		{"trailing-data", "An element after the last of the SignedData.",
			sealed(func(m *pki.Message) { m.SignedData = pki.Tail(5, 0) }), trailing},
		{"trailing-signer", "An element after the last of the SignerInfo.",
			good.Signing(func(s *pki.SignerInfo) { s.Info = pki.Tail(5, 0) }), trailing},
		{"nested", "Ten thousand values, each in the one before.", sod(der.Nested(10000)), tooLarge},
		{"nested-open", "Ten thousand values without an end.", sod(der.NestedOpen(10000)), tooLarge},
		{"length-bomb", "A length of two thousand million.",
			good.PutFile("EF.SOD", der.Claiming(der.Application(23), 0x7fffffff).Encode()),
			cut},
		{"truncated", "The last part of the EF.SOD is missing.",
			good.SOD(func(b []byte) []byte { return b[:len(b)-100] }), cut},
		{"sod-empty", "An EF.SOD of no bytes.", good.PutFile("EF.SOD", nil), cut},
	}
}
