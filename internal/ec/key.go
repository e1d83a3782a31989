package ec

import (
	"bytes"
	"crypto"
	"errors"
	"fmt"

	"github.com/travelseal/travelseal/internal/ec/internal/scalar"
)

// Why an encoded point makes no public key.
var (
	// ErrCurve means that no curve was given.
	ErrCurve = errors.New("no curve")
	// ErrInfinity means the point at infinity, which is no public key (SEC 1 §3.2.2.1).
	ErrInfinity = errors.New("point at infinity")
	// ErrCompressed means a compressed point, which RFC 5480 §2.2 lets a reader refuse.
	ErrCompressed = errors.New("compressed point")
	// ErrHybrid means a point with both coordinates and the sign of one (X9.62 §4.3.6), which RFC 5480 §2.2 forbids.
	ErrHybrid = errors.New("hybrid point")
	// ErrForm means bytes that are no encoded point of any kind, or not of this curve's length.
	ErrForm = errors.New("not an uncompressed point")
	// ErrCoordinate means a coordinate that is not below p.
	ErrCoordinate = errors.New("coordinate not below the field's prime")
	// ErrOffCurve means that the coordinates do not satisfy the curve's equation.
	ErrOffCurve = errors.New("point not on the curve")
)

// A PublicKey is a point on a curve that is not at infinity. All curves here have the cofactor 1, so it has the order of
// the base point. It is safe for concurrent use. The zero value verifies nothing.
type PublicKey struct {
	curve *Curve
	point []byte
	key   scalar.Key
}

// NewPublicKey reads an uncompressed point, 04‖X‖Y (SEC 1 §2.3.4). Its errors wrap ErrCurve, ErrInfinity, ErrCompressed,
// ErrHybrid, ErrForm, ErrCoordinate or ErrOffCurve.
func NewPublicKey(c *Curve, point []byte) (*PublicKey, error) {
	if c == nil || c.newKey == nil {
		return nil, ErrCurve
	}
	size := c.FieldSize()
	if err := form(point, size); err != nil {
		return nil, fmt.Errorf("%s: %w", c.Name(), err)
	}
	x, _ := scalar.FromBytes(point[1 : 1+size])
	y, _ := scalar.FromBytes(point[1+size:])
	if !x.Less(&c.prime) || !y.Less(&c.prime) {
		return nil, fmt.Errorf("%s: %w", c.Name(), ErrCoordinate)
	}
	key := c.newKey(&x, &y, c.domain.Z != nil)
	if key == nil {
		return nil, fmt.Errorf("%s: %w", c.Name(), ErrOffCurve)
	}
	return &PublicKey{c, bytes.Clone(point), key}, nil
}

// form says what is wrong with the first byte and the length of an encoded point.
func form(point []byte, size int) error {
	if len(point) == 0 {
		return fmt.Errorf("%w: no bytes", ErrForm)
	}
	want := 1 + 2*size
	switch point[0] {
	case 0:
		if len(point) == 1 {
			return ErrInfinity
		}
	case 2, 3:
		if len(point) == 1+size {
			return ErrCompressed
		}
	case 4:
		if len(point) == want {
			return nil
		}
	case 6, 7:
		if len(point) == want {
			return ErrHybrid
		}
	}
	return fmt.Errorf("%w: %d bytes beginning with %02x, want %d beginning with 04", ErrForm, len(point), point[0], want)
}

// Curve gives the curve of the key; nil for the zero value.
func (k *PublicKey) Curve() *Curve { return k.curve }

// Bytes gives the point as 04‖X‖Y; nil for the zero value.
func (k *PublicKey) Bytes() []byte { return bytes.Clone(k.point) }

// Equal reports whether x is a *PublicKey with the same point on the same curve. The zero value equals nothing.
func (k *PublicKey) Equal(x crypto.PublicKey) bool {
	other, ok := x.(*PublicKey)
	return ok && other != nil && k.curve != nil && k.curve == other.curve && bytes.Equal(k.point, other.point)
}
