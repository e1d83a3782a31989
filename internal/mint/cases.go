package mint

import "time"

// A Case is one document of the testdata with what must be said of it when the trust list is Trust and the policy and
// the rules are the default ones.
type Case struct {
	Name    string // of the file, without its ending
	About   string // what the document is, in a sentence
	Text    string // the content of the code, or the lines of the zone
	Want    Want
	Picture bool // whether the testdata hold the code as a picture too
}

// Want is the outcome that a Case must have, in the words of the report.
type Want struct {
	Status  string `json:"status"`         // authentic, invalid, untrusted, indeterminate, unsealed, unreadable
	Verdict string `json:"verdict"`        // accept, refer, reject
	Code    string `json:"code,omitempty"` // a finding that the report must hold; "" where none must
}

// AsOf is a moment for which the Wants hold. They hold from the day after the Expired signer's last, 2 March 2026, to
// the end of 2057; the child's, until it comes of age in 2039.
var AsOf = time.Date(2026, 11, 1, 12, 0, 0, 0, time.UTC)

// Cases lists the documents of testdata/eu-dcc: first those that must be accepted, then those that must not.
func Cases() []Case {
	ut := Utopia()
	return built(append(goodSpecimens(ut), badSpecimens(ut)...))
}

// built makes the Cases of specimens.
func built(specimens []specimen) []Case {
	var cases []Case
	for _, s := range specimens {
		cases = append(cases, Case{Name: s.name, About: s.about, Text: s.doc.Build().Text, Want: s.want, Picture: s.picture})
	}
	return cases
}

// A Picture is a picture of testdata/eu-dcc that holds the codes of several Cases, from left to right.
type Picture struct {
	Name  string   `json:"name"`
	About string   `json:"about"`
	Holds []string `json:"holds"`
}

// Pictures lists the pictures with several codes.
func Pictures() []Picture {
	return []Picture{{
		Name:  "two-people",
		About: "A genuine test certificate and a forged vaccination certificate, of two people, side by side.",
		Holds: []string{"test-naat", "forged"},
	}}
}

// A specimen is a Case before it is built.
type specimen struct {
	name, about string
	doc         HCERT
	want        Want
	picture     bool
}
