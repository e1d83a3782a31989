package mdoc_test

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/mdoc"
	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/internal/mint/mobile"
)

func TestWhatIsNoDocumentIsRefusedAtItsPlace(t *testing.T) {
	hooked := func(change func(*mobile.Hooks)) mobile.Document {
		d := good
		change(&d.Hooks)
		return d
	}
	response := func(change func(mint.Map) mint.Item) mobile.Document {
		return hooked(func(h *mobile.Hooks) { h.Response = change })
	}
	issuer := func(change func(mint.Map) mint.Item) mobile.Document {
		return hooked(func(h *mobile.Hooks) { h.IssuerSigned = change })
	}
	object := func(value mint.Item, path ...any) mobile.Document {
		return good.Objected(func(m mint.Map) mint.Item { return mint.Set(m, value, path...) })
	}
	drop := func(path ...any) mobile.Document {
		return good.Objected(func(m mint.Map) mint.Item { return mint.Drop(m, path...) })
	}
	item := func(value mint.Item, name string) mobile.Document {
		return good.Item("family_name", func(m mint.Map) mint.Item { return mint.Set(m, value, name) })
	}
	shown := func(first mint.Item) mobile.Document {
		return hooked(func(h *mobile.Hooks) {
			h.Shown = func(items []mint.Item) []mint.Item { return append([]mint.Item{first}, items[1:]...) }
		})
	}
	device := func(change func(mint.Map) mint.Item) mobile.Document {
		d := good
		d.Transcript, d.Hooks.DeviceSigned = mobile.Session("maren"), change
		return d
	}
	long := mint.Text(strings.Repeat("x", 97))
	const first = "namespace 1, element 1"
	for what, c := range map[string]struct {
		doc        mobile.Document
		code, step string
	}{
		"documents in a map": {response(func(m mint.Map) mint.Item { return mint.Set(m, mint.Map{{mint.Int(1), mint.Int(1)}}, "documents") }), formats.CodeEnvelope, "response"},
		"no documents":       {response(func(m mint.Map) mint.Item { return mint.Drop(m, "documents") }), formats.CodePayload, "response"},
		"more documents than can be": {response(func(m mint.Map) mint.Item {
			return mint.Set(m, mint.Array(slices.Repeat([]mint.Item{mint.Int(0)}, 65)), "documents")
		}), formats.CodeLimit, "response"},
		"a document that is no map":    {response(func(m mint.Map) mint.Item { return mint.Set(m, mint.Int(1), "documents", 0) }), formats.CodeEnvelope, "document"},
		"a request":                    {response(func(m mint.Map) mint.Item { return mint.Set(m, mint.Array{}, "docRequests") }), formats.CodeEnvelope, "response"},
		"an issuer's part in an array": {issuer(func(m mint.Map) mint.Item { return mint.Array{m} }), formats.CodeEnvelope, "issuerSigned"},
		"no signature":                 {issuer(func(m mint.Map) mint.Item { return mint.Drop(m, "issuerAuth") }), formats.CodeEnvelope, "issuerAuth"},
		"a signature that is a text":   {issuer(func(m mint.Map) mint.Item { return mint.Set(m, mint.Text("x"), "issuerAuth") }), formats.CodeEnvelope, "issuerAuth, COSE"},
		"an object of other bytes":     {hooked(func(h *mobile.Hooks) { h.Payload = func([]byte) []byte { return []byte("x") } }), formats.CodeTruncated, "security object"},
		"an object that is a number":   {hooked(func(h *mobile.Hooks) { h.Payload = func([]byte) []byte { return []byte{1} } }), formats.CodePayload, "security object"},
		"an object too large":          {object(mint.Bytes(make([]byte, 64<<10)), "x"), formats.CodeLimit, "security object"},
		"an object without a type":     {drop("docType"), formats.CodePayload, "security object"},
		"no digest algorithm":          {drop("digestAlgorithm"), formats.CodePayload, "digests"},
		"a digest algorithm's alias":   {object(mint.Text("sha256"), "digestAlgorithm"), formats.CodePayload, "digests"},
		"no digests":                   {drop("valueDigests"), formats.CodePayload, "digests"},
		"digests in an array":          {object(mint.Array{}, "valueDigests", mobile.LicenceSpace), formats.CodePayload, "digests"},
		"a digest under a text":        {object(mint.Bytes("x"), "valueDigests", mobile.LicenceSpace, "0"), formats.CodePayload, "digests"},
		"a digest below zero":          {object(mint.Bytes("x"), "valueDigests", mobile.LicenceSpace, -1), formats.CodePayload, "digests"},
		"a digest that is a text":      {object(mint.Text("x"), "valueDigests", mobile.LicenceSpace, 0), formats.CodePayload, "digests"},
		"elements in an array":         {issuer(func(m mint.Map) mint.Item { return mint.Set(m, mint.Array{}, "nameSpaces") }), formats.CodePayload, "nameSpaces"},
		"a namespace that is a map":    {issuer(func(m mint.Map) mint.Item { return mint.Set(m, mint.Map{}, "nameSpaces", mobile.LicenceSpace) }), formats.CodePayload, "nameSpaces"},
		"a long namespace":             {issuer(func(m mint.Map) mint.Item { return mint.Set(m, mint.Array{}, "nameSpaces", long) }), formats.CodeLimit, "nameSpaces"},
		"more elements than can be": {issuer(func(m mint.Map) mint.Item {
			return mint.Set(m, mint.Array(slices.Repeat([]mint.Item{mint.Int(0)}, 513)), "nameSpaces", "x")
		}), formats.CodeLimit, "nameSpaces"},
		"an element without its tag": {shown(mint.Bytes("x")), formats.CodePayload, first},
		"an element of other bytes":  {shown(mint.Tag{Number: 24, Content: mint.Bytes("\xa1")}), formats.CodeTruncated, first},
		"an element that is a list":  {shown(mint.Tag{Number: 24, Content: mint.Bytes("\x80")}), formats.CodePayload, first},
		"a number of a text":         {item(mint.Text("0"), "digestID"), formats.CodePayload, first},
		"a number below zero":        {item(mint.Int(-1), "digestID"), formats.CodePayload, first},
		"a name of a number":         {item(mint.Int(1), "elementIdentifier"), formats.CodePayload, first},
		"a long name":                {item(long, "elementIdentifier"), formats.CodeLimit, first},
		"no value":                   {good.Item("family_name", func(m mint.Map) mint.Item { return mint.Drop(m, "elementValue") }), formats.CodePayload, first},
		"no device's elements":       {device(func(m mint.Map) mint.Item { return mint.Drop(m, "nameSpaces") }), formats.CodePayload, "device elements"},
		"a device's elements in list": {device(func(m mint.Map) mint.Item {
			return mint.Set(m, mint.Tag{Number: 24, Content: mint.Bytes("\x80")}, "nameSpaces")
		}), formats.CodePayload, "device elements"},
		"no authentication":                    {device(func(m mint.Map) mint.Item { return mint.Drop(m, "deviceAuth") }), formats.CodeEnvelope, "deviceAuth"},
		"two authentications":                  {device(func(m mint.Map) mint.Item { return mint.Set(m, mint.Array{}, "deviceAuth", "deviceMac") }), formats.CodeEnvelope, "deviceAuth"},
		"a signature of a device that is none": {device(func(m mint.Map) mint.Item { return mint.Set(m, mint.Int(1), "deviceAuth", "deviceSignature") }), formats.CodeEnvelope, "deviceSignature, COSE"},
	} {
		refused(t, what, formats.Bytes(c.doc.Build().Response), formats.Options{}, c.code, c.step)
	}
	for what, in := range map[string]formats.Input{
		"no file": {}, "another file": {Files: []formats.File{{Name: "DG1", Data: good.Build().Response}}},
	} {
		refused(t, what, in, formats.Options{}, formats.CodeEnvelope, "files")
	}
	two := formats.Input{Files: []formats.File{{Data: good.Build().Response}, {Name: "DeviceResponse", Data: good.Build().Response}}}
	refused(t, "two responses", two, formats.Options{}, formats.CodeAmbiguous, "files")
}

// The place is that of the item at fault in the response, also where it stands in an item of an element.
func TestARefusalSaysWhereInTheResponse(t *testing.T) {
	b := good.Item("family_name", func(m mint.Map) mint.Item { return mint.Set(m, mint.Text("0"), "digestID") }).Build().Response
	for what, c := range map[string]struct {
		data []byte
		at   int
	}{
		"a number that is a text":  {b, bytes.Index(b, []byte("digestID")) + len("digestID")},
		"a response that is cut":   {b[:len(b)-1], len(b) - 1},
		"a response that is a map": {[]byte("\xa1\x69documents\xa0"), 11},
		"no document":              {[]byte("\xa1\x67version\x631.0"), 0},
	} {
		_, err := mdoc.Format.Decode(formats.Bytes(c.data), formats.Options{})
		if fe := (*formats.Error)(nil); !errors.As(err, &fe) || fe.Offset != c.at {
			t.Errorf("%s: %v, want byte %d", what, err, c.at)
		}
	}
}

// Each leniency is used where it applies, and refused where it does not.
func TestTolerances(t *testing.T) {
	tagged := good
	tagged.Hooks.Sign1 = func(a mint.Array) mint.Item { return mint.Tag{Number: 18, Content: a} }
	long := good
	long.Hooks.Response = func(m mint.Map) mint.Item { return mint.LongHead{Item: m, Width: 2} }
	longAuth := good
	longAuth.Hooks.Sign1 = func(a mint.Array) mint.Item { return mint.LongHead{Item: a, Width: 4} }
	longItem := good
	longItem.Hooks.Items = func(items []mint.Item) []mint.Item {
		items[0] = mint.LongHead{Item: items[0], Width: 2}
		return items
	}
	untagged := good
	untagged.Hooks.Payload = func(b []byte) []byte { return b[5:] }
	texts := good.Objected(func(m mint.Map) mint.Item {
		digests, _ := mint.Get(m, "valueDigests", mobile.LicenceSpace)
		renamed := mint.Map{}
		for _, p := range digests.(mint.Map) {
			renamed = append(renamed, mint.Pair{mint.Text(fmt.Sprint(p[0])), p[1]})
		}
		return mint.Set(m, renamed, "valueDigests", mobile.LicenceSpace)
	})
	spelled := good.Objected(func(m mint.Map) mint.Item { return mint.Set(m, mint.Text("sha256"), "digestAlgorithm") })
	dates := good.Objected(func(m mint.Map) mint.Item {
		return mint.Set(m, mint.Bytes(mint.Encode(mobile.Moment(mobile.SignedAt))), "validityInfo", "signed")
	})
	for name, docs := range map[string][]mobile.Document{
		"cose-tagged": {tagged}, "cbor-long-heads": {long, longAuth, longItem}, "mso-untagged": {untagged}, "digest-id-text": {texts}, "mso-spelling": {spelled, dates},
	} {
		for i, d := range docs {
			doc := decode(t, d, formats.Options{Tolerate: []string{name}})
			if !tolerated(doc, name) || len(breaches(doc)) != 0 || len(doc.Parts[1].Path) != 1 {
				t.Errorf("%s, %d: %+v", name, i, doc.Checks)
			}
			strict, err := mdoc.Format.Decode(formats.Bytes(d.Build().Response), formats.Options{Refuse: []string{name}})
			if err == nil && len(breaches(strict)) == 0 {
				t.Errorf("%s, %d: taken where it is refused", name, i)
			}
		}
	}
}

func TestASignatureThatItsHeadersForbidIsNotChecked(t *testing.T) {
	header := func(change func(mint.Map) mint.Item) mobile.Document {
		d := good
		d.Hooks.Header = change
		return d
	}
	alg := func(n int64) mobile.Document {
		return header(func(m mint.Map) mint.Item { return mint.Set(m, mint.Int(n), mint.HeaderAlg) })
	}
	for what, c := range map[string]struct {
		doc  mobile.Document
		code string
	}{
		"RSA":          {alg(-37), formats.CodeSealUnsupported},
		"a MAC":        {alg(5), formats.CodeSealUnsupported},
		"critical":     {header(func(m mint.Map) mint.Item { return mint.Add(m, mint.Int(2), mint.Array{mint.Int(99)}) }), formats.CodeSealHeader},
		"no algorithm": {header(func(mint.Map) mint.Item { return mint.Map{} }), formats.CodeSealHeader},
	} {
		doc := decode(t, c.doc, formats.Options{Tolerate: []string{"alg-unprotected", "cwt-tag"}})
		if got := doc.Seals[0].Problem.Code; got != c.code {
			t.Errorf("%s: %q", what, got)
		}
	}
}
