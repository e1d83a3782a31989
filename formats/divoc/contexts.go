package divoc

import "github.com/travelseal/travelseal/internal/ldproof"

// The IRIs of the contexts. The prefix "vac" ends in no character that makes it a prefix of JSON-LD 1.1 (§4.1.5, simple
// terms), so that "vac:city" is an IRI as it stands, whatever the context says of "vac".
const (
	schema = "https://schema.org/"
	vac    = "vac:"
)

// contexts are those of the national issuers, by the URL under which their documents list them. The URLs do not resolve;
// the contexts are part of the platform's source (github.com/egovernments/DIVOC, vaccination-context).
var contexts = map[string]ldproof.Context{
	"https://cowin.gov.in/credentials/vaccination/v1": vaccinationV1,
	"https://cowin.gov.in/credentials/vaccination/v2": vaccinationV2,

	"https://divoc.prod/vaccine/credentials/vaccination/v1":    vaccinationV2,
	"https://divoc.dev/credentials/vaccination/v1":             vaccinationV2,
	"https://divoc.lgcc.gov.lk/credentials/vaccination/v1":     vaccinationV2,
	"https://divoc.lgcc.gov.lk/credentials/vaccination/v2":     vaccinationV2,
	"https://www.pedulilindungi.id/credentials/vaccination/v2": vaccinationV2,
}

var (
	vaccinationV1 = vaccination(nil, nil)
	vaccinationV2 = vaccination(
		ldproof.Terms{"dob": {IRI: schema + "date"}},
		ldproof.Terms{"icd11Code": {IRI: schema + "id"}, "prophylaxis": {IRI: schema + "name"}},
	)
)

// vaccination makes a context of the vaccination certificate from what its version adds to a person and to an entry.
func vaccination(person, entry ldproof.Terms) ldproof.Context {
	return ldproof.Context{
		Types: map[string]ldproof.Type{
			"ProofOfVaccinationCredential": {IRI: schema + "ProofOfVaccinationCredential", Terms: ldproof.Terms{
				"nonTransferable": {IRI: vac + "nonTransferable"},
			}},
			"Person": {IRI: schema + "Person", Terms: with(person, ldproof.Terms{
				"refId":       {IRI: schema + "id"},
				"uhid":        {IRI: schema + "id"},
				"name":        {IRI: schema + "name"},
				"age":         {IRI: schema + "Number"},
				"gender":      {IRI: schema + "gender"},
				"nationality": {IRI: schema + "nationality"},
				"address":     address,
			})},
			"Vaccination": {IRI: vac + "Vaccination", Terms: with(entry, ldproof.Terms{
				"certificateId":  {IRI: schema + "id"},
				"feedbackUrl":    {IRI: schema + "url"},
				"infoUrl":        {IRI: schema + "url"},
				"batch":          {IRI: schema + "id"},
				"vaccine":        {IRI: schema + "id"},
				"manufacturer":   {IRI: schema + "id"},
				"date":           {IRI: schema + "date"},
				"effectiveStart": {IRI: schema + "date"},
				"effectiveUntil": {IRI: schema + "date"},
				"dose":           {IRI: schema + "doseValue"},
				"totalDoses":     {IRI: schema + "doseValue"},
				"verifier": {IRI: vac + "verifier", Scope: ldproof.Terms{
					"id":         {IRI: schema + "id"},
					"name":       {IRI: schema + "name"},
					"sign-image": {IRI: schema + "image"},
				}},
				"facility": {IRI: vac + "Facility", Scope: ldproof.Terms{
					"name":       {IRI: schema + "name"},
					"address":    address,
					"seal-image": {IRI: schema + "image"},
				}},
			})},
		},
		Unread: []string{"schema", "vac"},
	}
}

var address = ldproof.Term{IRI: schema + "PostalAddress", Scope: ldproof.Terms{
	"streetAddress":  {IRI: schema + "streetAddress"},
	"streetAddress2": {IRI: vac + "addressLine2"},
	"city":           {IRI: vac + "city"},
	"district":       {IRI: vac + "district"},
	"addressRegion":  {IRI: schema + "addressRegion"},
	"postalCode":     {IRI: schema + "postalCode"},
	"addressCountry": {IRI: schema + "addressCountry"},
}}

func with(more, terms ldproof.Terms) ldproof.Terms {
	for name, t := range more {
		terms[name] = t
	}
	return terms
}
