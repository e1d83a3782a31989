package trustlist_test

import (
	"bytes"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/mint/der"
	"github.com/travelseal/travelseal/internal/mint/pki"
	"github.com/travelseal/travelseal/trustlist"
)

// csca is the authority for travel documents in these tests, and dsc a document signer of it.
var (
	csca = pki.NewCSCA("trustlist", pki.CSCA())
	dsc  = csca.Issue("dsc", pki.DSC())
)

// brought is the hint of a document that brought these certificates, the signer's first.
func brought(chain ...*pki.Credential) formats.Signer {
	var s formats.Signer
	for _, c := range chain {
		s.Chain = append(s.Chain, c.Cert)
	}
	return s
}

// authorities is a list of these certificates.
func authorities(t testing.TB, cas ...*pki.Credential) *trustlist.Snapshot {
	t.Helper()
	var files []string
	for _, c := range cas {
		files = append(files, file(t, "ca.pem", c.PEM()))
	}
	return load(t, files...)
}

// lead demands one signer and gives it.
func lead(t testing.TB, what string, s *trustlist.Snapshot, hint formats.Signer) *trustlist.Anchor {
	t.Helper()
	found, err := s.Lead(hint)
	if err != nil || len(found) != 1 {
		t.Fatalf("%s: %d signers, %v", what, len(found), err)
	}
	return found[0]
}

func TestASignerIsFoundThroughItsAuthority(t *testing.T) {
	s := authorities(t, csca)
	hint := brought(dsc)
	a := lead(t, "dsc", s, hint)
	if a.Role != trustlist.Signer || a.Country != "UT" || !bytes.Equal(a.Certificate, dsc.Cert) || a.Source.Name != "ca.pem" {
		t.Errorf("%v of %q from %q", a.Role, a.Country, a.Source.Name)
	}
	if !a.IdentifiedBy(hint) {
		t.Error("the certificate that the document brought does not identify its key")
	}
	if !a.NotAfter.Equal(pki.DSCUntil) || !a.KeyNotAfter.Equal(pki.DSCSigns) || !slices.Equal(a.DocumentTypes, []string{"I", "P"}) {
		t.Errorf("until %v, signs until %v, for %v", a.NotAfter, a.KeyNotAfter, a.DocumentTypes)
	}
	if len(s.Find(hint)) != 0 {
		t.Error("a signer that nobody has listed is found without its chain")
	}
}

// What a certificate may seal, its own usage says; and a document's certificates are never trusted for being there.
func TestASignerSealsWhatItsCertificateIsFor(t *testing.T) {
	s := authorities(t, csca)
	for name, c := range map[string]struct {
		signer *pki.Credential
		scope  []formats.ID
	}{
		"a document signer":       {dsc, []formats.ID{"emrtd", "dtc"}},
		"a barcode signer":        {csca.Issue("barcode", pki.BarcodeSigner()), []formats.ID{"vdsnc"}},
		"a signer of mobile ones": {csca.Issue("mdoc", pki.MdocSigner()), []formats.ID{"mdoc"}},
		"a web server":            {csca.Issue("server", pki.Server()), nil},
		"a signer of lists":       {csca.Issue("lists", pki.MasterListSigner()), nil},
		"a signer of deviations":  {csca.Issue("deviations", pki.DeviationListSigner()), nil},
		"a signer of credentials": {csca.Issue("credentials", pki.DTCSigner()), nil},
	} {
		if a := lead(t, name, s, brought(c.signer)); !slices.Equal(a.Scope, c.scope) {
			t.Errorf("%s: seals %v, want %v", name, a.Scope, c.scope)
		}
	}
	if found, err := s.Lead(brought(csca.Issue("crl", pki.CRLSigner()))); err == nil {
		t.Errorf("a key that may sign revocation lists alone: %v", found[0].Scope)
	}
	// An authority that has bound itself to health answers for no passport.
	health := pki.NewCSCA("health", pki.HealthCSCA())
	for what, c := range map[string]struct {
		signer *pki.Credential
		scope  []formats.ID
	}{
		"passports": {health.Issue("dsc", pki.DSC()), nil}, "barcodes": {health.Issue("barcode", pki.BarcodeSigner()), []formats.ID{"vdsnc"}},
	} {
		if a := lead(t, what, authorities(t, health), brought(c.signer)); !slices.Equal(a.Scope, c.scope) {
			t.Errorf("a signer of %s under an authority for health: %v, want %v", what, a.Scope, c.scope)
		}
	}
	// The authority's own scope bounds that of its signers.
	narrow := load(t, file(t, "list.json", list(t, nil, object{"certificate": b64(csca.Cert), "scope": []string{"emrtd"}})))
	if a := lead(t, "narrow", narrow, brought(dsc)); !slices.Equal(a.Scope, []formats.ID{"emrtd"}) {
		t.Errorf("under an authority for passports: %v", a.Scope)
	}
	if a := lead(t, "narrow", narrow, brought(csca.Issue("barcode", pki.BarcodeSigner()))); len(a.Scope) != 0 {
		t.Errorf("under an authority for passports, a barcode signer seals %v", a.Scope)
	}
}

func TestWhatLeadsNowhereSaysWhy(t *testing.T) {
	s := authorities(t, csca)
	stranger := pki.NewCSCA("stranger", pki.CSCA().Named(pki.DN("XA", "Elsewhere", "CSCA XA")))
	theirs := stranger.Issue("dsc", pki.DSC().Named(pki.DN("XA", "Elsewhere", "DSC XA")))
	twin := csca.Twin("forger")
	nowhere := pki.NewCSCA("nowhere", pki.CSCA().Named(pki.Name{pki.One(pki.CommonName, der.UTF8("CSCA"))}))
	for name, c := range map[string]struct {
		list *trustlist.Snapshot
		hint formats.Signer
		want error
	}{
		"nothing":                         {s, formats.Signer{}, trustlist.ErrNoCA},
		"no list":                         {nil, brought(dsc), trustlist.ErrNoCA},
		"a list without authorities":      {load(t, file(t, "v.pem", utopia.Vaccination.PEM())), brought(dsc), trustlist.ErrNoCA},
		"of a stranger":                   {s, brought(theirs), trustlist.ErrNoCA},
		"of a stranger who came along":    {s, brought(theirs, stranger), trustlist.ErrNoCA},
		"of a twin under the same names":  {s, brought(twin.Issue("dsc", pki.DSC())), trustlist.ErrChain},
		"of no country":                   {authorities(t, nowhere), brought(nowhere.Issue("dsc", pki.DSC().Named(nowhere.Subject))), trustlist.ErrChain},
		"of a twin who came along":        {s, brought(twin.Issue("dsc", pki.DSC()), twin), trustlist.ErrChain},
		"of a signer that acts as a CA":   {s, brought(dsc.Issue("leaf", pki.DSC()), dsc), trustlist.ErrChain},
		"what is no certificate":          {s, formats.Signer{Chain: [][]byte{[]byte("certificate")}}, trustlist.ErrChain},
		"with an unknown critical member": {s, brought(csca.Issue("critical", pki.DSC().With(pki.UnknownCritical()))), trustlist.ErrChain},
	} {
		if found, err := c.list.Lead(c.hint); !errors.Is(err, c.want) || found != nil {
			t.Errorf("%s: %d signers, %v; want %v", name, len(found), err, c.want)
		}
	}
}

// A withdrawn authority answers for nobody.
func TestAWithdrawnAuthorityLeadsNowhere(t *testing.T) {
	s := load(t, file(t, "list.json", list(t, nil, object{"certificate": b64(csca.Cert), "revoked_at": "2026-01-01T00:00:00Z"})))
	if found, err := s.Lead(brought(dsc)); !errors.Is(err, trustlist.ErrNoCA) {
		t.Errorf("%d signers, %v", len(found), err)
	}
}

// A document may bring several certificates without saying which is the signer's.
func TestSeveralCertificatesMayBeTheSigners(t *testing.T) {
	s := authorities(t, csca)
	other := csca.Issue("another dsc", pki.DSC())
	hint := brought(dsc, other)
	hint.Leaves = 2
	found, err := s.Lead(hint)
	if err != nil || len(found) != 2 || !bytes.Equal(found[0].Certificate, dsc.Cert) || !bytes.Equal(found[1].Certificate, other.Cert) {
		t.Fatalf("%d signers, %v", len(found), err)
	}
	for _, a := range found {
		if a.IdentifiedBy(hint) {
			t.Error("one of several is taken for the signer")
		}
	}
}

// The new key of an authority is known by the certificate that the old one made for it.
func TestALinkCertificateLeadsToTheOldKey(t *testing.T) {
	roots, links := pki.Generations("rollover", 3)
	s := authorities(t, roots[0], links[0], links[1])
	signer := roots[2].Issue("dsc", pki.DSC())
	a := lead(t, "through two links", s, brought(signer))
	if !a.PathValidAt(pki.DSCFrom) || a.PathValidAt(time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC)) || a.PathValidAt(time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)) {
		t.Error("the validity of the path is not that of its certificates")
	}
}

// What one document brought helps no other, in whatever order they come and on however many
// goroutines.
func TestADocumentsCertificatesHelpNoOther(t *testing.T) {
	intermediate := csca.Issue("intermediate", pki.CSCA().Named(pki.Utopian("CSCA UT 2")))
	signer := intermediate.Issue("dsc", pki.DSC())
	s := authorities(t, pki.NewCSCA("trustlist", pki.CSCA().Replacing(pki.BasicConstraints(true, 2))))
	whole, part := brought(signer, intermediate), brought(signer)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for i := range 20 {
				_, withIt := s.Lead(whole)
				_, without := s.Lead(part)
				if withIt != nil || without == nil {
					t.Errorf("round %d: with the intermediate certificate %v, without it %v", i, withIt, without)
				}
			}
		})
	}
	wg.Wait()
}

// Twenty published lists name most authorities twenty times, which is no flood of keys.
func TestAnAuthorityThatManyListsNameIsOne(t *testing.T) {
	s := authorities(t, slices.Repeat([]*pki.Credential{csca}, 2*trustlist.MaxSameKeyID)...)
	if n := len(s.Anchors()); n != 1 || s.Info().Anchors != 1 {
		t.Errorf("%d authorities", n)
	}
	lead(t, "dsc", s, brought(dsc))
}
