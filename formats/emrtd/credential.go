package emrtd

import (
	"errors"
	"fmt"
	"slices"
	"strconv"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/der"
	"github.com/travelseal/travelseal/internal/lds"
)

// DTC names the profile of the digital travel credential's virtual component.
const DTC formats.ID = "dtc"

// A credential is what a DTCContentInfo has beside the files of a chip. Each is as it stands: of these values only the tags
// around them are known here.
type credential struct {
	values                      int // of dtcTBS; 0 where there is none
	signer, security, otherInfo bool
	strange                     []uint32 // numbers of elements that version 1 does not name
}

// The numbers of the elements of DTCData. DG1 to DG16 have their own.
const (
	numberSOD       = 0
	numberSecurity  = 22
	numberOtherInfo = 23
)

// The bounds of dtcTBS: SIZE (3..ub-DTCData).
const minValues, maxValues = 3, 31

// credentialVersion is v1, as an INTEGER has it.
const credentialVersion = "\x01"

// readCredential takes a DTCContentInfo apart into the files of a chip and what is beside them. It is read as DER: no genuine
// one in another form is known.
func (r *reading) readCredential() error {
	r.own = new(credential)
	r.o.Refuse = append(slices.Clone(r.o.Refuse), padding.Name) // programs that read chips pad files, not credentials
	const step = "credential"
	whole, err := der.Only(r.in.Files[0].Data, der.Sequence, "the whole")
	if err != nil {
		return r.failDER(step, err)
	}
	in := whole.Reader()
	version, err := in.Read(der.Integer, "the version")
	if err == nil {
		_, err = version.Integer("the version")
	}
	if err != nil {
		return r.failDER(step, err)
	}
	if string(version.Content) != credentialVersion {
		return r.fail(formats.CodeVersion, step+", the version", version.Offset, errors.New("a version other than 1"))
	}
	data, err := in.Read(der.Sequence, "dtcData")
	if err != nil {
		return r.failDER(step, err)
	}
	if err := r.readElements(data.Reader()); err != nil {
		return err
	}
	tbs, given, err := in.Optional(der.ContextOf(0), "dtcTBS")
	if err == nil && given {
		r.own.values, err = countValues(tbs)
	}
	if err == nil {
		_, r.own.signer, err = in.Optional(der.ContextOf(1), "dtcSignerInfo")
	}
	if err == nil {
		err = in.End("the last element")
	}
	if err != nil {
		return r.failDER(step, err)
	}
	if r.sod == nil && r.groups[1] == nil {
		return r.fail(formats.CodeEnvelope, step, -1, errors.New("neither dtcSOD nor dtcDG1 is in it"))
	}
	r.boundWhole()
	return nil
}

// readElements reads DTCData. Its elements have a fixed order, so that none can be there twice.
func (r *reading) readElements(in der.Reader) error {
	const step = "credential, dtcData"
	last := -1
	for !in.Empty() {
		v, err := in.Next("an element")
		if err != nil {
			return r.failDER(step, err)
		}
		n, ok := number(v.Tag)
		switch {
		case !ok:
			return r.failDER(step, v.Fail("an element", der.ErrTag))
		case int(n) == last:
			return r.fail(formats.CodeAmbiguous, step, v.Offset, fmt.Errorf("two elements are %s", elementName(n)))
		case int(n) < last:
			return r.fail(formats.CodePayload, step, v.Offset, fmt.Errorf("%s stands behind a later element", elementName(n)))
		}
		last = int(n)
		if err := r.readElement(n, v); err != nil {
			return r.failDER(step, err)
		}
	}
	return nil
}

func (r *reading) readElement(n uint32, v der.Value) error {
	name := elementName(n)
	switch {
	case n <= lds.Groups: // dtcSOD and the groups: IMPLICIT OCTET STRING
		if v.Tag.Constructed() {
			return v.Fail(name, der.ErrValue) // in pieces, as BER permits
		}
		if n == numberSOD {
			r.sod = &formats.File{Name: "EF.SOD", Data: v.Content}
		} else {
			r.groups[n] = &group{file: v.Content}
		}
	case n == numberSecurity && v.Tag.Constructed():
		r.own.security = true
	case n == numberOtherInfo && v.Tag.Constructed():
		r.own.otherInfo = true
	case n == numberSecurity || n == numberOtherInfo: // EXPLICIT
		return v.Fail(name, der.ErrTag)
	default:
		r.own.strange = append(r.own.strange, n)
	}
	return nil
}

// number gives the number of a context-specific tag of one octet, of either form.
func number(t der.Tag) (n uint32, ok bool) {
	if t > 0xFF || t&0xC0 != der.Context(0) {
		return 0, false
	}
	return uint32(t & 0x1F), true
}

// elementName is how the specification calls an element of DTCData, or its tag where it does not.
func elementName(n uint32) string {
	switch {
	case n == numberSOD:
		return "dtcSOD"
	case n <= lds.Groups:
		return "dtcDG" + strconv.Itoa(int(n))
	case n == numberSecurity:
		return "dtcSecurityInfo"
	case n == numberOtherInfo:
		return "dtcOtherInfos"
	}
	return "[" + strconv.Itoa(int(n)) + "]"
}

// countValues counts the values of dtcTBS, of which nothing else is known here.
func countValues(tbs der.Value) (n int, err error) {
	list, err := tbs.Inside(der.Sequence, "dtcTBS")
	if err != nil {
		return 0, err
	}
	for in := list.Reader(); !in.Empty(); n++ {
		if n == maxValues {
			return 0, list.Fail("dtcTBS", der.ErrLimit)
		}
		if _, err := in.Next("a value of dtcTBS"); err != nil {
			return 0, err
		}
	}
	if n < minValues {
		return 0, list.Fail("dtcTBS", der.ErrRange)
	}
	return n, nil
}
