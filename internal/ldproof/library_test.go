package ldproof_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/piprate/json-gold/ld"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/ldproof"
)

// The library can expand JSON-LD too. For documents that this package reads, both must give one canonical form.

// A shelf hands the library the contexts of these tests, written as JSON-LD, and refuses every other address.
type shelf map[string]ldproof.Context

func (s shelf) LoadDocument(url string) (*ld.RemoteDocument, error) {
	c, ok := s[url]
	if !ok {
		return nil, fmt.Errorf("%s is not on the shelf", url)
	}
	return &ld.RemoteDocument{DocumentURL: url, Document: map[string]any{"@context": written(c)}}, nil
}

func written(c ldproof.Context) map[string]any {
	m := map[string]any{"@version": 1.1, "@protected": true, "id": "@id", "type": "@type"}
	for name, t := range c.Types {
		m[name] = map[string]any{"@id": t.IRI, "@context": scoped(t.Terms)}
	}
	return m
}

func scoped(terms ldproof.Terms) map[string]any {
	m := map[string]any{"@version": 1.1, "@protected": true}
	for name, t := range terms {
		d := map[string]any{"@id": t.IRI}
		if t.Coerce != "" {
			d["@type"] = t.Coerce
		}
		if t.Scope != nil {
			d["@context"] = scoped(t.Scope)
		}
		m[name] = d
	}
	return m
}

func byTheLibrary(t *testing.T, text string) string {
	t.Helper()
	var document map[string]any
	if err := json.Unmarshal([]byte(text), &document); err != nil {
		t.Fatal(err)
	}
	o := ld.NewJsonLdOptions("")
	o.DocumentLoader = shelf{ldproof.Credentials: ldproof.Common[ldproof.Credentials], voyage: own[voyage]}
	o.Algorithm, o.Format = ld.AlgorithmURDNA2015, "application/n-quads"
	got, err := ld.NewJsonLdProcessor().Normalize(document, o)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return got.(string)
}

func TestTheLibraryExpandsToTheSameStatements(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	texts := []string{document(""), document(`"crew":{"id":"B7","deputy":{"id":"B8","title":"mate"}}`), document(`"title":null,"seats":[1,1,2]`)}
	for range 400 {
		texts = append(texts, document(strings.Join(tripMembers(r), ",")))
	}
	checked := 0
	for _, text := range texts {
		d, err := parse(text, formats.Options{})
		if err != nil || d.Canonical == "" { // two of one name, or more than is taken
			continue
		}
		checked++
		if want := byTheLibrary(t, text); d.Canonical != want {
			t.Fatalf("%s: got\n%s\nthe library gives\n%s", text, d.Canonical, want)
		}
	}
	if checked < 300 {
		t.Errorf("only %d of %d documents could be compared", checked, len(texts))
	}
}

// pick gives each of some members with a probability of one half, in any order.
func pick(r *rand.Rand, members ...string) []string {
	r.Shuffle(len(members), func(i, j int) { members[i], members[j] = members[j], members[i] })
	return members[:r.IntN(len(members)+1)]
}

// names gives an absolute name, a relative one, or none.
func names(r *rand.Rand) string {
	return []string{`,"id":"urn:n:` + fmt.Sprint(r.IntN(40)) + `"`, `,"id":"bare` + fmt.Sprint(r.IntN(4)) + `"`, "", ""}[r.IntN(4)]
}

func tripMembers(r *rand.Rand) []string {
	members := pick(r,
		fmt.Sprintf(`"title":"t%d"`, r.IntN(3)), fmt.Sprintf(`"seats":%d`, r.IntN(3)), fmt.Sprintf(`"stops":[%d,%d]`, r.IntN(3), r.IntN(3)),
		`"begins":"2026-01-15T09:30:00Z"`, `"agent":["did:x:a","did:x:b"]`, `"crew":`+crewman(r, 2), `"leg":[`+leg(r, 2)+`,`+leg(r, 1)+`]`, `"leg":null`,
	)
	if id := names(r); id != "" {
		members = append(members, id[1:])
	}
	return once(members)
}

func leg(r *rand.Rand, depth int) string {
	types := []string{`"Leg"`, `["Leg","Special"]`, `["Special","Leg","Bare"]`}[r.IntN(3)]
	members := []string{`"type":` + types + names(r)}
	members = append(members, pick(r, fmt.Sprintf(`"title":"l%d"`, r.IntN(2)))...)
	if strings.Contains(types, "Special") {
		members = append(members, pick(r, `"wish":["a",true]`)...)
	}
	if depth > 0 {
		members = append(members, pick(r, `"leg":`+leg(r, depth-1))...)
	}
	return "{" + strings.Join(members, ",") + "}"
}

func crewman(r *rand.Rand, depth int) string {
	members := append([]string{fmt.Sprintf(`"id":"B%d"`, r.IntN(2))}, pick(r, fmt.Sprintf(`"title":"c%d"`, r.IntN(2)))...)
	if depth > 0 {
		members = append(members, pick(r, `"deputy":[`+crewman(r, depth-1)+`,`+crewman(r, depth-1)+`]`)...)
	}
	return "{" + strings.Join(members, ",") + "}"
}

// once drops members whose name was there before.
func once(members []string) []string {
	seen, kept := map[string]bool{}, []string{}
	for _, m := range members {
		name, _, _ := strings.Cut(m, ":")
		if !seen[name] {
			kept = append(kept, m)
		}
		seen[name] = true
	}
	return kept
}
