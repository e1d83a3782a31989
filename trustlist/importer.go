package trustlist

// An Importer reads published trust material of one form, such as a master list. It lives in a folder of its own below this
// one; package trustlist/all lists them.
type Importer struct {
	Name string // "ICAO master list"
	// Detect looks at the first bytes of a file only.
	Detect func(data []byte) bool
	// Import reads a file. Roots are the certificate authorities that the relying party has named itself, by certificates or
	// in its own list: the only ones that may answer for what a file says.
	Import func(src Source, data []byte, roots []Anchor) (Material, error)
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

// postpone keeps a file for the importer of its form, and reports whether there is one.
func (b *builder) postpone(src Source, data []byte, path string, must bool) bool {
	for _, i := range b.importers {
		if i.Detect(data) {
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
		b.anchors = append(b.anchors, m.Anchors...)
		b.crls = append(b.crls, m.CRLs...)
		b.dropped = append(b.dropped, m.Dropped...)
		for _, a := range m.Anchors {
			if a.Source.Date.IsZero() {
				b.undated = true
			} else {
				b.dated(a.Source.Date)
			}
		}
	}
	return nil
}
