package nzcp

import (
	"errors"
	"time"
	"unicode/utf8"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/strict/cbor"
)

// What the credential must say ("Verifiable Credential Claim Structure", "Pass Types").
const (
	credentialContext = "https://www.w3.org/2018/credentials/v1"
	credentialType    = "VerifiableCredential"
	passType          = "PublicCovidPass"
	passVersion       = "1.0.0"
)

// maxName is the length of a name in characters ("PublicCovidPass").
const maxName = 100

// credential is the content of the claim vc.
type credential struct {
	version       string
	given, family string
	birth         formats.Date
	firstCheck    int // index of the first breach that is the credential's own
}

// readCredential checks the credential and writes the Document. Whether it is a pass at all is asked first: what
// another type of credential means is not known here.
func (r *reading) readCredential() error {
	var context, types, version, subject cbor.Value
	for k, v := range r.claims.vc.Entries() {
		name, _ := k.TextBytes()
		switch string(name) {
		case "@context":
			context = v
		case "type":
			types = v
		case "version":
			version = v
		case "credentialSubject":
			subject = v
		}
	}
	if !isPass(types) {
		return fail(formats.CodePayload, "vc.type", -1, errors.New("not VerifiableCredential and PublicCovidPass: a credential of a kind that is not known here"))
	}
	r.pass.firstCheck = len(r.checks)
	r.checkContext(context)
	r.checkVersion(version)
	r.checkSubject(subject)
	r.doc = r.document()
	return nil
}

// isPass reports whether the type is exactly the two words of a pass, in their order.
func isPass(v cbor.Value) bool {
	want := [...]string{credentialType, passType}
	if n, ok := v.Len(); v.Kind() != cbor.Array || !ok || n != len(want) {
		return false
	}
	for i, e := range v.Elements() {
		if b, ok := e.TextBytes(); !ok || string(b) != want[i] {
			return false
		}
	}
	return true
}

func (r *reading) checkContext(v cbor.Value) {
	const where = "vc.@context"
	if n, ok := v.Len(); v.Kind() != cbor.Array || !ok || n == 0 {
		r.breach(where, "missing, empty or not an array")
		return
	}
	for i, e := range v.Elements() {
		b, ok := e.TextBytes()
		switch {
		case !ok:
			r.breach(where, "an element is not a text")
			return
		case i == 0 && string(b) != credentialContext:
			r.breach(where, "the first element is not that of W3C credentials")
		}
	}
}

func (r *reading) checkVersion(v cbor.Value) {
	const where = "vc.version"
	s, ok := v.Text()
	switch {
	case !ok:
		r.breach(where, "missing or not a text")
	case s != passVersion:
		r.breach(where, "a version that is not known here")
	}
	r.pass.version = s
}

func (r *reading) checkSubject(v cbor.Value) {
	const where = "vc.credentialSubject"
	if v.Kind() != cbor.Map {
		r.breach(where, "missing or not a map")
		return
	}
	var given, family, dob cbor.Value
	for k, val := range v.Entries() {
		name, _ := k.TextBytes()
		switch string(name) {
		case "givenName":
			given = val
		case "familyName":
			family = val
		case "dob":
			dob = val
		}
	}
	r.pass.given = r.name(where+".givenName", given, true)
	r.pass.family = r.name(where+".familyName", family, false)
	r.checkBirth(where+".dob", dob)
}

func (r *reading) name(where string, v cbor.Value, needed bool) string {
	s, ok := v.Text()
	switch {
	case v.Kind() == cbor.Missing && !needed:
	case v.Kind() == cbor.Missing:
		r.breach(where, "missing")
	case !ok:
		r.breach(where, "not a text")
	case s == "" && needed:
		r.breach(where, "empty")
	case len(s) > maxName && utf8.RuneCountInString(s) > maxName:
		r.breach(where, "longer than 100 characters")
	}
	return s
}

func (r *reading) checkBirth(where string, v cbor.Value) {
	s, ok := v.Text()
	if !ok || s == "" {
		r.breach(where, "missing, empty or not a text")
		return
	}
	birth, err := formats.ParseDate(s)
	switch {
	case err != nil:
		r.breach(where, err.Error())
		return
	case birth.Partial():
		r.breach(where, "a date without a day")
	case !birth.Instant.IsZero():
		r.breach(where, "a date with a time of day")
	}
	// A birth date has no time of day; one that was written all the same says nothing.
	birth.Instant, birth.NoZone = time.Time{}, false
	r.pass.birth = birth
}
