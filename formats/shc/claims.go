package shc

import (
	"bytes"
	"errors"
	"strings"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/strict/json"
)

// typeHealthCard is the credential type that makes a token a SMART Health Card (Health Cards are encoded as JWS).
const typeHealthCard = "https://smarthealth.cards#health-card"

// claims is the token around the bundle.
type claims struct {
	iss         string
	nbf, exp    time.Time
	rid         string
	types       []string // further ones than typeHealthCard
	fhirVersion string
	bundle      json.Value
}

// readClaims reads the payload. What makes it another kind of token is refused; what a health card should hold and does
// not is a breach.
func (r *reading) readClaims() error {
	l := r.o.Limits.OrDefault()
	v, err := json.Parse(r.payload, json.Limits{Depth: l.Depth, Items: l.Items})
	if err != nil {
		return jsonError("claims", formats.CodePayload, err)
	}
	var iss, nbf, exp, vc json.Value
	for name, member := range v.Members() {
		switch name {
		case "iss":
			iss = member
		case "nbf":
			nbf = member
		case "exp":
			exp = member
		case "vc":
			vc = member
		}
	}
	if vc.Kind() != json.Object {
		return fail(formats.CodePayload, "claim vc", -1, errors.New("missing or not an object: this is no verifiable credential"))
	}
	c, ok := &r.claims, false
	if c.iss, ok = iss.Text(); !ok {
		return fail(formats.CodePayload, "claim iss", -1, errors.New("missing or not a text"))
	}
	r.checkIssuer()
	if c.nbf, err = r.numericDate("nbf", nbf); err != nil {
		return err
	}
	if nbf.Kind() == json.Missing {
		r.breach("nbf", "missing")
	}
	if c.exp, err = r.numericDate("exp", exp); err != nil {
		return err
	}
	return r.readCredential(vc)
}

// checkIssuer checks the form of the issuer's address (Determining keys associated with an issuer). The address is a name
// to be compared; it is never followed.
func (r *reading) checkIssuer() {
	switch iss := r.claims.iss; {
	case !strings.HasPrefix(iss, "https://"):
		r.breach("iss", "not an address that begins with https://")
	case strings.HasSuffix(iss, "/"):
		r.breach("iss", "an address that ends in a slash")
	}
}

// latest is the last second that a date may mean, the end of the year 9999.
const latest = 253402300799

// numericDate reads a NumericDate (RFC 7519 §2): seconds since 1970, possibly with a fraction, which is cut off, so that it
// never lengthens a card's life. A date beyond the year 9999, as milliseconds give, is a breach and means its end.
func (r *reading) numericDate(name string, v json.Value) (time.Time, error) {
	switch v.Kind() {
	case json.Missing:
		return time.Time{}, nil
	case json.Number:
	default:
		return time.Time{}, fail(formats.CodePayload, "claim "+name, -1, errors.New("not a number"))
	}
	f, ok := v.Float()
	if !ok || f < 0 || f >= latest+1 {
		r.breach(name, "outside the years 1970 to 9999; milliseconds in place of seconds give that")
		f = latest
	}
	return time.Unix(int64(f), 0).UTC(), nil
}

// readCredential reads the claim vc.
func (r *reading) readCredential(vc json.Value) error {
	var types, subject, rid json.Value
	for name, member := range vc.Members() {
		switch name {
		case "type":
			types = member
		case "credentialSubject":
			subject = member
		case "rid":
			rid = member
		}
	}
	card := false
	for _, t := range types.Elements() {
		if b, _ := t.TextBytes(); string(b) == typeHealthCard {
			card = true
		} else if b != nil {
			r.claims.types = append(r.claims.types, string(b))
		}
	}
	if !card {
		return fail(formats.CodePayload, "claim vc.type", -1, errors.New("it does not name a health card: this is a verifiable credential of another kind"))
	}
	r.readRevocationID(rid)
	r.readSubject(subject)
	return nil
}

// maxRID is the longest revocation identifier (Revocation).
const maxRID = 24

func (r *reading) readRevocationID(v json.Value) {
	if v.Kind() == json.Missing {
		return
	}
	b, ok := v.TextBytes()
	if !ok || len(b) == 0 || len(b) > maxRID || len(bytes.Trim(b, base64url)) != 0 {
		r.breach("vc.rid", "not one to 24 characters of the alphabet of base64url")
	}
	r.claims.rid = string(b)
}

const base64url = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

func (r *reading) readSubject(v json.Value) {
	var version json.Value
	for name, member := range v.Members() {
		switch name {
		case "fhirVersion":
			version = member
		case "fhirBundle":
			r.claims.bundle = member
		}
	}
	s, ok := version.Text()
	if !ok || !strings.HasPrefix(s, "4.0.") {
		r.breach("vc.credentialSubject.fhirVersion", "missing, or another version than FHIR R4 (4.0)")
	}
	r.claims.fhirVersion = s
}

// maxBreaches bounds what is listed of one card's breaches: a report that nobody can read helps nobody.
const maxBreaches = 24

// breach notes that the content breaks its specification at a place.
func (r *reading) breach(where, why string) {
	switch n := len(r.checks); {
	case n > maxBreaches:
		return
	case n == maxBreaches:
		where, why = "", "there are more breaches than are listed here"
	}
	r.checks = append(r.checks, formats.Check{Kind: formats.Schema, Result: formats.Fails, Name: "schema", Where: where, Text: why})
}

// tolerate notes a known departure once a card, or a breach where the tolerance is switched off.
func (r *reading) tolerate(t formats.Tolerance, where, why string) {
	if !r.o.Allows(t) {
		r.breach(where, why)
		return
	}
	for _, c := range r.checks {
		if c.Name == t.Name {
			return
		}
	}
	r.checks = append(r.checks, formats.Check{Kind: formats.Schema, Result: formats.Tolerated, Name: t.Name, Where: where, Text: why})
}
