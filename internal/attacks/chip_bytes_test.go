package attacks_test

import (
	"bytes"
	"slices"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/mint/chip"
	"github.com/travelseal/travelseal/internal/mint/der"
	"github.com/travelseal/travelseal/internal/mint/pki"
	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/trustlist/icao"
)

// sod is the passport with another EF.SOD.
func sod(v der.Value) chip.Chip { return passport.PutFile("EF.SOD", v.Encode()) }

// within is the passport with other content of the EF.SOD.
func within(v der.Value) chip.Chip { return sod(der.Application(23, v)) }

func TestC16_EncodingThatIsNotDER(t *testing.T) {
	message := passport.Message()
	raw := der.Raw(message.Encode())
	tlv := func() der.TLV { return der.Seq(der.OID(pki.OIDSignedData), der.Explicit(0, der.Raw(message.Encode()))) }
	large := func(n int) chip.Chip {
		return passport.Signing(func(s *pki.SignerInfo) {
			s.Unsigned = []pki.CMSAttribute{{Type: pki.OIDUnknown, Values: []der.Value{der.Octets(make([]byte, n))}}}
		})
	}
	limit, cut := unreadable(formats.CodeLimit), unreadable(formats.CodeTruncated)
	attackChip(t, chips(t), passport,
		chipMutant{"indefinite lengths, the content in pieces", chip.GoodBER(), tolerated},
		chipMutant{"the same of this passport", sealing(func(m *pki.Message) { m.BER = true }), tolerated},
		chipMutant{"an indefinite length of the file", sod(der.Indefinite(der.Application(23, raw))), tolerated},
		chipMutant{"a padded length of the file", sod(der.Padded(der.Application(23, raw), 2)), tolerated},
		chipMutant{"a padded length of the file, of 100 bytes", sod(der.Padded(der.Application(23, raw), 100)), unreadable(formats.CodeNonCanonical)},
		chipMutant{"the content in pieces", sealing(func(m *pki.Message) { m.Encapsulated = der.Torn(m.Content, 7) }), tolerated},
		chipMutant{"the content in pieces of one byte", sealing(func(m *pki.Message) { m.Encapsulated = der.Torn(m.Content, 1) }), tolerated},
		chipMutant{"in BER, and altered", forged(sealing(func(m *pki.Message) { m.BER = true })), mismatched},

		chipMutant{"ten thousand values in one another", within(der.Nested(10_000)), limit},
		chipMutant{"ten thousand values without an end", within(der.NestedOpen(10_000)), limit},
		chipMutant{"twenty-five values in one another", within(der.Nested(25)), limit},
		chipMutant{"a length of 2³¹−1", sod(der.Claiming(der.Application(23), 0x7fffffff)), cut},
		chipMutant{"a length of 2⁶³−1", sod(der.Claiming(der.Application(23), 0x7fffffffffffffff)), cut},
		chipMutant{"a length of 2³¹−1 within", within(der.Claiming(tlv(), 0x7fffffff)), cut},
		chipMutant{"one byte too short", passport.SOD(func(b []byte) []byte { return b[:len(b)-1] }), cut},
		chipMutant{"no byte", passport.PutFile("EF.SOD", nil), cut},
		chipMutant{"64 KiB and more", large(64 << 10), limit},
		chipMutant{"32 KiB that nobody signed", large(32 << 10), accepted},
	)
	for name, c := range map[string]chip.Chip{
		"depth": within(der.NestedOpen(10_000)), "length": sod(der.Claiming(der.Application(23), 0x7fffffff)),
		"pieces": sealing(func(m *pki.Message) { m.Encapsulated = der.Torn(m.Content, 1) }),
	} {
		in, v := chipInput(c), chips(t)
		bounded(t, name, func() { v.Inspect(t.Context(), []formats.Input{in}) })
	}
}

func TestC17_TrailingData(t *testing.T) {
	tail := pki.Tail(5, 0)
	after := func(b ...byte) chip.Chip { return passport.SOD(func(sod []byte) []byte { return append(sod, b...) }) }
	spki := func(s pki.SPKI) chip.Chip { return by(func(t pki.Template) pki.Template { return t.Written(s) }) }
	template := func(change func(*pki.Template)) chip.Chip {
		return by(func(t pki.Template) pki.Template {
			change(&t)
			return t
		})
	}
	group := func(tail ...byte) chip.Chip {
		return passport.Put(2, append(slices.Clone(passport.Groups[2]), tail...))
	}
	attackChip(t, chips(t), passport,
		chipMutant{"zeros after the file", after(make([]byte, 100)...), tolerated},
		chipMutant{"FF after the file", after(bytes.Repeat([]byte{0xff}, 100)...), tolerated},
		chipMutant{"zeros and FF after the file", after(0, 0xff), trailingFor},
		chipMutant{"a value after the file", after(5, 0), trailingFor},
		chipMutant{"the file twice", passport.SOD(func(b []byte) []byte { return append(b, b...) }), trailingFor},
		chipMutant{"after the message", within(der.Trailing(der.Raw(passport.Message().Encode()), 5, 0)), trailingFor},
		chipMutant{"zeros after the message", within(der.Trailing(der.Raw(passport.Message().Encode()), 0, 0)), trailingFor},
		chipMutant{"in the ContentInfo", sealing(func(m *pki.Message) { m.Whole = tail }), trailingFor},
		chipMutant{"in the SignedData", sealing(func(m *pki.Message) { m.SignedData = tail }), trailingFor},
		chipMutant{"in the SignerInfo", signing(func(s *pki.SignerInfo) { s.Info = tail }), trailingFor},
		chipMutant{"in the content", sealing(func(m *pki.Message) { m.Encapsulated = der.Octets(append(slices.Clone(m.Content), 5, 0)) }), brokenChip},
		chipMutant{"in the security object", passport.Listed(func(l *chip.LDS) { l.Elements = tail }), brokenChip},
		chipMutant{"after the signed content", sealing(func(m *pki.Message) { m.Content = append(m.Content, 0, 0) }), brokenChip},
		chipMutant{"in the certificate", template(func(t *pki.Template) { t.Whole = tail }), noChain},
		chipMutant{"in the signed part of the certificate", template(func(t *pki.Template) { t.TBS = tail }), noChain},
		chipMutant{"after the certificate, of its own tag", sealing(func(m *pki.Message) { m.Certificates = [][]byte{append(slices.Clone(uto.DSC.Cert), 5, 0)} }), unreadable(formats.CodeEnvelope)},
		chipMutant{"in the key", spki(pki.SPKI{InKey: []byte{5, 0}}), noChain},
		chipMutant{"in the key's algorithm", spki(pki.SPKI{InAlgorithm: []byte{5, 0}}), noChain},
		chipMutant{"after the key's bits", spki(pki.SPKI{InSequence: []byte{5, 0}}), noChain},
		chipMutant{"bits of the key that do not count", spki(pki.SPKI{Unused: 3}), noChain},
		chipMutant{"after the signature", signing(func(s *pki.SignerInfo) { s.Signature = func(b []byte) []byte { return append(b, 0) } }), mismatched},
		chipMutant{"after the certificate's signature", template(func(t *pki.Template) { t.Signature = func(b []byte) []byte { return append(b, 0) } }), noChain},
		chipMutant{"zeros after a group", group(0, 0, 0), tolerated},
		chipMutant{"a value after a group", group(5, 0), breach},
	)
}

// What is no DER is refused in all that is signed and by whomever it is read, and costs little.
func TestA38_HostileASN1(t *testing.T) {
	pin := icao.Trust{Publisher: parsed(t, uto.CSCA.Cert)}
	good := chip.Utopian().Encode()
	list := func(name string, data []byte) {
		t.Helper()
		bounded(t, name, func() {
			if l, err := icao.ReadMasterList(name, data, pin); err == nil || l != nil {
				t.Errorf("a master list, %s: taken", name)
			}
		})
	}
	if _, err := icao.ReadMasterList("good", good, pin); err != nil {
		t.Fatal(err)
	}
	ber := chip.Utopian()
	ber.Message = func(m pki.Message) pki.Message {
		m.BER = true
		return m
	}
	if _, err := icao.ReadMasterList("in BER", ber.Encode(), pin); err != nil {
		t.Error(err)
	}
	bombs := map[string][]byte{
		"a million values in one another": der.Nested(1_000_000).Encode(), "a million values without an end": der.NestedOpen(1_000_000).Encode(),
		"a length of 2³¹−1": der.Claiming(der.Seq(der.Null()), 0x7fffffff).Encode(), "a length of 2⁶³−1": der.Claiming(der.Seq(der.Null()), 0x7fffffffffffffff).Encode(),
		"cut": good[:len(good)-1], "a byte more": append(slices.Clone(good), 0), "eight MiB": der.Seq(der.Octets(make([]byte, 8<<20))).Encode(),
	}
	for name, data := range bombs {
		list(name, data)
		v := chips(t)
		for _, in := range []formats.Input{
			{Files: []formats.File{{Name: "EF.SOD", Data: der.Application(23, der.Raw(data)).Encode()}, {Name: "DG1", Data: passport.Groups[1]}}},
			{Files: []formats.File{{Name: "EF.SOD", Data: data}, {Name: "DG1", Data: passport.Groups[1]}}},
			formats.Bytes(der.Application(23, der.Raw(data)).Encode()), formats.Bytes(data),
		} {
			bounded(t, name, func() {
				if r := v.Inspect(t.Context(), []formats.Input{in}); r.Documents[0].Status.String() != "unreadable" {
					t.Errorf("%s: %s", name, r.Documents[0].Status)
				}
			})
		}
		// As trust material it is left out, whatever it pretends to be.
		for _, beside := range [][]byte{data, der.Seq(der.Raw(data), der.Null()).Encode()} {
			bounded(t, name, func() {
				trust := load(t, uto.CSCA.PEM(), beside)
				if len(trust.Anchors()) != 1 {
					t.Errorf("%s: %d authorities", name, len(trust.Anchors()))
				}
			})
		}
	}
	for name, loose := range map[string]func(der.TLV) der.TLV{
		"indefinite": der.Indefinite, "padded": func(v der.TLV) der.TLV { return der.Padded(v, 1) },
	} {
		c := *uto.RSA
		c.Cert = loose(der.Seq(der.Raw(c.Cert[4:]))).Encode()
		trust := load(t, uto.CSCA.PEM(), c.PEM())
		if len(trust.Anchors()) != 1 || len(trust.Dropped()) != 1 {
			t.Errorf("a certificate, %s: %d authorities, %v", name, len(trust.Anchors()), trust.Dropped())
		}
	}
	crl := uto.CSCA.Revoke(pki.List(1, uto.DSC))
	for name, data := range map[string][]byte{
		"indefinite": der.Indefinite(der.Seq(der.Raw(crl[4:]))).Encode(), "cut": crl[:len(crl)-1], "a byte more": append(slices.Clone(crl), 0),
		"altered": flipped(crl),
	} {
		trust, err := trustlist.Load(folder(t, uto.CSCA.PEM(), data))
		if err != nil || len(trust.Dropped()) != 1 {
			t.Errorf("a revocation list, %s: %v, %v", name, err, trust.Dropped())
		}
	}
}
