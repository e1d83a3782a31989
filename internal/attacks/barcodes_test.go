package attacks_test

import (
	"bytes"
	"crypto"
	"math/big"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/internal/mint/barcode"
	"github.com/travelseal/travelseal/internal/mint/pki"
	"github.com/travelseal/travelseal/verify"
)

// eachByte changes every byte of a document that is accepted, one at a time and in two ways. None may be accepted.
func eachByte(t *testing.T, v *verify.Verifier, good []byte) {
	t.Helper()
	demand(t, v, "the sibling", formats.Bytes(good), accepted)
	for at := range good {
		for _, bit := range []byte{0x01, 0x10} {
			changed := bytes.Clone(good)
			changed[at] ^= bit
			d := v.Inspect(t.Context(), []formats.Input{formats.Bytes(changed)}).Documents[0]
			if d.Verdict == verify.Accept || (d.Verified != nil) != (d.Status == verify.Authentic) || slices.Contains(codes(d), verify.Code(formats.CodePanic)) {
				t.Errorf("byte %d: %s, %s, %v", at, d.Status, d.Verdict, codes(d))
			}
		}
	}
}

func TestA24_DocumentsWithAnyByteChanged(t *testing.T) {
	for name, c := range map[string]struct {
		v    *verify.Verifier
		text string
	}{
		"a seal in the Datastructure": {seals(t), idCard.Build()}, "a mobile document": {roads(t), mdl.Build().Text},
		"a 2D-Doc": {seals2D(t), sealed2D.Build()}, "a boarding pass": {boarding(t), boarded.Build()},
	} {
		t.Run(name, func(t *testing.T) { eachByte(t, c.v, []byte(c.text)) })
	}
}

// impossible are signatures that no key makes, by what was done to a sound one on P-256.
func impossible() map[string]func([]byte) []byte {
	n := sealers.P256.Key.Curve.N
	put := func(at int, x *big.Int) func([]byte) []byte {
		return func(raw []byte) []byte {
			x.FillBytes(raw[at : at+32])
			return raw
		}
	}
	return map[string]func([]byte) []byte{
		"r is 0": put(0, new(big.Int)), "s is 0": put(32, new(big.Int)), "r is n": put(0, n), "s is n": put(32, n),
		"all zero": func(raw []byte) []byte { return make([]byte, len(raw)) }, "all ones": func(raw []byte) []byte { return bytes.Repeat([]byte{0xFF}, len(raw)) },
		"a byte short": func(raw []byte) []byte { return raw[1:] }, "a byte long": func(raw []byte) []byte { return append(raw, 0) },
		"of no bytes": func([]byte) []byte { return nil }, "DER": barcode.AsDER,
		"exchanged": func(raw []byte) []byte { return append(bytes.Clone(raw[32:]), raw[:32]...) },
	}
}

// A05, A13 and A15: nothing, another encoding, and numbers out of range are no signature.
func TestA05A13A15_DatastructureWithImpossibleSignatures(t *testing.T) {
	for name, change := range impossible() {
		attackIDCard(t, seals(t), idCardMutant(name, idCard.Hooked(barcode.IDBHooks{Signature: change}), disproved(verify.SealMismatch)))
	}
	attackIDCard(t, seals(t), idCardMutant("(r, n-s)", idCard.Hooked(barcode.IDBHooks{Signature: func(raw []byte) []byte {
		return barcode.Mirrored(sealers.P256, raw)
	}}), accepted)) // A14: a signature too, and no seal's identity
}

// A39: the lengths and tags of the Datastructure lie as those of a visible digital seal do.
func TestA39_DatastructureThatLiesAboutItself(t *testing.T) {
	messages := func(f func([]byte) []byte) barcode.IDB { return idCard.Hooked(barcode.IDBHooks{Messages: f}) }
	inner := func(b ...byte) barcode.IDB {
		return messages(func(m []byte) []byte { // the element 61 has a length of one byte, as its messages are short
			out := append(bytes.Clone(m), b...)
			out[1] += byte(len(b))
			return out
		})
	}
	header := func(at int, b ...byte) barcode.IDB {
		return idCard.Hooked(barcode.IDBHooks{Header: func(h []byte) []byte { copy(h[at:], b); return h }})
	}
	payload, noncanonical, truncated := unreadable(formats.CodePayload), unreadable(formats.CodeNonCanonical), unreadable(formats.CodeTruncated)
	attackIDCard(t, seals(t),
		idCardMutant("a message beyond its element", inner(0x20, 0x7F), truncated),
		idCardMutant("a length of four bytes", inner(0x20, 0x84, 0, 0, 0, 1, 0), noncanonical),
		idCardMutant("an indefinite length", inner(0x20, 0x80, 0, 0), noncanonical),
		idCardMutant("a message twice", inner(append([]byte{0x09, 4}, mint.C40("156783")...)...), payload),
		idCardMutant("a message twice, the second empty", inner(0x09, 0), payload),
		idCardMutant("the messages beyond the end", messages(func(m []byte) []byte { m[1] = 0x7F; return m }), truncated),
		idCardMutant("a shift at the end of C40", header(0, 0x59, 0xDA), payload),
		idCardMutant("no such date", header(8, mint.SealDate(2026, 13, 1)...), payload),
		idCardMutant("another identifier", ofIDCard(func(d *barcode.IDB) { d.Identifier = "RDB2" }), unreadable(formats.CodeUnknownFormat)),
	)
}

func TestA43A44_DatastructureOfAnotherTime(t *testing.T) {
	created := func(at time.Time) barcode.IDB { return ofIDCard(func(d *barcode.IDB) { d.Created = at }) }
	until := func(yymmdd string) barcode.IDB {
		m := mint.Maren.Card("UT5566778", "F")
		m.Code, m.Expires = "I", yymmdd
		return idCard.With(0x07, mint.C40(strings.ReplaceAll(m.TD1(), "\n", "")))
	}
	attackIDCard(t, seals(t),
		idCardMutant("expires today", until("261101"), accepted),
		idCardMutant("expired yesterday", until("261031"), outdated(verify.TimeExpired)),
		idCardMutant("signed tomorrow, which has begun somewhere", created(mint.AsOf.AddDate(0, 0, 1)), accepted),
		idCardMutant("signed the day after", created(mint.AsOf.AddDate(0, 0, 2)), outdated(verify.TimeNotYetValid)))
}

// A46, A48 and A49: the signer's certificate has ended, was not yet there, or shares its reference with another's.
func TestA46A48A49_DatastructureAndItsSigner(t *testing.T) {
	valid := func(name string, from, to time.Time) *pki.Credential {
		return issuedTo(name, 7, func(t pki.Template) pki.Template { return t.Without(pki.OIDPrivateKeyPeriod).Valid(from, to) })
	}
	begin := time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)
	over := valid("E3", begin, mint.AsOf.Add(-time.Second))
	late := valid("E4", barcode.Created.AddDate(0, 0, 3), mint.AsOf.AddDate(1, 0, 0))
	v := seals(t, sealers.P256, sealers.P384, over, late)
	attackIDCard(t, v,
		idCardMutant("an expired signer", barcode.Card(over), doubted(verify.SealSignerExpired)),
		idCardMutant("and forged", barcode.Card(over).But(func(d *barcode.IDB) { d.Signer = barcode.Fresh(over) }), disproved(verify.SealMismatch)),
		idCardMutant("signed before the certificate", barcode.Card(late), doubted(verify.SealOutsideValidity)),
		idCardMutant("under another signer's reference", ofIDCard(func(d *barcode.IDB) { d.Reference = barcode.Thumb(sealers.P384) }), disproved(verify.SealMismatch)),
		idCardMutant("under a reference that nobody has", ofIDCard(func(d *barcode.IDB) { d.Reference = []byte{1, 2, 3, 4, 5} }), untrusted(verify.SealSignerUnknown)))
}

// A34 and A35: in a seal, texts that C40 cannot write are UTF-8, and may hide or turn around what stands beside them.
func TestA34_HiddenCharactersInAVisibleSeal(t *testing.T) {
	named := func(family string) barcode.VDS { return barcode.Insurance(sealers.P256).With(0x02, []byte(family)) }
	hidden := doubted(verify.ContentHidden)
	attackVisa(t, seals(t),
		visaMutant("a name", named("Ødegård"), accepted),
		visaMutant("a turn of direction", named("Lindqvist\u202e"), hidden), visaMutant("an isolate", named("Lind\u2066qvist"), hidden),
		visaMutant("a NUL", named("Lind\x00qvist"), hidden), visaMutant("an escape", named("Lind\x1b[2Jqvist"), hidden),
		visaMutant("no UTF-8", named("Lind\xffqvist"), doubted(verify.ContentSchema)),
		visaMutant("a formula", named("=cmd()"), accepted), visaMutant("a script", named("<script>"), accepted)) // text like any other
	for _, name := range []string{"=cmd()", "<script>", "Lind\x1b[2Jqvist", "Lindqvist\u202e"} {
		p := command(t, "seal.bin", named(name).Build(), "verify", "--trust", folder(t, sealers.P256.PEM()))
		if strings.ContainsAny(p.stdout, "\x1b\u202e\x00") {
			t.Errorf("%q reaches the terminal:\n%q", name, p.stdout)
		}
	}
}

// A01, A02 and A07: another key, one of another size, and one that nobody has. Without a signature see A115.
func TestA01A02A07_BoardingPassOfAnotherKey(t *testing.T) {
	attackText(t, boarding(t), boarded.Build(),
		boardingMutant("the key of another type", mint.LongPass().Signed("1", mint.AirlineSigner("2")), disproved(verify.SealMismatch)),
		boardingMutant("the type of another key", mint.LongPass().Signed("2", mint.AirlineSigner("1")), disproved(verify.SealMismatch)),
		boardingMutant("a type that nobody has", mint.LongPass().Signed("3", mint.AirlineSigner("1")), untrusted(verify.SealSignerUnknown)),
	)
	mirrored := boarded // A14
	mirrored.Security.Form = func(raw []byte, key crypto.PublicKey) []byte { return mint.AsDER(mint.Mirrored(raw, key), key) }
	demand(t, boarding(t), "(r, n-s)", formats.Text(mirrored.Build()), accepted)
}
