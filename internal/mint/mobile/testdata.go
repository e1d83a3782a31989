package mobile

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

type manifest struct {
	About string         `json:"about"`
	AsOf  string         `json:"as_of"`
	Cases []manifestCase `json:"cases"`
}

type manifestCase struct {
	Name  string    `json:"name"`
	About string    `json:"about"`
	Want  mint.Want `json:"want"`
}

// WriteTestdata writes the mobile documents and the trust that goes with them into a folder:
//
//	mdoc/<case>.txt              the response in base64url, without a line feed at its end
//	mdoc/cases.json              what is in each file, and the outcome that it must have
//	trust/mdoc/ut-iaca….pem      the authorities that are trusted
//
// It overwrites what is there and removes nothing. Two calls write the same bytes.
func WriteTestdata(dir string) error {
	files := map[string][]byte{}
	list := manifest{
		About: "Written by go generate ./internal/mint. All people, authorities and keys are invented.",
		AsOf:  mint.AsOf.Format(time.RFC3339),
	}
	for _, c := range Cases() {
		files["mdoc/"+c.Name+".txt"] = []byte(c.Text)
		list.Cases = append(list.Cases, manifestCase{c.Name, c.About, c.Want})
	}
	files["mdoc/cases.json"] = indented(list)
	for _, t := range Trust() {
		files["trust/mdoc/"+t.Name] = t.PEM
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return fmt.Errorf("mobile: write testdata: %w", err)
		}
		if err := os.WriteFile(path, files[name], 0o644); err != nil {
			return fmt.Errorf("mobile: write testdata: %w", err)
		}
	}
	return nil
}

// Trust gives the files of testdata/trust/mdoc: the authorities of Utopia.
func Trust() []mint.TrustFile {
	ut := Utopia()
	return []mint.TrustFile{{Name: "ut-iaca.pem", PEM: ut.IACA.PEM()}, {Name: "ut-iaca-brainpool.pem", PEM: ut.Brainpool.PEM()}}
}

func indented(v any) []byte {
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(v); err != nil {
		panic("mobile: " + err.Error())
	}
	return out.Bytes()
}
