package mobile

import (
	"crypto"
	"slices"
	"time"

	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/internal/mint/pki"
)

// A Case is one document of testdata/mdoc, with what must be said of it at mint.AsOf when the IACAs of Utopia are trusted and
// the policy and the rules are the default ones.
type Case struct {
	Name  string // of the file, without its ending
	About string // what the document is, in a sentence
	Text  string // base64url
	Want  mint.Want
}

// The outcomes.
var (
	accept   = mint.Want{Status: "authentic", Verdict: "accept"}
	mismatch = mint.Want{Status: "invalid", Verdict: "reject", Code: "seal.mismatch"}
	altered  = mint.Want{Status: "invalid", Verdict: "reject", Code: "part.digest_mismatch"}
	unsealed = mint.Want{Status: "authentic", Verdict: "refer", Code: "part.unsealed"}
	missing  = mint.Want{Status: "authentic", Verdict: "refer", Code: "part.missing"}
	schema   = mint.Want{Status: "authentic", Verdict: "refer", Code: "content.schema"}
	expired  = mint.Want{Status: "authentic", Verdict: "reject", Code: "time.expired"}
	header   = mint.Want{Status: "indeterminate", Verdict: "refer", Code: "seal.header"}
	unknown  = mint.Want{Status: "untrusted", Verdict: "refer", Code: "seal.signer_unknown"}
	noChain  = mint.Want{Status: "untrusted", Verdict: "refer", Code: "seal.chain"}
	scope    = mint.Want{Status: "untrusted", Verdict: "refer", Code: "seal.out_of_scope"}
	country  = mint.Want{Status: "untrusted", Verdict: "refer", Code: "seal.country"}
)

// Cases lists the documents of testdata/mdoc: first those that must be accepted, then those that must not.
func Cases() []Case {
	return slices.Concat(goodCases(), elementCases(), objectCases(), signerCases(), formCases())
}

func one(name, about string, d Document, want mint.Want) Case {
	return Case{name, about, d.Build().Text, want}
}

func goodCases() []Case {
	ut := Utopia()
	good := Licence(ut.Signer)
	mac := good.Show("family_name", "portrait")
	mac.MAC = true
	return []Case{
		one("licence", "A driving licence, of which all ten elements are shown.", good, accept),
		one("photo-id", "A photo ID with a name in two scripts and a day of birth that is not known, signed on a Brainpool curve.",
			PhotoID(ut.SignerBrainpool), accept),
		one("mac", "Name and portrait of a licence, from a device that authenticated itself by a MAC.", mac, accept),
	}
}

func elementCases() []Case {
	good := Licence(Utopia().Signer)
	extra := good.Item("document_number", func(m mint.Map) mint.Item { return mint.Set(m, mint.Int(77), "digestID") })
	twice := good
	twice.Hooks.Shown = func(items []mint.Item) []mint.Item { return append(slices.Clone(items), items[0]) }
	says := good
	says.Transcript, says.Says = Session("maren"), mint.Map{{mint.Text(LicenceSpace), mint.Map{{mint.Text("age_over_21"), mint.Bool(true)}}}}
	swapped := good.Item("family_name", func(m mint.Map) mint.Item {
		return mint.Set(m, mint.Text("given_name"), "elementIdentifier")
	})
	short := good
	short.Elements = slices.Clone(good.Elements)
	short.Elements[0].Random = []byte{1}
	return []Case{
		one("name-altered", "The name was changed after the issuer had signed.", good.Altered("family_name", mint.Text("Other")), altered),
		one("element-renamed", "The name was called by another name after the issuer had signed.", swapped, altered),
		one("not-listed", "The number of the document has a digest that the issuer did not sign.", extra, unsealed),
		one("element-twice", "One element is there twice.", twice, schema),
		one("device-says", "The device says something that no issuer has signed.", says, unsealed),
		one("no-portrait", "All elements but the portrait are shown.", good.Show("family_name", "given_name", "birth_date"), missing),
		one("nothing-shown", "No element is shown at all.", good.Show(), missing),
		one("portrait-text", "The portrait is no picture.", good.With(LicenceSpace, "portrait", mint.Text("x")), schema),
		one("birth-date-text", "The date of birth is a text.", good.With(LicenceSpace, "birth_date", mint.Text(mint.Maren.Birth)), schema),
		one("country-long", "The issuing country has three letters.", good.With(LicenceSpace, "issuing_country", mint.Text("UTO")), schema),
		one("random-short", "An element has one random byte.", short, schema),
	}
}

func objectCases() []Case {
	good := Licence(Utopia().Signer)
	set := func(value mint.Item, path ...any) Document {
		return good.Objected(func(m mint.Map) mint.Item { return mint.Set(m, value, path...) })
	}
	drop := func(path ...any) Document {
		return good.Objected(func(m mint.Map) mint.Item { return mint.Drop(m, path...) })
	}
	outside, other, weak := good, good, good
	outside.Outside = "org.iso.18013.5.1.other"
	other.DocType = "example.utopia.books.1"
	weak.Hash = crypto.SHA1
	bare := good
	bare.Hooks.Payload = func(b []byte) []byte { return b[5:] } // without the tag and the head of its byte string
	unreadable := func(code string) mint.Want { return mint.Want{Status: "unreadable", Verdict: "refer", Code: code} }
	return []Case{
		one("expired", "The security object was valid until October 2026.", good.Dated(SignedAt.AddDate(0, -1, 0), SignedAt), expired),
		one("licence-expired", "The licence expired before its security object does.", good.With(LicenceSpace, "expiry_date", Day("2026-05-20")), expired),
		one("not-yet", "The security object is valid from 2027.", good.Dated(mint.AsOf.AddDate(0, 3, 0), mint.AsOf.AddDate(1, 0, 0)),
			mint.Want{Status: "authentic", Verdict: "reject", Code: "time.not_yet_valid"}),
		one("no-end", "The security object does not say until when it is valid.", drop("validityInfo", "validUntil"),
			mint.Want{Status: "authentic", Verdict: "refer", Code: "time.no_expiry"}),
		one("ends-first", "The security object ends before it begins.", set(Moment(SignedAt), "validityInfo", "validUntil"), expired),
		one("local-time", "A moment is in the time of a zone.",
			set(mint.Tag{Number: 0, Content: mint.Text("2027-10-01T09:00:00+02:00")}, "validityInfo", "validUntil"), schema),
		one("doctype-outside", "Outside stands another type of document than the one that the issuer has signed.", outside, schema),
		one("doctype-unknown", "A type of document that is not known.", other, schema),
		one("object-version", "A security object of version 2.0.", set(mint.Text("2.0"), "version"), unreadable("decode.version")),
		one("sha1", "The digests are SHA-1.", weak, unreadable("decode.payload")),
		one("object-untagged", "The security object stands without tag 24.", bare, unreadable("decode.payload")),
		one("no-device-key", "The issuer has signed no key of a device.", drop("deviceKeyInfo"), schema),
	}
}

func signerCases() []Case {
	ut := Utopia()
	good := Licence(ut.Signer)
	by := func(t pki.Template) Document { return good.By(ut.IACA.Issue("DS mDL UT 1", t)) }
	forger := pki.NewCSCA("forger", pki.IACA())
	forged := good.By(forger.Issue("DS mDL UT 1", pki.MdocSigner()))
	rogue := ut.Signer.Issue("DS mDL UT 9", pki.MdocSigner())
	beneath := good.By(rogue)
	beneath.Chain = [][]byte{rogue.Cert, ut.Signer.Cert}
	resigned := good.By(forger.Issue("DS mDL UT 1", pki.MdocSigner()))
	resigned.Chain = [][]byte{ut.Signer.Cert}
	none := good
	none.Hooks.Beside = func(m mint.Map) mint.Item { return mint.Map{} }
	open := good
	open.Hooks.Header = func(m mint.Map) mint.Item { return mint.Map{} }
	open.Hooks.Beside = func(m mint.Map) mint.Item { return mint.Add(m, mint.Int(mint.HeaderAlg), mint.Int(mint.ES256)) }
	return []Case{
		one("resigned", "Signed by another key than the certificate beside it has.", resigned, mismatch),
		one("unknown-authority", "Under an authority of the forger's own, with the names of the genuine one.", forged, noChain),
		one("leaf-as-authority", "The signer's certificate was issued by a trusted signer, who is no authority.", beneath, noChain),
		one("passport-signer", "Signed by a signer of passports.", by(pki.DSC()), scope),
		one("reader", "Signed with a certificate for requests of readers.", by(pki.MdocSigner().Replacing(pki.ExtendedKeyUsage(useReader))), scope),
		one("list-signer", "Signed with a certificate for lists of authorities.", by(VICALSigner()), scope),
		one("signer-country", "The signer's certificate is of another country than its authority.",
			by(pki.MdocSigner().Named(pki.DN("XA", "Utopia Test Authority", "DS mDL XA 1"))), noChain),
		one("issuing-country", "The document says that another country issued it than its signer's.",
			good.With(LicenceSpace, "issuing_country", mint.Text("AU")), country),
		one("signer-expired", "The signer's certificate has expired since.", by(pki.MdocSigner().Valid(pki.DSCFrom, SignedAt.Add(time.Hour))),
			mint.Want{Status: "authentic", Verdict: "refer", Code: "seal.signer_expired"}),
		one("no-certificate", "No certificate stands beside the signature.", none, unknown),
		one("alg-unprotected", "The algorithm stands where the signature does not cover it.", open, header),
	}
}

// useReader is the extended key usage of readers (ISO/IEC 18013-5 §B.1.7).
const useReader = "1.0.18013.5.1.6"

func formCases() []Case {
	good := Licence(Utopia().Signer)
	built := good.Build()
	unreadable := func(name, about, code string, d Document) Case {
		return one(name, about, d, mint.Want{Status: "unreadable", Verdict: "refer", Code: code})
	}
	response := func(change func(mint.Map) mint.Item) Document {
		d := good
		d.Hooks.Response = change
		return d
	}
	sign1 := func(change func(mint.Array) mint.Item) Document {
		d := good
		d.Hooks.Sign1 = change
		return d
	}
	documents := func(n int) Document {
		return response(func(m mint.Map) mint.Item {
			list := mint.Array{}
			for range n {
				list = append(list, mint.Raw(built.Document))
			}
			return mint.Set(m, list, "documents")
		})
	}
	return []Case{
		unreadable("two-documents", "A response with two documents, which are two inputs.", "decode.ambiguous", documents(2)),
		unreadable("no-document", "A response without a document.", "decode.payload", documents(0)),
		unreadable("detached", "The payload of the issuer's signature is detached.", "decode.payload",
			sign1(func(a mint.Array) mint.Item { return mint.Set(a, mint.Null{}, 2) })),
		unreadable("mac-issuer", "The issuer's message has the tag of a MAC.", "decode.envelope",
			sign1(func(a mint.Array) mint.Item { return mint.Tag{Number: 17, Content: a} })),
		unreadable("indefinite", "A map of indefinite length.", "decode.noncanonical",
			response(func(m mint.Map) mint.Item { return mint.IndefMap(m) })),
		unreadable("key-twice", "A key is there twice.", "decode.payload",
			response(func(m mint.Map) mint.Item { return mint.Add(m, mint.Text("status"), mint.Int(0)) })),
		unreadable("trailing", "A byte follows the response.", "decode.trailing",
			response(func(m mint.Map) mint.Item { return mint.Sequence{m, mint.Int(0)} })),
		one("status", "The response says that there was an error.",
			response(func(m mint.Map) mint.Item { return mint.Set(m, mint.Int(10), "status") }), schema),
		one("response-version", "A response of version 2.0.",
			response(func(m mint.Map) mint.Item { return mint.Set(m, mint.Text("2.0"), "version") }), schema),
	}
}
