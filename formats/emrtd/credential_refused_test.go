package emrtd_test

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/emrtd"
	"github.com/travelseal/travelseal/internal/mint/chip"
	"github.com/travelseal/travelseal/internal/mint/der"
	"github.com/travelseal/travelseal/verify"
)

func TestACredentialThatIsNotOneIsRefused(t *testing.T) {
	c := chip.Good()
	good := chip.CredentialOf(c)
	sod := c.Files()["EF.SOD"]
	version := func(v der.Value) chip.Credential { good := good; good.Version = v; return good }
	data := func(change func([]der.Value) []der.Value) chip.Credential {
		good := good
		good.Data = change
		return good
	}
	whole := func(change func([]der.Value) []der.Value) chip.Credential {
		good := good
		good.Whole = change
		return good
	}
	loose := func(change func(der.TLV) der.Value) chip.Credential { good := good; good.Loose = change; return good }
	put := func(i int, v der.Value) chip.Credential {
		return data(func(list []der.Value) []der.Value { list[i] = v; return list })
	}
	for name, x := range map[string]struct {
		c          chip.Credential
		code, step string
	}{
		"version 0":                            {version(der.Int(0)), formats.CodeVersion, "credential, the version"},
		"version 2":                            {version(der.Int(2)), formats.CodeVersion, "credential, the version"},
		"version 257":                          {version(der.Int(257)), formats.CodeVersion, "credential, the version"},
		"version −1":                           {version(der.Int(-1)), formats.CodeVersion, "credential, the version"},
		"version 2 of BER":                     {version(der.IntBytes(0, 2)), formats.CodeNonCanonical, "credential, the version"},
		"version 1 of BER":                     {version(der.IntBytes(0, 1)), formats.CodeNonCanonical, "credential, the version"},
		"a long version":                       {version(der.Padded(der.Int(1), 0)), formats.CodeUnknownFormat, ""},
		"an empty version":                     {version(der.IntBytes()), formats.CodeUnknownFormat, ""},
		"no version":                           {version(der.Raw(nil)), formats.CodeUnknownFormat, ""},
		"another type":                         {version(der.Enumerated(1)), formats.CodeUnknownFormat, ""},
		"no elements":                          {data(func([]der.Value) []der.Value { return nil }), formats.CodeUnknownFormat, ""},
		"EF.SOD twice":                         {data(func(l []der.Value) []der.Value { return slices.Insert(l, 0, l[0]) }), formats.CodeAmbiguous, "credential, dtcData"},
		"DG2 twice":                            {data(func(l []der.Value) []der.Value { return append(l, l[2]) }), formats.CodeAmbiguous, "credential, dtcData"},
		"DG1 twice, apart":                     {data(func(l []der.Value) []der.Value { return append(l, l[1]) }), formats.CodePayload, "credential, dtcData"},
		"EF.SOD at the end":                    {data(func(l []der.Value) []der.Value { return append(l[1:], l[0]) }), formats.CodePayload, "credential, dtcData"},
		"a security info twice":                {good.With(chip.Security(), chip.Security()), formats.CodeAmbiguous, "credential, dtcData"},
		"[17] twice":                           {good.With(der.Implicit(17, nil), der.Explicit(17, der.Null())), formats.CodeAmbiguous, "credential, dtcData"},
		"a tag of two octets":                  {good.With(der.Tagged([]byte{0x9F, 0x22})), formats.CodePayload, "credential, dtcData"},
		"a universal tag":                      {good.With(der.Octets(nil)), formats.CodePayload, "credential, dtcData"},
		"an application's tag":                 {good.With(der.Application(3)), formats.CodePayload, "credential, dtcData"},
		"a private tag":                        {good.With(der.Tagged([]byte{0xC3})), formats.CodePayload, "credential, dtcData"},
		"EF.SOD in pieces":                     {put(0, der.Explicit(0, der.Octets(sod))), formats.CodeNonCanonical, "credential, dtcData, dtcSOD"},
		"DG2 in pieces":                        {put(2, der.Explicit(2, der.Octets(c.Groups[2]))), formats.CodeNonCanonical, "credential, dtcData, dtcDG2"},
		"a security info of octets":            {good.With(der.Implicit(22, nil)), formats.CodePayload, "credential, dtcData, dtcSecurityInfo"},
		"infos of octets":                      {good.With(der.Implicit(23, nil)), formats.CodePayload, "credential, dtcData, dtcOtherInfos"},
		"a long element":                       {put(0, der.Padded(der.Implicit(0, sod), 2)), formats.CodeNonCanonical, "credential, dtcData"},
		"a length too long":                    {put(2, der.Claiming(der.Implicit(2, c.Groups[2]), 1<<30)), formats.CodeTruncated, "credential, dtcData"},
		"two values":                           {good.Behind(chip.TBS(2)), formats.CodePayload, "credential, dtcTBS"},
		"32 values":                            {good.Behind(chip.TBS(32)), formats.CodeLimit, "credential, dtcTBS"},
		"a million values":                     {good.Behind(der.Explicit(0, der.Seq(der.Raw(bytes.Repeat([]byte{5, 0}, 400_000))))), formats.CodeLimit, "credential, dtcTBS"},
		"no list of values":                    {good.Behind(der.Explicit(0, der.Null())), formats.CodePayload, "credential, dtcTBS"},
		"two lists":                            {good.Behind(der.Explicit(0, der.Seq(), der.Seq())), formats.CodeTrailing, "credential, dtcTBS"},
		"a cut value":                          {good.Behind(der.Explicit(0, der.Seq(der.Raw{4, 9, 0}))), formats.CodeTruncated, "credential, a value of dtcTBS"},
		"the list twice":                       {good.Behind(chip.TBS(3), chip.TBS(3)), formats.CodeTrailing, "credential, the last element"},
		"the signature first":                  {good.Behind(chip.SignerInfo(), chip.TBS(3)), formats.CodeTrailing, "credential, the last element"},
		"the signature twice":                  {good.Behind(chip.TBS(3), chip.SignerInfo(), chip.SignerInfo()), formats.CodeTrailing, "credential, the last element"},
		"a third element":                      {good.Behind(der.Explicit(2, der.Null())), formats.CodeTrailing, "credential, the last element"},
		"no data":                              {whole(func([]der.Value) []der.Value { return nil }), formats.CodeUnknownFormat, ""},
		"a byte behind":                        {loose(func(v der.TLV) der.Value { return der.Trailing(v, 0) }), formats.CodeTrailing, "credential, the whole"},
		"itself behind":                        {loose(func(v der.TLV) der.Value { return der.Join(v, v) }), formats.CodeTrailing, "credential, the whole"},
		"a line's end behind":                  {loose(func(v der.TLV) der.Value { return der.Trailing(v, '\n') }), formats.CodeTrailing, "credential, the whole"},
		"an indefinite length":                 {loose(func(v der.TLV) der.Value { return der.Indefinite(v) }), formats.CodeNonCanonical, "credential, the whole"},
		"all in BER":                           {loose(func(v der.TLV) der.Value { return der.Loose(v) }), formats.CodeNonCanonical, "credential, the whole"},
		"a padded length":                      {loose(func(v der.TLV) der.Value { return der.Padded(v, 3) }), formats.CodeNonCanonical, "credential, the whole"},
		"a length of 2³¹−1":                    {loose(func(v der.TLV) der.Value { return der.Claiming(v, 1<<31-1) }), formats.CodeTruncated, "credential, the whole"},
		"neither seal nor zone":                {chip.CredentialOf(c.WithoutFile("EF.SOD").WithoutDG(1)), formats.CodeEnvelope, "credential"},
		"an empty EF.SOD":                      {put(0, der.Implicit(0, nil)), formats.CodeTruncated, "EF.SOD"},
		"a zone for EF.SOD":                    {put(0, der.Implicit(0, c.Groups[1])), formats.CodeEnvelope, "EF.SOD"},
		"zeros behind EF.SOD":                  {put(0, der.Implicit(0, append(bytes.Clone(sod), 0))), formats.CodeTrailing, "EF.SOD"},
		"a message that is cut":                {put(0, der.Implicit(0, sod[:len(sod)-1])), formats.CodeTruncated, "EF.SOD"},
		"an unsealed zone that cannot be read": {chip.CredentialOf(c.WithoutFile("EF.SOD").Put(1, []byte{0x61, 0})), formats.CodePayload, "DG1"},
		"a security object of version 2":       {chip.CredentialOf(c.Listed(func(l *chip.LDS) { l.Version = 2 })), formats.CodePayload, "security object"},
	} {
		in := formats.Bytes(x.c.Encode())
		if claimed := emrtd.Format.Detect(in); claimed != (x.code != formats.CodeUnknownFormat) {
			t.Errorf("%s: recognised: %v", name, claimed)
		}
		if x.code == formats.CodeUnknownFormat {
			continue
		}
		doc, err := emrtd.Format.Decode(in, formats.Options{})
		var fe *formats.Error
		if !errors.As(err, &fe) || doc != nil {
			t.Errorf("%s: decoded: %+v, %v", name, doc, err)
		} else if fe.Format != emrtd.DTC || fe.Code != x.code || !strings.HasPrefix(fe.Step, x.step) {
			t.Errorf("%s: %s %s in step %q, want %s in %q (%v)", name, fe.Format, fe.Code, fe.Step, x.code, x.step, err)
		}
	}
}

func TestCredentialsAreRecognisedByHowTheyBegin(t *testing.T) {
	good := chip.CredentialOf(chip.Good()).Encode()
	key, other := chip.Utopia().DSC, chip.Good().Message().Encode()
	named := func(name string) formats.Input { return formats.Input{Files: []formats.File{{Name: name, Data: good}}} }
	for name, x := range map[string]struct {
		in   formats.Input
		want bool
	}{
		"no name": {formats.Bytes(good), true}, "an ending": {named("maren.dtc"), true}, "another ending": {named("picture.png"), true},
		"the name of a file of a chip": {named("DG1"), false}, "of the same, elsewhere": {named("EF.CardAccess"), false},
		"two files": {formats.Input{Files: []formats.File{{Data: good}, {Name: "x.dtc", Data: good}}}, false},
		"its head":  {formats.Bytes(good[:12]), true}, "less": {formats.Bytes(good[:7]), false}, "nothing": {formats.Bytes(nil), false},
		"a certificate": {formats.Bytes(key.Cert), false}, "a message": {formats.Bytes(other), false},
		"a private key": {formats.Bytes(der.Seq(der.Int(0), der.Seq(der.OID("1.2.840.10045.2.1"))).Encode()), false},
		"two numbers":   {formats.Bytes(der.Seq(der.Int(1), der.Int(1)).Encode()), false},
		"a text":        {formats.Text("0123456789"), false}, "a text of digits": {formats.Text("0\x02\x01\x010"), false},
	} {
		if got := emrtd.Format.Detect(x.in); got != x.want {
			t.Errorf("%s: %v", name, got)
		}
	}
	// As many as the head has octets: reading the beginning never reads beyond it.
	for n := range good[:64] {
		emrtd.Format.Detect(formats.Bytes(good[:n:n]))
	}
	emrtd.Format.Detect(formats.Bytes([]byte{0x30, 0xFF}))
	// Beside a chip a credential is a file of no meaning, and no second chip.
	in := input(chip.Good().Files())
	in.Files = append(in.Files, formats.File{Name: "maren.dtc", Data: good})
	doc, err := emrtd.Format.Decode(in, formats.Options{})
	if err != nil || doc.Format != emrtd.ID || part(t, doc, "maren.dtc").Seal != formats.NoSeal {
		t.Errorf("%+v, %v", doc, err)
	}
}

// Every bit that is none of a file's own counts: no change of the structure goes unseen.
func TestNoBitOfTheStructureIsIdle(t *testing.T) {
	c := chip.GoodBrainpool()
	files, data := c.Files(), chip.CredentialOf(c).Encode()
	inner := make([]bool, len(data))
	for name, content := range files {
		if at := bytes.Index(data, content); name != "EF.COM" {
			for i := range content {
				inner[at+i] = true
			}
		}
	}
	v := trusting(t, verify.DefaultPolicy(emrtd.DTC), c.Signer)
	tried := 0
	for at := range data {
		for bit := 0; bit < 8 && !inner[at]; bit++ {
			changed := bytes.Clone(data)
			changed[at] ^= 1 << bit
			tried++
			if r := v.Inspect(context.Background(), []formats.Input{formats.Bytes(changed)}); r.Verdict == verify.Accept {
				t.Errorf("byte %d, bit %d: accepted", at, bit)
			}
		}
	}
	if r := v.Inspect(context.Background(), []formats.Input{formats.Bytes(data)}); r.Verdict != verify.Accept || tried < 200 {
		t.Errorf("%s, %d bits tried", r.Verdict, tried)
	}
}
