package mint

import (
	"fmt"
	"os"
	"path/filepath"
)

// manifest is testdata/eu-dcc/cases.json.
type manifest struct {
	About    string         `json:"about"`
	AsOf     string         `json:"as_of"`
	Cases    []manifestCase `json:"cases"`
	Pictures []Picture      `json:"pictures"`
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
//	trust/<signer>.pem   the signers that are trusted; no others
//
// It overwrites what is there and removes nothing. Two calls write the same bytes.
func WriteTestdata(dir string) error {
	texts := map[string]string{}
	list := manifest{
		About:    "Written by go generate ./internal/mint. All people, authorities and keys are invented.",
		AsOf:     stamp(AsOf),
		Pictures: Pictures(),
	}
	files := map[string][]byte{}
	for _, c := range Cases() {
		texts[c.Name] = c.Text
		files["eu-dcc/"+c.Name+".txt"] = []byte(c.Text)
		if c.Picture {
			files["eu-dcc/"+c.Name+".png"] = PNG(QR(c.Text))
		}
		list.Cases = append(list.Cases, manifestCase{Name: c.Name, About: c.About, Want: c.Want, Picture: c.Picture})
	}
	for _, p := range list.Pictures {
		var held []string
		for _, name := range p.Holds {
			held = append(held, texts[name])
		}
		files["eu-dcc/"+p.Name+".png"] = PNG(SideBySide(held...))
	}
	files["eu-dcc/cases.json"] = indented(list)
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

func writeFile(name string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	return os.WriteFile(name, data, 0o644)
}
