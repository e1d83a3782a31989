package hcert

import (
	"strings"

	"github.com/travelseal/travelseal/formats"
)

// The systems of the codes in certificates of vaccination.
const (
	icd11        = "http://id.who.int/icd/release/11/mms"
	preQualified = "http://smart.who.int/pcmt-vaxprequal/CodeSystem/PreQualProductIDs"
)

// The diseases for which the International Health Regulations know a certificate (SMART ICVP, value set
// ICVPDiseaseTargeted).
var (
	yellowFever   = formats.Coded{System: icd11, Code: "1D47", Text: "Yellow fever"}
	poliomyelitis = formats.Coded{System: icd11, Code: "1C81", Text: "Poliomyelitis"}
)

// ascertain completes a vaccination with what the International Health Regulations say of it, as facts to be shown: when
// it begins to count, and for how long, is a matter of entry and not of the certificate's genuineness.
func (r *reading) ascertain(e *formats.Event, product bool) {
	if product {
		e.Target = targetOf(e.Product.Code)
	}
	for _, disease := range [...]formats.Coded{yellowFever, poliomyelitis} {
		if e.Target.Code == disease.Code {
			e.Target = disease
		}
	}
	if e.Target != yellowFever {
		return
	}
	// Annex 7 §2: the certificate counts from ten days after the vaccination, and since 2016 for the life of the person,
	// whatever end an earlier one states.
	if d := e.When; !d.IsZero() && !d.Partial() {
		r.extra("ihr_valid_from", formats.Date{Year: d.Year, Month: d.Month, Day: d.Day + 10}.String())
	}
	r.extra("ihr_valid_until", "life of the person vaccinated")
}

// targetOf gives the disease of a product of the WHO's catalogue. Its identifiers begin with the kind of vaccine, cut to
// 24 letters; combined vaccines name several diseases and are left out.
func targetOf(product string) formats.Coded {
	kind, digest, found := strings.Cut(product, "Product")
	switch {
	case !found || len(digest) != 32:
	case kind == "YellowFever":
		return yellowFever
	case strings.HasPrefix(kind, "PolioVaccine"):
		return poliomyelitis
	}
	return formats.Coded{}
}
