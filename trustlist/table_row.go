package trustlist

import (
	"crypto"
	"crypto/x509"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/cert"
	"github.com/travelseal/travelseal/internal/strict/base64"
	"github.com/travelseal/travelseal/internal/strict/json"
)

// A tableRow is one anchor of a table: the members of an anchor of [Schema], and what only a list that was put together
// knows. The key is that of the certificate where there is one.
type tableRow struct {
	Role          string   `json:"role"`
	Issuer        string   `json:"issuer,omitempty"`
	Country       string   `json:"country,omitempty"`
	KeyID         string   `json:"key_id,omitempty"`
	Certificate   string   `json:"certificate,omitempty"`
	SPKI          string   `json:"spki,omitempty"`
	Scope         []string `json:"scope"`
	Uses          []string `json:"uses"`
	NotBefore     string   `json:"not_before,omitempty"`
	NotAfter      string   `json:"not_after,omitempty"`
	RevokedAt     string   `json:"revoked_at,omitempty"`
	KeyNotBefore  string   `json:"key_not_before,omitempty"`
	KeyNotAfter   string   `json:"key_not_after,omitempty"`
	DocumentTypes []string `json:"document_types,omitempty"`
	Lists         int      `json:"lists"`
	Source        int      `json:"source"`        // of the header
	Led           bool     `json:"led,omitempty"` // it counts because it leads to a CA of the list, and is led there again
}

// readRow makes the Anchor of a row.
func (t *table) readRow(raw []byte) (*Anchor, error) {
	var r tableRow
	if err := json.UnmarshalClosed(raw, &r, rowLimits); err != nil {
		return nil, err
	}
	if r.Source < 0 || r.Source >= len(t.sources) {
		return nil, fmt.Errorf("source: there is none of number %d", r.Source)
	}
	a := &Anchor{Issuer: r.Issuer, Country: r.Country, DocumentTypes: r.DocumentTypes, Lists: r.Lists, Source: t.sources[r.Source], led: r.Led}
	role := slices.Index(roleNames[:], r.Role)
	if role <= int(NoRole) {
		return nil, fmt.Errorf("role: %q is not signer, ca or list-signer", r.Role)
	}
	a.Role = Role(role)
	for _, name := range r.Uses {
		u, _ := formats.ParseUse(name) // a use that this version does not know permits nothing here
		a.Uses |= u
	}
	for _, id := range r.Scope {
		a.Scope = append(a.Scope, formats.ID(id))
	}
	if err := r.times(a); err != nil {
		return nil, err
	}
	return a, r.key(a)
}

func (r *tableRow) times(a *Anchor) (err error) {
	for _, d := range []struct {
		name, text string
		to         *time.Time
	}{
		{"not_before", r.NotBefore, &a.NotBefore}, {"not_after", r.NotAfter, &a.NotAfter}, {"revoked_at", r.RevokedAt, &a.RevokedAt},
		{"key_not_before", r.KeyNotBefore, &a.KeyNotBefore}, {"key_not_after", r.KeyNotAfter, &a.KeyNotAfter},
	} {
		if *d.to, err = parseTime(d.name, d.text); err != nil {
			return err
		}
	}
	return nil
}

// key reads the key and what names it.
func (r *tableRow) key(a *Anchor) error {
	var spki []byte
	for _, f := range []struct {
		name, text string
		to         *[]byte
	}{{"key_id", r.KeyID, &a.KeyID}, {"certificate", r.Certificate, &a.Certificate}, {"spki", r.SPKI, &spki}} {
		if f.text == "" {
			continue
		}
		var err error
		if *f.to, err = base64.Decode(base64.StdPadded, []byte(f.text)); err != nil {
			return fmt.Errorf("%s: %w", f.name, err)
		}
	}
	var err error
	switch {
	case (a.Certificate == nil) == (spki == nil):
		return errors.New("one of certificate and spki is needed")
	case spki != nil:
		if a.Key, err = x509.ParsePKIXPublicKey(spki); err != nil {
			return fmt.Errorf("spki: %w", err)
		}
	default:
		if a.cert, err = cert.Parse(a.Certificate); err != nil {
			return fmt.Errorf("certificate: %w", err)
		}
		a.Key = a.cert.Key
	}
	return nil
}

// packedRow writes an anchor as a row.
func packedRow(a *Anchor, source int) (tableRow, error) {
	spki, err := packedKey(a)
	if err != nil {
		return tableRow{}, err
	}
	scope := make([]string, len(a.Scope))
	for i, id := range a.Scope {
		scope[i] = string(id)
	}
	text := base64.Encode
	return tableRow{
		Role: a.Role.String(), Issuer: a.Issuer, Country: a.Country, KeyID: text(a.KeyID), Certificate: text(a.Certificate), SPKI: text(spki),
		Scope: scope, Uses: a.Uses.Names(), NotBefore: stamp(a.NotBefore), NotAfter: stamp(a.NotAfter), RevokedAt: stamp(a.RevokedAt),
		KeyNotBefore: stamp(a.KeyNotBefore), KeyNotAfter: stamp(a.KeyNotAfter), DocumentTypes: a.DocumentTypes, Lists: a.Lists, Source: source, Led: len(a.path.Certificates) > 0,
	}, nil
}

// packedKey is the key where no certificate has it.
func packedKey(a *Anchor) ([]byte, error) {
	if a.Certificate == nil {
		return x509.MarshalPKIXPublicKey(a.Key)
	}
	key, ok := a.Key.(interface{ Equal(crypto.PublicKey) bool })
	if a.cert == nil || !ok || !key.Equal(a.cert.Key) {
		return nil, errors.New("its key is not that of its certificate")
	}
	return nil, nil
}
