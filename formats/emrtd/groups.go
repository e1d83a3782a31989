package emrtd

import (
	"fmt"
	"strings"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/der"
	"github.com/travelseal/travelseal/internal/lds"
)

// readers say what the groups mean. A group without one is not looked into.
var readers = [1 + lds.Groups]func(*reading, *group) error{
	1: (*reading).readZone, 2: (*reading).readFaces, 5: (*reading).readPictures, 7: (*reading).readPictures,
	11: (*reading).readPersonal, 12: (*reading).readDocument, 14: (*reading).readProtocols, 15: (*reading).readChipKey,
	16: (*reading).readContacts,
}

// readGroups reads the files of the data groups. One that cannot be read is a breach at its place.
func (r *reading) readGroups() error {
	for n := lds.Group(1); n <= lds.Groups; n++ {
		g := r.groups[n]
		if g == nil {
			continue
		}
		if err := r.readGroup(n, g); err != nil {
			g.claims, g.broken = formats.Claims{}, errText(err)
			r.breach(n.String(), g.broken)
		}
	}
	r.compareCOM()
	r.missing()
	if r.sod == nil && r.groups[1].broken != "" {
		return r.fail(formats.CodePayload, "DG1", -1, fmt.Errorf("EF.SOD is not among the files, and DG1 cannot be read: %s", r.groups[1].broken))
	}
	return nil
}

// readGroup takes the value out of a file and reads it. What follows the value belongs to no group: the digest is over the
// value (Doc 9303-10 §4.6.2.3).
func (r *reading) readGroup(n lds.Group, g *group) error {
	outer := der.New(g.file)
	v, err := outer.Read(n.Tag(), n.String())
	if err != nil {
		return err
	}
	if rest := outer.Rest(); len(rest) > 0 {
		g.file = v.Raw
		if !(isPadding(rest) && r.tolerate(padding.Name, n.String(), afterEnd)) {
			return outer.End(n.String())
		}
	}
	if readers[n] == nil {
		return nil
	}
	return readers[n](r, g)
}

// deviate notes how a group departs from the specification. A departure that is not tolerated breaks the group.
func (r *reading) deviate(n lds.Group, list []der.Deviation) error {
	for _, d := range list {
		if !r.tolerate(d.Code, n.String(), d.Where) {
			return &der.Error{What: d.Where, Offset: d.Offset, Err: fmt.Errorf("not as the specification has it: %s", d.Code)}
		}
	}
	return nil
}

// missing says which groups the issuer sealed and the Input does not have. That DG1 and DG2 must be there, Document.Needs
// and Document.Wants tell.
func (r *reading) missing() {
	if r.object == nil {
		return
	}
	if r.object.Sum(2) == nil {
		r.breach("EF.SOD", "the security object has no digest of DG2, the portrait, which every chip must have")
	}
	var absent []string
	for _, d := range r.object.Digests {
		if r.groups[d.Group] == nil && d.Group > 2 {
			absent = append(absent, d.Group.String())
		}
	}
	if len(absent) > 0 {
		r.noteOrBreach(notGiven, "EF.SOD", "sealed, and not given: "+strings.Join(absent, ", "))
	}
}

// compareCOM compares EF.COM with the security object, which counts.
func (r *reading) compareCOM() {
	if r.com == nil || r.object == nil {
		return
	}
	file := r.com.Data
	outer := der.New(file)
	if v, err := outer.Next("EF.COM"); err == nil && !outer.Empty() && isPadding(outer.Rest()) && r.tolerate(padding.Name, "EF.COM", afterEnd) {
		file = v.Raw
	}
	c, err := lds.ParseCOM(file)
	if err != nil {
		r.noteOrBreach(comDiffers, "EF.COM", "cannot be read: "+errText(err))
		return
	}
	var listed, sealed uint32
	for _, g := range c.Groups {
		listed |= 1 << g
	}
	for _, d := range r.object.Digests {
		sealed |= 1 << d.Group
	}
	switch {
	case listed != sealed:
		r.noteOrBreach(comDiffers, "EF.COM", "lists other data groups than the security object")
	case r.object.Version == 1 && (c.LDSVersion != r.object.LDSVersion || c.UnicodeVersion != r.object.UnicodeVersion):
		r.noteOrBreach(comDiffers, "EF.COM", "names other versions than the security object")
	}
}
