package emrtd

import (
	"strconv"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/lds"
)

// kinds are the types of face images (ISO/IEC 19794-5:2005 §5.7.1).
var kinds = map[int]string{0: "basic", 1: "full frontal", 2: "token frontal"}

// readFaces reads DG2. The first picture is the portrait; that there are more is told.
func (r *reading) readFaces(g *group) error {
	list, deviations, err := lds.Faces(g.file)
	if err != nil {
		return err
	}
	if err := r.deviate(2, deviations); err != nil {
		return err
	}
	first := list[0]
	g.claims.Portrait = &formats.Image{MediaType: first.Image.MediaType, Data: first.Image.Data}
	add(&g.claims, "DG2.portrait", describe(first.Image))
	add(&g.claims, "DG2.portrait_type", kinds[first.Kind])
	add(&g.claims, "DG2.record", first.Standard)
	if len(list) > 1 {
		add(&g.claims, "DG2.portraits", strconv.Itoa(len(list)))
	}
	return nil
}

// readPictures reads DG5 and DG7, whose pictures are told and not shown: the portrait is that of DG2.
func (r *reading) readPictures(g *group) error {
	n, name := lds.Group(5), "DG5.displayed_portrait"
	if r.groups[7] == g {
		n, name = 7, "DG7.displayed_signature"
	}
	list, err := lds.Pictures(n, g.file)
	for _, m := range list {
		add(&g.claims, name, describe(m))
	}
	return err
}

// describe says what is known of a picture without opening it.
func describe(m lds.Image) string {
	s := m.MediaType + ", " + strconv.Itoa(len(m.Data)) + " bytes"
	if m.Width > 0 && m.Height > 0 {
		s += ", " + strconv.Itoa(m.Width) + " × " + strconv.Itoa(m.Height) + " pixels"
	}
	return s
}
