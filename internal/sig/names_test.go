package sig_test

import (
	"errors"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/sig"
)

func TestCOSEAndJOSENamesMeanTheSame(t *testing.T) {
	for _, v := range []struct {
		name  string
		cose  int64
		want  formats.Algorithm
		curve string // that the JOSE name fixes
	}{
		{"ES256", -7, formats.ES256, "P-256"},
		{"ES384", -35, formats.ES384, "P-384"},
		{"ES512", -36, formats.ES512, "P-521"},
		{"PS256", -37, formats.PS256, ""},
		{"PS384", -38, formats.PS384, ""},
		{"PS512", -39, formats.PS512, ""},
		{"RS256", -257, formats.RS256, ""},
		{"EdDSA", -8, formats.EdDSA, ""},
	} {
		if got, ok := sig.FromCOSE(v.cose); !ok || got != v.want {
			t.Errorf("COSE %d: %+v, %v", v.cose, got, ok)
		}
		want := v.want
		want.Curve = v.curve
		got, ok := sig.FromJOSE(v.name)
		if !ok || got != want {
			t.Errorf("JOSE %s: %+v, %v", v.name, got, ok)
		}
		if got.Name() != v.name {
			t.Errorf("JOSE %s calls itself %s", v.name, got.Name())
		}
	}
}

func TestOtherNamesAreUnknown(t *testing.T) {
	for _, alg := range []string{"", "none", "None", "HS256", "es256", "ES256 ", "ES256K", "RS1", "RSA1_5", "EdDSA\x00"} {
		if got, ok := sig.FromJOSE(alg); ok || got != (formats.Algorithm{}) {
			t.Errorf("JOSE %q: %+v, %v", alg, got, ok)
		}
	}
	// 0 is reserved, 5 HMAC 256/256, -47 ES256K, -65535 RSA v1.5 with SHA-1.
	for _, alg := range []int64{0, 5, 7, -6, -9, -34, -40, -47, -256, -65535} {
		if got, ok := sig.FromCOSE(alg); ok || got != (formats.Algorithm{}) {
			t.Errorf("COSE %d: %+v, %v", alg, got, ok)
		}
	}
}

func TestOnlyAnEncodingErrorIsAlsoAMismatch(t *testing.T) {
	if !errors.Is(sig.ErrEncoding, sig.ErrMismatch) {
		t.Error("ErrEncoding is not an ErrMismatch")
	}
	for _, err := range []error{sig.ErrKeyType, sig.ErrUnsupported, sig.ErrWeakKey, sig.ErrNullOmitted} {
		if errors.Is(err, sig.ErrMismatch) {
			t.Errorf("%v is an ErrMismatch", err)
		}
	}
	if errors.Is(sig.ErrMismatch, sig.ErrEncoding) {
		t.Error("ErrMismatch is an ErrEncoding")
	}
}
