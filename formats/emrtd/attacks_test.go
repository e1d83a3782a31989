package emrtd_test

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/emrtd"
	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/internal/mint/chip"
	"github.com/travelseal/travelseal/internal/mint/pki"
	"github.com/travelseal/travelseal/verify"
)

// An outcome is what must be said of a chip.
type outcome struct {
	status  verify.Status
	verdict verify.Verdict
	code    verify.Code // a finding that must be there; "" for none in particular
	where   string      // of that finding; "" for any
}

func inspect(t *testing.T, c chip.Chip) verify.DocumentReport {
	t.Helper()
	v := trusting(t, verify.DefaultPolicy(emrtd.ID), chip.Utopia().DSC)
	return v.Inspect(context.Background(), []formats.Input{input(c.Files())}).Documents[0]
}

func judged(t *testing.T, name string, c chip.Chip, want outcome) {
	t.Helper()
	d := inspect(t, c)
	found := want.code == "" || slices.ContainsFunc(d.Findings, func(f verify.Finding) bool {
		return f.Code == want.code && (want.where == "" || f.Where == want.where)
	})
	if d.Status != want.status || d.Verdict != want.verdict || !found {
		t.Errorf("%s: %s, %s, %+v; want %s, %s with %s at %q", name, d.Status, d.Verdict, d.Findings, want.status, want.verdict, want.code, want.where)
	}
}

var (
	mismatch  = outcome{verify.Invalid, verify.Reject, verify.PartDigestMismatch, ""}
	unsealed  = outcome{verify.Authentic, verify.Refer, verify.PartUnsealed, ""}
	unread    = outcome{verify.Unreadable, verify.Refer, "", ""}
	needs     = outcome{verify.Indeterminate, verify.Refer, verify.PartMissing, "DG1"}
	wants     = outcome{verify.Authentic, verify.Refer, verify.PartMissing, "DG2"}
	breaks    = outcome{verify.Authentic, verify.Refer, verify.ContentSchema, ""}
	mentioned = outcome{verify.Authentic, verify.Accept, verify.DecodeTolerant, ""}
)

func (o outcome) at(where string) outcome {
	o.where = where
	return o
}

// full is a passport of P-256 with everything that is sealed besides.
func full() chip.Chip {
	return bilingual().With(3, chip.Prints(3, "yunfan")).With(12, chip.DG12("MINISTRY OF TRAVEL", "20210520")).
		With(14, chip.DG14(pki.NewKey(pki.P256, "chip yunfan"))).With(15, chip.DG15(pki.NewKey(pki.P256, "active yunfan")))
}

func TestAnAlteredDataGroupIsDisproved(t *testing.T) {
	c := full()
	for n, content := range c.Groups {
		for _, at := range []int{0, 1, 2, len(content) / 2, len(content) - 1} {
			name := fmt.Sprintf("DG%d, byte %d", n, at)
			judged(t, name, c.FlipDG(n, 8*at+3), mismatch.at(chip.DGName(n)))
		}
		judged(t, fmt.Sprintf("DG%d, cut", n), c.Put(n, content[:len(content)-1]), mismatch.at(chip.DGName(n)))
	}
	judged(t, "another person's portrait", c.Put(2, chip.Face("someone else")), mismatch.at("DG2"))
	judged(t, "another person's zone", c.Put(1, chip.DG1(mint.Jonas.Passport("UT0099001", "M").TD3())), mismatch.at("DG1"))
	judged(t, "two groups exchanged", c.Put(14, c.Groups[15]).Put(15, c.Groups[14]), mismatch.at("DG14"))
	// The State of an altered zone must not explain away that it was altered.
	zone := mint.Yunfan.Passport("UT0099001", "M")
	zone.State = "D"
	judged(t, "a zone of another State", c.Put(1, chip.DG1(zone.TD3())), mismatch.at("DG1"))
}

func TestAnAddedDataGroupIsNotSealed(t *testing.T) {
	c := chip.Good()
	key := pki.NewKey(pki.P256, "a stranger's")
	for n, content := range map[int][]byte{
		3: chip.Prints(3, "x"), 5: chip.DisplayedPortrait("x"), 7: chip.Signature("x"), 11: chip.DG11(chip.Detail{Name: "SOMEONE<<ELSE"}),
		12: chip.DG12("X", "20210520"), 14: chip.DG14(key), 15: chip.DG15(key), 16: chip.DG16("X", "1"),
	} {
		judged(t, chip.DGName(n), c.Inject(n, content), unsealed.at(chip.DGName(n)))
		d := inspect(t, c.Inject(n, content))
		if d.Verified == nil || len(d.Verified.Subjects) != 1 || len(d.Verified.Subjects[0].Names) != 1 {
			t.Errorf("%s: %+v", chip.DGName(n), d.Verified)
		}
	}
	judged(t, "a file of another kind", c.PutFile("readme.txt", []byte("hello")), unsealed.at("readme.txt"))
}

func TestAGroupThatIsNotGivenIsSaid(t *testing.T) {
	c := full()
	judged(t, "everything", c, outcome{verify.Authentic, verify.Accept, "", ""})
	judged(t, "no DG1", c.WithoutDG(1), needs)
	judged(t, "no DG2", c.WithoutDG(2), wants)
	for _, n := range []int{3, 11, 12, 14, 15} {
		judged(t, fmt.Sprintf("no DG%d", n), c.WithoutDG(n), mentioned.at("EF.SOD"))
	}
	judged(t, "no EF.COM", c.WithoutFile("EF.COM"), outcome{verify.Authentic, verify.Accept, "", ""}) // LDS 1.8 does without it
	judged(t, "no EF.SOD", c.WithoutFile("EF.SOD"), outcome{verify.Unsealed, verify.Refer, verify.SealNone, ""})
	judged(t, "EF.SOD alone", c.After(func(files map[string][]byte) {
		for name := range files {
			if name != "EF.SOD" {
				delete(files, name)
			}
		}
	}), needs)
	judged(t, "DG1 under another name", c.Renamed("DG1", "DG1.old"), needs)
	judged(t, "DG2 under another's name", c.Renamed("DG2", "DG5"), outcome{verify.Authentic, verify.Refer, verify.PartUnsealed, "DG5"})
	judged(t, "never sealed", c.Listed(func(l *chip.LDS) { l.Entries = chip.Unlisting(2) }), breaks.at("EF.SOD"))
	judged(t, "DG1 never sealed", c.Listed(func(l *chip.LDS) { l.Entries = chip.Unlisting(1) }), needs)
}

func TestTheIssuingStateNamesTheSignersCountry(t *testing.T) {
	for state, want := range map[string]string{
		"UTO": "UT", "D": "DE", "GBD": "GB", "GBN": "GB", "GBO": "GB", "GBP": "GB", "GBS": "GB", "GBR": "GB", "RKS": "KS", "UNO": "UN", "UNA": "UN",
		"EUE": "EU", "BMU": "BM", "LTU": "LT", "CHE": "CH",
		"XOM": "", "XPO": "", "XXA": "", "XXX": "", "": "", "ZZZ": "",
	} {
		zone := mint.Maren.Passport("UT0017243", "F")
		zone.State = state
		doc := decode(t, chip.Of(zone.TD3(), "maren", chip.Utopia().DSC), formats.Options{})
		if got := doc.Seals[0].Signer.Country; got != want {
			t.Errorf("%q: %q, want %q", state, got, want)
		}
		if n := notable(doc); (want == "") != begin(n, []string{"DG1, issuing State: "}) {
			t.Errorf("%q: %q", state, n)
		}
		judged(t, state, chip.Of(zone.TD3(), "maren", chip.Utopia().DSC), map[bool]outcome{
			true:  {verify.Authentic, verify.Accept, "", ""},
			false: {verify.Untrusted, verify.Refer, verify.SealCountry, ""},
		}[want == "UT"].orDoubt(want == ""))
	}
	zone := mint.Maren.Passport("UT0017243", "F")
	zone.Nationality = "XXA" // a stateless person's passport is as genuine as another
	judged(t, "nationality", chip.Of(zone.TD3(), "maren", chip.Utopia().DSC), outcome{verify.Authentic, verify.Accept, "", ""})
}

// orDoubt is the outcome where the country cannot be compared at all.
func (o outcome) orDoubt(doubt bool) outcome {
	if doubt {
		return breaks.at("DG1, issuing State")
	}
	return o
}

func TestKeysOfTheChipCountForNothing(t *testing.T) {
	key := pki.NewKey(pki.P256, "a stranger's")
	c := chip.Good()
	for n, content := range map[int][]byte{14: chip.DG14(key), 15: chip.DG15(key)} {
		x := c.Inject(n, content)
		judged(t, chip.DGName(n), x, unsealed.at(chip.DGName(n)))
		if d := inspect(t, x); slices.ContainsFunc(d.Verified.Extra, func(f formats.Field) bool { return f.Name == "DG15.key" || f.Name == "DG14.protocol" }) {
			t.Errorf("DG%d: a key that nobody sealed is shown as sealed", n)
		}
	}
	judged(t, "a copy", c, outcome{verify.Authentic, verify.Accept, verify.ChipNotProven, ""})
}

func TestEFCOMNeverCounts(t *testing.T) {
	c := chip.Good()
	for name, content := range map[string][]byte{
		"more groups": chip.COM("0107", "040000", 1, 2, 15), "fewer groups": chip.COM("0107", "040000", 1), "none": chip.COM("0107", "040000"),
		"another file": c.Groups[1], "nothing": nil, "a group twice": chip.COM("0107", "040000", 1, 1, 2), "no group's tag": {0x60, 3, 0x5C, 1, 0x77},
	} {
		judged(t, name, c.PutFile("EF.COM", content), mentioned.at("EF.COM"))
	}
	judged(t, "another version", c.Listed(func(l *chip.LDS) { l.Version, l.Info = 1, []string{"0108", "040000"} }).
		PutFile("EF.COM", chip.COM("0107", "040000", 1, 2)), mentioned.at("EF.COM"))
	judged(t, "another order", c.PutFile("EF.COM", chip.COM("0107", "040000", 2, 1)), outcome{verify.Authentic, verify.Accept, "", ""})
	judged(t, "padding", c.FlipFile("EF.COM", 0).PutFile("EF.COM", append(chip.COM("0107", "040000", 1, 2), 0, 0)), mentioned.at("EF.COM"))
}
