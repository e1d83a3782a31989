package gdhcn

import "github.com/travelseal/travelseal/internal/strict/json"

// The contexts of a list (JSON-LD 1.1 §3.1), of which only the facts about the members that lists have are written down
// here. A list names them by their addresses, and nothing is fetched: whoever answers at such an address could otherwise
// say what the signed words mean.
const (
	contextDID = "https://www.w3.org/ns/did/v1"
	contextJWS = "https://w3id.org/security/suites/jws-2020/v1"
)

// environments are the third contexts, which define domain, participant and keyusage: what each has behind the name of a
// value set.
var environments = map[string]string{
	"https://smart.who.int/trust/tng-context/v1.jsonld":     "",
	"https://smart.who.int/trust/tng-context/v1-UAT.jsonld": "-UAT",
	"https://smart.who.int/trust/tng-context/v1-DEV.jsonld": "-DEV",
}

// vocabularies are where the value sets are. The same contexts have been published with either address.
var vocabularies = []string{"https://smart.who.int/trust/", "https://worldhealthorganization.github.io/smart-trust/"}

// The vocabularies of the other contexts.
const (
	sec   = "https://w3id.org/security#"
	terms = "http://purl.org/dc/terms/"
	rdf   = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
	xsd   = "http://www.w3.org/2001/XMLSchema#"
)

// environment gives what the third context of a list is; false where its contexts are others, or in another order, which
// could give its members another meaning.
func environment(v json.Value) (suffix string, ok bool) {
	var listed []string
	for _, e := range v.Elements() {
		text, _ := e.Text()
		listed = append(listed, text)
		if len(listed) > 3 {
			return "", false
		}
	}
	if len(listed) != 3 || listed[0] != contextDID || listed[1] != contextJWS {
		return "", false
	}
	suffix, ok = environments[listed[2]]
	return suffix, ok
}
