package gdhcn

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"slices"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/strict/base64"
	"github.com/travelseal/travelseal/internal/strict/json"
	"github.com/travelseal/travelseal/trustlist"
)

// A Proof is what there is to say of the linked data proof of a list.
type Proof struct {
	// Signer is the pinned key that has made the proof; nil where none has.
	Signer *trustlist.Anchor
	// Created is when it says that it was made. It is the signer's word where there is a Signer, and nobody's otherwise.
	Created time.Time
	// Deviations name what was tolerated in a proof that holds.
	Deviations []string
	// Problem says why no pinned key answers for the list; nil where one does, or where none is pinned.
	Problem error
}

// SignatureDER names a departure that is tolerated: the signature of ES256 stands in DER, where RFC 7518 §3.4 has r‖s. All
// proofs of the network have it, and which of the two it is leaves no doubt about what was signed.
const SignatureDER = "gdhcn.es256_der"

var (
	errNoProof = errors.New("it has no proof of the type JsonWebSignature2020 with the members that are read here")
	errHeader  = errors.New("the header of its signature is not that of ES256 over a payload that stands as it is")
	errNotHeld = errors.New("no pinned key has made its proof")
)

// prove holds the proof of a list against the pinned keys.
func (l *List) prove(document json.Value, signers []trustlist.Anchor) {
	var v json.Value
	for name, member := range document.Members() {
		if name == "proof" {
			v = member
		}
	}
	p := readProof(v)
	l.Proof.Created, _ = time.Parse(time.RFC3339, p.text["created"])
	if len(signers) == 0 {
		return
	}
	l.Proof.Problem = l.Proof.check(document, p, signers)
}

// check is nil where a pinned key has made the proof.
func (r *Proof) check(document json.Value, p proof, signers []trustlist.Anchor) error {
	options, err := p.options()
	if err != nil {
		return err
	}
	header, signature, err := p.signature()
	if err != nil {
		return err
	}
	of := sha256.Sum256(options.canonical())
	for _, vocabulary := range vocabularies {
		g, err := statements(document, vocabulary)
		if err != nil {
			return err
		}
		in := sha256.Sum256(g.canonical())
		// RFC 7797 §3: the header as it stands, a point, and the payload unencoded.
		signed := slices.Concat(header, []byte{'.'}, of[:], in[:])
		for _, a := range []formats.Algorithm{es256DER, es256} {
			if r.Signer = trustlist.SignedBy(signers, a, signed, signature); r.Signer == nil {
				continue
			}
			if a == es256DER {
				r.Deviations = append(r.Deviations, SignatureDER)
			}
			if !r.Signer.ValidAt(r.Created) {
				r.Signer = nil
				return errNotHeld
			}
			return nil
		}
	}
	return errNotHeld
}

var es256, es256DER = withEncoding(formats.Raw), withEncoding(formats.DER)

func withEncoding(e formats.Encoding) formats.Algorithm {
	a := formats.ES256
	a.Curve, a.Encoding = "P-256", e
	return a
}

// A proof is the member of that name as it stands.
type proof struct {
	text   map[string]string
	others bool // members that are not known, or no texts
}

// proofMembers are those of a proof. Of these, jws is not signed.
var proofMembers = []string{"type", "created", "nonce", "proofPurpose", "verificationMethod", "jws"}

func readProof(v json.Value) proof {
	p := proof{text: make(map[string]string)}
	for name, member := range v.Members() {
		text, ok := member.Text()
		if !ok || !slices.Contains(proofMembers, name) {
			p.others = true
			continue
		}
		p.text[name] = text
	}
	return p
}

// options is the graph of the members of a proof. It has the one thing in a list without a name, which URDNA2015 calls c14n0.
func (p proof) options() (*graph, error) {
	created, err := time.Parse(time.RFC3339, p.text["created"])
	switch {
	case p.others, p.text["type"] != "JsonWebSignature2020", p.text["proofPurpose"] != "assertionMethod", err != nil, created.IsZero():
		return nil, errNoProof
	case !isDID(p.text["verificationMethod"]):
		return nil, errName
	case !plain(p.text["nonce"]) || !plain(p.text["created"]):
		return nil, errCharacter
	}
	const self = "_:c14n0"
	g := &graph{}
	g.link(self, rdf+"type", sec+"JsonWebSignature2020")
	g.text(self, terms+"created", p.text["created"], xsd+"dateTime")
	g.link(self, sec+"proofPurpose", sec+"assertionMethod")
	g.link(self, sec+"verificationMethod", p.text["verificationMethod"])
	if nonce, ok := p.text["nonce"]; ok {
		g.text(self, sec+"nonce", nonce, "")
	}
	return g, nil
}

// signature takes a JWS without its payload apart (RFC 7515 appendix F): the header as it stands, and the signature.
func (p proof) signature() (header, signature []byte, err error) {
	header, encoded, ok := bytes.Cut([]byte(p.text["jws"]), []byte(".."))
	if !ok {
		return nil, nil, errHeader
	}
	text, err := base64.Decode(base64.URLRaw, header)
	if err != nil {
		return nil, nil, errHeader
	}
	if signature, err = base64.Decode(base64.URLRaw, encoded); err != nil {
		return nil, nil, errHeader
	}
	if !isHeader(text) {
		return nil, nil, errHeader
	}
	return header, signature, nil
}

// isHeader reports whether a header says {"alg":"ES256","b64":false,"crit":["b64"]} and nothing else. "b64" without "crit"
// would be passed over by older programs, which would then check other bytes (RFC 7797 §6).
func isHeader(text []byte) bool {
	v, err := json.Parse(text, json.Limits{Depth: 2, Items: 8})
	if err != nil {
		return false
	}
	count := 0
	want := map[string]string{"alg": `"ES256"`, "b64": "false", "crit": `["b64"]`}
	for name, member := range v.Members() {
		count++
		if want[name] == "" || want[name] != string(member.Raw()) {
			return false
		}
	}
	return count == len(want)
}
