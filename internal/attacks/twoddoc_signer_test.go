package attacks_test

import (
	"encoding/asn1"
	"testing"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/verify"
)

// A05, A07 and A20: no signature, one of another size of curve, and one that was cut off.
func TestA05A07A20_2DDocWithoutItsSignature(t *testing.T) {
	long := mint.NewCA("2ddoc long", mint.Template{CommonName: "UT00"}).Issue("0001", mint.Template{Key: mint.P384})
	attackText(t, trusting(t, mint.SealSigner2D().PEM(), long.PEM()), sealed2D.Build(),
		mutant2D("on P-384, which 2D-Doc does not have", sealed2D.Resign(long), unchecked(verify.SealUnsupported)),
		mutant2D("of no bytes", of2D(func(s *mint.Seal2D) { s.Hooks.Encoded = func(string) string { return "" } }), unreadable(formats.CodeTruncated)),
		mutant2D("cut off with its separator", of2D(func(s *mint.Seal2D) {
			s.Hooks.Whole = func(text string) string { return text[:len(text)-104] }
		}), unreadable(formats.CodeTruncated)),
		mutant2D("all zero", of2D(func(s *mint.Seal2D) { s.Hooks.Signature = mint.AllZero }), disproved(verify.SealMismatch)),
		mutant2D("(r, n-s)", of2D(func(s *mint.Seal2D) { s.Hooks.Signature = mint.Mirrored }), accepted), // A14: a signature too, and no seal's identity
	)
}

func TestA44_2DDocOfTheFuture(t *testing.T) {
	signed := func(at time.Time) mint.Seal2D { return of2D(func(s *mint.Seal2D) { s.Signed = at }) }
	attackText(t, seals2D(t), sealed2D.Build(),
		mutant2D("today", signed(mint.AsOf.Truncate(24*time.Hour)), accepted),
		mutant2D("in a week", signed(mint.AsOf.AddDate(0, 0, 7)), outdated(verify.TimeNotYetValid)),
	)
}

// A48: a document that is dated before its signer's certificate begins.
func TestA48_2DDocBeforeItsSigner(t *testing.T) {
	late := mint.NewCA("2ddoc late", mint.Template{CommonName: "UT00"}).Issue("0008", mint.Template{NotBefore: time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)})
	by := func(at time.Time) mint.Seal2D {
		return of2D(func(s *mint.Seal2D) { s.Signer, s.Cert, s.Signed = late, "0008", at })
	}
	attackText(t, trusting(t, late.PEM()), by(time.Date(2026, 6, 2, 0, 0, 0, 0, time.UTC)).Build(),
		mutant2D("before", by(time.Date(2026, 5, 30, 0, 0, 0, 0, time.UTC)), doubted(verify.SealOutsideValidity)))
}

// A51: the country of the header is that of the signer. Headers before version 4 have none, and do not cross.
func TestA51_2DDocOfAnotherCountry(t *testing.T) {
	from := func(country string) mint.Seal2D { return of2D(func(s *mint.Seal2D) { s.Country = country }) }
	attackText(t, seals2D(t), sealed2D.Build(),
		mutant2D("another", from("AU"), untrusted(verify.SealCountry)), mutant2D("nobody's", from("ZZ"), untrusted(verify.SealCountry)),
		mutant2D("none, in version 3", of2D(func(s *mint.Seal2D) { s.Version = "03" }), accepted))
}

// A53 and A54: an authority seals nothing, and a certificate for something else no 2D-Doc.
func TestA53A54_2DDocByOtherSigners(t *testing.T) {
	authority := mint.NewCA("2ddoc authority", mint.Template{CommonName: "UT00"})
	health := authority.Issue("0005", mint.Template{Uses: []asn1.ObjectIdentifier{mint.UseVaccination}})
	named := func(by mint.Signer, cert string) mint.Seal2D {
		return of2D(func(s *mint.Seal2D) { s.Signer, s.Cert = by, cert })
	}
	attackText(t, trusting(t, mint.SealSigner2D().PEM(), authority.PEM(), health.PEM()), sealed2D.Build(),
		mutant2D("the authority itself", named(authority.Signer, "UT00"), untrusted(verify.SealWrongRole)),
		mutant2D("a signer of health certificates", named(health, "0005"), untrusted(verify.SealOutOfScope)))
}
