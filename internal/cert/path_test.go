package cert_test

import (
	"crypto"
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/travelseal/travelseal/internal/cert"
	"github.com/travelseal/travelseal/internal/mint/der"
	"github.com/travelseal/travelseal/internal/mint/pki"
	"github.com/travelseal/travelseal/internal/sig"
)

func pool(t testing.TB, cas ...*pki.Credential) *cert.Pool { return cert.NewPool(parseAll(t, cas...)) }

func parseAll(t testing.TB, list ...*pki.Credential) []*cert.Certificate {
	t.Helper()
	var out []*cert.Certificate
	for _, c := range list {
		out = append(out, parse(t, c.Cert))
	}
	return out
}

// subjects names the certificates of a path.
func subjects(p cert.Path) (names []string) {
	for _, c := range p.Certificates {
		names = append(names, c.Subject.CommonName)
	}
	return names
}

func TestPathFromASignerToItsCSCA(t *testing.T) {
	dsc := utopia.Issue("DS 1", pki.DSC())
	leaf := parse(t, dsc.Cert)
	budget := cert.DefaultBudget
	path, err := pool(t, utopia).Path(leaf, nil, &budget)
	if err != nil || path.Anchor() == nil || !slices.Equal(path.Anchor().Raw, utopia.Cert) || len(path.Certificates) != 2 || path.Deviations != nil {
		t.Fatalf("%v, %v, %v", subjects(path), path.Deviations, err)
	}
	if budget != cert.DefaultBudget-1 {
		t.Errorf("%d signatures were checked", cert.DefaultBudget-budget)
	}
	if !path.ValidAt(pki.SignedAt) || path.ValidAt(pki.DSCFrom.AddDate(0, 0, -1)) || !path.ValidAt(pki.DSCUntil) {
		t.Error("the path is valid at the wrong times")
	}
	if out := path.Outside(pki.DSCUntil.AddDate(0, 0, 1)); len(out) != 1 || out[0] != leaf {
		t.Errorf("%d certificates are outside", len(out))
	}
	if (cert.Path{}).ValidAt(pki.SignedAt) || (cert.Path{}).Anchor() != nil {
		t.Error("no path is a path")
	}
	_, err = (&cert.Pool{}).Path(leaf, nil, nil)
	wants(t, "the zero pool", err, cert.ErrNoIssuer)
	alone, err := pool(t, utopia).Path(parse(t, utopia.Cert), nil, nil)
	if err != nil || len(alone.Certificates) != 1 {
		t.Errorf("a trusted certificate itself: %v, %v", subjects(alone), err)
	}
}

// What must not lead to a trusted CA, and why it does not.
func TestNoPath(t *testing.T) {
	leafOf := func(ca *pki.Credential) *cert.Certificate { return parse(t, ca.Issue("DS", pki.DSC()).Cert) }
	foreign := pki.NewCSCA("foreign", pki.CSCA().Named(pki.DN("XX", "Ministry", "CSCA")))
	other := pki.CSCA()
	abroad := foreign.Issue("DS", pki.DSC()) // of UT, by a CSCA of XX
	sub := utopia.Issue("sub", pki.CSCA().Named(pki.Utopian("Sub CA")))
	marked := func(change func(pki.Template) pki.Template) *pki.Credential {
		return pki.NewCSCA("cert", change(other))
	}
	critical := marked(func(c pki.Template) pki.Template { return c.With(pki.NameConstraints().AsCritical()) })
	twice := marked(func(c pki.Template) pki.Template { return c.With(pki.SubjectKeyID()) })
	noSign := marked(func(c pki.Template) pki.Template { return c.Replacing(pki.KeyUsage(pki.DigitalSignature, pki.CRLSign)) })
	endEntity := pki.NewCSCA("cert", pki.DSC().Named(pki.Utopian("CSCA UT")))
	bare := pki.NewCSCA("cert", pki.Bare().Named(pki.Utopian("CSCA UT")))
	badCurve := pki.NewCSCA("cert", other.Written(pki.SPKI{Form: pki.OffCurve}))
	broken := parse(t, utopia.Issue("DS", pki.DSC().With(pki.UnknownCritical())).Cert)
	unknown := parse(t, utopia.Issue("DS", pki.DSC().SignedWith(pki.ECDSA(crypto.SHA256).Stating(der.Seq(der.OID("1.2.3"))))).Cert)
	for _, c := range []struct {
		name  string
		leaf  *cert.Certificate
		pool  *cert.Pool
		extra []*cert.Certificate
		want  error
	}{
		{"a forger's CA of the same names", leafOf(utopia.Twin("forger")), pool(t, utopia), nil, cert.ErrNotIssued},
		{"a forger's CA brought along", leafOf(utopia.Twin("forger")), pool(t, utopia), parseAll(t, utopia.Twin("forger")), cert.ErrNotIssued},
		{"a CA that nobody knows", leafOf(foreign), pool(t, utopia), nil, cert.ErrNoIssuer},
		{"a CA of another country", parse(t, abroad.Cert), pool(t, foreign), nil, cert.ErrCountry},
		{"a CSCA with critical name constraints", leafOf(utopia), pool(t, critical), nil, cert.ErrCritical},
		{"a CSCA with an extension twice", leafOf(utopia), pool(t, twice), nil, cert.ErrContradiction},
		{"a CSCA that may not sign certificates", leafOf(utopia), pool(t, noSign), nil, cert.ErrNotCA},
		{"an end entity among the trusted", leafOf(utopia), pool(t, endEntity), nil, cert.ErrNotCA},
		{"a bare certificate among the trusted", leafOf(utopia), pool(t, bare), nil, cert.ErrNotCA},
		{"a CSCA whose key is none", leafOf(utopia), pool(t, badCurve), nil, sig.ErrWeakKey},
		{"a signer that is not usable", broken, pool(t, utopia), nil, cert.ErrCritical},
		{"a signature that cannot be checked", unknown, pool(t, utopia), nil, sig.ErrUnsupported},
		{"a CA below a CSCA that allows none", leafOf(sub), pool(t, utopia), parseAll(t, sub), cert.ErrPathLength},
		{"a CA below, not brought along", leafOf(sub), pool(t, utopia), nil, cert.ErrNoIssuer},
	} {
		path, err := c.pool.Path(c.leaf, c.extra, nil)
		wants(t, c.name, err, c.want)
		if path.Certificates != nil {
			t.Errorf("%s: there is a path", c.name)
		}
	}
}

// Keys roll over: the new CSCA is certified by the old one, under the same name or a new one.
func TestPathsThroughLinkCertificates(t *testing.T) {
	first := pki.NewCSCA("first", pki.CSCA())
	second := first.Renewed("second")
	third := pki.NewCSCA("third", pki.CSCA().Named(pki.Utopian("CSCA of the Republic")))
	link2, unmarked := first.Link(second), second.Link(third)
	template := third.Template.With(pki.NameChange())
	template.Holder, template.Subject, template.KeyID = third.Key, third.Subject, third.KeyID
	link3 := second.Issue("link3", template)
	leaf2, leaf3 := parse(t, second.Issue("DS", pki.DSC()).Cert), parse(t, third.Issue("DS", pki.DSC()).Cert)
	for _, c := range []struct {
		name   string
		leaf   *cert.Certificate
		pool   *cert.Pool
		extra  []*cert.Certificate
		length int
		want   error
	}{
		{"the new CSCA is trusted", leaf2, pool(t, first, second), nil, 2, nil},
		{"the link is trusted", leaf2, pool(t, link2), nil, 2, nil},
		{"the old CSCA is trusted, the link is there", leaf2, pool(t, first), parseAll(t, link2), 3, nil},
		{"the old CSCA is trusted, the link is not there", leaf2, pool(t, first), nil, 0, cert.ErrNotIssued},
		{"two links", leaf3, pool(t, first), parseAll(t, link3, link2), 4, nil},
		{"two links, the other way round", leaf3, pool(t, first), parseAll(t, link2, link3, third, second), 4, nil},
		// Without the extension, a new name cannot be told from a CA that the path length of the CSCA forbids.
		{"two links, an unmarked change of name", leaf3, pool(t, first), parseAll(t, unmarked, link2), 0, cert.ErrPathLength},
		{"one link, an unmarked change of name", leaf3, pool(t, unmarked), nil, 2, nil},
		{"two links, one is missing", leaf3, pool(t, first), parseAll(t, link3, third), 0, cert.ErrNotIssued},
		{"two links and copies of what they certify", leaf3, pool(t, first), parseAll(t, third, second, link3, link2), 4, nil},
	} {
		path, err := c.pool.Path(c.leaf, c.extra, nil)
		wants(t, c.name, err, c.want)
		if len(path.Certificates) != c.length {
			t.Errorf("%s: a path of %d", c.name, len(path.Certificates))
		}
	}
}

// A path ends after four certificates, and a loop ends.
func TestPathsAreShort(t *testing.T) {
	open := func(name string) pki.Template {
		return pki.CSCA().Named(pki.Utopian(name)).Replacing(pki.BasicConstraints(true, -1))
	}
	root := pki.NewCSCA("root", open("root"))
	chain, ca := []*pki.Credential{}, root
	for i := range 4 {
		leaf := parse(t, ca.Issue("DS", pki.DSC()).Cert)
		path, err := pool(t, root).Path(leaf, parseAll(t, chain...), nil)
		if i < 3 {
			wants(t, fmt.Sprintf("%d between", i), err, nil)
			if len(path.Certificates) != i+2 {
				t.Errorf("%d between: a path of %d", i, len(path.Certificates))
			}
		} else {
			wants(t, "three between", err, cert.ErrPathLength)
		}
		ca = ca.Issue(fmt.Sprint("ca", i), open(fmt.Sprint("CA ", i)))
		chain = append(chain, ca)
	}
	a := pki.NewCSCA("a", open("A"))
	b := pki.NewCSCA("b", open("B"))
	ab, ba := a.Link(b), b.Link(a)
	_, err := pool(t, root).Path(parse(t, a.Issue("DS", pki.DSC()).Cert), parseAll(t, a, b, ab, ba), nil)
	if err == nil {
		t.Error("a loop leads to a CA")
	}
}

// A document full of certificates costs eight signature checks.
func TestTheBudgetOfSignatureChecks(t *testing.T) {
	var twins []*pki.Credential
	for i := range 20 {
		twins = append(twins, utopia.Twin(fmt.Sprint("twin ", i)))
	}
	leaf := parse(t, utopia.Issue("DS", pki.DSC()).Cert)
	for name, c := range map[string]struct {
		pool  *cert.Pool
		extra []*cert.Certificate
	}{
		"trusted": {pool(t, twins...), nil}, "brought along": {pool(t), parseAll(t, twins...)},
	} {
		budget := cert.DefaultBudget
		_, err := c.pool.Path(leaf, c.extra, &budget)
		wants(t, name, err, cert.ErrBudget)
		if budget != 0 {
			t.Errorf("%s: %d checks are left", name, budget)
		}
		_, err = c.pool.Path(leaf, c.extra, &budget)
		wants(t, name+", again", err, cert.ErrBudget)
	}
	// Certificates of one key cost one check between them.
	var same []*pki.Credential
	for i := range 20 {
		same = append(same, pki.NewCSCA("cert", pki.CSCA().Numbered(der.Int(int64(i+1))).Keyed(pki.P256)))
	}
	budget := 1
	_, err := pool(t, same...).Path(parse(t, utopia.Twin("x").Issue("DS", pki.DSC()).Cert), nil, &budget)
	wants(t, "one key", err, cert.ErrNotIssued)
	if errors.Is(err, cert.ErrBudget) || budget != 0 {
		t.Errorf("one key: %v, %d checks are left", err, budget)
	}
}

// Hundreds of certificates of one key, each of which points to the others, cost little more than reading them.
func TestManyCertificatesOfOneKeyAreNoMaze(t *testing.T) {
	open := pki.CSCA().Named(pki.Utopian("maze")).Replacing(pki.BasicConstraints(true, -1))
	a, b := pki.NewCSCA("maze a", open), pki.NewCSCA("maze b", open)
	var extra []*cert.Certificate
	for i := range 200 {
		for _, k := range []*pki.Credential{a, b} {
			issuer := map[bool]*pki.Credential{true: b, false: a}[k == a]
			link := open
			link.Holder, link.KeyID, link.Serial = k.Key, a.KeyID, der.Int(int64(i+1))
			extra = append(extra, parse(t, issuer.Issue("maze", link.Replacing(pki.AuthorityKeyIDOf(a.KeyID))).Cert))
		}
	}
	leaf := parse(t, a.Issue("DS", pki.DSC()).Cert)
	p, budget := pool(t, utopia), cert.DefaultBudget
	allocs := testing.AllocsPerRun(1, func() {
		budget = cert.DefaultBudget
		_, err := p.Path(leaf, extra, &budget)
		wants(t, "the maze", err, cert.ErrBudget)
	})
	t.Logf("%.0f allocations, %d checks left", allocs, budget)
	if allocs > 20_000 {
		t.Errorf("%.0f allocations", allocs)
	}
}

// What is tolerated of trusted CAs is named, and is tolerated of no other.
func TestToleratedOnAPath(t *testing.T) {
	rsa := pki.CSCA().Keyed(pki.RSA2048)
	notMarked := pki.NewCSCA("t", pki.CSCA().Without(pki.OIDBasicConstraints))
	saysNo := pki.NewCSCA("t", pki.CSCA().Replacing(pki.Fixed(pki.OIDBasicConstraints, der.Seq())))
	noUsage := pki.NewCSCA("t", pki.CSCA().Without(pki.OIDKeyUsage))
	for name, c := range map[string]struct {
		ca    *pki.Credential
		leaf  pki.Template
		codes []string
	}{
		"no basic constraints":   {notMarked, pki.DSC(), []string{cert.CodeNotMarkedCA}},
		"basic constraints: no":  {saysNo, pki.DSC(), []string{cert.CodeNotMarkedCA}},
		"a CA without key usage": {noUsage, pki.DSC(), []string{cert.CodeUsageAbsent}},
		"a DSC without one":      {pki.NewCSCA("t", pki.CSCA()), pki.Bare(), []string{cert.CodeUsageAbsent}},
		"SHA-1":                  {pki.NewCSCA("t", rsa), pki.DSC().SignedWith(pki.PKCS1(crypto.SHA1)), []string{cert.CodeSHA1}},
		"no NULL":                {pki.NewCSCA("t", rsa), pki.DSC().SignedWith(pki.PKCS1NoNull(crypto.SHA256)), []string{cert.CodeNullOmitted}},
	} {
		leaf := parse(t, c.ca.Issue("DS", c.leaf).Cert)
		path, err := pool(t, c.ca).Path(leaf, nil, nil)
		wants(t, name, err, nil)
		var got []string
		for _, d := range path.Deviations {
			got = append(got, d.Code)
		}
		if !slices.Equal(got, c.codes) {
			t.Errorf("%s: got %q, want %q", name, got, c.codes)
		}
	}
	// The same as a link that came with the document.
	root := pki.NewCSCA("root", pki.CSCA().Replacing(pki.BasicConstraints(true, -1)))
	for _, without := range [][]string{{pki.OIDBasicConstraints}, {pki.OIDKeyUsage, pki.OIDBasicConstraints}} {
		middle := root.Issue("middle", pki.CSCA().Named(pki.Utopian("middle")).Without(without...))
		_, err := pool(t, root).Path(parse(t, middle.Issue("DS", pki.DSC()).Cert), parseAll(t, middle), nil)
		wants(t, "an intermediate that is not marked", err, cert.ErrNotCA)
	}
}

// Certificates with one key identifier, and the order of everything, make no difference.
func TestTheOrderOfCertificatesDoesNotMatter(t *testing.T) {
	first := pki.NewCSCA("first", pki.CSCA())
	second := first.Renewed("second")
	link := first.Link(second)
	twin := second.Twin("forger")
	leaf := parse(t, second.Issue("DS", pki.DSC()).Cert)
	extra := parseAll(t, link, twin, second, first)
	for i := range 24 {
		perm := slices.Clone(extra)
		for k, n := 0, i; k < 4; k++ {
			j := k + n%(4-k)
			n /= 4 - k
			perm[k], perm[j] = perm[j], perm[k]
		}
		path, err := pool(t, first).Path(leaf, perm, nil)
		if err != nil || len(path.Certificates) != 3 {
			t.Errorf("order %d: %v, %v", i, subjects(path), err)
		}
		path, err = cert.NewPool(perm).Path(leaf, nil, nil)
		if err != nil || len(path.Certificates) != 2 {
			t.Errorf("order %d of the trusted: %v, %v", i, subjects(path), err)
		}
	}
}

// Without a key identifier the name leads, without the name the key identifier, and without both nothing does.
func TestCandidatesByNameOrKeyIdentifier(t *testing.T) {
	renamed := pki.DSC()
	renamed.Issuer = pki.Utopian("A former name")
	byName, byKeyID := pki.DSC().Without(pki.OIDAuthorityKeyID), renamed
	neither := renamed.Without(pki.OIDAuthorityKeyID)
	wrongID := pki.DSC().Replacing(pki.AuthorityKeyIDOf(octets(20)))
	for name, c := range map[string]struct {
		template pki.Template
		want     error
	}{
		"by name": {byName, nil}, "by key identifier": {byKeyID, nil}, "by neither": {neither, cert.ErrNoIssuer},
		"by name, under another key identifier": {wrongID, nil},
	} {
		_, err := pool(t, utopia).Path(parse(t, issued(c.template)), nil, nil)
		wants(t, name, err, c.want)
	}
}
