package cli

import (
	"fmt"
	"strings"
	"time"

	"github.com/travelseal/travelseal/formats"
)

// join puts the parts that are not empty together, each made safe to print.
func join(sep string, parts ...string) string {
	var kept []string
	for _, s := range parts {
		if s != "" {
			kept = append(kept, escape(s))
		}
	}
	return strings.Join(kept, sep)
}

// subjectLine names a person by every spelling that the document has, and the birth date with its precision.
func subjectLine(s formats.Subject) string {
	var names []string
	for _, n := range s.Names {
		name := join(" ", n.Given, n.Family)
		if n.Script == "icao" {
			name = join(", ", n.Family, n.Given)
		}
		if name == "" {
			name = escape(n.Full)
		}
		names = append(names, name)
	}
	birth := "birth date not stated"
	if !s.Birth.IsZero() {
		birth = "born " + s.Birth.String()
	}
	return join(", ", strings.Join(names, " / "), birth, s.Sex, s.Nationality)
}

func eventName(kind formats.Uses) string {
	name := kind.String()
	if name == "" {
		return "Event"
	}
	return strings.ToUpper(name[:1]) + name[1:]
}

func eventLine(e formats.Event) string {
	dose := ""
	switch {
	case e.Doses != 0:
		dose = fmt.Sprintf("dose %d of %d", e.Dose, e.Doses)
	case e.Dose != 0:
		dose = fmt.Sprintf("dose %d", e.Dose)
	}
	period := ""
	if !e.From.IsZero() || !e.Until.IsZero() {
		period = "valid " + e.From.String() + " to " + e.Until.String()
	}
	return join(", ", e.When.String(), codeText(e.Target), codeText(e.Product), codeText(e.TestType), e.TestName, codeText(e.Result), dose, period, e.Place, e.Country, e.Issuer, e.ID)
}

// codeText shows the text of a value set where one gave it, and the bare code otherwise.
func codeText(c formats.Coded) string {
	if c.Text != "" {
		return c.Text + " (" + c.Code + ")"
	}
	return c.Code
}

func documentLine(d formats.DocRef) string {
	expires := ""
	if !d.Expires.IsZero() {
		expires = "expires " + d.Expires.String()
	}
	return join(", ", join(" ", d.Type, d.Number), d.IssuingState, expires)
}

func validLine(v formats.Validity) string {
	if v.IssuedAt.IsZero() && v.NotBefore.IsZero() && v.NotAfter.IsZero() {
		return ""
	}
	day := func(t time.Time) string {
		if t.IsZero() {
			return ""
		}
		return t.Format(time.RFC3339)
	}
	from, to := v.NotBefore, day(v.NotAfter)
	if from.IsZero() {
		from = v.IssuedAt
	}
	if to == "" {
		to = "no end stated"
	}
	return join(" to ", day(from), to)
}
