package lds_test

import (
	"bytes"
	"testing"

	"github.com/travelseal/travelseal/internal/der"
	"github.com/travelseal/travelseal/internal/lds"
	mint "github.com/travelseal/travelseal/internal/mint/der"
)

// A block is a face image data block of ISO/IEC 39794-5 in the making.
type block struct {
	picture        []byte
	information    []mint.Value // of the image, after its format
	before, after  []mint.Value // around the image representation
	representation []mint.Value // in place of all that
}

func (b block) build() mint.TLV {
	if b.representation == nil {
		information := tag(0xA1, append([]mint.Value{tag(0xA0, raw(0x80, "\x02"))}, b.information...)...)
		image := tag(0xA1, tag(0xA0, tag(0xA0, raw(0x80, string(b.picture)), information)))
		b.representation = append(append(append([]mint.Value{raw(0x80, "\x01")}, b.before...), image), b.after...)
	}
	version := tag(0xA0, raw(0x80, "\x03"), raw(0x81, "\x07\xE3"))
	return tag(0x7F2E, tag(0xA1, tag(0x65, version, tag(0xA1, mint.Seq(b.representation...)))))
}

func TestAFaceImageDataBlockHoldsAPortrait(t *testing.T) {
	size := tag(0xA7, raw(0x80, "\x01\x9D"), raw(0x81, "\x02\x13"))
	for name, b := range map[string]block{
		"mandatory fields only": {picture: jpeg},
		"with a size":           {picture: jpeg, information: []mint.Value{size}},
		"with everything": {picture: jpeg, information: []mint.Value{raw(0x81, "\x00"), tag(0xA2), size, tag(0xA9)},
			after: []mint.Value{tag(0xA2), tag(0xA3), raw(0x85, "\x01"), tag(0xA8), tag(0xA9)}},
	} {
		list, deviations, err := lds.Faces(biometrics(0x75, 1, template(b.build())))
		if err != nil || len(list) != 1 || len(deviations) != 0 {
			t.Fatalf("%s: %+v, %+v, %v", name, list, deviations, err)
		}
		f := list[0]
		if f.Standard != "ISO/IEC 39794-5" || f.Kind != -1 || f.Image.MediaType != "image/jpeg" || !bytes.Equal(f.Image.Data, jpeg) {
			t.Errorf("%s: %+v", name, f)
		}
		if want := b.information != nil; (f.Width == 413 && f.Height == 531) != want {
			t.Errorf("%s: %d × %d", name, f.Width, f.Height)
		}
	}
}

func TestFaceImageDataBlocksAreRefusedForAReason(t *testing.T) {
	good := block{picture: jpeg}
	inside := func(v ...mint.Value) mint.Value { return tag(0x7F2E, v...) }
	for name, c := range map[string]struct {
		block mint.Value
		cause error
	}{
		"under the tag of a record":    {mint.Retagged(good.build(), 0x5F, 0x2E), lds.ErrVersion},
		"nothing":                      {inside(), der.ErrTruncated},
		"another modality":             {inside(tag(0xA1, tag(0x64))), der.ErrTag},
		"no representations":           {inside(tag(0xA1, tag(0x65, tag(0xA0)))), der.ErrTruncated},
		"an empty list":                {inside(tag(0xA1, tag(0x65, tag(0xA0), tag(0xA1)))), lds.ErrEmpty},
		"two lists":                    {inside(tag(0xA1, tag(0x65, tag(0xA1), tag(0xA1)))), lds.ErrRepeated},
		"no image":                     {block{representation: []mint.Value{raw(0x80, "\x01")}}.build(), der.ErrTruncated},
		"an extension instead":         {block{representation: []mint.Value{tag(0xA1, tag(0xA1))}}.build(), der.ErrTag},
		"a shape instead":              {block{representation: []mint.Value{tag(0xA1, tag(0xA0, tag(0xA1)))}}.build(), der.ErrTag},
		"no picture":                   {block{representation: []mint.Value{tag(0xA1, tag(0xA0, tag(0xA0, tag(0xA1))))}}.build(), der.ErrTruncated},
		"no image information":         {block{representation: []mint.Value{tag(0xA1, tag(0xA0, tag(0xA0, raw(0x80, string(jpeg)))))}}.build(), der.ErrTruncated},
		"a PNG":                        {block{picture: []byte("\x89PNG\r\n\x1a\n")}.build(), lds.ErrImage},
		"a negative size":              {block{picture: jpeg, information: []mint.Value{tag(0xA7, raw(0x80, "\xFF"), raw(0x81, "\x01"))}}.build(), der.ErrRange},
		"a size of more than 16 bits":  {block{picture: jpeg, information: []mint.Value{tag(0xA7, raw(0x80, "\x01\x00\x00"), raw(0x81, "\x01"))}}.build(), der.ErrRange},
		"a size without height":        {block{picture: jpeg, information: []mint.Value{tag(0xA7, raw(0x80, "\x01"))}}.build(), der.ErrTruncated},
		"a size of three":              {block{picture: jpeg, information: []mint.Value{tag(0xA7, raw(0x80, "\x01"), raw(0x81, "\x01"), raw(0x82, "\x01"))}}.build(), der.ErrTrailing},
		"something after the block":    {inside(tag(0xA1, tag(0x65, tag(0xA0)), mint.Null())), der.ErrTrailing},
		"something after the wrapping": {mint.And(good.build(), mint.Null()), der.ErrTrailing},
	} {
		file := biometrics(0x75, 1, template(c.block))
		got, _, err := lds.Faces(file)
		refused(t, name, got, err, c.cause, file)
	}
}
