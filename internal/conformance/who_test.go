package conformance

import (
	"encoding/base64"
	"encoding/json"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/hcert"
	"github.com/travelseal/travelseal/internal/vectors"
	"github.com/travelseal/travelseal/verify"
)

// TestWHO runs every case of the WHO's certificates: decoding, signature, payload and outcome. The trust is the signers'
// certificates, as the WHO publishes them.
func TestWHO(t *testing.T) {
	cases := vectors.Health(t, "who-ddcc", "who-dvc")
	list, ran, used := readListing(t), make(map[string]bool), make(map[string]bool)
	tests := 0
	for _, vc := range cases {
		t.Run(vc.ID, func(t *testing.T) {
			ran[vc.ID] = true
			c := &comparison{t: t, id: vc.ID, list: list, used: used}
			compareWHO(c, vc)
			tests += c.tests
		})
	}
	list.unused(t, ran, used)
	t.Logf("%d cases, %d expectations compared, %d of them listed as disagreements", len(cases), tests, len(used))
}

func compareWHO(c *comparison, vc vectors.Case) {
	e, in := vc.Expect, formats.Text(vc.Input.Text)
	var trust []byte
	if vc.Trust != nil {
		trust = []byte(strings.Join(vc.Trust.CertsPEM, "\n"))
	}
	d := inspectAs(c.t, hcert.Format, loadText(c.t, trust), clockOf(in), in)
	if e.Decode != nil {
		c.same("decode", (d.Status != verify.Unreadable) == *e.Decode, "%s (%v)", d.Status, d.Findings)
	}
	if d.Status == verify.Unreadable {
		return
	}
	if want := formats.ID(vc.Format); d.Format != want {
		c.t.Errorf("read as %s, expected %s", d.Format, want)
	}
	if e.Signature != nil {
		c.same("signature", (d.Seals[0].State == verify.Holds) == *e.Signature, "the seal %v, expected %v (%v)", d.Seals[0].State, *e.Signature, codes(d))
	}
	if e.Payload != nil {
		compareUnpacked(c, vc, in)
	}
	if e.Outcome != nil {
		compareOutcome(c, vc, d)
	}
}

// compareUnpacked compares the source's form of the whole message: the headers and the claims.
func compareUnpacked(c *comparison, vc vectors.Case, in formats.Input) {
	doc, err := hcert.Format.Decode(in, formats.Options{})
	if err != nil {
		c.t.Fatal(err)
	}
	var want struct {
		Protected   map[string]any `json:"protectedAttributes"`
		Unprotected map[string]any `json:"unprotectedAttributes"`
		Contents    map[string]any `json:"contents"`
	}
	if err := json.Unmarshal(vc.Expect.Payload, &want); err != nil {
		c.t.Fatal(err)
	}
	seal := doc.Seals[0]
	kid := text(want.Protected["4"])
	if kid == "" {
		kid = text(want.Unprotected["4"])
	}
	c.same("kid", base64.RawURLEncoding.EncodeToString(seal.Signer.KeyID) == kid, "%x, expected %s", seal.Signer.KeyID, kid)
	c.same("alg", text(want.Protected["1"]) == "-7" && seal.Algorithm.Name() == "ES256", "%s", seal.Algorithm.Name())
	expected := make(values)
	flatten(expected, "", want.Contents)
	for _, lost := range []string{"sex.system", "country.system", "ma_holder.system"} { // Claims keep the codes alone
		delete(expected, lost)
	}
	got := unpacked(doc)
	c.same("payload", reflect.DeepEqual(got, expected), "read as\n%v\nexpected\n%v", got, expected)
}

// flatten writes a JSON value by the paths of its members, without the claim and the member of the certificate.
func flatten(to values, path string, v any) {
	m, isMap := v.(map[string]any)
	if !isMap {
		to.set(path, text(v))
		return
	}
	for k, member := range m {
		switch {
		case k == "-260" || k == "-6":
			flatten(to, path, member)
		case path == "":
			flatten(to, k, member)
		default:
			flatten(to, path+"."+k, member)
		}
	}
}

// unpacked gives what was read by the names that the certificate has for it.
func unpacked(doc *formats.Document) values {
	v := make(values)
	claims := doc.Parts[0].Unverified
	s, e := claims.Subjects[0], claims.Events[0]
	v.set("1", doc.Seals[0].Signer.Issuer)
	if at := doc.Validity.IssuedAt; !at.IsZero() {
		v.set("6", strconv.FormatInt(at.Unix(), 10))
	}
	if doc.Format == hcert.WHODVC {
		v.set("n", s.Names[0].Full)
		v.set("dob", s.Birth.String())
		v.set("s", s.Sex)
		v.set("ntl", s.Nationality)
		v.set("nid", claims.Documents[0].Number)
		v.set("gn", extra(claims, "guardian"))
		for name, value := range map[string]string{
			"dn": extra(claims, "dose_number"), "tg": e.Target.Code, "vp": e.Prophylaxis.Code, "mp": e.Product.Code, "ma": e.Manufacturer.Code,
			"mid": extra(claims, "manufacturer_id"), "dt": e.When.String(), "bo": extra(claims, "batch"), "vls": e.From.String(), "vle": e.Until.String(),
			"cn": extra(claims, "clinician"), "is": e.Issuer,
		} {
			v.set("v."+name, value)
		}
		return v
	}
	codings := map[string]formats.Coded{"disease": e.Target, "vaccine": e.Prophylaxis, "brand": e.Product, "manufacturer": e.Manufacturer}
	for name, c := range codings {
		v.set(name+".code", c.Code)
		v.set(name+".system", c.System)
	}
	for name, value := range map[string]string{
		"name": s.Names[0].Full, "birthDate": s.Birth.String(), "sex.code": s.Sex, "identifier": extra(claims, "identifier"), "hcid": e.ID, "pha": e.Issuer,
		"ma_holder.code": extra(claims, "ma_holder"), "lot": extra(claims, "batch"), "date": e.When.String(), "vaccine_valid": e.From.String(),
		"dose": strconv.Itoa(e.Dose), "total_doses": strconv.Itoa(e.Doses), "country.code": e.Country, "centre": e.Place,
		"hw": extra(claims, "practitioner"), "due_date": extra(claims, "next_dose"),
		"valid_from": formats.DateOf(doc.Validity.NotBefore).String()[:10], "valid_until": formats.DateOf(doc.Validity.NotAfter).String()[:10],
	} {
		v.set(name, value)
	}
	return v
}
