package mint

import (
	"crypto/ecdsa"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"strings"
)

// JSON objects of cards and links are written by the same writer as those of VDS-NC.
type (
	// A JSONObject is a JSON object with its members in order.
	JSONObject = VDSObject
	// A JSONRaw is written as it stands.
	JSONRaw = VDSRaw
)

// JSON makes an object of names and values by turns.
func JSON(namesAndValues ...any) JSONObject {
	o := JSONObject{}
	for i := 0; i < len(namesAndValues); i += 2 {
		o = append(o, VDSMember{namesAndValues[i].(string), namesAndValues[i+1]})
	}
	return o
}

// A SHC is a SMART Health Card as its framework lays it out: a payload of JSON, compressed with raw DEFLATE, in a compact
// JWS, in the numerals of a code. Every layer can be changed on its own.
//
// A SHC is a value: changing a copy leaves the original as it was.
type SHC struct {
	Signer  Signer
	Header  JSONObject
	Payload JSONObject
	Hooks   SHCHooks
}

// SHCHooks change what a layer of a SHC has become, in the order in which Build calls them; a nil hook changes nothing.
type SHCHooks struct {
	Header     func(string) string // the header's JSON, before signing
	JSON       func(string) string // the payload's JSON
	Compress   func([]byte) []byte // in place of Deflate
	Compressed func([]byte) []byte // before signing
	Signature  SignatureForm
	Altered    func([]byte) []byte // the compressed payload, after signing
	Token      func(string) string // the JWS
	Text       func(string) string // the content of the code
}

// BuiltSHC is a finished card, with what its layers became after the hooks.
type BuiltSHC struct {
	Text      string // "shc:/…", for which nothing is left out that a code cannot hold
	Token     string // the JWS
	JSON      string // the payload before compression
	Signature []byte
}

// Build writes the card.
func (c SHC) Build() BuiltSHC {
	b64 := base64.RawURLEncoding.EncodeToString
	b := BuiltSHC{JSON: change(c.Hooks.JSON, c.Payload.JSON())}
	compress := c.Hooks.Compress
	if compress == nil {
		compress = Deflate
	}
	payload := change(c.Hooks.Compressed, compress([]byte(b.JSON)))
	header := b64([]byte(change(c.Hooks.Header, c.Header.JSON())))
	b.Signature = c.Signer.Sign([]byte(header + "." + b64(payload)))
	if c.Hooks.Signature != nil {
		b.Signature = c.Hooks.Signature(b.Signature, c.Signer.Key.Public())
	}
	b.Token = change(c.Hooks.Token, header+"."+b64(change(c.Hooks.Altered, payload))+"."+b64(b.Signature))
	b.Text = change(c.Hooks.Text, "shc:/"+Numerals(b.Token))
	return b
}

// Deflate compresses without the head and the checksum of zlib (RFC 1951).
func Deflate(data []byte) []byte {
	stream := Zlib(data)
	return stream[2 : len(stream)-4]
}

// Numerals writes each character of a JWS as two numerals, 45 below its code. A character that has none is written as it
// stands.
func Numerals(token string) string {
	var b strings.Builder
	for i := range len(token) {
		if c := token[i]; c >= '-' && c < '-'+100 {
			fmt.Fprintf(&b, "%02d", c-'-')
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}

// Chunks writes a JWS as the contents of n codes of about one size.
func Chunks(token string, n int) []string {
	var list []string
	for i := range n {
		list = append(list, fmt.Sprintf("shc:/%d/%d/%s", i+1, n, Numerals(token[i*len(token)/n:(i+1)*len(token)/n])))
	}
	return list
}

// CardFile writes a file of several cards, as wallets export them.
func CardFile(tokens ...string) string {
	list := []any{}
	for _, t := range tokens {
		list = append(list, t)
	}
	return JSONObject{{"verifiableCredential", list}}.JSON()
}

// CardParameters writes several cards as the answer of the FHIR operation $health-cards-issue.
func CardParameters(tokens ...string) string {
	list := []any{}
	for _, t := range tokens {
		list = append(list, JSONObject{{"name", "verifiableCredential"}, {"valueString", t}})
	}
	return JSONObject{{"resourceType", "Parameters"}, {"parameter", list}}.JSON()
}

// Thumbprint is the SHA-256 thumbprint of a P-256 key as a JWK, in base64url (RFC 7638): its key ID in a card.
func Thumbprint(key *ecdsa.PublicKey) string {
	point, err := key.Bytes()
	must(err)
	b64 := base64.RawURLEncoding.EncodeToString
	sum := sha256.Sum256([]byte(`{"crv":"P-256","kty":"EC","x":"` + b64(point[1:33]) + `","y":"` + b64(point[33:]) + `"}`))
	return b64(sum[:])
}

// Set replaces what stands at a path within the payload: c.Set("not-done", "vc", …). See JSONObject.Set.
func (c SHC) Set(value any, path ...any) SHC {
	c.Payload = c.Payload.Set(value, path...)
	return c
}

// Drop removes what stands at a path within the payload.
func (c SHC) Drop(path ...any) SHC {
	c.Payload = c.Payload.Drop(path...)
	return c
}

// Resource is the path to a member of the resource of an entry, behind more steps.
func Resource(entry int, steps ...any) []any {
	return append([]any{"vc", "credentialSubject", "fhirBundle", "entry", entry, "resource"}, steps...)
}

// ResignCard signs the same content with another key and leaves the header as it is: the card still names the first key.
func ResignCard(c SHC, s Signer) SHC {
	c.Signer = s
	return c
}
