package lds

import (
	"slices"

	"github.com/travelseal/travelseal/internal/der"
)

// A COM is EF.COM: which data groups the chip says it has. Nobody has signed it; the security object is what counts.
type COM struct {
	LDSVersion, UnicodeVersion string  // "0107", "040000"
	Groups                     []Group // in the file's order
}

// ParseCOM reads EF.COM (Doc 9303-10 §4.6.1): a file that is one value with tag 60 and nothing else.
func ParseCOM(file []byte) (*COM, error) {
	v, err := der.Only(file, TagCOM, "EF.COM")
	if err != nil {
		return nil, err
	}
	r := v.Reader()
	c := &COM{}
	if c.LDSVersion, err = numerals(&r, 0x5F01, 4, "the version of the structure"); err != nil {
		return nil, err
	}
	if c.UnicodeVersion, err = numerals(&r, 0x5F36, 6, "the version of Unicode"); err != nil {
		return nil, err
	}
	list, err := r.Read(tagList, "the list of tags")
	if err != nil {
		return nil, err
	}
	for _, b := range list.Content { // the tags of all groups are of one byte
		g, ok := GroupOf(der.Tag(b))
		switch {
		case !ok:
			return nil, list.Fail("the list of tags", ErrGroup)
		case slices.Contains(c.Groups, g):
			return nil, list.Fail("the list of tags", ErrRepeated)
		}
		c.Groups = append(c.Groups, g)
	}
	return c, r.End("EF.COM")
}

// numerals reads a value that is a number of numerals.
func numerals(r *der.Reader, tag der.Tag, length int, what string) (string, error) {
	v, err := r.Read(tag, what)
	if err != nil {
		return "", err
	}
	if len(v.Content) != length || !allNumerals(v.Content) {
		return "", v.Fail(what, ErrText)
	}
	return string(v.Content), nil
}

func allNumerals(b []byte) bool {
	for _, c := range b {
		if c < '0' || c > '9' {
			return false
		}
	}
	return true
}
