package mobile

import (
	"crypto"
	"fmt"

	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/internal/mint/pki"
)

// A curve has a number in a COSE_Key (RFC 9053 §7.1 and the IANA registry), and the hash that goes with it.
type curve struct {
	number int
	hash   crypto.Hash
	alg    mint.Alg
}

var curves = map[pki.Kind]curve{
	pki.P256: {1, crypto.SHA256, mint.ES256}, pki.P384: {2, crypto.SHA384, mint.ES384}, pki.P521: {3, crypto.SHA512, mint.ES512},
	pki.BrainpoolP256r1: {256, crypto.SHA256, mint.ES256}, pki.BrainpoolP384r1: {258, crypto.SHA384, mint.ES384},
}

// curveOf gives what the documents say of the kind of a key.
func curveOf(k *pki.Key) curve {
	c, found := curves[k.Kind]
	if !found {
		panic(fmt.Sprintf("mobile: no key of the kind %q signs mobile documents", k.Kind))
	}
	return c
}

func algorithm(k *pki.Key) mint.Alg { return curveOf(k).alg }

// sign signs in the form of COSE: r‖s, each as long as the order (RFC 9053 §2.1).
func sign(k *pki.Key, message []byte) []byte {
	return pki.Sign(k, pki.PlainECDSA(curveOf(k).hash), message)
}

// coseKey is a COSE_Key of the kind EC2 (RFC 9053 §7.1.1).
func coseKey(k *pki.Key) mint.Map {
	size := k.Curve.Size()
	return mint.Map{
		{mint.Int(1), mint.Int(2)}, {mint.Int(-1), mint.Int(curveOf(k).number)},
		{mint.Int(-2), mint.Bytes(k.Public.X.FillBytes(make([]byte, size)))}, {mint.Int(-3), mint.Bytes(k.Public.Y.FillBytes(make([]byte, size)))},
	}
}

// deviceSigned is what the device says of one session (ISO/IEC 18013-5 §9.1.3): its signature over the session, detached.
func (d Document) deviceSigned(docType string) mint.Map {
	says := d.Says
	if says == nil {
		says = mint.Map{}
	}
	spaces := embedded(mint.Encode(says))
	key := d.Device
	if d.Thief != nil {
		key = d.Thief
	}
	alg, name := mint.Int(algorithm(key)), "deviceSignature"
	if d.MAC {
		alg, name = 5, "deviceMac" // HMAC 256/256
	}
	header := mint.Encode(mint.Map{{mint.Int(mint.HeaderAlg), alg}})
	proof := mint.NewDRBG([]byte("travelseal mint mobile mac")).Bytes(32)
	if !d.MAC {
		payload := mint.Encode(embedded(mint.Encode(mint.Array{
			mint.Text("DeviceAuthentication"), mint.Raw(d.Transcript), mint.Text(docType), spaces,
		})))
		proof = sign(key, structure(header, payload))
	}
	return mint.Map{
		{mint.Text("nameSpaces"), spaces},
		{mint.Text("deviceAuth"), mint.Map{{mint.Text(name), mint.Array{mint.Bytes(header), mint.Map{}, mint.Null{}, mint.Bytes(proof)}}}},
	}
}
