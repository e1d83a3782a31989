package ldproof

// Credentials is the context of the VC Data Model 1.1, which every credential lists first.
const Credentials = "https://www.w3.org/2018/credentials/v1"

// The vocabularies that the contexts speak of.
const (
	cred  = "https://www.w3.org/2018/credentials#"
	sec   = "https://w3id.org/security#"
	terms = "http://purl.org/dc/terms/"
	rdf   = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
	xsd   = "http://www.w3.org/2001/XMLSchema#"
)

// DateTime as Term.Coerce makes texts moments in time.
const DateTime = xsd + "dateTime"

// common are the contexts that any credential may list.
var common = map[string]Context{
	Credentials: {
		Types: map[string]Type{"VerifiableCredential": {IRI: cred + "VerifiableCredential", Terms: Terms{
			"credentialSchema":  {IRI: cred + "credentialSchema", Coerce: ID},
			"credentialStatus":  {IRI: cred + "credentialStatus", Coerce: ID},
			"credentialSubject": {IRI: cred + "credentialSubject", Coerce: ID},
			"evidence":          {IRI: cred + "evidence", Coerce: ID},
			"expirationDate":    {IRI: cred + "expirationDate", Coerce: DateTime},
			"holder":            {IRI: cred + "holder", Coerce: ID},
			"issued":            {IRI: cred + "issued", Coerce: DateTime},
			"issuer":            {IRI: cred + "issuer", Coerce: ID},
			"issuanceDate":      {IRI: cred + "issuanceDate", Coerce: DateTime},
			"refreshService":    {IRI: cred + "refreshService", Coerce: ID},
			"termsOfUse":        {IRI: cred + "termsOfUse", Coerce: ID},
			"validFrom":         {IRI: cred + "validFrom", Coerce: DateTime},
			"validUntil":        {IRI: cred + "validUntil", Coerce: DateTime},
		}}},
		Unread: []string{
			"cred", "sec", "xsd", "proof", "VerifiablePresentation", "EcdsaSecp256k1Signature2019", "EcdsaSecp256r1Signature2019",
			"Ed25519Signature2018", "RsaSignature2018", "JsonSchemaValidator2018", "ManualRefreshService2018",
		},
	},
	// The contexts of proofs say what stands within a proof, which this package knows by itself. They define nothing that
	// a credential's own objects use, so that not all of it is listed.
	sec1:    {Partial: true},
	sec2:    {Partial: true},
	ed25519: {Unread: []string{"proof", "Ed25519VerificationKey2020", "Ed25519Signature2020"}},
	jws2020: {Unread: []string{"proof", "JsonWebKey2020", "JsonWebSignature2020"}},
}

const (
	sec1    = "https://w3id.org/security/v1"
	sec2    = "https://w3id.org/security/v2"
	ed25519 = "https://w3id.org/security/suites/ed25519-2020/v1"
	jws2020 = "https://w3id.org/security/suites/jws-2020/v1"
)
