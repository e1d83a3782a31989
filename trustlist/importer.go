package trustlist

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/cert"
	"github.com/travelseal/travelseal/internal/sig"
	"github.com/travelseal/travelseal/internal/strict/json"
)

// An Importer reads published trust material of one form, such as a master list. It lives in a folder of its own below this
// one; package trustlist/all lists them.
type Importer struct {
	Name string // "ICAO master list"
	// Detect tells by its content whether a file is such a list. Where there is Open, it gets DetectSize bytes at most.
	Detect func(data []byte) bool
	// Import reads a file. Roots are what the relying party has named itself, by certificates, by bare keys or in its own
	// list: the authorities, and the keys that sign lists. They are the only ones that may answer for what a file says. What
	// Import hands over with the authentication Transport is dropped.
	Import func(src Source, data []byte, roots []Anchor) (Material, error)

	// Beside tells by its content whether a file belongs to such lists: a signature apart from what it signs. Where the file is
	// a list itself, of this form or another, it is read as one as well: a gateway's list of certificates names those who sign
	// what it revokes.
	Beside func(data []byte) bool
	// ImportBeside is Import for a form with such files. It gets all of them, whichever list they belong to.
	ImportBeside func(src Source, data []byte, roots []Anchor, beside []File) (Material, error)

	// Open takes the file by its path instead, whatever its size, where the importer has it. An error stops the loading, also
	// of a folder: what such a file says of revocations must not be lost silently.
	Open func(path string) (Opened, error)
}

// A File is one file and its name without the folder.
type File struct {
	Name string
	Data []byte
}

// Material is what trust material holds.
type Material struct {
	Anchors []Anchor
	CRLs    [][]byte // revocation lists, DER; each counts if a CA among the anchors has signed it
	// Signers are certificates of signers that a directory lists and nobody vouches for, DER. Each counts if it leads to a CA
	// among the anchors; documents that do not bring their signer's certificate call it by its reference.
	Signers     [][]byte
	Dropped     []Dropped
	Revocations *Revocations      // of documents; nil where there are none
	Stores      []RevocationStore // the same, of lists that stay in their files
	// Created is the list's own date. Where it is zero, the list is as old as the oldest of its anchors' sources.
	Created time.Time
	// ListSigner is the certificate, DER, of the root that signed the list. It seals no document, whoever named it.
	ListSigner []byte
	// Overlays are what the relying party has decided about keys. Those of importers do not count.
	Overlays []*Overlay

	tables []*table // packed lists
}

// An importerUse is an importer and the files of its form. The lists wait until everything is known that may answer for them.
type importerUse struct {
	Importer
	lists  []deferredFile
	beside []File
	lent   []File // beside as well, and lists themselves
}

type deferredFile struct {
	src  Source
	data []byte
	path string
	must bool
}

// objectLimits bound what is looked at to tell a JSON list by its members.
var objectLimits = json.Limits{Depth: 32, Items: 4_000_000}

// HasMembers reports whether data is one JSON object in strict form with all of these members. Importers tell their lists
// by it.
func HasMembers(data []byte, names ...string) bool {
	if !bytes.HasPrefix(bytes.TrimLeft(data, " \t\r\n"), []byte("{")) {
		return false
	}
	for _, name := range names { // so that few texts are read as a whole
		if !bytes.Contains(data, []byte(`"`+name+`"`)) {
			return false
		}
	}
	v, err := json.Parse(data, objectLimits)
	if err != nil {
		return false
	}
	missing := make(map[string]bool, len(names))
	for _, name := range names {
		missing[name] = true
	}
	for name := range v.Members() {
		delete(missing, name)
	}
	return len(missing) == 0
}

// postpone keeps a file for the importers that it concerns, and reports whether there is one. A list has one importer; a
// file beside may belong to the lists of several.
func (b *builder) postpone(src Source, data []byte, path string, must bool) bool {
	for _, i := range b.importers {
		if i.Open == nil && i.Detect(data) {
			i.lists = append(i.lists, deferredFile{src, data, path, must})
			b.lend(File{Name: src.Name, Data: data})
			return true
		}
	}
	belongs := false
	for _, i := range b.importers {
		if i.Beside != nil && i.Beside(data) {
			i.beside = append(i.beside, File{Name: src.Name, Data: data})
			belongs = true
		}
	}
	return belongs
}

// lend hands a list to the importers for which it lies beside theirs.
func (b *builder) lend(f File) {
	for _, i := range b.importers {
		if i.Beside != nil && i.Beside(f.Data) {
			i.lent = append(i.lent, f)
		}
	}
}

// importDeferred reads the files of importers. A list answers for no other list: all are held against what the relying
// party has named itself.
func (b *builder) importDeferred() error {
	roots := b.roots()
	var used []File
	for _, i := range b.importers {
		for _, f := range i.lists {
			var m Material
			var err error
			if i.ImportBeside != nil {
				m, err = i.ImportBeside(f.src, f.data, roots, slices.Concat(i.beside, i.lent))
			} else {
				m, err = i.Import(f.src, f.data, roots)
			}
			if errors.Is(err, ErrRevocations) {
				err = fmt.Errorf("%w: %w", errBrokenList, err)
			}
			if err != nil {
				if err := b.skip(f.path, f.must, err); err != nil {
					return err
				}
				continue
			}
			b.take(m)
		}
		if len(i.lists) > 0 {
			used = append(used, i.beside...)
		}
	}
	b.dropUnused(used)
	return nil
}

// roots are what may answer for lists: authorities, keys named for it, and certificates that are their own issuer's, as
// publishers make them who have no authority.
func (b *builder) roots() []Anchor {
	var roots []Anchor
	for _, a := range b.anchors {
		answers := a.Role == CA || a.Role == ListSigner || a.Certificate != nil && selfIssued(a.Certificate)
		if answers && a.RevokedAt.IsZero() {
			roots = append(roots, a)
		}
	}
	return roots
}

func selfIssued(raw []byte) bool {
	c, err := cert.Parse(raw)
	return err == nil && c.SelfIssued()
}

// take adds what an importer has found.
func (b *builder) take(m Material) {
	for _, a := range m.Anchors {
		if a.Source.Authentication == Transport {
			b.dropped = append(b.dropped, Dropped{Source: a.Source.Name, Item: a.item(), Reason: "nothing but the way it came vouches for it"})
			continue
		}
		b.anchors = append(b.anchors, a)
		if date := a.Source.Date; m.Created.IsZero() && date.IsZero() {
			b.undated = true
		} else if m.Created.IsZero() {
			b.dated(date)
		}
	}
	if !m.Created.IsZero() {
		b.dated(m.Created)
	}
	if m.Revocations != nil {
		b.revoke(m.Revocations)
	}
	b.crls = append(b.crls, m.CRLs...)
	b.signers = append(b.signers, m.Signers...)
	b.stores = append(b.stores, m.Stores...)
	b.dropped = append(b.dropped, m.Dropped...)
	for i := range b.anchors {
		if a := &b.anchors[i]; m.ListSigner != nil && a.Role == Signer && bytes.Equal(a.Certificate, m.ListSigner) {
			a.Role = ListSigner
		}
	}
}

// revoke takes in a list of revoked documents.
func (b *builder) revoke(r *Revocations) {
	if b.revoked == nil {
		b.revoked = &Revocations{Partial: true}
	}
	b.revoked.merge(r)
}

// maxPins bounds the keys that one signature of a list is held against.
const maxPins = 64

// SignedBy gives the first of the roots whose key made a signature, or nil. Importers ask it for lists that a publisher's key
// signs without a certificate beside. At most 64 roots are asked.
func SignedBy(roots []Anchor, a formats.Algorithm, signed, signature []byte) *Anchor {
	for i := range roots[:min(len(roots), maxPins)] {
		if r := &roots[i]; r.Fits(a) == nil && sig.Verify(a, r.Key, signed, signature) == nil {
			return r
		}
	}
	return nil
}

// dropUnused names the files beside lists that no list was there for.
func (b *builder) dropUnused(used []File) {
	named := make(map[string]bool)
	for _, f := range used {
		named[f.Name] = true
	}
	for _, i := range b.importers {
		for _, f := range i.beside {
			if !named[f.Name] {
				named[f.Name] = true
				b.drop(Source{Name: f.Name}, "file", "it belongs to a list that is not there ("+i.Name+")")
			}
		}
	}
}
