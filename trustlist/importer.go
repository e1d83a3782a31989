package trustlist

import (
	"crypto/sha256"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// An Importer reads published trust material of one form, such as a master list. It lives in a folder of its own below this
// one; package trustlist/all lists them.
type Importer struct {
	Name string // "ICAO master list"
	// Detect looks at the first bytes of a file only: at most DetectSize of them, where there is Open.
	Detect func(data []byte) bool
	// Import reads a file. Roots are the certificate authorities that the relying party has named itself, by certificates or
	// in its own list: the only ones that may answer for what a file says.
	Import func(src Source, data []byte, roots []Anchor) (Material, error)
	// Open takes the file by its path instead, whatever its size, where the importer has it. An error stops the loading, also
	// of a folder: what such a file says of revocations must not be lost silently.
	Open func(path string) (Opened, error)
}

// DetectSize is how much of a file an importer that opens files by their paths gets to see first.
const DetectSize = 512

// Opened is material that stays in its file. SHA256 stands for the file in the digest of the Snapshot.
type Opened struct {
	Material
	SHA256 [sha256.Size]byte
}

// Material is what trust material holds.
type Material struct {
	Anchors     []Anchor
	CRLs        [][]byte // revocation lists, DER; each counts if a CA among the anchors has signed it
	Dropped     []Dropped
	Revocations *Revocations      // of documents; nil where there are none
	Stores      []RevocationStore // the same, of lists that stay in their files
}

// A deferredFile waits until everything is known that may answer for it.
type deferredFile struct {
	importer Importer
	src      Source
	data     []byte
	path     string
	must     bool
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

// postpone keeps a file for the importer of its form, and reports whether there is one.
func (b *builder) postpone(src Source, data []byte, path string, must bool) bool {
	for _, i := range b.importers {
		if i.Import != nil && i.Detect(data) {
			b.deferred = append(b.deferred, deferredFile{i, src, data, path, must})
			return true
		}
	}
	return false
}

// importDeferred reads the files of importers. A list answers for no other list: all are held against what the relying
// party has named itself.
func (b *builder) importDeferred() error {
	var roots []Anchor
	for _, a := range b.anchors {
		if a.Role == CA {
			roots = append(roots, a)
		}
	}
	for _, f := range b.deferred {
		m, err := f.importer.Import(f.src, f.data, roots)
		if err != nil {
			if err := b.skip(f.path, f.must, err); err != nil {
				return err
			}
			continue
		}
		b.take(m)
	}
	return nil
}

// take adds what an importer has read.
func (b *builder) take(m Material) {
	b.anchors = append(b.anchors, m.Anchors...)
	b.crls = append(b.crls, m.CRLs...)
	b.dropped = append(b.dropped, m.Dropped...)
	b.stores = append(b.stores, m.Stores...)
	for _, a := range m.Anchors {
		if a.Source.Date.IsZero() {
			b.undated = true
		} else {
			b.dated(a.Source.Date)
		}
	}
}
