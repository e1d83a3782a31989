package trustlist

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"

	"github.com/travelseal/travelseal/internal/strict/base64"
)

// readHead turns the header of a table into what is used of it.
func (t *table) readHead() error {
	for i, s := range t.head.Sources {
		src, err := s.source()
		if err != nil {
			return fmt.Errorf("sources[%d]: %w", i, err)
		}
		t.sources = append(t.sources, src)
	}
	for _, row := range t.head.CAs {
		if row < 0 || row >= len(t.rows) {
			return fmt.Errorf("cas: there is no row %d", row)
		}
	}
	t.revoked = make(map[digest]time.Time, len(t.head.Revoked))
	for i, k := range t.head.Revoked {
		key, err := parseDigest("spki_sha256", k.SPKI)
		if err != nil {
			return fmt.Errorf("revoked[%d]: %w", i, err)
		}
		at, err := parseTime("at", k.At)
		if err != nil || at.IsZero() {
			return fmt.Errorf("revoked[%d]: at: an RFC 3339 time is needed", i)
		}
		t.revoked[key] = at
	}
	_, err := parseTime("earliest", t.head.Earliest)
	return err
}

func (s tableSource) source() (Source, error) {
	sum, err := parseDigest("sha256", s.SHA256)
	if err != nil {
		return Source{}, err
	}
	date, err := parseTime("date", s.Date)
	if err != nil {
		return Source{}, err
	}
	a, ok := ParseAuthentication(s.Authentication)
	if !ok {
		return Source{}, fmt.Errorf("authentication: %q is not known", s.Authentication)
	}
	return Source{Name: s.Name, Date: date, SHA256: sum, Authentication: a}, nil
}

// crls gives the revocation lists of the header. One that is not Base64 is none.
func (t *table) crls() (lists [][]byte) {
	for _, text := range t.head.CRLs {
		if der, err := base64.Decode(base64.StdPadded, []byte(text)); err == nil {
			lists = append(lists, der)
		}
	}
	return lists
}

// parseDigest reads a SHA-256 in hexadecimal.
func parseDigest(name, text string) (d digest, err error) {
	b, err := hexBytes(text, sha256.Size)
	if err != nil {
		return d, fmt.Errorf("%s: %w", name, err)
	}
	return digest(b), nil
}

// hexBytes reads n bytes in hexadecimal.
func hexBytes(text string, n int) ([]byte, error) {
	b, err := hex.DecodeString(text)
	if err != nil || len(b) != n {
		return nil, fmt.Errorf("%d hexadecimal digits are needed", 2*n)
	}
	return b, nil
}

// stamp writes a moment as parseTime reads it, "" for none.
func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339Nano)
}
