package attacks_test

import (
	"crypto"
	"encoding/pem"
	"math/big"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/travelseal/travelseal/internal/mint/der"
	"github.com/travelseal/travelseal/internal/mint/pki"
	"github.com/travelseal/travelseal/verify"
)

// The outcomes of lists of revoked certificates.
var (
	revokedSigner = disproved(verify.SealSignerRevoked)
	noList        = noted(verify.RevocationNotConfigured)
	noAnswer      = doubted(verify.RevocationUnavailable)
)

// listed is a Verifier that trusts Utopia's first authority and has these lists.
func listed(t *testing.T, lists ...[]byte) *verify.Verifier {
	t.Helper()
	return chips(t, append(pems(uto.CSCA), lists...)...)
}

// since is a list that revokes a certificate at a moment for a reason.
func since(c *pki.Credential, when time.Time, reason int) pki.CRL {
	l := pki.List(7)
	l.Revoked = []pki.Revocation{{Serial: c.Serial, At: when, Reason: reason}}
	return l
}

func TestC24_ListsOfRevokedCertificates(t *testing.T) {
	revoke := uto.CSCA.Revoke
	clear, revokes := pki.List(7), pki.List(7, uto.DSC)
	past, future := pki.ListedAt.AddDate(-1, 0, 0), asOf.AddDate(0, 0, 1)
	twin, stranger := uto.CSCA.Twin("forger"), pki.NewCSCA("lists", pki.CSCA().Named(pki.DN("XA", "Elsewhere", "CSCA XA")))
	renewed := uto.CSCA.Renewed("lists")
	signer := uto.CSCA.Issue("CRL UT", pki.CRLSigner())
	unlisted := func(l pki.CRL) pki.CRL { return l.Without(pki.OIDCRLNumber) }
	many := pki.List(7)
	for i := range 20_000 {
		many.Revoked = append(many.Revoked, pki.Revocation{Serial: der.Int(int64(i + 1)), At: past})
	}
	many.Revoked = append(many.Revoked, pki.Revocation{Serial: uto.DSC.Serial, At: past})
	sha1 := pki.ECDSA(crypto.SHA1)
	weak := revokes
	weak.Algorithm = &sha1
	contradicts := clear
	contradicts.Inner = pki.ECDSA(crypto.SHA384).ID
	demand(t, listed(t), "no list", chipInput(passport), noList)
	demand(t, listed(t, revoke(clear)), "a list that names nobody", chipInput(passport), accepted)
	for _, c := range []struct {
		name  string
		lists [][]byte
		want  want
	}{
		{"revoked", [][]byte{revoke(revokes)}, revokedSigner},
		{"revoked, of twenty thousand", [][]byte{revoke(many)}, revokedSigner},
		{"revoked, over SHA-1", [][]byte{revoke(weak)}, revokedSigner},
		{"revoked, superseded", [][]byte{revoke(since(uto.DSC, past, pki.Superseded))}, revokedSigner},
		{"revoked, on hold", [][]byte{revoke(since(uto.DSC, past, pki.OnHold))}, revokedSigner},
		{"revoked, no reason", [][]byte{revoke(since(uto.DSC, past, 0))}, revokedSigner},
		{"revoked from tomorrow on", [][]byte{revoke(since(uto.DSC, future, pki.KeyCompromise))}, accepted},
		{"another certificate revoked", [][]byte{revoke(pki.List(7, uto.ListSigner))}, accepted},
		{"in PEM", [][]byte{pem.EncodeToMemory(&pem.Block{Type: "X509 CRL", Bytes: revoke(revokes)})}, revokedSigner},
		{"version 1", [][]byte{revoke(pki.CRL{Version: 1, ThisUpdate: pki.ListedAt, NextUpdate: pki.NextListAt, Revoked: since(uto.DSC, past, 0).Revoked})}, revokedSigner},

		{"out of date", [][]byte{revoke(clear.Dated(past, past.AddDate(0, 3, 0)))}, noAnswer},
		{"out of date by a day", [][]byte{revoke(clear.Dated(past, asOf.AddDate(0, 0, -1)))}, noAnswer},
		{"out of date, and revoked", [][]byte{revoke(revokes.Dated(past, past.AddDate(0, 3, 0)))}, revokedSigner},
		{"of tomorrow", [][]byte{revoke(clear.Dated(future, future.AddDate(0, 3, 0)))}, noAnswer},
		{"without an end", [][]byte{revoke(clear.Dated(past, time.Time{}))}, accepted},

		{"an older one that clears", [][]byte{revoke(revokes), revoke(pki.List(6))}, revokedSigner},
		{"an older one first", [][]byte{revoke(pki.List(6)), revoke(revokes)}, revokedSigner},
		{"an older one without a number", [][]byte{revoke(revokes), revoke(unlisted(clear).Dated(past, pki.NextListAt))}, revokedSigner},
		{"a later one with a lower number", [][]byte{revoke(revokes), revoke(pki.List(6).Dated(asOf.AddDate(0, 0, -1), future))}, revokedSigner},
		{"a newer one that clears", [][]byte{revoke(revokes), revoke(pki.List(8))}, accepted},

		{"by a forger of the authority's name", [][]byte{twin.Revoke(revokes)}, noList},
		{"by a forger, beside the genuine one", [][]byte{twin.Revoke(pki.List(99)), revoke(revokes)}, revokedSigner},
		{"by a forger, that revokes", [][]byte{revoke(clear), twin.Revoke(pki.List(99, uto.DSC))}, accepted},
		{"by another country", [][]byte{stranger.Revoke(revokes)}, noList},
		{"by another country, in the authority's name", [][]byte{stranger.Revoke(named(revokes, uto.CSCA.Subject))}, noList},
		{"by the next key, which is not trusted", [][]byte{renewed.Revoke(revokes)}, noList},
		{"by a signer of lists", [][]byte{signer.Revoke(named(revokes, uto.CSCA.Subject))}, noList},
		{"by the signer itself", [][]byte{uto.DSC.Revoke(named(clear, uto.CSCA.Subject))}, noList},
		{"altered", [][]byte{flipped(revoke(clear))}, noList},
		{"cut", [][]byte{revoke(clear)[:200]}, noList},

		// A list of the authority itself from which nothing follows is not the same as no list.
		{"an unknown critical member", [][]byte{revoke(clear.With(pki.UnknownCritical()))}, noAnswer},
		{"changes since another", [][]byte{revoke(clear.With(pki.DeltaIndicator(3)))}, noAnswer},
		{"an indirect one", [][]byte{revoke(clear.With(pki.IssuingPoint(false, false, true)))}, noAnswer},
		{"of authorities only", [][]byte{revoke(clear.With(pki.IssuingPoint(false, true, false)))}, noAnswer},
		{"of end entities only", [][]byte{revoke(clear.With(pki.IssuingPoint(true, false, false)))}, noAnswer},
		{"a number twice", [][]byte{revoke(clear.With(pki.CRLNumber(big.NewInt(8))))}, noAnswer},
		{"another algorithm within", [][]byte{revoke(contradicts)}, noAnswer},
		{"changes since another, beside a whole one", [][]byte{revoke(clear), revoke(pki.List(8).With(pki.DeltaIndicator(7)))}, accepted},
	} {
		demand(t, listed(t, c.lists...), c.name, chipInput(passport), c.want)
		slices.Reverse(c.lists)
		demand(t, listed(t, c.lists...), c.name+", turned round", chipInput(passport), c.want)
	}
	// A forged chip of a revoked signer is forged, and one by a stranger is not disproved by a list.
	demand(t, listed(t, revoke(revokes)), "revoked and forged", chipInput(forged(passport)), mismatched)
	copied := twin.Issue("DS UT 1", uto.DSC.Copied())
	demand(t, listed(t, revoke(revokes)), "a forger under the revoked serial number", chipInput(passport.ResignedBy(copied)), noChain)
	// The age of a list that is out of date is said.
	d := demand(t, listed(t, revoke(clear.Dated(past, past.AddDate(0, 3, 0)))), "out of date", chipInput(passport), noAnswer)
	if !slices.ContainsFunc(d.Findings, func(f verify.Finding) bool {
		return f.Code == verify.RevocationUnavailable && strings.Contains(f.Detail, "396 days old")
	}) {
		t.Errorf("the age is not said: %v", d.Findings)
	}
}

// named is a list in the name of another issuer.
func named(l pki.CRL, n pki.Name) pki.CRL {
	l.Issuer = n
	return l
}

// An authority can be revoked as well: by the one that certified it, or by itself.
func TestC24_AuthorityThatIsRevoked(t *testing.T) {
	roots, links := pki.Generations("revoked", 2)
	signer := roots[1].Issue("DS", pki.DSC())
	c := passport.ResignedBy(signer)
	linked := beside(c, signer, links[0])
	clear := roots[0].Revoke(pki.List(7))
	demand(t, chips(t, roots[0].PEM(), clear), "through the link, not revoked", chipInput(linked), noList)
	demand(t, chips(t, roots[0].PEM(), roots[0].Revoke(pki.List(7, links[0]))), "the link is revoked", chipInput(linked), revokedSigner)
	for name, files := range map[string][][]byte{
		"the trusted link is revoked":           {links[0].PEM(), roots[0].PEM(), roots[0].Revoke(pki.List(7, links[0]))},
		"the trusted link, by a list that ends": {links[0].PEM(), roots[0].PEM(), roots[0].Revoke(pki.List(7, links[0]).Dated(pki.ListedAt.AddDate(-1, 0, 0), pki.ListedAt))},
		"the authority revokes itself":          {roots[1].PEM(), roots[1].Revoke(pki.List(7, roots[1]))},
	} {
		demand(t, chips(t, files...), name, chipInput(c), revokedSigner)
	}
	for name, files := range map[string][][]byte{
		"a list of nobody":          {roots[1].PEM(), roots[1].Revoke(pki.List(7))},
		"the serial number alone":   {roots[1].PEM(), roots[0].PEM(), roots[0].Revoke(pki.List(7, roots[1])), roots[1].Revoke(pki.List(7))},
		"another authority's":       {roots[1].PEM(), uto.CSCA.PEM(), uto.CSCA.Revoke(pki.List(7, roots[1])), roots[1].Revoke(pki.List(7))},
		"the authority from now on": {roots[1].PEM(), roots[1].Revoke(since(roots[1], asOf.AddDate(0, 0, 1), pki.CACompromise))},
	} {
		demand(t, chips(t, files...), name, chipInput(c), accepted)
	}
}

// What is missing higher up does not make up for what is out of date below.
func TestC24_ListOutOfDateBelowAMissingOne(t *testing.T) {
	open := func(name string) pki.Template {
		return pki.CSCA().Named(pki.Utopian(name)).Replacing(pki.BasicConstraints(true, -1))
	}
	root, newer := pki.NewCSCA("missing", open("root")), pki.NewCSCA("stale", open("newer"))
	other := open("newer, by another name")
	other.Holder, other.KeyID = newer.Key, []byte("another key identifier")
	between := root.Issue("between", other)
	signer := between.Issue("DS", pki.DSC())
	c := beside(passport.ResignedBy(signer), signer, between)
	stale := newer.Revoke(pki.List(7).Dated(pki.ListedAt.AddDate(-1, 0, 0), pki.ListedAt))
	demand(t, chips(t, root.PEM(), newer.PEM()), "no list", chipInput(c), noList)
	demand(t, chips(t, root.PEM(), newer.PEM(), newer.Revoke(pki.List(7))), "a current list", chipInput(c), noList)
	demand(t, chips(t, root.PEM(), newer.PEM(), stale), "a list out of date", chipInput(c), noAnswer)
}

func TestA70_ListsThatAreOldOrOfOthers(t *testing.T) {
	demand(t, listed(t, uto.CSCA.Revoke(pki.List(7))), "current", chipInput(passport), accepted)
	stale := pki.List(6).Dated(pki.ListedAt.AddDate(0, -6, 0), pki.ListedAt.AddDate(0, -3, 0))
	for name, c := range map[string]struct {
		list []byte
		want want
	}{
		"rolled back, and out of date": {uto.CSCA.Revoke(stale), noAnswer},
		"signed by another authority":  {uto.RSA.Revoke(named(pki.List(7), uto.CSCA.Subject)), noList},
		"indirect":                     {uto.CSCA.Revoke(pki.List(7).With(pki.IssuingPoint(false, false, true))), noAnswer},
		"an entry of another issuer":   {uto.CSCA.Revoke(indirect(pki.List(7, uto.DSC))), noAnswer},
	} {
		v := chips(t, append(pems(uto.CSCAs()...), c.list)...)
		demand(t, v, name, chipInput(passport), c.want)
	}
	// Beside a newer one an older one counts for nothing, and is named.
	trust := load(t, uto.CSCA.PEM(), uto.CSCA.Revoke(pki.List(7, uto.DSC)), uto.CSCA.Revoke(pki.List(6)))
	if d := trust.Dropped(); len(d) != 1 || !strings.Contains(d[0].Reason, "newer") {
		t.Errorf("left out: %v", d)
	}
	demand(t, at(t, trust, asOf), "rolled back", chipInput(passport), revokedSigner)
	// The distribution point in a certificate is an address, and is never asked.
	there := uto.CSCA.Issue("DS UT 1", pki.DSC().Replacing(pki.DistributionPoint("http://"+network.address+"/ut.crl")))
	demand(t, listed(t), "an address", chipInput(passport.ResignedBy(there)), noList)
	// Lists that came with the document are the document's word.
	brought := sealing(func(m *pki.Message) { m.CRLs = [][]byte{uto.CSCA.Revoke(pki.List(9, uto.DSC))} })
	demand(t, listed(t), "a list beside the signature", chipInput(brought), noList)
	demand(t, listed(t, uto.CSCA.Revoke(pki.List(7, uto.DSC))), "a list beside the signature that clears", chipInput(
		sealing(func(m *pki.Message) { m.CRLs = [][]byte{uto.CSCA.Revoke(pki.List(9))} })), revokedSigner)
}

// indirect is a list whose first entry is of another issuer's certificate.
func indirect(l pki.CRL) pki.CRL {
	l.Revoked = slices.Clone(l.Revoked)
	l.Revoked[0].Extensions = []pki.Extension{pki.CertificateIssuer(pki.Utopian("another"))}
	return l
}
