package mint

import (
	"strings"
	"time"
)

// The names of the invented issuer of credentials. They lead nowhere.
const (
	CredentialIssuer  = "https://vaccination.utopia.example/"
	CredentialContext = "https://cowin.gov.in/credentials/vaccination/v1"
	LaterContext      = "https://cowin.gov.in/credentials/vaccination/v2"
)

// CredentialSigner makes a key of the issuer of credentials. Its name in a proof is that of its kind.
func CredentialSigner(kind KeyKind) Signer {
	name := "ut-credential-" + strings.ToLower(string(kind))
	s := Utopia().CSCA.Issue(name, Template{Key: kind})
	s.KID = []byte("did:utopia:" + strings.ToLower(string(kind)))
	return s
}

// CredentialTrust is the trust list of testdata/trust for credentials: a key of each kind.
func CredentialTrust() []byte {
	var anchors []Anchor
	for _, kind := range []KeyKind{RSA2048, Ed25519, P256} {
		anchors = append(anchors, Anchor{
			Signer: CredentialSigner(kind), KeyOnly: true, Issuer: CredentialIssuer, Country: "UT", Scope: []string{"divoc"}, Uses: []string{"vaccination"},
		})
	}
	return TrustJSON(time.Time{}, anchors...)
}

// VaccinationCredential makes a complete credential of Maren, as India's are: RsaSignature2018 with PS256.
func VaccinationCredential() Credential {
	const certificate = "72040918351"
	address := func(street, country string) JSONObject {
		return JSONObject{
			{"streetAddress", street}, {"streetAddress2", ""}, {"district", "Harbour"}, {"city", ""},
			{"addressRegion", "North Utopia"}, {"addressCountry", country}, {"postalCode", 176207},
		}
	}
	return Credential{
		Signer: CredentialSigner(RSA2048), Suite: "RsaSignature2018", Alg: "PS256",
		Body: JSONObject{
			{"@context", []any{"https://www.w3.org/2018/credentials/v1", CredentialContext}},
			{"type", []any{"VerifiableCredential", "ProofOfVaccinationCredential"}},
			{"credentialSubject", JSONObject{
				{"type", "Person"}, {"id", "did:Passport:UT7042681"}, {"refId", "39791185041847"}, {"name", Maren.Given + " " + Maren.Family},
				{"gender", "Female"}, {"age", "41"}, {"nationality", "Utopian"}, {"address", address("", "UT")},
			}},
			{"issuer", CredentialIssuer},
			{"issuanceDate", stamp(IssuedAt)},
			{"evidence", []any{JSONObject{
				{"id", CredentialIssuer + "vaccine/" + certificate},
				{"feedbackUrl", CredentialIssuer + "?" + certificate}, {"infoUrl", CredentialIssuer + "?" + certificate},
				{"certificateId", certificate}, {"type", []any{"Vaccination"}},
				{"batch", "UT-4471-B"}, {"vaccine", "COVISHIELD"}, {"manufacturer", "Harbour Serum Works"},
				{"date", "2025-10-03T04:28:43.134Z"}, {"effectiveStart", "2025-10-03"}, {"effectiveUntil", "2025-12-26"},
				{"dose", 1}, {"totalDoses", 2},
				{"verifier", JSONObject{{"name", "Vaccinator Quill"}}},
				{"facility", JSONObject{{"name", "Harbour Clinic"}, {"address", address("12 Utopia Street", "UT")}}},
			}}},
			{"nonTransferable", "true"},
		},
	}
}

// SignedBy gives the credential another kind of proof.
func (c Credential) SignedBy(kind KeyKind, suite, alg string) Credential {
	c.Signer, c.Suite, c.Alg = CredentialSigner(kind), suite, alg
	return c
}

// Of gives the credential to another person. One whose name has only a standardised form gets that.
func (c Credential) Of(p Person) Credential {
	name := strings.TrimSpace(p.Given + " " + p.Family)
	if name == "" {
		name = p.FamilyICAO
	}
	return c.Set(name, "credentialSubject", "name").Set("did:Passport:UT"+p.ID, "credentialSubject", "id")
}
