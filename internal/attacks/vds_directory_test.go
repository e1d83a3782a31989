package attacks_test

import (
	"slices"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/mint/barcode"
	"github.com/travelseal/travelseal/internal/mint/chip"
	"github.com/travelseal/travelseal/internal/mint/pki"
	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/trustlist/all"
	"github.com/travelseal/travelseal/verify"
)

// revokedSince is what becomes of a visa whose signer was revoked after the day on which it says that it was issued.
var revokedSince = untrusted(verify.SealSignerRevoked)

// fromDirectory loads a download of a directory and what the relying party has named itself.
func fromDirectory(t *testing.T, entries []chip.LDIFEntry, named ...*pki.Credential) *verify.Verifier {
	t.Helper()
	files := [][]byte{chip.LDIF(entries...)}
	for _, c := range named {
		files = append(files, c.PEM())
	}
	trust, err := all.Loader().Load(folder(t, files...))
	if err != nil {
		t.Fatal(err)
	}
	return verifier(t, trust, formats.Options{})
}

// A visa calls its signer by a reference. A directory has the certificate and vouches for nobody: it counts where it leads to
// an authority that the relying party has named, and until that authority revokes it.
func TestA70_VisibleSealOfASignerInADirectory(t *testing.T) {
	signer := sealers.P256
	visa := formats.Bytes(barcode.Visa(signer).Build())
	listed := []chip.LDIFEntry{chip.DSCEntry(signer)}
	revoked := sealers.CSCA.Revoke(pki.List(7, signer))
	clear := sealers.CSCA.Revoke(pki.List(7))
	old := sealers.CSCA.Revoke(pki.List(7).Dated(pki.ListedAt.AddDate(-1, 0, 0), pki.ListedAt.AddDate(-1, 1, 0)))
	twin := sealers.CSCA.Twin("a namesake")

	demand(t, fromDirectory(t, listed, sealers.CSCA), "under its authority", visa, accepted)
	demand(t, fromDirectory(t, listed, twin), "under a namesake of its authority", visa, untrusted(verify.SealSignerUnknown))
	demand(t, fromDirectory(t, append(listed, chip.CRLEntry(clear)), sealers.CSCA), "not revoked", visa, accepted)
	demand(t, fromDirectory(t, append(listed, chip.CRLEntry(old)), sealers.CSCA), "under a list that is out of date", visa, doubted(verify.RevocationUnavailable))
	demand(t, fromDirectory(t, append(listed, chip.CRLEntry(revoked)), sealers.CSCA), "revoked", visa, revokedSince)

	// Who names the signer itself has not said that its authority has no say.
	byName := func(list []byte) *verify.Verifier {
		return fromDirectory(t, []chip.LDIFEntry{chip.CRLEntry(list)}, sealers.CSCA, signer)
	}
	demand(t, byName(clear), "named, not revoked", visa, accepted)
	demand(t, byName(old), "named, under a list that is out of date", visa, doubted(verify.RevocationUnavailable))
	demand(t, byName(revoked), "named and revoked", visa, revokedSince)
	demand(t, fromDirectory(t, []chip.LDIFEntry{chip.CRLEntry(twin.Revoke(pki.List(9, signer)))}, sealers.CSCA, twin, signer), "revoked by a namesake", visa, accepted)

	// A forged visa is one under a signer that was found so as well.
	forged := formats.Bytes(barcode.Visa(signer).But(func(v *barcode.VDS) { v.Signer = barcode.Fresh(signer) }).Build())
	demand(t, fromDirectory(t, listed, sealers.CSCA), "forged", forged, disproved(verify.SealMismatch))
}

var twinOfCSCA = sealers.CSCA.Twin("another namesake")

func TestA70_PackedListOfASignerInADirectory(t *testing.T) {
	signer := sealers.P256
	visa := formats.Bytes(barcode.Visa(signer).Build())
	for what, c := range map[string]struct {
		list []byte
		want want
	}{
		"revoked": {sealers.CSCA.Revoke(pki.List(7, signer)), revokedSince}, "not revoked": {sealers.CSCA.Revoke(pki.List(7)), accepted},
		"of nobody known": {twinOfCSCA.Revoke(pki.List(7)), accepted},
	} {
		trust, err := all.Loader().Load(folder(t, chip.LDIF(chip.DSCEntry(signer), chip.CRLEntry(c.list)), sealers.CSCA.PEM()))
		if err != nil {
			t.Fatal(err)
		}
		packed, err := trust.Pack()
		if err != nil {
			t.Fatal(err)
		}
		again, err := trustlist.Load(folder(t, packed))
		if err != nil {
			t.Fatal(err)
		}
		before, after := demand(t, verifier(t, trust, formats.Options{}), what, visa, c.want), demand(t, verifier(t, again, formats.Options{}), what+", packed", visa, c.want)
		if !slices.Equal(codes(before), codes(after)) {
			t.Errorf("%s: %v, packed %v", what, codes(before), codes(after))
		}
	}
}
