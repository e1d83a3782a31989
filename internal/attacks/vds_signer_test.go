package attacks_test

import (
	"testing"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/internal/mint/barcode"
	"github.com/travelseal/travelseal/internal/mint/pki"
	"github.com/travelseal/travelseal/verify"
)

// issuedTo makes a further signer of Utopia's seals.
func issuedTo(common string, serial int64, change func(pki.Template) pki.Template) *pki.Credential {
	return sealers.CSCA.Issue(common, change(barcode.Signer("UT", common, serial)))
}

func TestA46_VisibleSealOfAnExpiredSigner(t *testing.T) {
	until := func(name string, to time.Time) *pki.Credential {
		return issuedTo(name, 7, func(t pki.Template) pki.Template {
			return t.Without(pki.OIDPrivateKeyPeriod).Valid(time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC), to)
		})
	}
	valid, over := until("E1", mint.AsOf.Add(time.Second)), until("E2", mint.AsOf.Add(-time.Second))
	v := seals(t, sealers.P256, valid, over)
	attackVisa(t, v,
		visaMutant("a second to go", barcode.Visa(valid), accepted),
		visaMutant("a second ago", barcode.Visa(over), doubted(verify.SealSignerExpired)),
		visaMutant("and forged", barcode.Visa(over).But(func(v *barcode.VDS) { v.Signer = barcode.Fresh(over) }), disproved(verify.SealMismatch)))
}

// Two certificates of one name and number are both tried (ATTACKS A49).
func TestA49_VisibleSealOfOneOfTwoSigners(t *testing.T) {
	twin := barcode.Fresh(sealers.P256)
	v := seals(t, sealers.P256, twin)
	attackVisa(t, v,
		visaMutant("the other's", barcode.Visa(twin), accepted),
		visaMutant("neither's", ofVisa(func(v *barcode.VDS) { v.Signer = sealers.P384 }), disproved(verify.SealMismatch)))
}

func TestA51_VisibleSealOfAnotherState(t *testing.T) {
	from := func(state string) barcode.VDS { return ofVisa(func(v *barcode.VDS) { v.State = state }) }
	crossing := untrusted(verify.SealCountry)
	attackVisa(t, seals(t), visaMutant("another", from("AUS"), crossing), visaMutant("nobody's", from("ZZZ"), crossing), visaMutant("stateless", from("XXA"), crossing))
	for country, codes := range map[string][]string{"DE": {"D", "DEU"}, "GB": {"GBR", "GBD"}, "NL": {"NLD", "CUW"}, "UN": {"UNO"}} {
		s := pki.NewCSCA(country, pki.CSCA()).Issue(country, barcode.Signer(country, "S1", 3))
		for _, code := range codes {
			demand(t, seals(t, s), country+" for "+code, formats.Bytes(barcode.Visa(s).But(func(v *barcode.VDS) { v.State = code }).Build()), accepted)
		}
		demand(t, seals(t, s), country+" for JPN", formats.Bytes(barcode.Visa(s).But(func(v *barcode.VDS) { v.State = "JPN" }).Build()), crossing)
	}
}

func TestA53_VisibleSealByAnAuthority(t *testing.T) {
	attackVisa(t, seals(t), visaMutant("its own key", barcode.Visa(sealers.Authority), untrusted(verify.SealWrongRole)))
}

// The certificate of a signer says what it may seal, and the list cannot say more.
func TestA54_VisibleSealByASignerOfOtherThings(t *testing.T) {
	health := issuedTo("H1", 1, func(t pki.Template) pki.Template {
		return t.Replacing(pki.ExtendedKeyUsage("1.3.6.1.4.1.1847.2021.1.2"))
	})
	mdoc := issuedTo("M1", 1, func(t pki.Template) pki.Template { return t.Replacing(pki.ExtendedKeyUsage(pki.UseMdocSigner)) })
	server := issuedTo("W1", 1, func(t pki.Template) pki.Template { return t.Replacing(pki.ExtendedKeyUsage(pki.UseServer)) })
	noSigning := issuedTo("N1", 1, func(t pki.Template) pki.Template { return t.Replacing(pki.KeyUsage(pki.KeyEncipherment)) })
	v := seals(t, sealers.P256, sealers.Chips, sealers.MasterList, health, mdoc, server, noSigning)
	attackVisa(t, v,
		visaMutant("of VDS-NC", barcode.Visa(sealers.Chips), untrusted(verify.SealOutOfScope)),
		visaMutant("of vaccinations", barcode.Visa(health), untrusted(verify.SealOutOfScope)),
		visaMutant("of mobile documents", barcode.Visa(mdoc), untrusted(verify.SealOutOfScope)),
		visaMutant("of master lists", barcode.Visa(sealers.MasterList), untrusted(verify.SealSignerUnknown)),
		visaMutant("a web server", barcode.Visa(server), untrusted(verify.SealSignerUnknown)),
		visaMutant("that may not sign", barcode.Visa(noSigning), untrusted(verify.SealSignerUnknown)))
	// And the other way round: a signer of passports alone seals no visa.
	passports := issuedTo("P1", 1, func(t pki.Template) pki.Template { return t.With(pki.DocumentTypes("P", "ID")) })
	visas := issuedTo("V1", 1, func(t pki.Template) pki.Template { return t.With(pki.DocumentTypes("V")) })
	v = seals(t, sealers.P256, passports, visas, sealers.Stickers, sealers.Bare)
	attackVisa(t, v,
		visaMutant("of passports", barcode.Visa(passports), untrusted(verify.SealWrongUse)),
		visaMutant("of stickers", barcode.Visa(sealers.Stickers), untrusted(verify.SealWrongUse)),
		visaMutant("of visas", barcode.Visa(visas), accepted),
		visaMutant("of anything, chosen by the relying party", barcode.Visa(sealers.Bare), accepted),
		visaMutant("of visas, a sticker", barcode.Sticker(visas), untrusted(verify.SealWrongUse)),
		visaMutant("of stickers, a sticker", barcode.Sticker(sealers.Stickers), accepted))
}

// C36: the signer's reference under another country, a certificate without the use, a date outside its validity.
func TestC36_VisibleSealAndItsSigner(t *testing.T) {
	elsewhere := pki.NewCSCA("XA", pki.CSCA()).Issue("XA", barcode.Signer("XA", "S1", 0x27))
	signed := func(year, month, day int) barcode.VDS {
		return ofVisa(func(v *barcode.VDS) {
			v.Created, v.Issued = time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC), time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
		})
	}
	v := seals(t, sealers.P256, elsewhere)
	attackVisa(t, v,
		visaMutant("the reference of another country", ofVisa(func(v *barcode.VDS) { v.Name = "XAS1" }), disproved(verify.SealMismatch)),
		visaMutant("another country's signer", barcode.Visa(elsewhere), untrusted(verify.SealCountry)),
		visaMutant("the number of another", ofVisa(func(v *barcode.VDS) { v.Reference = "28" }), untrusted(verify.SealSignerUnknown)),
		visaMutant("before the certificate", signed(2024, 12, 30), doubted(verify.SealOutsideValidity)),
		visaMutant("on its first day", signed(2025, 1, 1), accepted),
		visaMutant("the day before, which lasts into it", signed(2024, 12, 31), accepted))
	noon := issuedTo("A1", 5, func(t pki.Template) pki.Template {
		from, to := time.Date(2026, 3, 9, 12, 0, 0, 0, time.UTC), time.Date(2027, 3, 9, 12, 0, 0, 0, time.UTC)
		return t.Valid(from, to).Replacing(pki.PrivateKeyPeriod(from, from.AddDate(0, 1, 0)))
	})
	v = seals(t, sealers.P256, noon)
	on := func(month time.Month, day int) barcode.VDS {
		return barcode.Visa(noon).But(func(v *barcode.VDS) { v.Created = time.Date(2026, month, day, 0, 0, 0, 0, time.UTC) })
	}
	attackVisa(t, v,
		visaMutant("on the afternoon of its first day", on(3, 9), accepted),
		visaMutant("two days before", on(3, 7), doubted(verify.SealOutsideValidity)),
		visaMutant("on the key's last day", on(4, 9), accepted),
		visaMutant("after the key's last day", on(4, 11), doubted(verify.SealOutsideValidity)))
}
