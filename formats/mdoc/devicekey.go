package mdoc

import (
	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/strict/cbor"
)

// The labels and values of a COSE_Key (RFC 9052 §7, RFC 9053 §7.1 and §7.2).
const (
	keyType, keyCurve, keyX, keyY = 1, -1, -2, -3
	okp, ec2                      = 1, 2
)

// keyCurves are the curves of ISO/IEC 18013-5 §9.1.5.2 (tables 22 and 23) by the IANA registry "COSE Elliptic Curves".
var keyCurves = map[int64]struct {
	name string
	kind int64
}{
	1: {"P-256", ec2}, 2: {"P-384", ec2}, 3: {"P-521", ec2}, 6: {"Ed25519", okp},
	256: {"brainpoolP256r1", ec2}, 257: {"brainpoolP320r1", ec2}, 258: {"brainpoolP384r1", ec2}, 259: {"brainpoolP512r1", ec2},
}

// readDeviceKey reads deviceKeyInfo (ISO/IEC 18013-5 §9.1.2.4): the key of the device that the document was issued to.
func (r *reading) readDeviceKey(info cbor.Value) {
	const where = "deviceKeyInfo"
	var key cbor.Value
	for k, v := range info.Entries() {
		if name, _ := k.TextBytes(); string(name) == "deviceKey" {
			key = v
		}
	}
	if key.Kind() != cbor.Map {
		r.breach(where, "it holds no key of the device")
		return
	}
	var kind, curve int64
	var x, y []byte
	for k, v := range key.Entries() {
		label, ok := k.Int()
		if !ok {
			continue
		}
		switch label {
		case keyType:
			kind, _ = v.Int()
		case keyCurve:
			curve, _ = v.Int()
		case keyX:
			x, _ = v.Bytes()
		case keyY:
			y, _ = v.Bytes() // or the sign of a compressed point, which is not read here
		}
	}
	known, ok := keyCurves[curve]
	if !ok || known.kind != kind || len(x) == 0 || (kind == ec2) != (len(y) > 0) {
		r.breach(where, "the key of the device is on no curve that is known here, or lacks a coordinate")
		return
	}
	r.mso.deviceKey = formats.HolderKey{Curve: known.name, X: x, Y: y}
}
