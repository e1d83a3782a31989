package attacks_test

import (
	"slices"
	"sync"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/mint/chip"
	"github.com/travelseal/travelseal/internal/mint/der"
	"github.com/travelseal/travelseal/internal/mint/pki"
	"github.com/travelseal/travelseal/verify"
)

// What is remembered of one document's signer must serve no other: neither that of a forger who copies all that names it, nor
// one under another list, nor one that had help of the certificates beside it.
func TestC39_SignersThatAreRemembered(t *testing.T) {
	roots, links := pki.Generations("remembered", 2)
	twin := uto.CSCA.Twin("forger").Issue("DS UT 1", uto.DSC.Copied())
	type showing struct {
		name string
		in   formats.Input
		want want
	}
	v := chips(t, uto.CSCA.PEM(), roots[0].PEM())
	withdrawn := chips(t, uto.CSCA.PEM(), roots[0].PEM(), uto.CSCA.Revoke(pki.List(1, uto.DSC)))
	stranger := chips(t, uto.RSA.PEM())
	showings := []showing{
		{"genuine", chipInput(passport), accepted},
		{"a forger's with everything copied", chipInput(passport.ResignedBy(twin)), noChain},
		{"a forger's signature under the genuine certificate", chipInput(beside(passport.ResignedBy(twin), uto.DSC)), mismatched},
		{"the genuine signature under a forger's certificate", chipInput(beside(passport, twin)), noChain},
		{"with its link", chipInput(through(roots[1], links[0])), accepted},
		{"without its link", chipInput(through(roots[1])), noChain},
		{"altered", chipInput(passport.FlipDG(1, 100)), altered},
		{"of another signer", chipInput(passport.ResignedBy(uto.CSCA.Issue("DS UT 7", pki.DSC()))), accepted},
	}
	for _, s := range showings {
		demand(t, v, s.name, s.in, s.want)
	}
	var wg sync.WaitGroup
	for worker := range 8 {
		wg.Go(func() {
			for i := range 6 * len(showings) {
				s := showings[(i*(worker+1)+worker)%len(showings)]
				d := v.Inspect(t.Context(), []formats.Input{s.in}).Documents[0]
				if d.Status != s.want.status || d.Verdict != s.want.verdict || s.want.code != "" && !slices.Contains(codes(d), s.want.code) {
					t.Errorf("at the same time, %s: %s, %s, %v", s.name, d.Status, d.Verdict, codes(d))
				}
				for _, other := range []struct {
					v    *verify.Verifier
					want verify.Verdict
				}{{withdrawn, verify.Reject}, {stranger, verify.Refer}} {
					if d := other.v.Inspect(t.Context(), []formats.Input{showings[0].in}).Documents[0]; d.Verdict != other.want {
						t.Errorf("under another list: %s, want %s", d.Verdict, other.want)
					}
				}
			}
		})
	}
	wg.Wait()
}

// permutations gives every order of a few things.
func permutations[T any](list []T) [][]T {
	if len(list) < 2 {
		return [][]T{list}
	}
	var all [][]T
	for i := range list {
		rest := slices.Concat(list[:i:i], list[i+1:])
		for _, p := range permutations(rest) {
			all = append(all, append([]T{list[i]}, p...))
		}
	}
	return all
}

func TestC40_Order(t *testing.T) {
	roots, links := pki.Generations("order", 2)
	signer := roots[1].Issue("DS", pki.DSC())
	twin := roots[1].Twin("forger")
	nobody := pki.IssuerAndSerial(pki.Utopian("nobody"), der.Int(7))
	c := passport.ResignedBy(signer)
	v := chips(t, roots[0].PEM())
	certificates := []*pki.Credential{signer, links[0], twin, roots[1]}
	// The certificates beside the signature, whether the message says which is the signer's or not.
	for _, p := range permutations(certificates) {
		demand(t, v, "certificates", chipInput(beside(c, p...)), accepted)
		demand(t, v, "certificates, forged", chipInput(forged(beside(c, p...))), mismatched)
		unnamed := beside(c, p...).Signing(func(s *pki.SignerInfo) { s.SID = nobody })
		demand(t, v, "certificates of nobody", chipInput(unnamed), tolerated)
		demand(t, v, "certificates of nobody, forged", chipInput(forged(unnamed)), untrusted(""))
	}
	// The signatures.
	good := passport.Message().Signers[0]
	bad, other := good, good
	bad.Signature, other.By = flipped, uto.DSCRSA
	for _, p := range permutations([]pki.SignerInfo{good, bad, other}) {
		demand(t, chips(t), "signatures", chipInput(sealing(func(m *pki.Message) { m.Signers = p })), noHeader)
	}
	// The files of the chip.
	in := chipInput(passport)
	for _, p := range permutations(in.Files) {
		demand(t, chips(t), "files", formats.Input{Files: p}, accepted)
	}
	// The files of the trust list.
	files := append(pems(uto.CSCA, uto.CSCA.Twin("forger"), uto.CSCA.Renewed("order")), uto.CSCA.Revoke(pki.List(1)))
	forger := passport.ResignedBy(chip.Rogue().Issue("DS", pki.DSC()))
	for _, p := range permutations(files) {
		v := chips(t, p...)
		demand(t, v, "trust", chipInput(passport), accepted)
		demand(t, v, "trust, forged", chipInput(forged(passport)), mismatched)
		demand(t, v, "trust, a stranger", chipInput(forger), noSigner)
	}
	// The attributes that are signed, as they are written.
	attackChip(t, chips(t), passport, chipMutant{"attributes", signing(func(s *pki.SignerInfo) { s.Reordered = true }), tolerated})
}
