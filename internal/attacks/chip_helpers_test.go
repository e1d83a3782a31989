package attacks_test

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/all"
	"github.com/travelseal/travelseal/internal/cert"
	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/internal/mint/chip"
	"github.com/travelseal/travelseal/internal/mint/pki"
	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/verify"
)

// uto is Utopia's PKI for travel documents, and passport a chip of it against which nothing can be said where chips is the
// Verifier.
var (
	uto      = chip.Utopia()
	passport = chip.Good()
)

// A chipMutant is an accepted chip with one thing changed, and what must be said of it.
type chipMutant struct {
	name string
	chip chip.Chip
	want want
}

// attackChip shows that the sibling is accepted, and that each mutant of it is judged as it must be.
func attackChip(t *testing.T, v *verify.Verifier, sibling chip.Chip, mutants ...chipMutant) {
	t.Helper()
	good := sibling.Files()
	demand(t, v, "the sibling", chipInput(sibling), accepted)
	for _, m := range mutants {
		t.Run(m.name, func(t *testing.T) {
			t.Helper()
			if m.want != accepted && maps.EqualFunc(m.chip.Files(), good, slices.Equal) {
				t.Fatal("nothing has changed")
			}
			demand(t, v, m.name, chipInput(m.chip), m.want)
		})
	}
}

// chipInput is the files of a chip in the order of their names.
func chipInput(c chip.Chip) formats.Input {
	files := c.Files()
	var in formats.Input
	for _, name := range slices.Sorted(maps.Keys(files)) {
		in.Files = append(in.Files, formats.File{Name: name, Data: files[name]})
	}
	return in
}

// chips is a Verifier that trusts these files, or the authorities of Utopia where there is none.
func chips(t *testing.T, files ...[]byte) *verify.Verifier {
	t.Helper()
	return clocked(t, mint.AsOf, files...)
}

// clocked is chips at another moment.
func clocked(t *testing.T, now time.Time, files ...[]byte) *verify.Verifier {
	t.Helper()
	if files == nil {
		files = pems(uto.CSCAs()...)
	}
	return at(t, load(t, files...), now)
}

// at is a Verifier of every format with the default policy at a moment.
func at(t *testing.T, trust *trustlist.Snapshot, now time.Time) *verify.Verifier {
	t.Helper()
	v, err := verify.New(verify.Config{
		Formats: all.Set(), Trust: trust, Policy: verify.DefaultPolicy(all.Set().IDs()...), Now: func() time.Time { return now },
	})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// pems are the files of certificates.
func pems(list ...*pki.Credential) [][]byte {
	var files [][]byte
	for _, c := range list {
		files = append(files, c.PEM())
	}
	return files
}

// by is the passport sealed by a signer of Utopia's authority whose certificate a function has changed.
func by(change func(pki.Template) pki.Template) chip.Chip {
	return passport.ResignedBy(uto.CSCA.Issue("DS UT 1", change(pki.DSC())))
}

// with is by for further extensions, keyed for another key.
func with(extensions ...pki.Extension) chip.Chip {
	return by(func(t pki.Template) pki.Template { return t.With(extensions...) })
}

// beside gives the certificates that stand beside the signature.
func beside(c chip.Chip, list ...*pki.Credential) chip.Chip {
	return c.Sealed(func(m pki.Message) pki.Message {
		m.Certificates = make([][]byte, 0, len(list))
		for _, x := range list {
			m.Certificates = append(m.Certificates, x.Cert)
		}
		return m
	})
}

// signing is the passport with another SignerInfo.
func signing(change func(*pki.SignerInfo)) chip.Chip { return passport.Signing(change) }

// sealing is the passport with another message.
func sealing(change func(*pki.Message)) chip.Chip {
	return passport.Sealed(func(m pki.Message) pki.Message {
		change(&m)
		return m
	})
}

// flipped turns the last bit of a signature round.
func flipped(b []byte) []byte {
	out := slices.Clone(b)
	out[len(out)-1] ^= 1
	return out
}

// forged is a chip whose signature does not hold.
func forged(c chip.Chip) chip.Chip {
	return c.Signing(func(s *pki.SignerInfo) { s.Signature = flipped })
}

// written is a chip as a folder of files, for the command.
func written(t *testing.T, c chip.Chip) string {
	t.Helper()
	dir := t.TempDir()
	for name, data := range c.Files() {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// The outcomes that many chips share.
var (
	noChain     = untrusted(verify.SealChain)
	noSigner    = untrusted(verify.SealSignerUnknown)
	noHeader    = unchecked(verify.SealHeader)
	mismatched  = disproved(verify.SealMismatch)
	altered     = disproved(verify.PartDigestMismatch)
	tolerated   = noted(verify.DecodeTolerant)
	deviates    = noted(verify.SealCertificate)
	outOfScope  = untrusted(verify.SealOutOfScope)
	wrongUse    = untrusted(verify.SealWrongUse)
	otherTime   = doubted(verify.SealOutsideValidity)
	otherState  = untrusted(verify.SealCountry)
	brokenChip  = unreadable(formats.CodePayload)
	trailingFor = unreadable(formats.CodeTrailing)
)

// under is a Verifier with a policy.
func under(t *testing.T, p verify.Policy, files ...[]byte) *verify.Verifier {
	t.Helper()
	v, err := verify.New(verify.Config{Formats: all.Set(), Trust: load(t, files...), Policy: p, Now: func() time.Time { return mint.AsOf }})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// parsed reads certificates.
func parsed(t *testing.T, list ...[]byte) []*cert.Certificate {
	t.Helper()
	var out []*cert.Certificate
	for _, raw := range list {
		c, err := cert.Parse(raw)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, c)
	}
	return out
}
