package ldproof_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/ldproof"
	"github.com/travelseal/travelseal/internal/strict/json"
)

// The context of these tests is of travel: a Trip with legs, which have terms of their own, one of which has again.
const (
	voyage = "https://voyage.example/v1"
	ex     = "https://voyage.example/terms#"
)

var own = map[string]ldproof.Context{
	voyage: {
		Types: map[string]ldproof.Type{
			"Trip": {IRI: ex + "Trip", Terms: ldproof.Terms{
				"title": {IRI: ex + "title"}, "seats": {IRI: ex + "count"}, "stops": {IRI: ex + "count"},
				"begins": {IRI: ex + "begins", Coerce: ldproof.DateTime}, "agent": {IRI: ex + "agent", Coerce: ldproof.ID},
				"leg": {IRI: ex + "leg"},
				"crew": {IRI: ex + "crew", Scope: ldproof.Terms{
					"id": {IRI: ex + "badge"}, "title": {IRI: ex + "rank"}, "deputy": {IRI: ex + "deputy"},
				}},
			}},
			"Leg":     {IRI: ex + "Leg", Terms: ldproof.Terms{"title": {IRI: ex + "label"}, "leg": {IRI: ex + "part"}}},
			"Special": {IRI: ex + "Special", Terms: ldproof.Terms{"wish": {IRI: ex + "wish"}}},
			"Bare":    {IRI: ex + "Bare"},
		},
		Unread: []string{"ex"},
	},
}

// document writes a credential whose subject is a Trip with these members.
func document(members string) string {
	if members != "" {
		members = "," + members
	}
	return `{"@context":["https://www.w3.org/2018/credentials/v1","` + voyage + `"],"type":"VerifiableCredential","issuer":"did:x:y","credentialSubject":{"type":"Trip"` + members + `}}`
}

func parse(text string, o formats.Options) (*ldproof.Document, error) {
	v, err := json.Parse([]byte(text), json.Limits{Depth: 100, Items: 100_000})
	if err != nil {
		panic(fmt.Sprintf("%s: %v", text, err))
	}
	return ldproof.Parse(v, own, o)
}

func parsed(t *testing.T, text string, o formats.Options) *ldproof.Document {
	t.Helper()
	d, err := parse(text, o)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return d
}

// signed adds a proof to a document.
func signed(text, proof string) string {
	return strings.TrimSuffix(text, "}") + `,"proof":` + proof + "}"
}

const proof = `{"type":"Ed25519Signature2018","created":"2026-01-15T09:30:00Z","verificationMethod":"did:x:y#1","proofPurpose":"assertionMethod","jws":"eyJhbGciOiJFZERTQSIsImI2NCI6ZmFsc2UsImNyaXQiOlsiYjY0Il19..AAAA"}`

// problem gives why a document with a proof must not be checked; the zero Problem if nothing forbids it.
func problem(t *testing.T, text string, o formats.Options) formats.Problem {
	t.Helper()
	d := parsed(t, signed(text, proof), o)
	if (d.Seal.Problem.Code == "") != (d.Seal.Signed != nil) {
		t.Errorf("%s: a problem %v and signed bytes %q", text, d.Seal.Problem, d.Seal.Signed)
	}
	return d.Seal.Problem
}

// refused demands an error with a code.
func refused(t *testing.T, text, code, step string) {
	t.Helper()
	_, err := parse(text, formats.Options{})
	var fe *formats.Error
	if !errors.As(err, &fe) || fe.Code != code || fe.Step != step || fe.Format != "" || fe.Err == nil {
		t.Errorf("%.200s: %v; want %s in %s", text, err, code, step)
	}
}

func TestMembersBecomeStatementsByTheTermsOfTheirPlace(t *testing.T) {
	d := parsed(t, document(`"id":"urn:trip:1","title":"A \"long\" way\nhome","seats":3,"begins":"2026-01-15T09:30:00Z","agent":"did:x:agent",
		"crew":{"id":"B7","title":"captain","deputy":{"id":"B8","title":"mate","deputy":null}},
		"leg":[{"type":["Leg","Bare"],"title":"first"},{"id":"urn:leg:2","type":"Leg","leg":true}]`), formats.Options{})
	want := `<urn:leg:2> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://voyage.example/terms#Leg> .
<urn:leg:2> <https://voyage.example/terms#part> "true"^^<http://www.w3.org/2001/XMLSchema#boolean> .
<urn:trip:1> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://voyage.example/terms#Trip> .
<urn:trip:1> <https://voyage.example/terms#agent> <did:x:agent> .
<urn:trip:1> <https://voyage.example/terms#begins> "2026-01-15T09:30:00Z"^^<http://www.w3.org/2001/XMLSchema#dateTime> .
<urn:trip:1> <https://voyage.example/terms#count> "3"^^<http://www.w3.org/2001/XMLSchema#integer> .
<urn:trip:1> <https://voyage.example/terms#crew> _:c14n2 .
<urn:trip:1> <https://voyage.example/terms#leg> <urn:leg:2> .
<urn:trip:1> <https://voyage.example/terms#leg> _:c14n3 .
<urn:trip:1> <https://voyage.example/terms#title> "A \"long\" way\nhome" .
_:c14n0 <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://www.w3.org/2018/credentials#VerifiableCredential> .
_:c14n0 <https://www.w3.org/2018/credentials#credentialSubject> <urn:trip:1> .
_:c14n0 <https://www.w3.org/2018/credentials#issuer> <did:x:y> .
_:c14n1 <https://voyage.example/terms#badge> "B8" .
_:c14n1 <https://voyage.example/terms#rank> "mate" .
_:c14n2 <https://voyage.example/terms#badge> "B7" .
_:c14n2 <https://voyage.example/terms#deputy> _:c14n1 .
_:c14n2 <https://voyage.example/terms#rank> "captain" .
_:c14n3 <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://voyage.example/terms#Bare> .
_:c14n3 <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://voyage.example/terms#Leg> .
_:c14n3 <https://voyage.example/terms#label> "first" .
`
	if d.Canonical != want {
		t.Errorf("got\n%s\nwant\n%s", d.Canonical, want)
	}
	trip := d.Root.Values("credentialSubject")[0].Node
	if !trip.Covered || !trip.Is("Trip") || trip.Is("Leg") || trip.Name != "urn:trip:1" || len(trip.Values("leg")) != 2 || d.Seal != nil {
		t.Errorf("%+v", trip)
	}
	if leg := trip.Values("leg")[1].Node; leg.Place != "credentialSubject.leg[1]" || leg.Name != "urn:leg:2" {
		t.Errorf("%+v", leg)
	}
	if v := trip.Values("title"); len(v) != 1 || v[0].Node != nil || string(v[0].Scalar.Raw()) != `"A \"long\" way\nhome"` {
		t.Errorf("%+v", v)
	}
	var absent *ldproof.Node
	if trip.Values("stops") != nil || absent.Values("title") != nil {
		t.Error("a member that is not there has values")
	}
}

// The signature sees a set: order, repetition and white space are not signed, and neither is which of two members of one
// property a value belongs to.
func TestTextsOfOneMeaningHaveOneCanonicalForm(t *testing.T) {
	for _, group := range [][]string{
		{`"title":"a","seats":3`, `"seats":3,"title":"a"`, `"title":["a"],"seats":[3,3]`, `"title":["a","a"],"seats":3`, `"title":"a","stops":3`,
			`"title":"a","seats":3,"stops":3`, `"title":"\u0061","seats":[3,null],"begins":null,"leg":[]`},
		{`"leg":[{"type":"Leg","title":"a"},{"type":"Leg","title":"b"}]`, `"leg":[{"title":"b","type":"Leg"},{"title":"a","type":["Leg","Leg"]}]`},
	} {
		want := parsed(t, document(group[0]), formats.Options{}).Canonical
		for _, members := range group[1:] {
			if got := parsed(t, document(members), formats.Options{}).Canonical; got != want {
				t.Errorf("%s: got\n%s\nwant\n%s", members, got, want)
			}
		}
	}
	a, b := parsed(t, document(`"title":"a"`), formats.Options{}), parsed(t, document(`"title":"b"`), formats.Options{})
	if a.Canonical == b.Canonical {
		t.Error("two meanings have one form")
	}
}

func TestAnObjectWithoutAnAbsoluteNameIsNotCovered(t *testing.T) {
	for name, covered := range map[string]bool{
		"urn:trip:1": true, "did:Passport:Z12": true, "https://voyage.example/é": true, "a+b-c.d:x": true,
		"962433308V": false, "": false, "#trip": false, "/trip": false, "Z 12": false, "?x": false,
	} {
		d := parsed(t, document(fmt.Sprintf(`"id":%q,"title":"a","leg":{"id":"urn:leg:1","type":"Leg","title":"b"}`, name)), formats.Options{})
		trip := d.Root.Values("credentialSubject")[0].Node
		leg := trip.Values("leg")[0].Node
		if trip.Covered != covered || leg.Covered != covered || !d.Root.Covered {
			t.Errorf("%q: the trip is covered: %v, its leg: %v", name, trip.Covered, leg.Covered)
		}
		if got := strings.Contains(d.Canonical, `"a"`); got != covered {
			t.Errorf("%q: its title is signed: %v", name, got)
		}
		// What is said of an object within is signed, and no way leads to it.
		if !strings.Contains(d.Canonical, `<urn:leg:1> <https://voyage.example/terms#label> "b"`) || strings.Contains(d.Canonical, "terms#leg> <urn:leg:1>") != covered {
			t.Errorf("%q: %s", name, d.Canonical)
		}
	}
}

func TestWhatIsNotUnderstoodIsNotChecked(t *testing.T) {
	const (
		undefined = "a member or type that no context defines"
		construct = "a construct of JSON-LD"
		alike     = "a character or number"
		relative  = "the name of something is no absolute IRI"
	)
	for members, want := range map[string]string{
		`"title":"a"`:              "",
		`"unheard":"a"`:            "credentialSubject: " + undefined,
		`"Title":"a"`:              "credentialSubject: " + undefined,
		`"unheard":null`:           "credentialSubject: " + undefined,
		`"leg":{"type":"Unheard"}`: "credentialSubject.leg: " + undefined,
		`"leg":[{"title":"a"}]`:    "credentialSubject.leg[0]: " + undefined,
		`"crew":{"seats":1}`:       "credentialSubject.crew: " + undefined,
		`"ex":"a"`:                 "credentialSubject: " + construct,
		`"Leg":"a"`:                "credentialSubject: " + construct,
		`"ex:title":"a"`:           "credentialSubject: " + construct,
		`"https://voyage.example/terms#title":""`: "credentialSubject: " + construct,
		`"leg":{"type":"ex:Leg"}`:                 "credentialSubject.leg: " + construct,
		`"leg":{"type":"urn:leg"}`:                "credentialSubject.leg: " + construct,
		`"leg":{"type":3}`:                        "credentialSubject.leg: " + construct,
		`"leg":{"type":"@json"}`:                  "credentialSubject.leg: " + construct,
		`"id":"_:b0"`:                             "credentialSubject: " + construct,
		`"id":"ex:trip"`:                          "credentialSubject: " + construct,
		`"id":"Leg:trip"`:                         "credentialSubject: " + construct,
		`"id":"@trip"`:                            "credentialSubject: " + construct,
		`"id":"urn:a b"`:                          "credentialSubject: " + construct,
		`"id":"urn:a>b"`:                          "credentialSubject: " + construct,
		`"id":"urn:"`:                             "credentialSubject: " + construct,
		`"id":":x"`:                               "credentialSubject: " + construct,
		`"id":"1a:x"`:                             "credentialSubject: " + construct,
		`"agent":"_:b0"`:                          "credentialSubject.agent: " + construct,
		`"agent":"nobody"`:                        "credentialSubject.agent: " + relative,
		`"agent":7`:                               "credentialSubject.agent: " + construct,
		`"begins":7`:                              "credentialSubject.begins: " + construct,
		`"title":[["a"]]`:                         "credentialSubject.title[0]: " + construct,
		`"leg":{"type":["Leg","Trip"]}`:           "credentialSubject.leg: " + construct,
		`"crew":{"type":"Leg"}`:                   "credentialSubject.crew: " + construct,
		`"leg":{"type":["Leg","Special"],"wish":"a"}`: "",
		`"title":"a\tb"`:            "credentialSubject.title: " + alike,
		`"title":"a\u0000"`:         "credentialSubject.title: " + alike,
		`"title":"a\u007f"`:         "credentialSubject.title: " + alike,
		`"seats":1.5`:               "credentialSubject.seats: " + alike,
		`"seats":1.0`:               "credentialSubject.seats: " + alike,
		`"seats":1e3`:               "credentialSubject.seats: " + alike,
		`"seats":-0`:                "credentialSubject.seats: " + alike,
		`"seats":9007199254740992`:  "credentialSubject.seats: " + alike,
		`"seats":9007199254740991`:  "",
		`"seats":-9007199254740991`: "",
		`"id":"urn:a","leg":{"id":"urn:a","type":"Leg"}`: "credentialSubject.leg: two objects have one name",
	} {
		got := problem(t, document(members), formats.Options{})
		if want == "" && got != (formats.Problem{}) || want != "" && (got.Code != formats.CodeSealUnsupported || !strings.HasPrefix(got.Text, want)) {
			t.Errorf("%s: %+v, want %q", members, got, want)
		}
	}
	if got := problem(t, strings.Replace(document(""), `"issuer"`, `"id":"bare","issuer"`, 1), formats.Options{}); !strings.HasPrefix(got.Text, relative) {
		t.Errorf("a document with a relative name: %+v", got)
	}
}

func TestUnknownMembersCanBeTolerated(t *testing.T) {
	text := document(`"title":"a","unheard":{"title":"b","type":"Leg"},"leg":{"type":["Leg","Unheard"],"title":"c"},"other":1`)
	d := parsed(t, signed(text, proof), formats.Options{Tolerate: []string{"unknown-member"}})
	if want := parsed(t, document(`"title":"a","leg":{"type":"Leg","title":"c"}`), formats.Options{}).Canonical; d.Canonical != want || d.Seal.Problem.Code != "" {
		t.Errorf("%+v: got\n%s\nwant\n%s", d.Seal.Problem, d.Canonical, want)
	}
	if len(d.Checks) != 2 || d.Checks[0].Where != "credentialSubject" || d.Checks[1].Where != "credentialSubject.leg" {
		t.Fatalf("%+v", d.Checks)
	}
	for _, c := range d.Checks {
		if c.Kind != formats.Reading || c.Result != formats.Doubtful || c.Name != ldproof.UnknownMember.Name || c.Text == "" {
			t.Errorf("%+v", c)
		}
	}
	d.Root.Values("credentialSubject")[0].Node.Each(func(name string, _ []ldproof.Value) {
		if name != "title" && name != "leg" {
			t.Errorf("the member %s is shown", name)
		}
	})
	// Of a context that is not known in full, it is not known what it defines.
	partial := strings.Replace(text, voyage+`"`, voyage+`","https://w3id.org/security/v2"`, 1)
	if p := problem(t, partial, formats.Options{Tolerate: []string{"unknown-member"}}); p.Code == "" {
		t.Error("a member that a partial context may define is dropped")
	}
	if p := problem(t, text, formats.Options{Tolerate: []string{"unknown-member"}, Refuse: []string{"unknown-member"}}); p.Code == "" {
		t.Error("a refused tolerance applies")
	}
}

func TestContextsAreKnownOnes(t *testing.T) {
	with := func(context string) string { return `{"@context":` + context + `,"type":"VerifiableCredential"}` }
	const first = `"https://www.w3.org/2018/credentials/v1"`
	for context, want := range map[string][2]string{
		`[` + first + `]`: {"", ""},
		`[` + first + `,"https://w3id.org/security/v1","https://w3id.org/security/suites/ed25519-2020/v1"]`: {"", ""},
		`[]`: {formats.CodeEnvelope, "@context"}, `"` + voyage + `"`: {formats.CodeEnvelope, "@context"}, `null`: {formats.CodeEnvelope, "@context"}, `{}`: {formats.CodeEnvelope, "@context"},
		`[` + first + `,{"title":"https://evil.example/"}]`:        {formats.CodeEnvelope, "@context"},
		`[{"@vocab":"https://evil.example/"}]`:                     {formats.CodeEnvelope, "@context"},
		`[` + first + `,null]`:                                     {formats.CodeEnvelope, "@context"},
		`["` + voyage + `"]`:                                       {formats.CodeVersion, "@context"},
		`["` + voyage + `",` + first + `]`:                         {formats.CodeVersion, "@context"},
		`[` + first + `,"https://evil.example/v1"]`:                {formats.CodeVersion, "@context"},
		`[` + first + `,"HTTPS://www.w3.org/2018/credentials/v1"]`: {formats.CodeVersion, "@context"},
		`[` + first + `,"file:///etc/passwd"]`:                     {formats.CodeVersion, "@context"},
		`[` + strings.Repeat(first+",", 8) + first + `]`:           {formats.CodeLimit, "@context"},
	} {
		if want[0] == "" {
			parsed(t, with(context), formats.Options{})
			continue
		}
		refused(t, with(context), want[0], want[1])
	}
	refused(t, `{"type":"VerifiableCredential"}`, formats.CodeEnvelope, "@context")
	refused(t, `[]`, formats.CodePayload, "JSON-LD")
	if _, err := ldproof.Parse(json.Value{}, own, formats.Options{}); err == nil {
		t.Error("nothing is read")
	}
}

func TestKeywordsAndNamesThatAreNoTextsAreRefused(t *testing.T) {
	for _, keyword := range []string{"@id", "@type", "@context", "@graph", "@reverse", "@nest", "@included", "@value", "@set", "@list", "@index", "@language", "@json", "@x"} {
		refused(t, document(`"`+keyword+`":[]`), formats.CodeEnvelope, "JSON-LD")
		refused(t, document(`"title":{"`+keyword+`":"a"}`), formats.CodeEnvelope, "JSON-LD")
	}
	refused(t, document(`"id":7`), formats.CodePayload, "credentialSubject.id")
	refused(t, document(`"id":null`), formats.CodePayload, "credentialSubject.id")
	refused(t, document(`"leg":[{"id":{},"type":"Leg"}]`), formats.CodePayload, "credentialSubject.leg[0].id")
}
