package verify

import (
	"bytes"
	"crypto"
	"crypto/sha256"
	"crypto/sha512"
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
	seen []hashed
	most int // that a document is likely to need
}

type hashed struct {
	hash crypto.Hash
	data []byte
	sum  [sha512.Size]byte // as much of it as the hash has
}

// sum gives a digest, which is valid until the next call.
func (h *hasher) sum(hash crypto.Hash, data []byte) []byte {
	for i := range h.seen {
		s := &h.seen[i]
		if s.hash == hash && len(s.data) == len(data) && (len(data) == 0 || &s.data[0] == &data[0]) {
			return s.sum[:hash.Size()]
		}
	}
	if h.seen == nil {
		h.seen = make([]hashed, 0, h.most)
	}
	h.seen = append(h.seen, hashed{hash: hash, data: data})
	s := &h.seen[len(h.seen)-1]
	if hash == crypto.SHA256 { // what nearly every document has, without the allocations of an interface
		*(*[sha256.Size]byte)(s.sum[:]) = sha256.Sum256(data)
		return s.sum[:sha256.Size]
	}
	w := hash.New()
	w.Write(data)
	return w.Sum(s.sum[:0])
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
		if !bytes.Equal(h.sum(b.Hash, b.Data), b.Digest) {
			return differs, fmt.Sprintf("digest %d of %d differs", i+1, len(p.Path))
		}
		vouched = b.Data
	}
	return covered, ""
}
