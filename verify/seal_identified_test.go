package verify_test

import (
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/verify"
)

// namings are the ways in which a document can name its signer, and whether each identifies it or is a hint only.
var namings = map[string]struct {
	name       func(*signer)
	identified bool
}{
	"eight bytes of the key's digest": {func(*signer) {}, true},
	"the whole digest of the key":     {func(s *signer) { s.named.KeyID = keyDigest(s.Key) }, true},
	"a digest of the certificate": {func(s *signer) {
		s.Certificate = []byte("the certificate of this signer")
		s.named.KeyID = sum(s.Certificate)[:8]
	}, true},
	"its certificate, embedded": {func(s *signer) {
		s.Certificate = []byte("the certificate of this signer")
		s.named.KeyID, s.named.Chain = nil, [][]byte{s.Certificate, []byte("a certificate above it")}
	}, true},
	"its certificate, embedded, beside a key ID": {func(s *signer) {
		*s = s.calledOnly("7")
		s.Certificate = []byte("the certificate of this signer")
		s.named.Chain = [][]byte{s.Certificate}
	}, true},
	"issuer and key ID": {func(s *signer) {
		*s = s.calledOnly("7")
		s.Issuer, s.named.Issuer = "https://health.example", "https://health.example"
	}, true},
	"a key ID":                                {func(s *signer) { *s = s.calledOnly("7") }, false},
	"a key ID as long as a digest":            {func(s *signer) { *s = s.calledOnly("12345678") }, false},
	"a key ID that is too little of a digest": {func(s *signer) { *s = s.calledOnly(string(keyDigest(s.Key)[:7])) }, false},
	"a key ID and an issuer that the list does not name": {func(s *signer) {
		*s = s.calledOnly("7")
		s.named.Issuer = "https://health.example"
	}, false},
	"a key ID with another certificate, embedded": {func(s *signer) {
		*s = s.calledOnly("7")
		s.Certificate = []byte("the certificate of this signer")
		s.named.Chain = [][]byte{[]byte("a certificate of a stranger"), s.Certificate}
	}, false},
}

// DESIGN §4: "Invalid needs disproof: an identified signer whose signature fails … A kid is otherwise a hint: a failing
// signature is then seal.no_key_matches, untrusted."
func TestAFailingSignatureDisprovesOnlyUnderAnIdentifiedSigner(t *testing.T) {
	for what, naming := range namings {
		t.Run(what, func(t *testing.T) {
			ut := newSigner("ut")
			naming.name(&ut)
			w := newWorld(t, ut)
			expect(t, w.one(t, ut.card()), verify.Authentic, verify.Accept)
			if bad := w.one(t, ut.badCard()); naming.identified {
				expect(t, bad, verify.Invalid, verify.Reject, verify.SealMismatch)
			} else {
				expect(t, bad, verify.Untrusted, verify.Refer, verify.SealNoKeyMatches)
			}
		})
	}
}

func TestAnECDSASealHoldsAndFailsLikeAnyOther(t *testing.T) {
	ut, seal := ecdsaSeal(t, []byte("a card of Maren"))
	w := newWorld(t, ut)
	good := newSigner("ut").card()
	good.Seals[0] = seal
	expect(t, w.one(t, good), verify.Authentic, verify.Accept)

	bad := newSigner("ut").card()
	bad.Seals[0] = seal
	bad.Seals[0].Signed = []byte("a card of somebody else")
	expect(t, w.one(t, bad), verify.Invalid, verify.Reject, verify.SealMismatch)

	bad.Seals[0].Signature = seal.Signature[:63] // no r‖s of P-256
	expect(t, w.one(t, bad), verify.Invalid, verify.Reject, verify.SealMismatch)
}

func TestEveryKeyOfOneNameIsTried(t *testing.T) {
	first, second := newSigner("first").calledOnly("7"), newSigner("second").calledOnly("7")
	w := newWorld(t, first, second)
	d := w.one(t, second.card())
	expect(t, d, verify.Authentic, verify.Accept)
	if got := d.Seals[0].Anchor.Source.Name; got != "second" {
		t.Errorf("the anchor is %q", got)
	}
	expect(t, w.one(t, newSigner("third").calledOnly("7").card()), verify.Untrusted, verify.Refer, verify.SealNoKeyMatches)
}

// A key that a hint leads to and that did not sign says nothing, whatever the other key of that name is identified by.
func TestAnIdentifiedKeyDoesNotSpeakForTheOneThatSigned(t *testing.T) {
	named, other := newSigner("named"), newSigner("other")
	other.KeyID, other.named.KeyID = named.named.KeyID, named.named.KeyID
	for _, list := range [][]signer{{named, other}, {other, named}} {
		expect(t, newWorld(t, list...).one(t, other.card()), verify.Authentic, verify.Accept)
	}
}

func TestAnIssuerThatIsNamedMustBeTheAnchors(t *testing.T) {
	ut := newSigner("ut").calledOnly("7")
	ut.Issuer = "https://health.example"
	w := newWorld(t, ut)
	for _, issuer := range []string{"", "https://other.example", "https://health.example/", "HTTPS://health.example"} {
		ut.named.Issuer = issuer
		expect(t, w.one(t, ut.card()), verify.Untrusted, verify.Refer, verify.SealSignerUnknown)
		expect(t, w.one(t, ut.badCard()), verify.Untrusted, verify.Refer, verify.SealSignerUnknown)
	}
}

// One key on two lists, by two countries: the entry that fits the document decides, whichever comes first.
func TestAKeyThatTwoCountriesListServesBoth(t *testing.T) {
	ut, xa := newSigner("shared"), newSigner("shared")
	xa.Country = "XA"
	xa.named.Country = "XA"
	for _, list := range [][]signer{{ut, xa}, {xa, ut}} {
		w := newWorld(t, list...)
		expect(t, w.one(t, ut.card()), verify.Authentic, verify.Accept)
		expect(t, w.one(t, xa.card()), verify.Authentic, verify.Accept)
	}
}

// What one seal proves never widens what another does.
func TestADocumentIsNoMoreAuthenticThanItsLeastSeal(t *testing.T) {
	one, two, stranger := newSigner("one"), newSigner("two"), newSigner("stranger")
	w := newWorld(t, one, two)
	good, other := one.seal([]byte("first")), two.seal([]byte("second"))
	bad := two.seal([]byte("second"))
	bad.Signed = []byte("altered")
	unknown := stranger.seal([]byte("second"))
	forbidden := two.seal([]byte("second"))
	forbidden.Problem = formats.Problem{Code: formats.CodeSealHeader, Text: "critical header"}

	for what, c := range map[string]struct {
		seals   []formats.Seal
		status  verify.Status
		verdict verify.Verdict
	}{
		"both hold":         {[]formats.Seal{good, other}, verify.Authentic, verify.Accept},
		"second unknown":    {[]formats.Seal{good, unknown}, verify.Untrusted, verify.Refer},
		"first unknown":     {[]formats.Seal{unknown, good}, verify.Untrusted, verify.Refer},
		"second forbidden":  {[]formats.Seal{good, forbidden}, verify.Indeterminate, verify.Refer},
		"second fails":      {[]formats.Seal{good, bad}, verify.Invalid, verify.Reject},
		"first fails":       {[]formats.Seal{bad, good}, verify.Invalid, verify.Reject},
		"unknown and fails": {[]formats.Seal{unknown, bad}, verify.Invalid, verify.Reject},
	} {
		t.Run(what, func(t *testing.T) {
			d := one.card()
			d.Seals = c.seals
			got := w.one(t, d)
			expect(t, got, c.status, c.verdict)
			if (got.Verified != nil) != (c.status == verify.Authentic) {
				t.Error("claims are verified only where every seal holds")
			}
		})
	}
}
