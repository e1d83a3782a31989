package heuristics_test

import (
	"testing"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/verify"
)

func TestIdentityDocument(t *testing.T) {
	ref := func(kind, number, state string, year int) formats.DocRef {
		return formats.DocRef{Type: kind, Number: number, IssuingState: state, Expires: formats.Date{Year: year, Month: time.May, Day: 20}}
	}
	holder := person("ACHTERBERG,MAREN", "1984-07-19")
	chip := func(refs ...formats.DocRef) paper {
		p := printed(holder).as(verify.Authentic)
		p.claims.Documents, p.claims.Portrait = refs, &formats.Image{MediaType: "image/jpeg", Data: []byte{1}}
		return p
	}
	page := func(refs ...formats.DocRef) paper {
		p := printed(holder)
		p.claims.Documents = refs
		return p
	}
	own := ref("P", "UT0017243", "UTO", 2031)
	speaks := []string{"rule.identity_document_mismatch documents[0].documents"}
	unknown := own
	unknown.Number, unknown.Expires = "", formats.Date{}
	cert := certificate(holder, dose("2021-05-10"))
	cert.claims.Documents = []formats.DocRef{ref("P", "UT9999999", "UTO", 2021)}
	play(t, "rule.identity_document_mismatch", []scene{
		{"another number", []paper{chip(own), page(ref("P", "UT9999999", "UTO", 2031))}, speaks},
		{"another state", []paper{chip(own), page(ref("P", "UT0017243", "XXA", 2031))}, speaks},
		{"another expiry", []paper{chip(own), page(ref("P", "UT0017243", "UTO", 2036))}, speaks},
		{"everything", []paper{chip(own), page(ref("PD", "X", "AUS", 2027))}, speaks},

		{"the same document", []paper{chip(own), page(own)}, nil},
		{"a second letter of the kind", []paper{chip(own), page(ref("PN", "UT0017243", "UTO", 2031))}, nil},
		{"a visa in the passport", []paper{chip(own), page(ref("V", "UT5550000", "AUS", 2027))}, nil},
		{"what is not known", []paper{chip(own), page(unknown)}, nil},
		{"no document at all", []paper{chip(own), page()}, nil},
		{"a chip without a portrait is no document to compare a page with", []paper{page(own).as(verify.Authentic), page(ref("P", "UT9999999", "UTO", 2031))}, nil},
		{"a certificate that names an older passport", []paper{cert, page(own)}, nil},
		{"nothing is sealed", []paper{chip(own).as(verify.Untrusted), page(ref("P", "UT9999999", "UTO", 2031))}, nil},
	})
}
