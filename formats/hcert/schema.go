package hcert

import (
	"unicode/utf8"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/strict/cbor"
)

// A version is the schema version that a certificate states. The versions differ in what they allow.
type version struct{ major, minor int }

// from13 is the reform of schema 1.3: one entry of one group, longer texts, a birth date that may be empty.
func (v version) from13() bool { return v.major > 1 || v.minor >= 3 }

// partialBirth reports whether the version itself allows birth dates without day or month (1.1 and later).
func (v version) partialBirth() bool { return v.major > 1 || v.minor >= 1 }

func (v version) maxText() int {
	if v.from13() {
		return 80
	}
	return 50
}

// maxDose is the largest dose number: nine before 1.3, without bound since.
func (v version) maxDose() int {
	if v.from13() {
		return 1 << 30
	}
	return 9
}

// breach notes that the content breaks its schema at a place.
func (r *reading) breach(where, why string) {
	r.claims.checks = append(r.claims.checks, formats.Check{Kind: formats.Schema, Result: formats.Fails, Name: "schema", Where: where, Text: why})
}

// checkSchema judges the certificate by the version of the schema that it states, and takes its values.
func (r *reading) checkSchema() {
	d := &r.dcc
	r.checkVersion()
	r.checkIssuedAt()
	r.checkName()
	r.checkBirth()
	entries, kinds := 0, 0
	for i := range groups {
		n := r.checkGroup(&groups[i], d.groups[i])
		entries += n
		if n > 0 {
			kinds++
		}
	}
	switch {
	case entries == 0:
		r.breach("v, t, r", "no entry at all")
	case entries > 1 && (d.version.from13() || kinds > 1):
		r.breach("v, t, r", "more than one entry, where exactly one is needed")
	}
}

// checkIssuedAt demands the date of issue, which Volume 1 §3.3.6 does not leave to the issuer.
func (r *reading) checkIssuedAt() {
	if r.claims.iat.IsZero() {
		r.breach("claim 6 (iat)", "missing")
	}
}

func (r *reading) checkVersion() {
	d := &r.dcc
	d.version = version{major: 1, minor: 3} // the rules that apply where none is stated
	s, ok := d.schemaVersion.Text()
	if !ok {
		r.breach("ver", "missing or not a text")
		return
	}
	d.ver = s
	n, ok := parseVersion(s)
	if !ok {
		r.breach("ver", "not of the form 1.2.3")
		return
	}
	if n[0] != 1 || n[1] > 3 {
		r.breach("ver", "a schema version that is not known here")
		return
	}
	d.version = version{major: n[0], minor: n[1]}
}

// parseVersion reads three numbers of at most four digits with dots between them.
func parseVersion(s string) (n [3]int, ok bool) {
	part, digits := 0, 0
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c >= '0' && c <= '9' && digits < 4:
			n[part] = n[part]*10 + int(c-'0')
			digits++
		case c == '.' && digits > 0 && part < 2:
			part, digits = part+1, 0
		default:
			return n, false
		}
	}
	return n, part == 2 && digits > 0
}

func (r *reading) checkName() {
	d := &r.dcc
	if d.nam.Kind() != cbor.Map {
		r.breach("nam", "missing or not a map")
		return
	}
	for k, v := range d.nam.Entries() {
		name, _ := k.TextBytes()
		var to *string
		standard := false
		switch string(name) {
		case "fn":
			to = &d.fn
		case "gn":
			to = &d.gn
		case "fnt":
			to, standard = &d.fnt, true
		case "gnt":
			to, standard = &d.gnt, true
		default:
			continue
		}
		s, ok := v.Text()
		switch {
		case !ok:
			r.breach("nam."+string(name), "not a text")
			continue
		case r.tooLong(s):
			r.breach("nam."+string(name), tooLong)
		case standard && !isMRZName(s):
			r.breach("nam."+string(name), "holds characters other than A to Z and <")
		}
		*to = s
	}
	if d.fnt == "" && (d.gnt == "" || !d.version.from13()) {
		r.breach("nam.fnt", "missing")
	}
}

// isMRZName reports whether s matches ^[A-Z<]*$.
func isMRZName(s string) bool {
	for i := 0; i < len(s); i++ {
		if (s[i] < 'A' || s[i] > 'Z') && s[i] != '<' {
			return false
		}
	}
	return true
}

func (r *reading) checkBirth() {
	d := &r.dcc
	s, ok := d.dob.Text()
	if !ok {
		r.breach("dob", "missing or not a text")
		return
	}
	if s == "" {
		if !d.version.from13() {
			r.breach("dob", "empty")
		}
		return
	}
	birth, err := formats.ParseDate(s)
	switch {
	case err != nil:
		r.breach("dob", err.Error())
		return
	case birth.Year < 1900 || birth.Year > 2099:
		r.breach("dob", "outside the years 1900 to 2099")
	case !birth.Instant.IsZero():
		r.tolerate(timedDate, "dob", "a time of day on a date")
	case birth.Partial() && !d.version.partialBirth():
		r.tolerate(partialBirthDate, "dob", "a birth date without a day in a schema version that needs one")
	}
	d.birth = dayOnly(birth)
}

// tolerate notes a known breach as tolerated, or as a breach where the tolerance is switched off.
func (r *reading) tolerate(t formats.Tolerance, where, why string) {
	if !r.o.Allows(t) {
		r.breach(where, why)
		return
	}
	r.claims.checks = append(r.claims.checks, formats.Check{Kind: formats.Schema, Result: formats.Tolerated, Name: t.Name, Where: where, Text: why})
}

const tooLong = "longer than the schema version allows"

// tooLong counts characters as JSON Schema does, and counts only where the bytes leave a doubt.
func (r *reading) tooLong(s string) bool {
	max := r.dcc.version.maxText()
	return len(s) > max && utf8.RuneCountInString(s) > max
}
