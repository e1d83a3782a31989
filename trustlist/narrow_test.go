package trustlist_test

import (
	"slices"
	"testing"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/trustlist"
)

// An entry of a list may narrow what the key's certificate allows, and never widen it.

func TestScopeNarrows(t *testing.T) {
	v, free := utopia.Vaccination, utopia.AnyUse
	star := []formats.ID{trustlist.AnyFormat}
	for name, c := range map[string]struct {
		anchor object
		want   []formats.ID
	}{
		"the certificate's own":          {entry(v, object{"scope": []string{"eu-dcc"}}), []formats.ID{euDCC}},
		"everything of it":               {entry(v, object{"scope": []string{"*"}}), healthScope},
		"everything and its own":         {entry(v, object{"scope": []string{"eu-dcc", "*"}}), healthScope},
		"everything of anything":         {entry(free, object{"scope": []string{"*"}}), star},
		"one of anything":                {entry(free, object{"scope": []string{"nzcp"}}), []formats.ID{"nzcp"}},
		"two of anything":                {entry(free, object{"scope": []string{"nzcp", "eu-dcc"}}), []formats.ID{"nzcp", euDCC}},
		"one of a bare key":              {object{"spki": b64(spki(v)), "scope": []string{"nzcp"}}, []formats.ID{"nzcp"}},
		"everything of a bare key":       {object{"spki": b64(spki(v)), "scope": []string{"*"}}, star},
		"nothing said about a bare key":  {object{"spki": b64(spki(v))}, star},
		"nothing said about certificate": {entry(free, nil), star},
	} {
		if got := only(t, list(t, nil, c.anchor)).Scope; !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

func TestUsesNarrow(t *testing.T) {
	for name, c := range map[string]struct {
		anchor object
		want   formats.Uses
	}{
		"one of three":         {entry(utopia.RSA, object{"uses": []string{"test"}}), formats.Test},
		"more than three":      {entry(utopia.RSA, object{"uses": []string{"test", "travel", "vaccination"}}), formats.Test | formats.Vaccination},
		"one and another":      {entry(utopia.Vaccination, object{"uses": []string{"vaccination", "test"}}), formats.Vaccination},
		"two of all":           {entry(utopia.AnyUse, object{"uses": []string{"travel", "boarding"}}), formats.Travel | formats.Boarding},
		"one twice":            {entry(utopia.AnyUse, object{"uses": []string{"test", "test"}}), formats.Test},
		"one of a bare key":    {object{"spki": b64(spki(utopia.RSA)), "uses": []string{"recovery"}}, formats.Recovery},
		"nothing said":         {entry(utopia.RSA, nil), health},
		"nothing said of bare": {object{"spki": b64(spki(utopia.RSA))}, formats.AllUses},
	} {
		if got := only(t, list(t, nil, c.anchor)).Uses; got != c.want {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

func TestValidityNarrows(t *testing.T) {
	v := utopia.Vaccination // from 2025 to 2060
	from, to := v.Leaf.NotBefore, v.Leaf.NotAfter
	inside, outside := "2026-06-01T00:00:00Z", time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		more     object
		from, to time.Time
	}{
		"a later beginning":    {object{"not_before": inside}, outside, to},
		"an earlier end":       {object{"not_after": inside}, from, outside},
		"an earlier beginning": {object{"not_before": "2000-01-01T00:00:00Z"}, from, to},
		"a later end":          {object{"not_after": "2099-01-01T00:00:00Z"}, from, to},
	} {
		a := only(t, list(t, nil, entry(v, c.more)))
		if !a.NotBefore.Equal(c.from) || !a.NotAfter.Equal(c.to) {
			t.Errorf("%s: from %v to %v, want %v to %v", name, a.NotBefore, a.NotAfter, c.from, c.to)
		}
	}
	bare := only(t, list(t, nil, object{"spki": b64(spki(v)), "not_before": "2000-01-01T00:00:00Z", "not_after": "2099-01-01T00:00:00Z"}))
	if bare.NotBefore.Year() != 2000 || bare.NotAfter.Year() != 2099 {
		t.Errorf("a bare key: from %v to %v", bare.NotBefore, bare.NotAfter)
	}
}

func TestRolesFollowTheCertificate(t *testing.T) {
	v, ca, key := utopia.Vaccination, utopia.CSCA.Signer, object{"spki": b64(spki(utopia.Vaccination))}
	for name, c := range map[string]struct {
		anchor object
		want   trustlist.Role
	}{
		"a signer":                    {entry(v, nil), trustlist.Signer},
		"a signer by name":            {entry(v, object{"role": "signer"}), trustlist.Signer},
		"a signer of lists":           {entry(v, object{"role": "list-signer"}), trustlist.ListSigner},
		"a CA":                        {entry(ca, nil), trustlist.CA},
		"a CA by name":                {entry(ca, object{"role": "ca"}), trustlist.CA},
		"a bare key":                  {key, trustlist.Signer},
		"a bare key that signs lists": {with(key, object{"role": "list-signer"}), trustlist.ListSigner},
		"a bare key of a CA":          {with(key, object{"role": "ca"}), trustlist.CA},
	} {
		if got := only(t, list(t, nil, c.anchor)).Role; got != c.want {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

// RFC 5280 §4.2.1.9: the key of a certificate that is no CA's must not verify certificates.
func TestASignersCertificateIsNotMadeACA(t *testing.T) {
	s := load(t, file(t, "list.json", list(t, nil, entry(utopia.Vaccination, object{"role": "ca"}))))
	if d := s.Dropped(); len(s.Anchors()) != 0 || len(d) != 1 {
		t.Errorf("%d anchors, dropped %+v", len(s.Anchors()), d)
	}
}
