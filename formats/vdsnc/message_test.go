package vdsnc_test

import (
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/mint"
)

// dose is the path of a member of the first dose.
func dose(name string) []any { return []any{"msg", "ve", 0, "vd", 0, name} }

// The rules of the report and of its guidelines, one breach each. The rest of the document is read.
func TestEachBreachIsNamed(t *testing.T) {
	v, tc := vaccination, tested
	set := func(v mint.VDSNC, value any, path ...any) mint.VDSNC { return v.Set(value, path...) }
	null, list, object, truth := mint.VDSRaw("null"), []any{}, mint.VDSObject{}, mint.VDSRaw("true")
	for name, c := range map[string]struct {
		doc  mint.VDSNC
		want string
	}{
		"vaccination": {v, ""}, "test": {tc, ""},

		"no type":             {v.Drop("hdr", "t"), "hdr.t: missing"},
		"a number for a type": {set(v, 1, "hdr", "t"), "hdr.t: missing or not a text"},
		"an unknown type":     {set(v, "icao.dtc", "hdr", "t"), "hdr.t: type not known; its header says: type icao.dtc, version 1, issuing state UTO"},
		"a type in capitals":  {set(v, "ICAO.VACC", "hdr", "t"), "hdr.t: type not known; its header says: "},
		"an empty type":       {set(v, "", "hdr", "t"), "hdr.t: type not known; its header says: "},
		"no version":          {v.Drop("hdr", "v"), "hdr.v: missing"},
		"a text for version":  {set(v, "1", "hdr", "v"), "hdr.v: missing or not an integer"},
		"version 2":           {set(v, 2, "hdr", "v"), "hdr.v: version not known; its header says: "},
		"version 0":           {set(v, 0, "hdr", "v"), "hdr.v: version not known; its header says: "},
		"no issuer":           {v.Drop("hdr", "is"), "hdr.is: missing"},
		"an issuer of two":    {set(v, "UT", "hdr", "is"), "hdr.is: not the code"},
		"an unknown issuer":   {set(v, "ZZZ", "hdr", "is"), "hdr.is: not the code"},
		"Germany's letter":    {set(v, "D", "hdr", "is"), ""},
		"a further header":    {set(v, "x", "hdr", "note"), ""},
		"a further zone":      {set(v, object, "note"), ""},
		"a further member":    {set(v, list, "msg", "note"), ""},

		"no identifier":            {v.Drop("msg", "uvci"), "uvci: missing"},
		"an empty identifier":      {set(v, "", "msg", "uvci"), "uvci: empty"},
		"a number for identifier":  {set(v, 7, "msg", "uvci"), "uvci: not a text"},
		"no person":                {v.Drop("msg", "pid"), "pid: missing"},
		"a person that is a text":  {set(v, "x", "msg", "pid"), "pid: not an object"},
		"no name":                  {v.Drop("msg", "pid", "n"), "pid.n: missing"},
		"null for a name":          {set(v, null, "msg", "pid", "n"), "pid.n: not a text"},
		"no birth":                 {v.Drop("msg", "pid", "dob"), ""},
		"no number":                {v.Drop("msg", "pid", "i"), ""},
		"neither birth nor number": {v.Drop("msg", "pid", "i").Drop("msg", "pid", "dob"), "pid: neither"},
		"a birth in words":         {set(v, "19 July 1984", "msg", "pid", "dob"), "pid.dob: "},
		"a birth with a time":      {set(v, "1984-07-19T00:00:00Z", "msg", "pid", "dob"), "pid.dob: a date with a time"},
		"an empty birth":           {set(v, "", "msg", "pid", "dob"), "pid.dob: empty"},
		"sex X":                    {set(v, "X", "msg", "pid", "sex"), ""},
		"sex in words":             {set(v, "female", "msg", "pid", "sex"), "pid.sex: not one"},
		"true for a sex":           {set(v, truth, "msg", "pid", "sex"), "pid.sex: not a text"},
		"no sex":                   {v.Drop("msg", "pid", "sex"), ""},
		"a number for a number":    {set(v, 1234567, "msg", "pid", "i"), "pid.i: not a text"},
		"a number for another":     {set(v, 1234567, "msg", "pid", "ai"), "pid.ai: not a text"},
		"no vaccine":               {v.Drop("msg", "ve"), "ve: missing"},
		"no vaccines":              {set(v, list, "msg", "ve"), "ve: an empty array"},
		"a vaccine in an object":   {set(v, object, "msg", "ve"), "ve: not an array"},
		"a vaccine that is text":   {set(v, "x", "msg", "ve", 0), "ve[0]: not an object"},
		"no prophylaxis":           {v.Drop("msg", "ve", 0, "des"), "ve[0].des: missing"},
		"no product":               {v.Drop("msg", "ve", 0, "nam"), "ve[0].nam: missing"},
		"no disease":               {v.Drop("msg", "ve", 0, "dis"), ""},
		"an empty disease":         {set(v, "", "msg", "ve", 0, "dis"), "ve[0].dis: empty"},
		"no doses":                 {v.Drop("msg", "ve", 0, "vd"), "ve[0].vd: missing"},
		"an empty list of doses":   {set(v, list, "msg", "ve", 0, "vd"), "ve[0].vd: an empty array"},
		"a dose that is a number":  {set(v, 1, "msg", "ve", 0, "vd", 1), "ve[0].vd[1]: not an object"},
		"no date":                  {v.Drop(dose("dvc")...), "ve[0].vd[0].dvc: missing"},
		"a month":                  {set(v, "2025-09", dose("dvc")...), "ve[0].vd[0].dvc: a date without a day"},
		"a date with a time":       {set(v, "2025-09-05T10:00:00Z", dose("dvc")...), "ve[0].vd[0].dvc: a date with a time"},
		"a day that is none":       {set(v, "2025-02-30", dose("dvc")...), "ve[0].vd[0].dvc: "},
		"a number for a date":      {set(v, 20250905, dose("dvc")...), "ve[0].vd[0].dvc: empty or not a text"},
		"no dose number":           {v.Drop(dose("seq")...), "ve[0].vd[0].seq: missing"},
		"dose 0":                   {set(v, 0, dose("seq")...), "ve[0].vd[0].seq: not a whole"},
		"dose 99":                  {set(v, 99, dose("seq")...), ""},
		"dose 100":                 {set(v, 100, dose("seq")...), "ve[0].vd[0].seq: not a whole"},
		"dose -1":                  {set(v, -1, dose("seq")...), "ve[0].vd[0].seq: not a whole"},
		"dose 1.5":                 {set(v, mint.VDSRaw("1.5"), dose("seq")...), "ve[0].vd[0].seq: not a whole"},
		"dose as a text":           {set(v, "1", dose("seq")...), "ve[0].vd[0].seq: not a whole"},
		"no country":               {v.Drop(dose("ctr")...), "ve[0].vd[0].ctr: missing"},
		"a country of two":         {set(v, "UT", dose("ctr")...), "ve[0].vd[0].ctr: not the code"},
		"null for a country":       {set(v, null, dose("ctr")...), "ve[0].vd[0].ctr: not a text"},
		"no centre":                {v.Drop(dose("adm")...), "ve[0].vd[0].adm: missing"},
		"no lot":                   {v.Drop(dose("lot")...), "ve[0].vd[0].lot: missing"},
		"no next dose":             {v.Drop(dose("dvn")...), ""},
		"a next dose in a month":   {set(v, "2025-10", dose("dvn")...), "ve[0].vd[0].dvn: a date without a day"},
		"a next dose that is none": {set(v, "soon", dose("dvn")...), "ve[0].vd[0].dvn: "},

		"no test identifier":        {tc.Drop("msg", "utci"), "utci: missing"},
		"no birth of a test":        {tc.Drop("msg", "pid", "dob"), "pid.dob: missing"},
		"no kind of document":       {tc.Drop("msg", "pid", "dt"), "pid.dt: missing"},
		"an unknown kind":           {set(tc, "X", "msg", "pid", "dt"), "pid.dt: not one"},
		"a crew member's":           {set(tc, "AC", "msg", "pid", "dt"), ""},
		"no document number":        {tc.Drop("msg", "pid", "dn"), "pid.dn: missing"},
		"no provider":               {tc.Drop("msg", "sp"), "sp: missing"},
		"a provider that is a list": {set(tc, list, "msg", "sp"), "sp: not an object"},
		"no name of the provider":   {tc.Drop("msg", "sp", "spn"), "sp.spn: missing"},
		"no country of the test":    {tc.Drop("msg", "sp", "ctr"), "sp.ctr: missing"},
		"no contact":                {tc.Drop("msg", "sp", "cd"), "sp.cd: missing"},
		"no telephone":              {tc.Drop("msg", "sp", "cd", "p"), "sp.cd.p: missing"},
		"a number for a telephone":  {set(tc, 68765432, "msg", "sp", "cd", "p"), "sp.cd.p: not a text"},
		"no dates":                  {tc.Drop("msg", "dat"), "dat: missing"},
		"no time of the sample":     {tc.Drop("msg", "dat", "sc"), "dat.sc: missing"},
		"a day for a sample":        {set(tc, "2026-01-14", "msg", "dat", "sc"), "dat.sc: a date without a time"},
		"a time without a zone":     {set(tc, "2026-01-14T08:15:00", "msg", "dat", "sc"), "dat.sc: a time without a zone"},
		"a report without a zone":   {set(tc, "2026-01-15T11:30:00", "msg", "dat", "ri"), "dat.ri: a time without a zone"},
		"seconds since 1970":        {set(tc, 1768378500, "msg", "dat", "sc"), "dat.sc: empty or not a text"},
		"no result":                 {tc.Drop("msg", "tr"), "tr: missing"},
		"no kind of test":           {tc.Drop("msg", "tr", "tc"), "tr.tc: missing"},
		"an unknown kind of test":   {set(tc, "molecular", "msg", "tr", "tc"), "tr.tc: not one"},
		"no outcome":                {tc.Drop("msg", "tr", "r"), "tr.r: missing"},
		"an outcome in capitals":    {set(tc, "Negative", "msg", "tr", "r"), "tr.r: not one"},
		"no method":                 {tc.Drop("msg", "tr", "m"), ""},
		"no optional data":          {tc.Drop("msg", "opt"), ""},
		"null for optional data":    {set(tc, null, "msg", "opt"), "opt: not a text"},
	} {
		t.Run(name, func(t *testing.T) {
			doc := decode(t, c.doc, formats.Options{})
			var want []string
			if c.want != "" {
				want = []string{c.want}
			}
			if got := failing(doc); !begin(got, want) {
				t.Errorf("got %q, want %q", got, want)
			}
			for _, check := range doc.Checks {
				if check.Kind != formats.Schema || check.Name != "schema" {
					t.Errorf("a check that is no breach: %+v", check)
				}
			}
		})
	}
}

func TestSeveralBreachesAreAllNamed(t *testing.T) {
	v := vaccination.Drop("msg", "uvci").Set("UT", "hdr", "is").Drop("msg", "pid", "n").Set(0, "msg", "ve", 0, "vd", 1, "seq")
	v.Hooks.Whole = func(o mint.VDSObject) mint.VDSObject { return o.Add("a", 1).Add("b", 2) }
	v.Hooks.Sig = func(o mint.VDSObject) mint.VDSObject { return o.Add("a", 1).Add("b", 2) }
	want := []string{"JSON: a further member", "hdr.is: not", "sig: a further member", "uvci: missing", "pid.n: missing", "ve[0].vd[1].seq: not"}
	if got := failing(decode(t, v, formats.Options{})); !begin(got, want) {
		t.Errorf("%q", got)
	}
}
