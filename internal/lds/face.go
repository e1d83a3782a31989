package lds

import (
	"bytes"
	"encoding/binary"

	"github.com/travelseal/travelseal/internal/der"
)

// A Face is one portrait of the holder, with what its record says about it.
type Face struct {
	Image    Image
	Standard string // "ISO/IEC 19794-5", "ISO/IEC 39794-5"
	// Kind is the type of the face image: 0 basic, 1 full frontal, 2 token frontal; -1 where the record does not say.
	Kind int
	// Width and Height are what the record says, in pixels, which may be another size than that of the picture.
	Width, Height int
}

// maxImages bounds the pictures of one group, over all its templates.
const maxImages = 16

// Faces reads the portraits of DG2 (Doc 9303-10 §4.7.2): one or more templates with one or more pictures each. A group
// without any is refused with [ErrEmpty].
func Faces(file []byte) ([]Face, []der.Deviation, error) {
	templates, err := Templates(2, file)
	if err != nil {
		return nil, nil, err
	}
	f := faces{}
	for _, t := range templates {
		if bytes.HasPrefix(t.Block.Content, beginRecord) {
			err = f.readRecord(t.Block)
		} else {
			err = f.readBlock(t.Block)
		}
		if err != nil {
			return nil, nil, err
		}
	}
	if len(f.list) == 0 {
		return nil, nil, &der.Error{What: "DG2", Err: ErrEmpty}
	}
	return f.list, f.deviations, nil
}

// faces collects portraits.
type faces struct {
	list       []Face
	deviations []der.Deviation
}

func (f *faces) add(face Face, v der.Value) error {
	if len(f.list) == maxImages {
		return v.Fail("the portraits", der.ErrLimit)
	}
	f.list = append(f.list, face)
	return nil
}

// The format identifier and version of a face record (ISO/IEC 19794-5:2005 §5.4). The edition of 2011 has another layout
// and no place in chips (Doc 9303-10 §4.7.2).
var (
	beginRecord   = []byte("FAC\x00")
	versionRecord = []byte("010\x00")
)

// The lengths of the blocks of a face record (ISO/IEC 19794-5:2005 §5.4 to §5.7), in bytes.
const (
	recordHeader = 14
	faceInfo     = 20
	featurePoint = 8
	imageInfo    = 12
)

// readRecord reads a face record: a header, and for every picture a block that says its own length.
func (f *faces) readRecord(v der.Value) error {
	const what = "the face record"
	b := v.Content
	switch {
	case len(b) < recordHeader:
		return v.Fail(what, der.ErrTruncated)
	case !bytes.Equal(b[4:8], versionRecord):
		return v.Fail(what, ErrVersion)
	case uint64(binary.BigEndian.Uint32(b[8:])) != uint64(len(b)):
		return v.Fail(what, der.ErrLength)
	}
	count := int(binary.BigEndian.Uint16(b[12:]))
	b = b[recordHeader:]
	for range count {
		if len(b) < faceInfo+imageInfo {
			return v.Fail("a portrait", der.ErrTruncated)
		}
		length := uint64(binary.BigEndian.Uint32(b))
		points := int(binary.BigEndian.Uint16(b[4:]))
		head := faceInfo + featurePoint*points + imageInfo
		switch {
		case length > uint64(len(b)):
			return v.Fail("a portrait", der.ErrTruncated)
		case length < uint64(head):
			return v.Fail("a portrait", der.ErrLength)
		}
		if err := f.readImage(b[head-imageInfo:head], b[head:length:length], v); err != nil {
			return err
		}
		b = b[length:]
	}
	if len(b) > 0 {
		return v.Fail(what, der.ErrTrailing)
	}
	return nil
}

// readImage reads the image information of a portrait (ISO/IEC 19794-5:2005 §5.7) and the picture after it.
func (f *faces) readImage(info, data []byte, v der.Value) error {
	m, err := recognise(data, v)
	if err != nil {
		return err
	}
	if saysJPEG := info[1] == 0; saysJPEG != (m.MediaType == "image/jpeg") {
		f.deviations = append(f.deviations, deviation(ImageType, v, "the image data type"))
	}
	return f.add(Face{
		Image: m, Standard: "ISO/IEC 19794-5", Kind: int(info[0]),
		Width: int(binary.BigEndian.Uint16(info[2:])), Height: int(binary.BigEndian.Uint16(info[4:])),
	}, v)
}
