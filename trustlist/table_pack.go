package trustlist

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"github.com/travelseal/travelseal/internal/strict/base64"
	"github.com/travelseal/travelseal/internal/strict/json"
)

// Pack writes the list in the packed form that [Loader.Load] reads without reading each certificate: all anchors with what
// their sources say of them, the revocation lists of CAs that count, and what was left out. The same list gives the same
// bytes. Revocations of documents are not part of it.
func (s *Snapshot) Pack() ([]byte, error) {
	anchors := s.list()
	head := tableHead{
		Schema: TableSchema, Name: clean(s.info.Name), Version: s.info.Version, Created: stamp(s.info.Created), Earliest: stamp(s.info.Earliest),
		Rows: len(anchors), Sources: []tableSource{}, CAs: []int{}, Revoked: []tableKey{}, CRLs: []string{}, Dropped: []tableDrop{},
	}
	var rows []byte
	var slots [][]byte
	for i, a := range anchors {
		row, err := packedRow(a, head.source(a.Source))
		if err == nil {
			rows, err = json.Append(rows, row)
		}
		if err != nil {
			return nil, &LoadError{Source: a.Source.Name, Err: fmt.Errorf("%s: %w", a.item(), err)}
		}
		rows = append(rows, '\n')
		for _, id := range a.keyIDs() {
			slots = append(slots, slotOf(keyName{a.Issuer, id}, i))
		}
		if a.Role == CA {
			head.CAs = append(head.CAs, i)
		}
		if key := (tableKey{hex.EncodeToString(a.digests.spki[:]), stamp(a.RevokedAt)}); key.At != "" && !slices.Contains(head.Revoked, key) {
			head.Revoked = append(head.Revoked, key)
		}
	}
	slices.SortFunc(slots, bytes.Compare)
	for _, der := range s.cas().raw() {
		head.CRLs = append(head.CRLs, base64.Encode(der))
	}
	for _, d := range s.Dropped() {
		head.Dropped = append(head.Dropped, tableDrop{clean(d.Source), clean(d.Item), clean(d.Reason)})
	}
	b, err := json.Append(nil, head)
	if err != nil {
		return nil, &LoadError{Source: s.info.Name, Err: err}
	}
	b = append(b, "\n\""+base64.Encode(bytes.Join(slots, nil))+"\"\n"...)
	return append(b, rows...), nil
}

// source is the number of a source.
func (h *tableHead) source(src Source) int {
	s := tableSource{clean(src.Name), stamp(src.Date), hex.EncodeToString(src.SHA256[:]), src.Authentication.String()}
	i := slices.Index(h.Sources, s)
	if i < 0 {
		i = len(h.Sources)
		h.Sources = append(h.Sources, s)
	}
	return i
}

// clean is a text as JSON can hold it (RFC 8259 §8.1): the names of files need not be UTF-8.
func clean(s string) string { return strings.ToValidUTF8(s, "\uFFFD") }
