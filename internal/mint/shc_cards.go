package mint

import (
	"crypto/ecdsa"
	"strconv"
	"strings"
	"time"
)

// The issuers of the testdata's cards. Their addresses are names and lead nowhere.
const (
	CardIssuer      = "https://cards.utopia.example/issuer"
	OtherCardIssuer = "https://cards.utopia.example/harbour"
)

// CardSigner makes the key of an issuer of cards. Its name in a card is its thumbprint, as the framework has it.
func CardSigner(name string) Signer {
	s := Utopia().CSCA.Issue(name, Template{})
	s.KID = []byte(Thumbprint(s.Key.Public().(*ecdsa.PublicKey)))
	return s
}

// CardTrust is the trust list of testdata/trust for cards: the keys of the two issuers, without a date.
func CardTrust() []byte {
	return TrustJSON(time.Time{},
		Anchor{Signer: CardSigner("ut-cards"), KeyOnly: true, Issuer: CardIssuer, Country: "UT", Scope: []string{"shc"}},
		Anchor{Signer: CardSigner("ut-cards-harbour"), KeyOnly: true, Issuer: OtherCardIssuer, Country: "UT", Scope: []string{"shc"}},
	)
}

// The code systems of the cards.
const (
	sidCVX    = "http://hl7.org/fhir/sid/cvx"
	sidSNOMED = "http://snomed.info/sct"
	sidLOINC  = "http://loinc.org"
	sidICD10  = "http://hl7.org/fhir/sid/icd-10"
)

// Card makes a card of a person with these resources, after the Patient.
func Card(s Signer, p Person, resources ...JSONObject) SHC {
	entries := []any{entry(0, patient(p))}
	for i, r := range resources {
		entries = append(entries, entry(i+1, r))
	}
	return SHC{
		Signer: s,
		Header: JSONObject{{"zip", "DEF"}, {"alg", "ES256"}, {"kid", string(s.KID)}},
		Payload: JSONObject{
			{"iss", CardIssuer},
			{"nbf", int(IssuedAt.Unix())},
			{"vc", JSONObject{
				{"type", []any{"https://smarthealth.cards#health-card"}},
				{"credentialSubject", JSONObject{
					{"fhirVersion", "4.0.1"},
					{"fhirBundle", JSONObject{{"resourceType", "Bundle"}, {"type", "collection"}, {"entry", entries}}},
				}},
			}},
		},
	}
}

func entry(i int, resource JSONObject) JSONObject {
	return JSONObject{{"fullUrl", "resource:" + strconv.Itoa(i)}, {"resource", resource}}
}

// patient is the person as FHIR has them. A person with one name has it as the family name.
func patient(p Person) JSONObject {
	name := JSONObject{{"family", p.Family}}
	if p.Family == "" {
		name = JSONObject{{"family", p.FamilyICAO}}
	}
	if p.Given != "" {
		var given []any
		for _, part := range strings.Fields(p.Given) {
			given = append(given, part)
		}
		name = append(name, VDSMember{"given", given})
	}
	return JSONObject{{"resourceType", "Patient"}, {"name", []any{name}}, {"birthDate", p.Birth}}
}

func concept(system, code string) JSONObject {
	return JSONObject{{"coding", []any{JSONObject{{"system", system}, {"code", code}}}}}
}

func performed(by string) []any { return []any{JSONObject{{"display", by}}} }

var theHolder = JSONObject{{"reference", "resource:0"}}

// Dose is one vaccination against COVID-19 with Comirnaty.
func Dose(day, lot string) JSONObject {
	return JSONObject{
		{"resourceType", "Immunization"}, {"status", "completed"}, {"vaccineCode", concept(sidCVX, "208")}, {"patient", theHolder},
		{"occurrenceDateTime", day}, {"lotNumber", lot},
		{"performer", []any{JSONObject{{"actor", JSONObject{{"display", "Harbour Clinic, Amaurot"}}}}}},
	}
}

// VaccinationCard makes a card of two doses, of Maren.
func VaccinationCard(s Signer) SHC {
	return Card(s, Maren, Dose("2025-09-05", "UX4471"), Dose("2025-10-03", "UX4502"))
}

// TestCard makes a card of a negative nucleic acid test, of Tobias.
func TestCard(s Signer) SHC {
	return Card(s, Tobias, JSONObject{
		{"resourceType", "Observation"}, {"status", "final"}, {"code", concept(sidLOINC, "94500-6")}, {"subject", theHolder},
		{"effectiveDateTime", "2026-01-14T08:15:00Z"}, {"valueCodeableConcept", concept(sidSNOMED, "260415000")},
		{"performer", performed("Harbour Laboratory, Amaurot")},
	})
}

// DiagnosisCard makes a card of a diagnosis of COVID-19 that has passed, of Jonas.
func DiagnosisCard(s Signer) SHC {
	return Card(s, Jonas, JSONObject{
		{"resourceType", "Condition"},
		{"clinicalStatus", concept("http://terminology.hl7.org/CodeSystem/condition-clinical", "resolved")},
		{"verificationStatus", concept("http://terminology.hl7.org/CodeSystem/condition-ver-status", "confirmed")},
		{"code", concept(sidICD10, "U07.1")}, {"subject", theHolder}, {"onsetDateTime", "2026-01-02"},
	})
}

// ReportCard makes a card of a report with its result, of Brigid.
func ReportCard(s Signer) SHC {
	quantity := JSONObject{{"value", JSONRaw("176.0")}, {"unit", "g/L"}, {"system", "http://unitsofmeasure.org"}, {"code", "g/L"}}
	return Card(s, Brigid,
		JSONObject{
			{"resourceType", "DiagnosticReport"}, {"status", "final"}, {"code", concept(sidLOINC, "58410-2")}, {"subject", theHolder},
			{"effectiveDateTime", "2026-01-12"}, {"performer", performed("Harbour Laboratory, Amaurot")},
			{"conclusionCode", []any{concept(sidSNOMED, "260385009")}},
		},
		JSONObject{
			{"resourceType", "Observation"}, {"status", "amended"}, {"code", concept(sidLOINC, "718-7")}, {"subject", theHolder},
			{"effectivePeriod", JSONObject{{"start", "2026-01-12T07:40:00+02:00"}, {"end", "2026-01-12T07:50:00+02:00"}}},
			{"valueQuantity", quantity},
		},
		JSONObject{{"resourceType", "Specimen"}, {"subject", theHolder}},
	)
}
