package lds_test

import (
	"bytes"
	"slices"
	"testing"

	"github.com/travelseal/travelseal/internal/der"
	"github.com/travelseal/travelseal/internal/lds"
	mint "github.com/travelseal/travelseal/internal/mint/der"
)

func pictures(group, element int, count int64, list ...[]byte) []byte {
	body := []mint.Value{mint.Int(count)}
	for _, p := range list {
		body = append(body, raw(element, string(p)))
	}
	return tag(group, body...).Encode()
}

func TestDisplayedPicturesAreHandedOn(t *testing.T) {
	for g, file := range map[lds.Group][]byte{5: pictures(0x65, 0x5F40, 2, jpeg, jp2), 7: pictures(0x67, 0x5F43, 2, jpeg, jp2)} {
		list, err := lds.Pictures(g, file)
		if err != nil || len(list) != 2 || !bytes.Equal(list[0].Data, jpeg) || !bytes.Equal(list[1].Data, jp2) {
			t.Errorf("%s: %+v, %v", g, list, err)
		}
	}
	for name, c := range map[string]struct {
		file  []byte
		cause error
	}{
		"another group":            {pictures(0x67, 0x5F43, 1, jpeg), der.ErrTag},
		"another element":          {pictures(0x65, 0x5F43, 1, jpeg), der.ErrTag},
		"more announced":           {pictures(0x65, 0x5F40, 2, jpeg), der.ErrTruncated},
		"fewer announced":          {pictures(0x65, 0x5F40, 0, jpeg), der.ErrTrailing},
		"too many":                 {pictures(0x65, 0x5F40, 17, jpeg), der.ErrRange},
		"no picture":               {pictures(0x65, 0x5F40, 1, nil), lds.ErrImage},
		"something after the file": {append(pictures(0x65, 0x5F40, 1, jpeg), 0), der.ErrTrailing},
	} {
		got, err := lds.Pictures(5, c.file)
		refused(t, name, got, err, c.cause, c.file)
	}
}

// A size that cannot be found is no reason to refuse a picture, which may use what is not read here.
func TestTheSizeOfAPictureIsFoundOrLeftOut(t *testing.T) {
	progressive := append(bytes.Clone(jpeg[:8]), slices.Concat([]byte{0xFF, 0xFF}, jpeg[9:])...) // a fill byte before the marker
	tables := slices.Concat(jpeg[:8], []byte{0xFF, 0xC4, 0, 3, 0}, jpeg[8:])                     // a Huffman table is no frame
	for name, c := range map[string]struct {
		picture       []byte
		width, height int
	}{
		"JPEG": {jpeg, 413, 531}, "fill bytes": {progressive, 413, 531}, "tables first": {tables, 413, 531},
		"JPEG without frame":        {jpeg[:8], 0, 0},
		"JPEG, frame cut off":       {jpeg[:14], 0, 0},
		"JPEG, scan first":          {slices.Concat(jpeg[:8], []byte{0xFF, 0xDA, 0, 2}, jpeg[8:]), 0, 0},
		"JPEG, a segment of length": {slices.Concat(jpeg[:2], []byte{0xFF, 0xE0, 0, 0}), 0, 0},
		"JPEG, segment too long":    {slices.Concat(jpeg[:2], []byte{0xFF, 0xE0, 0xFF, 0xFF}, jpeg[8:]), 0, 0},
		"codestream":                {j2k, 413, 531}, "codestream cut off": {j2k[:20], 0, 0},
		"codestream with an offset": {slices.Concat(j2k[:8], sizes(1000, 1000, 587, 469)), 413, 531},
		"codestream, offset beyond": {slices.Concat(j2k[:8], sizes(10, 10, 11, 0)), 0, 0},
		"codestream, a giant":       {slices.Concat(j2k[:8], sizes(1<<31, 1<<20, 0, 0)), 0, 0},
		"container":                 {jp2, 413, 531}, "container without boxes": {jp2[:12], 0, 0},
		"container, box of length 0": {slices.Concat(jp2[:12], sizes(0), []byte("jp2h")), 0, 0},
		"container, box too long":    {slices.Concat(jp2[:12], sizes(1<<31), []byte("jp2h")), 0, 0},
		"container, short header":    {slices.Concat(jp2[:12], sizes(8), []byte("ihdr")), 0, 0},
	} {
		list, _, err := lds.Faces(faces(record(portrait(1, 0, 0, c.picture))))
		if err != nil || len(list) != 1 {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if m := list[0].Image; m.Width != c.width || m.Height != c.height {
			t.Errorf("%s: %d × %d, want %d × %d", name, m.Width, m.Height, c.width, c.height)
		}
	}
}
