package formats

// A Check is a keyless test that the document carries in itself, such as a check digit, or that its specification
// makes of it, such as a field's length.
type Check struct {
	Kind   CheckKind
	Result CheckResult
	// Name is the check in the field's own words ("composite check digit"), or the name of the tolerance that was used.
	Name string
	// Where names the place in the document ("v[0].co"); Text says what is wrong there, without the value itself. Of a type of
	// document that is not known it repeats the header, which names an office and nobody.
	Where, Text string
}

// A CheckKind says what a Check looks at, and so what its failing means.
type CheckKind int

const (
	// Digit is a check digit: a wrong one is a misread, a misprint or an alteration.
	Digit CheckKind = iota
	// Schema is a rule of the specification about the content.
	Schema
	// Reading is a rule of the encoding that was relaxed by a named tolerance.
	Reading
	// Link is whether the document itself is here: one that fails stands elsewhere, where nobody has looked.
	Link
)

// A CheckResult is the outcome of a Check. The zero result is a failure.
type CheckResult int

const (
	Fails CheckResult = iota
	// Tolerated means that the rule is broken in a way that genuine issuers are known to break it; Name is the tolerance.
	Tolerated
	// Doubtful means that it was read only because a tolerance that is off by default was switched on: at best refer.
	Doubtful
	Holds
)
