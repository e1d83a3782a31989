package emrtd

import (
	"errors"
	"fmt"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/der"
	"github.com/travelseal/travelseal/internal/lds"
	"github.com/travelseal/travelseal/internal/stages"
)

// A reading is one chip, or the copy of one in a credential, on its way through the stages. Each stage reads what the one
// before it left.
type reading struct {
	id     formats.ID // of the profile
	o      formats.Options
	in     formats.Input
	own    *credential   // what a credential has beside the files of a chip; nil for a chip
	named  []File        // what each file of the Input is
	sod    *formats.File // nil where the file is not given
	com    *formats.File
	groups [1 + lds.Groups]*group

	message    []byte // the signed message within EF.SOD, in DER
	deviations []der.Deviation
	seal       formats.Seal
	binding    formats.Binding // from the signed attributes to the security object; zero where the signature covers it
	content    []byte          // of the message: the security object
	signed     time.Time       // as the signer says
	object     *lds.SecurityObject
	// country is the issuing State in two letters, and docType the document code. They are of a sealed zone, or "".
	country, docType string

	checks []formats.Check
	doc    *formats.Document
}

// A group is the file of one data group.
type group struct {
	file   []byte // without what follows its value
	claims formats.Claims
	broken string // why it could not be read
}

// chipSteps and credentialSteps run in order. decode runs them, trace shows them.
var (
	chipSteps       = append(stages.List[reading]{{Name: "files", Run: (*reading).readFiles, Show: (*reading).showFiles}}, steps...)
	credentialSteps = append(stages.List[reading]{{Name: "credential", Run: (*reading).readCredential, Show: (*reading).showCredential}}, steps...)
)

// steps are those after the files are found.
var steps = stages.List[reading]{
	{Name: "EF.SOD", Run: (*reading).readSOD, Show: (*reading).showSOD},
	{Name: "signed message", Run: (*reading).readMessage, Show: (*reading).showMessage},
	{Name: "security object", Run: (*reading).readObject, Show: (*reading).showObject},
	{Name: "data groups", Run: (*reading).readGroups, Show: (*reading).showGroups},
	{Name: "document", Run: (*reading).write, Show: (*reading).showDocument},
}

func decode(in formats.Input, o formats.Options) (*formats.Document, error) {
	r, steps := begin(in, o)
	if err := steps.Run(r); err != nil {
		return nil, err
	}
	return r.doc, nil
}

// begin gives the stages that read an Input.
func begin(in formats.Input, o formats.Options) (*reading, stages.List[reading]) {
	if isCredential(in) {
		return &reading{id: DTC, o: o, in: in}, credentialSteps
	}
	return &reading{id: ID, o: o, in: in}, chipSteps
}

// readFiles finds the files of the chip by their names.
func (r *reading) readFiles() error {
	r.named = make([]File, len(r.in.Files))
	for i, f := range r.in.Files {
		k := FileName(f.Name)
		if isLoneSOD(r.in) {
			k = files["SOD"]
		}
		for _, other := range r.named[:i] {
			if k.kind != foreignFile && other == k {
				return r.fail(formats.CodeAmbiguous, "files", -1, fmt.Errorf("two files are %s", k))
			}
		}
		r.named[i] = k
		switch k.kind {
		case sodFile:
			r.sod = &r.in.Files[i]
		case comFile:
			r.com = &r.in.Files[i]
		case groupFile:
			r.groups[k.group] = &group{file: f.Data}
		}
	}
	if r.sod == nil && r.groups[1] == nil {
		return r.fail(formats.CodeEnvelope, "files", -1, errors.New("neither EF.SOD nor DG1 is among them"))
	}
	return nil
}

// errText is what a check says of an error: where, and why, and nothing of the data.
func errText(err error) string {
	var fe *formats.Error
	if errors.As(err, &fe) {
		bare := *fe
		bare.Format = ""
		return bare.Error()
	}
	return err.Error()
}

func (r *reading) fail(code, step string, offset int, err error) error {
	return &formats.Error{Format: r.id, Code: code, Step: step, Offset: offset, Err: err}
}

// failDER gives an error of package der the code for what it found.
func (r *reading) failDER(step string, err error) error {
	var de *der.Error
	if !errors.As(err, &de) {
		return r.fail(formats.CodePayload, step, -1, err)
	}
	code := formats.CodePayload
	switch {
	case errors.Is(err, der.ErrTruncated):
		code = formats.CodeTruncated
	case errors.Is(err, der.ErrTrailing):
		code = formats.CodeTrailing
	case errors.Is(err, der.ErrLimit):
		code = formats.CodeLimit
	case errors.Is(err, der.ErrLength), errors.Is(err, der.ErrValue):
		code = formats.CodeNonCanonical
	}
	return r.fail(code, step+", "+de.What, de.Offset, de.Err)
}
