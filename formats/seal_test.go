package formats_test

import (
	"crypto"
	"testing"

	"github.com/travelseal/travelseal/formats"
)

func TestAlgorithmsHaveTheNamesThatOfficersSee(t *testing.T) {
	for _, c := range []struct {
		a    formats.Algorithm
		name string
	}{
		{formats.Algorithm{}, ""}, {formats.Algorithm{Hash: crypto.SHA256}, ""}, {formats.Algorithm{Scheme: 99, Hash: crypto.SHA256}, ""},
		{formats.ES256, "ES256"}, {formats.ES384, "ES384"}, {formats.ES512, "ES512"},
		{formats.PS256, "PS256"}, {formats.PS384, "PS384"}, {formats.PS512, "PS512"},
		{formats.RS256, "RS256"}, {formats.EdDSA, "EdDSA"},
		{formats.Algorithm{Scheme: formats.ECDSA, Hash: crypto.SHA256, Encoding: formats.DER, Curve: "P-256"}, "ES256"},
		{formats.Algorithm{Scheme: formats.RSAPKCS1, Hash: crypto.SHA1}, "RS1"},
		{formats.Algorithm{Scheme: formats.ECDSA, Hash: crypto.SHA224}, "ES224"},
		{formats.Algorithm{Scheme: formats.RSAPSS, Hash: crypto.MD5}, "PS"},
		{formats.Algorithm{Scheme: formats.ECDSA, Hash: formats.HashOfCurve}, "ECDSA"},
		{formats.Algorithm{Scheme: formats.RSAPKCS1, Hash: formats.HashOfCurve}, "RS"},
	} {
		if c.a.Name() != c.name {
			t.Errorf("%+v is named %q, want %q", c.a, c.a.Name(), c.name)
		}
	}
}

// The lengths of RSASSA-PSS salts are those of their hashes (RFC 8230 §2); a salt of 0 would be read as "any".
func TestTheStandardAlgorithmsLeaveNothingToADefault(t *testing.T) {
	for _, a := range []formats.Algorithm{formats.PS256, formats.PS384, formats.PS512} {
		if a.SaltLength != a.Hash.Size() || a.MGFHash != a.Hash {
			t.Errorf("%s: salt of %d bytes, mask by %v", a.Name(), a.SaltLength, a.MGFHash)
		}
	}
	for _, a := range []formats.Algorithm{formats.ES256, formats.ES384, formats.ES512} {
		if a.Encoding != formats.Raw || a.Curve != "" {
			t.Errorf("%s: %+v", a.Name(), a)
		}
	}
}

func TestTheZeroRoleVouchesForNothing(t *testing.T) {
	var zero formats.Role
	if zero == formats.Issuer || zero.String() != "holder" || formats.Issuer.String() != "issuer" {
		t.Errorf("roles %v and %v", zero, formats.Issuer)
	}
	for r, want := range map[formats.Role]string{7: "Role(7)", -1: "Role(-1)"} {
		if r.String() != want {
			t.Errorf("got %q, want %q", r, want)
		}
	}
}

func TestTheZeroCheckIsAFailure(t *testing.T) {
	if r := (formats.Check{}).Result; r != formats.Fails {
		t.Errorf("the result of a Check that says nothing is %d", r)
	}
}

func TestTheHashOfTheCurveIsNoHash(t *testing.T) {
	if formats.HashOfCurve.Available() {
		t.Error("package crypto has a hash of that number")
	}
}
