package trustlist

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/travelseal/travelseal/internal/cert"
)

// MaxFile bounds one file of trust material, and MaxFiles the files of one folder.
const (
	MaxFile  = 32 << 20
	MaxFiles = 10_000
)

// Load is [Loader.Load] without importers: it reads what needs no other code than this package's.
func Load(paths ...string) (*Snapshot, error) { return Loader{}.Load(paths...) }

// A Loader makes Snapshots of files. The zero Loader reads certificates and revocation lists in PEM and DER, and lists of
// the form travelseal.trust/1; each Importer adds a form.
type Loader struct {
	Importers []Importer
	// Resolve may say that a path stands for other files, as a signed bundle does; it gives nil for one that stands for
	// itself. A nil Resolve finds none.
	Resolve func(path string) (*Resolved, error)
}

// Load reads trust material from folders and files and makes one Snapshot of it. What a file is, its content says. In a
// folder, files that are no trust material are listed as dropped; a file that is named by itself must be.
//
// The date of the Snapshot is the oldest of its sources' dates; where one source has none, neither has the Snapshot.
func (l Loader) Load(paths ...string) (*Snapshot, error) {
	if len(paths) == 0 {
		return nil, &LoadError{Source: "(none)", Err: errors.New("no folder or file was named")}
	}
	b := &builder{}
	defer b.close()
	for _, i := range l.Importers {
		b.importers = append(b.importers, &importerUse{Importer: i})
	}
	for _, p := range paths {
		if found, err := b.resolve(p, l.Resolve); err != nil {
			return nil, err
		} else if found {
			continue
		}
		if err := b.path(p); err != nil {
			return nil, err
		}
	}
	if err := b.importDeferred(); err != nil {
		return nil, err
	}
	return b.snapshot()
}

// A builder collects the parts of a Snapshot from several files.
type builder struct {
	names    []string
	hash     []byte // the SHA-256 of every file, in order
	created  time.Time
	undated  bool
	version  int64
	anchors  []Anchor
	dropped  []Dropped
	revoked  *Revocations
	stores   []RevocationStore
	crls     [][]byte
	tables   []*table
	overlays []*Overlay
	signers  [][]byte
	material int // files that were trust material

	// plain are the indices of anchors that are certificates in files of their own, which have no date.
	plain []int

	importers []*importerUse
	resolved  []Info
	done      []func()
}

func (b *builder) close() {
	for _, done := range b.done {
		done()
	}
}

func (b *builder) path(path string) error {
	st, err := os.Stat(path)
	if err != nil {
		return &LoadError{Source: path, Err: plain(err)}
	}
	b.names = append(b.names, filepath.Base(path))
	if !st.IsDir() {
		return b.file(path, true)
	}
	entries, err := os.ReadDir(path) // sorted by name, so that a folder always loads in the same order
	if err != nil {
		return &LoadError{Source: path, Err: plain(err)}
	}
	if len(entries) > MaxFiles {
		return &LoadError{Source: path, Err: fmt.Errorf("%d files, the limit for a folder is %d", len(entries), MaxFiles)}
	}
	before := b.material
	for _, e := range entries {
		if e.IsDir() || strings.HasPrefix(e.Name(), ".") {
			continue
		}
		if err := b.file(filepath.Join(path, e.Name()), false); err != nil {
			return err
		}
	}
	if b.material == before {
		return &LoadError{Source: path, Err: errors.New("the folder holds no certificate and no trust list")}
	}
	return nil
}

// file reads one file. A file that must be trust material and is not is an error; in a folder it is listed as dropped.
func (b *builder) file(path string, must bool) error {
	if opened, err := b.open(path); err != nil {
		return b.skip(path, must, err)
	} else if opened {
		return nil
	}
	data, err := readFile(path)
	if err != nil {
		return b.skip(path, must, err)
	}
	if err := b.add(Source{Name: filepath.Base(path), SHA256: sha256.Sum256(data)}, data, path, must); err != nil {
		return b.skip(path, must, err)
	}
	return nil
}

// skip lists a file of a folder that holds nothing usable as dropped, so that one bad file never costs the others. A file
// that is named by itself, one with a private key, and a list that is broken stop the loading: what a list says of
// revocations must not be lost silently.
func (b *builder) skip(path string, must bool, err error) error {
	if must || errors.Is(err, errPrivateKey) || errors.Is(err, errBrokenList) {
		return &LoadError{Source: path, Err: err}
	}
	b.drop(Source{Name: filepath.Base(path)}, "file", err.Error())
	return nil
}

// readFile reads one regular file within the limit, and never a device or a pipe.
func readFile(path string) ([]byte, error) {
	st, err := os.Stat(path)
	if err != nil {
		return nil, plain(err)
	}
	if !st.Mode().IsRegular() {
		return nil, errors.New("not a regular file")
	}
	if st.Size() > MaxFile {
		return nil, fmt.Errorf("%d bytes, the limit is %d", st.Size(), MaxFile)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, plain(err)
	}
	return data, nil
}

var (
	errPrivateKey = errors.New("the file holds a private key; trust material holds public certificates only")
	errBrokenList = errors.New("the list cannot be used")
)

var errNotTrust = errors.New("neither certificates nor a trust list of a known form")

// add tells by content what a file is and takes it in.
func (b *builder) add(src Source, data []byte, path string, must bool) error {
	own := src
	own.Authentication = ByHand
	text := bytes.TrimSpace(data)
	packed := IsTable(data)
	schema, has := "", false
	if !packed {
		schema, has = schemaOf(text)
	}
	var err error
	switch {
	case packed:
		if err = b.addTable(data); err != nil {
			err = fmt.Errorf("%w: %w", errBrokenList, err)
		}
	case schema == OverlaySchema:
		var o *Overlay
		if o, err = ParseOverlay(text); err != nil {
			err = fmt.Errorf("%w: %w", errBrokenList, err)
		}
		b.overlays = append(b.overlays, o)
	case schema == DraftSchema:
		err = fmt.Errorf("%w: %w", errBrokenList, errDraft)
	case bytes.HasPrefix(text, []byte("{")) && !has && b.postpone(src, data, path, must):
	case bytes.HasPrefix(text, []byte("{")):
		if err = b.addJSON(text, own); err != nil {
			err = fmt.Errorf("%w: %w", errBrokenList, err)
		}
	case bytes.Contains(text, []byte("-----BEGIN ")):
		err = b.addPEM(text, own)
	case b.postpone(src, data, path, must):
	case isSequence(data):
		b.addDER(data, 0, own)
	default:
		return errNotTrust
	}
	if err != nil {
		return err
	}
	b.material++
	b.hash = append(b.hash, src.SHA256[:]...)
	return nil
}

// isSequence reports whether data is one DER SEQUENCE of the length that it states (X.690 §8.1.3, §8.9), as a certificate
// is. The first byte alone is also the digit 0.
func isSequence(data []byte) bool {
	if len(data) < 4 || data[0] != 0x30 || data[1] < 0x81 || data[1] > 0x83 {
		return false
	}
	n, length := int(data[1]&0x7f), 0
	if len(data) < 2+n {
		return false
	}
	for _, b := range data[2 : 2+n] {
		length = length<<8 | int(b)
	}
	return len(data) == 2+n+length
}

// addDER takes in one certificate or one revocation list.
func (b *builder) addDER(der []byte, index int, src Source) {
	if _, err := cert.ParseList(der); err == nil {
		b.undated = true
		b.crls = append(b.crls, der)
		return
	}
	b.addCertificate(der, index, src)
}

// addCertificate takes in one certificate, or lists it as dropped. One bad certificate never costs the others.
func (b *builder) addCertificate(der []byte, index int, src Source) {
	a, err := fromCertificate(der, src)
	if err != nil {
		b.drop(src, describe(der, index), err.Error())
		return
	}
	b.plain = append(b.plain, len(b.anchors))
	b.anchors = append(b.anchors, a)
}

func (b *builder) drop(src Source, item, reason string) {
	b.dropped = append(b.dropped, Dropped{Source: src.Name, Item: item, Reason: reason})
}

func (b *builder) dated(t time.Time) {
	if b.created.IsZero() || t.Before(b.created) {
		b.created = t
	}
}

func (b *builder) snapshot() (*Snapshot, error) {
	info := Info{Name: strings.Join(b.names, "+"), Version: b.version, Created: b.created, SHA256: sha256.Sum256(b.hash)}
	for _, i := range b.plain {
		b.undated = b.undated || b.anchors[i].Role != ListSigner // whose list has a date of its own, or none
	}
	if b.undated {
		info.Created = time.Time{}
	}
	return Build(b.freshness(info), Material{Anchors: b.anchors, CRLs: b.crls, Dropped: b.dropped, Revocations: b.revoked, Stores: b.stores, Signers: b.signers, Overlays: b.overlays, tables: b.tables})
}

// plain drops the operation and path that os errors repeat.
func plain(err error) error {
	var pe *os.PathError
	if errors.As(err, &pe) {
		return pe.Err
	}
	return err
}
