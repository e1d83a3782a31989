package conformance

import (
	"encoding/json"
	"fmt"
	"reflect"
	"testing"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/divoc"
	"github.com/travelseal/travelseal/internal/vectors"
	"github.com/travelseal/travelseal/verify"
)

// TestDIVOC runs every case of a DIVOC certificate: decoding and payload.
func TestDIVOC(t *testing.T) {
	cases := vectors.Health(t, "divoc")
	list, ran, used := readListing(t), make(map[string]bool), make(map[string]bool)
	tests := 0
	for _, vc := range cases {
		t.Run(vc.ID, func(t *testing.T) {
			ran[vc.ID] = true
			c := &comparison{t: t, id: vc.ID, list: list, used: used}
			compareDIVOC(c, vc)
			tests += c.tests
		})
	}
	list.unused(t, ran, used)
	t.Logf("%d cases, %d expectations compared, %d of them listed as disagreements", len(cases), tests, len(used))
}

func compareDIVOC(c *comparison, vc vectors.Case) {
	e := vc.Expect
	if e.Outcome != nil || e.Signature != nil || e.Expired != nil || e.Schema != nil {
		c.t.Error("the case expects more than this test compares")
	}
	doc, err := divoc.Format.Decode(formats.Text(vc.Input.Text), formats.Options{})
	if e.Decode != nil {
		c.same("decode", (err == nil) == *e.Decode, "decodes: %v, expected %v", err, *e.Decode)
	}
	if err != nil || e.Payload == nil {
		return
	}
	var want map[string]any
	if err := json.Unmarshal(e.Payload, &want); err != nil {
		c.t.Fatal(err)
	}
	expected := make(map[string]string)
	pathsOf(expected, "", want)
	got := said(doc)
	for name := range expected {
		if unsaid[name] {
			delete(expected, name)
		}
	}
	c.same("payload", reflect.DeepEqual(got, expected), "read as\n%v\nexpected\n%v", got, expected)
}

// unsaid are the members that a Document has in another form: types and names of objects, and the proof.
var unsaid = map[string]bool{
	"@context": true, "type": true, "credentialSubject.type": true, "evidence.type": true, "evidence.id": true,
	"proof.type": true, "proof.created": true, "proof.proofPurpose": true, "proof.jws": true,
}

// pathsOf gives the values of a JSON object by their path, without those that are empty. An array of one is that one; the
// others here are lists of types.
func pathsOf(to map[string]string, path string, v any) {
	switch v := v.(type) {
	case map[string]any:
		for name, member := range v {
			at := name
			if path != "" {
				at = path + "." + name
			}
			pathsOf(to, at, member)
		}
	case []any:
		if len(v) == 1 {
			pathsOf(to, path, v[0])
			return
		}
		to[path] = fmt.Sprint(v)
	default:
		if s := text(v); s != "" {
			to[path] = s
		}
	}
}

// said gives what a Document says, by the path of the member that says it.
func said(doc *formats.Document) map[string]string {
	claims := doc.Parts[0].Unverified
	s, d, e := claims.Subjects[0], claims.Documents[0], claims.Events[0]
	got := map[string]string{
		"issuer": doc.Seals[0].Signer.Issuer, "issuanceDate": doc.Validity.IssuedAt.Format(time.RFC3339Nano), "proof.verificationMethod": string(doc.Seals[0].Signer.KeyID),
		"credentialSubject.name": s.Names[0].Full, "credentialSubject.gender": s.Sex, "credentialSubject.nationality": s.Nationality,
		"credentialSubject.id": "did:" + d.Type + ":" + d.Number, "evidence.certificateId": e.ID, "evidence.vaccine": e.Product.Code, "evidence.manufacturer": e.Manufacturer.Code,
		"evidence.date": e.When.String(), "evidence.effectiveStart": e.From.String(), "evidence.effectiveUntil": e.Until.String(),
		"evidence.dose": fmt.Sprint(e.Dose), "evidence.totalDoses": fmt.Sprint(e.Doses),
	}
	for _, f := range claims.Extra {
		got[f.Name] = f.Value
	}
	return got
}

// keyOfIndia is the key that the Government of India published for its certificates, "did:india", as SubjectPublicKeyInfo.
// The registry of the PathCheck Foundation (github.com/Path-Check/trust-registry, registry.json) has kept it.
const keyOfIndia = "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA0i7R4XsyG3m6KD36qKEVxE+odCh68W2O4vLqh6SnsgItzvLYvJKPai+jEkf22FlPn0QnGo+Znyi6" +
	"dw1lhvg9FGXqodv33yrqKhGLkQPeURaMnJidxktK/3QLXuv9HiKq9fSDLJyPBJEFCCCiZNTGgWM0dqq43/XRi+7IX3gWU68U6v/7EyOW3U4ZgYUVlfwbUh6eKRan68/TObQu" +
	"a39oeUfDMhJa0NHnMXb1lq/vQIjEgGkOK5LLyz+X8ETUEhn8Qdx2SIORmftCPW4XO0UZmMHuGw9t+UUgniy5BL8kmvtjpVRWFUliJFGBTvBZCO6gcoX5eXi8LytCg+mJ6EDO+QIDAQAB"

// The sources have no key for the sample of India; under the published one its signature holds.
func TestTheSampleOfIndiaHoldsUnderThePublishedKey(t *testing.T) {
	for _, vc := range vectors.Health(t, "divoc") {
		trust := loadText(t, []byte(`{"schema":"travelseal.trust/1","anchors":[{"issuer":"https://cowin.gov.in/","country":"IN","key_id":"ZGlkOmluZGlh","spki":"`+keyOfIndia+`","scope":["divoc"]}]}`))
		d := inspectAs(t, divoc.Format, trust, time.Date(2021, 6, 1, 0, 0, 0, 0, time.UTC), formats.Text(vc.Input.Text))
		if d.Status != verify.Authentic || d.Verdict != verify.Accept {
			t.Errorf("%s: %s, %s (%v)", vc.ID, d.Status, d.Verdict, d.Findings)
		}
	}
}
