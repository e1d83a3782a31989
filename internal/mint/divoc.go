package mint

import (
	"crypto"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"slices"
)

// A Credential is a vaccination certificate of DIVOC: a W3C verifiable credential in JSON-LD with a Linked Data proof,
// in an archive. What is signed is written by Quads, which knows this one shape of document and nothing of JSON-LD.
//
// A Credential is a value: changing a copy leaves the original as it was.
type Credential struct {
	Signer  Signer     // its KID is the verificationMethod
	Suite   string     // "RsaSignature2018"
	Alg     string     // of the JWS header, "PS256"; "" for a signature in multibase
	Body    JSONObject // the credential without its proof
	Carrier Carrier

	Hooks CredentialHooks
}

// A Carrier is how a barcode holds a credential.
type Carrier int

// The carriers: an archive in base64, as bytes, and as a text of UTF-8 with a character for each byte; or the JSON alone.
const (
	InBase64 Carrier = iota
	InBytes
	InText
	Plain
)

// CredentialHooks change what a layer of a Credential has become. They are listed in the order in which Build calls them;
// a nil hook changes nothing.
type CredentialHooks struct {
	Quads     func(string) string         // the credential in canonical form
	Options   func(JSONObject) JSONObject // the proof, before its signature
	Header    func(string) string         // the JWS header
	Signature SignatureForm
	Altered   func(JSONObject) JSONObject // the credential, after signing
	Proof     func(JSONObject) JSONObject // the proof, after signing
	Whole     func(JSONObject) JSONObject // both together
	JSON      func(string) string
	Archive   func([]byte) []byte
	Text      func(string) string
}

// BuiltCredential is a finished credential, with what its layers became after the hooks.
type BuiltCredential struct {
	Text    string
	Quads   string // what the second hash is of
	Signed  []byte
	JSON    string
	Archive []byte
}

// Build writes the credential.
func (c Credential) Build() BuiltCredential {
	b := BuiltCredential{Quads: change(c.Hooks.Quads, Quads(c.Body))}
	proof := change(c.Hooks.Options, JSONObject{
		{"type", c.Suite}, {"created", stamp(IssuedAt)}, {"verificationMethod", string(c.Signer.KID)}, {"proofPurpose", "assertionMethod"},
	})
	options, document := sha256.Sum256([]byte(proofQuads(proof))), sha256.Sum256([]byte(b.Quads))
	b.Signed = append(options[:], document[:]...)
	if c.Alg == "" {
		proof = proof.Set("z"+Base58(c.sign(b.Signed)), "proofValue")
	} else {
		b64 := base64.RawURLEncoding.EncodeToString
		header := b64([]byte(change(c.Hooks.Header, `{"alg":"`+c.Alg+`","b64":false,"crit":["b64"]}`)))
		b.Signed = append([]byte(header+"."), b.Signed...)
		proof = proof.Set(header+".."+b64(c.sign(b.Signed)), "jws")
	}
	whole := append(slices.Clone(change(c.Hooks.Altered, c.Body)), VDSMember{"proof", change(c.Hooks.Proof, proof)})
	b.JSON = change(c.Hooks.JSON, change(c.Hooks.Whole, whole).JSON())
	b.Archive = change(c.Hooks.Archive, Archive(ArchiveFile{"certificate.json", []byte(b.JSON)}))
	b.Text = change(c.Hooks.Text, c.Carrier.Write(b.JSON, b.Archive))
	return b
}

// sign signs by the algorithm of the header, where the key allows it; the trust list's key has the last word.
func (c Credential) sign(message []byte) []byte {
	var signature []byte
	if key, ok := c.Signer.Key.(*rsa.PrivateKey); ok && c.Alg == "RS256" {
		var err error
		signature, err = rsa.SignPKCS1v15(nil, key, crypto.SHA256, digest(crypto.SHA256, message))
		must(err)
	} else {
		signature = c.Signer.Sign(message)
	}
	if form := c.Hooks.Signature; form != nil {
		return form(signature, c.Signer.Key.Public())
	}
	return signature
}

// Write gives the content of a code that holds a credential, or the archive of it, in this way.
func (c Carrier) Write(json string, archive []byte) string {
	switch c {
	case InBytes:
		return string(archive)
	case InText:
		var text []rune
		for _, b := range archive {
			text = append(text, rune(b))
		}
		return string(text)
	case Plain:
		return json
	}
	return "B64:" + base64.StdEncoding.EncodeToString(archive)
}

// Set replaces what stands at a path within the credential: c.Set("F", "credentialSubject", "gender"). See JSONObject.Set.
func (c Credential) Set(value any, path ...any) Credential {
	c.Body = c.Body.Set(value, path...)
	return c
}

// Drop removes what stands at a path within the credential.
func (c Credential) Drop(path ...any) Credential {
	c.Body = c.Body.Drop(path...)
	return c
}

// Alter replaces what stands at a path within the credential after it was signed.
func (c Credential) Alter(value any, path ...any) Credential {
	before := c.Hooks.Altered
	c.Hooks.Altered = func(o JSONObject) JSONObject { return change(before, o).Set(value, path...) }
	return c
}

// Strip removes what stands at a path within the credential after it was signed.
func (c Credential) Strip(path ...any) Credential {
	before := c.Hooks.Altered
	c.Hooks.Altered = func(o JSONObject) JSONObject { return change(before, o).Drop(path...) }
	return c
}

// Resign signs the same content with another key under the same name.
func (c Credential) Resign(s Signer) Credential {
	s.KID = c.Signer.KID
	c.Signer = s
	return c
}

// On gives the credential another carrier.
func (c Credential) On(carrier Carrier) Credential {
	c.Carrier = carrier
	return c
}
