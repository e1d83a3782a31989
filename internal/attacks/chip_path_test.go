package attacks_test

import (
	"bytes"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/mint/chip"
	"github.com/travelseal/travelseal/internal/mint/der"
	"github.com/travelseal/travelseal/internal/mint/pki"
	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/verify"
)

// open is an authority that may certify others.
func open(name string) pki.Template {
	return pki.CSCA().Named(pki.Utopian(name)).Replacing(pki.BasicConstraints(true, -1))
}

// through is the passport by a new signer of an authority, with further certificates beside it.
func through(ca *pki.Credential, list ...*pki.Credential) chip.Chip {
	signer := ca.Issue("DS", pki.DSC())
	return beside(passport.ResignedBy(signer), append([]*pki.Credential{signer}, list...)...)
}

func TestC27_LinksBetweenAuthorities(t *testing.T) {
	roots, links := pki.Generations("links", 4)
	v := chips(t, roots[0].PEM())
	renamed := roots[1].Template.Named(pki.Utopian("CSCA of the Republic"))
	third := pki.NewCSCA("republic", renamed)
	marked := third.Template.With(pki.NameChange())
	marked.Holder, marked.Subject, marked.KeyID = third.Key, third.Subject, third.KeyID
	change, bare := roots[1].Issue("change", marked), roots[1].Link(third)
	foreign := pki.NewCSCA("foreign", pki.CSCA().Named(pki.DN("XA", "Elsewhere", "CSCA XA")))
	theirs := foreign.Template
	theirs.Holder, theirs.Subject, theirs.KeyID = foreign.Key, foreign.Subject, foreign.KeyID
	cross := roots[0].Issue("cross", theirs)
	back := roots[2].Link(roots[1])
	attackChip(t, v, through(roots[0]),
		chipMutant{"one link", through(roots[1], links[0]), accepted},
		chipMutant{"one link, not brought", through(roots[1]), noChain},
		chipMutant{"one link, the self-signed one in its place", through(roots[1], roots[1]), noChain},
		chipMutant{"two links", through(roots[2], links[0], links[1]), accepted},
		chipMutant{"two links, the first missing", through(roots[2], links[1]), noChain},
		chipMutant{"three links", through(roots[3], links...), noChain},
		chipMutant{"two links and a loop", through(roots[2], back, links[1], links[0]), accepted},
		chipMutant{"a loop", through(roots[2], back, links[1]), noChain},
		chipMutant{"a new name, marked", through(third, change, links[0]), accepted},
		chipMutant{"a new name, not marked", through(third, bare, links[0]), noChain},
		chipMutant{"to another country", through(foreign, cross), noChain},
		chipMutant{"a link by a stranger", through(roots[1], chip.Rogue().Link(roots[1])), noChain},
		chipMutant{"a link by a signer", through(roots[1], uto.DSC.Link(roots[1])), noChain},
		chipMutant{"an altered link", through(roots[1], altering(roots[0], roots[1])), noChain},
	)
	// Where the relying party has the links itself, the way is short whatever the name.
	demand(t, chips(t, roots[0].PEM(), bare.PEM()), "a new name, not marked, on the list", chipInput(through(third)), accepted)
	demand(t, chips(t, roots[0].PEM(), links[2].PEM()), "three links, the last on the list", chipInput(through(roots[3])), accepted)
	// The link of another country on the list leads to it, and seals nothing of this one.
	demand(t, chips(t, roots[0].PEM(), cross.PEM()), "of another country, on the list", chipInput(through(foreign)), noChain)
}

// altering is a link whose signature does not hold.
func altering(old, newer *pki.Credential) *pki.Credential {
	t := newer.Template
	t.Holder, t.Subject, t.KeyID, t.Signature = newer.Key, newer.Subject, newer.KeyID, flipped
	return old.Issue("altered", t)
}

func TestA58_LinksThatLeadNowhere(t *testing.T) {
	root := pki.NewCSCA("root", open("root"))
	v := chips(t, root.PEM())
	a, b := pki.NewCSCA("a", open("A")), pki.NewCSCA("b", open("B"))
	ring := pki.Ring(a, b)
	chain := []*pki.Credential{}
	ca := root
	for i := range 4 {
		w := accepted
		if i > 2 {
			w = noChain
		}
		demand(t, v, fmt.Sprintf("a path of %d", i+2), chipInput(through(ca, chain...)), w)
		ca = ca.Issue(fmt.Sprint("ca", i), open(fmt.Sprint("CA ", i)))
		chain = append(chain, ca)
	}
	forger := pki.NewCSCA("forger", open("root"))
	attackChip(t, v, through(root),
		chipMutant{"from A to B and back", through(a, ring...), noSigner},
		chipMutant{"from A to B and back, with both", through(a, append(ring, a, b)...), noSigner},
		chipMutant{"from A to itself", through(a, a), noSigner},
		chipMutant{"by a forger of the name", through(a, forger.Link(a), forger), noChain},
		chipMutant{"by a forger, and the genuine one", through(a, forger.Link(a), root), noChain},
	)
	// Many certificates of one name and key cost one check between them; more than a list may have of one key refuse it.
	var files [][]byte
	for _, c := range uto.CSCA.Namesakes(trustlist.MaxSameKeyID + 1) {
		files = append(files, c.PEM())
	}
	if _, err := trustlist.Load(folder(t, slices.Concat(files...))); err == nil {
		t.Error("more certificates of one key than a list may have are taken")
	}
	// The same ones in any number of lists are no more than in one.
	many := bytes.Repeat(slices.Concat(files[1:]...), 600)
	for name, list := range map[string][][]byte{"first": {uto.CSCA.PEM(), many}, "last": {many, uto.CSCA.PEM()}} {
		v := chips(t, list...)
		bounded(t, name, func() { v.Inspect(t.Context(), []formats.Input{chipInput(passport)}) })
		demand(t, v, "the genuine one "+name, chipInput(passport), accepted)
		twin := passport.ResignedBy(uto.CSCA.Twin("forger").Issue("DS UT 1", uto.DSC.Copied()))
		demand(t, v, "a forger's, the genuine one "+name, chipInput(twin), noChain)
	}
}

// neighbours are authorities that nobody can tell from Utopia's but by their keys, of which each has its own.
func neighbours(n int) [][]byte {
	curve := pki.CurveOf(pki.P256)
	point, files := curve.Times(big.NewInt(1000), curve.Generator()), make([][]byte, n)
	for i := range n {
		point = curve.Add(point, curve.Generator())
		t := uto.CSCA.Copied()
		t.Serial, t.Holder = der.Int(int64(i+1)), &pki.Key{Kind: pki.P256, Curve: curve, Scalar: big.NewInt(int64(1001 + i)), Public: point}
		files[i] = pki.NewCSCA("neighbour", t).PEM()
	}
	return files
}

// crowd is five hundred of them, made once.
var crowd = sync.OnceValue(func() [][]byte { return neighbours(500) })

// limitReached demands that a search for authorities ended at its limit of checks, and says so.
func limitReached(t *testing.T, d verify.DocumentReport) {
	t.Helper()
	if !slices.ContainsFunc(d.Findings, func(f verify.Finding) bool {
		return f.Code == verify.SealChain && strings.Contains(f.Detail, "the limit of signature checks is reached")
	}) {
		t.Errorf("the limit is not said: %v", d.Findings)
	}
}

// A document full of certificates, each of which any of hundreds of authorities may have issued.
func TestC32_VerificationBomb(t *testing.T) {
	small, large := neighbours(16), crowd()
	bomb := func(n int) chip.Chip {
		signers := uto.CSCA.Crowd(n)
		return beside(passport.ResignedBy(signers[0]), signers...).Signing(func(s *pki.SignerInfo) {
			s.SID = pki.IssuerAndSerial(pki.Utopian("nobody"), der.Int(7))
		})
	}
	attackChip(t, chips(t, uto.CSCA.PEM()), passport,
		chipMutant{"a thousand certificates", bomb(1000), unreadable(formats.CodeLimit)},
		chipMutant{"sixty-five certificates", bomb(65), unreadable(formats.CodeLimit)},
	)
	cost := func(files [][]byte, c chip.Chip) float64 {
		v, in := chips(t, slices.Concat(files...)), chipInput(c)
		limitReached(t, demand(t, v, "the bomb", in, noChain))
		bounded(t, "the bomb", func() { v.Inspect(t.Context(), []formats.Input{in}) })
		return testing.AllocsPerRun(3, func() { v.Inspect(t.Context(), []formats.Input{in}) })
	}
	one, some, all := cost(small, bomb(1)), cost(small, bomb(30)), cost(large, bomb(30))
	t.Logf("%.0f allocations for 1 certificate and 16 authorities, %.0f for 30 and 16, %.0f for 30 and 500", one, some, all)
	// Signature checks allocate; that there are hundreds more of authorities to try must add next to nothing.
	if all > some+200 {
		t.Errorf("500 authorities cost %.0f allocations, 16 cost %.0f", all, some)
	}
}

func TestA96_CandidatesForAnIssuer(t *testing.T) {
	large := slices.Concat(crowd()...)
	forger := passport.ResignedBy(uto.CSCA.Twin("crowd").Issue("DS UT 1", pki.DSC()))
	v := chips(t, uto.CSCA.PEM(), large)
	demand(t, v, "the genuine one among the first", chipInput(passport), accepted)
	limitReached(t, demand(t, v, "a forger's among five hundred", chipInput(forger), noChain))
	bounded(t, "a forger's among five hundred", func() { v.Inspect(t.Context(), []formats.Input{chipInput(forger)}) })
	// Behind more candidates than are tried, a genuine one is referred and no forgery.
	limitReached(t, demand(t, chips(t, large, uto.CSCA.PEM()), "the genuine one behind five hundred", chipInput(passport), noChain))
	constrained := pki.NewCSCA("constrained", pki.CSCA().Named(pki.Utopian("CSCA UT names")).With(pki.NameConstraints().AsCritical()))
	demand(t, chips(t, uto.CSCA.PEM(), constrained.PEM()), "constraints of names", chipInput(through(constrained)), noSigner)
}
