package vical_test

import (
	"bytes"
	"testing"
	"time"

	"github.com/travelseal/travelseal/internal/vectors"
	"github.com/travelseal/travelseal/trustlist/vical"
)

// Every published list has as many certificates as others have counted, under the authority that its provider names.
func TestPublishedLists(t *testing.T) {
	for _, c := range vectors.Travel(t, "vical") {
		data, trust := c.File(t, c.Input.File), anyone
		if c.Trust != nil {
			trust = vical.Trust{}
			for _, name := range c.Trust.Files {
				trust.Provider = append(trust.Provider, parse(c.File(t, name)))
			}
		}
		l := read(t, c.ID, data, trust)
		if len(l.Entries) != *c.Expect.Count || len(l.CAs()) != *c.Expect.Count || l.Authenticated != (c.Trust != nil) {
			t.Errorf("%s: %d certificates, want %d; authenticated %t; %+v", c.ID, len(l.Entries), *c.Expect.Count, l.Authenticated, l.Dropped())
		}
		if at, err := time.Parse(time.RFC3339, c.At); c.Expect.ValidNow != nil && (err != nil || (l.CheckAt(at) == nil) != *c.Expect.ValidNow) {
			t.Errorf("%s: at %s: %v", c.ID, c.At, l.CheckAt(at))
		}
		// The signature is sound under the certificate beside it, and no byte of what is signed may change.
		own := vical.Trust{Provider: provider(t, data)}
		if _, err := vical.ReadList(c.ID, data, own); (err == nil) != *c.Expect.Signature {
			t.Errorf("%s: under its own signer: %v", c.ID, err)
		}
		changed := bytes.Clone(data)
		changed[len(changed)/2] ^= 1
		if _, err := vical.ReadList(c.ID, changed, own); err == nil {
			t.Errorf("%s: a changed list is taken", c.ID)
		}
	}
}
