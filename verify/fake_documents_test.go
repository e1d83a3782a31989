package verify_test

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"testing"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/trustlist"
)

// A signer is an Ed25519 key with the anchor by which it is trusted. The anchor is a copy that tests change.
type signer struct {
	trustlist.Anchor
	key   ed25519.PrivateKey
	named formats.Signer // how its documents name it
}

// newSigner makes the signer that a name determines: of Utopia, for every format and use, valid a year either way. Its
// documents name it by the digest of its key, which identifies it.
func newSigner(name string) signer {
	seed := sha256.Sum256([]byte("verify tests\x00" + name))
	key := ed25519.NewKeyFromSeed(seed[:])
	return signer{
		Anchor: trustlist.Anchor{
			Role: trustlist.Signer, Uses: formats.AllUses, Country: "UT", Key: key.Public(), Scope: []formats.ID{trustlist.AnyFormat},
			NotBefore: today.Add(-365 * day), NotAfter: today.Add(365 * day), Source: trustlist.Source{Name: name},
		},
		key: key, named: formats.Signer{KeyID: keyDigest(key.Public())[:8], Country: "UT"},
	}
}

// keyDigest is the SHA-256 of a key's SubjectPublicKeyInfo.
func keyDigest(key crypto.PublicKey) []byte {
	spki, err := x509.MarshalPKIXPublicKey(key)
	if err != nil {
		panic(err)
	}
	sum := sha256.Sum256(spki)
	return sum[:]
}

// calledOnly gives the signer with a key identifier that its list gives and that any other key could have: a hint.
func (s signer) calledOnly(id string) signer {
	s.KeyID, s.named.KeyID = []byte(id), []byte(id)
	return s
}

func (s signer) seal(signed []byte) formats.Seal {
	return formats.Seal{
		Role: formats.Issuer, Envelope: "raw", Algorithm: formats.EdDSA, Signed: signed,
		Signature: ed25519.Sign(s.key, signed), Signer: s.named,
	}
}

// ecdsaSeal is a seal by a fresh P-256 key, with its anchor.
func ecdsaSeal(t *testing.T, signed []byte) (signer, formats.Seal) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(signed)
	r, s, err := ecdsa.Sign(rand.Reader, key, sum[:])
	if err != nil {
		t.Fatal(err)
	}
	raw := make([]byte, 64)
	r.FillBytes(raw[:32])
	s.FillBytes(raw[32:])
	who := newSigner("ecdsa")
	who.Key, who.named.KeyID = &key.PublicKey, keyDigest(&key.PublicKey)[:8]
	return who, formats.Seal{Role: formats.Issuer, Envelope: "raw", Algorithm: formats.ES256, Signed: signed, Signature: raw, Signer: who.named}
}

// person is what a document says of one person.
func person(family, given string, birth formats.Date) formats.Claims {
	return formats.Claims{Subjects: []formats.Subject{{Names: []formats.Name{{Family: family, Given: given}}, Birth: birth}}}
}

var (
	maren  = person("Achterberg", "Maren", formats.Date{Year: 1984, Month: time.July, Day: 19})
	tobias = person("Quill", "Tobias", formats.Date{Year: 1991, Month: time.November, Day: 2})
)

// current are the dates of a document that was issued a month ago and is good for another.
func current() formats.Validity {
	return formats.Validity{IssuedAt: today.Add(-30 * day), NotAfter: today.Add(30 * day)}
}

// card makes a document with one part, which the seal covers directly. It is accepted as it stands.
func (s signer) card() *formats.Document {
	return &formats.Document{
		Format: card, Parts: []formats.Part{{Name: "payload", Unverified: maren}},
		Seals: []formats.Seal{s.seal([]byte("a card of Maren"))}, Validity: current(),
	}
}

// badCard is a card whose signature fails.
func (s signer) badCard() *formats.Document {
	d := s.card()
	d.Seals[0].Signed = []byte("a card of somebody else")
	return d
}

// sum is a digest under SHA-256.
func sum(data []byte) []byte {
	s := sha256.Sum256(data)
	return s[:]
}

// bound is the Binding of data that is what the sealed side says it is.
func bound(data []byte) formats.Binding {
	return formats.Binding{Hash: crypto.SHA256, Digest: sum(data), Data: data}
}

// chip makes a document like a passport chip: the seal covers attributes, which name the digest of a list, which names
// the digests of the files DG1 (who) and DG2 (the portrait). It needs DG1. It is accepted as it stands.
func (s signer) chip() *formats.Document {
	dg1, dg2 := []byte("file 1: Maren"), []byte("file 2: a portrait of Maren")
	list := join([]byte("list"), sum(dg1), sum(dg2))
	portrait := formats.Claims{Portrait: &formats.Image{MediaType: "image/jpeg", Data: dg2}}
	return &formats.Document{
		Format: chip, Needs: []string{"DG1"}, Validity: current(),
		Parts: []formats.Part{
			{Name: "DG1", Unverified: maren, Path: []formats.Binding{bound(list), bound(dg1)}},
			{Name: "DG2", Unverified: portrait, Path: []formats.Binding{bound(list), bound(dg2)}},
		},
		Seals: []formats.Seal{s.seal(join([]byte("attributes"), sum(list)))},
	}
}

// device makes a document like an ISO mdoc: the issuer's seal covers a list of digests of items, each one step away, and
// the holder's device has sealed the presentation. It is accepted as it stands.
func (s signer) device(holder signer) *formats.Document {
	item := []byte("item: Maren")
	proof := holder.seal([]byte("this reader, this moment"))
	proof.Role = formats.Holder
	return &formats.Document{
		Format: device, Validity: current(),
		Parts: []formats.Part{{Name: "item", Unverified: maren, Path: []formats.Binding{bound(item)}}},
		Seals: []formats.Seal{s.seal(join([]byte("items"), sum(item))), proof},
	}
}

// printed makes a document that never carries a seal.
func printed() *formats.Document {
	return &formats.Document{Format: paper, Parts: []formats.Part{{Name: "MRZ", Unverified: maren, Seal: formats.NoSeal}}}
}

func join(parts ...[]byte) []byte {
	var all []byte
	for _, p := range parts {
		all = append(all, p...)
	}
	return all
}
