package fetch

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"unicode/utf8"

	"github.com/travelseal/travelseal/internal/strict/base64"
	"github.com/travelseal/travelseal/internal/strict/json"
)

// A Form is what a file must look like to be kept. It keeps the page of a captive portal out of the folder, and says nothing
// of what is in the file.
type Form string

// The forms.
const (
	JSON Form = "json"
	JWS  Form = "jws" // compact, in three parts
	CBOR Form = "cbor"
	DER  Form = "der" // a certificate, a CMS message, a master list, a signature
	PEM  Form = "pem"
	LDIF Form = "ldif"
	Text Form = "text" // any other text
)

// looks tells each form by its content; nil where it is of the form.
var looks = map[Form]func([]byte) error{JSON: isJSON, JWS: isJWS, CBOR: isCBOR, DER: isDER, PEM: isPEM, LDIF: isLDIF, Text: isText}

func forms() []string {
	var list []string
	for f := range looks {
		list = append(list, string(f))
	}
	slices.Sort(list)
	return list
}

func (f Form) known() bool { return looks[f] != nil }

// ErrFormat means that an answer is something else than the list says, such as the page of a web server.
var ErrFormat = errors.New("SOURCE_FORMAT: not of the form that the list of sources gives")

// check says what is wrong with an answer, and where.
func (f Form) check(data []byte) error {
	text := bytes.TrimLeft(data, "\xef\xbb\xbf \t\r\n")
	if len(text) == 0 {
		return fmt.Errorf("%w: it is empty", ErrFormat)
	}
	if text[0] == '<' && f != CBOR && f != DER {
		return fmt.Errorf("%w: a web page, or other marked-up text, begins at byte %d", ErrFormat, len(data)-len(text))
	}
	if isPage(text) {
		return fmt.Errorf("%w: a web page begins at byte %d", ErrFormat, len(data)-len(text))
	}
	if err := looks[f](data); err != nil {
		return fmt.Errorf("%w: %w", ErrFormat, err)
	}
	return nil
}

// isPage looks for the beginning of HTML.
func isPage(text []byte) bool {
	head := bytes.ToLower(text[:min(len(text), 16)])
	for _, mark := range []string{"<!doctype html", "<html", "<head", "<body", "<script", "<!--"} {
		if bytes.HasPrefix(head, []byte(mark)[:min(len(mark), 16)]) {
			return true
		}
	}
	return false
}

// jsonLimits bound what is looked at; the largest published list has some 20 000 values.
var jsonLimits = json.Limits{Depth: 64, Items: 4_000_000}

func isJSON(data []byte) error {
	v, err := json.Parse(data, jsonLimits)
	if err == nil && v.Kind() != json.Object && v.Kind() != json.Array {
		return errors.New("neither an object nor an array of JSON begins at byte 0")
	}
	return err // names the place
}

func isJWS(data []byte) error {
	parts := bytes.Split(bytes.TrimRight(data, "\r\n"), []byte("."))
	if len(parts) != 3 {
		return fmt.Errorf("%d parts with points between them, where a JWS has three", len(parts))
	}
	at := 0
	for _, p := range parts {
		if _, err := base64.Decode(base64.URLRaw, p); err != nil || len(p) == 0 {
			return fmt.Errorf("the part at byte %d is no base64url", at)
		}
		at += len(p) + 1
	}
	return nil
}

// isCBOR looks at the first byte only: the lists are maps, arrays or tagged (RFC 8949 §3.1).
func isCBOR(data []byte) error {
	if major := data[0] >> 5; major < 4 || major > 6 {
		return fmt.Errorf("byte 0 is %#02x, which begins no map, array or tag of CBOR", data[0])
	}
	return nil
}

// isDER demands one SEQUENCE of the length that it states, or of the indefinite length that CMS may have (X.690 §8.1.3).
func isDER(data []byte) error {
	if len(data) < 4 || data[0] != 0x30 {
		return fmt.Errorf("byte 0 is %#02x, where a SEQUENCE begins with 0x30", data[0])
	}
	if data[1] == 0x80 {
		if !bytes.HasSuffix(data, []byte{0, 0}) {
			return errors.New("the end of an indefinite length is missing")
		}
		return nil
	}
	n, length := 0, int(data[1])
	if data[1] > 0x80 {
		if n, length = int(data[1]&0x7f), 0; n > 4 || len(data) < 2+n {
			return errors.New("byte 1 is no length of a SEQUENCE")
		}
		for _, b := range data[2 : 2+n] {
			length = length<<8 | int(b)
		}
	}
	if length != len(data)-2-n {
		return fmt.Errorf("the SEQUENCE has %d bytes by its length, and %d follow", length, len(data)-2-n)
	}
	return nil
}

func isPEM(data []byte) error {
	if !bytes.Contains(data, []byte("-----BEGIN ")) {
		return errors.New("there is no line that begins with -----BEGIN")
	}
	return isText(data)
}

func isLDIF(data []byte) error {
	for _, start := range []string{"dn:", "version:", "#"} {
		if bytes.HasPrefix(data, []byte(start)) {
			return isText(data)
		}
	}
	return errors.New("byte 0 begins no entry of LDIF")
}

func isText(data []byte) error {
	if i := bytes.IndexByte(data, 0); i >= 0 {
		return fmt.Errorf("byte %d is zero", i)
	}
	if !utf8.Valid(data) {
		return errors.New("it is not UTF-8")
	}
	return nil
}
