package vical

import (
	"errors"
	"fmt"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/strict/cbor"
)

// content is what the list says of itself (ISO/IEC 18013-5 §C.1.7.1).
type content struct {
	provider   string
	date, next time.Time
	issueID    int64
	infos      cbor.Value
}

func readContent(payload []byte) (content, error) {
	var c content
	wrong := func(err error) (content, error) { return c, fmt.Errorf("%w: %w", ErrVICAL, err) }
	v, err := cbor.Parse(payload, cbor.Limits{Depth: maxDepth, Items: maxItems})
	switch {
	case errors.Is(err, cbor.ErrLimit):
		return c, fmt.Errorf("%w: %w", ErrLimit, err)
	case err != nil:
		return wrong(err)
	case v.Kind() != cbor.Map:
		return wrong(errors.New("the payload is not a map"))
	}
	var version, date, next, id cbor.Value
	for k, member := range v.Entries() {
		switch name, _ := k.TextBytes(); string(name) {
		case "version":
			version = member
		case "vicalProvider":
			c.provider, _ = member.Text()
		case "date":
			date = member
		case "nextUpdate":
			next = member
		case "vicalIssueID":
			id = member
		case "certificateInfos":
			c.infos = member
		}
	}
	if s, ok := version.Text(); !ok || s != "1.0" {
		return wrong(errors.New("a version other than 1.0"))
	}
	if c.provider == "" {
		return wrong(errors.New("no provider is named"))
	}
	if c.date, err = moment("date", date); err != nil {
		return wrong(err)
	}
	if next.Kind() != cbor.Missing {
		if c.next, err = moment("nextUpdate", next); err != nil {
			return wrong(err)
		}
	}
	if id.Kind() != cbor.Missing {
		ok := false
		if c.issueID, ok = id.Int(); !ok || c.issueID <= 0 {
			return wrong(errors.New("vicalIssueID is not a positive number"))
		}
	}
	if c.infos.Kind() != cbor.Array {
		return wrong(errors.New("certificateInfos is missing or not an array"))
	}
	return c, nil
}

// moment reads a tdate in UTC.
func moment(name string, v cbor.Value) (time.Time, error) {
	tag, inner, ok := v.Tag()
	text, isText := inner.Text()
	d, err := formats.ParseDate(text)
	if !ok || tag != 0 || !isText || err != nil || d.Instant.IsZero() || d.NoZone {
		return time.Time{}, errors.New(name + " is not a date and time under tag 0")
	}
	return d.Instant, nil
}
