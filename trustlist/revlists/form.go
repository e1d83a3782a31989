package revlists

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/travelseal/travelseal/internal/cert"
	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/trustlist/dgcg"
	"github.com/travelseal/travelseal/trustlist/drl"
	"github.com/travelseal/travelseal/trustlist/shcrev"
)

// A form is what a file is, by its content.
type form int

const (
	other form = iota // nothing that revokes
	lines
	batch
	chunk
	cards
)

var formNames = [...]string{other: "", lines: "lines", batch: "EU gateway batch", chunk: "Italian list", cards: "health cards"}

// look is the first pass: it says what a file is and keeps what others need of it.
func (r *reader) look(path string) error {
	if r.forms == nil {
		r.forms = make(map[string]form)
		r.pinned()
	}
	name := filepath.Base(path)
	if hasLines(path) {
		r.forms[path] = lines
		return nil
	}
	data, err := readFile(path)
	if err != nil {
		return refuse(path, err)
	}
	switch {
	case dgcg.IsBatch(data):
		r.forms[path] = batch
		r.batches = append(r.batches, name)
	case dgcg.IsBatchList(data):
		p, err := dgcg.ReadBatchList(path, data)
		if err != nil {
			return err
		}
		r.pages = append(r.pages, p)
	case dgcg.IsList(data):
		return r.named(path, data)
	case drl.IsChunk(data):
		r.forms[path] = chunk
		c, err := drl.ReadChunk(path, data, drl.Trust{Unauthenticated: true})
		if err != nil {
			return err
		}
		c.Hashes = nil
		r.chunks = append(r.chunks, c)
	case shcrev.IsList(data):
		r.forms[path] = cards
		l, err := shcrev.ReadList(path, data, shcrev.Trust{Unauthenticated: true, Seen: r.o.Seen})
		if err != nil {
			return err
		}
		l.IDs = nil
		r.cards = append(r.cards, l)
	case trustlist.DigestPins(data) != nil:
		r.beside = append(r.beside, trustlist.File{Name: name, Data: data})
	case !r.o.Others && !vouches(data):
		return refuse(path, ErrUnknown)
	}
	return nil
}

// vouches reports whether a file is a certificate or a key: something that was put beside the lists because it answers for them.
func vouches(data []byte) bool {
	if bytes.Contains(data, []byte("-----BEGIN ")) {
		return true
	}
	_, err := cert.Parse(data)
	return err == nil
}

// pinned are the offices and trust anchors among the roots.
func (r *reader) pinned() {
	for _, a := range r.o.Roots {
		if c, err := cert.Parse(a.Certificate); err == nil && a.Role != trustlist.CA {
			r.offices.Offices = append(r.offices.Offices, c)
		}
	}
}

// named takes the offices of a gateway's list that a pinned trust anchor answers for.
func (r *reader) named(path string, data []byte) error {
	var trust dgcg.Trust
	for _, a := range r.o.Roots {
		if c, err := cert.Parse(a.Certificate); err == nil {
			trust.Anchors = append(trust.Anchors, c)
		}
	}
	l, err := dgcg.ReadList(path, data, trust)
	if err != nil {
		if r.o.Others { // the loader of keys says so
			return nil
		}
		return err
	}
	r.offices.Offices = append(r.offices.Offices, l.Offices()...)
	return nil
}

// take is the second pass: it reads a list and gives its entries.
func (r *reader) take(path string) error {
	kind := r.forms[path]
	if kind == other {
		return nil
	}
	s := Source{Name: filepath.Base(path), Form: formNames[kind]}
	if kind == lines {
		return r.takeLines(path, s)
	}
	data, err := readFile(path)
	if err != nil {
		return refuse(path, err)
	}
	s.SHA256 = sha256.Sum256(data)
	pins := r.pins(trustlist.Source{SHA256: s.SHA256})
	var entries func(func(trustlist.Revocation) bool)
	switch kind {
	case batch:
		b, err := dgcg.ReadBatch(path, data, r.offices)
		if err != nil {
			return err
		}
		s.Expires, s.Authentication, entries = b.Expires, b.Source.Authentication, b.Entries()
	case chunk:
		c, err := drl.ReadChunk(path, data, drl.Trust{Digests: pins})
		if err != nil {
			return err
		}
		s.Created, s.Authentication, entries = c.Source.Date, c.Source.Authentication, c.Entries()
	case cards:
		l, err := shcrev.ReadList(path, data, shcrev.Trust{Digests: pins, Seen: append(r.cards, r.o.Seen...)})
		if err != nil {
			return err
		}
		s.Authentication, s.Cards, entries = l.Source.Authentication, l, l.Entries()
	}
	for e := range entries {
		if err := r.give(&s, e); err != nil {
			return err
		}
	}
	if s.Cards != nil {
		s.Cards.IDs = nil
	}
	r.result.Sources = append(r.result.Sources, s)
	return nil
}

// hasLines reports whether a file begins as a list of lines does.
func hasLines(path string) bool {
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	if st, err := f.Stat(); err != nil || !st.Mode().IsRegular() {
		return false
	}
	head := make([]byte, 4096)
	n, err := io.ReadFull(f, head)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		return false
	}
	for line := range strings.Lines(string(head[:n])) {
		if text := strings.TrimRight(line, "\r\n"); !ignored(text) {
			_, err := readLine(text)
			return text == header || err == nil
		}
	}
	return false
}
