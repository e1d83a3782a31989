package shlink

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/strict/base64"
	"github.com/travelseal/travelseal/internal/strict/json"
)

// Scheme begins every link; a viewer's address ends in "#" in front of it.
const Scheme = "shlink:/"

// KeySize is the number of bytes of a link's key.
const KeySize = 32

// A Key decrypts what a link leads to. It never prints, and no encoder writes it.
type Key [KeySize]byte

const notShown = "(key)"

// Format writes that there is a key, whatever the verb is.
func (Key) Format(s fmt.State, _ rune) { _, _ = io.WriteString(s, notShown) }

// MarshalText writes that there is a key.
func (Key) MarshalText() ([]byte, error) { return []byte(notShown), nil }

// A Link is the payload of a SMART Health Link.
type Link struct {
	Viewer  string // the address in front of the "#"; "" without one
	URL     string
	Host    string // of URL, with its port
	Key     Key
	Flag    string
	Label   string
	Version int
	Expires time.Time // a hint; zero without one
	// Checks are the rules of the specification that the link breaks, and that leave it readable.
	Checks []formats.Check
}

// LongTerm, Passcode and Direct report the flags L, P and U. Other flags are passed over, as the specification asks.
func (l *Link) LongTerm() bool { return l.has('L') }

// Passcode reports whether the link is resolved with a passcode only.
func (l *Link) Passcode() bool { return l.has('P') }

// Direct reports whether the address is that of a single encrypted file.
func (l *Link) Direct() bool { return l.has('U') }

func (l *Link) has(flag byte) bool { return bytes.IndexByte([]byte(l.Flag), flag) >= 0 }

// Recognise reports whether a text looks like a link: the scheme "shlink" in either case, with or without a number, or an
// address with a link behind its "#".
func Recognise(text []byte) bool {
	if _, link := split(text); link != nil {
		return true
	}
	if len(text) < len("shlink:") || !bytes.EqualFold(text[:6], []byte("shlink")) {
		return false
	}
	rest := bytes.TrimLeft(text[6:min(len(text), 11)], "0123456789")
	return len(rest) > 0 && rest[0] == ':'
}

// maxViewer is how much of a text is looked through for the "#" behind a viewer's address.
const maxViewer = 2 << 10

// split divides a text into the viewer's address and the link; the link is nil where there is none.
func split(text []byte) (viewer, link []byte) {
	if bytes.HasPrefix(text, []byte(Scheme)) {
		return nil, text
	}
	if !bytes.HasPrefix(text, []byte("https://")) && !bytes.HasPrefix(text, []byte("http://")) {
		return nil, nil
	}
	at := bytes.Index(text[:min(len(text), maxViewer)], []byte("#"+Scheme))
	if at < 0 {
		return nil, nil
	}
	return text[:at], text[at+1:]
}

// Parse reads exactly one link. The error is a *formats.Error without a Format; it holds no part of the link.
func Parse(text []byte, o formats.Options) (Link, error) {
	viewer, link := split(text)
	if link == nil {
		if len(text) > 6 && bytes.EqualFold(text[:6], []byte("shlink")) && text[6] >= '0' && text[6] <= '9' {
			return Link{}, fail(formats.CodeVersion, "prefix", 6, errors.New("a SMART Health Link of a version that is not known here"))
		}
		return Link{}, fail(formats.CodeEncoding, "prefix", 0, errors.New("not \"shlink:/\" in small letters"))
	}
	at := len(text) - len(link) + len(Scheme)
	payload, err := base64.Decode(base64.URLRaw, text[at:])
	if err != nil {
		offset := -1
		if be := (*base64.Error)(nil); errors.As(err, &be) {
			offset = at + be.Offset
		}
		return Link{}, fail(formats.CodeEncoding, "base64url", offset, err)
	}
	limits := o.Limits.OrDefault()
	v, err := json.Parse(payload, json.Limits{Depth: limits.Depth, Items: limits.Items})
	if err != nil {
		return Link{}, jsonError(err)
	}
	l := Link{Viewer: string(viewer)}
	if err := l.read(v); err != nil {
		return Link{}, err
	}
	return l, nil
}

func fail(code, step string, offset int, err error) error {
	return &formats.Error{Code: code, Step: step, Offset: offset, Err: err}
}

func jsonError(err error) error {
	e := &formats.Error{Code: formats.CodePayload, Step: "payload", Offset: -1, Err: err}
	if je := (*json.Error)(nil); errors.As(err, &je) {
		e.Offset = je.Offset
	}
	switch {
	case errors.Is(err, json.ErrTrailing):
		e.Code = formats.CodeTrailing
	case errors.Is(err, json.ErrLimit):
		e.Code = formats.CodeLimit
	case errors.Is(err, json.ErrTruncated):
		e.Code = formats.CodeTruncated
	}
	return e
}
