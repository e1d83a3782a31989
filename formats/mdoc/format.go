package mdoc

import (
	"bytes"
	"errors"
	"slices"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/cose"
	"github.com/travelseal/travelseal/internal/strict/base64"
	"github.com/travelseal/travelseal/internal/strict/cbor"
)

// ID names the format.
const ID formats.ID = "mdoc"

// Format is the mobile document.
var Format = formats.Format{
	ID:         ID,
	Title:      "Mobile document (mDL, photo ID)",
	Spec:       "ISO/IEC 18013-5:2021; ISO/IEC TS 23220-4 Annex C",
	Tolerances: []formats.Tolerance{asText, longHeads, coseTagged, msoUntagged, digestIDText, msoSpelling},
	Detect:     detect,
	Group:      divide,
	Decode:     decode,
	Trace:      trace,
}

// The names of the files of an Input. A lone document has none.
const (
	responseFile   = "DeviceResponse"
	transcriptFile = "SessionTranscript"
)

// engagement begins the code by which a device opens a session (ISO/IEC 18013-5 §8.2.2.3). It holds no document.
const engagement = "mdoc:"

// The tolerances of this format.
var (
	asText = formats.Tolerance{
		Name: "base64url", On: true,
		Why:  "issuers and wallets hand documents on as text over the network",
		Cite: "ISO/IEC 18013-5 §8.1: CBOR; OpenID for Verifiable Presentations 1.0 §B.2: base64url without padding",
	}
	longHeads = formats.Tolerance{
		Name: cose.LongHeads.Name, On: true,
		Why:  cose.LongHeads.Why,
		Cite: cose.LongHeads.Cite + "; ISO/IEC 18013-5 §8.1 leaves it open",
	}
	coseTagged = formats.Tolerance{
		Name: "cose-tagged", On: true,
		Why:  "a library that issuers use writes the tag of COSE_Sign1, which changes nothing",
		Cite: "ISO/IEC 18013-5 §9.1.2.4: COSE_Sign1 without its tag",
	}
	msoUntagged = formats.Tolerance{
		Name: "mso-untagged", On: false,
		Why:  "an early library of a wallet signed the security object without tag 24",
		Cite: "ISO/IEC 18013-5 §9.1.2.4: MobileSecurityObjectBytes",
	}
	digestIDText = formats.Tolerance{
		Name: "digest-id-text", On: false,
		Why:  "the same library wrote the numbers of the digests as texts",
		Cite: "ISO/IEC 18013-5 §9.1.2.4: DigestID = uint",
	}
	msoSpelling = formats.Tolerance{
		Name: "mso-spelling", On: false,
		Why:  "the same library called SHA-256 sha256, and wrapped dates in byte strings",
		Cite: "ISO/IEC 18013-5 §9.1.2.4 and §9.1.2.5",
	}
)

// firstKeys are the keys of which one stands first in what this package reads, and in the requests that it refuses by name.
var firstKeys = []string{
	"version", "documents", "documentErrors", "status", "docRequests",
	"docType", "issuerSigned", "deviceSigned", "errors", "nameSpaces", "issuerAuth",
}

// maxHead is how many bytes hold a map's head and the longest of the first keys.
const maxHead = 24

// detect claims a map of CBOR that begins with a key of a response, in bytes or as base64url, and the code that begins a
// session.
func detect(in formats.Input) bool {
	for _, f := range in.Files {
		if f.Name == "" || f.Name == responseFile {
			return isMap(f.Data) || isText(f.Data) || bytes.HasPrefix(f.Data, []byte(engagement))
		}
	}
	return false
}

// isMap reports whether bytes begin as a map with one of the first keys.
func isMap(b []byte) bool {
	if len(b) == 0 || b[0]>>5 != 5 {
		return false
	}
	at := 1
	if n := b[0] & 0x1F; n >= 24 && n <= 27 { // the number of entries follows in 1, 2, 4 or 8 bytes
		at += 1 << (n - 24)
	}
	if at >= len(b) || b[at]>>5 != 3 || b[at]&0x1F >= 24 {
		return false
	}
	end := at + 1 + int(b[at]&0x1F)
	return end <= len(b) && slices.Contains(firstKeys, string(b[at+1:end]))
}

// isText reports whether a text begins as the base64url of such a map.
func isText(b []byte) bool {
	const group = 4 // characters for three bytes
	n := min(len(b)/group, maxHead/3) * group
	if n == 0 || b[0] < 'o' || b[0] > 'v' { // the characters that the first six bits of a map give
		return false
	}
	head, err := base64.Decode(base64.URLRaw, b[:n])
	return err == nil && isMap(head)
}

// parse reads one item of CBOR. What the issuer has signed is signed as it stands, in whatever form.
func (r *reading) parse(step string, b []byte) (cbor.Value, error) {
	v, long, err := parse(b, r.o)
	if long {
		r.tolerated(longHeads, step, longHead)
	}
	if err != nil {
		return v, cborError(step, err)
	}
	return v, nil
}

const longHead = "a length is written in more bytes than it needs"

// parse reports besides whether lengths are longer than they need to be.
func parse(b []byte, o formats.Options) (v cbor.Value, long bool, err error) {
	l := o.Limits.OrDefault()
	limits := cbor.Limits{Depth: l.Depth, Items: l.Items}
	v, err = cbor.Parse(b, limits)
	if !errors.Is(err, cbor.ErrNonCanonical) || !o.Allows(longHeads) {
		return v, false, err
	}
	v, err = cbor.ParseLenient(b, limits, cbor.Leniency{LongHeads: true})
	return v, err == nil, err
}

// plain are the options for the envelopes: of the tolerances of package cose, only that there need be no tag, and long heads.
func plain(o formats.Options) formats.Options {
	p := formats.Options{Limits: o.Limits, Refuse: []string{cose.CWTTag.Name, cose.AlgUnprotected.Name}}
	if o.Allows(longHeads) {
		p.Tolerate = []string{cose.LongHeads.Name}
	}
	return p
}
