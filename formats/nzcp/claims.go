package nzcp

import (
	"encoding/hex"
	"errors"
	"strings"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/strict/cbor"
)

// The claims of "CWT Claims" (RFC 8392 §3.1). vc has a text for its key.
const (
	claimIss = 1
	claimExp = 4
	claimNbf = 5
	claimCti = 7
	claimVC  = "vc"
)

// cwt is the claims set of the token.
type cwt struct {
	iss      string
	nbf, exp time.Time
	jti      string
	vc       cbor.Value
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
	var iss, cti cbor.Value
	for k, val := range v.Entries() {
		if label, ok := k.Int(); ok {
			switch label {
			case claimIss:
				iss = val
			case claimExp:
				c.exp, err = numericDate("claim 4 (exp)", val)
			case claimNbf:
				c.nbf, err = numericDate("claim 5 (nbf)", val)
			case claimCti:
				cti = val
			}
		} else if name, ok := k.TextBytes(); ok && string(name) == claimVC {
			c.vc = val
		}
		if err != nil {
			return err
		}
	}
	r.checkIssuer(iss)
	r.checkIdentifier(cti)
	if c.nbf.IsZero() {
		r.breach("claim 5 (nbf)", "missing")
	}
	if c.vc.Kind() != cbor.Map {
		return fail(formats.CodePayload, "claim vc", -1, errors.New("missing or not a map"))
	}
	return nil
}

func (r *reading) checkIssuer(v cbor.Value) {
	const where = "claim 1 (iss)"
	s, ok := v.Text()
	switch {
	case !ok:
		r.breach(where, "missing or not a text")
	case !strings.HasPrefix(s, "did:web:"):
		r.breach(where, "not a DID of the method web")
	}
	r.claims.iss = s
}

// checkIdentifier reads cti, whose 16 bytes are a UUID of RFC 4122 ("Mapping JTI <-> CTI").
func (r *reading) checkIdentifier(v cbor.Value) {
	const where = "claim 7 (cti)"
	b, ok := v.Bytes()
	switch {
	case !ok:
		r.breach(where, "missing or not a byte string")
		return
	case len(b) != 16:
		r.breach(where, "not the 16 bytes of a UUID")
		return
	case b[8]>>6 != 0b10 || b[6]>>4 < 1 || b[6]>>4 > 5: // §4.1.1 the variant, §4.1.3 the version
		r.breach(where, "not a UUID of RFC 4122")
	}
	h := hex.EncodeToString(b)
	r.claims.jti = "urn:uuid:" + h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:]
}

// latest is the last second that a NumericDate may mean, the end of the year 9999.
const latest = 253402300799

// numericDate reads a NumericDate (RFC 8392 §2), which a pass encodes as an integer.
func numericDate(name string, v cbor.Value) (time.Time, error) {
	n, ok := v.Int()
	switch {
	case v.Kind() != cbor.Int:
		return time.Time{}, fail(formats.CodePayload, name, -1, errors.New("not an integer"))
	case !ok || n < 0 || n > latest:
		return time.Time{}, fail(formats.CodePayload, name, -1, errors.New("outside the years 1970 to 9999"))
	}
	return time.Unix(n, 0).UTC(), nil
}

// breach notes that the content breaks the specification at a place.
func (r *reading) breach(where, why string) {
	r.checks = append(r.checks, formats.Check{Kind: formats.Schema, Result: formats.Fails, Name: "schema", Where: where, Text: why})
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
