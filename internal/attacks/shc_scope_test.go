package attacks_test

import (
	"crypto/x509/pkix"
	"encoding/base64"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/shc"
	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/verify"
)

// revokedCard is a trust list of the issuers of cards and of one revoked identifier.
func revokedCard(kid []byte, rid string) [][]byte {
	return [][]byte{mint.CardTrust(), revocations(shc.HandleRID, []byte(string(kid)+"\x00"+rid))}
}

func TestA69_RevokedIdentifierOfACard(t *testing.T) {
	named := card.Set("vwAjHdarZuc", "vc", "rid")
	v := trusting(t, revokedCard(cardIssuer.KID, "another")...)
	rid := func(s string) mint.SHC { return card.Set(s, "vc", "rid") }
	attackCard(t, v, named,
		cardMutant{"the revoked one", rid("another"), disproved(verify.DocRevoked)},
		cardMutant{"another case", rid("Another"), accepted},
		cardMutant{"its beginning", rid("anothe"), accepted},
		cardMutant{"a pattern", rid(".*"), doubted(verify.ContentSchema)},
		cardMutant{"a timestamp behind it", rid("another.1636977600"), doubted(verify.ContentSchema)},
		cardMutant{"a slash", rid("../another"), doubted(verify.ContentSchema)},
		cardMutant{"none at all", card, accepted},
		cardMutant{"the revoked one, mirrored", func() mint.SHC {
			c := rid("another")
			c.Hooks.Signature = mint.Mirrored
			return c
		}(), disproved(verify.DocRevoked)},
		cardMutant{"the revoked one, forged", mint.ResignCard(rid("another"), mint.CardSigner("forger")), disproved(verify.SealMismatch)},
	)
	// An identifier counts under the key that it was revoked under, and under no other.
	other := trusting(t, revokedCard(mint.CardSigner("ut-cards-harbour").KID, "another")...)
	attackCard(t, other, named, cardMutant{"of another key", rid("another"), accepted})
}

// An entry with a moment revokes the cards that were issued before it, and not the one that replaced them.
func TestA69_RevokedBeforeAMoment(t *testing.T) {
	issued := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	named := card.Set("another", "vc", "rid").Set(int(issued.Unix()), "nbf")
	dated := func(d time.Duration) mint.SHC { return named.Set(int(issued.Add(d).Unix()), "nbf") }
	handle := []byte(string(cardIssuer.KID) + "\x00another")
	v := trusting(t, mint.CardTrust(), revocationsBefore(shc.HandleRID, handle, issued.Format(time.RFC3339)))
	attackCard(t, v, named,
		cardMutant{"a second earlier", dated(-time.Second), disproved(verify.DocRevoked)},
		cardMutant{"a second later", dated(time.Second), accepted},
		cardMutant{"no date", named.Drop("nbf"), disproved(verify.DocRevoked)})
}

func TestA98_AddressesInACardAreNeverAsked(t *testing.T) {
	v := cardsOf(t)
	var mutants []cardMutant
	for _, iss := range []string{
		"https://" + network.address, "http://" + network.address, "https://localhost", "https://169.254.169.254", "https://[::ffff:127.0.0.1]", "file:///etc/passwd",
		"https://cards.utopia.example@" + network.address + "/issuer", "https://xn--crds-5na.utopia.example/issuer", "https://cards.utopia.example./issuer",
	} {
		mutants = append(mutants, cardMutant{iss, card.Set(iss, "iss"), untrusted(verify.SealSignerUnknown)})
	}
	link := "https://" + network.address + "/x"
	mutants = append(mutants, cardMutant{"an address wherever one fits", card.Set(link, mint.Resource(1, "implicitRules")...).
		Set(link, mint.Resource(1, "patient", "identifier")...).Set([]any{mint.JSON("url", link)}, mint.Resource(1, "extension")...), accepted})
	attackCard(t, v, card, mutants...)
	d := demand(t, v, "a link", formats.Text(mint.LinkDirect(link)), want{verify.Unsealed, verify.Refer, verify.DocNotResolved})
	if d.Verified != nil {
		t.Error("a link shows claims")
	}
	quiet(t)
}

func TestA99_IssuerThatLooksLikeATrustedOne(t *testing.T) {
	var mutants []cardMutant
	for _, iss := range []string{
		mint.CardIssuer + "/", mint.CardIssuer + "/../issuer", "https://cards.utopia.example/x/../issuer", "https://cards.utopia.example//issuer", "HTTPS://cards.utopia.example/issuer",
		"https://CARDS.utopia.example/issuer", "https://cards.utopia.example:443/issuer", "https://cards.utopia.example./issuer", "https://me@cards.utopia.example/issuer",
		"https://cards.utopia.example/%69ssuer", "https://cards.utopia.example/issuer?x", "https://cards.utopia.example/issuer#x", "https://cards.utopia.example/Issuer",
		" " + mint.CardIssuer, mint.CardIssuer + " ", "https://cards.utopi\u0430.example/issuer", "https://cards.utopia.example/issuer\u200b", "", mint.OtherCardIssuer,
	} {
		mutants = append(mutants, cardMutant{fmt.Sprintf("%+q", iss), card.Set(iss, "iss"), untrusted(verify.SealSignerUnknown)})
	}
	escaped := hooked(func(h *mint.SHCHooks) {
		h.JSON = func(s string) string { return strings.Replace(s, "https://cards", `https:\/\/c\u0061rds`, 1) }
	})
	attackCard(t, cardsOf(t), card, append(mutants, cardMutant{"the same, escaped", escaped, accepted})...)
}

func TestA109_SeveralPeopleAndSeveralEvents(t *testing.T) {
	patients := []any{"vc", "credentialSubject", "fhirBundle", "entry"}
	second := mint.JSON("fullUrl", "resource:9", "resource", mint.JSON("resourceType", "Patient", "name", []any{mint.JSON("family", "Quill")}, "birthDate", "1991-11-02"))
	v := cardsOf(t)
	attackCard(t, v, card, // of two doses, which is no breach here
		cardMutant{"two people", card.Set(second, append(slices.Clone(patients), 3)...), doubted(verify.DocSeveralPeople)},
		cardMutant{"nobody", card.Drop(append(slices.Clone(patients), 0)...), doubted(verify.ContentSchema)},
		cardMutant{"a dose of somebody who is not named", card.Set("resource:7", mint.Resource(1, "patient", "reference")...), doubted(verify.ContentSchema)},
		cardMutant{"no entry", card.Set([]any{}, patients...), doubted(verify.ContentSchema)},
		cardMutant{"a dose that was not given", card.Set("not-done", mint.Resource(1, "status")...), doubted(verify.ContentSchema)},
	)
	r := inspect(t, v, formats.Text(card.Set(second, append(slices.Clone(patients), 3)...).Build().Text))
	if s := r.Documents[0].Verified.Subjects; len(s) != 2 {
		t.Errorf("two people are %d subjects", len(s))
	}
}

func TestA110_CredentialOfAnotherType(t *testing.T) {
	types := func(list ...any) mint.SHC { return card.Set(list, "vc", "type") }
	refused := unreadable(formats.CodePayload)
	attackCard(t, cardsOf(t), card,
		cardMutant{"another", types("VerifiableCredential", "EmployeeCredential"), refused},
		cardMutant{"none", types(), refused},
		cardMutant{"the fragment alone", types("#health-card"), refused},
		cardMutant{"over http", types("http://smarthealth.cards#health-card"), refused},
		cardMutant{"in capitals", types("https://smarthealth.cards#Health-Card"), refused},
		cardMutant{"a list of lists", types([]any{"https://smarthealth.cards#health-card"}), refused},
		cardMutant{"no credential", card.Drop("vc"), refused},
		cardMutant{"a credential in a text", card.Set("{}", "vc"), refused},
		cardMutant{"further types", types("x", "https://smarthealth.cards#health-card", "y"), accepted},
		cardMutant{"FHIR R5", card.Set("5.0.0", "vc", "credentialSubject", "fhirVersion"), doubted(verify.ContentSchema)},
	)
}

func TestA111_OtherDocumentsInTheClothesOfACard(t *testing.T) {
	payload := func(s string) mint.SHC {
		return hooked(func(h *mint.SHCHooks) { h.JSON = func(string) string { return s } })
	}
	plain := hooked(func(h *mint.SHCHooks) { h.Compress = func(b []byte) []byte { return b } })
	plain.Header = plain.Header.Drop("zip")
	built := card.Build()
	attackCard(t, cardsOf(t), card,
		cardMutant{"a token without compression", plain, unreadable(formats.CodeVersion)},
		cardMutant{"a token of claims", payload(`{"iss":"` + mint.CardIssuer + `","sub":"x","exp":2800000000}`), unreadable(formats.CodePayload)},
		cardMutant{"a certificate of the EU", payload(vaccination.Build().Text), unreadable(formats.CodePayload)},
		cardMutant{"a card", payload(built.Token), unreadable(formats.CodePayload)},
		cardMutant{"a file of cards", payload(mint.CardFile(built.Token)), unreadable(formats.CodePayload)},
	)
	v := cardsOf(t)
	for name, c := range map[string]struct {
		text string
		want want
	}{
		"under the prefix HC1":      {"HC1:" + built.Token, unreadable(formats.CodeEncoding)},
		"under the prefix NZCP":     {"NZCP:/1/" + built.Token, unreadable(formats.CodeEncoding)},
		"under the prefix of links": {"shlink:/" + strings.Split(built.Token, ".")[0], unreadable(formats.CodePayload)},
		"in a VDS-NC":               {mint.JSON("data", built.Token, "sig", mint.JSON()).JSON(), unreadable("")},
		"an encrypted message":      {mint.EncryptedFile(mint.LinkKey, mint.FileHeader(), []byte(built.Token)), unreadable(formats.CodeTrailing)},
		"a key set":                 {mint.JSON("keys", []any{}).JSON(), unreadable(formats.CodeUnknownFormat)},
	} {
		d := inspect(t, v, formats.Text(c.text)).Documents[0]
		if d.Status != c.want.status || d.Verdict != c.want.verdict || c.want.code != "" && !slices.Contains(codes(d), c.want.code) {
			t.Errorf("%s: %s, %s, %v; want %v", name, d.Status, d.Verdict, codes(d), c.want)
		}
	}
	// A key for other documents does not seal a card, and a key for cards no other document.
	for name, w := range map[string]struct {
		trust []byte
		want  want
	}{
		"eu-dcc": {mint.TrustJSON(created, mint.Anchor{Signer: cardIssuer, KeyOnly: true, Issuer: mint.CardIssuer, Scope: []string{"eu-dcc"}}), untrusted(verify.SealOutOfScope)},
		"tests":  {mint.TrustJSON(created, mint.Anchor{Signer: cardIssuer, KeyOnly: true, Issuer: mint.CardIssuer, Scope: []string{"shc"}, Uses: []string{"test"}}), untrusted(verify.SealWrongUse)},
	} {
		demand(t, trusting(t, w.trust), "a key for "+name, formats.Text(built.Text), w.want)
	}
}

// A chain in a header is a hint, whatever the names in its certificates: nothing is compared with them.
func TestA119_NamesInTheCertificateOfACard(t *testing.T) {
	std := base64.StdEncoding.EncodeToString
	for _, name := range []string{mint.CardIssuer, "x,CN=" + mint.CardIssuer, mint.CardIssuer + "\x00.evil.example", "ut-cards"} {
		forger := ut.CSCA.Issue("forger "+name, mint.Template{CommonName: name, Extensions: []pkix.Extension{{Id: []int{2, 5, 29, 17}, Value: sanOf(mint.CardIssuer)}}})
		forger.KID = []byte("x")
		c := mint.VaccinationCard(forger)
		c.Header = c.Header.Set([]any{std(forger.Cert), std(ut.CSCA.Cert)}, "x5c")
		attackCard(t, cardsOf(t), card, cardMutant{fmt.Sprintf("%q", name), c, untrusted(verify.SealSignerUnknown)})
	}
}

// sanOf is a subjectAltName of one URI (RFC 5280 §4.2.1.6), short enough for lengths of one byte.
func sanOf(uri string) []byte {
	name := append([]byte{0x86, byte(len(uri))}, uri...)
	return append([]byte{0x30, byte(len(name))}, name...)
}

func TestA123_KeyNameThatSeveralIssuersShare(t *testing.T) {
	a, b := cardIssuer, mint.CardSigner("ut-cards-harbour")
	b.KID = a.KID
	anchor := func(s mint.Signer, issuer string) mint.Anchor {
		return mint.Anchor{Signer: s, KeyOnly: true, Issuer: issuer, Scope: []string{"shc"}}
	}
	// Two keys of one name: the issuer's address decides which it is.
	v := trusting(t, mint.TrustJSON(created, anchor(a, mint.CardIssuer), anchor(b, mint.OtherCardIssuer)))
	attackCard(t, v, card,
		cardMutant{"the other's own", mint.ResignCard(card, b).Set(mint.OtherCardIssuer, "iss"), accepted},
		cardMutant{"the one's key under the other's address", card.Set(mint.OtherCardIssuer, "iss"), disproved(verify.SealMismatch)},
		cardMutant{"the other's key under the one's address", mint.ResignCard(card, b), disproved(verify.SealMismatch)},
		cardMutant{"a third address", card.Set("https://cards.utopia.example/third", "iss"), untrusted(verify.SealSignerUnknown)},
	)
	// One key that both publish: the report names the one whom the card names.
	shared := trusting(t, mint.TrustJSON(created, anchor(a, mint.CardIssuer), anchor(a, mint.OtherCardIssuer)))
	for _, issuer := range []string{mint.CardIssuer, mint.OtherCardIssuer} {
		d := demand(t, shared, issuer, formats.Text(card.Set(issuer, "iss").Build().Text), accepted)
		if got := d.Seals[0].Anchor.Issuer; got != issuer {
			t.Errorf("the report names %q, want %q", got, issuer)
		}
	}
}
