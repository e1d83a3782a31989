package bundle

import (
	"bytes"
	"crypto/ed25519"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/sig"
	"github.com/travelseal/travelseal/internal/strict/json"
)

// A draft is one file of metadata on its way: what is signed, in canonical form, and the signatures so far.
//
// The canonical form of the specification (§4.1.1, canonical JSON) is what Go writes for a map, as long as texts hold no
// letters that Go escapes. Names, times and hexadecimal digits do not; and nothing is published that the verifier, which
// has its own canonical form, does not accept.
type draft struct {
	role       string
	signed     []byte
	signatures map[string]string // key ID → hexadecimal
}

// newDraft makes a draft of a form of the library.
func newDraft(role string, signed interface{ MarshalJSON() ([]byte, error) }) (*draft, error) {
	data, err := signed.MarshalJSON()
	if err != nil {
		return nil, wrap(Form, role, "", err)
	}
	d := &draft{role: role, signed: data, signatures: make(map[string]string)}
	if _, err := wellFormed(role, d.encode()); err != nil {
		return nil, wrap(Form, role, "", err)
	}
	return d, nil
}

// readDraft reads a file of metadata, published or not.
func readDraft(role string, data []byte) (*draft, error) {
	if _, err := wellFormed(role, data); err != nil {
		return nil, err
	}
	v, err := json.Parse(data, metadataLimits)
	if err != nil {
		return nil, err
	}
	d := &draft{role: role, signatures: make(map[string]string)}
	for name, member := range v.Members() {
		if name == "signed" {
			d.signed = bytes.Clone(member.Raw())
		}
	}
	file, err := parse[any](data)
	if err != nil {
		return nil, err
	}
	for _, s := range file.Signatures {
		d.signatures[s.KeyID] = s.Sig
	}
	return d, nil
}

// encode gives the file. Signatures stand in the order of their keys, so that it does not depend on who signed first.
func (d *draft) encode() []byte {
	var b bytes.Buffer
	b.WriteString(`{"signatures":[`)
	for i, id := range slices.Sorted(maps.Keys(d.signatures)) {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, `{"keyid":"%s","sig":"%s"}`, id, d.signatures[id]) // hexadecimal, both
	}
	b.WriteString(`],"signed":`)
	b.Write(d.signed)
	b.WriteString("}\n")
	return b.Bytes()
}

// sign adds the signature of a key.
func (d *draft) sign(s Signer) error {
	id, err := KeyID(s.Public())
	if err != nil {
		return wrap(Form, d.role, "", err)
	}
	signature, err := s.Sign(d.signed)
	if err != nil {
		return wrap(Signature, d.role, "", err)
	}
	if sig.Verify(formats.EdDSA, s.Public(), d.signed, signature) != nil {
		return refuse(Signature, d.role, "", "", "the signature that the key made does not hold")
	}
	d.signatures[id] = hex.EncodeToString(signature)
	return nil
}

// An Authority is the keys of a role, and how many of them must sign.
type Authority struct {
	Keys      []ed25519.PublicKey
	Threshold int
}

// byID gives the keys under their IDs.
func (a Authority) byID() (map[string]ed25519.PublicKey, error) {
	m := make(map[string]ed25519.PublicKey)
	for _, k := range a.Keys {
		id, err := KeyID(k)
		if err != nil {
			return nil, err
		}
		m[id] = k
	}
	return m, nil
}

// signers gives the IDs of the keys of an authority whose signatures under the draft hold.
func (d *draft) signers(a Authority) []string {
	keys, err := a.byID()
	if err != nil {
		return nil
	}
	var good []string
	for _, id := range slices.Sorted(maps.Keys(keys)) {
		raw, err := hex.DecodeString(d.signatures[id])
		if err == nil && len(raw) > 0 && sig.Verify(formats.EdDSA, keys[id], d.signed, raw) == nil {
			good = append(good, id)
		}
	}
	return good
}

func (d *draft) complete(a Authority) bool {
	return a.Threshold > 0 && len(d.signers(a)) >= a.Threshold
}

// within reports whether a key belongs to the authority.
func (a Authority) within(key ed25519.PublicKey) bool {
	return slices.ContainsFunc(a.Keys, func(k ed25519.PublicKey) bool { return k.Equal(key) })
}
