package mint

import (
	"crypto/hmac"
	"crypto/sha256"
)

// A DRBG is the HMAC_DRBG of NIST SP 800-90A §10.1.2 with SHA-256: an endless stream of bytes that its seed determines.
// The standard library ignores a custom source of randomness when it makes keys, so mint makes them from this one.
type DRBG struct{ key, value []byte }

// NewDRBG instantiates a stream from a seed (§10.1.2.3, without nonce or personalisation).
func NewDRBG(seed []byte) *DRBG {
	d := &DRBG{key: make([]byte, sha256.Size), value: make([]byte, sha256.Size)}
	for i := range d.value {
		d.value[i] = 1
	}
	d.update(seed)
	return d
}

// Bytes generates the next n bytes (§10.1.2.5). The requests are part of what determines the stream: two requests of
// 16 bytes differ from one of 32.
func (d *DRBG) Bytes(n int) []byte {
	out := make([]byte, 0, n+sha256.Size)
	for len(out) < n {
		d.value = mac(d.key, d.value)
		out = append(out, d.value...)
	}
	d.update(nil)
	return out[:n]
}

// update is HMAC_DRBG_Update (§10.1.2.2).
func (d *DRBG) update(data []byte) {
	d.key = mac(d.key, d.value, []byte{0}, data)
	d.value = mac(d.key, d.value)
	if len(data) == 0 {
		return
	}
	d.key = mac(d.key, d.value, []byte{1}, data)
	d.value = mac(d.key, d.value)
}

func mac(key []byte, parts ...[]byte) []byte {
	h := hmac.New(sha256.New, key)
	for _, p := range parts {
		h.Write(p)
	}
	return h.Sum(nil)
}
