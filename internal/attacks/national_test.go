package attacks_test

import (
	"crypto/ecdsa"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/cert"
	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/internal/mint/der"
	"github.com/travelseal/travelseal/internal/mint/lists"
	"github.com/travelseal/travelseal/internal/mint/pki"
	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/trustlist/ch"
	"github.com/travelseal/travelseal/verify"
)

// The authorities of two countries, of which each signs a list of the key by which the documents of these tests are sealed.
var switzerland, netherlands = lists.NewGovernment("CH"), lists.NewGovernment("NL")

// swissClaims are what the two Swiss lists say of the key; moments that are not zero are signed with them.
func swissClaims(s mint.Signer, issued, expires time.Time) (keys, active lists.Object) {
	point, err := s.Key.Public().(*ecdsa.PublicKey).Bytes()
	if err != nil {
		panic(err) // the key is on P-256
	}
	key := lists.Object{"keyId": lists.Base64(s.KID), "alg": "ES256", "use": "", "crv": "P-256", "x": lists.Base64(point[1:33]), "y": lists.Base64(point[33:])}
	keys, active = lists.SwissKeys(key), lists.Object{"activeKeyIds": []string{lists.Base64(s.KID)}, "validDuration": 172800000}
	for _, claims := range []lists.Object{keys, active} {
		if !issued.IsZero() {
			claims["iat"], claims["exp"] = issued.Unix(), expires.Unix()
		}
	}
	return keys, active
}

// swiss is the folder of the Swiss lists as a certificate signs them.
func swiss(by *pki.Credential, issued, expires time.Time) source {
	keys, active := swissClaims(ut.Vaccination, issued, expires)
	return source{"keys.jws": switzerland.SwissBy(by, keys).Encode(), "active.jws": switzerland.SwissBy(by, active).Encode(), "root.pem": switzerland.Root.PEM()}
}

func dutchPayload(t *testing.T, s mint.Signer) []byte {
	t.Helper()
	key := lists.Object{"subjectPk": lists.Base64(spkiOf(t, s.Key.Public())), "keyUsage": []string{}, "san": "UTO"}
	return lists.DutchPayload(map[string][]lists.Object{lists.Base64(s.KID): {key}})
}

// dutch is the folder of the Dutch list with a message that signs it.
func dutch(t *testing.T, message func(payload []byte) pki.Message) source {
	t.Helper()
	payload := dutchPayload(t, ut.Vaccination)
	return source{"keys.json": lists.Dutch(payload, message(payload)), "root.pem": netherlands.Root.PEM(), "signer.txt": []byte("nl-signer: " + lists.DutchSigner + "\n")}
}

func dutchBy(t *testing.T, by *pki.Credential, beside ...*pki.Credential) source {
	t.Helper()
	return dutch(t, func(payload []byte) pki.Message {
		m := netherlands.DutchMessage(by, payload)
		for _, c := range beside {
			m.Certificates = append(m.Certificates, c.Cert)
		}
		return m
	})
}

// judges demands what is said of the vaccination certificate under a folder.
func (s source) judges(t *testing.T, name string, w want) verify.DocumentReport {
	t.Helper()
	list, err := s.load(t)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return demand(t, verifier(t, list, formats.Options{}), name, formats.Text(vaccination.Build().Text), w)
}

// The certificate that is shown as the signer's was issued by an ordinary certificate under the pinned root.
func TestA118_LeafAsAuthorityOfNationalLists(t *testing.T) {
	g := switzerland
	swiss(g.Swiss, time.Time{}, time.Time{}).judges(t, "the Swiss sibling", accepted)
	dutchBy(t, netherlands.Dutch).judges(t, "the Dutch sibling", accepted)

	beneath := g.Server.Issue("beneath", g.Signer(lists.SwissSigner))
	keys, _ := swissClaims(ut.Vaccination, time.Time{}, time.Time{})
	forged := g.SwissBy(beneath, keys)
	forged.Header["x5c"] = []string{lists.Base64(beneath.Cert), lists.Base64(g.Server.Cert), lists.Base64(g.Between.Cert)}
	s := swiss(g.Swiss, time.Time{}, time.Time{}).with("keys.jws", forged.Encode())
	s.gives(t, "Swiss", 0, "CHAIN_NOT_CA")
	s.judges(t, "Swiss", untrusted(verify.SealSignerUnknown))

	beneath = netherlands.Server.Issue("beneath", netherlands.Signer(lists.DutchSigner))
	s = dutchBy(t, beneath, netherlands.Server)
	s.gives(t, "Dutch", 0, "CHAIN_NOT_CA")
	s.judges(t, "Dutch", untrusted(verify.SealSignerUnknown))
}

// An authority that is pinned for something else answers for no list of another country, whatever name it puts into a
// certificate.
func TestA118_AuthorityThatIsPinnedForSomethingElse(t *testing.T) {
	other := lists.NewGovernment("UT")
	keys, active := swissClaims(ut.Vaccination, time.Time{}, time.Time{})
	s := source{"keys.jws": other.SwissBy(other.Swiss, keys).Encode(), "active.jws": other.SwissBy(other.Swiss, active).Encode(), "root.pem": other.Root.PEM()}
	s.gives(t, "Swiss", 0, "the root is not of CH")
	d := dutch(t, func(payload []byte) pki.Message { return other.DutchMessage(other.Dutch, payload) }).with("root.pem", other.Root.PEM())
	d.gives(t, "Dutch", 0, "the root is not of NL")
}

// Certificates that the same authority has issued to others, whose names hold the pinned one somewhere.
func TestA119_NameOfTheSignerOfAList(t *testing.T) {
	for i, subject := range []func(country, good string) pki.Name{
		func(country, good string) pki.Name { return pki.DN(country, "x,CN="+good, "evil") },
		func(country, good string) pki.Name { return pki.DN(country, "CN="+good, "") },
		func(country, good string) pki.Name { return pki.DN(country, "x", good+",O=evil") },
		func(country, good string) pki.Name { return pki.DN(country, "x", good+"\x00.evil.example") },
		func(country, good string) pki.Name { return pki.DN(country, "x", "evil."+good) },
		func(country, good string) pki.Name { return pki.DN(country, "x", strings.ToLower(good)+" ") },
		func(country, good string) pki.Name { return pki.DN(country, "x", good).Joined() },
		func(country, good string) pki.Name {
			return append(pki.DN(country, "x", "evil"), pki.One(pki.CommonName, der.UTF8(good)))
		},
		func(country, good string) pki.Name {
			return append(pki.DN(country, "x", good), pki.One(pki.CommonName, der.UTF8("evil")))
		},
	} {
		other := func(g lists.Government, good string) *pki.Credential {
			return g.Between.Issue("other "+good, g.Signer("").Named(subject(g.Country, good)))
		}
		s := swiss(other(switzerland, lists.SwissSigner), time.Time{}, time.Time{})
		s.gives(t, "Swiss", 0, "its name is another")
		d := dutchBy(t, other(netherlands, lists.DutchSigner))
		d.gives(t, "Dutch", 0, "its name is another")
		if t.Failed() {
			t.Fatalf("the name of case %d", i)
		}
	}
}

// An answer of last year, shown again, says that it counts for two days from now on. It is never newer than what was signed.
func TestA120_OldAnswerShownAgain(t *testing.T) {
	fresh := created.Add(-time.Hour)
	swiss(switzerland.Swiss, fresh, fresh.AddDate(0, 0, 2)).judges(t, "the sibling", accepted)

	// Without a signed moment the list has no date, whatever it says of a duration, and the report says so.
	d := swiss(switzerland.Swiss, time.Time{}, time.Time{})
	list, err := d.load(t)
	if err != nil || !list.Info().Created.IsZero() {
		t.Fatalf("the list is of %s, %v", list.Info().Created, err)
	}
	report := inspect(t, verifier(t, list, formats.Options{}), formats.Text(vaccination.Build().Text))
	if !slices.ContainsFunc(report.Findings, func(f verify.Finding) bool { return f.Code == verify.TrustUndated }) {
		t.Errorf("nobody is told that the list has no date: %v", report.Findings)
	}

	// With one, the list is as old as it is.
	root, err := cert.Parse(switzerland.Root.Cert)
	if err != nil {
		t.Fatal(err)
	}
	old := swiss(switzerland.Swiss, fresh.AddDate(-1, 0, 0), fresh.AddDate(-1, 0, 2))
	trust := ch.Trust{
		Roots: []*cert.Certificate{root}, CommonNames: []string{ch.CommonName}, Active: []trustlist.File{{Name: "active.jws", Data: old["active.jws"]}},
	}
	l, err := ch.ReadList("keys.jws", old["keys.jws"], trust)
	if err != nil {
		t.Fatal(err)
	}
	list, err = trustlist.Build(trustlist.Info{Name: "keys.jws", Created: l.Material().Created}, l.Material())
	if err != nil {
		t.Fatal(err)
	}
	report = verifier(t, list, formats.Options{}).Inspect(t.Context(), []formats.Input{formats.Text(vaccination.Build().Text)})
	if report.Verdict != verify.Refer || !slices.ContainsFunc(report.Findings, func(f verify.Finding) bool { return f.Code == verify.TimeListStale || f.Code == verify.TrustExpired }) {
		t.Errorf("%s, %v", report.Verdict, report.Findings)
	}
	trust.At = mint.AsOf
	if _, err := ch.ReadList("keys.jws", old["keys.jws"], trust); !errors.Is(err, ch.ErrStale) || !strings.Contains(err.Error(), "SOURCE_STALE") {
		t.Errorf("asked at this moment: %v", err)
	}
}
