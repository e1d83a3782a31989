package mdoc

import (
	"strconv"

	"github.com/travelseal/travelseal/formats"
)

// divide makes an Input of every document of a response that holds several: each is one issuer's, and stands for itself. The
// session that is given with the response goes with each. What cannot be divided is left to Decode, which says why.
func divide(inputs []formats.Input) []formats.Input {
	var out []formats.Input
	for i, in := range inputs {
		divided := documentsOf(in)
		if divided == nil {
			if out != nil {
				out = append(out, in)
			}
			continue
		}
		if out == nil {
			out = append(make([]formats.Input, 0, len(inputs)+len(divided)), inputs[:i]...)
		}
		out = append(out, divided...)
	}
	if out == nil {
		return inputs
	}
	return out
}

// documentsOf gives the documents of a response with more than one, with the Source "name#1" and so on.
func documentsOf(in formats.Input) []formats.Input {
	if in.Err != nil || !detect(in) || in.Size() > formats.DefaultLimits.Input {
		return nil
	}
	r := &reading{in: in}
	if err := r.readBytes(); err != nil {
		return nil
	}
	outer, err := readOuter(r.bytes, formats.Options{})
	if err != nil || len(outer.documents) < 2 {
		return nil
	}
	list := make([]formats.Input, len(outer.documents))
	for i, d := range outer.documents {
		list[i] = formats.Input{Source: in.Source + "#" + strconv.Itoa(i+1), Files: []formats.File{{Data: d.Raw()}}}
		for _, f := range in.Files {
			if f.Name != "" && f.Name != responseFile {
				list[i].Files = append(list[i].Files, f)
			}
		}
	}
	return list
}
