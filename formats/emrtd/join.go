package emrtd

import (
	"strings"

	"github.com/travelseal/travelseal/formats"
)

// join puts the files of a chip together that were opened one by one. Files belong to one chip where their Sources lie in
// one folder, and a second file of the same meaning begins the next chip: two chips are never mixed into one file by file,
// and which of two files counts is never chosen here.
func join(inputs []formats.Input) []formats.Input {
	out := make([]formats.Input, 0, len(inputs))
	open := make(map[string]*opened) // by folder
	for _, in := range inputs {
		f, folder, ok := single(in)
		if !ok {
			out = append(out, in)
			continue
		}
		if o := open[folder]; o != nil && !o.seen[f] {
			o.seen[f] = true
			out[o.at].Files = append(out[o.at].Files, in.Files[0])
			if folder != "" {
				out[o.at].Source = folder
			}
			continue
		}
		open[folder] = &opened{at: len(out), seen: map[File]bool{f: true}}
		out = append(out, formats.Input{Source: in.Source, Files: in.Files[:1:1]})
	}
	return out
}

// opened is a chip that further files may belong to: where it stands among the Inputs, and what it has.
type opened struct {
	at   int
	seen map[File]bool
}

// single gives the meaning and the folder of an Input that is one file of a chip by its name.
func single(in formats.Input) (f File, folder string, ok bool) {
	if len(in.Files) != 1 || in.Err != nil {
		return File{}, "", false
	}
	f = FileName(in.Files[0].Name)
	return f, in.Source[:strings.LastIndexAny(in.Source, `/\`)+1], f.kind != foreignFile
}
