package lists

import (
	"crypto"
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"

	"github.com/travelseal/travelseal/internal/mint/pki"
)

// A WHOProof is the linked data proof of a trust list of the WHO.
type WHOProof struct {
	By *pki.Key
	// Plain writes r‖s, as JOSE has it, in place of the DER that the WHO writes.
	Plain bool
	// Header is that of the signature; "" is the WHO's.
	Header string
	// Options works on the members of the proof before it is made; nil leaves them.
	Options func(Object)
}

// Prove makes the proof over a list and writes both.
func (p WHOProof) Prove(list Object) []byte {
	proof := Object{
		"type": "JsonWebSignature2020", "created": "2026-10-01T08:00:00Z", "nonce": "once-upon-a-list", "proofPurpose": "assertionMethod",
		"verificationMethod": "did:web:lists.utopia.example:signing",
	}
	if p.Options != nil {
		p.Options(proof)
	}
	header := p.Header
	if header == "" {
		header = `{"b64":false,"crit":["b64"],"alg":"ES256"}`
	}
	header = Base64URL([]byte(header))
	of, in := sha256.Sum256([]byte(proofQuads(proof))), sha256.Sum256([]byte(WHOQuads(list)))
	algorithm := pki.ECDSA(crypto.SHA256)
	if p.Plain {
		algorithm = pki.PlainECDSA(crypto.SHA256)
	}
	proof["jws"] = header + ".." + Base64URL(pki.Sign(p.By, algorithm, slices.Concat([]byte(header+"."), of[:], in[:])))
	list["proof"] = proof
	return JSON(list)
}

const (
	security   = "https://w3id.org/security#"
	syntax     = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
	whoSets    = "https://smart.who.int/trust/ValueSet-"
	whoContext = "https://smart.who.int/trust/tng-context/v1-DEV.jsonld"
)

// WHOQuads is the canonical form of a list whose entries all have names.
func WHOQuads(list Object) string {
	var lines []string
	say := func(format string, of ...any) { lines = append(lines, fmt.Sprintf(format, of...)) }
	say("<%s> <%scontroller> <%s> .\n", list["id"], security, list["controller"])
	for _, m := range list["verificationMethod"].([]any) {
		entry, ok := m.(Object)
		if !ok {
			say("<%s> <%sverificationMethod> <%v> .\n", list["id"], security, m)
			continue
		}
		id := entry["id"]
		say("<%s> <%sverificationMethod> <%s> .\n", list["id"], security, id)
		say("<%s> <%stype> <%s%s> .\n", id, syntax, security, entry["type"])
		say("<%s> <%scontroller> <%s> .\n", id, security, entry["controller"])
		key := strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(string(JSON(entry["publicKeyJwk"])))
		say("<%s> <%spublicKeyJwk> \"%s\"^^<%sJSON> .\n", id, security, key, syntax)
		for member, set := range map[string]string{"domain": "Domains", "participant": "Participants", "keyusage": "KeyUsage"} {
			property := whoSets + set + "-DEV.jsonld"
			if code, ok := entry[member].(Object); ok {
				say("<%s> <%s> <%s%s> .\n", id, property, property, code["code"])
			}
		}
	}
	slices.Sort(lines)
	return strings.Join(slices.Compact(lines), "")
}

// proofQuads is the canonical form of the members of a proof.
func proofQuads(proof Object) string {
	lines := []string{
		fmt.Sprintf("_:c14n0 <%stype> <%s%s> .\n", syntax, security, proof["type"]),
		fmt.Sprintf("_:c14n0 <http://purl.org/dc/terms/created> \"%s\"^^<http://www.w3.org/2001/XMLSchema#dateTime> .\n", proof["created"]),
		fmt.Sprintf("_:c14n0 <%sproofPurpose> <%s%s> .\n", security, security, proof["proofPurpose"]),
		fmt.Sprintf("_:c14n0 <%sverificationMethod> <%s> .\n", security, proof["verificationMethod"]),
	}
	if nonce, ok := proof["nonce"]; ok {
		lines = append(lines, fmt.Sprintf("_:c14n0 <%snonce> \"%s\" .\n", security, nonce))
	}
	slices.Sort(lines)
	return strings.Join(lines, "")
}
