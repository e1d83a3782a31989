package cert_test

import (
	"crypto"
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/travelseal/travelseal/internal/cert"
	reader "github.com/travelseal/travelseal/internal/der"
	"github.com/travelseal/travelseal/internal/mint/der"
	"github.com/travelseal/travelseal/internal/mint/pki"
)

var utopia = pki.NewCSCA("cert", pki.CSCA())

// issued is a certificate of Utopia.
func issued(t pki.Template) []byte { return utopia.Issue("subject", t).Cert }

func octets(n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(i + 1)
	}
	return b
}

func TestSoundCertificatesHaveNoDeviation(t *testing.T) {
	for name, template := range map[string]pki.Template{
		"CSCA": pki.CSCA(), "DSC": pki.DSC(), "IACA": pki.IACA(), "mdoc signer": pki.MdocSigner(), "bare": pki.Bare(),
		"barcode signer": pki.BarcodeSigner(), "master list signer": pki.MasterListSigner(), "server": pki.Server(),
	} {
		c := parse(t, issued(template))
		if len(c.Deviations) > 0 {
			t.Errorf("%s: %v", name, c.Deviations)
		}
		wants(t, name, c.Usable(), nil)
		wants(t, name, c.CheckSignature(parse(t, utopia.Cert)), nil)
	}
}

// Each tolerated departure has its code, and nothing else is noted.
func TestDeviations(t *testing.T) {
	dsc := pki.DSC()
	early := der.Seq(der.GeneralizedTime(pki.DSCFrom), der.UTCTime(pki.DSCUntil))
	rsa := pki.NewCSCA("cert RSA", pki.CSCA().Keyed(pki.RSA2048))
	noNull := pki.PKCS1(crypto.SHA256).Stating(der.Seq(der.OID("1.2.840.113549.1.1.11")))
	null := pki.ECDSA(crypto.SHA256).Stating(der.Seq(der.OID("1.2.840.10045.4.3.2"), der.Null()))
	explicit := pki.SPKI{Params: pki.CurveOf(pki.P256).Explicit(pki.Uncompressed).Value()}
	country := func(text string) pki.Template {
		return dsc.Named(pki.Utopian("subject").Set(pki.Country, der.Printable(text)))
	}
	for _, c := range []struct {
		code string
		raw  []byte
	}{
		{cert.CodeSerialNegative, issued(dsc.Numbered(der.IntBytes(0x80, 1)))},
		{cert.CodeSerialZero, issued(dsc.Numbered(der.Int(0)))},
		{cert.CodeSerialLong, issued(dsc.Numbered(der.IntBytes(octets(21)...)))},
		{cert.CodeGeneralizedTime, issued(pki.Template{Key: pki.P256, Validity: early, Extensions: dsc.Extensions})},
		{cert.CodeNullAbsent, rsa.Issue("no null", dsc.SignedWith(noNull)).Cert},
		{cert.CodeNullAbsent, issued(dsc.Keyed(pki.RSA2048).Written(pki.SPKI{NoParams: true}))},
		{cert.CodeNullPresent, issued(dsc.SignedWith(null))},
		{cert.CodeExplicitCurve, issued(dsc.Written(explicit))},
		{cert.CodeCountryCase, issued(country("ut"))},
		{cert.CodeCountryLength, issued(country("UTO"))},
		{cert.CodePrintable, issued(dsc.Named(pki.Utopian("x").Set(pki.Unit, der.Printable("travel_documents"))))},
		{cert.CodeBoolean, issued(pki.CSCA().Replacing(pki.BasicConstraintsByte(1)))},
		{cert.CodeBoolean, issued(dsc.Replacing(pki.KeyUsage(pki.DigitalSignature).Marked(der.BoolByte(1))))},
		{cert.CodeDefaultEncoded, issued(dsc.With(pki.BasicConstraintsByte(0)))},
		{cert.CodeDefaultEncoded, issued(dsc.Replacing(pki.SubjectKeyID().Marked(der.Bool(false))))},
		{cert.CodeNamedBits, issued(dsc.Replacing(pki.Fixed(pki.OIDKeyUsage, der.Bits([]byte{0x80}))))},
		{cert.CodeNamedBits, issued(dsc.Replacing(pki.Fixed(pki.OIDKeyUsage, der.Bits(nil))))},
		{cert.CodePathLength, issued(dsc.With(pki.Fixed(pki.OIDBasicConstraints, der.Seq(der.Int(0)))))},
		{cert.CodeAltName, issued(dsc.Replacing(pki.Fixed(pki.OIDSubjectAltName, der.Int(1))))},
		{cert.CodeAltName, issued(dsc.Replacing(pki.Fixed(pki.OIDSubjectAltName, der.Seq(der.Explicit(4, der.Int(1))))))},
		{cert.CodeDocumentTypes, issued(dsc.Replacing(pki.DocumentTypesBare("P")))},
		{cert.CodeUsageEmpty, issued(dsc.With(pki.Fixed(pki.OIDExtendedKeyUsage, der.Seq())))},
	} {
		got := parse(t, c.raw)
		if want := []string{c.code}; !slices.Equal(codes(got), want) {
			t.Errorf("got %q, want %q", codes(got), want)
		}
		wants(t, c.code, got.Usable(), nil)
		for _, d := range got.Deviations {
			if d.Where == "" || d.Offset <= 0 || d.Offset >= len(c.raw) {
				t.Errorf("%s: %q at %d is no place", c.code, d.Where, d.Offset)
			}
		}
	}
}

// What no issuer does is refused, with the place and the reason.
func TestRefused(t *testing.T) {
	dsc, sound := pki.DSC(), issued(pki.DSC())
	extension := func(oid string, v der.Value) []byte { return issued(dsc.Without(oid).With(pki.Fixed(oid, v))) }
	validity := func(from, to der.Value) []byte {
		t := dsc
		t.Validity = der.Seq(from, to)
		return issued(t)
	}
	at := func(text string) der.Value { return der.Primitive(utcTime, []byte(text)) }
	until := der.UTCTime(pki.DSCUntil)
	whole := func(change func([]der.Value) []der.Value) []byte {
		t := dsc
		t.Whole = change
		return issued(t)
	}
	tbs := func(change func([]der.Value) []der.Value) []byte {
		t := dsc
		t.TBS = change
		return issued(t)
	}
	version := dsc
	version.Version = 4
	first := tbs(pki.Element(0, func(der.Value) der.Value { return der.Explicit(0, der.Int(0)) }))
	issuer := dsc
	issuer.Issuer = pki.Name{}
	many := pki.Name{}
	for range 33 {
		many = append(many, pki.One(pki.CommonName, der.UTF8("x")))
	}
	named := func(v der.Value) []byte { return issued(dsc.Named(pki.Utopian("x").Set(pki.Organization, v))) }
	for _, c := range []struct {
		name string
		raw  []byte
		why  error
	}{
		{"nothing", nil, reader.ErrTruncated},
		{"16 KiB and a byte", make([]byte, cert.MaxCertificate+1), reader.ErrLimit},
		{"a byte behind", append(slices.Clone(sound), 0), reader.ErrTrailing},
		{"a byte less", sound[:len(sound)-1], reader.ErrTruncated},
		{"a byte behind the signature", whole(pki.Tail(5, 0)), reader.ErrTrailing},
		{"a byte behind the extensions", tbs(pki.Tail(5, 0)), reader.ErrTrailing},
		{"version 4", issued(version), reader.ErrRange},
		{"version 1 written out", first, reader.ErrValue},
		{"a padded serial number", issued(dsc.Numbered(der.IntBytes(0, 1))), reader.ErrValue},
		{"an empty serial number", issued(dsc.Numbered(der.IntBytes())), reader.ErrValue},
		{"a serial number of 33 octets", issued(dsc.Numbered(der.IntBytes(octets(33)...))), reader.ErrLimit},
		{"no issuer", issued(issuer), reader.ErrValue},
		{"33 attributes", issued(dsc.Named(many)), reader.ErrLimit},
		{"an empty part of a name", issued(dsc.Named(pki.Name{{}})), reader.ErrValue},
		{"UTF-8 that is none", named(der.Primitive(0x0C, []byte{0xC3})), reader.ErrValue},
		{"half a BMP character", named(der.Primitive(0x1E, []byte{0})), reader.ErrValue},
		{"a surrogate", named(der.Primitive(0x1E, []byte{0xD8, 0})), reader.ErrValue},
		{"a universal character beyond Unicode", named(der.Primitive(0x1C, []byte{0, 0x11, 0, 0})), reader.ErrValue},
		{"an organization that is a number", named(der.Int(1)), reader.ErrValue},
		{"a printable string beyond ASCII", named(der.Primitive(0x13, []byte{0xE9})), reader.ErrValue},
		{"no seconds", validity(at("2103010000Z"), until), reader.ErrValue},
		{"an offset", validity(at("210301000000+0100"), until), reader.ErrValue},
		{"the thirteenth month", validity(at("211301000000Z"), until), reader.ErrValue},
		{"a third time", validity(until, der.Join(until, until)), reader.ErrTrailing},
		{"no extensions in their list", tbs(pki.Element(7, func(der.Value) der.Value { return der.Explicit(3, der.Seq()) })), reader.ErrTruncated},
		{"a BOOLEAN of two bytes", issued(dsc.Replacing(pki.SubjectKeyID().Marked(der.Primitive(1, []byte{0xFF, 0xFF})))), reader.ErrValue},
		{"a key usage that is a number", extension(pki.OIDKeyUsage, der.Int(1)), reader.ErrTag},
		{"a key usage with bits behind its end", extension(pki.OIDKeyUsage, der.BitsUnused([]byte{0xFF}, 7)), reader.ErrValue},
		{"a key usage of three bytes", extension(pki.OIDKeyUsage, der.Bits([]byte{0x80, 0, 1})), reader.ErrRange},
		{"a value behind the key usage", extension(pki.OIDKeyUsage, der.Join(der.NamedBits(0), der.Null())), reader.ErrTrailing},
		{"a path length below zero", extension(pki.OIDBasicConstraints, der.Seq(der.Bool(true), der.Int(-1))), reader.ErrRange},
		{"a path length of 256", extension(pki.OIDBasicConstraints, der.Seq(der.Bool(true), der.Int(256))), reader.ErrRange},
		{"basic constraints with a tail", extension(pki.OIDBasicConstraints, der.Seq(der.Bool(true), der.Null())), reader.ErrTrailing},
		{"a key identifier that is bits", extension(pki.OIDSubjectKeyID, der.Bits([]byte{1})), reader.ErrTag},
		{"an authority key identifier with a tail", extension(pki.OIDAuthorityKeyID, der.Seq(der.Implicit(0, octets(20)), der.Null())), reader.ErrTrailing},
		{"a key period in UTCTime", extension(pki.OIDPrivateKeyPeriod, der.Seq(der.Implicit(0, []byte("210301000000Z")))), reader.ErrValue},
		{"a key period with a tail", extension(pki.OIDPrivateKeyPeriod, der.Seq(der.Implicit(2, []byte("20210301000000Z")))), reader.ErrTrailing},
	} {
		_, err := cert.Parse(c.raw)
		var e *reader.Error
		if !errors.Is(err, c.why) || !errors.As(err, &e) || e.What == "" {
			t.Errorf("%s: got %v, want %v", c.name, err, c.why)
		}
	}
}

func TestExtensionsAreLimited(t *testing.T) {
	for n, want := range map[int]error{48: nil, 49: reader.ErrLimit} {
		var list []pki.Extension
		for i := range n {
			list = append(list, pki.Fixed(fmt.Sprintf("1.3.6.1.4.1.55555.%d", i), der.Null()))
		}
		_, err := cert.Parse(issued(pki.Bare().With(list...)))
		wants(t, fmt.Sprint(n), err, want)
	}
}

// utcTime is the tag of a UTCTime.
const utcTime = 0x17
