package dgcg

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"iter"
	"strings"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/cert"
	"github.com/travelseal/travelseal/internal/cms"
	"github.com/travelseal/travelseal/internal/der"
	"github.com/travelseal/travelseal/internal/strict/base64"
	"github.com/travelseal/travelseal/internal/strict/json"
	"github.com/travelseal/travelseal/trustlist"
)

// MaxHashes bounds the entries of a batch (the gateway's RevocationBatchDto).
const MaxHashes = 1000

// A Batch is one batch of revoked certificates as a country's office has signed it for the gateway. It is not changed after it
// was read.
type Batch struct {
	// Source has the name given by the caller and the digest of the file. Its date is zero: a batch does not say when it was made.
	Source  trustlist.Source
	Country string // ISO 3166-1 alpha-2
	// Expires is until when the batch counts. It is then taken from the gateway, so that a copy that still has it is out of date.
	Expires time.Time
	// KeyID is that of the signer of the revoked certificates, or nil where the country does not say (UNKNOWN_KID). See Entries.
	KeyID []byte
	// Type is SIGNATURE, UCI or COUNTRYCODEUCI.
	Type   string
	Hashes [][trustlist.HashSize]byte
	// Signer is the office that has signed the batch; nil where it is not authenticated.
	Signer *cert.Certificate
}

// The kinds of handle that the types of hash stand for (Commission Implementing Decision (EU) 2021/1073, annex IV). The
// signature of an ECDSA key is r alone, as of 2022 all members hash it, so that nobody escapes with n−s in place of s.
var handleKinds = map[string]string{"SIGNATURE": "dcc.signature", "UCI": "dcc.uci", "COUNTRYCODEUCI": "dcc.countrycode_uci"}

// A BatchTrust says from whom batches are taken. The zero BatchTrust takes none.
type BatchTrust struct {
	// Offices are the certificates of offices that upload (UPLOAD): pinned, or of a list that the trust anchor answers for, which
	// Offices gives.
	Offices []*cert.Certificate
	// Unauthenticated takes a batch from anybody. The signature is then not looked at.
	Unauthenticated bool
}

// Offices gives the certificates of the offices on a list that the trust anchor answers for.
func (l *List) Offices() []*cert.Certificate {
	var offices []*cert.Certificate
	for _, i := range l.Items {
		if i.Type == Upload && i.Dropped == "" && i.Authentication == trustlist.SignedEntry {
			offices = append(offices, i.Certificate)
		}
	}
	return offices
}

// ReadBatch reads one batch, CMS in DER or in base64 as the gateway hands it out, and holds it against whom the caller trusts.
// The name is for messages. The error is a *trustlist.LoadError around one of this package's errors; a batch that is wrong in
// one entry is refused as a whole.
func ReadBatch(name string, data []byte, trust BatchTrust) (*Batch, error) {
	b := &Batch{Source: trustlist.Source{Name: name, SHA256: sha256.Sum256(data)}}
	if len(trust.Offices) == 0 && !trust.Unauthenticated {
		return nil, refuse(name, ErrOffice)
	}
	message, err := unwrap(data)
	if err == nil {
		err = b.read(message, trust)
	}
	if err != nil {
		return nil, refuse(name, err)
	}
	return b, nil
}

// unwrap gives the message in DER.
func unwrap(data []byte) ([]byte, error) {
	text := bytes.TrimRight(data, "\r\n")
	if !bytes.HasPrefix(text, []byte("MI")) {
		return data, nil
	}
	lines := bytes.ReplaceAll(bytes.ReplaceAll(text, []byte("\r\n"), nil), []byte("\n"), nil)
	message, err := base64.Decode(base64.StdPadded, lines)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrBatch, err)
	}
	return message, nil
}

var batchLimits = der.Limits{Size: 1 << 20, Elements: 8192}

func (b *Batch) read(message []byte, trust BatchTrust) error {
	sd, err := cms.Parse(message, batchLimits)
	switch {
	case err != nil:
		return fmt.Errorf("%w: %w", ErrBatch, err)
	case len(sd.Content) == 0:
		return fmt.Errorf("%w: the message has no content", ErrBatch)
	}
	seal, err := open(message, sd.Content)
	if err != nil && !trust.Unauthenticated {
		return fmt.Errorf("%w: %w", ErrBatch, err)
	}
	if err := b.content(sd.Content); err != nil {
		return err
	}
	if trust.Unauthenticated {
		return nil
	}
	if b.Signer = office(trust.Offices, b.Country, seal); b.Signer == nil {
		return fmt.Errorf("%w of %s", ErrOffice, b.Country)
	}
	b.Source.Authentication = trustlist.SignedList
	return nil
}

// office gives the certificate of the country's office that has signed a message, or nil.
func office(offices []*cert.Certificate, country string, seal formats.Seal) *cert.Certificate {
	checks := 0
	for _, c := range offices {
		of := c.Subject.Country
		if of == "" {
			of = c.Issuer.Country
		}
		if !trustlist.SealsFor(strings.ToUpper(of), country) || !named(seal.Signer, c) {
			continue
		}
		if checks++; checks > maxChecks {
			return nil
		}
		if c.CheckSeal(seal) == nil {
			return c
		}
	}
	return nil
}

// batch is the gateway's RevocationBatchDto.
type batch struct {
	Country string `json:"country"`
	Expires string `json:"expires"`
	KeyID   string `json:"kid"`
	Type    string `json:"hashType"`
	Entries []struct {
		Hash string `json:"hash"`
	} `json:"entries"`
}

// unknownKeyID is what stands in place of a key ID that a country does not know.
const unknownKeyID = "UNKNOWN_KID"

func (b *Batch) content(data []byte) error {
	var j batch
	if err := json.Unmarshal(data, &j, json.Limits{Depth: 4, Items: 8 + 4*MaxHashes}); err != nil {
		return fmt.Errorf("%w: %w", ErrBatch, err)
	}
	wrong := func(text string) error { return fmt.Errorf("%w: %s", ErrBatch, text) }
	b.Country, b.Type = j.Country, j.Type
	if len(j.Country) != 2 || strings.ToUpper(j.Country) != j.Country {
		return wrong("country is not two capital letters")
	}
	if handleKinds[j.Type] == "" {
		return wrong("hashType is not SIGNATURE, UCI or COUNTRYCODEUCI")
	}
	var err error
	if b.Expires, err = time.Parse(time.RFC3339, j.Expires); err != nil {
		return wrong("expires is no moment (RFC 3339)")
	}
	if j.KeyID != unknownKeyID {
		if b.KeyID, err = base64.Decode(base64.StdPadded, []byte(j.KeyID)); err != nil || len(b.KeyID) != keyIDSize {
			return wrong("kid is neither the base64 of eight bytes nor UNKNOWN_KID")
		}
	}
	switch n := len(j.Entries); {
	case n == 0:
		return fmt.Errorf("%w: it has no entries", ErrEmptyBatch)
	case n > MaxHashes:
		return fmt.Errorf("%w: %d entries, the limit is %d", ErrLimit, n, MaxHashes)
	}
	for i, e := range j.Entries {
		h, err := base64.Decode(base64.StdPadded, []byte(e.Hash))
		if err != nil || len(h) != trustlist.HashSize {
			return wrong(fmt.Sprintf("entries[%d].hash is not the base64 of %d bytes", i, trustlist.HashSize))
		}
		b.Hashes = append(b.Hashes, [trustlist.HashSize]byte(h))
	}
	return nil
}

// Entries gives the entries of the batch.
//
// They do not depend on the key ID: a certificate that a batch names is revoked whichever key ID it carries. A signature and an
// identifier belong to one certificate (UVCI guidelines: unique), and the key ID need not be covered by the signature, so that
// a holder could change it to one that the batch does not have.
func (b *Batch) Entries() iter.Seq[trustlist.Revocation] {
	return func(yield func(trustlist.Revocation) bool) {
		for _, h := range b.Hashes {
			if !yield(trustlist.Revocation{Kind: handleKinds[b.Type], Hash: h}) {
				return
			}
		}
	}
}

// The reasons for which a batch is refused, beside those of lists.
var (
	// ErrBatch means that the source is no batch of revoked certificates, or that one of its parts is wrong.
	ErrBatch = errors.New("this is no batch of revoked certificates of the gateway")
	// ErrOffice means that no office that is trusted has signed the batch.
	ErrOffice = errors.New("the batch is not signed by an office that is trusted")
	// ErrEmptyBatch means that a batch revokes nothing.
	ErrEmptyBatch = errors.New("the batch revokes nothing")
	// ErrMissing means that a list of batches names one that is not there, or says itself that it is not complete.
	ErrMissing = errors.New("the batches are not complete")
)
