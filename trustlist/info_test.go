package trustlist_test

import (
	"testing"
	"time"

	"github.com/travelseal/travelseal/internal/mint"
)

func TestASnapshotIsAsOldAsItsOldestSource(t *testing.T) {
	first, second := time.Date(2026, 9, 1, 0, 0, 0, 0, time.UTC), time.Date(2026, 10, 1, 12, 0, 0, 0, time.UTC)
	at := func(created time.Time) string { return file(t, "list.json", mint.TrustJSON(created)) }
	pemFile := func() string { return file(t, "v.pem", utopia.Vaccination.PEM()) }
	der := func() string { return file(t, "v.der", utopia.Vaccination.Cert) }
	for name, c := range map[string]struct {
		paths []string
		want  time.Time
	}{
		"one":                    {[]string{at(first)}, first},
		"the older first":        {[]string{at(first), at(second)}, first},
		"the older last":         {[]string{at(second), at(first)}, first},
		"an undated list":        {[]string{at(time.Time{})}, time.Time{}},
		"an undated list first":  {[]string{at(time.Time{}), at(first)}, time.Time{}},
		"an undated list last":   {[]string{at(first), at(time.Time{})}, time.Time{}},
		"a list and PEM":         {[]string{at(first), pemFile()}, time.Time{}},
		"PEM and a list":         {[]string{pemFile(), at(first)}, time.Time{}},
		"a list and DER":         {[]string{at(first), der()}, time.Time{}},
		"an undated in between":  {[]string{at(first), pemFile(), at(second)}, time.Time{}},
		"with the zone's offset": {[]string{file(t, "l", []byte(`{"schema":"travelseal.trust/1","created":"2026-09-01T02:00:00+02:00"}`))}, first},
	} {
		if got := load(t, c.paths...).Info().Created; !got.Equal(c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

func TestInfoNamesEverySource(t *testing.T) {
	a := file(t, "a.json", list(t, object{"version": 7}))
	b := file(t, "b.json", list(t, object{"version": 5, "name": "Utopia's list"}))
	if info := load(t, a, b).Info(); info.Name != "a.json+Utopia's list" || info.Version != 7 {
		t.Errorf("%+v", info)
	}
	one, two := load(t, a, b).Info().SHA256, load(t, b, a).Info().SHA256
	if one == two || one != load(t, a, b).Info().SHA256 {
		t.Error("the digest does not follow files and order")
	}
}
