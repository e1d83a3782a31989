package verify_test

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"slices"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/verify"
)

// A device proves that a document is no copy, by a key that the issuer has sealed, and nothing else.
func TestADeviceProvesThatItHoldsTheKeyThatTheIssuerSealed(t *testing.T) {
	ut, phone := newSigner("ut"), newSigner("phone")
	ecPhone, ecSeal := ecdsaSeal(t, []byte("session"))
	point, err := ecPhone.Key.(*ecdsa.PublicKey).Bytes()
	if err != nil {
		t.Fatal(err)
	}
	okp := []byte(phone.Key.(ed25519.PublicKey))
	device := phone.seal([]byte("session"))
	device.Role, device.Key = formats.Holder, formats.HolderKey{Curve: "Ed25519", X: okp}
	ecSeal.Role, ecSeal.Key = formats.Holder, formats.HolderKey{Curve: "P-256", X: point[1:33], Y: point[33:]}
	for what, c := range map[string]struct {
		seal   formats.Seal
		change func(*formats.Seal)
		state  verify.SealState
		code   verify.Code
		accept bool
	}{
		"Ed25519":               {device, func(*formats.Seal) {}, verify.Holds, verify.HolderDeviceProven, true},
		"P-256":                 {ecSeal, func(*formats.Seal) {}, verify.Holds, verify.HolderDeviceProven, true},
		"another session":       {ecSeal, func(s *formats.Seal) { s.Signed = []byte("another") }, verify.Fails, verify.HolderDeviceMismatch, false},
		"a key of its own":      {device, func(s *formats.Seal) { s.Key.X = newSigner("thief").Key.(ed25519.PublicKey) }, verify.NotChecked, verify.HolderNotProven, true},
		"half of another key":   {ecSeal, func(s *formats.Seal) { s.Key.Y = []byte("another ordinate of thirty-two b") }, verify.NotChecked, verify.HolderNotProven, true},
		"a coordinate too few":  {ecSeal, func(s *formats.Seal) { s.Key.Y = nil }, verify.NotChecked, verify.HolderNotProven, true},
		"a point off its curve": {ecSeal, func(s *formats.Seal) { s.Key.X, s.Key.Y = s.Key.Y, s.Key.X }, verify.NotChecked, verify.HolderNotProven, true},
		"an unknown curve":      {ecSeal, func(s *formats.Seal) { s.Key.Curve = "secp256k1" }, verify.NotChecked, verify.HolderNotProven, true},
		"a brainpool curve":     {ecSeal, func(s *formats.Seal) { s.Key.Curve = "brainpoolP256r1" }, verify.NotChecked, verify.HolderNotProven, true},
		"an ordinate too many":  {device, func(s *formats.Seal) { s.Key.Y = okp }, verify.NotChecked, verify.HolderNotProven, true},
		"a few bytes":           {device, func(s *formats.Seal) { s.Key.X = okp[:8] }, verify.NotChecked, verify.HolderNotProven, true},
		"no key":                {device, func(s *formats.Seal) { s.Key = formats.HolderKey{} }, verify.NotChecked, verify.HolderNotProven, true},
		"no session":            {device, func(s *formats.Seal) { s.Problem = formats.Problem{Code: formats.CodeSealUnsupported, Text: "a MAC"} }, verify.NotChecked, verify.HolderNotProven, true},
		"another kind of key":   {device, func(s *formats.Seal) { s.Algorithm = formats.ES256 }, verify.NotChecked, verify.HolderNotProven, true},
	} {
		t.Run(what, func(t *testing.T) {
			d := ut.card()
			d.Seals[0] = ut.seal(slices.Concat([]byte("a card of Maren"), okp, point[1:]))
			c.change(&c.seal)
			d.Seals = append(d.Seals, c.seal)
			got := newWorld(t, ut).one(t, d)
			verdict := verify.Refer
			if c.accept {
				verdict = verify.Accept
			}
			expect(t, got, verify.Authentic, verdict, c.code)
			if got.Seals[1].State != c.state || got.Seals[1].Anchor != nil {
				t.Errorf("the seal %s", got.Seals[1].State)
			}
			if proved := hasFinding(got, verify.HolderDeviceProven); proved == hasFinding(got, verify.HolderNotProven) && !hasFinding(got, verify.HolderDeviceMismatch) {
				t.Error("the device is proved and is not")
			}
		})
	}
}

// A device's seal saves no document that its issuer's does not.
func TestADeviceVouchesForNothing(t *testing.T) {
	ut, phone := newSigner("ut"), newSigner("phone")
	device := phone.seal([]byte("session"))
	device.Role, device.Key = formats.Holder, formats.HolderKey{Curve: "Ed25519", X: phone.Key.(ed25519.PublicKey)}
	bad := ut.badCard()
	bad.Seals = append(bad.Seals, device)
	got := newWorld(t, ut).one(t, bad)
	expect(t, got, verify.Invalid, verify.Reject, verify.SealMismatch)
	if hasFinding(got, verify.HolderDeviceProven) || got.Seals[1].State != verify.NotChecked {
		t.Error("the device of an altered document is proved")
	}
	alone := ut.card()
	alone.Seals = []formats.Seal{device}
	alone.Parts[0].Seal = 0
	got = newWorld(t, ut).one(t, alone)
	if got.Verified != nil || got.Status == verify.Authentic {
		t.Errorf("%s", got.Status)
	}
}

// What the parts under one seal say of one name and one document is put together, and nothing that contradicts.
func TestThePiecesOfOneDocumentAreJoined(t *testing.T) {
	ut := newSigner("ut")
	piece := func(name string, c formats.Claims) formats.Part { return formats.Part{Name: name, Unverified: c} }
	named := func(n formats.Name) formats.Part {
		return piece("name", formats.Claims{Subjects: []formats.Subject{{Names: []formats.Name{n}}}})
	}
	doc := func(d formats.DocRef) formats.Part {
		return piece("document", formats.Claims{Documents: []formats.DocRef{d}})
	}
	d := ut.card()
	d.Parts = []formats.Part{
		named(formats.Name{Family: "Quill", Source: "one"}), named(formats.Name{Given: "Maren", Source: "one"}),
		named(formats.Name{Given: "Marena", Source: "two"}), named(formats.Name{Given: "Mara", Source: "one"}),
		named(formats.Name{Full: "M. Quill", Source: "two"}), named(formats.Name{Family: "Kwill", Source: "two"}),
		doc(formats.DocRef{Type: "mDL", Number: "1"}), doc(formats.DocRef{Type: "mDL", IssuingState: "UT"}),
		doc(formats.DocRef{Type: "mDL", Number: "2"}), doc(formats.DocRef{Type: "P", IssuingState: "UT"}),
		doc(formats.DocRef{Expires: formats.Date{Year: 2030}}), doc(formats.DocRef{Type: "mDL", Expires: formats.Date{Year: 2031}}),
	}
	got := newWorld(t, ut).one(t, d).Verified
	names := []formats.Name{
		{Family: "Quill", Given: "Maren", Source: "one"}, {Family: "Kwill", Given: "Marena", Source: "two"},
		{Given: "Mara", Source: "one"}, {Full: "M. Quill", Source: "two"},
	}
	if got == nil || len(got.Subjects) != 1 || !slices.Equal(got.Subjects[0].Names, names) {
		t.Errorf("%+v", got)
	}
	want := []formats.DocRef{
		{Type: "mDL", Number: "1", IssuingState: "UT", Expires: formats.Date{Year: 2031}}, {Type: "mDL", Number: "2"},
		{Type: "P", IssuingState: "UT"}, {Expires: formats.Date{Year: 2030}},
	}
	if !slices.Equal(got.Documents, want) {
		t.Errorf("%+v", got.Documents)
	}
	// Of two people nothing is joined.
	d.Parts = append(d.Parts, piece("another", formats.Claims{Subjects: []formats.Subject{{}, {}}}))
	if got := newWorld(t, ut).one(t, d).Verified; len(got.Documents) != 6 {
		t.Errorf("%+v", got.Documents)
	}
}
