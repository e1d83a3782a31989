package shlink

import (
	"errors"
	"net/url"
	"time"
	"unicode/utf8"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/strict/base64"
	"github.com/travelseal/travelseal/internal/strict/json"
)

// The bounds of the specification (Construct a SMART Health Link Payload).
const (
	maxURL   = 128
	maxLabel = 80
	version  = 1 // the only one there is, and the one that is meant where none is named
)

// latest is the last second that a date may mean, the end of the year 9999.
const latest = 253402300799

// read reads the members of the payload. Members that are not known are passed over, as the specification asks.
func (l *Link) read(v json.Value) error {
	if v.Kind() != json.Object {
		return fail(formats.CodePayload, "payload", -1, errors.New("not an object"))
	}
	var address, key, exp, number json.Value
	for name, member := range v.Members() {
		switch name {
		case "url":
			address = member
		case "key":
			key = member
		case "exp":
			exp = member
		case "v":
			number = member
		case "flag":
			l.Flag = l.text("flag", member)
		case "label":
			l.Label = l.text("label", member)
		}
	}
	if err := l.readVersion(number); err != nil {
		return err
	}
	if err := l.readURL(address); err != nil {
		return err
	}
	if err := l.readKey(key); err != nil {
		return err
	}
	l.readExpiry(exp)
	if utf8.RuneCountInString(l.Label) > maxLabel {
		l.breach("label", "longer than 80 characters")
	}
	if l.Direct() && l.Passcode() {
		l.breach("flag", "U and P exclude one another")
	}
	return nil
}

// readVersion refuses versions to come: the specification asks not to go on where a newer one is named.
func (l *Link) readVersion(v json.Value) error {
	l.Version = version
	if v.Kind() == json.Missing {
		return nil
	}
	n, ok := v.Int()
	switch {
	case !ok || n < 1:
		return fail(formats.CodePayload, "v", -1, errors.New("not a positive integer"))
	case n != version:
		return fail(formats.CodeVersion, "v", -1, errors.New("a version of SMART Health Links that is not known here"))
	}
	return nil
}

// readURL reads the address, whose form is a matter of breaches as long as it names a host.
func (l *Link) readURL(v json.Value) error {
	s, ok := v.Text()
	if !ok {
		return fail(formats.CodePayload, "url", -1, errors.New("missing or not a text"))
	}
	u, err := url.Parse(s)
	if err != nil || u.Host == "" || u.Hostname() == "" {
		return fail(formats.CodePayload, "url", -1, errors.New("not the address of a host")) // the cause would quote it
	}
	l.URL, l.Host = s, u.Host
	if u.Scheme != "https" {
		l.breach("url", "not an address that begins with https://")
	}
	if u.User != nil {
		l.breach("url", "an address with a user's name")
	}
	if len(s) > maxURL {
		l.breach("url", "longer than 128 characters")
	}
	return nil
}

func (l *Link) readKey(v json.Value) error {
	b, ok := v.TextBytes()
	if !ok {
		return fail(formats.CodePayload, "key", -1, errors.New("missing or not a text"))
	}
	k, err := base64.Decode(base64.URLRaw, b)
	if err != nil || len(k) != KeySize {
		return fail(formats.CodePayload, "key", -1, errors.New("not 32 bytes in base64url"))
	}
	l.Key = Key(k)
	return nil
}

// readExpiry reads the hint when a link goes stale, in seconds since 1970. Whether it still works is for its server to say.
func (l *Link) readExpiry(v json.Value) {
	if v.Kind() == json.Missing {
		return
	}
	f, ok := v.Float()
	if !ok || f < 0 || f > latest {
		l.breach("exp", "not a number of seconds in the years 1970 to 9999")
		return
	}
	l.Expires = time.Unix(int64(f), 0).UTC()
}

func (l *Link) text(name string, v json.Value) string {
	s, ok := v.Text()
	if !ok {
		l.breach(name, "not a text")
	}
	return s
}

func (l *Link) breach(where, why string) {
	l.Checks = append(l.Checks, formats.Check{Kind: formats.Schema, Result: formats.Fails, Name: "schema", Where: where, Text: why})
}
