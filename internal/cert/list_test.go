package cert_test

import (
	"bytes"
	"crypto"
	"crypto/x509"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/travelseal/travelseal/internal/cert"
	reader "github.com/travelseal/travelseal/internal/der"
	"github.com/travelseal/travelseal/internal/mint/der"
	"github.com/travelseal/travelseal/internal/mint/pki"
	"github.com/travelseal/travelseal/internal/sig"
	"github.com/travelseal/travelseal/internal/vectors"
)

func list(t testing.TB, raw []byte) *cert.List {
	t.Helper()
	l, err := cert.ParseList(raw)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// A list says who was revoked, when and why.
func TestList(t *testing.T) {
	one, two := utopia.Issue("DS 1", pki.DSC()), utopia.Issue("DS 2", pki.DSC())
	bad := utopia.Issue("DS 3", pki.DSC().Numbered(der.IntBytes(0x80, 0)))
	l := list(t, utopia.Revoke(pki.List(7, two, one, bad)))
	ca := parse(t, utopia.Cert)
	wants(t, "its signature", l.CheckSignature(ca), nil)
	wants(t, "its use", l.Usable(), nil)
	switch {
	case l.Len() != 3, l.Version != 2, !bytes.Equal(l.Number, []byte{7}), !l.Issuer.Equal(ca.Subject):
		t.Errorf("%d entries, version %d, number %x, of %s", l.Len(), l.Version, l.Number, l.Issuer)
	case !l.ThisUpdate.Equal(pki.ListedAt), !l.NextUpdate.Equal(pki.NextListAt), !bytes.Equal(l.AuthorityKeyID, ca.SubjectKeyID):
		t.Errorf("%v, %v, %x", l.ThisUpdate, l.NextUpdate, l.AuthorityKeyID)
	}
	for _, c := range []*pki.Credential{one, two, bad} {
		if e, found := l.Find(parse(t, c.Cert).Serial); !found || e.Date.IsZero() {
			t.Errorf("%s: %v, %v", c.Name, e, found)
		}
	}
	if _, found := l.Find(parse(t, utopia.Issue("DS 4", pki.DSC()).Cert).Serial); found {
		t.Error("a certificate that is not on the list is found")
	}
	if _, found := l.Find(nil); found {
		t.Error("no serial number is found")
	}
	empty := list(t, utopia.Revoke(pki.List(8).Dated(pki.ListedAt, time.Time{})))
	if empty.Len() != 0 || !empty.NextUpdate.IsZero() || empty.Usable() != nil {
		t.Errorf("%d entries, next %v, %v", empty.Len(), empty.NextUpdate, empty.Usable())
	}
	held := pki.List(9)
	held.Revoked = []pki.Revocation{{Serial: der.Int(5), At: pki.ListedAt, Reason: pki.KeyCompromise}, {Serial: der.Int(6), At: pki.ListedAt}}
	l = list(t, utopia.Revoke(held))
	if e, _ := l.Find([]byte{5}); e.Reason != pki.KeyCompromise || !e.Date.Equal(pki.ListedAt) {
		t.Errorf("%+v", e)
	}
	if e, found := l.Find([]byte{6}); e.Reason != 0 || !found {
		t.Errorf("%+v", e)
	}
}

// Who may sign a list.
func TestListSignature(t *testing.T) {
	raw := utopia.Revoke(pki.List(1))
	l := list(t, raw)
	same := func(change func(pki.Template) pki.Template) *cert.Certificate {
		return parse(t, pki.NewCSCA("cert", change(pki.CSCA())).Cert)
	}
	signer := utopia.Issue("CRL signer", pki.CRLSigner().Named(pki.Utopian("CSCA UT")))
	for name, c := range map[string]struct {
		issuer *cert.Certificate
		want   error
	}{
		"another key under the same name": {parse(t, utopia.Twin("forger").Cert), sig.ErrMismatch},
		"another name over the same key":  {same(func(t pki.Template) pki.Template { return t.Named(pki.Utopian("CSCA")) }), cert.ErrListIssuer},
		"a key that signs no lists":       {same(func(t pki.Template) pki.Template { return t.Replacing(pki.KeyUsage(pki.CertSign)) }), cert.ErrListIssuer},
		"no key usage, but a CA":          {same(func(t pki.Template) pki.Template { return t.Without(pki.OIDKeyUsage) }), nil},
		"no key usage and no CA":          {same(func(t pki.Template) pki.Template { return t.Without(pki.OIDKeyUsage, pki.OIDBasicConstraints) }), cert.ErrListIssuer},
		"critical name constraints":       {same(func(t pki.Template) pki.Template { return t.With(pki.NameConstraints().AsCritical()) }), cert.ErrCritical},
	} {
		wants(t, name, l.CheckSignature(c.issuer), c.want)
	}
	wants(t, "a signer of lists", list(t, signer.Revoke(pki.List(1))).CheckSignature(parse(t, signer.Cert)), nil)
	raw[len(raw)-1] ^= 1
	wants(t, "a bit flipped", list(t, raw).CheckSignature(parse(t, utopia.Cert)), sig.ErrMismatch)
	unknown := pki.List(1)
	a := pki.ECDSA(crypto.SHA256).Stating(der.Seq(der.OID("1.2.3")))
	unknown.Algorithm = &a
	wants(t, "an unknown algorithm", list(t, utopia.Revoke(unknown)).CheckSignature(parse(t, utopia.Cert)), sig.ErrUnsupported)
}

// A list on which absence means nothing.
func TestListUsable(t *testing.T) {
	v1 := pki.List(1)
	v1.Version, v1.Extensions = 1, nil
	extended := pki.List(1)
	extended.Version = 1
	inner := pki.List(1)
	inner.Inner = pki.ECDSA(crypto.SHA512).ID
	entry := func(x ...pki.Extension) pki.CRL {
		l := pki.List(1)
		l.Revoked = []pki.Revocation{{Serial: der.Int(5), At: pki.ListedAt, Extensions: x}}
		return l
	}
	for name, c := range map[string]struct {
		list pki.CRL
		want error
	}{
		"version 1":                        {v1, nil},
		"version 1 with extensions":        {extended, cert.ErrContradiction},
		"another algorithm inside":         {inner, cert.ErrContradiction},
		"an extension twice":               {pki.List(1).With(pki.AuthorityKeyID()), cert.ErrContradiction},
		"an unknown extension":             {pki.List(1).With(pki.Unknown()), nil},
		"an unknown critical extension":    {pki.List(1).With(pki.UnknownCritical()), cert.ErrCritical},
		"a delta":                          {pki.List(1).With(pki.DeltaIndicator(1)), cert.ErrListKind},
		"an indirect list":                 {pki.List(1).With(pki.IssuingPoint(false, false, true)), cert.ErrListKind},
		"end entities only":                {pki.List(1).With(pki.IssuingPoint(true, false, false)), cert.ErrListKind},
		"authorities only":                 {pki.List(1).With(pki.IssuingPoint(false, true, false)), cert.ErrListKind},
		"a point and no restriction":       {pki.List(1).With(pki.IssuingPoint(false, false, false)), nil},
		"an entry of another issuer":       {entry(pki.CertificateIssuer(pki.Utopian("x"))), cert.ErrListKind},
		"an entry's unknown extension":     {entry(pki.Unknown()), nil},
		"an entry's critical one":          {entry(pki.UnknownCritical()), cert.ErrCritical},
		"an entry's extension twice":       {entry(pki.Unknown(), pki.Unknown()), cert.ErrContradiction},
		"certificate constraints for CRLs": {pki.List(1).With(pki.BasicConstraints(true, 0)), cert.ErrCritical},
	} {
		wants(t, name, list(t, utopia.Revoke(c.list)).Usable(), c.want)
	}
}

func TestListRefused(t *testing.T) {
	sound := utopia.Revoke(pki.List(1))
	tail := pki.List(1)
	tail.Whole = pki.Tail(5, 0)
	inside := pki.List(1)
	inside.TBS = pki.Tail(5, 0)
	entry := func(r pki.Revocation) []byte {
		l := pki.List(1)
		l.Revoked = []pki.Revocation{r}
		return utopia.Revoke(l)
	}
	version := pki.List(1)
	version.TBS = pki.Element(0, func(der.Value) der.Value { return der.Int(0) })
	number := pki.List(1).Without(pki.OIDCRLNumber)
	full := pki.List(1, utopia)
	one := der.Seq(der.Int(1), der.UTCTime(pki.ListedAt)).Encode()
	full.TBS = pki.Element(5, func(der.Value) der.Value { return der.Seq(der.Raw(bytes.Repeat(one, cert.MaxEntries+1))) })
	for name, c := range map[string]struct {
		raw  []byte
		want error
	}{
		"too many entries":             {utopia.Revoke(full), reader.ErrLimit},
		"nothing":                      {nil, reader.ErrTruncated},
		"8 MiB and a byte":             {make([]byte, cert.MaxList+1), reader.ErrLimit},
		"a byte behind":                {append(bytes.Clone(sound), 0), reader.ErrTrailing},
		"a byte less":                  {sound[:len(sound)-1], reader.ErrTruncated},
		"something behind it":          {utopia.Revoke(tail), reader.ErrTrailing},
		"something behind its content": {utopia.Revoke(inside), reader.ErrTrailing},
		"version 1 written out":        {utopia.Revoke(version), reader.ErrValue},
		"a certificate":                {utopia.Cert, reader.ErrTag},
		"a padded serial number":       {entry(pki.Revocation{Serial: der.IntBytes(0, 1), At: pki.ListedAt}), reader.ErrValue},
		"a long serial number":         {entry(pki.Revocation{Serial: der.IntBytes(octets(33)...), At: pki.ListedAt}), reader.ErrLimit},
		"a reason of 11":               {entry(pki.Revocation{Serial: der.Int(1), At: pki.ListedAt, Reason: 11}), reader.ErrRange},
		"a long number":                {utopia.Revoke(number.With(pki.Fixed(pki.OIDCRLNumber, der.IntBytes(octets(33)...)))), reader.ErrLimit},
		"a point of another kind":      {utopia.Revoke(number.With(pki.Fixed(pki.OIDIssuingPoint, der.Seq(der.Int(1))))), reader.ErrTag},
	} {
		_, err := cert.ParseList(c.raw)
		var e *reader.Error
		if !errors.Is(err, c.want) || !errors.As(err, &e) {
			t.Errorf("%s: got %v, want %v", name, err, c.want)
		}
	}
}

// The lists of Australia hold under its CSCA, and crypto/x509 reads them in the same way.
func TestPublishedLists(t *testing.T) {
	folder := filepath.Join(vectors.Dir(t), "travel")
	names, _ := filepath.Glob(filepath.Join(folder, "*", "*.crl"))
	deeper, _ := filepath.Glob(filepath.Join(folder, "*", "crls", "*.crl"))
	data, err := os.ReadFile(filepath.Join(folder, "crl", "CSCA_AUS.der"))
	if err != nil {
		t.Fatal(err)
	}
	ca := parse(t, data)
	for _, name := range append(names, deeper...) {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		l := list(t, data)
		wants(t, name, l.CheckSignature(ca), nil)
		wants(t, name, l.Usable(), nil)
		std, err := x509.ParseRevocationList(data)
		if err != nil {
			t.Fatal(err)
		}
		if l.Len() != len(std.RevokedCertificateEntries) || !l.ThisUpdate.Equal(std.ThisUpdate) || !l.NextUpdate.Equal(std.NextUpdate) ||
			!bytes.Equal(l.AuthorityKeyID, std.AuthorityKeyId) || number(l.Number).Cmp(std.Number) != 0 {
			t.Errorf("%s: crypto/x509 reads it otherwise", name)
		}
		for _, e := range std.RevokedCertificateEntries {
			serial := e.SerialNumber.Bytes()
			if serial[0] >= 0x80 {
				serial = append([]byte{0}, serial...)
			}
			if mine, found := l.Find(serial); !found || !mine.Date.Equal(e.RevocationTime) || mine.Reason != e.ReasonCode {
				t.Errorf("%s: an entry differs", name)
			}
		}
		t.Logf("%d entries, deviations %v", l.Len(), l.Deviations)
	}
	if len(names)+len(deeper) == 0 {
		t.Error("no list was found")
	}
}
