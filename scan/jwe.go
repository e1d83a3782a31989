package scan

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"errors"
	"fmt"

	"github.com/travelseal/travelseal/internal/shlink"
	"github.com/travelseal/travelseal/internal/strict/base64"
	"github.com/travelseal/travelseal/internal/strict/inflate"
	"github.com/travelseal/travelseal/internal/strict/json"
)

// The one way in which files of SMART Health Links are encrypted (Encrypting and Decrypting Files): the link's key itself
// (RFC 7518 §4.5) in AES-256-GCM (§5.3).
const (
	jweAlgorithm  = "dir"
	jweEncryption = "A256GCM"
	jweParts      = 5
	nonceSize     = 12
	tagSize       = 16
)

type jweHeader struct {
	algorithm, encryption, zip, contentType string
	critical                                bool
}

// openJWE decrypts a JWE in compact form (RFC 7516 §7.1) within a limit. No other algorithm is ever tried: those with
// passwords can be made to cost anything, and those with other keys mean that somebody else encrypted the file.
func openJWE(text []byte, key shlink.Key, limit int) ([]byte, jweHeader, error) {
	refused := func(why string) ([]byte, jweHeader, error) {
		return nil, jweHeader{}, fmt.Errorf("%w: %s", ErrJWE, why)
	}
	var parts [jweParts][]byte
	rest, ok := text, false
	for i := range jweParts - 1 { // at most four dots are looked for, however many there are
		if parts[i], rest, ok = bytes.Cut(rest, []byte(".")); !ok {
			return refused("fewer than five parts")
		}
	}
	if parts[jweParts-1] = rest; bytes.IndexByte(rest, '.') >= 0 {
		return refused("more than five parts")
	}
	h, err := readJWEHeader(parts[0])
	if err != nil {
		return refused(err.Error())
	}
	if len(parts[1]) != 0 {
		return refused("it brings a key of its own")
	}
	nonce, err1 := base64.Decode(base64.URLRaw, parts[2])
	sealed, err2 := base64.Decode(base64.URLRaw, parts[3])
	tag, err3 := base64.Decode(base64.URLRaw, parts[4])
	if err := errors.Join(err1, err2, err3); err != nil || len(nonce) != nonceSize || len(tag) != tagSize {
		return refused("a part is not base64url, or not of the length that it has")
	}
	block, err := aes.NewCipher(key[:])
	if err != nil {
		return nil, h, err
	}
	gcm, err := cipher.NewGCM(block)
	if err != nil {
		return nil, h, err
	}
	// RFC 7516 §5.1, step 14: what is authenticated beside the text is the header as it was sent.
	plain, err := gcm.Open(nil, nonce, append(sealed, tag...), parts[0])
	if err != nil {
		return refused("the link's key does not open it")
	}
	if h.zip == "" {
		if len(plain) > limit {
			return nil, h, fmt.Errorf("%w: a file of more than %d bytes", ErrTooLarge, limit)
		}
		return plain, h, nil
	}
	plain, err = inflate.Raw(plain, limit)
	switch {
	case errors.Is(err, inflate.ErrLimit):
		return nil, h, fmt.Errorf("%w: a file that expands to more than %d bytes", ErrTooLarge, limit)
	case err != nil:
		return refused("it does not expand: " + err.Error())
	}
	return plain, h, nil
}

var jweLimits = json.Limits{Depth: 8, Items: 100}

// readJWEHeader reads the header and refuses every algorithm but one. The reasons hold nothing of the header.
func readJWEHeader(part []byte) (jweHeader, error) {
	var h jweHeader
	b, err := base64.Decode(base64.URLRaw, part)
	if err != nil {
		return h, err
	}
	v, err := json.Parse(b, jweLimits)
	if err != nil {
		return h, err
	}
	for name, member := range v.Members() {
		switch name {
		case "alg":
			h.algorithm, _ = member.Text()
		case "enc":
			h.encryption, _ = member.Text()
		case "zip":
			if h.zip, _ = member.Text(); h.zip == "" {
				h.zip = "?" // there, and no text
			}
		case "cty":
			h.contentType, _ = member.Text()
		case "crit":
			h.critical = true // RFC 7516 §4.1.13: no extension is understood here
		}
	}
	switch {
	case h.algorithm != jweAlgorithm || h.encryption != jweEncryption:
		return h, errors.New("its algorithms are not dir and A256GCM")
	case h.zip != "" && h.zip != "DEF":
		return h, errors.New("its compression is not DEF")
	case h.critical:
		return h, errors.New("its header calls something critical that is not understood here")
	}
	return h, nil
}
