package shlink

import (
	"errors"
	"strconv"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/shlink"
)

// ID names the format.
const ID formats.ID = "shlink"

// Format is the SMART Health Link.
var Format = formats.Format{
	ID:    ID,
	Title: "SMART Health Link",
	Spec:  "HL7 SMART Health Cards and Links, STU 1, Health Links; version 1",
	Detect: func(in formats.Input) bool {
		b, ok := in.Lone()
		return ok && shlink.Recognise(b)
	},
	Decode: decode,
	Trace:  trace,
}

// NotResolved is the name of the Check that every link fails: it was read, and nobody has looked where it leads.
const NotResolved = "link-not-resolved"

func read(in formats.Input, o formats.Options) (shlink.Link, error) {
	text, ok := in.Lone()
	if !ok {
		return shlink.Link{}, &formats.Error{Format: ID, Code: formats.CodeEncoding, Step: "prefix", Offset: -1, Err: errors.New("a link is one text")}
	}
	l, err := shlink.Parse(text, o)
	if fe := (*formats.Error)(nil); errors.As(err, &fe) {
		fe.Format = ID
	}
	return l, err
}

func decode(in formats.Input, o formats.Options) (*formats.Document, error) {
	l, err := read(in, o)
	if err != nil {
		return nil, err
	}
	return &formats.Document{
		Format: ID,
		Parts:  []formats.Part{{Name: "link", Unverified: formats.Claims{Extra: fields(&l)}, Seal: formats.NoSeal}},
		Checks: append(l.Checks, formats.Check{
			Kind: formats.Link, Name: NotResolved, Where: "url", Text: "it leads to a file of health cards",
		}),
	}, nil
}

// fields are what a link says, without what opens it.
func fields(l *shlink.Link) []formats.Field {
	var list []formats.Field
	add := func(name, value string) {
		if value != "" {
			list = append(list, formats.Field{Name: name, Value: value})
		}
	}
	add("host", l.Host)
	add("label", l.Label)
	add("flag", l.Flag)
	if !l.Expires.IsZero() {
		add("expires", l.Expires.Format(time.RFC3339))
	}
	add("viewer", l.Viewer)
	add("version", strconv.Itoa(l.Version))
	return list
}

// trace shows the payload and the rules that it breaks.
func trace(in formats.Input, o formats.Options) []formats.Step {
	l, err := read(in, o)
	if err != nil {
		return []formats.Step{{Name: "link", Err: err}}
	}
	detail := fields(&l)
	for _, c := range l.Checks {
		detail = append(detail, formats.Field{Name: c.Where, Value: "fails: " + c.Text})
	}
	return []formats.Step{{Name: "link", Detail: append(detail, formats.Field{Name: "key", Value: "32 bytes, not shown"})}}
}
