package mdoc

import (
	"encoding/hex"
	"strconv"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/stages"
)

// trace runs the stages of decode one by one and shows what each found. It stops at the first that fails, because each
// needs the one before it; everything up to there is shown.
func trace(in formats.Input, o formats.Options) []formats.Step {
	r := &reading{o: o, in: in}
	return steps.Trace(r)
}

func (r *reading) showBytes() []formats.Field {
	fields := []formats.Field{stages.Size("response", r.bytes)}
	if r.transcript != nil {
		fields = append(fields, stages.Size(transcriptFile, r.transcript))
	}
	return fields
}

func (r *reading) showResponse() []formats.Field {
	name := "IssuerSigned"
	if r.whole {
		name = "Document"
	}
	text, _ := r.docType.Text()
	return []formats.Field{
		{Name: "form", Value: name}, {Name: "docType", Value: text}, stages.Size("issuerAuth", r.issuerAuth.Raw()),
		stages.Size("nameSpaces", r.nameSpaces.Raw()), stages.Size("deviceSigned", r.deviceSigned.Raw()),
	}
}

func (r *reading) showAuth() []formats.Field { return showSeal(&r.seal) }

func showSeal(s *formats.Seal) []formats.Field {
	fields := []formats.Field{
		{Name: "envelope", Value: s.Envelope}, {Name: "algorithm", Value: s.Algorithm.Name()}, stages.Size("signed", s.Signed), stages.Size("signature", s.Signature),
		{Name: "certificates", Value: strconv.Itoa(len(s.Signer.Chain))},
	}
	if s.Problem.Code != "" {
		fields = append(fields, formats.Field{Name: "problem", Value: s.Problem.Text})
	}
	return fields
}

func (r *reading) showObject() []formats.Field {
	m := &r.mso
	fields := []formats.Field{
		{Name: "docType", Value: m.docType}, {Name: "hash", Value: m.hash.String()}, {Name: "device key", Value: m.deviceKey.Curve},
	}
	for _, t := range []struct {
		name string
		at   time.Time
	}{{"signed", m.signed}, {"validFrom", m.from}, {"validUntil", m.until}, {"expectedUpdate", m.update}} {
		if !t.at.IsZero() {
			fields = append(fields, formats.Field{Name: t.name, Value: t.at.Format(time.RFC3339)})
		}
	}
	for _, n := range m.digests {
		fields = append(fields, formats.Field{Name: "digests of " + string(n.name), Value: strconv.Itoa(len(n.list))})
	}
	return fields
}

func (r *reading) showElements() []formats.Field {
	var fields []formats.Field
	for i := range r.elements {
		e := &r.elements[i]
		name := string(e.namespace) + "/" + string(e.identifier)
		word := "as the issuer signed it"
		switch sum := r.mso.find(e.namespace, e.id); {
		case sum == nil:
			word = "no digest of it is signed"
		case hex.EncodeToString(sum) != r.sum(e.bytes):
			word = "differs from what the issuer signed"
		}
		fields = append(fields, formats.Field{Name: name, Value: "digest " + strconv.FormatInt(e.id, 10) + ": " + word})
		fields = flatten(fields, name, e.value, 0)
	}
	return fields
}

// sum is the digest of an item, for people who need to know where a document breaks.
func (r *reading) sum(b []byte) string {
	h := r.mso.hash.New()
	h.Write(b)
	return hex.EncodeToString(h.Sum(nil))
}

func (r *reading) showDevice() []formats.Field {
	if r.device == nil {
		return []formats.Field{{Name: "deviceSigned", Value: "none"}}
	}
	return showSeal(r.device)
}

func (r *reading) showDocument() []formats.Field {
	fields := []formats.Field{{Name: "issuing country", Value: r.country}}
	for _, c := range r.doc.Checks {
		word := "fails"
		if c.Result != formats.Fails {
			word = "tolerated"
		}
		fields = append(fields, formats.Field{Name: c.Where, Value: word + ": " + c.Text + " (" + c.Name + ")"})
	}
	return fields
}
