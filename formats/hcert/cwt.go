package hcert

import (
	"errors"
	"math"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/strict/cbor"
)

// The claims of a CWT that health certificates use (RFC 8392 §3.1, Volume 1 §3.3).
const (
	claimIss = 1
	claimExp = 4
	claimNbf = 5
	claimIat = 6
)

// cwt is the claims set of the token.
type cwt struct {
	all           cbor.Value
	iss           string
	exp, nbf, iat time.Time
	hcert         cbor.Value // the claim of the context
	checks        []formats.Check
}

func (r *reading) readClaims() error {
	l := r.o.Limits.OrDefault()
	v, err := cbor.Parse(r.message.Payload, cbor.Limits{Depth: l.Depth, Items: l.Items})
	if err != nil {
		return claimsError(err)
	}
	if v.Kind() != cbor.Map {
		return fail(formats.CodePayload, "CWT claims", -1, errors.New("not a map"))
	}
	c := &r.claims
	c.all = v
	for k, val := range v.Entries() {
		label, ok := k.Int()
		if !ok {
			continue
		}
		switch label {
		case claimIss:
			if c.iss, ok = val.Text(); !ok {
				return fail(formats.CodePayload, "claim 1 (iss)", -1, errors.New("not a text string"))
			}
		case claimExp:
			c.exp, err = r.numericDate("claim 4 (exp)", val)
		case claimNbf:
			c.nbf, err = r.numericDate("claim 5 (nbf)", val)
		case claimIat:
			c.iat, err = r.numericDate("claim 6 (iat)", val)
		case r.context.claim:
			c.hcert = val
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// latest is the last second that a NumericDate may mean, the end of the year 9999; earliest is the first of the year 1,
// for dates of events.
const (
	latest   = 253402300799
	earliest = -62135596800
)

// numericDate reads a NumericDate (RFC 8392 §2): seconds since 1970 without a tag.
func (r *reading) numericDate(name string, v cbor.Value) (time.Time, error) {
	bad := func(why string) (time.Time, error) {
		return time.Time{}, fail(formats.CodePayload, name, -1, errors.New(why))
	}
	switch v.Kind() {
	case cbor.Int:
		n, ok := v.Int()
		if !ok || n < 0 || n > latest {
			return bad("outside the years 1970 to 9999")
		}
		return time.Unix(n, 0).UTC(), nil
	case cbor.Float:
		if !r.o.Allows(floatDate) {
			return bad("a floating-point number where an integer is needed")
		}
		f, ok := v.Float()
		if !ok || math.IsNaN(f) || f < 0 || f > latest {
			return bad("outside the years 1970 to 9999")
		}
		r.tolerated(floatDate, name, "a floating-point number where an integer is needed")
		// Whole seconds, cut towards the earlier: a fraction never lengthens a certificate's life.
		return time.Unix(int64(f), 0).UTC(), nil
	}
	return bad("not a number")
}

func (r *reading) tolerated(t formats.Tolerance, where, text string) {
	result := formats.Tolerated
	if !t.On {
		result = formats.Doubtful
	}
	r.claims.checks = append(r.claims.checks, formats.Check{Kind: formats.Reading, Result: result, Name: t.Name, Where: where, Text: text})
}

func claimsError(err error) error {
	code, offset := formats.CodePayload, -1
	switch {
	case errors.Is(err, cbor.ErrTrailing):
		code = formats.CodeTrailing
	case errors.Is(err, cbor.ErrLimit):
		code = formats.CodeLimit
	case errors.Is(err, cbor.ErrTruncated):
		code = formats.CodeTruncated
	case errors.Is(err, cbor.ErrNonCanonical):
		code = formats.CodeNonCanonical
	}
	if ce := (*cbor.Error)(nil); errors.As(err, &ce) {
		offset = ce.Offset
	}
	return fail(code, "CWT claims", offset, err)
}
