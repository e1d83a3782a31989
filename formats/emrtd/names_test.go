package emrtd_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/emrtd"
	"github.com/travelseal/travelseal/internal/mint/chip"
)

func TestFilesHaveManyNames(t *testing.T) {
	for want, spellings := range map[string][]string{
		"EF.SOD":        {"EF.SOD", "ef.sod", "EF_SOD.bin", "EF-SOD.BIN", "EFSOD", "SOD", "sod.cms", "SOD.der", "011D", "011d.bin", "EF.SOD.bin", "EF.011D"},
		"EF.COM":        {"EF.COM", "COM.bin", "ef_com.dat", "011E"},
		"DG1":           {"DG1", "dg1", "DG1.bin", "EF.DG1", "EF_DG1.bin", "dg01", "DG01.BIN", "DG_1", "DG-1", "0101", "EFDG1"},
		"DG2":           {"DG2", "0102", "Ef.Dg2.tlv"},
		"DG9":           {"DG9", "DG09", "0109"},
		"DG10":          {"DG10", "010A", "010a.bin"},
		"DG14":          {"DG14", "010E", "EF_DG14.raw"},
		"DG16":          {"DG16", "0110"},
		"EF.CardAccess": {"EF.CardAccess", "CardAccess.bin", "011C"},
		"EF.ATR/INFO":   {"EF.ATR", "EF.ATR_INFO"},
		"": {"", "DG", "DG0", "DG00", "DG17", "DG001", "DG1 ", " DG1", "DG1.old", "DG1.bin.bin", "EF.EF.DG1", "EF", "EF.", ".bin", "0100", "0111", "101", "1",
			"0x0101", "dir/DG1", "DG１", "DG1\x00", "DG١", strings.Repeat("A", 25), "SODA", "COMMENT.bin", "COM1"},
	} {
		for _, s := range spellings {
			if got := emrtd.FileName(s).String(); got != want {
				t.Errorf("%q means %q, want %q", s, got, want)
			}
		}
	}
}

func TestEverySpellingGivesTheSameDocument(t *testing.T) {
	c := chip.Good()
	want := decode(t, c, formats.Options{})
	for name, x := range map[string]chip.Chip{
		"short names":               c.Renamed("EF.SOD", "sod.bin").Renamed("EF.COM", "COM").Renamed("DG1", "ef_dg01.bin").Renamed("DG2", "EF.DG2"),
		"identifiers":               c.Renamed("EF.SOD", "011D").Renamed("EF.COM", "011E").Renamed("DG1", "0101").Renamed("DG2", "0102.bin"),
		"further files of the chip": c.PutFile("EF.CardAccess", []byte{0x31, 0}).PutFile("EF.DIR", nil),
	} {
		got := decode(t, x, formats.Options{})
		if same(got, want) != "" {
			t.Errorf("%s: %s", name, same(got, want))
		}
	}
}

func TestTwoFilesOfOneMeaningAreRefused(t *testing.T) {
	for name, x := range map[string]chip.Chip{
		"EF.SOD": chip.Good().PutFile("011D", []byte{0x77, 0}), "EF.COM": chip.Good().PutFile("com.bin", nil),
		"DG1": chip.Good().PutFile("DG01", chip.Good().Groups[1]), "DG2": chip.Good().PutFile("ef.dg2", nil),
		"EF.CardAccess": chip.Good().PutFile("011C", nil).PutFile("CardAccess", nil),
	} {
		fe := refused(t, input(x.Files()), formats.Options{}, formats.CodeAmbiguous, "files")
		if !strings.HasSuffix(fe.Error(), "two files are "+name) {
			t.Errorf("%s: %v", name, fe)
		}
	}
}

func TestDetectLooksAtNamesAndFirstBytes(t *testing.T) {
	c := chip.Good()
	files := c.Files()
	lone := func(name string, data []byte) formats.Input {
		return formats.Input{Files: []formats.File{{Name: name, Data: data}}}
	}
	for name, x := range map[string]struct {
		in   formats.Input
		want bool
	}{
		"a chip":                   {input(files), true},
		"EF.SOD":                   {lone("EF.SOD", files["EF.SOD"]), true},
		"EF.SOD, bare":             {lone("EF.SOD", c.Message().Encode()), true},
		"EF.SOD, another content":  {lone("EF.SOD", []byte("hello")), false},
		"EF.COM":                   {lone("EF.COM", files["EF.COM"]), true},
		"DG1":                      {lone("DG1", files["DG1"]), true},
		"DG1 without content":      {lone("DG1", nil), false},
		"DG1 of another format":    {lone("DG1", []byte(`{"data":{"hdr":`)), false},
		"DG1 named DG2":            {lone("DG2", files["DG1"]), false},
		"DG16":                     {lone("DG16", chip.DG16("X", "1")), true},
		"EF.CardAccess":            {lone("EF.CardAccess", []byte{0x31, 0x81}), false},
		"no name":                  {lone("", files["EF.SOD"]), true},
		"no name, DG1":             {lone("", files["DG1"]), false},
		"no name, bare":            {lone("", c.Message().Encode()), false},
		"no name, a text":          {formats.Text("weather"), false},
		"no name, another text":    {formats.Text("w"), false},
		"no name, indefinite":      {formats.Bytes([]byte{0x77, 0x80, 0x30}), true},
		"another name":             {lone("picture.png", files["EF.SOD"]), false},
		"no name and another file": {formats.Input{Files: []formats.File{{Data: files["EF.SOD"]}, {Name: "x", Data: files["EF.SOD"]}}}, false},
		"nothing":                  {formats.Input{}, false},
	} {
		if got := emrtd.Format.Detect(x.in); got != x.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestALoneSODIsReadAsSuch(t *testing.T) {
	sod := chip.Good().Files()["EF.SOD"]
	doc, err := emrtd.Format.Decode(formats.Bytes(sod), formats.Options{})
	if err != nil || len(doc.Seals) != 1 || len(doc.Parts) != 1 || doc.Parts[0].Name != "EF.SOD" || doc.Seals[0].Signer.Country != "" {
		t.Fatalf("%+v, %v", doc, err)
	}
}

func TestFilesThatAreNoChipAreRefused(t *testing.T) {
	c := chip.Good()
	for name, in := range map[string]formats.Input{
		"no file": {}, "an empty text": formats.Text(""), "a text": formats.Text("x"),
		"DG2 alone":    {Files: []formats.File{{Name: "DG2", Data: c.Groups[2]}}},
		"EF.COM alone": {Files: []formats.File{{Name: "EF.COM", Data: c.Files()["EF.COM"]}}},
	} {
		t.Run(name, func(t *testing.T) { refused(t, in, formats.Options{}, formats.CodeEnvelope, "files") })
	}
	refused(t, formats.Input{Files: []formats.File{{Name: "DG1"}}}, formats.Options{}, formats.CodePayload, "DG1")
}

func TestNamesOfStrangersAreShownWhereTheyArePlain(t *testing.T) {
	for name, want := range map[string]string{"readme.txt": "readme.txt", "a b": "a further file", "\u202Etxt": "a further file", strings.Repeat("x", 25): "a further file"} {
		doc := decode(t, chip.Good().PutFile(name, nil), formats.Options{})
		if got := doc.Parts[len(doc.Parts)-1]; got.Name != want || got.Seal != formats.NoSeal {
			t.Errorf("%q: %+v", name, got)
		}
	}
}

func TestFilesThatWereOpenedOneByOneAreJoined(t *testing.T) {
	file := func(source, name string) formats.Input {
		return formats.Input{Source: source, Files: []formats.File{{Name: name, Data: []byte(source)}}}
	}
	text := formats.Text("HC1:")
	failed := formats.Input{Source: "a/DG5", Err: &formats.Error{Code: formats.CodeLimit, Offset: -1}, Files: []formats.File{{Name: "DG5"}}}
	got := emrtd.Format.Group([]formats.Input{
		file("a/EF.SOD", "EF.SOD"), text, file("b/EF.SOD", "EF.SOD"), file("a/DG1.bin", "DG1.bin"), file(`c\DG1`, "DG1"), file("a/x.txt", "x.txt"),
		failed, file("b/DG1", "DG1"), file("a/0101", "0101"), file("a/DG2", "DG2"), file("DG1", "DG1"), file("DG2", "DG2"),
	})
	var shown []string
	for _, in := range got {
		s := in.Source + ":"
		for _, f := range in.Files {
			s += " " + f.Name
		}
		shown = append(shown, s)
	}
	want := []string{"a/: EF.SOD DG1.bin", ": ", "b/: EF.SOD DG1", `c\DG1: DG1`, "a/x.txt: x.txt", "a/DG5: DG5", "a/: 0101 DG2", "DG1: DG1 DG2"}
	if !slices.Equal(shown, want) {
		t.Errorf("got  %q\nwant %q", shown, want)
	}
	if n := len(emrtd.Format.Group(nil)); n != 0 {
		t.Errorf("%d of none", n)
	}
}

// The caller's Inputs stay as they were: several formats group the same list.
func TestJoiningChangesNothingOfTheCallers(t *testing.T) {
	files := make([]formats.File, 1, 4)
	files[0] = formats.File{Name: "DG1"}
	list := []formats.Input{{Source: "a/DG1", Files: files}, {Source: "a/DG2", Files: []formats.File{{Name: "DG2"}}}}
	emrtd.Format.Group(list)
	if len(list[0].Files) != 1 || files[:2][1].Name != "" || list[0].Source != "a/DG1" {
		t.Errorf("%+v", list)
	}
}
