package ldproof

import (
	"crypto/sha256"
	"errors"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/strict/base58"
	"github.com/travelseal/travelseal/internal/strict/json"
)

// Envelope is the name of this envelope in a formats.Seal.
const Envelope = "LD-Proof"

// A suite is a type of proof: the algorithms that it may name, and where its signature stands.
type suite struct {
	algorithms []string // of a detached JWS
	multibase  bool     // the signature stands in proofValue, and is EdDSA
}

// suites are the types of proof that credentials of this family carry.
var suites = map[string]suite{
	"RsaSignature2018":     {algorithms: []string{"PS256", "RS256"}},
	"Ed25519Signature2018": {algorithms: []string{"EdDSA"}},
	"JsonWebSignature2020": {algorithms: []string{"EdDSA", "ES256", "ES384", "PS256"}},
	"Ed25519Signature2020": {multibase: true},
}

// Why a seal must not be checked.
const (
	unknownSuite = "a type of proof that is not known here"
	otherPurpose = "the proof was not made to assert the claims (proofPurpose)"
	moreMembers  = "the proof holds a member that is not read here"
	noMethod     = "the proof does not say by an absolute IRI who made it (verificationMethod)"
	noMoment     = "the proof does not say when it was made (created)"
	noSignature  = "the proof has no signature in the place that its type asks for"
)

// A proof is the member "proof" as it stands.
type proof struct {
	text   map[string]string
	others bool // members that are not known, or not texts
}

// members are those of a proof that are read: the options (VC Data Integrity §2.1), and the signature.
var members = map[string]bool{"type": true, "created": true, "verificationMethod": true, "proofPurpose": true, "jws": true, "proofValue": true}

func readProof(v json.Value) (proof, error) {
	p := proof{text: make(map[string]string)}
	if v.Kind() != json.Object {
		return p, fail(formats.CodeEnvelope, "proof", errors.New("not one object; a set of proofs is not read here"))
	}
	for name, value := range v.Members() {
		s, ok := value.Text()
		if !ok || !members[name] {
			p.others = true
			continue
		}
		p.text[name] = s
	}
	return p, nil
}

// seal makes the Seal of a proof over a document in canonical form (Linked Data Proofs §8: the hash of the options,
// then the hash of the document).
func (p proof) seal(document string, x *expansion) (formats.Seal, error) {
	s := formats.Seal{Role: formats.Issuer, Envelope: Envelope, Signer: formats.Signer{KeyID: []byte(p.text["verificationMethod"])}}
	if p.refuse(&s, x) {
		return s, nil
	}
	var options statements
	for _, o := range [...]struct{ property, object, datatype string }{
		{rdf + "type", sec + p.text["type"], ""},
		{terms + "created", p.text["created"], DateTime},
		{sec + "proofPurpose", sec + p.text["proofPurpose"], ""},
		{sec + "verificationMethod", p.text["verificationMethod"], ""},
	} {
		if err := options.add("_:b1", o.property, o.object, o.datatype); err != nil {
			return s, err
		}
	}
	text, err := options.canonical()
	if err != nil {
		return s, err
	}
	of, in := sha256.Sum256([]byte(text)), sha256.Sum256([]byte(document))
	return s, p.sign(&s, append(of[:], in[:]...))
}

// refuse sets the Problem of a proof whose members forbid a check, and reports whether there is one.
func (p proof) refuse(s *formats.Seal, x *expansion) bool {
	_, known := suites[p.text["type"]]
	header := func(why string) { s.Problem = formats.Problem{Code: formats.CodeSealHeader, Text: why} }
	switch {
	case !known:
		s.Problem = formats.Problem{Code: formats.CodeSealUnsupported, Text: unknownSuite}
	case p.others:
		header(moreMembers)
	case p.text["proofPurpose"] != "assertionMethod":
		header(otherPurpose)
	case x.iri(p.text["verificationMethod"], scope{}) != absolute:
		header(noMethod)
	case p.text["created"] == "":
		header(noMoment)
	case x.problem.Code != "":
		s.Problem = x.problem
	}
	return s.Problem.Code != ""
}

// sign sets what was signed, the signature and the algorithm.
func (p proof) sign(s *formats.Seal, hashes []byte) error {
	suite := suites[p.text["type"]]
	jws, hasJWS := p.text["jws"]
	value, hasValue := p.text["proofValue"]
	switch {
	case hasJWS == hasValue || hasValue != suite.multibase:
		s.Problem = formats.Problem{Code: formats.CodeSealHeader, Text: noSignature}
		return nil
	case hasJWS:
		return suite.detached(s, jws, hashes)
	}
	if value == "" || value[0] != 'z' {
		return fail(formats.CodeEnvelope, "proof.proofValue", errors.New("not in base58btc (multibase z)"))
	}
	signature, err := base58.Decode([]byte(value[1:]), maxMultibase)
	if err != nil {
		return failAt(formats.CodeEnvelope, "proof.proofValue", err, 1)
	}
	s.Algorithm, s.Signed, s.Signature = formats.EdDSA, hashes, signature
	return nil
}

// maxMultibase bounds a signature in base58; one of Ed25519 has 88 characters at most.
const maxMultibase = 128
