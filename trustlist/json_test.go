package trustlist_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/trustlist"
)

func TestEveryMemberOfAnAnchorIsTaken(t *testing.T) {
	v := utopia.Vaccination
	a := only(t, list(t, object{"name": "Utopia's list"}, entry(v, object{
		"role": "signer", "issuer": "https://ut.example", "country": "xa", "key_id": b64([]byte{1, 2, 3}),
		"scope": []string{"eu-dcc"}, "uses": []string{"vaccination"},
		"not_before": "2025-02-03T04:05:06+01:00", "not_after": "2027-02-03T04:05:06Z", "revoked_at": "2026-02-03T04:05:06.5Z",
		"source": object{"name": "DSC list", "date": "2026-09-30T00:00:00Z"},
	})))
	if a.Role != trustlist.Signer || a.Issuer != "https://ut.example" || a.Country != "XA" || !bytes.Equal(a.KeyID, []byte{1, 2, 3}) {
		t.Errorf("%+v", a)
	}
	if !slices.Equal(a.Scope, []formats.ID{euDCC}) || a.Uses != formats.Vaccination || !bytes.Equal(a.Certificate, v.Cert) {
		t.Errorf("%+v", a)
	}
	for name, d := range map[string]struct {
		got  time.Time
		want string
	}{
		"not_before": {a.NotBefore, "2025-02-03T03:05:06Z"}, "not_after": {a.NotAfter, "2027-02-03T04:05:06Z"},
		"revoked_at": {a.RevokedAt, "2026-02-03T04:05:06.5Z"}, "source.date": {a.Source.Date, "2026-09-30T00:00:00Z"},
	} {
		if got := d.got.UTC().Format(time.RFC3339Nano); got != d.want {
			t.Errorf("%s: %s, want %s", name, got, d.want)
		}
	}
	if a.Source.Name != "DSC list" || a.Source.SHA256 == [32]byte{} {
		t.Errorf("%+v", a.Source)
	}
}

func TestWhatAnAnchorLeavesOutIsWhatItsKeyAllows(t *testing.T) {
	v := utopia.Vaccination
	a := only(t, list(t, object{"name": "Utopia's list"}, entry(v, nil)))
	if a.Role != trustlist.Signer || a.Issuer != "" || a.Country != "UT" || a.KeyID != nil || a.Uses != formats.Vaccination ||
		!slices.Equal(a.Scope, healthScope) || !a.NotBefore.Equal(v.Leaf.NotBefore) || !a.NotAfter.Equal(v.Leaf.NotAfter) || !a.RevokedAt.IsZero() {
		t.Errorf("a certificate: %+v", a)
	}
	if want := time.Date(2026, 10, 1, 0, 0, 0, 0, time.UTC); a.Source.Name != "Utopia's list" || !a.Source.Date.Equal(want) {
		t.Errorf("source %+v", a.Source)
	}
	a = only(t, list(t, nil, object{"spki": b64(spki(v))}))
	if a.Role != trustlist.Signer || a.Country != "" || a.Uses != formats.AllUses || !slices.Equal(a.Scope, []formats.ID{trustlist.AnyFormat}) ||
		!a.NotBefore.IsZero() || !a.NotAfter.IsZero() || a.Certificate != nil || a.Source.Name != "list.json" {
		t.Errorf("a bare key: %+v", a)
	}
}

// A misspelled member must not become a wider trust than was meant, so the whole list is refused.
func TestAListThatIsNotUnderstoodIsRefused(t *testing.T) {
	v := utopia.Vaccination
	jwk := object{"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}
	good := string(list(t, nil, entry(v, nil)))
	for name, l := range map[string][]byte{
		"an unknown member":                   list(t, object{"notes": "x"}),
		"an unknown member of an anchor":      list(t, nil, entry(v, object{"scopes": []string{"x"}})),
		"an unknown member of a source":       list(t, nil, entry(v, object{"source": object{"name": "x", "url": "y"}})),
		"a private key":                       list(t, nil, object{"jwk": with(jwk, object{"d": "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"})}),
		"an unknown member of revocations":    list(t, object{"revocations": object{"updated": "x"}}),
		"an unknown member of a revocation":   list(t, object{"revocations": object{"entries": []object{{"kind": "x", "sha256": "y"}}}}),
		"a member in another case":            list(t, nil, entry(v, object{"Scope": []string{"x"}})),
		"a member twice":                      []byte(strings.Replace(good, `"schema"`, `"schema":"travelseal.trust/1","schema"`, 1)),
		"a second value":                      []byte(good + good),
		"a cut":                               []byte(good[:len(good)-1]),
		"wrong UTF-8":                         []byte(strings.Replace(good, `"schema"`, "\"name\":\"\xff\",\"schema\"", 1)),
		"no schema":                           []byte(`{"anchors":[]}`),
		"another schema":                      list(t, object{"schema": "travelseal.trust/2"}),
		"the schema in another case":          list(t, object{"schema": "Travelseal.trust/1"}),
		"anchors that are an object":          list(t, object{"anchors": object{}}),
		"a scope that is a text":              list(t, nil, entry(v, object{"scope": "eu-dcc"})),
		"a scope of numbers":                  list(t, nil, entry(v, object{"scope": []int{1}})),
		"a version that is a text":            list(t, object{"version": "1"}),
		"a version that is no integer":        list(t, object{"version": 1.5}),
		"a date that is none":                 list(t, object{"created": "yesterday"}),
		"a date without a time":               list(t, object{"created": "2026-10-01"}),
		"a date without a zone":               list(t, object{"created": "2026-10-01T00:00:00"}),
		"a revocation list's date is none":    list(t, object{"revocations": object{"created": "yesterday"}}),
		"a revocation list's next is no date": list(t, object{"revocations": object{"next_update": "tomorrow"}}),
	} {
		notLoaded(t, name, file(t, "list.json", l))
		dir := t.TempDir()
		write(t, dir, "v.pem", v.PEM())
		write(t, dir, "list.json", l)
		notLoaded(t, name+", in a folder", dir)
	}
}

// An anchor with a mistake costs itself alone, and the reason names the member.
func TestAnAnchorWithAMistakeIsDroppedAndTheOthersKept(t *testing.T) {
	v, ca := utopia.Vaccination, utopia.CSCA.Signer
	key, cert := b64(spki(v)), b64(v.Cert)
	jwk := object{"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}
	for name, c := range map[string]struct {
		anchor object
		reason string
	}{
		"no key":                       {object{"issuer": "x"}, "one of certificate, spki and jwk is needed, 0"},
		"an empty key":                 {object{"spki": ""}, "one of certificate, spki and jwk is needed, 0"},
		"a certificate and its key":    {object{"certificate": cert, "spki": key}, "2 are given"},
		"a certificate and a jwk":      {object{"certificate": cert, "jwk": jwk}, "2 are given"},
		"a key and a jwk":              {object{"spki": key, "jwk": jwk}, "2 are given"},
		"all three":                    {object{"certificate": cert, "spki": key, "jwk": jwk}, "3 are given"},
		"a certificate that is none":   {object{"certificate": b64([]byte("x"))}, "not a readable X.509 certificate"},
		"a certificate cut":            {object{"certificate": b64(v.Cert[:100])}, "not a readable X.509 certificate"},
		"a certificate and a byte":     {object{"certificate": b64(append(v.Cert[:len(v.Cert):len(v.Cert)], 0))}, "not a readable X.509 certificate"},
		"a certificate in lines":       {object{"certificate": cert[:64] + "\n" + cert[64:]}, "certificate: base64"},
		"a certificate in PEM":         {object{"certificate": string(v.PEM())}, "certificate: base64"},
		"a key cut":                    {object{"spki": b64(spki(v)[:20])}, "spki: "},
		"a key that is a certificate":  {object{"spki": cert}, "spki: "},
		"a key without padding":        {object{"spki": strings.TrimRight(key, "=") + "A"}, "spki: base64"},
		"a key ID without padding":     {object{"spki": key, "key_id": "AQ"}, "key_id: base64"},
		"a key ID in hexadecimal":      {object{"spki": key, "key_id": "0a1b2"}, "key_id: base64"},
		"a key ID in URL letters":      {object{"spki": key, "key_id": "-_-_"}, "key_id: base64"},
		"a key ID of loose bits":       {object{"spki": key, "key_id": "AR=="}, "key_id: base64"},
		"an unknown role":              {object{"spki": key, "role": "issuer"}, "role: "},
		"a role in capitals":           {object{"spki": key, "role": "Signer"}, "role: "},
		"a CA as signer":               {entry(ca, object{"role": "signer"}), "role: "},
		"a CA as list signer":          {entry(ca, object{"role": "list-signer"}), "role: "},
		"an unknown use":               {object{"spki": key, "uses": []string{"vaccinations"}}, `uses: "vaccinations" is not known`},
		"no use":                       {object{"spki": key, "uses": []string{}}, "use"},
		"no scope":                     {object{"spki": key, "scope": []string{}}, "scope"},
		"a scope of another kind":      {entry(v, object{"scope": []string{"icao-mrtd"}}), "scope: "},
		"a scope of two kinds":         {entry(v, object{"scope": []string{"eu-dcc", "icao-mrtd"}}), "scope: "},
		"another use":                  {entry(v, object{"uses": []string{"test"}}), "use"},
		"a not_before that is none":    {object{"spki": key, "not_before": "2026"}, "not_before: not an RFC 3339 time"},
		"a not_after that is none":     {object{"spki": key, "not_after": "2026-13-01T00:00:00Z"}, "not_after: not an RFC 3339 time"},
		"a revoked_at that is none":    {object{"spki": key, "revoked_at": "now"}, "revoked_at: not an RFC 3339 time"},
		"a source date that is none":   {object{"spki": key, "source": object{"name": "x", "date": "now"}}, "source.date: not an RFC 3339 time"},
		"a source date without a name": {object{"spki": key, "source": object{"date": "now"}}, "source"},
	} {
		s := load(t, file(t, "list.json", list(t, nil, entry(utopia.Test, nil), c.anchor, entry(utopia.Recovery, nil))))
		d := s.Dropped()
		if len(s.Anchors()) != 2 || len(d) != 1 {
			t.Errorf("%s: %d anchors, dropped %+v", name, len(s.Anchors()), d)
			continue
		}
		if !strings.Contains(d[0].Reason, c.reason) || d[0].Source != "list.json" {
			t.Errorf("%s: dropped %+v, want %q", name, d[0], c.reason)
		}
	}
	s := load(t, file(t, "list.json", list(t, nil, entry(v, nil), object{}, entry(v, object{"role": "x"}))))
	if d := s.Dropped(); len(d) != 2 || d[0].Item != "anchors[1]" || d[1].Item != "anchors[2]" {
		t.Errorf("dropped %+v", d)
	}
}

func TestNullIsLeftOut(t *testing.T) {
	v := utopia.Vaccination
	a := only(t, list(t, object{"revocations": nil, "name": nil}, entry(v, object{"scope": nil, "uses": nil, "jwk": nil, "source": nil})))
	if a.Uses != formats.Vaccination || !slices.Equal(a.Scope, healthScope) {
		t.Errorf("%+v", a)
	}
}
