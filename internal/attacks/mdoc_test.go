package attacks_test

import (
	"bytes"
	"slices"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/internal/mint/mobile"
	"github.com/travelseal/travelseal/internal/mint/pki"
	"github.com/travelseal/travelseal/verify"
)

// mdl is a mobile driving licence against which nothing can be said where roads is the Verifier.
var mdl = mobile.Licence(mobile.Utopia().Signer)

// roads trusts the authorities of mobile documents of Utopia.
func roads(t *testing.T) *verify.Verifier {
	t.Helper()
	ut := mobile.Utopia()
	return trusting(t, ut.IACA.PEM(), ut.Brainpool.PEM())
}

func mdlMutant(name string, d mobile.Document, w want) textMutant {
	return textMutant{name, d.Build().Text, w}
}

// ofMDL gives the licence after a function has worked on its hooks.
func ofMDL(change func(*mobile.Hooks)) mobile.Document {
	d := mdl
	change(&d.Hooks)
	return d
}

func TestA04_MdocWithCertificatesOfItsOwn(t *testing.T) {
	ut := mobile.Utopia()
	forger := pki.NewCSCA("forger", pki.IACA())
	forged := mdl.By(forger.Issue("DS mDL UT 1", pki.MdocSigner()))
	whole := forged
	whole.Chain = [][]byte{forged.Signer.Cert, forger.Cert}
	mixed := forged
	mixed.Chain = [][]byte{forged.Signer.Cert, ut.IACA.Cert}
	borrowed := forged
	borrowed.Chain = [][]byte{ut.Signer.Cert, forged.Signer.Cert}
	url := ofMDL(func(h *mobile.Hooks) {
		h.Beside = func(mint.Map) mint.Item {
			return mint.Map{{mint.Int(35), mint.Text("http://" + network.address + "/chain")}}
		} // x5u
	})
	many := ofMDL(func(h *mobile.Hooks) {
		h.Beside = func(mint.Map) mint.Item {
			return mint.Map{{mint.Int(33), mint.Array(slices.Repeat([]mint.Item{mint.Bytes(ut.Signer.Cert)}, 9))}}
		}
	})
	attackText(t, roads(t), mdl.Build().Text,
		mdlMutant("a forger's signer", forged, untrusted(verify.SealChain)),
		mdlMutant("with the forger's authority", whole, untrusted(verify.SealChain)),
		mdlMutant("with the genuine authority", mixed, untrusted(verify.SealChain)),
		mdlMutant("behind a genuine signer", borrowed, disproved(verify.SealMismatch)),
		mdlMutant("an address to fetch them from", url, untrusted(verify.SealSignerUnknown)),
		mdlMutant("nine certificates", many, unreadable(formats.CodeEnvelope)),
	)
}

func TestA08A09A10A11_MdocWithHeadersThatMislead(t *testing.T) {
	header := func(change func(mint.Map) mint.Item) mobile.Document {
		return ofMDL(func(h *mobile.Hooks) { h.Header = change })
	}
	beside := func(key, value mint.Item) mobile.Document {
		return ofMDL(func(h *mobile.Hooks) {
			h.Beside = func(m mint.Map) mint.Item { return mint.Add(m, key, value) }
		})
	}
	open := beside(mint.Int(mint.HeaderAlg), mint.Int(mint.ES256))
	open.Hooks.Header = func(mint.Map) mint.Item { return mint.Map{} }
	attackText(t, roads(t), mdl.Build().Text,
		mdlMutant("A08 the algorithm is unprotected", open, unchecked(verify.SealHeader)),
		mdlMutant("A09 two algorithms", beside(mint.Int(mint.HeaderAlg), mint.Int(mint.ES384)), unchecked(verify.SealHeader)),
		mdlMutant("A09 the same one twice", beside(mint.Int(mint.HeaderAlg), mint.Int(mint.ES256)), accepted),
		mdlMutant("A09 another's key identifier", beside(mint.Int(mint.HeaderKID), mint.Bytes("another")), accepted),
		mdlMutant("A10 the label twice", header(func(m mint.Map) mint.Item { return mint.Add(m, mint.Int(mint.HeaderAlg), mint.Int(-37)) }), unreadable(formats.CodeEnvelope)),
		mdlMutant("A11 an unknown critical header", header(func(m mint.Map) mint.Item { return mint.Add(m, mint.Int(mint.HeaderCrit), mint.Array{mint.Int(99)}) }), unchecked(verify.SealHeader)),
		mdlMutant("A11 an empty list", header(func(m mint.Map) mint.Item { return mint.Add(m, mint.Int(mint.HeaderCrit), mint.Array{}) }), unchecked(verify.SealHeader)),
	)
}

func TestA18A19_MdocWithAnotherStructure(t *testing.T) {
	sign1 := func(change func(mint.Array) mint.Item) mobile.Document {
		return ofMDL(func(h *mobile.Hooks) { h.Sign1 = change })
	}
	tag := func(numbers ...uint64) mobile.Document {
		return sign1(func(a mint.Array) mint.Item {
			var i mint.Item = a
			for _, n := range numbers {
				i = mint.Tag{Number: n, Content: i}
			}
			return i
		})
	}
	envelope := unreadable(formats.CodeEnvelope)
	attackText(t, roads(t), mdl.Build().Text,
		mdlMutant("tag 18", tag(18), noted(verify.DecodeTolerant)),
		mdlMutant("tag 17", tag(17), envelope),
		mdlMutant("tag 98", tag(98), envelope),
		mdlMutant("61(18)", tag(18, 61), envelope),
		mdlMutant("nested tags", tag(slices.Repeat([]uint64{18}, 1000)...), unreadable(formats.CodeLimit)),
		mdlMutant("five members", sign1(func(a mint.Array) mint.Item { return append(slices.Clone(a), mint.Bytes(nil)) }), envelope),
		mdlMutant("three members", sign1(func(a mint.Array) mint.Item { return a[:3] }), envelope),
		mdlMutant("A19 detached", sign1(func(a mint.Array) mint.Item { return mint.Set(a, mint.Null{}, 2) }), unreadable(formats.CodePayload)),
		mdlMutant("another context", ofMDL(func(h *mobile.Hooks) { h.Sign = func(b []byte) []byte { return make([]byte, len(b)) } }), disproved(verify.SealMismatch)),
	)
}

func TestA25A28A29A90_MdocThatIsNotOneText(t *testing.T) {
	response := func(change func(mint.Map) mint.Item) mobile.Document {
		return ofMDL(func(h *mobile.Hooks) { h.Response = change })
	}
	item := func(change func(mint.Map) mint.Item) mobile.Document { return mdl.Item("family_name", change) }
	twice := unreadable(formats.CodePayload)
	attackText(t, roads(t), mdl.Build().Text,
		mdlMutant("A25 documents twice", response(func(m mint.Map) mint.Item { return mint.Add(m, mint.Text("documents"), mint.Array{}) }), twice),
		mdlMutant("A25 a value twice", item(func(m mint.Map) mint.Item { return mint.Add(m, mint.Text("elementValue"), mint.Text("Other")) }), twice),
		mdlMutant("A25 a digest twice", mdl.Objected(func(m mint.Map) mint.Item {
			return mint.Add(m, mint.Int(0), mint.Bytes(make([]byte, 32)), "valueDigests", mobile.LicenceSpace)
		}), twice),
		mdlMutant("A28 a byte behind", response(func(m mint.Map) mint.Item { return mint.Sequence{m, mint.Int(0)} }), unreadable(formats.CodeTrailing)),
		mdlMutant("A29 an indefinite map", response(func(m mint.Map) mint.Item { return mint.IndefMap(m) }), unreadable(formats.CodeNonCanonical)),
		mdlMutant("A29 an indefinite element", item(func(m mint.Map) mint.Item { return mint.IndefMap(m) }), unreadable(formats.CodeNonCanonical)),
		mdlMutant("A29 a key in a long form", item(func(m mint.Map) mint.Item {
			m = slices.Clone(m)
			m[0][0] = mint.LongHead{Item: m[0][0], Width: 4}
			return m
		}), unreadable(formats.CodeNonCanonical)),
		mdlMutant("A90 nested arrays", response(func(m mint.Map) mint.Item { return mint.Add(m, mint.Text("x"), mint.Nested(10_000, mint.Int(0))) }), unreadable(formats.CodeLimit)),
		mdlMutant("A90 a great array", response(func(m mint.Map) mint.Item {
			return mint.Add(m, mint.Text("x"), mint.Array(slices.Repeat([]mint.Item{mint.Int(0)}, 20_000)))
		}), unreadable(formats.CodeLimit)),
		mdlMutant("A90 a length that lies", response(func(m mint.Map) mint.Item { return mint.Add(m, mint.Text("x"), mint.Head{Major: 4, Argument: 1 << 32}) }), unreadable(formats.CodeLimit)),
		mdlMutant("A90 many elements", ofMDL(func(h *mobile.Hooks) {
			h.Shown = func(items []mint.Item) []mint.Item { return slices.Repeat(items, 52) }
		}), unreadable(formats.CodeLimit)),
	)
}

// What is signed as something else is no mobile document, and a mobile document is nothing else.
func TestA111_MdocInTheClothesOfOthers(t *testing.T) {
	payload := func(b []byte) mobile.Document {
		return ofMDL(func(h *mobile.Hooks) { h.Payload = func([]byte) []byte { return b } })
	}
	device := mdl
	device.Transcript = mobile.Session("one")
	session := device.Build()
	other := mdl
	other.DocType = "example.utopia.books.1"
	attackText(t, roads(t), mdl.Build().Text,
		mdlMutant("a health certificate", payload(vaccination.Build().Claims), unreadable(formats.CodePayload)),
		mdlMutant("a pass", payload(pass.Build().Claims), unreadable(formats.CodePayload)),
		mdlMutant("a list of authorities", payload(mobile.Utopian().Encode()), unreadable(formats.CodePayload)),
		mdlMutant("a document of another type", other, doubted(verify.ContentSchema)),
		textMutant{"an engagement", "mdoc:" + mdl.Build().Text, unreadable(formats.CodeEnvelope)},
		textMutant{"the prefix of the EU", "HC1:" + session.Text, unreadable(formats.CodeEncoding)},
	)
}

func TestA114_Mdoc(t *testing.T) {
	ut := mobile.Utopia()
	outside := mdl
	outside.Outside = mobile.PhotoIDType
	device := mdl
	device.Transcript = mobile.Session("one")
	var theirs []mint.Item
	other := mdl.With(mobile.LicenceSpace, "family_name", mint.Text("Other"))
	other.Hooks.Shown = func(items []mint.Item) []mint.Item {
		theirs = items
		return items
	}
	other.Build()
	spliced := ofMDL(func(h *mobile.Hooks) {
		h.Shown = func(items []mint.Item) []mint.Item { return append([]mint.Item{theirs[0]}, items[1:]...) }
	})
	attackText(t, roads(t), mdl.Build().Text,
		mdlMutant("validUntil is past", mdl.Dated(mobile.SignedAt, mint.AsOf.AddDate(0, 0, -1)), outdated(verify.TimeExpired)),
		mdlMutant("validUntil was altered", ofMDL(func(h *mobile.Hooks) {
			h.Sign1 = func(a mint.Array) mint.Item {
				return mint.Set(a, mint.Bytes(bytes.Replace(a[2].(mint.Bytes), []byte("2027-10"), []byte("2037-10"), 1)), 2)
			}
		}), disproved(verify.SealMismatch)),
		mdlMutant("an element was altered", mdl.Altered("birth_date", mobile.Day("1999-09-09")), disproved(verify.PartDigestMismatch)),
		mdlMutant("a portrait was altered", mdl.Altered("portrait", mint.Bytes("\xff\xd8\xffx")), disproved(verify.PartDigestMismatch)),
		mdlMutant("an element of a further number", mdl.Item("given_name", func(m mint.Map) mint.Item { return mint.Set(m, mint.Int(40), "digestID") }), doubted(verify.PartUnsealed)),
		mdlMutant("an element with another's number", mdl.Item("given_name", func(m mint.Map) mint.Item { return mint.Set(m, mint.Int(0), "digestID") }), disproved(verify.PartDigestMismatch)),
		mdlMutant("an element of another document", spliced, disproved(verify.PartDigestMismatch)),
		mdlMutant("another docType outside", outside, doubted(verify.ContentSchema)),
		mdlMutant("no portrait", mdl.Show("age_over_18", "family_name"), doubted(verify.PartMissing)),
		mdlMutant("a session that is not given", device, noted(verify.HolderNotProven)),
		mdlMutant("another country than its signer's", mdl.With(mobile.LicenceSpace, "issuing_country", mint.Text("AU")), untrusted(verify.SealCountry)),
		mdlMutant("a signer of another country", mdl.By(ut.IACA.Issue("DS mDL UT 1", pki.MdocSigner().Named(pki.DN("XA", "Utopia Test Authority", "DS")))), untrusted(verify.SealChain)),
	)
	demand(t, roads(t), "no device authentication", formats.Text(mdl.Build().Text), noted(verify.HolderNotProven))
}

func TestA118_MdocUnderALeafThatActsAsAnAuthority(t *testing.T) {
	ut := mobile.Utopia()
	rogue := ut.Signer.Issue("DS mDL UT 9", pki.MdocSigner())
	beneath := mdl.By(rogue)
	beneath.Chain = [][]byte{rogue.Cert, ut.Signer.Cert}
	attackText(t, roads(t), mdl.Build().Text,
		mdlMutant("with the leaf", beneath, untrusted(verify.SealChain)),
		mdlMutant("without it", mdl.By(rogue), untrusted(verify.SealSignerUnknown)),
		mdlMutant("the authority itself", mdl.By(ut.IACA), untrusted(verify.SealWrongRole)),
	)
}
