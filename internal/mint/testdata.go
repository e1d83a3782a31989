package mint

import (
	"fmt"
	"os"
	"path/filepath"
)

// manifest is the file cases.json of one format's folder.
type manifest struct {
	About    string         `json:"about"`
	AsOf     string         `json:"as_of"`
	Cases    []manifestCase `json:"cases"`
	Pictures []Picture      `json:"pictures,omitempty"`
}

type manifestCase struct {
	Name    string `json:"name"`
	About   string `json:"about"`
	Want    Want   `json:"want"`
	Picture bool   `json:"picture,omitempty"`
}

// WriteTestdata writes the test documents and the trust that goes with them into a folder:
//
//	eu-dcc/<case>.txt    the content of the code, without a line feed at its end
//	eu-dcc/<name>.png    the code as a picture, or several codes in one
//	eu-dcc/cases.json    what is in each file, and the outcome that it must have
//	mrz/<case>.txt       the lines of a machine readable zone, without a line feed at the end of the last
//	mrz/cases.json       as for eu-dcc
//	nzcp/…, vdsnc/…, shc/…, shlink/…   as eu-dcc/…
//	bcbp/… 2ddoc/…       as eu-dcc/…
//	who-ddcc/… who-dvc/… at-ve/… ch-light/… divoc/…   as eu-dcc/…
//	trust/<signer>.pem   the signers that are trusted; no others
//
// It overwrites what is there and removes nothing. Two calls write the same bytes.
func WriteTestdata(dir string) error {
	files := map[string][]byte{}
	texts := addCases(files, "eu-dcc", Cases(), Pictures())
	for _, p := range Pictures() {
		var held []string
		for _, name := range p.Holds {
			held = append(held, texts[name])
		}
		files["eu-dcc/"+p.Name+".png"] = PNG(SideBySide(held...))
	}
	addCases(files, "mrz", MRZCases(), nil)
	addCases(files, "nzcp", NZCPCases(), nil)
	addCases(files, "vdsnc", VDSNCCases(), nil)
	addCases(files, "shc", SHCCases(), nil)
	addCases(files, "shlink", SHLinkCases(), nil)
	files["trust/ut-shc.json"] = CardTrust()
	files["trust/ut-nzcp.json"] = NZCPTrust()
	for _, s := range BarcodeSigners() {
		files["trust/"+s.Name+".pem"] = s.PEM()
	}
	for folder, cases := range HealthCases() {
		addCases(files, folder, cases, nil)
	}
	files["trust/ut-health.json"] = HealthTrust()
	addCases(files, "divoc", CredentialCases(), nil)
	files["trust/ut-divoc.json"] = CredentialTrust()
	addCases(files, "bcbp", BoardingCases(), nil)
	files["trust/ut-airline.json"] = AirlineTrust()
	addCases(files, "2ddoc", Seal2DCases(), nil)
	files["trust/ut-2ddoc.pem"] = SealSigner2D().PEM()
	for _, t := range Trust() {
		files["trust/"+t.Name] = t.PEM
	}
	for name, data := range files {
		if err := writeFile(filepath.Join(dir, filepath.FromSlash(name)), data); err != nil {
			return fmt.Errorf("mint: write testdata: %w", err)
		}
	}
	return nil
}

// AddCases adds the documents of one format and their manifest to the files of a folder of testdata.
func AddCases(files map[string][]byte, folder string, cases []Case) {
	addCases(files, folder, cases, nil)
}

// addCases adds the documents of one format and their manifest, and gives the texts by the name of their case.
func addCases(files map[string][]byte, folder string, cases []Case, pictures []Picture) map[string]string {
	texts := map[string]string{}
	list := manifest{
		About:    "Written by go generate ./internal/mint. All people, authorities and keys are invented.",
		AsOf:     stamp(AsOf),
		Pictures: pictures,
	}
	for _, c := range cases {
		texts[c.Name] = c.Text
		files[folder+"/"+c.Name+".txt"] = []byte(c.Text)
		if c.Picture {
			files[folder+"/"+c.Name+".png"] = PNG(QR(c.Text))
		}
		list.Cases = append(list.Cases, manifestCase{Name: c.Name, About: c.About, Want: c.Want, Picture: c.Picture})
	}
	files[folder+"/cases.json"] = indented(list)
	return texts
}

func writeFile(name string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	return os.WriteFile(name, data, 0o644)
}
