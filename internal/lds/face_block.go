package lds

import "github.com/travelseal/travelseal/internal/der"

// The tags on the way to the picture of a face image data block (ISO/IEC 39794-5:2019, in ICAO's application profile:
// one representation, of two dimensions). Most of what stands beside it is optional, so that the way goes by tags and
// not by places.
const (
	tagFaceBlock der.Tag = 0x65 // FaceImageDataBlock, [APPLICATION 5]
	tagInner     der.Tag = 0xA0 // base, imageRepresentation2DBlock
	tagNext      der.Tag = 0xA1 // representationBlocks, imageRepresentation, imageInformation2DBlock
	tagData      der.Tag = 0x80 // representationData2D; width
	tagHeight    der.Tag = 0x81
	tagSize      der.Tag = 0xA7 // imageSizeBlock
)

// readBlock reads a biometric record whose content is one face image data block: the picture and its size.
func (f *faces) readBlock(v der.Value) error {
	const what = "the face image data block"
	if v.Tag != tagBlockOf {
		return v.Fail("the face record", ErrVersion) // neither of the two standards
	}
	outer, err := v.Inside(tagNext, what)
	if err != nil {
		return err
	}
	block, err := outer.Inside(tagFaceBlock, what)
	if err != nil {
		return err
	}
	list, err := member(block, tagNext, "the representation blocks")
	if err != nil {
		return err
	}
	for r := list.Reader(); !r.Empty(); {
		representation, err := r.Read(der.Sequence, "a representation block")
		if err != nil {
			return err
		}
		if err := f.readRepresentation(representation); err != nil {
			return err
		}
	}
	return nil
}

// readRepresentation reads one representation. imageRepresentation is a CHOICE, and so are base and what is in it: each
// wraps one value.
func (f *faces) readRepresentation(v der.Value) error {
	const what = "the image representation"
	choice, err := member(v, tagNext, what)
	if err != nil {
		return err
	}
	base, err := choice.Inside(tagInner, what)
	if err != nil {
		return err
	}
	image, err := base.Inside(tagInner, what)
	if err != nil {
		return err
	}
	data, err := member(image, tagData, "the picture")
	if err != nil {
		return err
	}
	m, err := recognise(data.Content, data)
	if err != nil {
		return err
	}
	face := Face{Image: m, Standard: "ISO/IEC 39794-5", Kind: -1}
	if err := face.readSize(image); err != nil {
		return err
	}
	return f.add(face, v)
}

// readSize reads the size that the block says, where it does.
func (f *Face) readSize(image der.Value) error {
	info, err := member(image, tagNext, "the image information")
	if err != nil {
		return err
	}
	for r := info.Reader(); !r.Empty(); {
		v, err := r.Next("the image information")
		if err != nil {
			return err
		}
		if v.Tag != tagSize {
			continue
		}
		in := v.Reader()
		if f.Width, err = pixelCount(&in, tagData); err != nil {
			return err
		}
		if f.Height, err = pixelCount(&in, tagHeight); err != nil {
			return err
		}
		if err := in.End("the image size"); err != nil {
			return err
		}
	}
	return nil
}

// pixelCount reads an INTEGER under an IMPLICIT tag.
func pixelCount(r *der.Reader, tag der.Tag) (int, error) {
	v, err := r.Read(tag, "the image size")
	if err != nil {
		return 0, err
	}
	v.Tag = der.Integer
	return v.Small(1<<16-1, "the image size")
}

// member finds the value with a tag among those in a value. All are read, and none may be there twice.
func member(v der.Value, tag der.Tag, what string) (der.Value, error) {
	var found der.Value
	for r := v.Reader(); !r.Empty(); {
		m, err := r.Next(what)
		if err != nil {
			return der.Value{}, err
		}
		if m.Tag != tag {
			continue
		}
		if found.Tag == tag {
			return der.Value{}, m.Fail(what, ErrRepeated)
		}
		found = m
	}
	if found.Tag != tag {
		return der.Value{}, v.Fail(what, der.ErrTruncated)
	}
	return found, nil
}
