package chip_test

import (
	"bytes"
	"encoding/asn1"
	"slices"
	"testing"

	"github.com/travelseal/travelseal/internal/mint/chip"
	"github.com/travelseal/travelseal/internal/mint/der"
)

// dtcContentInfo is the structure of the specification as another decoder is told it.
type dtcContentInfo struct {
	Version    int
	Data       dtcData
	TBS        asn1.RawValue `asn1:"optional,tag:0"`
	SignerInfo asn1.RawValue `asn1:"optional,tag:1"`
}

type dtcData struct {
	SOD          []byte        `asn1:"optional,tag:0"`
	DG1          []byte        `asn1:"tag:1"`
	DG2          []byte        `asn1:"tag:2"`
	DG3          []byte        `asn1:"optional,tag:3"`
	DG11         []byte        `asn1:"optional,tag:11"`
	DG12         []byte        `asn1:"optional,tag:12"`
	DG14         []byte        `asn1:"optional,tag:14"`
	DG15         []byte        `asn1:"optional,tag:15"`
	SecurityInfo asn1.RawValue `asn1:"optional,tag:22"`
	OtherInfos   asn1.RawValue `asn1:"optional,tag:23"`
}

func TestAnotherDecoderReadsTheCredentials(t *testing.T) {
	for name, c := range map[string]chip.Credential{
		"passport": chip.CredentialOf(chip.Good()), "card": chip.CredentialOf(chip.GoodBrainpool()), "device": chip.CredentialOf(chip.Good()).ForDevice(),
		"device alone": chip.CredentialOf(chip.Good().WithoutFile("EF.SOD")).ForDevice(),
		"with others":  chip.CredentialOf(chip.Good()).With(chip.Security(), chip.OtherInfos()).Behind(chip.TBS(3), chip.SignerInfo()),
	} {
		data := c.Encode()
		var got dtcContentInfo
		rest, err := asn1.Unmarshal(data, &got)
		if err != nil || len(rest) > 0 || got.Version != 1 {
			t.Errorf("%s: %v, %d bytes behind, version %d", name, err, len(rest), got.Version)
			continue
		}
		files := c.Chip.Files()
		for file, content := range map[string][]byte{
			"EF.SOD": got.Data.SOD, "DG1": got.Data.DG1, "DG2": got.Data.DG2, "DG3": got.Data.DG3, "DG11": got.Data.DG11, "DG12": got.Data.DG12,
			"DG14": got.Data.DG14, "DG15": got.Data.DG15,
		} {
			if !bytes.Equal(content, files[file]) {
				t.Errorf("%s: %s is another file", name, file)
			}
		}
		device := name != "passport" && name != "card"
		if (got.TBS.Tag == 0 && got.TBS.Bytes != nil) != device || (got.SignerInfo.Bytes != nil) != device || (got.Data.SecurityInfo.Bytes != nil) != device ||
			(got.Data.OtherInfos.Bytes != nil) != (name == "with others") {
			t.Errorf("%s: what a device is bound by is %+v, %+v, %+v", name, got.TBS, got.SignerInfo, got.Data.SecurityInfo)
		}
	}
}

func TestCredentialCasesHaveNamesOfTheirOwnAndSoundWants(t *testing.T) {
	seen := map[string]string{}
	names := map[string]bool{}
	for _, c := range chip.CredentialCases() {
		data := string(c.Credential.Encode())
		if seen[data] != "" || names[c.Name] || c.About == "" {
			t.Errorf("%s and %s are one credential, or have one name, or none says what it is", c.Name, seen[data])
		}
		seen[data], names[c.Name] = c.Name, true
		note := c.Want.Code == "" || c.Want.Code == "decode.tolerated"
		if (c.Want.Verdict == "accept") != note {
			t.Errorf("%s: a credential that is not accepted has a code", c.Name)
		}
	}
}

// Changes to a credential are changed copies.
func TestChangesLeaveACredentialAsItWas(t *testing.T) {
	good := chip.CredentialOf(chip.Good())
	before := good.Encode()
	more := good.With(chip.Security())
	both := more.With(chip.OtherInfos()).Behind(chip.TBS(3)).Behind(chip.SignerInfo())
	if !bytes.Equal(good.Encode(), before) {
		t.Error("the credential was changed")
	}
	want := slices.Concat(chip.Security().Encode(), chip.OtherInfos().Encode(), chip.TBS(3).Encode(), chip.SignerInfo().Encode())
	if !bytes.HasSuffix(both.Encode(), want) || bytes.Contains(more.Encode(), chip.OtherInfos().Encode()) {
		t.Error("what is added stands elsewhere")
	}
	version := good
	version.Version = der.Int(2)
	if bytes.Equal(version.Encode(), before) {
		t.Error("the version is the same")
	}
}
