package bcbp

import (
	"errors"
	"fmt"
	"strconv"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/stages"
)

// A reading is one boarding pass on its way through the stages. Each stage reads on where the one before it ended.
type reading struct {
	reader
	count  int // of the legs
	unique values
	legs   []values
	secure security
	checks []formats.Check
	doc    *formats.Document
}

// values are the items of one group that are not blank, in their order, as they stand.
type values []formats.Field

func (v values) get(it item) string {
	for _, f := range v {
		if f.Name == it.name {
			return f.Value
		}
	}
	return ""
}

// steps run in order. decode runs them, trace shows them.
var steps = stages.List[reading]{
	{Name: "characters", Run: (*reading).readCharacters, Show: (*reading).showCharacters},
	{Name: "pass", Run: (*reading).readPass, Show: (*reading).showPass},
	{Name: "legs", Run: (*reading).readLegs, Show: (*reading).showLegs},
	{Name: "security data", Run: (*reading).readSecurity, Show: (*reading).showSecurity},
}

func start(in formats.Input) (*reading, error) {
	text, ok := in.Lone()
	if !ok {
		return nil, fail(formats.CodeEncoding, "characters", -1, errors.New("a boarding pass is one text"))
	}
	return &reading{reader: reader{text: text, end: len(text)}}, nil
}

func decode(in formats.Input, _ formats.Options) (*formats.Document, error) {
	r, err := start(in)
	if err != nil {
		return nil, err
	}
	if err := steps.Run(r); err != nil {
		return nil, err
	}
	return r.doc, nil
}

// maxText is more than nine legs with the longest fields and the longest security data: 23 + 9 × (37 + 255) + 4 + 255.
const maxText = 2910

// readCharacters refuses what no item can hold, before anything is looked at: the resolution knows printable ASCII alone.
func (r *reading) readCharacters() error {
	if len(r.text) > maxText {
		return fail(formats.CodeLimit, "characters", maxText, fmt.Errorf("%d characters, the limit is %d", len(r.text), maxText))
	}
	for i, c := range r.text {
		if c < ' ' || c > '~' {
			return fail(formats.CodeEncoding, "characters", i, errors.New("a character other than printable ASCII"))
		}
	}
	return nil
}

// readPass reads the mandatory items that stand once.
func (r *reading) readPass() error {
	at := r.at
	head, err := r.take("format code and number of legs", 2)
	switch {
	case err != nil:
		return err
	case head[0] != 'M':
		return fail(formats.CodeVersion, "format code", at, errors.New("a format other than M"))
	case head[1] < '1' || head[1] > '9':
		return fail(formats.CodePayload, "number of legs", at+1, errors.New("not a digit from 1 to 9"))
	}
	r.count = int(head[1] - '0')
	for _, it := range []item{passengerName, {"electronic_ticket", 1, alphanumericRule}} {
		if err := r.item(&r.reader, &r.unique, it, "pass."); err != nil {
			return err
		}
	}
	return nil
}

// readLegs reads every leg and the field of variable length behind it.
func (r *reading) readLegs() error {
	for i := range r.count {
		var leg values
		place := "leg" + strconv.Itoa(i+1) + "."
		for _, it := range legItems {
			if err := r.item(&r.reader, &leg, it, place); err != nil {
				return err
			}
		}
		inner, err := r.field(fieldSize)
		if err != nil {
			return err
		}
		if err := r.readVariable(inner, i == 0, &leg, place); err != nil {
			return err
		}
		r.legs = append(r.legs, leg)
	}
	return nil
}

// readVariable reads the conditional items and what the airline has written for itself. With the first leg stand the
// version and the items of the whole pass.
func (r *reading) readVariable(in reader, first bool, leg *values, place string) error {
	if in.left() == 0 {
		return nil
	}
	if first {
		at := in.at
		mark, err := in.take("beginning of the version", 1)
		switch {
		case err != nil:
			return err
		case mark != ">":
			return fail(formats.CodePayload, "beginning of the version", at, errors.New(`not ">"`))
		}
		if err := r.item(&in, &r.unique, versionNumber, "pass."); err != nil {
			return err
		}
		unique, err := in.field(uniqueSize)
		if err != nil {
			return err
		}
		if err := r.group(unique, uniqueItems, &r.unique, "pass."); err != nil {
			return err
		}
	}
	if in.left() == 0 {
		return nil
	}
	repeated, err := in.field(repeatedSize)
	if err != nil {
		return err
	}
	if err := r.group(repeated, repeatedItems, leg, place); err != nil {
		return err
	}
	if text, _ := in.take(airlineUse, in.left()); text != "" {
		*leg = append(*leg, formats.Field{Name: airlineUse, Value: text})
	}
	return nil
}

// group reads items until the field that they stand in ends. It may end after any item, and never within one.
func (r *reading) group(in reader, items []item, into *values, place string) error {
	for _, it := range items {
		if in.left() == 0 {
			return nil
		}
		if err := r.item(&in, into, it, place); err != nil {
			return err
		}
	}
	if text, _ := in.take(beyondTheTables, in.left()); text != "" {
		*into = append(*into, formats.Field{Name: beyondTheTables, Value: text})
		r.breach(place+beyondTheTables, "more items than are known here")
	}
	return nil
}

// item reads one item, notes what breaks its rule, and keeps what is not blank.
func (r *reading) item(in *reader, into *values, it item, place string) error {
	text, err := in.take(place+it.name, it.size)
	if err != nil {
		return err
	}
	if it.rule != nil {
		if why := it.rule(text); why != "" {
			r.breach(place+it.name, why)
		}
	}
	if !blank(text) {
		*into = append(*into, formats.Field{Name: it.name, Value: text})
	}
	return nil
}

func blank(text string) bool {
	for i := range len(text) {
		if text[i] != ' ' {
			return false
		}
	}
	return true
}

// breach notes that an item breaks its rule.
func (r *reading) breach(where, why string) {
	r.checks = append(r.checks, formats.Check{Kind: formats.Schema, Result: formats.Fails, Name: "item", Where: where, Text: why})
}
