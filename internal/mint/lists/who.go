package lists

import (
	"crypto/sha256"
	"encoding/hex"

	"github.com/travelseal/travelseal/internal/mint/pki"
)

// WHOList is the DID of the invented list.
const WHOList = "did:web:lists.utopia.example:v2:trustlist"

// A WHOEntry is one certificate of a trust list of the WHO.
type WHOEntry struct {
	Of                         *pki.Credential
	Domain, Participant, Usage string
	// Edit works on the entry as it stands; nil leaves it.
	Edit func(Object)
}

// Object is the entry's verification method.
func (e WHOEntry) Object() Object {
	kid := WHOKeyID(e.Of)
	key := SignedJWK(e.Of.Key)
	key["kid"], key["x5c"] = kid, []string{Base64(e.Of.Cert)}
	code, address := e.Usage, e.Usage
	if e.Usage == "SCA" {
		code = "CSCA"
	}
	o := Object{
		"id": WHOList + ":" + e.Domain + ":" + e.Participant + ":" + address + "#" + kid, "type": "JsonWebKey2020", "controller": WHOList, "publicKeyJwk": key,
		"domain": Object{"code": "#" + e.Domain}, "participant": Object{"code": "#" + e.Participant}, "keyusage": Object{"code": "#" + code},
	}
	if e.Edit != nil {
		e.Edit(o)
	}
	return o
}

// WHOKeyID is the kid of a certificate: the first eight bytes of its digest.
func WHOKeyID(c *pki.Credential) string {
	sum := sha256.Sum256(c.Cert)
	return Base64(sum[:8])
}

// WHO is a trust list of these entries, which are a WHOEntry or any value in its place. Nobody has signed its proof.
func WHO(entries ...any) []byte { return JSON(WHOObject(entries...)) }

// WHOObject is the list before it is written.
func WHOObject(entries ...any) Object {
	methods := []any{}
	for _, e := range entries {
		if entry, ok := e.(WHOEntry); ok {
			e = entry.Object()
		}
		methods = append(methods, e)
	}
	return Object{
		"@context": []string{"https://www.w3.org/ns/did/v1", "https://w3id.org/security/suites/jws-2020/v1", whoContext},
		"id":       WHOList, "controller": WHOList, "verificationMethod": methods,
		"proof": Object{"type": "JsonWebSignature2020", "created": "2026-10-01T08:00:00Z", "proofPurpose": "assertionMethod", "verificationMethod": WHOList},
	}
}

// A Network is the invented authority over all lists and its members.
type Network struct {
	Root, Between, Anchor *pki.Credential // self-signed; below it; the trust anchor, below that
	Server                *pki.Credential // another certificate below Between
	SCA, DSC              *pki.Credential // of Utopia
	BrainpoolDSC          *pki.Credential // of another curve, under the SCA
	Stranger, StrangerDSC *pki.Credential // of Utopia's names, unknown to the network
}

// NewNetwork makes the network.
func NewNetwork() Network {
	ca := func(name string) pki.Template {
		return pki.Bare().Named(pki.DN("XO", "Network", name)).Valid(pki.CSCAFrom, pki.CSCAUntil).With(
			pki.KeyUsage(pki.DigitalSignature, pki.CertSign, pki.CRLSign), pki.BasicConstraints(true, -1), pki.SubjectKeyID(), pki.AuthorityKeyID())
	}
	n := Network{Root: pki.NewCSCA("network", ca("ROOT"))}
	n.Between = n.Root.Issue("between", ca("SIGN"))
	n.Anchor = n.Between.Issue("anchor", ca("TA"))
	n.Server = n.Between.Issue("server", pki.Server().Named(pki.DN("XO", "Network", "TLS")))
	n.SCA = pki.NewCSCA("lists", pki.CSCA())
	n.DSC = n.SCA.Issue("ds-1", pki.DSC())
	n.BrainpoolDSC = n.SCA.Issue("ds-2", pki.DSC().Keyed(pki.BrainpoolP256r1))
	n.Stranger = n.SCA.Twin("stranger")
	n.StrangerDSC = n.Stranger.Issue("ds-4", pki.DSC())
	return n
}

// RSADSC is a document signer with a key of RSA under the SCA. It is apart because such a key takes a while to find.
func (n Network) RSADSC() *pki.Credential { return n.SCA.Issue("ds-3", pki.DSC().Keyed(pki.RSA2048)) }

// Authority is a file TNG_TA.signed.SCA.json: the trust anchor has signed a certificate.
func (n Network) Authority(sca *pki.Credential) []byte {
	return SignedAuthority(sca, n.Message(n.Anchor, sca.Cert))
}

// Message is what a certificate signs of a network of WHO: any content, with the time.
func (n Network) Message(by *pki.Credential, content []byte) pki.Message {
	return pki.Seal(pki.OIDData, content, by).Signer(func(s *pki.SignerInfo) { s.Time = pki.ListedAt })
}

// SignedAuthority is the file of a certificate and of any message.
func SignedAuthority(sca *pki.Credential, message pki.Message) []byte {
	sum := sha256.Sum256(sca.Cert)
	return JSON(Object{
		"trustAnchorSignature": Base64(message.Encode()), "certificateRawData": Base64(sca.Cert), "certificateThumbprint": hex.EncodeToString(sum[:]), "country": "UT",
	})
}
