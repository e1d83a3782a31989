package verify

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"errors"
	"slices"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/ec"
	"github.com/travelseal/travelseal/internal/sig"
)

// holder checks the seals of the holder's device, and says what they prove of an authentic document. A device vouches for
// nothing that the document says; it shows that the document is no copy.
func (j *judgement) holder() {
	proved, detail := false, ""
	for i := range j.doc.Seals {
		s := &j.doc.Seals[i]
		if s.Role != formats.Holder {
			continue
		}
		if s.Problem.Code != "" {
			detail = s.Problem.Text
			continue
		}
		if s.Key.Curve == "" {
			continue
		}
		key := j.holderKey(s.Key)
		if key == nil {
			detail = "the issuer has sealed no key of a device that is known here"
			continue
		}
		switch err := sig.Verify(s.Algorithm, key, s.Signed, s.Signature); {
		case err == nil:
			j.outcomes[i].state, proved = Holds, true
			j.add(HolderDeviceProven, sealPlace(i), "")
		case errors.Is(err, sig.ErrMismatch):
			j.outcomes[i].state = Fails
			j.add(HolderDeviceMismatch, sealPlace(i), "")
		default:
			detail = "the signature of the device is of a kind that is not checked here"
		}
	}
	switch {
	case proved:
	case j.doc.Carrier == formats.Chip:
		j.add(ChipNotProven, "", "")
	case j.doc.Carrier == formats.Copy:
		j.add(ChipNotPresented, "", "")
	default:
		j.add(HolderNotProven, "", detail)
	}
}

// minCoordinate is the length of a coordinate, in bytes, below which its standing in the sealed content could be chance.
const minCoordinate = 24

// holderKey makes the key of a device. The decoder's word is not taken for where it stands: the issuer must have sealed it.
func (j *judgement) holderKey(k formats.HolderKey) crypto.PublicKey {
	sealed := j.doc.Seals[j.main].Signed
	if len(k.X) < minCoordinate || !bytes.Contains(sealed, k.X) || !bytes.Contains(sealed, k.Y) {
		return nil
	}
	if k.Curve == "Ed25519" {
		if len(k.X) != ed25519.PublicKeySize || len(k.Y) != 0 {
			return nil
		}
		return ed25519.PublicKey(k.X)
	}
	point := slices.Concat([]byte{4}, k.X, k.Y)
	if curve := standard[k.Curve]; curve != nil {
		if key, err := ecdsa.ParseUncompressedPublicKey(curve, point); err == nil {
			return key
		}
		return nil
	}
	if key, err := ec.NewPublicKey(ec.ByName(k.Curve), point); err == nil {
		return key
	}
	return nil
}

// standard are the curves that the standard library is faster on.
var standard = map[string]elliptic.Curve{"P-256": elliptic.P256(), "P-384": elliptic.P384(), "P-521": elliptic.P521()}
