package cli

import (
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/verify"
)

// A look is how a verdict is shown: by word, shape and colour together, so that none is needed to understand it.
type look struct{ shape, word, means, colour string }

var looks = map[verify.Verdict]look{
	verify.Accept: {"✔", "ACCEPT", "sealed by a trusted issuer, and nothing speaks against it", "\x1b[1;32m"},
	verify.Refer:  {"?", "REFER", "a trained person should look; this is not a finding of forgery", "\x1b[1;33m"},
	verify.Reject: {"✖", "REJECT", "the document itself is proved not to be valid", "\x1b[1;31m"},
}

const plain = "\x1b[0m"

// A page collects lines of text.
type page struct {
	b      strings.Builder
	colour bool
}

func (p *page) line(format string, args ...any) { fmt.Fprintf(&p.b, format+"\n", args...) }

// renderReport writes a report for a person at a checkpoint: offers of help first, then the verdict, then each document
// with its reasons and next steps.
func renderReport(r *verify.Report, colour bool) string {
	p := &page{colour: colour}
	for _, f := range r.Findings {
		if f.Effect == verify.Protect {
			p.finding("", f)
		}
	}
	p.verdict("", r.Verdict)
	for _, f := range r.Findings {
		if f.Effect != verify.Protect {
			p.finding("  ", f)
		}
	}
	for i := range r.Documents {
		p.document(r, &r.Documents[i])
	}
	p.line("")
	p.line("Trust list %s. Policy %s. As of %s.", trustLine(r.Trust), escape(r.Policy.ID), r.AsOf.Format(time.RFC3339))
	return p.b.String()
}

func (p *page) verdict(indent string, v verify.Verdict) {
	l := looks[v]
	head := l.shape + " " + l.word
	if p.colour {
		head = l.colour + head + plain
	}
	p.line("%s%s – %s", indent, head, l.means)
}

func (p *page) document(r *verify.Report, d *verify.DocumentReport) {
	p.line("")
	title := d.Title
	if title == "" {
		title = "Unknown document"
	}
	if d.Source != "" {
		title += ", " + escape(d.Source)
	}
	p.line("%s: %s", title, d.Status)
	if len(r.Documents) > 1 && !compared(d) {
		p.verdict("  ", d.Verdict)
	}
	if d.Verified != nil {
		p.claims(d.Verified, d.Validity, expired(d))
	}
	if d.Unverified != nil {
		p.line("  UNVERIFIED – nobody has vouched for what follows:")
		p.claims(d.Unverified, d.Validity, "")
	}
	for _, s := range d.Seals {
		p.seal(s)
	}
	for _, f := range d.Findings {
		p.finding("  ", f)
	}
}

// compared reports whether a document is of a kind that is only compared with the others.
func compared(d *verify.DocumentReport) bool {
	return slices.ContainsFunc(d.Findings, func(f verify.Finding) bool { return f.Code == verify.SealNotOfKind })
}

// expired gives the word that stands before the claims of a document whose own dates rule it out.
func expired(d *verify.DocumentReport) string {
	for _, f := range d.Findings {
		switch f.Code {
		case verify.TimeExpired:
			return "EXPIRED – what follows was true, and is out of date:"
		case verify.TimeNotYetValid:
			return "NOT YET VALID – what follows holds later:"
		}
	}
	return ""
}

func (p *page) claims(c *formats.Claims, v formats.Validity, word string) {
	if word != "" {
		p.line("  %s", word)
	}
	for _, s := range c.Subjects {
		p.field("Holder", subjectLine(s))
	}
	for _, e := range c.Events {
		p.field(eventName(e.Kind), eventLine(e))
	}
	for _, d := range c.Documents {
		p.field("Document", documentLine(d))
	}
	p.field("Valid", validLine(v))
}

func (p *page) field(name, value string) {
	if value != "" {
		p.line("  %-12s %s", name, value)
	}
}

func (p *page) seal(s verify.SealReport) {
	signer := ""
	if a := s.Anchor; a != nil {
		source := escape(a.Source.Name)
		if a.Lists > 1 {
			source += fmt.Sprintf(", on %d lists", a.Lists)
		}
		signer = join(" ", "of", a.Issuer, a.Country) + " (" + source + ")"
	}
	kind := s.Algorithm
	if kind == "" {
		kind = s.Envelope
	}
	p.field("Seal", escape(join(" ", kind, "key", hex.EncodeToString(s.KeyID), signer))+": "+s.State.String())
}

func (p *page) finding(indent string, f verify.Finding) {
	mark := map[verify.Effect]string{verify.Inform: "·", verify.Protect: "♥", verify.Doubt: "?", verify.Disqualify: "✖"}[f.Effect]
	text := f.Text
	if place := join(": ", f.Where, f.Detail); place != "" {
		text += " (" + place + ")"
	}
	p.line("%s%s %s [%s]", indent, mark, text, f.Code)
	if f.Next != "" && (f.Effect != verify.Inform || !strings.HasPrefix(f.Next, "Nothing")) {
		p.line("%s  Next: %s", indent, f.Next)
	}
}

func trustLine(t verify.TrustInfo) string {
	if t.List == "" {
		return "none"
	}
	s := escape(t.List)
	if t.Version != 0 {
		s += fmt.Sprintf(" version %d", t.Version)
	}
	s += fmt.Sprintf(" (%d keys, %s", t.Keys, t.State)
	if !t.Created.IsZero() {
		s += fmt.Sprintf(", %d days old", int(t.Age.Hours()/24))
	}
	return s + ")"
}
