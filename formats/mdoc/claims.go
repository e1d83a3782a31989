package mdoc

import (
	"bytes"
	"strings"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/strict/cbor"
)

// The documents that are known here. ISO/IEC TS 23220-4 Annex C writes photoid; its drafts, and issuers by them, photoID.
const (
	licence      = "org.iso.18013.5.1.mDL"
	photoID      = "org.iso.23220.photoid.1"
	photoIDDraft = "org.iso.23220.photoID.1"
)

// The namespaces whose elements are known here.
const (
	licenceSpace = "org.iso.18013.5.1"
	commonSpace  = "org.iso.23220.1"
)

// A kind is a known type of document: what its kind is called, and where its portrait stands.
type kind struct{ name, portrait string }

var kinds = map[string]kind{
	licence:      {"mDL", licenceSpace + "/portrait"},
	photoID:      {"photo ID", commonSpace + "/portrait"},
	photoIDDraft: {"photo ID", commonSpace + "/portrait"},
}

// A context is the element that a reader reads.
type context struct {
	r      *reading
	c      *formats.Claims
	space  string
	where  string
	sealed bool // the issuer has signed a digest of its number
}

// known are the elements of ISO/IEC 18013-5 §7.2.1 (table 5) and ISO/IEC TS 23220-2 that have a place in Claims.
var known = map[string]func(context, cbor.Value){
	"family_name": family(""), "given_name": given(""),
	"family_name_national_character": family("national_character"), "given_name_national_character": given("national_character"),
	"family_name_unicode": family("unicode"), "given_name_unicode": given("unicode"),
	"family_name_latin1": family("latin1"), "given_name_latin1": given("latin1"),
	"family_name_viz": family("viz"), "given_name_viz": given("viz"),
	"birth_date": birthDate, "sex": sex, "nationality": nationality, "portrait": portrait,
	"document_number":        ofDocument(func(d *formats.DocRef, s string) { d.Number = s }),
	"issuing_country":        issuingCountry,
	"issue_date":             func(x context, v cbor.Value) { x.document(formats.DocRef{Issued: x.date(v)}) },
	"expiry_date":            expiryDate,
	"travel_document_number": travelDocument,
}

// claims puts into a part what its element says. What has no place of its own is a further field, in the words of the element.
func (r *reading) claims(p *formats.Part, e shown) {
	space, name, ok := strings.Cut(p.Name, "/")
	if !ok {
		space, name = string(e.namespace), string(e.identifier)
	}
	if space == licenceSpace || space == commonSpace || space == photoID || space == photoIDDraft {
		if read := known[name]; read != nil {
			read(context{r: r, c: &p.Unverified, space: space, where: p.Name, sealed: p.Seal != formats.NoSeal}, e.value)
			return
		}
		if strings.HasPrefix(name, "age_over_") && e.value.Kind() != cbor.Bool {
			r.breach(p.Name, "neither true nor false")
		}
		p.Unverified.Extra = flatten(nil, name, e.value, 0)
		return
	}
	p.Unverified.Extra = flatten(nil, space+"/"+name, e.value, 0)
}

func (x context) breach(why string) { x.r.breach(x.where, why) }

// text reads a text that says something.
func (x context) text(v cbor.Value) string {
	s, ok := v.Text()
	if !ok || s == "" {
		x.breach("empty, or not a text")
	}
	return s
}

// document adds a reference to the document itself.
func (x context) document(d formats.DocRef) {
	if d.Type = kinds[x.r.mso.docType].name; d.Type == "" {
		d.Type = x.r.mso.docType
	}
	x.c.Documents = append(x.c.Documents, d)
}

func (x context) subject(s formats.Subject) { x.c.Subjects = append(x.c.Subjects, s) }

// source is the namespace, with the spelling that several elements for one name tell apart.
func (x context) source(spelling string) string {
	if spelling == "" {
		return x.space
	}
	return x.space + " " + spelling
}

func family(spelling string) func(context, cbor.Value) {
	return func(x context, v cbor.Value) {
		x.subject(formats.Subject{Names: []formats.Name{{Family: x.text(v), Source: x.source(spelling)}}})
	}
}

func given(spelling string) func(context, cbor.Value) {
	return func(x context, v cbor.Value) {
		x.subject(formats.Subject{Names: []formats.Name{{Given: x.text(v), Source: x.source(spelling)}}})
	}
}

func ofDocument(set func(*formats.DocRef, string)) func(context, cbor.Value) {
	return func(x context, v cbor.Value) {
		var d formats.DocRef
		set(&d, x.text(v))
		x.document(d)
	}
}

// issuingCountry is the country that the signer must be of (ISO/IEC 18013-5 §9.3.1), in two letters.
func issuingCountry(x context, v cbor.Value) {
	s := x.text(v)
	if len(s) != 2 || s[0] < 'A' || s[0] > 'Z' || s[1] < 'A' || s[1] > 'Z' {
		x.breach("not the two capital letters of a country (ISO 3166-1)")
	} else if x.sealed {
		x.r.country = s
	}
	x.document(formats.DocRef{IssuingState: s})
}

// expiryDate is the last day of the document, which may come before that of its security object.
func expiryDate(x context, v cbor.Value) {
	d := x.date(v)
	x.document(formats.DocRef{Expires: d})
	if x.sealed && !d.IsZero() {
		x.r.expires = d.Latest()
	}
}

func travelDocument(x context, v cbor.Value) {
	x.c.Documents = append(x.c.Documents, formats.DocRef{Type: "travel document", Number: x.text(v)})
}

// sex reads the numbers of ISO/IEC 5218. The two that say that it is not known, or not applicable, name none.
func sex(x context, v cbor.Value) {
	n, ok := v.Int()
	word := map[int64]string{0: "", 1: "M", 2: "F", 9: ""}
	if _, known := word[n]; !ok || !known {
		x.breach("not a number of ISO/IEC 5218")
	}
	x.subject(formats.Subject{Sex: word[n]})
	x.c.Extra = flatten(nil, "sex", v, 0)
}

func nationality(x context, v cbor.Value) {
	if v.Kind() != cbor.Text {
		x.c.Extra = flatten(nil, "nationality", v, 0)
		return
	}
	x.subject(formats.Subject{Nationality: x.text(v)})
}

// pictures are how the pictures begin that a portrait may be (ISO/IEC 18013-5 §7.2.2): JPEG, and JPEG 2000 in a file or as
// its codestream.
var pictures = []struct{ media, begins string }{
	{"image/jpeg", "\xff\xd8\xff"}, {"image/jp2", "\x00\x00\x00\x0cjP  \r\n\x87\n"}, {"image/j2c", "\xff\x4f\xff\x51"},
}

func portrait(x context, v cbor.Value) {
	b, ok := v.Bytes()
	for _, p := range pictures {
		if ok && bytes.HasPrefix(b, []byte(p.begins)) {
			x.c.Portrait = &formats.Image{MediaType: p.media, Data: b}
			return
		}
	}
	x.breach("neither a JPEG nor a JPEG 2000 picture")
	x.c.Extra = flatten(nil, "portrait", v, 0)
}

// birthDate reads a date, or with it a mask whose ones are the digits that are not known (ISO/IEC TS 23220-2).
func birthDate(x context, v cbor.Value) {
	mask := ""
	if v.Kind() == cbor.Map {
		var date cbor.Value
		for k, member := range v.Entries() {
			switch name, _ := k.TextBytes(); string(name) {
			case "birth_date":
				date = member
			case "approximate_mask":
				mask, _ = member.Text()
			}
		}
		x.c.Extra = flatten(nil, "birth_date", v, 0)
		v = date
	}
	d := x.date(v)
	d.Instant, d.NoZone = time.Time{}, false
	if mask != "" && len(mask) != len("YYYYMMDD") {
		x.breach("the mask has not a digit for each of the date")
		d = formats.Date{}
	}
	for i, c := range mask {
		switch {
		case c == '0' || len(mask) != len("YYYYMMDD"):
		case i < len("YYYY"):
			d = formats.Date{}
		case i < len("YYYYMM"):
			d.Month, d.Day = 0, 0
		default:
			d.Day = 0
		}
	}
	x.subject(formats.Subject{Birth: d})
}

// date reads full-date or tdate. What lacks its tag is read, and a breach.
func (x context) date(v cbor.Value) formats.Date {
	tag, inner, tagged := v.Tag()
	if !tagged {
		inner = v
	}
	text, _ := inner.Text()
	d, err := formats.ParseDate(text)
	timed := !d.Instant.IsZero()
	switch {
	case err != nil || d.IsZero() || d.Partial():
		x.breach("not a date")
		return formats.Date{}
	case !tagged || tag == tagFullDate && timed || tag == tagDateTime && (!timed || d.NoZone) || tag != tagFullDate && tag != tagDateTime:
		x.breach("a date without the tag of its form")
	}
	return d
}
