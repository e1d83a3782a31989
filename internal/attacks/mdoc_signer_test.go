package attacks_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/internal/mint/mobile"
	"github.com/travelseal/travelseal/internal/mint/pki"
	"github.com/travelseal/travelseal/verify"
)

// signedMDL gives the licence with another signature.
func signedMDL(change func([]byte) []byte) mobile.Document {
	return ofMDL(func(h *mobile.Hooks) { h.Sign = change })
}

// A01 and A02: a forger's key behind the certificate of a signer whom an authority vouches for, and behind none.
func TestA01A02_MdocByAnotherKey(t *testing.T) {
	ut := mobile.Utopia()
	forger := pki.NewCSCA("forger", pki.IACA()).Issue("DS mDL UT 1", pki.MdocSigner())
	behind := mdl.By(forger)
	behind.Chain = [][]byte{ut.Signer.Cert}
	other := mdl.By(ut.SignerP384)
	other.Chain = [][]byte{ut.Signer.Cert}
	alone := mdl.By(forger)
	alone.Hooks.Beside = func(mint.Map) mint.Item { return mint.Map{} }
	named := mdl.By(forger)
	named.Hooks.Beside = func(mint.Map) mint.Item { return mint.Map{{mint.Int(mint.HeaderKID), mint.Bytes("random")}} }
	attackText(t, roads(t), mdl.Build().Text,
		mdlMutant("A01 behind a genuine certificate", behind, disproved(verify.SealMismatch)),
		mdlMutant("A01 of another genuine signer", other, disproved(verify.SealMismatch)),
		mdlMutant("A02 without a certificate", alone, untrusted(verify.SealSignerUnknown)),
		mdlMutant("A02 with a key identifier", named, untrusted(verify.SealSignerUnknown)),
	)
}

// A05, A13 and A15: nothing, another encoding, and numbers out of range are no signature.
func TestA05A13A15_MdocWithImpossibleSignatures(t *testing.T) {
	for name, change := range impossible() {
		attackText(t, roads(t), mdl.Build().Text, mdlMutant(name, signedMDL(change), disproved(verify.SealMismatch)))
	}
}

// A07: the algorithm of the header does not go with the key, or is none for mobile documents.
func TestA07_MdocUnderAnotherAlgorithm(t *testing.T) {
	alg := func(n int64) mobile.Document {
		return ofMDL(func(h *mobile.Hooks) {
			h.Header = func(m mint.Map) mint.Item { return mint.Set(m, mint.Int(n), mint.HeaderAlg) }
		})
	}
	attackText(t, roads(t), mdl.Build().Text,
		mdlMutant("PS256", alg(-37), unchecked(verify.SealUnsupported)), mdlMutant("HS256", alg(5), unchecked(verify.SealUnsupported)),
		mdlMutant("none", alg(0), unchecked(verify.SealUnsupported)), mdlMutant("unknown", alg(-999), unchecked(verify.SealUnsupported)),
		mdlMutant("EdDSA with a key on P-256", alg(-8), untrusted(verify.SealWrongKeyType)))
}

// A26: the members of a mobile document are found by their names as they are written, and by no others.
func TestA26_MdocMembersInAnotherCase(t *testing.T) {
	renamed := func(from, to string) mobile.Document {
		return ofMDL(func(h *mobile.Hooks) {
			h.Payload = func(b []byte) []byte { return bytes.Replace(b, []byte(from), []byte(to), 1) }
		})
	}
	attackText(t, roads(t), mdl.Build().Text,
		mdlMutant("docType", renamed("docType", "DOCTYPE"), unreadable(formats.CodePayload)),
		mdlMutant("validUntil", renamed("validUntil", "ValidUntil"), doubted(verify.TimeNoExpiry)),
		mdlMutant("valueDigests", renamed("valueDigests", "valuedigests"), unreadable(formats.CodePayload)),
		mdlMutant("a second one in capitals", mdl.Objected(func(m mint.Map) mint.Item { return mint.Add(m, mint.Text("DOCTYPE"), mint.Text("x")) }), accepted))
}

// A30: moments that are none never make a document last longer.
func TestA30_MdocWithMomentsThatAreNone(t *testing.T) {
	until := func(value mint.Item) mobile.Document {
		return mdl.Objected(func(m mint.Map) mint.Item { return mint.Set(m, value, "validityInfo", "validUntil") })
	}
	text := func(s string) mint.Item { return mint.Tag{Number: 0, Content: mint.Text(s)} }
	attackText(t, roads(t), mdl.Build().Text,
		mdlMutant("the year 9999", until(text("9999-12-31T23:59:59Z")), accepted),
		mdlMutant("the year 10000", until(text("10000-01-01T00:00:00Z")), doubted(verify.TimeNoExpiry)),
		mdlMutant("no date", until(text("2027-02-30T00:00:00Z")), doubted(verify.TimeNoExpiry)),
		mdlMutant("a number", until(mint.Int(1<<40)), doubted(verify.TimeNoExpiry)),
		mdlMutant("a number under the tag of one", until(mint.Tag{Number: 1, Content: mint.Int(1 << 40)}), doubted(verify.TimeNoExpiry)),
		mdlMutant("a text without its tag", until(mint.Text("2027-10-01T09:00:00Z")), doubted(verify.TimeNoExpiry)),
		mdlMutant("an empty text", until(text("")), doubted(verify.TimeNoExpiry)))
}

// A34 and A35: what a document says may hide or turn around what stands beside it.
func TestA34_HiddenCharactersInAnMdoc(t *testing.T) {
	named := func(name string) mobile.Document { return mdl.With(mobile.LicenceSpace, "given_name", mint.Text(name)) }
	hidden := doubted(verify.ContentHidden)
	attackText(t, roads(t), mdl.Build().Text,
		mdlMutant("a turn of direction", named("Maren\u202e"), hidden), mdlMutant("an isolate", named("Ma\u2066ren"), hidden),
		mdlMutant("a NUL", named("Ma\x00ren"), hidden), mdlMutant("an escape", named("Ma\x1b[2Jren"), hidden),
		mdlMutant("a formula", named("=cmd()"), accepted), mdlMutant("a script", named("<script>"), accepted)) // text like any other
	p := command(t, "mdl.txt", []byte(named("Ma\x1b[2Jren\u202e").Build().Text), "verify", "--trust", folder(t, mobile.Utopia().IACA.PEM()))
	if strings.ContainsAny(p.stdout, "\x1b\u202e") {
		t.Errorf("a control character reaches the terminal:\n%q", p.stdout)
	}
}

func TestA44A45_MdocOfAnotherTime(t *testing.T) {
	begins := func(after time.Duration) mobile.Document {
		d := mdl
		d.From = mint.AsOf.Add(after)
		return d
	}
	endless := mdl.Objected(func(m mint.Map) mint.Item { return mint.Drop(m, "validityInfo", "validUntil") })
	attackText(t, roads(t), mdl.Build().Text,
		mdlMutant("A44 begins in five minutes", begins(5*time.Minute), accepted),
		mdlMutant("A44 begins tomorrow", begins(24*time.Hour), outdated(verify.TimeNotYetValid)),
		mdlMutant("A44 signed tomorrow", mdl.Dated(mint.AsOf.AddDate(0, 0, 1), mobile.Until), outdated(verify.TimeNotYetValid)),
		mdlMutant("A45 without an end", endless, doubted(verify.TimeNoExpiry)))
}

// A46 and A48: the signer's certificate has ended since, or the document is dated outside of it.
func TestA46A48_MdocAndItsSigner(t *testing.T) {
	ut := mobile.Utopia()
	by := func(from, to time.Time) mobile.Document {
		return mdl.By(ut.IACA.Issue("DS mDL UT 1", pki.MdocSigner().Valid(from, to)))
	}
	attackText(t, roads(t), mdl.Build().Text,
		mdlMutant("A46 expired since", by(pki.DSCFrom, mobile.SignedAt.Add(time.Hour)), doubted(verify.SealSignerExpired)),
		mdlMutant("A48 signed before", by(mobile.SignedAt.Add(time.Hour), mobile.Until), doubted(verify.SealOutsideValidity)),
		mdlMutant("A48 signed after", by(pki.DSCFrom, mobile.SignedAt.Add(-time.Hour)), doubted(verify.SealOutsideValidity)))
}

// A54: certificates under a trusted authority that are for something else.
func TestA54_MdocByASignerOfOtherThings(t *testing.T) {
	ut := mobile.Utopia()
	by := func(t pki.Template) mobile.Document { return mdl.By(ut.IACA.Issue("DS mDL UT 1", t)) }
	scope := untrusted(verify.SealOutOfScope)
	attackText(t, roads(t), mdl.Build().Text,
		mdlMutant("of passports", by(pki.DSC()), scope),
		mdlMutant("of lists of authorities", by(mobile.VICALSigner()), scope),
		mdlMutant("of visible seals", by(pki.MdocSigner().Replacing(pki.ExtendedKeyUsage("2.23.136.1.1.11.1"))), scope),
		mdlMutant("of health certificates", by(pki.MdocSigner().Replacing(pki.ExtendedKeyUsage("1.3.6.1.4.1.1847.2021.1.2"))), scope),
		mdlMutant("of a web server", by(pki.MdocSigner().Replacing(pki.ExtendedKeyUsage(pki.UseServer))), untrusted(verify.SealWrongUse)),
		mdlMutant("that may not sign", by(pki.MdocSigner().Replacing(pki.KeyUsage(pki.KeyEncipherment))), untrusted(verify.SealChain)))
}
