package mobile

import (
	"crypto"
	"encoding/base64"
	"slices"
	"time"

	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/internal/mint/pki"
)

// An Element is one thing that an issuer signs a digest of.
type Element struct {
	Space, Name string
	Value       mint.Item
	// ID is the number of its digest. Random has 16 bytes, which follow from the name, unless it says otherwise.
	ID     int
	Random []byte
}

// A Document is one mobile document.
type Document struct {
	Signer   *pki.Credential
	Chain    [][]byte // beside the signature; nil is the signer's certificate
	DocType  string   // that is signed
	Outside  string   // that stands outside; "" is the same
	Elements []Element
	Hash     crypto.Hash

	Signed, From, Until time.Time

	Device     *pki.Key // that the document is issued to
	Thief      *pki.Key // that signs in the device's place
	Transcript []byte   // of the session, in CBOR; nil: the device signs nothing
	MAC        bool     // the device makes a MAC, which nobody can check, in place of a signature
	Says       mint.Map // what the device says by itself

	Hooks Hooks
}

// Hooks change what a layer of a Document has become, in the order in which Build calls them; a nil hook changes nothing.
type Hooks struct {
	Items   func([]mint.Item) []mint.Item // IssuerSignedItem, before they are digested
	Object  func(mint.Map) mint.Item      // MobileSecurityObject
	Payload func([]byte) []byte           // what is signed: the object within tag 24
	Header  func(mint.Map) mint.Item      // the protected header
	Beside  func(mint.Map) mint.Item      // the unprotected header
	Sign    func([]byte) []byte           // the signature

	Sign1        func(mint.Array) mint.Item    // issuerAuth, after signing
	Shown        func([]mint.Item) []mint.Item // the items in tag 24 of each namespace, after signing
	IssuerSigned func(mint.Map) mint.Item
	DeviceSigned func(mint.Map) mint.Item
	Document     func(mint.Map) mint.Item
	Response     func(mint.Map) mint.Item
}

// Built is a finished document.
type Built struct {
	Response     []byte // DeviceResponse
	Document     []byte
	IssuerSigned []byte
	Text         string // Response in base64url
	Payload      []byte // as signed
	Signature    []byte
}

// Build writes the document.
func (d Document) Build() Built {
	var b Built
	items := hook(d.Hooks.Items, d.items())
	b.Payload = hook(d.Hooks.Payload, mint.Encode(embedded(mint.Encode(into(d.Hooks.Object, d.object(items))))))
	header := mint.Encode(into(d.Hooks.Header, mint.Map{{mint.Int(mint.HeaderAlg), mint.Int(algorithm(d.Signer.Key))}}))
	b.Signature = hook(d.Hooks.Sign, sign(d.Signer.Key, structure(header, b.Payload)))
	beside := into(d.Hooks.Beside, mint.Map{{mint.Int(headerChain), d.chain()}})
	auth := mint.Array{mint.Bytes(header), beside, mint.Bytes(b.Payload), mint.Bytes(b.Signature)}
	var sealed mint.Item = auth
	if d.Hooks.Sign1 != nil {
		sealed = d.Hooks.Sign1(auth)
	}
	issuerSigned := into(d.Hooks.IssuerSigned, mint.Map{{mint.Text("nameSpaces"), d.spaces(items)}, {mint.Text("issuerAuth"), sealed}})
	b.IssuerSigned = mint.Encode(issuerSigned)

	docType := d.DocType
	if d.Outside != "" {
		docType = d.Outside
	}
	document := mint.Map{{mint.Text("docType"), mint.Text(docType)}, {mint.Text("issuerSigned"), issuerSigned}}
	if d.Transcript != nil || d.MAC {
		document = append(document, mint.Pair{mint.Text("deviceSigned"), into(d.Hooks.DeviceSigned, d.deviceSigned(docType))})
	}
	whole := into(d.Hooks.Document, document)
	b.Document = mint.Encode(whole)
	b.Response = mint.Encode(into(d.Hooks.Response, mint.Map{
		{mint.Text("version"), mint.Text("1.0")}, {mint.Text("documents"), mint.Array{whole}}, {mint.Text("status"), mint.Int(0)},
	}))
	b.Text = base64.RawURLEncoding.EncodeToString(b.Response)
	return b
}

// headerChain is the label of x5chain (RFC 9360 §2).
const headerChain = 33

// items are the IssuerSignedItem of all elements.
func (d Document) items() []mint.Item {
	var list []mint.Item
	for _, e := range d.Elements {
		random := e.Random
		if random == nil {
			random = mint.NewDRBG([]byte("travelseal mint mobile\x00" + e.Space + "\x00" + e.Name)).Bytes(16)
		}
		list = append(list, mint.Map{
			{mint.Text("digestID"), mint.Int(e.ID)}, {mint.Text("random"), mint.Bytes(random)},
			{mint.Text("elementIdentifier"), mint.Text(e.Name)}, {mint.Text("elementValue"), e.Value},
		})
	}
	return list
}

func embedded(b []byte) mint.Tag { return mint.Tag{Number: 24, Content: mint.Bytes(b)} }

// object is the MobileSecurityObject over the digests of all items.
func (d Document) object(items []mint.Item) mint.Map {
	digests := mint.Map{}
	for i, e := range d.Elements {
		h := d.Hash.New()
		h.Write(mint.Encode(embedded(mint.Encode(items[i]))))
		if _, found := mint.Get(digests, e.Space); !found {
			digests = append(digests, mint.Pair{mint.Text(e.Space), mint.Map{}})
		}
		digests = mint.Add(digests, mint.Int(e.ID), mint.Bytes(h.Sum(nil)), e.Space).(mint.Map)
	}
	name := map[crypto.Hash]string{crypto.SHA256: "SHA-256", crypto.SHA384: "SHA-384", crypto.SHA512: "SHA-512", crypto.SHA1: "SHA-1"}[d.Hash]
	return mint.Map{
		{mint.Text("version"), mint.Text("1.0")}, {mint.Text("digestAlgorithm"), mint.Text(name)}, {mint.Text("valueDigests"), digests},
		{mint.Text("deviceKeyInfo"), mint.Map{{mint.Text("deviceKey"), coseKey(d.Device)}}}, {mint.Text("docType"), mint.Text(d.DocType)},
		{mint.Text("validityInfo"), mint.Map{
			{mint.Text("signed"), Moment(d.Signed)}, {mint.Text("validFrom"), Moment(d.From)}, {mint.Text("validUntil"), Moment(d.Until)},
		}},
	}
}

// Moment is a tdate, and Day a full-date.
func Moment(t time.Time) mint.Item {
	return mint.Tag{Number: 0, Content: mint.Text(t.UTC().Format(time.RFC3339))}
}

// Day is a full-date (RFC 8943).
func Day(s string) mint.Item { return mint.Tag{Number: 1004, Content: mint.Text(s)} }

func (d Document) chain() mint.Item {
	chain := d.Chain
	if chain == nil {
		chain = [][]byte{d.Signer.Cert}
	}
	if len(chain) == 1 {
		return mint.Bytes(chain[0])
	}
	list := mint.Array{}
	for _, c := range chain {
		list = append(list, mint.Bytes(c))
	}
	return list
}

// spaces are the items that are shown, by namespace in the order of the elements.
func (d Document) spaces(items []mint.Item) mint.Map {
	var order []string
	bySpace := map[string][]mint.Item{}
	for i, e := range d.Elements {
		if !slices.Contains(order, e.Space) {
			order = append(order, e.Space)
		}
		bySpace[e.Space] = append(bySpace[e.Space], embedded(mint.Encode(items[i])))
	}
	spaces := mint.Map{}
	for _, name := range order {
		shown := hook(d.Hooks.Shown, bySpace[name])
		if len(shown) > 0 {
			spaces = append(spaces, mint.Pair{mint.Text(name), mint.Array(shown)})
		}
	}
	return spaces
}

func hook[T any](change func(T) T, layer T) T {
	if change == nil {
		return layer
	}
	return change(layer)
}

func into(change func(mint.Map) mint.Item, layer mint.Map) mint.Item {
	if change == nil {
		return layer
	}
	return change(layer)
}

// structure is what a COSE_Sign1 signs (RFC 9052 §4.4).
func structure(header, payload []byte) []byte {
	return mint.Encode(mint.Array{mint.Text("Signature1"), mint.Bytes(header), mint.Bytes(nil), mint.Bytes(payload)})
}

func (e Element) is(space, name string) bool { return e.Name == name && e.Space == space }
