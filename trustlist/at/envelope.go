package at

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/cose"
	"github.com/travelseal/travelseal/internal/strict/cbor"
	"github.com/travelseal/travelseal/trustlist"
)

// An envelope is the message beside a list: its seal and its claims.
type envelope struct {
	seal                formats.Seal
	digest              []byte
	notBefore, notAfter time.Time
}

var envelopeLimits = cbor.Limits{Depth: 8, Items: 64}

// The labels of the message: the version of the list in the protected header, and the claims (RFC 8392 §3.1), of which the
// subject is the digest of the list.
const (
	headerVersion  = 42
	version        = 2
	claimSubject   = 2
	claimExpires   = 4
	claimNotBefore = 5
)

// readEnvelope reads one message.
func readEnvelope(data []byte) (envelope, error) {
	m, err := cose.Parse(data, formats.Options{})
	if err != nil {
		return envelope{}, err
	}
	if p := m.Seal.Problem; p != (formats.Problem{}) {
		return envelope{}, errors.New(p.Text)
	}
	if n, ok := protectedVersion(data); !ok || n != version {
		return envelope{}, fmt.Errorf("its version is not %d", version)
	}
	claims, err := cbor.Parse(m.Payload, envelopeLimits)
	if err != nil {
		return envelope{}, err
	}
	e := envelope{seal: m.Seal}
	for key, v := range claims.Entries() {
		switch label, _ := key.Int(); label {
		case claimSubject:
			e.digest, _ = v.Bytes()
		case claimNotBefore:
			e.notBefore = moment(v)
		case claimExpires:
			e.notAfter = moment(v)
		}
	}
	if len(e.digest) != sha256.Size || e.notBefore.IsZero() || e.notAfter.Before(e.notBefore) {
		return envelope{}, errors.New("it lacks the digest of the list or the time in which this counts")
	}
	return e, nil
}

// latest is the last second that a date may mean, the end of the year 9999.
const latest = 253402300799

// moment gives a claim of seconds since 1970 (RFC 8392 §2, NumericDate); zero where it is none.
func moment(v cbor.Value) time.Time {
	n, ok := v.Int()
	if !ok || n <= 0 || n > latest {
		return time.Time{}
	}
	return time.Unix(n, 0).UTC()
}

// protectedVersion gives the version of the list that a message states where its signature covers it.
func protectedVersion(data []byte) (int64, bool) {
	v, err := cbor.Parse(data, envelopeLimits)
	if err != nil {
		return 0, false
	}
	for v.Kind() == cbor.Tag {
		_, v, _ = v.Tag()
	}
	for _, first := range v.Elements() {
		header, _ := first.Bytes()
		labels, err := cbor.Parse(header, envelopeLimits)
		if err != nil {
			return 0, false
		}
		for key, value := range labels.Entries() {
			if label, ok := key.Int(); ok && label == headerVersion {
				return value.Int()
			}
		}
		break
	}
	return 0, false
}

// maxEnvelopes is how many messages beside a list are looked at.
const maxEnvelopes = 16

// find gives the message about a list, and the pinned anchor that has signed it.
func find(list []byte, trust Trust) (envelope, *trustlist.Anchor, error) {
	digest := sha256.Sum256(list)
	why := ErrEnvelope
	for _, data := range trust.Envelopes[:min(len(trust.Envelopes), maxEnvelopes)] {
		e, err := readEnvelope(data)
		if err != nil {
			why = fmt.Errorf("%w: %w", ErrEnvelope, err)
			continue
		}
		if !bytes.Equal(e.digest, digest[:]) {
			continue
		}
		signer := trustlist.SignedBy(trust.Publisher, e.seal.Algorithm, e.seal.Signed, e.seal.Signature)
		if signer == nil {
			return e, nil, ErrSignature
		}
		return e, signer, nil
	}
	return envelope{}, nil, why
}
