package mint

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// What each member of each object of a credential is called in the signed graph. It was written down from certificates
// of India and Sri Lanka whose signatures hold, and not from any JSON-LD context.
var (
	dateTime = "^^<http://www.w3.org/2001/XMLSchema#dateTime>"

	ofCredential = shape{
		"credentialSubject": {iri: "https://www.w3.org/2018/credentials#credentialSubject", inner: &ofPerson},
		"evidence":          {iri: "https://www.w3.org/2018/credentials#evidence", inner: &ofVaccination},
		"issuer":            {iri: "https://www.w3.org/2018/credentials#issuer", reference: true},
		"issuanceDate":      {iri: "https://www.w3.org/2018/credentials#issuanceDate", suffix: dateTime},
		"expirationDate":    {iri: "https://www.w3.org/2018/credentials#expirationDate", suffix: dateTime},
		"validFrom":         {iri: "https://www.w3.org/2018/credentials#validFrom", suffix: dateTime},
		"validUntil":        {iri: "https://www.w3.org/2018/credentials#validUntil", suffix: dateTime},
		"nonTransferable":   {iri: "vac:nonTransferable"},
	}
	ofPerson = shape{
		"refId": {iri: "https://schema.org/id"}, "uhid": {iri: "https://schema.org/id"}, "name": {iri: "https://schema.org/name"},
		"age": {iri: "https://schema.org/Number"}, "dob": {iri: "https://schema.org/date"}, "gender": {iri: "https://schema.org/gender"},
		"nationality": {iri: "https://schema.org/nationality"}, "address": {iri: "https://schema.org/PostalAddress", inner: &ofAddress},
	}
	ofVaccination = shape{
		"certificateId": {iri: "https://schema.org/id"}, "batch": {iri: "https://schema.org/id"}, "vaccine": {iri: "https://schema.org/id"},
		"manufacturer": {iri: "https://schema.org/id"}, "icd11Code": {iri: "https://schema.org/id"}, "prophylaxis": {iri: "https://schema.org/name"},
		"feedbackUrl": {iri: "https://schema.org/url"}, "infoUrl": {iri: "https://schema.org/url"},
		"date": {iri: "https://schema.org/date"}, "effectiveStart": {iri: "https://schema.org/date"}, "effectiveUntil": {iri: "https://schema.org/date"},
		"dose": {iri: "https://schema.org/doseValue"}, "totalDoses": {iri: "https://schema.org/doseValue"},
		"verifier": {iri: "vac:verifier", inner: &ofVerifier}, "facility": {iri: "vac:Facility", inner: &ofFacility},
	}
	ofVerifier = shape{"id": {iri: "https://schema.org/id"}, "name": {iri: "https://schema.org/name"}}
	ofFacility = shape{"name": {iri: "https://schema.org/name"}, "address": {iri: "https://schema.org/PostalAddress", inner: &ofAddress}}
	ofAddress  = shape{
		"streetAddress": {iri: "https://schema.org/streetAddress"}, "streetAddress2": {iri: "vac:addressLine2"}, "city": {iri: "vac:city"},
		"district": {iri: "vac:district"}, "addressRegion": {iri: "https://schema.org/addressRegion"},
		"postalCode": {iri: "https://schema.org/postalCode"}, "addressCountry": {iri: "https://schema.org/addressCountry"},
	}

	typeIRIs = map[string]string{
		"VerifiableCredential":         "https://www.w3.org/2018/credentials#VerifiableCredential",
		"ProofOfVaccinationCredential": "https://schema.org/ProofOfVaccinationCredential",
		"Person":                       "https://schema.org/Person",
		"Vaccination":                  "vac:Vaccination",
	}
)

// A shape is the members of one kind of object that the signed graph has; others are not signed.
type shape map[string]property

type property struct {
	iri       string
	suffix    string // behind a text, for its type
	reference bool   // a text is a name
	inner     *shape
}

const rdfType = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"

// A quads is a graph as it is being written: lines in which an object without a name is a number in brackets, "[3]".
type quads struct {
	lines   []string
	unnamed int
}

// Quads writes a credential in the canonical form of URDNA2015. It is enough for it to tell the objects without a name
// apart by what is said of each; it panics for a credential in which that is not enough.
func Quads(body JSONObject) string {
	var q quads
	q.object(body, ofCredential)
	return q.canonical()
}

// proofQuads writes the options of a proof.
func proofQuads(proof JSONObject) string {
	value := func(name string) string {
		v, _ := proof.Get(name)
		s, _ := v.(string)
		return s
	}
	q := quads{unnamed: 1}
	for _, part := range []string{
		rdfType + " <https://w3id.org/security#" + value("type") + ">",
		"<http://purl.org/dc/terms/created> " + quoted(value("created")) + dateTime,
		"<https://w3id.org/security#proofPurpose> <https://w3id.org/security#" + value("proofPurpose") + ">",
		"<https://w3id.org/security#verificationMethod> <" + value("verificationMethod") + ">",
	} {
		q.lines = append(q.lines, "[1] "+part+" .\n")
	}
	return q.canonical()
}

// object writes one object and gives how others speak of it; "" where none can, because its name is no absolute IRI.
// What is said of such an object is not signed; what is said of the objects within it is.
func (q *quads) object(o JSONObject, of shape) string {
	name := q.name(o, of)
	say := func(rest string) {
		if name != "" {
			q.lines = append(q.lines, name+" "+rest+" .\n")
		}
	}
	for _, m := range o {
		p, known := of[m.Name]
		for _, value := range asList(m.Value) {
			switch v := value.(type) {
			case JSONObject:
				if p.inner == nil {
					continue
				}
				if inner := q.object(v, *p.inner); inner != "" {
					say("<" + p.iri + "> " + inner)
				}
			case string:
				switch iri := typeIRIs[v]; {
				case m.Name == "type" && iri != "":
					say(rdfType + " <" + iri + ">")
				case !known:
				case p.reference:
					say("<" + p.iri + "> <" + v + ">")
				default:
					say("<" + p.iri + "> " + quoted(v) + p.suffix)
				}
			case int:
				if known {
					say("<" + p.iri + "> \"" + strconv.Itoa(v) + "\"^^<http://www.w3.org/2001/XMLSchema#integer>")
				}
			}
		}
	}
	return name
}

func (q *quads) name(o JSONObject, of shape) string {
	id, named := o.Get("id")
	if _, literal := of["id"]; literal || !named {
		q.unnamed++
		return "[" + strconv.Itoa(q.unnamed) + "]"
	}
	if s, _ := id.(string); strings.Contains(s, ":") {
		return "<" + s + ">"
	}
	return ""
}

func asList(v any) []any {
	if list, ok := v.([]any); ok {
		return list
	}
	return []any{v}
}

// canonical numbers the objects without a name in the order of the SHA-256 of what is said of each, in which it is
// written _:a and all others _:z, and sorts the lines (URDNA2015 §4.4 and §4.6).
func (q *quads) canonical() string {
	slices.Sort(q.lines)
	q.lines = slices.Compact(q.lines)
	type blank struct{ label, hash string }
	var order []blank
	for i := range q.unnamed {
		label := "[" + strconv.Itoa(i+1) + "]"
		var about []string
		for _, line := range q.lines {
			if subject, object := q.ends(line); subject == label || object == label {
				about = append(about, q.relabel(line, func(l string) string {
					if l == label {
						return "_:a"
					}
					return "_:z"
				}))
			}
		}
		slices.Sort(about)
		sum := sha256.Sum256([]byte(strings.Join(about, "")))
		order = append(order, blank{label, hex.EncodeToString(sum[:])})
	}
	slices.SortFunc(order, func(a, b blank) int { return cmp.Compare(a.hash, b.hash) })
	labels := map[string]string{}
	for i, b := range order {
		if i > 0 && b.hash == order[i-1].hash {
			panic(fmt.Sprintf("mint: the same is said of %s and %s", b.label, order[i-1].label))
		}
		labels[b.label] = "_:c14n" + strconv.Itoa(i)
	}
	lines := make([]string, len(q.lines))
	for i, line := range q.lines {
		lines[i] = q.relabel(line, func(l string) string { return labels[l] })
	}
	slices.Sort(lines)
	return strings.Join(lines, "")
}

// ends gives the subject and the object of a line where they are labels. No IRI and no literal begins with a bracket.
func (q *quads) ends(line string) (subject, object string) {
	words := strings.SplitN(strings.TrimSuffix(line, " .\n"), " ", 3)
	for i, at := range []*string{&subject, nil, &object} {
		if at != nil && strings.HasPrefix(words[i], "[") {
			*at = words[i]
		}
	}
	return subject, object
}

func (q *quads) relabel(line string, label func(string) string) string {
	subject, object := q.ends(line)
	if object != "" {
		line = strings.TrimSuffix(line, object+" .\n") + label(object) + " .\n"
	}
	if subject != "" {
		line = label(subject) + strings.TrimPrefix(line, subject)
	}
	return line
}
