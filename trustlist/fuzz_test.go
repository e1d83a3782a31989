package trustlist_test

import (
	"bytes"
	"crypto/x509"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/trustlist"
)

// again writes the anchors of a Snapshot as a list; ok is false where a moment cannot be written as RFC 3339.
func again(t *testing.T, s *trustlist.Snapshot) (l []byte, ok bool) {
	stamp := func(at time.Time) string {
		if at.IsZero() {
			return ""
		}
		at = at.UTC()
		ok = ok && at.Year() >= 0 && at.Year() <= 9999
		return at.Format(time.RFC3339Nano)
	}
	ok = true
	var anchors []object
	for _, a := range s.Anchors() {
		var uses, scope []string
		for _, id := range a.Scope {
			scope = append(scope, string(id))
		}
		uses = append(uses, a.Uses.Names()...)
		o := object{
			"role": a.Role.String(), "issuer": a.Issuer, "country": a.Country, "key_id": b64(a.KeyID), "scope": scope, "uses": uses,
			"not_before": stamp(a.NotBefore), "not_after": stamp(a.NotAfter), "revoked_at": stamp(a.RevokedAt),
			"source": object{"name": a.Source.Name, "date": stamp(a.Source.Date)},
		}
		if a.Certificate != nil {
			o["certificate"] = b64(a.Certificate)
		} else {
			der, err := x509.MarshalPKIXPublicKey(a.Key)
			if err != nil {
				t.Fatal(err)
			}
			o["spki"] = b64(der)
		}
		anchors = append(anchors, o)
	}
	return list(t, object{"name": s.Info().Name}, anchors...), ok
}

func same(a, b trustlist.Anchor) bool {
	return a.Role == b.Role && a.Issuer == b.Issuer && a.Country == b.Country && bytes.Equal(a.KeyID, b.KeyID) && slices.Equal(a.Scope, b.Scope) &&
		a.Uses == b.Uses && equal(a.Key, b.Key) && bytes.Equal(a.Certificate, b.Certificate) && a.NotBefore.Equal(b.NotBefore) &&
		a.NotAfter.Equal(b.NotAfter) && a.RevokedAt.Equal(b.RevokedAt) && a.Source.Name == b.Source.Name && a.Source.Date.Equal(b.Source.Date)
}

// FuzzLoad demands of every file that is loaded that its anchors can be used and found, and, written as a list, are loaded
// as the same.
func FuzzLoad(f *testing.F) {
	v := utopia.Vaccination
	f.Add(list(f, nil))
	f.Add(list(f, object{"name": "x", "version": 1}, entry(v, nil), object{"spki": b64(spki(v)), "issuer": "i", "key_id": "AQID", "scope": []string{"*"}}))
	f.Add(list(f, nil, entry(v, object{"role": "list-signer", "uses": []string{"vaccination", "test"}, "not_after": "2027-01-01T00:00:00+01:00"})))
	f.Add(list(f, nil, object{"jwk": jwk(f, mint.P256)}, object{"jwk": jwk(f, mint.Ed25519), "country": "ut"}, entry(utopia.CSCA.Signer, nil)))
	f.Add(list(f, object{"revocations": object{"next_update": "2026-11-02T00:00:00Z", "entries": []object{revoked("dcc.uci", "x")}}}))
	f.Add([]byte(`{"schema":"travelseal.trust/1","anchors":[{},{"spki":"AA=="}]}`))
	f.Add(v.PEM())
	f.Add(v.Cert)
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := trustlist.Load(write(t, dir, "one", data))
		if err != nil {
			if s != nil {
				t.Error("neither loaded nor refused")
			}
			return
		}
		anchors := s.Anchors()
		if info := s.Info(); info.Anchors != len(anchors) || info.Dropped != len(s.Dropped()) {
			t.Errorf("%+v: %d anchors, %d dropped", info, len(anchors), len(s.Dropped()))
		}
		for _, a := range anchors {
			if a.Role == trustlist.NoRole || a.Uses == 0 || len(a.Scope) == 0 || a.Uses&^formats.AllUses != 0 {
				t.Errorf("of no use: %+v", a)
			}
			found := s.Find(formats.Signer{KeyID: a.KeyID, Issuer: a.Issuer})
			if len(a.KeyID) > 0 && !slices.ContainsFunc(found, func(b *trustlist.Anchor) bool { return same(a, *b) }) || len(found) > trustlist.MaxSameKeyID {
				t.Errorf("%+v is not found by its key ID", a)
			}
		}
		l, ok := again(t, s)
		if !ok {
			return
		}
		path := filepath.Join(dir, "two")
		if err := os.WriteFile(path, l, 0o600); err != nil {
			t.Fatal(err)
		}
		twin := load(t, path)
		if !slices.EqualFunc(anchors, twin.Anchors(), same) {
			t.Errorf("written and loaded again:\n%+v\nwas\n%+v\ndropped %v", twin.Anchors(), anchors, twin.Dropped())
		}
	})
}
