package mdoc

import (
	"bytes"
	"crypto"
	_ "crypto/sha256" // for the hashes that an object may name
	_ "crypto/sha512"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/strict/cbor"
)

// maxObject bounds the security object. Genuine ones, with a digest of every age that can be asked for, have some 6 KiB.
const maxObject = 64 << 10

// A securityObject is what the issuer has signed (ISO/IEC 18013-5 §9.1.2.4).
type securityObject struct {
	docType   string
	hash      crypto.Hash
	digests   []namespaceDigests
	deviceKey formats.HolderKey

	signed, from, until, update time.Time

	status bool // it names a list of withdrawn documents
}

type namespaceDigests struct {
	name []byte
	list []digest
}

type digest struct {
	id  int64
	sum []byte
}

// find gives the digest of an element; nil where the issuer has signed none.
func (m *securityObject) find(namespace []byte, id int64) []byte {
	for _, n := range m.digests {
		if !bytes.Equal(n.name, namespace) {
			continue
		}
		for _, d := range n.list {
			if d.id == id {
				return d.sum
			}
		}
	}
	return nil
}

var hashes = map[string]crypto.Hash{"SHA-256": crypto.SHA256, "SHA-384": crypto.SHA384, "SHA-512": crypto.SHA512}

// readObject reads the payload of issuerAuth.
func (r *reading) readObject() error {
	const step = "security object"
	if n := len(r.payload); n > maxObject {
		return fail(formats.CodeLimit, step, maxObject, fmt.Errorf("%d bytes, the limit is %d", n, maxObject))
	}
	top, err := r.parse(step, r.payload)
	if err != nil {
		return err
	}
	object := top
	switch b, ok := embedded(top); {
	case ok:
		if object, err = r.parse(step, b); err != nil {
			return err
		}
	case top.Kind() == cbor.Map && r.o.Allows(msoUntagged):
		r.tolerated(msoUntagged, step, "the security object stands without tag 24")
	default:
		object = cbor.Value{}
	}
	if object.Kind() != cbor.Map {
		return fail(formats.CodePayload, step, object.Offset(), errors.New("not a map within tag 24"))
	}
	var version, algorithm, digests, device, docType, validity cbor.Value
	for k, v := range object.Entries() {
		switch name, _ := k.TextBytes(); string(name) {
		case "version":
			version = v
		case "digestAlgorithm":
			algorithm = v
		case "valueDigests":
			digests = v
		case "deviceKeyInfo":
			device = v
		case "docType":
			docType = v
		case "validityInfo":
			validity = v
		case "status":
			r.mso.status = true
		}
	}
	if text, ok := version.Text(); !ok || text != "1.0" {
		return fail(formats.CodeVersion, step, at(version, object), errors.New("a security object of a version other than 1.0"))
	}
	ok := false
	if r.mso.docType, ok = docType.Text(); !ok {
		return fail(formats.CodePayload, step, at(docType, object), errors.New("docType is missing or not a text"))
	}
	if err := r.readDigests(object, algorithm, digests); err != nil {
		return err
	}
	r.readDeviceKey(device)
	r.readValidity(validity)
	return nil
}

// readDigests reads digestAlgorithm and valueDigests of the object.
func (r *reading) readDigests(object, algorithm, namespaces cbor.Value) error {
	const step = "digests"
	name, _ := algorithm.Text()
	if name == "sha256" && r.o.Allows(msoSpelling) {
		r.tolerated(msoSpelling, "digestAlgorithm", "the hash has another name")
		name = "SHA-256"
	}
	if r.mso.hash = hashes[name]; r.mso.hash == 0 {
		return fail(formats.CodePayload, step, at(algorithm, object), errors.New("the digest algorithm is not SHA-256, SHA-384 or SHA-512"))
	}
	if namespaces.Kind() != cbor.Map {
		return fail(formats.CodePayload, step, at(namespaces, object), errors.New("valueDigests is missing or not a map"))
	}
	texts := false
	for k, v := range namespaces.Entries() {
		space, ok := k.TextBytes()
		if !ok || v.Kind() != cbor.Map {
			return fail(formats.CodePayload, step, v.Offset(), errors.New("valueDigests does not hold maps under texts"))
		}
		n, _ := v.Len()
		list := make([]digest, 0, n)
		for id, sum := range v.Entries() {
			number, isNumber := id.Int()
			if !isNumber && r.o.Allows(digestIDText) {
				number, isNumber = textNumber(id)
				texts = true
			}
			b, isBytes := sum.Bytes()
			if !isNumber || number < 0 || !isBytes {
				return fail(formats.CodePayload, step, id.Offset(), errors.New("a digest is no byte string under a number"))
			}
			list = append(list, digest{number, b})
		}
		r.mso.digests = append(r.mso.digests, namespaceDigests{space, list})
	}
	if texts {
		r.tolerated(digestIDText, "valueDigests", "the numbers of digests are texts")
	}
	return nil
}

// textNumber reads a number that is written as a text in its one spelling.
func textNumber(v cbor.Value) (int64, bool) {
	s, ok := v.Text()
	n, err := strconv.ParseInt(s, 10, 64)
	return n, ok && err == nil && strconv.FormatInt(n, 10) == s
}

// readValidity reads validityInfo (§9.1.2.4), whose moments are in UTC and without fractions of a second.
func (r *reading) readValidity(v cbor.Value) {
	for k, moment := range v.Entries() {
		name, _ := k.TextBytes()
		var to *time.Time
		switch string(name) {
		case "signed":
			to = &r.mso.signed
		case "validFrom":
			to = &r.mso.from
		case "validUntil":
			to = &r.mso.until
		case "expectedUpdate":
			to = &r.mso.update
		default:
			continue
		}
		if b, ok := moment.Bytes(); ok && r.o.Allows(msoSpelling) {
			if inner, err := r.parse("validityInfo", b); err == nil {
				r.tolerated(msoSpelling, "validityInfo", "a date is in a byte string")
				moment = inner
			}
		}
		tag, inner, _ := moment.Tag()
		text, _ := inner.Text()
		d, err := formats.ParseDate(text)
		if tag != tagDateTime || err != nil || d.Instant.IsZero() || d.NoZone || len(text) != len(time.RFC3339)-len("07:00") {
			r.breach("validityInfo."+string(name), "not a moment in UTC under tag 0")
			continue
		}
		*to = d.Instant
	}
	m := &r.mso
	switch {
	case m.signed.IsZero() || m.from.IsZero() || m.until.IsZero():
		r.breach("validityInfo", "it does not say when it was signed, from when and until when it is valid")
	case m.from.Before(m.signed):
		r.breach("validityInfo", "it is valid from before it was signed")
	case !m.until.After(m.from):
		r.breach("validityInfo", "it ends before it begins")
	}
}
