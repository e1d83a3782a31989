package chip

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/travelseal/travelseal/internal/mint"
)

// manifest is the file cases.json of testdata/emrtd and testdata/dtc.
type manifest struct {
	About string         `json:"about"`
	AsOf  string         `json:"as_of"`
	Cases []manifestCase `json:"cases"`
}

type manifestCase struct {
	Name  string    `json:"name"`
	About string    `json:"about"`
	Files []string  `json:"files,omitempty"` // of a chip, in its folder
	File  string    `json:"file,omitempty"`  // of a credential
	Want  mint.Want `json:"want"`
}

func newManifest() manifest {
	return manifest{
		About: "Written by go generate ./internal/mint. All people, authorities and keys are invented.",
		AsOf:  mint.AsOf.Format(time.RFC3339),
	}
}

// WriteTestdata writes the chips and the trust that goes with them into a folder:
//
//	emrtd/<case>/EF.SOD, EF.COM, DG1, …   the files of one chip, as they are read
//	emrtd/cases.json                       what is on each chip, its files, and the outcome that it must have
//	dtc/<case>.dtc, dtc/cases.json         credentials made of chips, and the same of them
//	trust/emrtd/ut-csca….pem               the authorities that are trusted
//
// It overwrites what is there and removes nothing. Two calls write the same bytes.
func WriteTestdata(dir string) error {
	files := map[string][]byte{}
	list := newManifest()
	for _, c := range Cases() {
		chip := c.Chip.Files()
		names := slices.Sorted(maps.Keys(chip))
		for _, name := range names {
			files["emrtd/"+c.Name+"/"+name] = chip[name]
		}
		list.Cases = append(list.Cases, manifestCase{Name: c.Name, About: c.About, Files: names, Want: c.Want})
	}
	files["emrtd/cases.json"] = indented(list)
	credentials := newManifest()
	for _, c := range CredentialCases() {
		name := c.Name + ".dtc"
		files["dtc/"+name] = c.Credential.Encode()
		credentials.Cases = append(credentials.Cases, manifestCase{Name: c.Name, About: c.About, File: name, Want: c.Want})
	}
	files["dtc/cases.json"] = indented(credentials)
	for _, t := range Trust() {
		files["trust/emrtd/"+t.Name] = t.PEM
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return fmt.Errorf("chip: write testdata: %w", err)
		}
		if err := os.WriteFile(path, files[name], 0o644); err != nil {
			return fmt.Errorf("chip: write testdata: %w", err)
		}
	}
	return nil
}

// Trust gives the files of testdata/trust/emrtd: the authorities of Utopia.
func Trust() []mint.TrustFile {
	ut := Utopia()
	return []mint.TrustFile{
		{Name: "ut-csca.pem", PEM: ut.CSCA.PEM()},
		{Name: "ut-csca-brainpool.pem", PEM: ut.Brainpool.PEM()},
		{Name: "ut-csca-rsa.pem", PEM: ut.RSA.PEM()},
		{Name: "ut-csca-pss.pem", PEM: ut.PSS.PEM()},
	}
}

func indented(v any) []byte {
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(v); err != nil {
		panic("chip: " + err.Error())
	}
	return out.Bytes()
}
