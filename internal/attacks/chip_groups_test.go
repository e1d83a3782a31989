package attacks_test

import (
	"crypto"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/internal/mint/chip"
	"github.com/travelseal/travelseal/internal/mint/der"
	"github.com/travelseal/travelseal/internal/mint/pki"
	"github.com/travelseal/travelseal/verify"
)

// full is an identity card with all that is sealed besides the zone and the face.
var full = chip.GoodBrainpool()

// noGroup is said of a chip that lacks the zone, and noFace of one that lacks the face.
var (
	noGroup      = unchecked(verify.PartMissing)
	noFace       = doubted(verify.PartMissing)
	unsealedPart = doubted(verify.PartUnsealed)
	breach       = doubted(verify.ContentSchema)
)

func TestC03_AlteredDataGroup(t *testing.T) {
	var mutants []chipMutant
	for _, n := range slices.Sorted(maps.Keys(full.Groups)) {
		size := len(full.Groups[n])
		for what, at := range map[string]int{"tag": 0, "length": 1, "first": 4, "middle": size / 2, "last": size - 1} {
			mutants = append(mutants, chipMutant{fmt.Sprintf("DG%d, %s", n, what), full.FlipDG(n, 8*at+7), altered})
		}
		mutants = append(mutants,
			chipMutant{fmt.Sprintf("DG%d, cut", n), full.Put(n, full.Groups[n][:size-1]), altered},
			chipMutant{fmt.Sprintf("DG%d, empty", n), full.Put(n, nil), altered})
	}
	mutants = append(mutants,
		chipMutant{"two groups exchanged", full.Put(14, full.Groups[15]).Put(15, full.Groups[14]), altered},
		chipMutant{"a zone that says another State", full.Put(1, chip.DG1(ofState("AUS").TD1())), altered},
	)
	attackChip(t, chips(t), full, mutants...)
	// A stranger's signature over it disproves nothing, and whatever is altered then neither.
	strange := full.ResignedBy(chip.Rogue().Issue("DS", pki.DSC())).FlipDG(1, 80)
	demand(t, chips(t), "altered, and by a stranger", chipInput(strange), untrusted(verify.PartDigestMismatch))
}

// ofState is the card of a person with another issuing State.
func ofState(code string) mint.MRZ {
	m := mint.Mali.Card("UT4410095", "F")
	m.State = code
	return m
}

func TestC04_InjectedDataGroup(t *testing.T) {
	key := pki.NewKey(pki.P256, "injected")
	v := chips(t)
	contents := map[int][]byte{
		4: chip.Prints(4, "x"), 5: chip.DisplayedPortrait("x"), 7: chip.Signature("x"), 11: chip.DG11(chip.Detail{Name: "KAREN<<ELSE"}),
		12: chip.DG12("KAREN", "20210520"), 14: chip.DG14(key), 15: chip.DG15(key), 16: chip.DG16("KAREN", "1"),
	}
	var mutants []chipMutant
	for n, content := range contents {
		mutants = append(mutants, chipMutant{chip.DGName(n), passport.Inject(n, content), unsealedPart})
	}
	attackChip(t, v, passport, append(mutants,
		chipMutant{"and the EF.COM names it", passport.Inject(15, contents[15]).PutFile("EF.COM", chip.COM("0107", "040000", 1, 2, 15)), unsealedPart},
		chipMutant{"a file of another kind", passport.PutFile("readme.txt", []byte("KAREN")), unsealedPart},
		chipMutant{"the group of another name", passport.PutFile("DG2.old", passport.Groups[2]), unsealedPart},
	)...)
	for n, content := range contents {
		d := inspect(t, v, chipInput(passport.Inject(n, content))).Documents[0]
		text, err := json.Marshal(d.Verified)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(text), "KAREN") || strings.Contains(string(text), chip.DGName(n)+".") {
			t.Errorf("DG%d: what nobody sealed is shown as sealed: %s", n, text)
		}
	}
}

func TestC05_DataGroupThatIsNotGiven(t *testing.T) {
	only := func(names ...string) chip.Chip {
		return full.After(func(files map[string][]byte) {
			maps.DeleteFunc(files, func(name string, _ []byte) bool { return !slices.Contains(names, name) })
		})
	}
	attackChip(t, chips(t), full,
		chipMutant{"DG1", full.WithoutDG(1), noGroup},
		chipMutant{"DG2", full.WithoutDG(2), noFace},
		chipMutant{"DG11", full.WithoutDG(11), tolerated}, chipMutant{"DG12", full.WithoutDG(12), tolerated},
		chipMutant{"DG14", full.WithoutDG(14), tolerated}, chipMutant{"DG15", full.WithoutDG(15), tolerated},
		chipMutant{"EF.COM", full.WithoutFile("EF.COM"), accepted},
		chipMutant{"EF.SOD", full.WithoutFile("EF.SOD"), want{verify.Unsealed, verify.Refer, verify.SealNone}},
		chipMutant{"all but the seal", only("EF.SOD"), noGroup},
		chipMutant{"all but the seal and the zone", only("EF.SOD", "DG1"), noFace},
		chipMutant{"DG1 under another name", full.Renamed("DG1", "DG1.old"), noGroup},
		chipMutant{"DG1 as DG13", full.Renamed("DG1", "DG13"), noGroup},
		chipMutant{"DG2 as DG5", full.Renamed("DG2", "DG5"), unsealedPart},
		chipMutant{"the zone is not sealed", full.Listed(func(l *chip.LDS) { l.Entries = chip.Unlisting(1) }), noGroup},
		chipMutant{"the face is not sealed", full.Listed(func(l *chip.LDS) { l.Entries = chip.Unlisting(2) }), noFace},
	)
}

func TestC06_ListOfHashesThatIsWrong(t *testing.T) {
	sum := pki.Digest(crypto.SHA256, passport.Groups[1])
	entries := func(change func([]chip.Entry) []chip.Entry) chip.Chip {
		return passport.Listed(func(l *chip.LDS) { l.Entries = change })
	}
	number := func(v der.Value) chip.Chip {
		return entries(func(list []chip.Entry) []chip.Entry {
			list[0].Number = v
			return list
		})
	}
	attackChip(t, chips(t), passport,
		chipMutant{"a group twice", entries(chip.Listing(1, sum)), brokenChip},
		chipMutant{"a group twice, another hash first", entries(func(list []chip.Entry) []chip.Entry {
			return append([]chip.Entry{{Number: der.Int(1), Digest: make([]byte, 32)}}, list...)
		}), brokenChip},
		chipMutant{"group 0", entries(chip.Listing(0, sum)), brokenChip}, chipMutant{"group 17", entries(chip.Listing(17, sum)), brokenChip},
		chipMutant{"group −1", entries(chip.Listing(-1, sum)), brokenChip}, chipMutant{"group 257", entries(chip.Listing(257, sum)), brokenChip},
		chipMutant{"group 2⁶⁴+1", number(der.IntBytes(1, 0, 0, 0, 0, 0, 0, 0, 1)), brokenChip},
		chipMutant{"a padded number", number(der.IntBytes(0, 1)), brokenChip},
		chipMutant{"a hash of 20 bytes", entries(chip.Listing(3, sum[:20])), brokenChip},
		chipMutant{"a hash of 64 bytes", entries(chip.Listing(3, append(sum, sum...))), brokenChip},
		chipMutant{"an empty hash", entries(chip.Listing(3, nil)), brokenChip},
		chipMutant{"SHA-512 named over SHA-256", passport.Listed(func(l *chip.LDS) { l.HashID = pki.HashID(crypto.SHA512) }), brokenChip},
		chipMutant{"no group", entries(func([]chip.Entry) []chip.Entry { return nil }), brokenChip},
	)
}

func TestC11_VersionOfTheSecurityObject(t *testing.T) {
	version := func(n int, info ...string) chip.Chip {
		return passport.Listed(func(l *chip.LDS) { l.Version, l.Info = n, info })
	}
	attackChip(t, chips(t), passport,
		chipMutant{"1", version(1, "0108", "040000"), accepted},
		chipMutant{"1 without versions", version(1), brokenChip},
		chipMutant{"0 with versions", version(0, "0108", "040000"), brokenChip},
		chipMutant{"2", version(2), brokenChip}, chipMutant{"2 with versions", version(2, "0108", "040000"), brokenChip},
		chipMutant{"−1", version(-1), brokenChip}, chipMutant{"256", version(256), brokenChip},
		chipMutant{"1 with one version", version(1, "0108"), brokenChip},
	)
}

// A copy is as genuine as what it was copied from, and every report says so.
func TestC33_CopiedChip(t *testing.T) {
	v := chips(t)
	for name, c := range map[string]chip.Chip{"without keys": passport, "with keys for both proofs": full} {
		text := encoded(t, inspect(t, v, chipInput(c)))
		demand(t, v, name, chipInput(c), noted(verify.ChipNotProven))
		var report struct {
			Documents []struct {
				Status   string
				Findings []struct{ Code, Effect string }
			}
		}
		if err := json.Unmarshal([]byte(text), &report); err != nil {
			t.Fatal(err)
		}
		said := 0
		for _, f := range report.Documents[0].Findings {
			if f.Code == "chip.not_proven" && f.Effect == "inform" {
				said++
			}
		}
		if report.Documents[0].Status != "authentic" || said != 1 {
			t.Errorf("%s: %s", name, text)
		}
	}
	p := execute(t, "verify", "--trust", folder(t, pems(uto.CSCAs()...)...), written(t, full))
	if p.code != exitAccept || !strings.Contains(p.stdout, "[chip.not_proven]") {
		t.Errorf("the command, exit code %d: %s%s", p.code, p.stdout, p.stderr)
	}
}

func TestC34_KeyOfTheChipThatIsNotSealed(t *testing.T) {
	key := pki.NewKey(pki.P256, "injected")
	unlisted := func(n int) chip.Chip { return full.Listed(func(l *chip.LDS) { l.Entries = chip.Unlisting(n) }) }
	attackChip(t, chips(t), full,
		chipMutant{"the issuer's own DG14", unlisted(14), unsealedPart}, chipMutant{"the issuer's own DG15", unlisted(15), unsealedPart},
		chipMutant{"another DG14", unlisted(14).Put(14, chip.DG14(key)), unsealedPart}, chipMutant{"another DG15", unlisted(15).Put(15, chip.DG15(key)), unsealedPart},
		chipMutant{"another DG14, where one is sealed", full.Put(14, chip.DG14(key)), altered},
		chipMutant{"another DG15, where one is sealed", full.Put(15, chip.DG15(key)), altered},
	)
	for _, n := range []int{14, 15} {
		d := inspect(t, chips(t), chipInput(unlisted(n))).Documents[0]
		if d.Verified == nil || slices.ContainsFunc(d.Verified.Extra, func(f formats.Field) bool { return strings.HasPrefix(f.Name, chip.DGName(n)+".") }) {
			t.Errorf("DG%d: a key that nobody sealed is shown as sealed", n)
		}
	}
}

func TestC35_EFCOMThatSaysOtherwise(t *testing.T) {
	com := func(content []byte) chip.Chip { return passport.PutFile("EF.COM", content) }
	v := chips(t)
	attackChip(t, v, passport,
		chipMutant{"none", passport.WithoutFile("EF.COM"), accepted},
		chipMutant{"more groups", com(chip.COM("0107", "040000", 1, 2, 15)), tolerated},
		chipMutant{"fewer groups", com(chip.COM("0107", "040000", 1)), tolerated},
		chipMutant{"nothing", com(nil), tolerated}, chipMutant{"another file", com(passport.Groups[1]), tolerated},
		// The seal decides what must be there, and what may be believed.
		chipMutant{"no DG2, and EF.COM agrees", com(chip.COM("0107", "040000", 1)).WithoutDG(2), noFace},
		chipMutant{"a DG15, and EF.COM agrees", com(chip.COM("0107", "040000", 1, 2, 15)).Inject(15, full.Groups[15]), unsealedPart},
		chipMutant{"a DG1 altered, and no EF.COM", passport.WithoutFile("EF.COM").FlipDG(1, 100), altered},
	)
}

// What is printed and what the chip says are two documents about one person, or about two.
func TestA113_ExchangedDataGroup(t *testing.T) {
	tobias := chip.Of(mint.Tobias.Passport("UT0017244", "M").TD3(), "tobias", uto.DSC)
	attackChip(t, chips(t), passport,
		chipMutant{"the face of another", passport.Put(2, tobias.Files()["DG2"]), altered},
		chipMutant{"the zone of another", passport.Put(1, tobias.Files()["DG1"]), altered},
		chipMutant{"the seal of another", passport.PutFile("EF.SOD", tobias.Files()["EF.SOD"]), altered},
		chipMutant{"no hash of the face", passport.Listed(func(l *chip.LDS) { l.Entries = chip.Unlisting(2) }), noFace},
		chipMutant{"no hash of the face, and another's", passport.Put(2, tobias.Files()["DG2"]).
			Listed(func(l *chip.LDS) { l.Entries = chip.Unlisting(2) }), noFace},
		chipMutant{"no hash of the zone", passport.Listed(func(l *chip.LDS) { l.Entries = chip.Unlisting(1) }), noGroup},
		chipMutant{"a version that does not exist", passport.Listed(func(l *chip.LDS) { l.Version = 2 }), brokenChip},
	)
}

// Beside the printed zone of another person the chip stays authentic, and a person looks.
func TestA113_ChipBesideThePrintedZoneOfAnother(t *testing.T) {
	trust := folder(t, pems(uto.CSCAs()...)...)
	beside := func(m mint.MRZ) printed {
		return execute(t, "verify", "--trust", trust, written(t, passport), "--mrz", m.TD3())
	}
	if p := beside(mint.Maren.Passport("UT0017243", "F")); p.code != exitAccept {
		t.Errorf("its own: exit code %d: %s%s", p.code, p.stdout, p.stderr)
	}
	p := beside(mint.Tobias.Passport("UT0017243", "M"))
	if p.code != exitRefer || !strings.Contains(p.stdout, ": authentic\n") || !strings.Contains(p.stdout, "[rule.identity_name_mismatch]") {
		t.Errorf("another's: exit code %d: %s%s", p.code, p.stdout, p.stderr)
	}
}
