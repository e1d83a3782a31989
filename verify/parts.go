package verify

import (
	"bytes"
	"crypto"
	"crypto/sha256"
	"fmt"

	"github.com/travelseal/travelseal/formats"
)

// A coverage says how a part is tied to its seal.
type coverage int

const (
	open    coverage = iota // no seal covers it
	covered                 // the sealed bytes are the part, or lead to it by digests that all hold
	differs                 // a sealed digest names other content than what is there
)

// maxPath bounds the digests between a seal and a part; a passport chip has two.
const maxPath = 4

// A hasher remembers digests of data that several parts share (the LDS object of a chip lies on every path).
type hasher struct {
	seen []struct {
		hash crypto.Hash
		data []byte
		sum  []byte
	}
}

// holds reports whether a digest is that of its data. The last step of a path is its part's own, and is not remembered.
func (h *hasher) holds(b formats.Binding, last bool) bool {
	if last && b.Hash == crypto.SHA256 { // what documents of many parts have, without an allocation for each
		sum := sha256.Sum256(b.Data)
		return bytes.Equal(sum[:], b.Digest)
	}
	return bytes.Equal(h.sum(b.Hash, b.Data), b.Digest)
}

func (h *hasher) sum(hash crypto.Hash, data []byte) []byte {
	for _, s := range h.seen {
		if s.hash == hash && len(s.data) == len(data) && (len(data) == 0 || &s.data[0] == &data[0]) {
			return s.sum
		}
	}
	w := hash.New()
	w.Write(data)
	sum := w.Sum(nil)
	h.seen = append(h.seen, struct {
		hash crypto.Hash
		data []byte
		sum  []byte
	}{hash, data, sum})
	return sum
}

// sound reports whether a digest of this hash can stand for its data. MD5 cannot (RFC 6151 §2); SHA-1 is left to policies,
// because genuine passports still carry it.
func sound(h crypto.Hash) bool {
	switch h {
	case crypto.SHA1, crypto.SHA224, crypto.SHA256, crypto.SHA384, crypto.SHA512:
		return h.Available()
	}
	return false
}

// cover follows the digests from the sealed bytes to a part. The decoder's word is not taken for where they lead: each
// digest must stand inside the bytes that the one before it vouches for, beginning with the signed bytes.
func (h *hasher) cover(doc *formats.Document, p *formats.Part) (coverage, string) {
	if p.Seal < 0 || p.Seal >= len(doc.Seals) || doc.Seals[p.Seal].Role != formats.Issuer || len(p.Path) > maxPath {
		return open, ""
	}
	vouched := doc.Seals[p.Seal].Signed
	for i, b := range p.Path {
		if !sound(b.Hash) || len(b.Digest) != b.Hash.Size() || !bytes.Contains(vouched, b.Digest) {
			return open, fmt.Sprintf("digest %d of %d does not stand in what is sealed", i+1, len(p.Path))
		}
		if !h.holds(b, i == len(p.Path)-1) {
			return differs, fmt.Sprintf("digest %d of %d differs", i+1, len(p.Path))
		}
		vouched = b.Data
	}
	return covered, ""
}
