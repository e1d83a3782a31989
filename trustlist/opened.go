package trustlist

import (
	"crypto/sha256"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// DetectSize is how much of a file an importer that opens files by their paths gets to see first.
const DetectSize = 512

// Opened is material that stays in its file. SHA256 stands for the file in the digest of the Snapshot.
type Opened struct {
	Material
	SHA256 [sha256.Size]byte
}

// open gives a file to the importer that takes files of its form by their paths, and reports whether there is one.
func (b *builder) open(path string) (bool, error) {
	var head []byte
	for _, i := range b.importers {
		if i.Open == nil {
			continue
		}
		if head == nil {
			var err error
			if head, err = readHead(path); err != nil {
				return false, nil // reading the whole file will say why
			}
		}
		if !i.Detect(head) {
			continue
		}
		o, err := i.Open(path)
		if err != nil {
			return true, fmt.Errorf("%w: %w", errBrokenList, err)
		}
		b.take(o.Material)
		b.material++
		b.hash = append(b.hash, o.SHA256[:]...)
		return true, nil
	}
	return false, nil
}

// readHead reads the first bytes of a regular file.
func readHead(path string) ([]byte, error) {
	if st, err := os.Stat(path); err != nil || !st.Mode().IsRegular() {
		return nil, fmt.Errorf("%s is not a regular file", filepath.Base(path))
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, DetectSize))
}
