package cert_test

import (
	"testing"

	"github.com/travelseal/travelseal/internal/cert"
	"github.com/travelseal/travelseal/internal/mint/der"
	"github.com/travelseal/travelseal/internal/mint/pki"
)

func TestTheOnlyCommonName(t *testing.T) {
	const good = "signing.utopia.example"
	own := pki.DN("UT", "Utopia", good)
	for name, c := range map[string]struct {
		subject pki.Name
		want    string
	}{
		"one":                        {own, good},
		"first":                      {own.Reversed(), good},
		"none":                       {pki.DN("UT", "CN="+good, ""), ""},
		"within an organization":     {pki.DN("UT", "x,CN="+good, "evil"), "evil"},
		"within a unit and no other": {append(pki.DN("UT", "Utopia", ""), pki.One(pki.Unit, der.UTF8("CN="+good))), ""},
		"two":                        {append(own, pki.One(pki.CommonName, der.UTF8("evil"))), ""},
		"the same twice":             {append(own, pki.One(pki.CommonName, der.UTF8(good))), ""},
		"beside another attribute":   {own.Joined(), ""},
		"a zero byte":                {pki.DN("UT", "Utopia", good+"\x00.evil"), good + "\x00.evil"},
		"empty":                      {append(pki.DN("UT", "Utopia", ""), pki.One(pki.CommonName, der.UTF8(""))), ""},
	} {
		parsed, err := cert.Parse(pki.NewCSCA("named "+name, pki.Bare().Named(c.subject)).Cert)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		want := c.want
		if name == "a zero byte" {
			want = ""
		}
		if got, ok := parsed.Subject.SoleCommonName(); got != want || ok != (want != "") {
			t.Errorf("%s: %q, %v, want %q", name, got, ok, want)
		}
	}
	if got, ok := (cert.Name{}).SoleCommonName(); ok {
		t.Errorf("no name: %q", got)
	}
}
