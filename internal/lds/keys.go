package lds

import (
	"bytes"
	"strconv"

	"github.com/travelseal/travelseal/internal/der"
)

// A Protocol is one entry of DG14: a way in which the chip can prove or protect something, or a key for it.
type Protocol struct {
	OID  der.OID
	Name string // in the words of Doc 9303-11 and BSI TR-03110; "" where it is not known here
}

// protocols are the object identifiers of DG14 (Doc 9303-11 §9.2; BSI TR-03110-3 §A.1). An entry stands for all below it.
var protocols = []struct {
	oid  der.OID
	name string
}{
	{der.MustOID("0.4.0.127.0.7.2.2.1.1"), "chip authentication key, DH"},
	{der.MustOID("0.4.0.127.0.7.2.2.1.2"), "chip authentication key, ECDH"},
	{der.MustOID("0.4.0.127.0.7.2.2.2"), "terminal authentication"},
	{der.MustOID("0.4.0.127.0.7.2.2.3.1"), "chip authentication, DH"},
	{der.MustOID("0.4.0.127.0.7.2.2.3.2"), "chip authentication, ECDH"},
	{der.MustOID("0.4.0.127.0.7.2.2.4"), "PACE"},
	{der.MustOID("2.23.136.1.1.5"), "active authentication, ECDSA"},
}

// maxProtocols bounds the entries of DG14.
const maxProtocols = 32

// Protocols reads DG14 (Doc 9303-10 §4.7.14): SecurityInfos, of which only the object identifiers are looked at. The keys
// are for a dialogue with the chip, which this program never has.
func Protocols(file []byte) ([]Protocol, error) {
	r, err := Group(14).open(file)
	if err != nil {
		return nil, err
	}
	set, err := r.Read(der.Set, "the security infos")
	if err != nil {
		return nil, err
	}
	if err := r.End("DG14"); err != nil {
		return nil, err
	}
	var list []Protocol
	for in := set.Reader(); !in.Empty(); {
		v, err := in.Read(der.Sequence, "a security info")
		if err != nil {
			return nil, err
		}
		if len(list) == maxProtocols {
			return nil, v.Fail("the security infos", der.ErrLimit)
		}
		entry := v.Reader()
		oid, err := entry.OID("a security info")
		if err != nil {
			return nil, err
		}
		for !entry.Empty() {
			if _, err := entry.Next("a security info"); err != nil {
				return nil, err
			}
		}
		list = append(list, Protocol{OID: oid, Name: protocolName(oid)})
	}
	return list, nil
}

func protocolName(oid der.OID) string {
	for _, p := range protocols {
		if len(oid) >= len(p.oid) && oid[:len(p.oid)] == p.oid {
			return p.name
		}
	}
	return ""
}

var (
	oidRSA = der.MustOID("1.2.840.113549.1.1.1")
	oidEC  = der.MustOID("1.2.840.10045.2.1")
)

// ChipKey reads DG15 (Doc 9303-10 §4.7.15) and says what kind of public key for Active Authentication stands in it:
// "RSA, 1024 bits", "EC", or its object identifier. Whether the key is sound matters only to a dialogue with the chip.
func ChipKey(file []byte) (string, error) {
	r, err := Group(15).open(file)
	if err != nil {
		return "", err
	}
	v, err := r.Read(der.Sequence, "the public key")
	if err != nil {
		return "", err
	}
	if err := r.End("DG15"); err != nil {
		return "", err
	}
	in := v.Reader()
	algorithm, err := in.Read(der.Sequence, "the public key's algorithm")
	if err != nil {
		return "", err
	}
	bits, err := in.Read(der.BitString, "the public key")
	if err != nil {
		return "", err
	}
	if err := in.End("the public key"); err != nil {
		return "", err
	}
	parameters := algorithm.Reader()
	oid, err := parameters.OID("the public key's algorithm")
	if err != nil {
		return "", err
	}
	switch oid {
	case oidRSA:
		return describeRSA(bits)
	case oidEC:
		return "EC", nil
	}
	return oid.String(), nil
}

func describeRSA(bits der.Value) (string, error) {
	octets, err := bits.Octets("the RSA key")
	if err != nil {
		return "", err
	}
	key, err := der.Only(octets, der.Sequence, "the RSA key")
	if err != nil {
		return "", err
	}
	r := key.Reader()
	n, err := r.Read(der.Integer, "the RSA modulus")
	if err != nil {
		return "", err
	}
	modulus, err := n.Integer("the RSA modulus") // whose sign issuers have lost
	if err != nil {
		return "", err
	}
	return "RSA, " + strconv.Itoa(8*len(bytes.TrimLeft(modulus, "\x00"))) + " bits", nil
}
