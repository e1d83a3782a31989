package policyfile_test

import (
	"crypto/sha256"
	"slices"
	"testing"

	"github.com/travelseal/travelseal/formats/all"
	"github.com/travelseal/travelseal/verify/policyfile"
)

// FuzzParse demands that whatever is read is a policy that may be used, and accepts nothing that is not known.
func FuzzParse(f *testing.F) {
	f.Add(policyfile.DefaultText)
	for _, text := range []string{
		"", head, head + "accept: [eu-dcc]\neffects: {trust.undated: doubt}\nnext: {seal.none: x}\n", head + "max_list_age: 12h\ntolerate: [float-date]\n",
		head + "accept: &a ['*']\nrequire_parts: *a\n", head + "---\nid: x\n", head + "<<: {accept: ['*']}\n", "{schema: travelseal.policy/1, id: x}",
	} {
		f.Add([]byte(text))
	}
	set := all.Set()
	f.Fuzz(func(t *testing.T, text []byte) {
		file, err := policyfile.Parse(text, set)
		if err != nil {
			return
		}
		p := file.Policy
		if err := p.Check(); err != nil || p.ID == "" || p.MaxListAge < 0 || p.SHA256 != sha256.Sum256(text) {
			t.Errorf("%+v: %v", p, err)
		}
		for _, id := range p.Accept {
			if !slices.Contains(set.IDs(), id) {
				t.Errorf("%q is accepted", id)
			}
		}
	})
}
