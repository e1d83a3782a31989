package emrtd_test

import (
	"bytes"
	"context"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/emrtd"
	"github.com/travelseal/travelseal/internal/mint/chip"
	"github.com/travelseal/travelseal/internal/mint/der"
	"github.com/travelseal/travelseal/verify"
)

func decoded(t testing.TB, c chip.Credential, o formats.Options) *formats.Document {
	t.Helper()
	doc, err := emrtd.Format.Decode(formats.Bytes(c.Encode()), o)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// A credential says what the chip says that it was made of, under the same seal and by the same digests.
func TestACredentialBecomesWhatItsChipDoes(t *testing.T) {
	whole := full().With(5, chip.DisplayedPortrait("yunfan")).With(7, chip.Signature("yunfan")).With(13, chip.DG13([]byte("x"))).With(16, chip.DG16("X", "1"))
	for name, c := range map[string]chip.Chip{
		"P-256": chip.Good(), "Brainpool": chip.GoodBrainpool(), "PSS": chip.GoodPSS(), "BER": chip.GoodBER(), "all groups": whole,
		"without its tag": chip.Good().Unwrapped(), "an altered zone": chip.Good().FlipDG(1, 200), "no face": chip.Good().WithoutDG(2),
		"a group that is not sealed": chip.Good().Inject(16, chip.DG16("X", "1")), "no fingerprints": full().WithoutDG(3),
		"no seal": chip.Good().WithoutFile("EF.SOD"),
	} {
		want := decode(t, c.WithoutFile("EF.COM"), formats.Options{})
		got := decoded(t, chip.CredentialOf(c), formats.Options{})
		if got.Format != emrtd.DTC || got.Carrier != formats.Copy {
			t.Errorf("%s: %s, carrier %d", name, got.Format, got.Carrier)
		}
		got.Format, got.Carrier = want.Format, want.Carrier
		if same(got, want) != "" {
			t.Errorf("%s: %s", name, same(got, want))
		}
	}
}

// What a device is bound by becomes a seal that is never checked, so that nothing of it is believed.
func TestACredentialForADeviceHasASealThatIsNotChecked(t *testing.T) {
	good := chip.CredentialOf(chip.Good())
	alone := chip.CredentialOf(chip.Good().WithoutFile("EF.SOD"))
	problem := formats.CodeSealUnsupported
	for name, x := range map[string]struct {
		c        chip.Credential
		problems []string // of the seals
		parts    map[string]int
		notes    []string
		status   verify.Status
	}{
		"of type 1": {good, []string{""}, map[string]int{"DG1": 0, "DG2": 0, "EF.SOD": 0}, nil, verify.Authentic},
		"of type 2": {good.ForDevice(), []string{"", problem}, map[string]int{"DG1": 0, "DG2": 0, "EF.SOD": 0, "dtcSecurityInfo": 1}, nil, verify.Indeterminate},
		"of type 3": {alone.ForDevice(), []string{problem}, map[string]int{"DG1": 0, "DG2": 0, "dtcSecurityInfo": 0}, nil, verify.Indeterminate},
		"with something for the State": {good.With(chip.Security(), chip.OtherInfos()).Behind(chip.TBS(31), chip.SignerInfo()), []string{"", problem},
			map[string]int{"DG1": 0, "DG2": 0, "EF.SOD": 0, "dtcSecurityInfo": 1, "dtcOtherInfos": 1}, nil, verify.Indeterminate},
		"a signature alone": {good.Behind(chip.SignerInfo()), []string{"", problem}, map[string]int{"DG1": 0, "DG2": 0, "EF.SOD": 0},
			[]string{"credential: something in it is for a device that it is bound to, and there is no dtcSecurityInfo, dtcTBS"}, verify.Indeterminate},
		"no signature": {good.With(chip.Security()).Behind(chip.TBS(3)), []string{""},
			map[string]int{"DG1": 0, "DG2": 0, "EF.SOD": 0, "dtcSecurityInfo": formats.NoSeal}, []string{"credential: something in it"}, verify.Authentic},
		"a list of values alone": {good.Behind(chip.TBS(3)), []string{""}, map[string]int{"DG1": 0, "DG2": 0, "EF.SOD": 0}, []string{"credential: something in it"}, verify.Authentic},
		"something for the State alone": {good.With(chip.OtherInfos()), []string{""},
			map[string]int{"DG1": 0, "DG2": 0, "EF.SOD": 0, "dtcOtherInfos": formats.NoSeal}, []string{"credential: something in it"}, verify.Authentic},
		"no seal at all": {alone.With(chip.Security()), nil,
			map[string]int{"DG1": formats.NoSeal, "DG2": formats.NoSeal, "dtcSecurityInfo": formats.NoSeal}, []string{"credential: something in it"}, verify.Unsealed},
		"elements of no known meaning": {good.With(der.Implicit(17, nil), der.Explicit(21, der.Null()), chip.Security(), der.Implicit(24, []byte("x"))).Behind(chip.TBS(3), chip.SignerInfo()),
			[]string{"", problem}, map[string]int{"DG1": 0, "DG2": 0, "EF.SOD": 0, "[17]": formats.NoSeal, "[21]": formats.NoSeal, "[24]": formats.NoSeal, "dtcSecurityInfo": 1}, nil, verify.Indeterminate},
	} {
		doc := decoded(t, x.c, formats.Options{})
		var problems []string
		for _, s := range doc.Seals {
			problems = append(problems, s.Problem.Code)
			if s.Role != formats.Issuer {
				t.Errorf("%s: a seal of the role %s", name, s.Role)
			}
		}
		parts := make(map[string]int)
		for _, p := range doc.Parts {
			parts[p.Name] = p.Seal
			if strings.HasPrefix(p.Name, "dtc") && (!reflect.DeepEqual(p.Unverified, formats.Claims{}) || p.Path != nil) {
				t.Errorf("%s: %s says %+v", name, p.Name, p)
			}
		}
		if !slices.Equal(problems, x.problems) || !reflect.DeepEqual(parts, x.parts) || !begin(notable(doc), x.notes) {
			t.Errorf("%s: seals %q, parts %v, notes %q", name, problems, parts, notable(doc))
		}
		v := trusting(t, verify.DefaultPolicy(emrtd.DTC), chip.Utopia().DSC)
		d := v.Inspect(context.Background(), []formats.Input{formats.Bytes(x.c.Encode())}).Documents[0]
		if want := name == "of type 1"; d.Status != x.status || (d.Verdict == verify.Accept) != want {
			t.Errorf("%s: %s, %s, %+v", name, d.Status, d.Verdict, d.Findings)
		}
	}
}

// What a caller may say about decoding holds for credentials, and is not written to.
func TestTheOptionsOfTheCallerStay(t *testing.T) {
	refuse := make([]string, 1, 4)
	refuse[0] = "sod-bare"
	o := formats.Options{Refuse: refuse}
	in := formats.Bytes(chip.CredentialOf(chip.Good().Unwrapped()).Encode())
	var fe *formats.Error
	if _, err := emrtd.Format.Decode(in, o); !errors.As(err, &fe) || fe.Code != formats.CodeEnvelope || fe.Format != emrtd.DTC {
		t.Errorf("%v", err)
	}
	if refuse[:2][1] != "" || len(o.Refuse) != 1 {
		t.Errorf("%q", refuse[:2])
	}
	group := append(bytes.Clone(chip.Good().Groups[2]), 0)
	for name, tolerate := range map[string][]string{"by default": nil, "whatever is tolerated": {"file-padding"}} {
		doc := decoded(t, chip.CredentialOf(chip.Good().Put(2, group)), formats.Options{Tolerate: tolerate})
		if n := notable(doc); !begin(n, []string{"DG2: DG2 at byte "}) {
			t.Errorf("%s: %q", name, n)
		}
	}
}

func TestTheTraceShowsWhatACredentialIsBoundTo(t *testing.T) {
	good := chip.CredentialOf(chip.Good())
	alone := chip.CredentialOf(chip.Good().WithoutFile("EF.SOD"))
	for name, x := range map[string]struct {
		c    chip.Credential
		want map[string]string
	}{
		"type 1":  {good, map[string]string{"version": "1", "bound to": "eMRTD bound (type 1)", "EF.SOD": "1170 bytes", "DG1 (machine readable zone)": "93 bytes"}},
		"type 2":  {good.ForDevice(), map[string]string{"bound to": "eMRTD-PC bound (type 2)", "dtcTBS": "4 values, not looked into", "dtcSignerInfo": "not looked into", "dtcSecurityInfo": "not looked into"}},
		"type 3":  {alone.ForDevice(), map[string]string{"bound to": "PC bound (type 3)"}},
		"no type": {alone.With(der.Implicit(18, nil)), map[string]string{"bound to": "none: neither dtcSOD nor dtcSignerInfo is in it", "[18]": "not known in version 1"}},
	} {
		steps := emrtd.Format.Trace(formats.Bytes(x.c.Encode()), formats.Options{})
		if len(steps) != 6 || steps[0].Name != "credential" || steps[5].Err != nil {
			t.Fatalf("%s: %+v", name, steps)
		}
		for _, f := range steps[0].Detail {
			if want, known := x.want[f.Name]; known && f.Value != want {
				t.Errorf("%s: %s is %q, want %q", name, f.Name, f.Value, want)
			}
			delete(x.want, f.Name)
		}
		if len(x.want) > 0 {
			t.Errorf("%s: %v is not shown", name, x.want)
		}
	}
	broken := good.Behind(der.Null())
	if steps := emrtd.Format.Trace(formats.Bytes(broken.Encode()), formats.Options{}); len(steps) != 1 || steps[0].Err == nil {
		t.Errorf("%+v", steps)
	}
}
