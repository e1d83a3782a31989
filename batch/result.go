package batch

import (
	"encoding/base64"
	"encoding/hex"
	"strconv"
	"unicode/utf8"

	"github.com/travelseal/travelseal/internal/display"
	"github.com/travelseal/travelseal/verify"
)

// appendReport writes the line of a case that was checked:
//
//	{"n":1,"id":"…","verdict":"accept","findings":[…],"documents":[{"format":"eu-dcc","sha256":"…","status":"authentic",
//	 "verdict":"accept","seals":[{"status":"holds","algorithm":"ES256","key_id":"…"}],"findings":[{"code":"…","effect":"…"}]}]}
//
// The members mean what they mean in a report (doc/report.schema.json); sentences and citations follow from the codes.
func appendReport(b []byte, n int64, id string, r *verify.Report, claims bool) ([]byte, error) {
	b = appendHead(b, n, id)
	b = append(b, `,"verdict":"`...)
	b = append(b, r.Verdict.String()...)
	b = append(b, `","findings":`...)
	b = appendFindings(b, r.Findings)
	b = append(b, `,"documents":[`...)
	for i := range r.Documents {
		if i > 0 {
			b = append(b, ',')
		}
		var err error
		if b, err = appendDocument(b, &r.Documents[i], claims); err != nil {
			return nil, err
		}
	}
	return append(b, "]}\n"...), nil
}

// appendError writes the line of a case that could not be checked.
func appendError(b []byte, n int64, id string, code verify.Code, detail string) []byte {
	b = appendHead(b, n, id)
	b = append(b, `,"error":{"code":"`...)
	b = append(b, code...)
	b = append(b, `","detail":`...)
	b = appendString(b, detail)
	return append(b, "}}\n"...)
}

func appendHead(b []byte, n int64, id string) []byte {
	b = append(b, `{"n":`...)
	b = strconv.AppendInt(b, n, 10)
	if id != "" {
		b = append(b, `,"id":`...)
		b = appendString(b, id)
	}
	return b
}

func appendDocument(b []byte, d *verify.DocumentReport, claims bool) ([]byte, error) {
	b = append(b, '{')
	if d.Format != "" {
		b = append(b, `"format":`...)
		b = append(appendString(b, string(d.Format)), ',')
	}
	b = append(b, `"sha256":"`...)
	b = hex.AppendEncode(b, d.SHA256[:])
	b = append(b, `","status":"`...)
	b = append(b, d.Status.String()...)
	b = append(b, `","verdict":"`...)
	b = append(b, d.Verdict.String()...)
	b = append(b, '"')
	if len(d.Seals) > 0 {
		b = appendSeals(b, d.Seals)
	}
	b = append(b, `,"findings":`...)
	b = appendFindings(b, d.Findings)
	if claims && d.Verified != nil {
		text, err := verify.ClaimsJSON(d.Verified)
		if err != nil {
			return nil, err
		}
		b = append(append(b, `,"verified":`...), text...)
	}
	return append(b, '}'), nil
}

func appendSeals(b []byte, seals []verify.SealReport) []byte {
	b = append(b, `,"seals":[`...)
	for i, s := range seals {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, `{"status":"`...)
		b = append(b, s.State.String()...)
		b = append(b, '"')
		if s.Algorithm != "" {
			b = append(b, `,"algorithm":"`...)
			b = append(b, s.Algorithm...)
			b = append(b, '"')
		}
		if len(s.KeyID) > 0 {
			b = append(b, `,"key_id":"`...)
			b = append(base64.StdEncoding.AppendEncode(b, s.KeyID), '"')
		}
		b = append(b, '}')
	}
	return append(b, ']')
}

func appendFindings(b []byte, findings []verify.Finding) []byte {
	b = append(b, '[')
	for i, f := range findings {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, `{"code":"`...)
		b = append(b, f.Code...)
		b = append(b, `","effect":"`...)
		b = append(b, f.Effect.String()...)
		b = append(b, '"')
		if f.Where != "" {
			b = appendString(append(b, `,"where":`...), f.Where)
		}
		if f.Detail != "" {
			b = appendString(append(b, `,"detail":`...), f.Detail)
		}
		b = append(b, '}')
	}
	return append(b, ']')
}

// appendString writes a JSON string (RFC 8259 §7). What is not UTF-8 becomes U+FFFD; characters that hide others, and the
// line separators that some readers of line-delimited JSON stop at, are escaped.
func appendString(b []byte, s string) []byte {
	b = append(b, '"')
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case c == '"' || c == '\\':
			b = append(b, '\\', c)
		case c < 0x20 || c == 0x7f:
			b = display.AppendEscaped(b, rune(c))
		case c < utf8.RuneSelf:
			b = append(b, c)
		default:
			r, size := utf8.DecodeRuneInString(s[i:])
			if display.Hides(r) {
				b = display.AppendEscaped(b, r)
			} else {
				b = utf8.AppendRune(b, r)
			}
			i += size
			continue
		}
		i++
	}
	return append(b, '"')
}
