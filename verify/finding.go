package verify

// A Finding is one thing noticed, with a code that never changes, so that an officer can explain it and a system can
// count it.
type Finding struct {
	Code   Code
	Effect Effect
	// Where names the place: "seals[0]", "v[0].co", "documents[0].holder.birth_date"; "" for the whole.
	Where string
	// Text is the code's sentence; Detail says what is particular here, without personal data.
	Text, Detail string
	Cite         string // the paragraph that the finding rests on
	Next         string // what the officer does next
}

// finding makes the Finding of a code with its own effect.
func finding(code Code, where, detail string) Finding {
	e := table[code]
	return Finding{Code: code, Effect: e.effect, Where: where, Text: e.text, Detail: detail, Cite: e.cite, Next: e.next}
}
