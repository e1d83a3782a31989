package attacks_test

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/internal/mint/chip"
	"github.com/travelseal/travelseal/internal/mint/der"
	"github.com/travelseal/travelseal/internal/mint/pki"
	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/verify"
)

// handed is a travel credential made of the passport, against which nothing can be said where chips is the Verifier.
var handed = chip.CredentialOf(passport)

// A dtcMutant is an accepted credential with one thing changed, and what must be said of it.
type dtcMutant struct {
	name string
	made chip.Credential
	want want
}

// attackDTC shows that the sibling is accepted, and that each mutant of it is judged as it must be.
func attackDTC(t *testing.T, v *verify.Verifier, sibling chip.Credential, mutants ...dtcMutant) {
	t.Helper()
	good := sibling.Encode()
	demand(t, v, "the sibling", formats.Bytes(good), accepted)
	for _, m := range mutants {
		t.Run(m.name, func(t *testing.T) {
			t.Helper()
			data := m.made.Encode()
			if m.want != accepted && bytes.Equal(data, good) {
				t.Fatal("nothing has changed")
			}
			demand(t, v, m.name, formats.Bytes(data), m.want)
			// Under the name of a file it is the same.
			demand(t, v, m.name+", as a file", formats.Input{Source: "x.dtc", Files: []formats.File{{Name: "x.dtc", Data: data}}}, m.want)
		})
	}
}

// ofChip is a mutant that the chip makes.
func ofChip(name string, c chip.Chip, w want) dtcMutant {
	return dtcMutant{name, chip.CredentialOf(c), w}
}

// elements is the credential with other elements in it.
func elements(change func([]der.Value) []der.Value) chip.Credential {
	c := handed
	c.Data = change
	return c
}

// inForm is the credential in another form than DER.
func inForm(change func(der.TLV) der.Value) chip.Credential {
	c := handed
	c.Loose = change
	return c
}

func TestC01C02_CredentialSealedByOthers(t *testing.T) {
	twin := uto.CSCA.Twin("forger")
	forgers := passport.ResignedBy(twin.Issue("DS UT 1", uto.DSC.Copied()))
	of := func(template pki.Template) chip.Chip { return passport.ResignedBy(uto.CSCA.Issue("DS UT 1", template)) }
	attackDTC(t, chips(t), handed,
		ofChip("a stranger", passport.ResignedBy(chip.Rogue().Issue("DS UT 9", pki.DSC())), noSigner),
		ofChip("a forger's authority of the same name", forgers, noChain),
		ofChip("with the forger's authority beside it", beside(forgers, forgers.Signer, twin), noChain),
		ofChip("the authority itself", passport.ResignedBy(uto.CSCA), untrusted(verify.SealWrongRole)),
		ofChip("a signer of credentials", of(pki.DTCSigner()), wrongUse),
		ofChip("a signer of lists", passport.ResignedBy(uto.ListSigner), wrongUse),
		ofChip("a signer of barcodes", of(pki.BarcodeSigner()), outOfScope),
		ofChip("a signer of mobile documents", of(pki.MdocSigner()), outOfScope),
		ofChip("a web server", of(pki.Server()), wrongUse),
		ofChip("a signer that may sign visas only", of(pki.DSC().Replacing(pki.DocumentTypes("V"))), wrongUse),
		ofChip("a zone of another State", passport.With(1, chip.DG1(abroad().TD3())), otherState),
	)
	// Where somebody has chosen the signer of credentials itself, it seals nothing here all the same.
	trust, err := trustlist.Load(folder(t, uto.CSCA.Issue("DTC UT 1", pki.DTCSigner()).PEM()))
	if err != nil || len(trust.Dropped()) != 1 || len(trust.Anchors()) != 0 {
		t.Errorf("%v, %d anchors, %v", err, len(trust.Anchors()), trust.Dropped())
	}
}

// abroad is the passport's zone with another issuing State.
func abroad() mint.MRZ {
	m := mint.Maren.Passport("UT0017243", "F")
	m.State = "AUS"
	return m
}

func TestC03C04C05_CredentialWithOtherGroups(t *testing.T) {
	var mutants []dtcMutant
	for n, content := range full.Groups {
		mutants = append(mutants,
			ofChip(chip.DGName(n)+" altered", full.FlipDG(n, 8*(len(content)/2)+7), altered),
			ofChip(chip.DGName(n)+" cut", full.Put(n, content[:len(content)-1]), altered),
			ofChip(chip.DGName(n)+" empty", full.Put(n, nil), altered))
	}
	attackDTC(t, chips(t), chip.CredentialOf(full), append(mutants,
		ofChip("two groups exchanged", full.Put(14, full.Groups[15]).Put(15, full.Groups[14]), altered),
		ofChip("no zone", full.WithoutDG(1), noGroup),
		ofChip("no face", full.WithoutDG(2), noFace),
		ofChip("no details", full.WithoutDG(11), tolerated),
		ofChip("no seal", full.WithoutFile("EF.SOD"), want{verify.Unsealed, verify.Refer, verify.SealNone}),
		ofChip("the seal alone", full.WithoutDG(1).WithoutDG(2).WithoutDG(11).WithoutDG(12).WithoutDG(14).WithoutDG(15), noGroup),
		ofChip("the zone as another group", full.Renamed("DG1", "DG13"), noGroup),
		ofChip("a further group", full.Inject(16, chip.DG16("KAREN", "1")), unsealedPart),
		ofChip("a further face", full.Inject(5, chip.DisplayedPortrait("x")), unsealedPart),
		ofChip("the zone is not sealed", full.Listed(func(l *chip.LDS) { l.Entries = chip.Unlisting(1) }), noGroup),
		ofChip("the face is not sealed", full.Listed(func(l *chip.LDS) { l.Entries = chip.Unlisting(2) }), noFace),
		ofChip("zeros behind the face, as in a file of a chip", full.Put(2, append(slices.Clone(full.Groups[2]), 0, 0)), breach),
	)...)
	// What nobody sealed is not shown as sealed.
	for _, c := range []chip.Credential{
		chip.CredentialOf(passport.Inject(11, chip.DG11(chip.Detail{Name: "KAREN<<ELSE"}))),
		handed.With(chip.Security(), chip.OtherInfos()), handed.With(der.Implicit(17, []byte("KAREN"))),
	} {
		if text := encoded(t, inspect(t, chips(t), formats.Bytes(c.Encode()))); strings.Contains(text, "KAREN") {
			t.Errorf("%s", text)
		}
	}
}

func TestA113_CredentialOfTwoPassports(t *testing.T) {
	tobias := chip.Of(mint.Tobias.Passport("UT0017244", "M").TD3(), "tobias", uto.DSC).Files()
	attackDTC(t, chips(t), handed,
		ofChip("the face of another", passport.Put(2, tobias["DG2"]), altered),
		ofChip("the zone of another", passport.Put(1, tobias["DG1"]), altered),
		ofChip("the seal of another", passport.PutFile("EF.SOD", tobias["EF.SOD"]), altered),
		dtcMutant{"the zones of both", elements(func(l []der.Value) []der.Value {
			return slices.Insert(l, 2, der.Value(der.Implicit(1, tobias["DG1"])))
		}), unreadable(formats.CodeAmbiguous)},
		dtcMutant{"the seals of both", elements(func(l []der.Value) []der.Value {
			return slices.Insert(l, 0, der.Value(der.Implicit(0, tobias["EF.SOD"])))
		}), unreadable(formats.CodeAmbiguous)},
		dtcMutant{"the face of another behind", elements(func(l []der.Value) []der.Value {
			return append(l, der.Implicit(2, tobias["DG2"]))
		}), unreadable(formats.CodeAmbiguous)},
		dtcMutant{"a whole credential within", handed.With(der.Implicit(17, handed.Encode())), unsealedPart},
	)
}

func TestC12_CredentialWithOtherSignedAttributes(t *testing.T) {
	attackDTC(t, chips(t), handed,
		ofChip("the signature", forged(passport), mismatched),
		ofChip("changed after signing", passport.SOD(func(b []byte) []byte {
			return swapped(b, der.UTCTime(pki.SignedAt).Encode(), der.UTCTime(pki.SignedAt.AddDate(0, 1, 0)).Encode())
		}), mismatched),
		ofChip("another digest", attributes(pki.Valued(pki.OIDMessageDigest, der.Octets(otherDigest))), altered),
		ofChip("no digest", attributes(pki.Without(pki.OIDMessageDigest)), noHeader),
		ofChip("a digest twice", attributes(pki.Doubled(pki.OIDMessageDigest)), noHeader),
		ofChip("none", signing(func(s *pki.SignerInfo) { s.NoAttributes = true }), noHeader),
		ofChip("for the content", passport.Sealed(pki.Message.AttributesAsContent), brokenChip),
	)
}

func TestC11_VersionAndTypeOfACredential(t *testing.T) {
	version := func(v der.Value) chip.Credential {
		c := handed
		c.Version = v
		return c
	}
	alone := chip.CredentialOf(passport.WithoutFile("EF.SOD"))
	noVersion, unsupported := unreadable(formats.CodeVersion), unchecked(verify.SealUnsupported)
	attackDTC(t, chips(t), handed,
		dtcMutant{"0", version(der.Int(0)), noVersion}, dtcMutant{"2", version(der.Int(2)), noVersion},
		dtcMutant{"−1", version(der.Int(-1)), noVersion}, dtcMutant{"256", version(der.Int(256)), noVersion},
		dtcMutant{"1, padded", version(der.IntBytes(0, 1)), unreadable(formats.CodeNonCanonical)},
		dtcMutant{"2⁶⁴+1", version(der.IntBytes(1, 0, 0, 0, 0, 0, 0, 1)), noVersion},
		// What a signer of credentials has signed cannot be checked, so that it is neither proof nor disproof.
		dtcMutant{"bound to a device too", handed.ForDevice(), unsupported},
		dtcMutant{"bound to a device alone", alone.ForDevice(), unsupported},
		dtcMutant{"bound to a device alone, and altered", chip.CredentialOf(passport.WithoutFile("EF.SOD").Put(1, chip.DG1(abroad().TD3()))).ForDevice(), unsupported},
		dtcMutant{"a signature of nothing", handed.Behind(chip.SignerInfo()), unsupported},
		dtcMutant{"an empty signature", handed.With(chip.Security()).Behind(chip.TBS(3), der.Explicit(1)), unsupported},
		dtcMutant{"a device, and no signature", handed.With(chip.Security()).Behind(chip.TBS(3)), unsealedPart},
		dtcMutant{"something for the State", handed.With(chip.OtherInfos()), unsealedPart},
		dtcMutant{"a list of values", handed.Behind(chip.TBS(3)), breach},
		dtcMutant{"an unknown element", handed.With(der.Implicit(30, nil)), unsealedPart},
	)
	// Neither does it soften what the seal of the chip disproves.
	demand(t, chips(t), "altered, and bound to a device", formats.Bytes(chip.CredentialOf(passport.FlipDG(1, 200)).ForDevice().Encode()), altered)
}

func TestC16C17_CredentialThatIsNotDER(t *testing.T) {
	sod := passport.Files()["EF.SOD"]
	notDER, limit, cut := unreadable(formats.CodeNonCanonical), unreadable(formats.CodeLimit), unreadable(formats.CodeTruncated)
	put := func(i int, v der.Value) chip.Credential {
		return elements(func(l []der.Value) []der.Value {
			l[i] = v
			return l
		})
	}
	attackDTC(t, chips(t), handed,
		ofChip("the sealed message in BER", sealing(func(m *pki.Message) { m.BER = true }), tolerated),
		ofChip("the sealed message without its tag", passport.Unwrapped(), tolerated),
		dtcMutant{"an indefinite length", inForm(func(v der.TLV) der.Value { return der.Indefinite(v) }), notDER},
		dtcMutant{"all in BER", inForm(func(v der.TLV) der.Value { return der.Loose(v) }), notDER},
		dtcMutant{"a padded length", inForm(func(v der.TLV) der.Value { return der.Padded(v, 2) }), notDER},
		dtcMutant{"a padded element", put(1, der.Padded(der.Implicit(1, passport.Groups[1]), 0)), notDER},
		dtcMutant{"the seal in pieces", put(0, der.Explicit(0, der.Octets(sod[:500]), der.Octets(sod[500:]))), notDER},
		dtcMutant{"the seal in one piece", put(0, der.Explicit(0, der.Octets(sod))), notDER},
		dtcMutant{"the zone in pieces", put(1, der.Explicit(1, der.Octets(passport.Groups[1]))), notDER},
		dtcMutant{"an element of another class", put(1, der.Tagged([]byte{0x41}, der.Raw(passport.Groups[1]))), unreadable(formats.CodePayload)},
		dtcMutant{"a long tag", put(1, der.Tagged([]byte{0x9F, 0x01}, der.Raw(passport.Groups[1]))), unreadable(formats.CodePayload)},
		dtcMutant{"an order of its own", elements(func(l []der.Value) []der.Value {
			slices.Reverse(l)
			return l
		}), unreadable(formats.CodePayload)},
		dtcMutant{"a byte behind", inForm(func(v der.TLV) der.Value { return der.Trailing(v, 0) }), trailingFor},
		dtcMutant{"itself behind", inForm(func(v der.TLV) der.Value { return der.Join(v, v) }), trailingFor},
		dtcMutant{"a value behind the last", handed.Behind(der.Null()), trailingFor},
		dtcMutant{"a value between", handed.Behind(der.Null(), chip.TBS(3), chip.SignerInfo()), trailingFor},
		ofChip("zeros behind the seal", passport.SOD(func(b []byte) []byte { return append(b, 0, 0) }), trailingFor),
		dtcMutant{"a byte too few", inForm(func(v der.TLV) der.Value {
			b := v.Encode()
			return der.Raw(b[:len(b)-1])
		}), cut},
		dtcMutant{"a length of 2³¹−1", inForm(func(v der.TLV) der.Value { return der.Claiming(v, 0x7fffffff) }), cut},
		dtcMutant{"ten thousand values in one another", put(0, der.Implicit(0, der.Application(23, der.Nested(10_000)).Encode())), limit},
		dtcMutant{"ten thousand values without an end", put(0, der.Implicit(0, der.Application(23, der.NestedOpen(10_000)).Encode())), limit},
		dtcMutant{"a million values to be signed", handed.Behind(der.Explicit(0, der.Seq(der.Raw(bytes.Repeat([]byte{5, 0}, 400_000))))), limit},
	)
	for name, c := range map[string]chip.Credential{
		"elements": elements(func([]der.Value) []der.Value { return []der.Value{der.Raw(bytes.Repeat([]byte{0x91, 0}, 500_000))} }),
		"depth":    put(0, der.Implicit(0, der.Application(23, der.NestedOpen(200_000)).Encode())),
	} {
		in, v := formats.Bytes(c.Encode()), chips(t)
		bounded(t, name, func() { v.Inspect(t.Context(), []formats.Input{in}) })
	}
}

// A copy is as genuine as what it was copied from, and a credential is one by its nature: every report says so.
func TestC33_CredentialIsACopy(t *testing.T) {
	v := chips(t)
	for name, c := range map[string]chip.Credential{"without keys": handed, "with keys for both proofs": chip.CredentialOf(full)} {
		d := demand(t, v, name, formats.Bytes(c.Encode()), noted(verify.ChipNotPresented))
		for _, f := range d.Findings {
			if f.Code == verify.ChipNotPresented && f.Effect != verify.Inform || f.Code == verify.ChipNotProven {
				t.Errorf("%s: %+v", name, f)
			}
		}
	}
	// What was bound to a device, stripped of all that is the device's, is the passport's own and nothing more.
	demand(t, v, "stripped", formats.Bytes(handed.Encode()), noted(verify.ChipNotPresented))
	name := filepath.Join(t.TempDir(), "maren.dtc")
	if err := os.WriteFile(name, handed.Encode(), 0o600); err != nil {
		t.Fatal(err)
	}
	p := execute(t, "verify", "--trust", folder(t, pems(uto.CSCAs()...)...), name)
	if p.code != exitAccept || !strings.Contains(p.stdout, "[chip.not_presented]") || strings.Contains(p.stdout, "[chip.not_proven]") {
		t.Errorf("the command, exit code %d: %s%s", p.code, p.stdout, p.stderr)
	}
}

// A credential is no chip, and a chip no credential, for whoever trusts or accepts one of them alone.
func TestA111_CredentialInTheClothesOfAChip(t *testing.T) {
	data := handed.Encode()
	as := func(name string, others ...formats.File) formats.Input {
		return formats.Input{Files: append([]formats.File{{Name: name, Data: data}}, others...)}
	}
	v := chips(t)
	demand(t, v, "as EF.SOD", as("EF.SOD"), unreadable(formats.CodeEnvelope))
	demand(t, v, "as DG1", as("DG1"), unreadable(formats.CodeUnknownFormat))
	demand(t, v, "beside another file", as("x.dtc", formats.File{Name: "y.dtc", Data: data}), unreadable(formats.CodeUnknownFormat))
	in := chipInput(passport)
	in.Files = append(in.Files, formats.File{Name: "x.dtc", Data: data})
	demand(t, v, "among the files of a chip", in, unsealedPart)
	for id, other := range map[formats.ID]formats.ID{"emrtd": "dtc", "dtc": "emrtd"} {
		inputs := map[formats.ID]formats.Input{"emrtd": chipInput(passport), "dtc": formats.Bytes(data)}
		policy := under(t, verify.DefaultPolicy(id), pems(uto.CSCA)...)
		demand(t, policy, string(id), inputs[id], accepted)
		demand(t, policy, string(other), inputs[other], doubted(verify.PolicyFormatRefused))
		narrow := at(t, load(t, raw(t, map[string]any{"certificate": uto.CSCA.Cert, "scope": []formats.ID{id}})), mint.AsOf)
		demand(t, narrow, string(id), inputs[id], accepted)
		demand(t, narrow, string(other), inputs[other], outOfScope)
	}
}
