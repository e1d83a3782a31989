package barcode

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/travelseal/travelseal/internal/mint"
)

// WriteTestdata writes the seals and the trust that goes with them into a folder:
//
//	vds/<case>.txt          the bytes of the barcode
//	vds/cases.json          what is in each file, and the outcome that it must have
//	idb/…                   as vds, with one picture
//	trust/seals/….pem       the signers that are trusted
//
// It overwrites what is there and removes nothing. Two calls write the same bytes.
func WriteTestdata(dir string) error {
	files := map[string][]byte{}
	for folder, cases := range Cases() {
		mint.AddCases(files, folder, cases)
	}
	for _, s := range Utopia().Trusted() {
		files["trust/seals/"+strings.ToLower(Called(s))+".pem"] = s.PEM()
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return fmt.Errorf("barcode: write testdata: %w", err)
		}
		if err := os.WriteFile(path, files[name], 0o644); err != nil {
			return fmt.Errorf("barcode: write testdata: %w", err)
		}
	}
	return nil
}

// Cases are the documents of the testdata by their folder.
func Cases() map[string][]mint.Case {
	return map[string][]mint.Case{"vds": VDSCases(), "idb": IDBCases()}
}

// Folders are those of the testdata.
func Folders() []string { return append(slices.Sorted(maps.Keys(Cases())), "trust/seals") }
