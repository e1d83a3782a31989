package attacks_test

import (
	"bytes"
	"slices"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/internal/mint/barcode"
	"github.com/travelseal/travelseal/internal/mint/pki"
	"github.com/travelseal/travelseal/verify"
)

// idCard is a seal in ICAO's Datastructure for Barcode against which nothing can be said where seals is the Verifier.
var idCard = barcode.Card(sealers.P256)

func idCardMutant(name string, d barcode.IDB, w want) textMutant {
	return textMutant{name, d.Build(), w}
}

func attackIDCard(t *testing.T, v *verify.Verifier, mutants ...textMutant) {
	t.Helper()
	attackText(t, v, idCard.Build(), mutants...)
}

func ofIDCard(change func(*barcode.IDB)) barcode.IDB { return idCard.But(change) }

func ofPayload(change func([]byte) []byte) barcode.IDB {
	return idCard.Hooked(barcode.IDBHooks{Payload: change})
}

func TestA01_DatastructureByAnotherKey(t *testing.T) {
	forger := barcode.Fresh(sealers.P256)
	by := func(s *pki.Credential, withCert bool) barcode.IDB {
		return ofIDCard(func(d *barcode.IDB) { d.Signer, d.WithCert = s, withCert })
	}
	attackIDCard(t, seals(t),
		idCardMutant("under a trusted reference", by(forger, false), disproved(verify.SealMismatch)),
		idCardMutant("with its own certificate under a trusted reference", by(forger, true), disproved(verify.SealMismatch)),
		idCardMutant("under its own reference", barcode.Card(forger), untrusted(verify.SealSignerUnknown)),
		idCardMutant("with its own certificate", barcode.Card(forger).But(func(d *barcode.IDB) { d.WithCert = true }), untrusted(verify.SealSoundUnknown)),
	)
}

// A certificate in the seal is trusted only through an authority on the list, never for being there (ATTACKS A04, C01).
func TestA04_DatastructureWithACertificate(t *testing.T) {
	signer := issuedTo("Z1", 9, func(t pki.Template) pki.Template { return t })
	twin := sealers.CSCA.Twin("attacker").Issue("Z1", signer.Copied())
	of := func(s *pki.Credential) barcode.IDB {
		return barcode.Card(s).But(func(d *barcode.IDB) { d.WithCert = true })
	}
	v := seals(t, sealers.P256, sealers.CSCA)
	attackIDCard(t, v,
		idCardMutant("under the authority", of(signer), accepted),
		idCardMutant("under its twin", of(twin), untrusted(verify.SealChain)),
		idCardMutant("of a signer of passports alone", of(issuedTo("Z2", 9, func(t pki.Template) pki.Template { return t.With(pki.DocumentTypes("P")) })), untrusted(verify.SealWrongUse)),
		idCardMutant("of VDS-NC", of(sealers.Chips), untrusted(verify.SealOutOfScope)),
		idCardMutant("of a signer of chips", of(sealers.Bare), untrusted(verify.SealOutOfScope)),
		idCardMutant("that is none", ofIDCard(func(d *barcode.IDB) {
			d.Hooks.Payload = func(b []byte) []byte { return slices.Insert(b, len(b)-66, 0x7E, 1, 0) }
		}), doubted(verify.ContentSchema)),
		idCardMutant("that the header does not name", ofIDCard(func(d *barcode.IDB) { d.WithCert, d.Reference = true, barcode.Thumb(signer) }), doubted(verify.ContentSchema)))
}

func TestA07_DatastructureUnderAnotherAlgorithm(t *testing.T) {
	attackIDCard(t, seals(t),
		idCardMutant("SHA-384 on P-256", ofIDCard(func(d *barcode.IDB) { d.Algorithm = 2 }), accepted), // as the signer chose it
		idCardMutant("changed after signing", ofPayload(func(b []byte) []byte { b[2] = 2; return b }), disproved(verify.SealMismatch)),
		idCardMutant("none", ofIDCard(func(d *barcode.IDB) { d.Algorithm = 0 }), unchecked(verify.SealUnsupported)),
		idCardMutant("unknown", ofIDCard(func(d *barcode.IDB) { d.Algorithm = 4 }), unchecked(verify.SealUnsupported)),
		idCardMutant("DER", idCard.Hooked(barcode.IDBHooks{Signature: barcode.AsDER}), disproved(verify.SealMismatch)))
}

func TestA19_DatastructureWithoutItsMessages(t *testing.T) {
	attackIDCard(t, seals(t),
		idCardMutant("no element", idCard.Hooked(barcode.IDBHooks{Messages: func([]byte) []byte { return nil }}), unreadable(formats.CodeEnvelope)),
		idCardMutant("an empty element", ofIDCard(func(d *barcode.IDB) { d.Messages = nil }), unreadable(formats.CodePayload)),
		idCardMutant("behind the signature", ofPayload(func(b []byte) []byte {
			at := 11
			group := bytes.Clone(b[at : len(b)-66])
			return append(append(b[:at:at], b[len(b)-66:]...), group...)
		}), unreadable(formats.CodeEnvelope)))
}

func TestA20_DatastructureWithoutItsSignature(t *testing.T) {
	unsealed := want{verify.Unsealed, verify.Refer, verify.SealNone}
	attackIDCard(t, seals(t),
		idCardMutant("and it says so", ofIDCard(func(d *barcode.IDB) { d.Signer = nil }), unsealed),
		idCardMutant("and it does not say so", ofPayload(func(b []byte) []byte { return b[:len(b)-66] }), unsealed),
		idCardMutant("the letter alone", idCard.Hooked(barcode.IDBHooks{Text: func(s string) string { return "RDB1A" + s[5:] }}), unreadable(formats.CodeNonCanonical)))
}

func TestA28_DatastructureWithTrailingData(t *testing.T) {
	zipped := ofIDCard(func(d *barcode.IDB) { d.Zipped = true })
	attackIDCard(t, seals(t),
		idCardMutant("an element", ofPayload(func(b []byte) []byte { return append(b, 0x70, 1, 1) }), unreadable(formats.CodeEnvelope)),
		idCardMutant("a second signature", ofPayload(func(b []byte) []byte { return append(b, b[len(b)-66:]...) }), unreadable(formats.CodeEnvelope)),
		idCardMutant("a blank", idCard.Hooked(barcode.IDBHooks{Text: func(s string) string { return s + " " }}), unreadable(formats.CodeEncoding)),
		idCardMutant("a second stream", zipped.Hooked(barcode.IDBHooks{Packed: func(b []byte) []byte { return append(b, b...) }}), unreadable(formats.CodeTrailing)))
}

func TestA51_DatastructureOfAnotherState(t *testing.T) {
	from := func(state string) barcode.IDB { return ofIDCard(func(d *barcode.IDB) { d.State = state }) }
	attackIDCard(t, seals(t), idCardMutant("another", from("AUS"), untrusted(verify.SealCountry)), idCardMutant("nobody's", from("ZZZ"), untrusted(verify.SealCountry)))
}

func TestA53_DatastructureByAnAuthority(t *testing.T) {
	attackIDCard(t, seals(t), idCardMutant("its own key", barcode.Card(sealers.Authority), untrusted(verify.SealWrongRole)))
}

func TestA54_DatastructureByASignerOfOtherThings(t *testing.T) {
	attackIDCard(t, seals(t),
		idCardMutant("of VDS-NC", barcode.Card(sealers.Chips), untrusted(verify.SealOutOfScope)),
		idCardMutant("of stickers", barcode.Card(sealers.Stickers), untrusted(verify.SealWrongUse)),
		idCardMutant("of master lists", barcode.Card(sealers.MasterList), untrusted(verify.SealSignerUnknown)))
}

func TestA86_DatastructureThatExpands(t *testing.T) {
	zipped := ofIDCard(func(d *barcode.IDB) { d.Zipped = true })
	attackText(t, seals(t), zipped.Build(),
		idCardMutant("to a megabyte", zipped.Hooked(barcode.IDBHooks{Packed: func([]byte) []byte { return mint.Zlib(make([]byte, 1<<20)) }}), unreadable(formats.CodeLimit)),
		idCardMutant("to as much as is permitted and no seal", zipped.Hooked(barcode.IDBHooks{Packed: func([]byte) []byte { return mint.Zlib(make([]byte, 256<<10)) }}), unreadable(formats.CodePayload)))
}
