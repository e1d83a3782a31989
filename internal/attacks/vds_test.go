package attacks_test

import (
	"bytes"
	"crypto"
	"math/big"
	"testing"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/internal/mint/barcode"
	"github.com/travelseal/travelseal/internal/mint/pki"
	"github.com/travelseal/travelseal/verify"
)

// sealers are the signers of seals, and visa one against which nothing can be said where seals is the Verifier.
var (
	sealers = barcode.Utopia()
	visa    = barcode.Visa(sealers.P256)
)

func seals(t *testing.T, signers ...*pki.Credential) *verify.Verifier {
	t.Helper()
	if signers == nil {
		signers = sealers.Trusted()
	}
	var files [][]byte
	for _, s := range signers {
		files = append(files, s.PEM())
	}
	return verifier(t, load(t, files...), formats.Options{})
}

func visaMutant(name string, v barcode.VDS, w want) textMutant {
	return textMutant{name, string(v.Build()), w}
}

func ofVisa(change func(*barcode.VDS)) barcode.VDS { return visa.But(change) }

func ofVisaSignature(change func([]byte) []byte) barcode.VDS {
	return visa.Hooked(barcode.VDSHooks{Signature: change})
}

func attackVisa(t *testing.T, v *verify.Verifier, mutants ...textMutant) {
	t.Helper()
	attackText(t, v, string(visa.Build()), mutants...)
}

func TestA01_VisibleSealByAnotherKey(t *testing.T) {
	forger := barcode.Fresh(sealers.P256)
	attackVisa(t, seals(t),
		visaMutant("under a trusted name", ofVisa(func(v *barcode.VDS) { v.Signer = forger }), disproved(verify.SealMismatch)),
		visaMutant("by another trusted signer", ofVisa(func(v *barcode.VDS) { v.Signer = sealers.P384 }), disproved(verify.SealMismatch)),
		visaMutant("under a name that nobody has", ofVisa(func(v *barcode.VDS) { v.Signer, v.Reference = forger, "2A" }), untrusted(verify.SealSignerUnknown)),
		visaMutant("under a signer that nobody has", ofVisa(func(v *barcode.VDS) { v.Signer, v.Name = forger, "UTXX" }), untrusted(verify.SealSignerUnknown)),
	)
}

func TestA05_VisibleSealWithoutASignature(t *testing.T) {
	attackVisa(t, seals(t),
		visaMutant("of no bytes", ofVisaSignature(func([]byte) []byte { return nil }), disproved(verify.SealMismatch)),
		visaMutant("without its tag", ofVisa(func(v *barcode.VDS) { v.Signer = nil }), want{verify.Unsealed, verify.Refer, verify.SealNone}),
		visaMutant("its tag is a feature's", visa.Hooked(barcode.VDSHooks{Whole: func(b []byte) []byte { b[len(b)-66] = 0x70; return b }}),
			want{verify.Unsealed, verify.Refer, verify.SealNone}),
	)
}

// The seal states no algorithm: the hash is that of the key's curve, and no other will do.
func TestA07_VisibleSealOverAnotherHash(t *testing.T) {
	b := visa.Build()
	signed := b[:len(b)-66]
	for _, h := range []crypto.Hash{crypto.SHA1, crypto.SHA224, crypto.SHA384, crypto.SHA512} {
		another := func([]byte) []byte { return pki.Sign(sealers.P256.Key, pki.PlainECDSA(h), signed) }
		attackVisa(t, seals(t), visaMutant(h.String(), ofVisaSignature(another), disproved(verify.SealMismatch)))
	}
}

func TestA13_VisibleSealInASN1(t *testing.T) {
	attackVisa(t, seals(t), visaMutant("DER", ofVisaSignature(barcode.AsDER), disproved(verify.SealMismatch)))
}

// (r, n−s) is a signature too. Nothing here takes a seal's bytes for its identity.
func TestA14_VisibleSealWithTheOtherSignature(t *testing.T) {
	attackVisa(t, seals(t),
		visaMutant("n-s", ofVisaSignature(func(raw []byte) []byte { return barcode.Mirrored(sealers.P256, raw) }), accepted),
		visaMutant("r and s exchanged", ofVisaSignature(func(raw []byte) []byte { return append(bytes.Clone(raw[32:]), raw[:32]...) }), disproved(verify.SealMismatch)))
}

func TestA15_VisibleSealWithImpossibleNumbers(t *testing.T) {
	n := sealers.P256.Key.Curve.N
	with := func(r, s *big.Int) func([]byte) []byte {
		return func(raw []byte) []byte {
			if r != nil {
				r.FillBytes(raw[:32])
			}
			if s != nil {
				s.FillBytes(raw[32:])
			}
			return raw
		}
	}
	for name, v := range map[string]*big.Int{"0": new(big.Int), "n": n, "n+1": new(big.Int).Add(n, big.NewInt(1))} {
		attackVisa(t, seals(t),
			visaMutant("r = "+name, ofVisaSignature(with(v, nil)), disproved(verify.SealMismatch)),
			visaMutant("s = "+name, ofVisaSignature(with(nil, v)), disproved(verify.SealMismatch)),
			visaMutant("both = "+name, ofVisaSignature(with(v, v)), disproved(verify.SealMismatch)))
	}
	for name, change := range map[string]func([]byte) []byte{
		"a byte short": func(raw []byte) []byte { return raw[1:] }, "a byte long": func(raw []byte) []byte { return append(raw, 0) },
		"r alone": func(raw []byte) []byte { return raw[:32] },
	} {
		attackVisa(t, seals(t), visaMutant(name, ofVisaSignature(change), disproved(verify.SealMismatch)))
	}
}

func TestA39_VisibleSealThatLiesAboutItself(t *testing.T) {
	head := func(at int, b ...byte) barcode.VDS {
		return visa.Hooked(barcode.VDSHooks{Header: func(h []byte) []byte { copy(h[at:], b); return h }})
	}
	message := func(f func([]byte) []byte) barcode.VDS { return visa.Hooked(barcode.VDSHooks{Message: f}) }
	behind := func(b ...byte) barcode.VDS { return message(func(m []byte) []byte { return append(m, b...) }) }
	payload, noncanonical, truncated := unreadable(formats.CodePayload), unreadable(formats.CodeNonCanonical), unreadable(formats.CodeTruncated)
	attackVisa(t, seals(t),
		visaMutant("a length beyond the end", behind(0x70, 0x7F), truncated),
		visaMutant("a length of four bytes", behind(0x70, 0x84, 0, 0, 0, 1, 0), noncanonical),
		visaMutant("a length of 2³¹-1", behind(0x70, 0x84, 0x7F, 0xFF, 0xFF, 0xFF), noncanonical),
		visaMutant("an indefinite length", behind(0x70, 0x80, 0, 0), noncanonical),
		visaMutant("no message", message(func([]byte) []byte { return nil }), payload),
		visaMutant("a tag twice", behind(append([]byte{5, 6}, mint.C40("XX0000000")...)...), payload),
		visaMutant("a tag twice, the second empty", behind(4, 0), payload),
		visaMutant("a shift at the end of C40", head(4, 0x59, 0xDA), payload),
		visaMutant("a filler in the signer", head(4, mint.C40("UT<102")...), payload),
		visaMutant("a filler in the reference", ofVisa(func(v *barcode.VDS) { v.Reference = "2<" }), payload),
		visaMutant("an empty reference", head(4, mint.C40("UTS100")...), payload),
		visaMutant("a reference of 255", head(4, mint.C40("UTS1FF")...), truncated),
		visaMutant("no such date", head(13, mint.SealDate(2026, 13, 1)...), payload),
		visaMutant("an unknown version", head(1, 9), unreadable(formats.CodeVersion)),
		visaMutant("another magic byte", head(0, 0xDB), unreadable(formats.CodeUnknownFormat)),
	)
}

func TestA28_VisibleSealWithTrailingData(t *testing.T) {
	behind := func(b ...byte) barcode.VDS {
		return visa.Hooked(barcode.VDSHooks{Whole: func(seal []byte) []byte { return append(seal, b...) }})
	}
	trailing := unreadable(formats.CodeTrailing)
	attackVisa(t, seals(t),
		visaMutant("a byte", behind(0), trailing), visaMutant("a line feed", behind('\n'), trailing),
		visaMutant("a feature", behind(0x04, 3, 0, 0, 9), trailing), visaMutant("a second seal", behind(visa.Build()...), trailing))
}

// Features that nobody signed would be shown as signed if the signature's place were free.
func TestA24_VisibleSealWithAnyByteChanged(t *testing.T) {
	v, good := seals(t), visa.Build()
	demand(t, v, "the sibling", formats.Bytes(good), accepted)
	for at := range good {
		for _, bit := range []byte{0x01, 0x80} {
			changed := bytes.Clone(good)
			changed[at] ^= bit
			if d := inspect(t, v, formats.Bytes(changed)).Documents[0]; d.Verdict == verify.Accept || d.Verified != nil && d.Status != verify.Authentic {
				t.Errorf("byte %d: %s, %s", at, d.Status, d.Verdict)
			}
		}
	}
}

func TestA43_VisibleSealOfAnExpiredDocument(t *testing.T) {
	until := func(year, month, day int) barcode.VDS {
		return barcode.Journey(sealers.P256).With(0x09, mint.SealDate(year, month, day))
	}
	attackVisa(t, seals(t),
		visaMutant("today", until(2026, 11, 1), accepted),
		visaMutant("yesterday", until(2026, 10, 31), outdated(verify.TimeExpired)),
		visaMutant("by the machine readable zone", barcode.Permit(sealers.P256).But(func(v *barcode.VDS) {
			m := mint.Maren.Card("UT5566778", "F")
			m.Expires = "261031"
			v.Features[0].Value = mint.C40(barcode.TD2(m))
		}), outdated(verify.TimeExpired)))
}

func TestA44_VisibleSealOfTheFuture(t *testing.T) {
	created := func(at time.Time) barcode.VDS { return ofVisa(func(v *barcode.VDS) { v.Created = at }) }
	attackVisa(t, seals(t),
		visaMutant("today", created(mint.AsOf), accepted),
		visaMutant("tomorrow, which has begun somewhere", created(mint.AsOf.AddDate(0, 0, 1)), accepted),
		visaMutant("the day after", created(mint.AsOf.AddDate(0, 0, 2)), outdated(verify.TimeNotYetValid)),
		visaMutant("issued in a week", ofVisa(func(v *barcode.VDS) { v.Issued = mint.AsOf.AddDate(0, 0, 7) }), outdated(verify.TimeNotYetValid)))
}
