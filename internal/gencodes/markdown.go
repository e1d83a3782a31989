package main

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/travelseal/travelseal/verify"
)

// A group is the codes that begin alike, under one heading.
type group struct{ prefix, title, about string }

// groups are in the order in which a document meets them.
var groups = []group{
	{"input", "Reading", "Said of a file or picture before anything in it was decoded."},
	{"decode", "Decoding", "Said of the steps from a code's text to a document. The finding names the step and the place."},
	{"content", "Content", "Said of what a document says, compared with its own specification."},
	{"check", "Check digits", "Said of the tests that a document carries in itself. They need no key and prove nothing."},
	{"seal", "Signatures", "Said of a signature, its key and the trust list's entry for that key."},
	{"part", "Parts", "Said of the pieces of a document, such as the files of a chip, and how the signature reaches them."},
	{"time", "Time", "Said of a document's dates, the trust list's age and this device's clock."},
	{"trust", "Trust list", "Said of the list of trusted keys itself; it concerns every document."},
	{"revocation", "Revocation lists", "Said of the list of revoked documents, where there is one."},
	{"doc", "The document", "Said of the document as a whole."},
	{"holder", "The bearer", "Said of the person who shows the document."},
	{"chip", "The chip", "Said of the chip that a document was read from."},
	{"policy", "Policy", "Said where a document falls short of what the relying party asks for."},
	{"run", "The check itself", "Said where the program did not come to its end."},
	{"batch", "Archives", "Said of a line of an archive that could not be checked. The other lines go on."},
	{"rule", "Signs of fraud", "Said by rules that compare the documents of one case. They cast doubt and never reject."},
	{"protect", "Protection", "Offers of help to the traveller. They are never held against anybody and come first in every output."},
}

const introduction = `# Codes

<!-- Written by go generate ./verify. Do not edit: change verify/codes_table.go instead. -->

Every finding of a report carries one of these codes. A code is never removed and never changes its meaning, so that
programs can count it and officers can look it up; ` + "`travelseal explain CODE`" + ` prints the same words.

The effect says what a finding does to the verdict, unless the policy in force says otherwise:

| Effect | Meaning |
|---|---|
| ` + "`inform`" + ` | It tells and changes nothing. |
| ` + "`protect`" + ` | It offers help to the traveller, is never adverse, and comes first. |
| ` + "`doubt`" + ` | It turns accept into refer: a person must look. |
| ` + "`disqualify`" + ` | It turns accept into reject, on a document that is proved authentic or disproved; on any other it is a doubt. |

No effect makes a document acceptable whose status is not authentic. A code that rests on "travelseal, doc/codes.md" rests on
a decision of this project, and on no outside text.

`

// markdown writes the list as a document, one section a group and one paragraph a code. A code that belongs to no group is an
// error, so that none is left out.
func markdown(list []verify.Explanation) ([]byte, error) {
	var b bytes.Buffer
	b.WriteString(introduction)
	written := 0
	var sections bytes.Buffer
	b.WriteString("| Group | Codes | |\n|---|---|---|\n")
	for _, g := range groups {
		var members []verify.Explanation
		for _, e := range list {
			if strings.HasPrefix(string(e.Code), g.prefix+".") {
				members = append(members, e)
			}
		}
		if len(members) == 0 {
			continue
		}
		written += len(members)
		fmt.Fprintf(&b, "| [%s](#%s) | `%s.*` | %d |\n", g.title, strings.ReplaceAll(strings.ToLower(g.title), " ", "-"), g.prefix, len(members))
		fmt.Fprintf(&sections, "\n## %s\n\n%s\n", g.title, g.about)
		for _, e := range members {
			section(&sections, e)
		}
	}
	if written != len(list) {
		return nil, fmt.Errorf("%d of %d codes belong to no group: add the group", len(list)-written, len(list))
	}
	b.Write(sections.Bytes())
	return b.Bytes(), nil
}

func section(b *bytes.Buffer, e verify.Explanation) {
	fmt.Fprintf(b, "\n### `%s`\n\n%s\n\n* Effect: `%s`\n* Next: %s\n", e.Code, e.Text, e.Effect, e.Next)
	if e.Limits != "" {
		fmt.Fprintf(b, "* Limits: %s\n", e.Limits)
	}
	fmt.Fprintf(b, "* Rests on: %s\n", e.Cite)
}
