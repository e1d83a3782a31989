package trustlist_test

import (
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/mint"
)

func TestACertificateIsFoundByItsNames(t *testing.T) {
	issued := func(ca, subject string) mint.Signer {
		return mint.NewCA("named "+ca, mint.Template{CommonName: ca}).Issue(subject, mint.Template{})
	}
	for _, c := range []struct {
		ca, subject, keyID, issuer string
		found                      bool
	}{
		{"UT03", "AV01", "UT03AV01", "UT03", true},
		{"UT03", "AV01", "UT03AV02", "UT03", false},
		{"UT03", "AV01", "AV01UT03", "AV01", false},
		{"UT03", "AV01", "UT03", "UT03", false},
		{"UT03", "av01", "UT03av01", "UT03", false},
		{"UT03", "AV011", "UT03AV011", "UT03", false},
		{"UT3", "5AV01", "UT35AV01", "UT3", false},
		{"UT 3", "AV01", "UT 3AV01", "UT 3", false},
	} {
		trust := load(t, file(t, "c.pem", issued(c.ca, c.subject).PEM()))
		hint := formats.Signer{KeyID: []byte(c.keyID), Issuer: c.issuer}
		found := trust.Find(hint)
		if (len(found) == 1) != c.found {
			t.Errorf("%+v: %d found", c, len(found))
			continue
		}
		if c.found && !found[0].IdentifiedBy(hint) {
			t.Errorf("%+v: not identified", c)
		}
		// Without the authority, the number is a hint like any other.
		if hint.Issuer = "UT99"; c.found && found[0].IdentifiedBy(hint) {
			t.Errorf("%+v: identified under another authority", c)
		}
	}
}
