package gdhcn

import (
	"errors"
	"slices"
	"strings"

	"github.com/travelseal/travelseal/internal/jcs"
	"github.com/travelseal/travelseal/internal/strict/json"
)

// What a linked data proof signs is the graph that the text means, in canonical form (RDF Dataset Normalization, URDNA2015).
// In a list everything that something is said of has a name. Then there is nothing to label, and the canonical form is the
// statements as N-Quads, sorted: no search whose time a stranger could drive up, and no library. A list that has something
// without a name is not checked.

// Why a proof must not be checked. What cannot be told to be signed is never called a forgery.
var (
	errContexts  = errors.New("its contexts are not those of a list of the network")
	errMember    = errors.New("a member that the proof does not cover, or that is not read here")
	errName      = errors.New("a name that is no DID, which the proof does not cover")
	errTwice     = errors.New("two entries have one name, so that of which something is said is not known")
	errCharacter = errors.New("a character that programs write in different ways when they sign")
)

// A graph is a set of statements, each a line of N-Quads.
type graph struct{ lines []string }

// link says that one thing has a property that is another thing.
func (g *graph) link(subject, property, object string) {
	g.lines = append(g.lines, subject+" <"+property+"> <"+object+"> .\n")
}

// text says that a thing has a property that is a literal. The literal must be plain.
func (g *graph) text(subject, property, literal, datatype string) {
	quoted := `"` + escape.Replace(literal) + `"`
	if datatype != "" {
		quoted += "^^<" + datatype + ">"
	}
	g.lines = append(g.lines, subject+" <"+property+"> "+quoted+" .\n")
}

// escape writes a literal as canonical N-Quads do. Other control characters are refused before.
var escape = strings.NewReplacer(`\`, `\\`, `"`, `\"`)

// canonical gives the statements in their one order, each once.
func (g *graph) canonical() []byte {
	slices.Sort(g.lines)
	return []byte(strings.Join(slices.Compact(g.lines), ""))
}

// iri is a name in a statement.
func iri(name string) string { return "<" + name + ">" }

// isDID reports whether a text is the name of something, and is nothing else to another program: a DID or what is under one.
func isDID(text string) bool {
	return strings.HasPrefix(text, "did:") && len(text) > len("did:") && !strings.ContainsFunc(text, func(r rune) bool {
		return r <= ' ' || r >= 0x7f || strings.ContainsRune("<>\"{}|\\^`", r)
	})
}

// plain reports whether a text is written alike by all programs. The specification of URDNA2015 leaves open how other control
// characters are.
func plain(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool { return r < ' ' || r == 0x7f })
}

// statements gives the graph of a list without its proof, with the value sets at one address.
func statements(document json.Value, vocabulary string) (*graph, error) {
	g := &graph{}
	var contexts, methods json.Value
	var id, controller string
	for name, v := range document.Members() {
		text, isText := v.Text()
		switch {
		case name == "@context":
			contexts = v
		case name == "verificationMethod":
			methods = v
		case name == "proof":
		case name == "id" && isText:
			id = text
		case name == "controller" && isText:
			controller = text
		default:
			return nil, errMember
		}
	}
	suffix, ok := environment(contexts)
	switch {
	case !ok:
		return nil, errContexts
	case !isDID(id) || !isDID(controller):
		return nil, errName
	}
	g.link(iri(id), sec+"controller", controller)
	sets := valueSets(vocabulary, suffix)
	names := map[string]bool{id: true}
	for _, v := range methods.Elements() {
		name, err := g.method(v, sets)
		if err != nil {
			return nil, err
		}
		if names[name] {
			return nil, errTwice
		}
		names[name] = true
		g.link(iri(id), sec+"verificationMethod", name)
	}
	return g, nil
}

// valueSets are the properties of domain, participant and keyusage, of which the codes are parts.
func valueSets(vocabulary, suffix string) map[string]string {
	return map[string]string{
		"domain":      vocabulary + "ValueSet-Domains" + suffix + ".jsonld",
		"participant": vocabulary + "ValueSet-Participants" + suffix + ".jsonld",
		"keyusage":    vocabulary + "ValueSet-KeyUsage" + suffix + ".jsonld",
	}
}

// method makes the statements of one entry, or of a reference, and gives its name.
func (g *graph) method(v json.Value, sets map[string]string) (string, error) {
	if name, ok := v.Text(); ok {
		if !isDID(name) {
			return "", errName
		}
		return name, nil
	}
	var name, kind, controller string
	var key json.Value
	codes := make(map[string]string)
	for member, value := range v.Members() {
		text, isText := value.Text()
		switch {
		case member == "id" && isText:
			name = text
		case member == "type" && isText:
			kind = text
		case member == "controller" && isText:
			controller = text
		case member == "publicKeyJwk" && value.Kind() == json.Object:
			key = value
		case sets[member] != "":
			code, ok := codeOf(value)
			if !ok {
				return "", errMember
			}
			codes[member] = code
		default:
			return "", errMember
		}
	}
	switch {
	case !isDID(name) || !isDID(controller):
		return "", errName
	case kind != "JsonWebKey2020" || key.Kind() == json.Missing: // only this type brings the member for the key
		return "", errMember
	}
	// JSON-LD 1.1 §4.2.2: a JSON literal, in the form of RFC 8785.
	literal, err := jcs.Append(nil, key)
	if err != nil {
		return "", err
	}
	if !plain(string(literal)) {
		return "", errCharacter
	}
	subject := iri(name)
	g.link(subject, rdf+"type", sec+kind)
	g.link(subject, sec+"controller", controller)
	g.text(subject, sec+"publicKeyJwk", string(literal), rdf+"JSON")
	for member, code := range codes {
		g.link(subject, sets[member], sets[member]+code)
	}
	return name, nil
}

// codeOf gives the code of {"code": "#…"}, which is relative to its value set.
func codeOf(v json.Value) (string, bool) {
	code, members := "", 0
	for name, value := range v.Members() {
		members++
		if name == "code" {
			code, _ = value.Text()
		}
	}
	rest, ok := strings.CutPrefix(code, "#")
	const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
	return code, ok && members == 1 && rest != "" && strings.Trim(rest, letters) == ""
}
