package heuristics_test

import (
	"context"
	"crypto/ed25519"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/heuristics"
	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/verify"
)

// asOf is the moment of the checks in these tests.
var asOf = time.Date(2026, 11, 1, 12, 0, 0, 0, time.UTC)

// A paper is a document that a traveller shows, with the status that the verifier must give it.
type paper struct {
	claims formats.Claims
	issued time.Time
	status verify.Status // Authentic, Unsealed, Untrusted or Invalid
}

const (
	sealedID  formats.ID = "test-sealed"
	printedID formats.ID = "test-printed"
	issuer               = "UT"
)

var (
	signingKey = ed25519.NewKeyFromSeed([]byte("a seed of thirty-two bytes, 0001"))
	keyID      = []byte("test key")
)

// decoder decodes texts of a kind and a number into the papers of those numbers.
func decoder(id formats.ID, kind byte, papers []paper) formats.Format {
	detect := func(in formats.Input) bool {
		b, ok := in.Lone()
		return ok && len(b) == 2 && b[0] == kind
	}
	decode := func(in formats.Input, _ formats.Options) (*formats.Document, error) {
		b, _ := in.Lone()
		p := papers[b[1]-'0']
		doc := &formats.Document{Format: id, Validity: formats.Validity{IssuedAt: p.issued},
			Parts: []formats.Part{{Name: "payload", Unverified: p.claims, Seal: formats.NoSeal}}}
		if kind == 'P' {
			return doc, nil
		}
		seal := formats.Seal{Role: formats.Issuer, Algorithm: formats.EdDSA, Signed: b, Signature: ed25519.Sign(signingKey, b),
			Signer: formats.Signer{KeyID: keyID, Issuer: issuer}}
		switch p.status {
		case verify.Untrusted:
			seal.Signer.KeyID = []byte("a stranger")
		case verify.Invalid:
			seal.Signature[0] ^= 1
		}
		doc.Parts[0].Seal, doc.Seals = 0, []formats.Seal{seal}
		return doc, nil
	}
	return formats.Format{ID: id, Title: string(id), Spec: "none", Unsealed: kind == 'P', Detect: detect, Decode: decode}
}

// tap is a rule that keeps the case that it is shown.
type tap struct{ seen *verify.Case }

func (t tap) Check(c verify.Case) []verify.Finding {
	*t.seen = c
	return nil
}

// show has the papers of one traveller checked and gives the case as rules see it, and the report.
func show(t testing.TB, at time.Time, papers ...paper) (verify.Case, *verify.Report) {
	t.Helper()
	set, err := formats.NewSet(decoder(sealedID, 'S', papers), decoder(printedID, 'P', papers))
	if err != nil {
		t.Fatal(err)
	}
	trust, err := trustlist.New(trustlist.Info{Name: "test"}, []trustlist.Anchor{{Role: trustlist.Signer, Uses: formats.AllUses, Issuer: issuer,
		KeyID: keyID, Key: signingKey.Public(), Scope: []formats.ID{trustlist.AnyFormat}}}, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	var seen verify.Case
	v, err := verify.New(verify.Config{Formats: set, Trust: trust, Policy: verify.DefaultPolicy(set.IDs()...),
		Rules: append(heuristics.All(), tap{&seen}), Now: func() time.Time { return at }})
	if err != nil {
		t.Fatal(err)
	}
	var inputs []formats.Input
	for i, p := range papers {
		kind := "S"
		if p.status == verify.Unsealed {
			kind = "P"
		}
		inputs = append(inputs, formats.Text(kind+string(rune('0'+i))))
	}
	report := v.Inspect(context.Background(), inputs)
	for i, p := range papers {
		if seen.Documents[i].Status != p.status {
			t.Fatalf("document %d is %v, want %v", i, seen.Documents[i].Status, p.status)
		}
	}
	return seen, report
}

// said gives the findings of the rule that explains a code, as "code where".
func said(t testing.TB, code verify.Code, c verify.Case) []string {
	t.Helper()
	for _, r := range heuristics.All() {
		explanations := r.(verify.Explainer).Explain()
		if !slices.ContainsFunc(explanations, func(e verify.Explanation) bool { return e.Code == code }) {
			continue
		}
		var list []string
		for _, f := range r.Check(c) {
			list = append(list, string(f.Code)+" "+f.Where)
		}
		return list
	}
	t.Fatalf("no rule explains %s", code)
	return nil
}

// A scene is what a traveller shows, and what the rule must say: nothing, or "code where" once a finding.
type scene struct {
	name   string
	papers []paper
	want   []string
}

func play(t *testing.T, code verify.Code, scenes []scene) {
	t.Helper()
	for _, s := range scenes {
		t.Run(s.name, func(t *testing.T) {
			c, _ := show(t, asOf, s.papers...)
			if got := said(t, code, c); !slices.Equal(got, s.want) {
				t.Errorf("got  %q\nwant %q", got, s.want)
			}
		})
	}
}

// day reads a date; it stops the test where the test itself is wrong.
func day(text string) formats.Date {
	d, err := formats.ParseDate(text)
	if err != nil {
		panic(err)
	}
	return d
}

// person describes somebody: "family,given" and a birth date.
func person(name, birth string) formats.Subject {
	family, given, _ := strings.Cut(name, ",")
	return formats.Subject{Names: []formats.Name{{Family: family, Given: given}}, Birth: day(birth)}
}

// dose is a vaccination on a day; test and recovery likewise.
func dose(when string) formats.Event { return event(formats.Vaccination, when) }

func event(kind formats.Uses, when string) formats.Event {
	return formats.Event{Kind: kind, When: day(when)}
}

// certificate is a sealed health certificate, issued on 2 March 2022.
func certificate(p formats.Subject, events ...formats.Event) paper {
	return paper{claims: formats.Claims{Subjects: []formats.Subject{p}, Events: events},
		issued: time.Date(2022, 3, 2, 10, 0, 0, 0, time.UTC), status: verify.Authentic}
}

// printed is the machine-readable zone of a passport, which carries no seal.
func printed(p formats.Subject) paper {
	p.Names[0].Script = "icao"
	return paper{claims: formats.Claims{Subjects: []formats.Subject{p}}, status: verify.Unsealed}
}

func (p paper) as(s verify.Status) paper {
	p.status = s
	return p
}

// with adds people to a document.
func (p paper) with(more ...formats.Subject) paper {
	p.claims.Subjects = append(slices.Clone(p.claims.Subjects), more...)
	return p
}
