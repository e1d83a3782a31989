package mint

import (
	"crypto/aes"
	"crypto/cipher"
	"encoding/base64"
	"time"
)

// LinkKey is the key of the testdata's links: 32 bytes that everybody knows.
var LinkKey = NewDRBG([]byte("travelseal mint link")).Bytes(32)

// LinkPayload is the payload of a link to an address of Utopia.
func LinkPayload() JSONObject {
	return JSON(
		"url", "https://links.utopia.example/manifests/m7Qd2XkVb0sTzr4nWcY1eG5hJp9uLfA3oKiN6xBqRtE",
		"flag", "LP",
		"key", base64.RawURLEncoding.EncodeToString(LinkKey),
		"label", "Vaccinations of Maren",
		"exp", int(Expires.Unix()),
	)
}

// Link writes a link.
func Link(payload JSONObject) string {
	return "shlink:/" + base64.RawURLEncoding.EncodeToString([]byte(payload.JSON()))
}

// FileHeader is the header of a file of cards behind a link (RFC 7516 §4).
func FileHeader() JSONObject {
	return JSON("alg", "dir", "enc", "A256GCM", "cty", "application/smart-health-card")
}

// EncryptedFile writes a file as a JWE in compact form: AES-256-GCM under the key itself (RFC 7518 §4.5, §5.3). The content
// is encrypted as it stands, whatever the header says of its compression. The nonce follows from the content.
func EncryptedFile(key []byte, header JSONObject, content []byte) string {
	b64 := base64.RawURLEncoding.EncodeToString
	block, err := aes.NewCipher(key)
	must(err)
	gcm, err := cipher.NewGCM(block)
	must(err)
	nonce := NewDRBG(append([]byte("travelseal mint nonce"), content...)).Bytes(gcm.NonceSize())
	protected := b64([]byte(header.JSON()))
	sealed := gcm.Seal(nil, nonce, content, []byte(protected))
	n := len(sealed) - gcm.Overhead()
	return protected + ".." + b64(nonce) + "." + b64(sealed[:n]) + "." + b64(sealed[n:])
}

// SHLinkCases lists the documents of testdata/shlink. None is accepted: a link proves nothing.
func SHLinkCases() []Case {
	good := LinkPayload()
	link := func(name, about string, want Want, payload JSONObject) Case {
		return Case{Name: name, About: about, Want: want, Text: Link(payload)}
	}
	unsealed := Want{"unsealed", "refer", "doc.not_resolved"}
	breach := Want{"unsealed", "refer", "content.schema"}
	unreadable := func(code string) Want { return Want{"unreadable", "refer", code} }
	short := base64.RawURLEncoding.EncodeToString(LinkKey[:31])
	return []Case{
		link("passcode", "A long-lived link with a passcode.", unsealed, good),
		link("file", "A link to a single file, without a label or an end.", unsealed, good.Set("U", "flag").Drop("label").Drop("exp")),
		{Name: "viewer", About: "A link behind the address of a viewer.", Want: unsealed, Text: "https://viewer.utopia.example/#" + Link(good)},
		link("http", "An address without TLS.", breach, good.Set("http://links.utopia.example/m", "url")),
		link("label", "A label that is too long.", breach, good.Set("Vaccinations of a person whose name is far too long to be put into a label like this one", "label")),
		link("file-and-passcode", "Flags that exclude one another.", breach, good.Set("PU", "flag")),
		link("short-key", "A key of 31 bytes.", unreadable("decode.payload"), good.Set(short, "key")),
		link("no-address", "The address is missing.", unreadable("decode.payload"), good.Drop("url")),
		link("v2", "A version to come.", unreadable("decode.version"), good.Set(2, "v")),
		{Name: "padded", About: "The base64url ends in padding.", Want: unreadable("decode.encoding"), Text: Link(good) + "="},
		{Name: "capitals", About: "The scheme in capital letters.", Want: unreadable("decode.encoding"), Text: "SHLINK" + Link(good)[6:]},
		{Name: "shlink2", About: "A scheme that does not exist.", Want: unreadable("decode.version"), Text: "shlink2" + Link(good)[6:]},
	}
}

// LinkDirect is a link to a single file at an address, for tests that serve it.
func LinkDirect(address string) string {
	return Link(LinkPayload().Set(address, "url").Set("U", "flag"))
}

// LinkTo is a link to a manifest at an address, for tests that serve it.
func LinkTo(address, flag string) string {
	return Link(LinkPayload().Set(address, "url").Set(flag, "flag").Set(int(time.Date(2058, 1, 1, 0, 0, 0, 0, time.UTC).Unix()), "exp"))
}
