package trustlist

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"sync"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/cert"
)

// Errors of [Snapshot.Lead].
var (
	// ErrNoCA means that no CA on the list could have issued a signer's certificate: nothing is known of it.
	ErrNoCA = errors.New("no certificate authority on the list is its issuer")
	// ErrChain means that a CA on the list seems to be the issuer, and the certificate does not lead to it; the error says why.
	ErrChain = errors.New("the signer's certificate does not lead to a certificate authority on the list")
)

// A hierarchy are the CAs of a Snapshot.
type hierarchy struct {
	pool  *cert.Pool
	cas   map[*cert.Certificate]*Anchor
	order []*cert.Certificate // in the order of the list
	crls  []crl
	// mute are the CAs whose own list cannot be used, muteLists these lists.
	mute      []*cert.Certificate
	muteLists [][]byte
	// withdrawn are the CAs whose certificates are revoked.
	withdrawn map[*cert.Certificate]cert.Entry

	issuers sync.Map // of two certificates: whether the first signed the second

	mutex sync.Mutex
	known map[[sha256.Size]byte][]*Anchor // by everything that a document brought
}

// maxKnown is how many signers are remembered. The passports of the whole world have a few tens of thousands.
const maxKnown = 1 << 14

// cas are the CAs of the list.
func (s *Snapshot) cas() *hierarchy {
	if s.authorities == nil { // a Snapshot that nobody built
		return new(hierarchy)
	}
	return s.authorities()
}

// addCAs takes in the CAs among the anchors.
func (h *hierarchy) addCAs(anchors []*Anchor) {
	h.cas = make(map[*cert.Certificate]*Anchor)
	for _, a := range anchors {
		if a.Role == CA && a.cert != nil && a.RevokedAt.IsZero() && a.Tombstone.Since.IsZero() {
			h.cas[a.cert] = a
			h.order = append(h.order, a.cert)
		}
	}
	h.pool = cert.NewPool(h.order)
	h.known = make(map[[sha256.Size]byte][]*Anchor)
}

// Lead gives the signers that a document brought the certificates of, where these lead to a CA on the list: one Anchor for
// each certificate that may be the signer's. None of the document's certificates is trusted for being there. At most
// [cert.DefaultBudget] signatures are checked. Where there is none, the error is ErrNoCA or ErrChain. The slice must not be
// changed.
//
// The answer follows from the list and the document alone. It is remembered as a whole, under the digest of everything that
// the document brought: no document's certificates ever help another's, and what is known already of one certificate leaves
// no more checks for the next.
func (s *Snapshot) Lead(hint formats.Signer) ([]*Anchor, error) {
	if s == nil || len(hint.Chain) == 0 {
		return nil, ErrNoCA
	}
	h := s.cas()
	if h.pool == nil || h.pool.Len() == 0 {
		return nil, ErrNoCA
	}
	chain := hint.Chain[:min(len(hint.Chain), maxChain)]
	leaves := min(max(hint.Leaves, 1), len(chain))
	key := chainKey(chain, leaves)
	if found := h.recall(key); found != nil {
		return found, nil
	}
	var found []*Anchor
	var why error = ErrNoCA
	budget := cert.DefaultBudget
	for i := range leaves {
		a, err := h.search(chain, i, &budget)
		if err == nil {
			s.markWithdrawn(a)
			found = append(found, a)
		} else if !errors.Is(err, ErrNoCA) {
			why = err
		}
	}
	if len(found) == 0 {
		return nil, why
	}
	h.remember(key, found)
	return found, nil
}

// maxChain is how many certificates of a document are looked at. A passport has one or two.
const maxChain = 16

// recall gives the signers that are known of everything that a document brought, or nil.
func (h *hierarchy) recall(key [sha256.Size]byte) []*Anchor {
	h.mutex.Lock()
	defer h.mutex.Unlock()
	return h.known[key]
}

func (h *hierarchy) remember(key [sha256.Size]byte, found []*Anchor) {
	h.mutex.Lock()
	defer h.mutex.Unlock()
	if len(h.known) >= maxKnown {
		clear(h.known)
	}
	h.known[key] = found
}

// candidates take in the certificates of signers that a directory lists and nobody vouches for: those that lead to a CA on the
// list become signers, which documents may call by their references. The others are named.
func (s *Snapshot) candidates(raws [][]byte) {
	h, next := s.cas(), len(s.anchors)
	for _, t := range s.tables {
		next += len(t.rows)
	}
	for _, raw := range raws[:min(len(raws), maxCandidates)] {
		sum := sha256.Sum256(raw)
		if slices.ContainsFunc(s.under(keyName{"", string(sum[:minDigest])}), func(a *Anchor) bool { return a.digests.cert == sum }) {
			continue // the relying party has named it
		}
		budget := cert.DefaultBudget
		a, err := h.search([][]byte{raw}, 0, &budget)
		if err != nil {
			s.dropped = append(s.dropped, Dropped{Item: describe(raw, 0), Reason: err.Error()})
			continue
		}
		a.index = next
		next++
		s.markWithdrawn(a)
		s.anchors = append(s.anchors, a)
		for _, id := range a.keyIDs() {
			name := keyName{a.Issuer, id}
			s.byKeyID[name] = append(s.byKeyID[name], a)
		}
	}
}

// maxCandidates is how many signers of directories are tried; the whole world has some hundred that seal barcodes.
const maxCandidates = 10_000

// search finds the way for one certificate of the chain.
func (h *hierarchy) search(chain [][]byte, leaf int, budget *int) (*Anchor, error) {
	// The Anchor stays while the document goes, so that it must own what it points into.
	signer, err := cert.Parse(append([]byte(nil), chain[leaf]...))
	if err != nil {
		return nil, fmt.Errorf("%w: it cannot be read: %w", ErrChain, err)
	}
	var extra []*cert.Certificate
	for i, raw := range chain {
		if i == leaf {
			continue
		}
		if c, err := cert.Parse(append([]byte(nil), raw...)); err == nil {
			extra = append(extra, c)
		}
	}
	path, err := h.pool.Path(signer, extra, budget)
	switch {
	case errors.Is(err, cert.ErrNoIssuer) && !errors.Is(err, cert.ErrNotIssued):
		return nil, ErrNoCA
	case err != nil:
		return nil, fmt.Errorf("%w: %w", ErrChain, err)
	}
	a, err := derived(path, h.cas[path.Anchor()])
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrChain, err)
	}
	return a, nil
}

// chainKey is the digest of the certificates, each with its length, and of how many may be the signer's.
func chainKey(chain [][]byte, leaves int) (key [sha256.Size]byte) {
	h := sha256.New()
	var n [8]byte
	binary.BigEndian.PutUint64(n[:], uint64(leaves))
	h.Write(n[:])
	for _, raw := range chain {
		binary.BigEndian.PutUint64(n[:], uint64(len(raw)))
		h.Write(n[:])
		h.Write(raw)
	}
	h.Sum(key[:0])
	return key
}
