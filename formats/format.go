package formats

// A Format decodes one kind of document. It is a value without state; a Set puts several together.
type Format struct {
	ID    ID     // stable for ever
	Title string // "EU Digital COVID Certificate"
	Spec  string // citation of the specification

	// Profiles are the kinds of document that share this format's carrier, where there is more than one. Document.Format
	// is then the ID of a profile, and policies and trust lists name profiles.
	Profiles []Profile
	// Unsealed marks a kind of document that carries no signature, such as a printed MRZ, or need not, as a boarding pass. It is
	// compared with the sealed documents beside it, and without a signature proves nothing alone.
	Unsealed bool
	// Tolerances are the leniencies that Decode knows, each with its name and its default.
	Tolerances []Tolerance

	// Detect looks at the first bytes and the file names only. It is cheap, and wrong guesses are Decode's to refuse.
	Detect func(Input) bool
	// Group joins the parts of documents that come in several codes, by this format's own rule; nil where there are none.
	// It gives back every Input, joined or not, in the order of the first part.
	Group func([]Input) []Input
	// Decode reads the Input completely, strictly and within the limits, or refuses with an *Error.
	Decode func(Input, Options) (*Document, error)
	// Trace decodes step by step for people who need to know where a document breaks; nil where there is one step only.
	Trace func(Input, Options) []Step
}

// A Profile is one kind of document within a Format.
type Profile struct {
	ID    ID
	Title string
	Spec  string
}

// A Tolerance is one named departure from the specification that Decode can accept, because genuine issuers make it.
type Tolerance struct {
	Name string // "float-date": stable, used in policies and reports
	On   bool   // whether it applies unless Options say otherwise
	Why  string // which genuine documents need it, in one sentence
	Cite string // the paragraph that it departs from
}

// A Step is one stage of decoding as Trace shows it. Detail is meant for people and may hold personal data.
type Step struct {
	Name   string // "base45"
	Detail []Field
	Err    error // what stopped this step; later steps may still follow from what could be read
}

// IDs lists the profiles of a Format, or its own ID where it has none.
func (f Format) IDs() []ID {
	if len(f.Profiles) == 0 {
		return []ID{f.ID}
	}
	ids := make([]ID, len(f.Profiles))
	for i, p := range f.Profiles {
		ids[i] = p.ID
	}
	return ids
}
