package mobile

import (
	"crypto"
	_ "crypto/sha256" // for the hashes of documents
	_ "crypto/sha512"
	"sync"
	"time"

	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/internal/mint/chip"
	"github.com/travelseal/travelseal/internal/mint/pki"
)

// An Authority is Utopia's PKI of mobile documents, and that of the provider of a list of such authorities.
type Authority struct {
	IACA      *pki.Credential // P-256
	Brainpool *pki.Credential // brainpoolP384r1

	Signer          *pki.Credential // of IACA
	SignerP384      *pki.Credential // of IACA
	SignerBrainpool *pki.Credential // of Brainpool; brainpoolP256r1

	Provider   *pki.Credential // the root of the provider of lists
	ListSigner *pki.Credential // of Provider
}

// UseVICAL is the extended key usage of who signs lists of authorities (ISO/IEC 18013-5 §C.1.7.1).
const UseVICAL = "1.0.18013.5.1.8"

// VICALSigner is the template of the certificate of who signs lists.
func VICALSigner() pki.Template {
	return pki.MdocSigner().Replacing(pki.ExtendedKeyUsage(UseVICAL))
}

// Provider is the template of the root of a provider of lists.
func Provider() pki.Template { return pki.IACA().Named(pki.Utopian("VICAL Root UT")) }

// Utopia is the authority whose IACAs are trusted.
var Utopia = sync.OnceValue(func() Authority {
	a := Authority{
		IACA:      pki.NewCSCA("mobile", pki.IACA()),
		Brainpool: pki.NewCSCA("mobile brainpool", pki.IACA().Named(pki.Utopian("IACA UT Brainpool")).Keyed(pki.BrainpoolP384r1)),
		Provider:  pki.NewCSCA("mobile provider", Provider()),
	}
	a.Signer = a.IACA.Issue("DS mDL UT 1", pki.MdocSigner())
	a.SignerP384 = a.IACA.Issue("DS mDL UT 2", pki.MdocSigner().Keyed(pki.P384))
	a.SignerBrainpool = a.Brainpool.Issue("DS mDL UT 3", pki.MdocSigner().Keyed(pki.BrainpoolP256r1))
	a.ListSigner = a.Provider.Issue("VICAL UT 1", VICALSigner())
	return a
})

// The types of documents and their namespaces (ISO/IEC 18013-5 §7.1, ISO/IEC TS 23220-4 Annex C).
const (
	LicenceType  = "org.iso.18013.5.1.mDL"
	LicenceSpace = "org.iso.18013.5.1"
	PhotoIDType  = "org.iso.23220.photoid.1"
	CommonSpace  = "org.iso.23220.1"
)

// When the documents were signed, and until when they are valid.
var (
	SignedAt = time.Date(2026, 10, 1, 9, 0, 0, 0, time.UTC)
	Until    = time.Date(2027, 10, 1, 9, 0, 0, 0, time.UTC)
)

// Session is a transcript (ISO/IEC 18013-5 §9.1.5.1) of an invented session.
func Session(name string) []byte {
	return mint.Encode(mint.Array{mint.Null{}, mint.Null{}, mint.Array{mint.Text(name)}})
}

// Licence is a driving licence of Maren, in ten elements.
func Licence(s *pki.Credential) Document {
	d := document(s, LicenceType, "licence maren")
	privilege := mint.Map{{mint.Text("vehicle_category_code"), mint.Text("B")}, {mint.Text("issue_date"), Day("2004-08-02")}, {mint.Text("expiry_date"), Day("2033-05-20")}}
	for _, e := range []struct {
		name  string
		value mint.Item
	}{
		{"family_name", mint.Text(mint.Maren.Family)}, {"given_name", mint.Text(mint.Maren.Given)}, {"birth_date", Day(mint.Maren.Birth)},
		{"issue_date", Day("2023-05-20")}, {"expiry_date", Day("2033-05-20")}, {"issuing_country", mint.Text("UT")},
		{"issuing_authority", mint.Text("Utopia Roads Office")}, {"document_number", mint.Text("UT-D-0017243")},
		{"portrait", mint.Bytes(chip.Portrait("maren"))}, {"driving_privileges", mint.Array{privilege}},
	} {
		d = d.With(LicenceSpace, e.name, e.value)
	}
	return d
}

// PhotoID is a photo ID of Mali, whose name is written in two scripts, with an element of the type's own namespace.
func PhotoID(s *pki.Credential) Document {
	d := document(s, PhotoIDType, "photo id mali")
	for _, e := range []struct {
		name  string
		value mint.Item
	}{
		{"family_name_unicode", mint.Text(mint.Mali.Family)}, {"given_name_unicode", mint.Text(mint.Mali.Given)},
		{"family_name_latin1", mint.Text("Kaeothongkham")}, {"given_name_latin1", mint.Text("Mali")},
		{"birth_date", mint.Map{{mint.Text("birth_date"), Day("1990-04-01")}, {mint.Text("approximate_mask"), mint.Text("00000011")}}},
		{"sex", mint.Int(2)}, {"nationality", mint.Text("UT")}, {"portrait", mint.Bytes(chip.Portrait("mali"))},
		{"issue_date", Moment(SignedAt)}, {"expiry_date", Day("2031-10-01")}, {"issuing_country", mint.Text("UT")}, {"age_over_18", mint.Bool(true)},
	} {
		d = d.With(CommonSpace, e.name, e.value)
	}
	return d.With(PhotoIDType, "travel_document_number", mint.Text("UT4410095"))
}

func document(s *pki.Credential, docType, seed string) Document {
	return Document{
		Signer: s, DocType: docType, Hash: crypto.SHA256, Signed: SignedAt, From: SignedAt, Until: Until,
		Device: pki.NewKey(pki.P256, "mobile device\x00"+seed),
	}
}
