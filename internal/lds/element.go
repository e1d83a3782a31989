package lds

import (
	"slices"
	"unicode/utf8"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/der"
)

// The tags that DG11 and DG12 share (Doc 9303-10 §4.7.11, §4.7.12).
const (
	tagList   der.Tag = 0x5C // which elements are there
	tagOthers der.Tag = 0xA0 // several names, with their number
)

// interindustry is the first byte of the tags of all data elements, known or not (ISO/IEC 7816-6).
const interindustry = 0x5F

const (
	maxText     = 4096 // bytes of one text
	maxElements = 64   // of one group
)

// elements walks over the data elements of DG11 or DG12: a list of tags, and then values with these tags.
type elements struct {
	group      Group
	listed     []der.Tag
	seen       []der.Tag
	deviations []der.Deviation
}

// walk calls read for each element. An element that read does not know is passed over and named.
func (e *elements) walk(file []byte, read func(v der.Value) (known bool, err error)) error {
	r, err := e.group.open(file)
	if err != nil {
		return err
	}
	list, found, err := r.Optional(tagList, "the tag list")
	if err == nil && !found {
		list.Offset = r.Offset()
		e.note(TagList, list, "the tag list")
	}
	if err == nil {
		e.listed, err = tags(list)
	}
	if err != nil {
		return err
	}
	for !r.Empty() {
		v, err := r.Next(e.group.String())
		switch {
		case err != nil:
			return err
		case slices.Contains(e.seen, v.Tag):
			return v.Fail(v.Tag.String(), ErrRepeated)
		case len(e.seen) == maxElements:
			return v.Fail(e.group.String(), der.ErrLimit)
		}
		e.seen = append(e.seen, v.Tag)
		known, err := read(v)
		if err != nil {
			return err
		}
		switch {
		case !known && v.Tag>>8 != interindustry:
			return v.Fail(v.Tag.String(), der.ErrTag)
		case !known:
			e.note(UnknownElement, v, v.Tag.String())
		}
	}
	if !found && len(e.seen) == 0 {
		return &der.Error{What: e.group.String(), Err: ErrEmpty}
	}
	e.compare(list)
	return nil
}

// note keeps the first use of each tolerance.
func (e *elements) note(t formats.Tolerance, v der.Value, where string) {
	if !slices.ContainsFunc(e.deviations, func(d der.Deviation) bool { return d.Code == t.Name }) {
		e.deviations = append(e.deviations, deviation(t, v, where))
	}
}

// compare looks whether the list names what is there. The names within tagOthers may be listed by their own tag, and a
// text that is listed may be absent.
func (e *elements) compare(list der.Value) {
	for _, t := range e.seen {
		own := t == tagOthers && (slices.Contains(e.listed, tagOtherName) || slices.Contains(e.listed, tagOtherPerson))
		if !own && !slices.Contains(e.listed, t) {
			e.note(TagList, list, "the tag list")
		}
	}
	for _, t := range e.listed {
		inside := (t == tagOtherName || t == tagOtherPerson) && slices.Contains(e.seen, tagOthers)
		if !inside && !slices.Contains(e.seen, t) {
			e.note(TagList, list, "the tag list")
		}
	}
}

// tags reads a list of tags, which stand one after the other.
func tags(v der.Value) ([]der.Tag, error) {
	var list []der.Tag
	for at := 0; at < len(v.Content); {
		t := der.Tag(v.Content[at])
		at++
		if t&0x1F == 0x1F {
			if at == len(v.Content) {
				return nil, v.Fail("the tag list", der.ErrTruncated)
			}
			t = t<<8 | der.Tag(v.Content[at])
			at++
		}
		switch {
		case slices.Contains(list, t):
			return nil, v.Fail("the tag list", ErrRepeated)
		case len(list) == maxElements:
			return nil, v.Fail("the tag list", der.ErrLimit)
		}
		list = append(list, t)
	}
	return list, nil
}

// text reads a text in UTF-8.
func text(v der.Value, what string) (string, error) {
	switch {
	case len(v.Content) > maxText:
		return "", v.Fail(what, der.ErrLimit)
	case !utf8.Valid(v.Content):
		return "", v.Fail(what, ErrText)
	}
	return string(v.Content), nil
}

// texts reads several texts under one tag, with their number before them.
func texts(v der.Value, tag der.Tag, what string) ([]string, error) {
	r := v.Reader()
	count, err := announced(&r, maxElements)
	if err != nil {
		return nil, err
	}
	var list []string
	for !r.Empty() {
		e, err := r.Read(tag, what)
		if err != nil {
			return nil, err
		}
		s, err := text(e, what)
		if err != nil {
			return nil, err
		}
		list = append(list, s)
		if len(list) > count {
			return nil, v.Fail(what, ErrCount)
		}
	}
	if len(list) != count {
		return nil, v.Fail(what, ErrCount)
	}
	return list, nil
}
