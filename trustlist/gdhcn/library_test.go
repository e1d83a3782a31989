package gdhcn_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/piprate/json-gold/ld"

	"github.com/travelseal/travelseal/internal/mint/lists"
	"github.com/travelseal/travelseal/trustlist/gdhcn"
)

// A shelf hands a library for JSON-LD the contexts of a list, as far as its members need them, and refuses all other
// addresses.
type shelf map[string]any

func (s shelf) LoadDocument(url string) (*ld.RemoteDocument, error) {
	c, ok := s[url]
	if !ok {
		return nil, fmt.Errorf("%s is not on the shelf", url)
	}
	return &ld.RemoteDocument{DocumentURL: url, Document: map[string]any{"@context": c}}, nil
}

func contexts() shelf {
	type object = map[string]any
	named := func(name, kind string) object {
		return object{"@id": "https://w3id.org/security#" + name, "@type": kind}
	}
	set := func(name string) object {
		id := "https://smart.who.int/trust/ValueSet-" + name + "-DEV.jsonld"
		return object{"@id": id, "@type": "@id", "@context": object{"@base": id + "#", "code": "@id"}}
	}
	return shelf{
		"https://www.w3.org/ns/did/v1": object{
			"@protected": true, "id": "@id", "type": "@type", "controller": named("controller", "@id"), "verificationMethod": named("verificationMethod", "@id"),
		},
		"https://w3id.org/security/suites/jws-2020/v1": object{"JsonWebKey2020": object{
			"@id": "https://w3id.org/security#JsonWebKey2020", "@context": object{"@protected": true, "id": "@id", "type": "@type", "publicKeyJwk": named("publicKeyJwk", "@json")},
		}},
		"https://smart.who.int/trust/tng-context/v1-DEV.jsonld": object{
			"@version": 1.1, "id": "@id", "type": "@type", "domain": set("Domains"), "participant": set("Participants"), "keyusage": set("KeyUsage"),
		},
	}
}

// A library that knows all of JSON-LD and of URDNA2015 gives the same canonical form.
func TestALibraryGivesTheSameStatements(t *testing.T) {
	list := strangers()
	list["verificationMethod"] = append(list["verificationMethod"].([]any), utopian(network.BrainpoolDSC, "DSC").Object(), "did:web:dev.utopia.example:trustlist")
	delete(list, "proof")
	data := lists.JSON(list)
	own, err := gdhcn.Canonical(data)
	if err != nil {
		t.Fatal(err)
	}
	var document map[string]any
	if err := json.Unmarshal(data, &document); err != nil {
		t.Fatal(err)
	}
	o := ld.NewJsonLdOptions("")
	o.DocumentLoader, o.Algorithm, o.Format = contexts(), ld.AlgorithmURDNA2015, "application/n-quads"
	want, err := ld.NewJsonLdProcessor().Normalize(document, o)
	if err != nil {
		t.Fatal(err)
	}
	if own != want {
		t.Errorf("got\n%s\nthe library gives\n%s", own, want)
	}
}
