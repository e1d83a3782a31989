package attacks_test

import (
	"strings"
	"testing"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/verify"
)

// seals2D trusts the signer of 2D-Docs by its certificate alone.
func seals2D(t *testing.T) *verify.Verifier { return trusting(t, mint.SealSigner2D().PEM()) }

// sealed2D is a 2D-Doc against which nothing can be said where seals2D is the Verifier.
var sealed2D = mint.Vaccination2D()

func of2D(change func(*mint.Seal2D)) mint.Seal2D {
	s := sealed2D
	change(&s)
	return s
}

func mutant2D(name string, s mint.Seal2D, w want) textMutant { return textMutant{name, s.Build(), w} }

// A certificate is found by its names. Another with the same names, which a forger can make, is another key.
func TestA01A02A49_2DDocOfAnotherCertificate(t *testing.T) {
	named := func(s *mint.Seal2D, ca, cert string) { s.CA, s.Cert = ca, cert }
	unknown := untrusted(verify.SealSignerUnknown)
	twin := mint.NewCA("twin", mint.Template{CommonName: "UT00"}).Issue("0001", mint.Template{})
	attackText(t, seals2D(t), sealed2D.Build(),
		mutant2D("a certificate of the same names", sealed2D.Resign(twin), disproved(verify.SealMismatch)),
		mutant2D("another certificate", of2D(func(s *mint.Seal2D) { named(s, "UT00", "0002") }), unknown),
		mutant2D("another authority", of2D(func(s *mint.Seal2D) { named(s, "UT01", "0001") }), unknown),
		mutant2D("the names in another division", of2D(func(s *mint.Seal2D) { named(s, "0001", "UT00") }), unknown),
	)
	// Trusting both, the list has two keys of one name, and each seals its own documents.
	both := trusting(t, mint.SealSigner2D().PEM(), twin.PEM())
	demand(t, both, "the twin's", formats.Text(sealed2D.Resign(twin).Build()), accepted)
	demand(t, both, "the first's", formats.Text(sealed2D.Build()), accepted)
	demand(t, both, "a forger's", formats.Text(sealed2D.Resign(mint.Fresh("forger")).Build()), disproved(verify.SealMismatch))
	// The names of a certificate are for 2D-Docs. They make no other document's key ID.
	demand(t, trusting(t, mint.SealSigner2D().PEM()), "a health certificate", formats.Text(vaccination.Build().Text), unknown)
	// A list can give the same names with the bare key, or with the key ID alone.
	key := mint.SealSigner2D()
	key.KID = []byte("UT000001")
	demand(t, trusting(t, list(mint.Anchor{Signer: key, KeyOnly: true, Issuer: "UT00"})), "the key", formats.Text(sealed2D.Build()), accepted)
	demand(t, trusting(t, list(mint.Anchor{Signer: key, KeyOnly: true, Issuer: "UT00"})), "the key, forged", formats.Text(sealed2D.Resign(twin).Build()), disproved(verify.SealMismatch))
	demand(t, trusting(t, list(mint.Anchor{Signer: key, KeyOnly: true})), "the key ID, forged", formats.Text(sealed2D.Resign(twin).Build()), untrusted(verify.SealNoKeyMatches))
}

func TestA13_2DDocSignatureForms(t *testing.T) {
	form := func(f mint.SignatureForm) mint.Seal2D {
		return of2D(func(s *mint.Seal2D) { s.Hooks.Signature = f })
	}
	attackText(t, seals2D(t), sealed2D.Build(),
		mutant2D("DER", form(mint.AsDER), disproved(verify.SealMismatch)), mutant2D("63 bytes", form(mint.Shortened), disproved(verify.SealMismatch)),
		mutant2D("65 bytes", form(mint.Lengthened), disproved(verify.SealMismatch)), mutant2D("zeros", form(mint.AllZero), disproved(verify.SealMismatch)),
		mutant2D("r is zero", form(mint.ZeroR), disproved(verify.SealMismatch)), mutant2D("s is zero", form(mint.ZeroS), disproved(verify.SealMismatch)),
		mutant2D("none", form(mint.NoSignature), unreadable(formats.CodeTruncated)),
	)
}

func TestA28_2DDocWithTrailingData(t *testing.T) {
	good := sealed2D.Build()
	refused := unreadable(formats.CodeEncoding)
	attackText(t, seals2D(t), good,
		textMutant{"itself", good + good, refused}, textMutant{"a unit separator", good + "\x1f", refused}, textMutant{"a NUL", good + "\x00", refused},
		textMutant{"a blank", good + " ", refused}, textMutant{"padding", good + "=", refused}, textMutant{"a line feed", good + "\n", refused},
		textMutant{"an annex", good + mint.GS + "0A123456789", doubted(verify.PartUnsealed)},
		textMutant{"the name once more, in an annex", good + mint.GS + "L0KAREN", doubted(verify.PartUnsealed)},
	)
	// What an annex says is never shown as proved.
	d := demand(t, seals2D(t), "an annex", formats.Text(good+mint.GS+"L0KAREN"), doubted(verify.PartUnsealed))
	if text := encoded(t, seals2D(t).Inspect(t.Context(), []formats.Input{formats.Text(good + mint.GS + "L0KAREN")})); strings.Contains(text, "KAREN") || d.Verified.Subjects[0].Names[0].Family != "ACHTERBERG LINDQVIST" {
		t.Errorf("the annex is shown:\n%s", text)
	}
}

func TestA34_HiddenCharactersInA2DDoc(t *testing.T) {
	hidden := doubted(verify.ContentHidden)
	name := func(text string) mint.Seal2D {
		return of2D(func(s *mint.Seal2D) { s.Message = strings.Replace(s.Message, "MAREN", text, 1) })
	}
	attackText(t, seals2D(t), sealed2D.Build(),
		mutant2D("a turn of direction", name("MAREN\u202e"), hidden), mutant2D("an isolate", name("MA\u2066REN"), hidden), mutant2D("a NUL", name("MA\x00REN"), hidden),
		mutant2D("an escape", name("MA\x1b[2JREN"), hidden), mutant2D("an escape of one byte", name("MA\x9bREN"), hidden),
		mutant2D("a formula", name("=CMD()"), accepted), mutant2D("a script", name("<SCRIPT>"), accepted), // text like any other
	)
}

// The signer is judged at the day of signing that the header states.
func TestA46_2DDocOfAnExpiredSigner(t *testing.T) {
	expired := mint.NewCA("2ddoc expired", mint.Template{CommonName: "UT00"}).Issue("0009", mint.Template{NotAfter: time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)})
	v := trusting(t, expired.PEM())
	dated := func(at time.Time) mint.Seal2D {
		return of2D(func(s *mint.Seal2D) { s.Signer, s.Cert, s.Signed = expired, "0009", at })
	}
	attackText(t, v, dated(time.Date(2026, 2, 28, 0, 0, 0, 0, time.UTC)).Build(),
		mutant2D("a day after its end", dated(time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)), doubted(verify.SealOutsideValidity)),
		mutant2D("without a date", dated(time.Time{}), doubted(verify.ContentSchema)),
	)
}

func TestA52_2DDocOfAnotherUse(t *testing.T) {
	signer := mint.SealSigner2D()
	only := trusting(t, list(mint.Anchor{Signer: signer, Scope: []string{"2ddoc"}, Uses: []string{"test"}}))
	attackText(t, only, mint.Test2D().Build(),
		mutant2D("a vaccination", sealed2D, untrusted(verify.SealWrongUse)),
		mutant2D("an unknown type", of2D(func(s *mint.Seal2D) { s.Type = "Z9" }), untrusted(verify.SealWrongUse)),
	)
	other := trusting(t, list(mint.Anchor{Signer: signer, Scope: []string{"emrtd"}}))
	demand(t, other, "a signer of passports", formats.Text(sealed2D.Build()), untrusted(verify.SealOutOfScope))
}
