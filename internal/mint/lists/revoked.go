package lists

import (
	"crypto"
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"slices"

	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/internal/mint/pki"
)

// RevokedHash is the beginning of the digest of what revokes a document.
func RevokedHash(data string) []byte {
	sum := sha256.Sum256([]byte(data))
	return sum[:16]
}

// RevokedDigest is the whole of it in base64, as Italy's list has it.
func RevokedDigest(data string) string {
	sum := sha256.Sum256([]byte(data))
	return Base64(sum[:])
}

// A RevokedBatch is a batch of the EU gateway.
type RevokedBatch struct {
	By             *pki.Credential
	Country, Type  string
	Expires, KeyID string
	Of             []string // what is hashed
	// Edit works on the object, and Message on the CMS; nil leaves them.
	Edit    func(Object)
	Message func(pki.Message) pki.Message
}

// Batch is a sound batch of Utopia, which counts until 30 November 2026.
func (g Gateway) Batch(kind string, of ...string) RevokedBatch {
	return RevokedBatch{By: g.Upload, Country: "UT", Type: kind, Expires: "2026-11-30T00:00:00Z", KeyID: "UNKNOWN_KID", Of: of}
}

// DER is the batch as CMS, and Text the same in base64 as the gateway hands it out.
func (b RevokedBatch) DER() []byte {
	entries := []any{}
	for _, data := range b.Of {
		entries = append(entries, Object{"hash": Base64(RevokedHash(data))})
	}
	o := Object{"country": b.Country, "expires": b.Expires, "kid": b.KeyID, "hashType": b.Type, "entries": entries}
	if b.Edit != nil {
		b.Edit(o)
	}
	m := pki.Seal(pki.OIDData, JSON(o), b.By)
	if b.Message != nil {
		m = b.Message(m)
	}
	return m.Encode()
}

// Text is the batch in base64.
func (b RevokedBatch) Text() []byte { return []byte(Base64(b.DER())) }

// BatchPage is a page of the gateway's list of batches.
func BatchPage(more bool, ids ...string) []byte {
	batches := []any{}
	for _, id := range ids {
		batches = append(batches, Object{"batchId": id, "country": "UT", "date": "2026-10-20T08:00:00Z", "deleted": false})
	}
	return JSON(Object{"more": more, "batches": batches})
}

// Chunk is a chunk of Italy's list of revoked certificates.
func Chunk(version, number, last, total int, of ...string) Object {
	digests := []string{}
	for _, data := range of {
		digests = append(digests, RevokedDigest(data))
	}
	return Object{
		"id": "61bcc7c3da0f876422c6a67f", "version": version, "chunk": number, "lastChunk": last, "totalNumberUCVI": total,
		"creationDate": "2026-10-28T04:00:00.120+00:00", "revokedUcvi": digests, "sizeSingleChunkInByte": 510,
	}
}

// RevokedCards is an issuer's list of revoked cards.
func RevokedCards(keyID string, counter int, ids ...string) Object {
	return Object{"kid": keyID, "method": "rid", "ctr": counter, "rids": ids}
}

// A RevokedTree is Germany's distribution: hashes by key ID and type, all in hexadecimal.
type RevokedTree map[string]map[string][][]byte

// Files are the signed files of the tree. Those of a first byte lie in one chunk each for a second byte, but for the last.
func (t RevokedTree) Files(by *pki.Key) map[string][]byte {
	files := make(map[string][]byte)
	keys := mint.Map{}
	for _, id := range slices.Sorted(maps.Keys(t)) {
		types := mint.Map{}
		for _, kind := range slices.Sorted(maps.Keys(t[id])) {
			types = append(types, mint.Pair{unhexed(kind), mint.Int(int64(len(t[id][kind])))})
			index(files, by, id+kind, t[id][kind])
		}
		keys = append(keys, mint.Pair{unhexed(id), types})
	}
	files["kid.lst"] = SignedCBOR(by, keys)
	return files
}

func unhexed(text string) mint.Item {
	b, err := hex.DecodeString(text)
	if err != nil {
		panic(err)
	}
	return mint.Bytes(b)
}

func index(files map[string][]byte, by *pki.Key, folder string, hashes [][]byte) {
	const changed = 1792483200
	first := grouped(hashes, 0)
	entries := mint.Map{}
	for _, b1 := range slices.Sorted(maps.Keys(first)) {
		second := grouped(first[b1], 1)
		order := slices.Sorted(maps.Keys(second))
		parts := mint.Map{}
		for i, b2 := range order {
			place := folder + "/" + hex.EncodeToString([]byte{b1})
			if i < len(order)-1 || len(order) == 1 {
				place += "/" + hex.EncodeToString([]byte{b2})
				parts = append(parts, mint.Pair{mint.Bytes([]byte{b2}), mint.Array{mint.Int(changed), mint.Int(int64(len(second[b2])))}})
			}
			chunk := mint.Array{}
			for _, h := range second[b2] {
				chunk = append(chunk, mint.Bytes(h))
			}
			files[place+"/chunk.lst"] = SignedCBOR(by, chunk)
		}
		entries = append(entries, mint.Pair{mint.Bytes([]byte{b1}), mint.Array{mint.Int(changed), mint.Int(int64(len(first[b1]))), parts}})
	}
	files[folder+"/index.lst"] = SignedCBOR(by, entries)
}

func grouped(hashes [][]byte, at int) map[byte][][]byte {
	groups := make(map[byte][][]byte)
	for _, h := range hashes {
		groups[h[at]] = append(groups[h[at]], h)
	}
	return groups
}

// SignedCBOR is any content, signed (RFC 9052 §4.2).
func SignedCBOR(by *pki.Key, content mint.Item) []byte {
	protected, payload := mint.Encode(mint.Map{{mint.Int(1), mint.Int(-7)}}), mint.Encode(content)
	signed := mint.Encode(mint.Array{mint.Text("Signature1"), mint.Bytes(protected), mint.Bytes(nil), mint.Bytes(payload)})
	signature := pki.Sign(by, pki.PlainECDSA(crypto.SHA256), signed)
	return mint.Encode(mint.Tag{Number: 18, Content: mint.Array{mint.Bytes(protected), mint.Map{}, mint.Bytes(payload), mint.Bytes(signature)}})
}
