package verify

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/trustlist"
)

// A TrustSource gives the trust list in force. It is asked once a call, so that a list that is swapped while documents
// are being checked never mixes with the one before it. A *trustlist.Snapshot is a TrustSource of itself.
type TrustSource interface{ Snapshot() *trustlist.Snapshot }

// Config is what a Verifier needs. Formats and Now are required; without Trust nobody is trusted, and the zero Policy
// accepts nothing.
type Config struct {
	Formats *formats.Set
	Trust   TrustSource
	Policy  Policy
	Rules   []Rule
	Options formats.Options  // limits and tolerances of decoding
	Now     func() time.Time // the only clock
	Version string           // of the calling program, for reports
}

// A Verifier checks documents. It holds no state beside its Config and is safe for concurrent use.
type Verifier struct{ c Config }

// New makes a Verifier, or says what the Config lacks.
func New(c Config) (*Verifier, error) {
	if c.Formats == nil {
		return nil, errors.New("verify: Config.Formats is needed")
	}
	if c.Now == nil {
		return nil, errors.New("verify: Config.Now is needed; time.Now is the usual clock")
	}
	if err := c.Policy.Check(explained(c.Rules)...); err != nil {
		return nil, err
	}
	c.Policy = c.Policy.clone()
	if c.Trust == nil {
		c.Trust = (*trustlist.Snapshot)(nil)
	}
	return &Verifier{c: c}, nil
}

// A NotVerifiedError says that Open did not accept, and carries the Report that says why.
type NotVerifiedError struct{ Report *Report }

func (e *NotVerifiedError) Error() string {
	for _, d := range e.Report.Documents {
		for _, f := range d.Findings {
			if f.Effect >= Doubt {
				return fmt.Sprintf("verify: %s: %s", e.Report.Verdict, f.Text)
			}
		}
	}
	for _, f := range e.Report.Findings {
		if f.Effect >= Doubt {
			return fmt.Sprintf("verify: %s: %s", e.Report.Verdict, f.Text)
		}
	}
	return "verify: " + e.Report.Verdict.String()
}

// Open checks one document and gives what its issuer vouched for. It succeeds on Accept only; otherwise the error is a
// *NotVerifiedError with the whole Report, or the context's error.
func (v *Verifier) Open(ctx context.Context, in formats.Input) (*Verified, error) {
	c, err := v.OpenCase(ctx, in)
	if err != nil {
		return nil, err
	}
	return c.documents[0], nil
}

// OpenCase checks the documents of one traveller together and succeeds only where the whole case is accepted.
func (v *Verifier) OpenCase(ctx context.Context, inputs ...formats.Input) (*VerifiedCase, error) {
	if len(inputs) == 0 {
		return nil, errors.New("verify: no document")
	}
	r, verified := v.run(ctx, inputs, settings{})
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if r.Verdict != Accept {
		return nil, &NotVerifiedError{Report: r}
	}
	return &VerifiedCase{documents: slices.DeleteFunc(verified, func(d *Verified) bool { return d == nil })}, nil
}

// settings are what Options set.
type settings struct {
	asOf       time.Time
	unverified bool
}

// An Option adjusts one call of Inspect.
type Option func(*settings)

// AsOf checks the documents as of another moment than now, as auditors do.
func AsOf(t time.Time) Option { return func(s *settings) { s.asOf = t } }

// ShowUnverified puts what unproved documents say into the Report, under that word.
func ShowUnverified() Option { return func(s *settings) { s.unverified = true } }

// Inspect checks the documents of one traveller and explains. It never fails: what is wrong is in the Report.
func (v *Verifier) Inspect(ctx context.Context, inputs []formats.Input, options ...Option) *Report {
	var s settings
	for _, o := range options {
		o(&s)
	}
	r, _ := v.run(ctx, inputs, s)
	return r
}

// run is the one road for Open and Inspect: the same list and the same moment for every document.
func (v *Verifier) run(ctx context.Context, inputs []formats.Input, s settings) (*Report, []*Verified) {
	if v == nil || v.c.Now == nil {
		panic("verify: this Verifier was not made by New")
	}
	checkedAt := v.c.Now().UTC()
	asOf := checkedAt
	if !s.asOf.IsZero() {
		asOf = s.asOf.UTC()
	}
	trust := v.c.Trust.Snapshot()
	r := &Report{
		AsOf: asOf, CheckedAt: checkedAt, Software: Software{Version: v.c.Version},
		Policy:    PolicyInfo{ID: v.c.Policy.ID, SHA256: v.c.Policy.SHA256},
		Documents: make([]DocumentReport, len(inputs)),
	}
	r.Trust, r.Findings = v.list(trust, checkedAt)
	verified := make([]*Verified, len(inputs))
	evidence := make([]Evidence, len(inputs))
	for i, in := range inputs {
		verified[i], evidence[i] = v.one(ctx, in, trust, r.Trust.State, asOf, s, &r.Documents[i])
	}
	v.decide(r, evidence)
	return r, verified
}

// one checks one document and fills its part of the report.
func (v *Verifier) one(ctx context.Context, in formats.Input, trust *trustlist.Snapshot, state string, asOf time.Time, s settings, d *DocumentReport) (*Verified, Evidence) {
	d.Source, d.SHA256 = in.Source, digest(in)
	if ctx.Err() != nil {
		d.Findings = []Finding{v.noted(RunCancelled, "", "")}
		return nil, Evidence{}
	}
	doc, err := v.c.Formats.Decode(in, v.c.Options)
	if err != nil {
		d.Status = Unreadable
		d.Findings = []Finding{v.unreadable(err, d)}
		return nil, Evidence{Format: d.Format, Status: Unreadable}
	}
	profile, _ := v.c.Formats.Lookup(doc.Format)
	d.Format, d.Title = doc.Format, profile.Title
	j := judgement{v: v, doc: doc, trust: trust, state: state, asOf: asOf, findings: make([]Finding, 0, 4)} // most documents have some
	j.judge()
	d.Status, d.Findings, d.Seals, d.Validity = j.status, j.findings, j.sealReports(), doc.Validity

	e := Evidence{Format: doc.Format, Status: j.status, Validity: doc.Validity, Unsealed: v.c.Formats.Unsealed(doc.Format), Unverified: j.claims}
	if len(j.sealed) != len(doc.Parts) {
		e.Unverified = joinClaims(doc.Parts)
	}
	d.companion = e.Unsealed && j.status == Unsealed
	if j.status != Authentic {
		if s.unverified {
			d.Unverified = &e.Unverified
		}
		return nil, e
	}
	e.Verified = &Verified{format: doc.Format, claims: j.claims, anchor: j.outcomes[j.main].anchor, parts: partNames(j.sealed)}
	d.Verified = &e.Verified.claims
	return e.Verified, e
}

func partNames(parts []formats.Part) []string {
	names := make([]string, len(parts))
	for i := range parts {
		names[i] = parts[i].Name
	}
	return names
}

// unreadable turns a decoding error into a finding. The error names steps, places and limits, never content.
func (v *Verifier) unreadable(err error, d *DocumentReport) Finding {
	code, detail := Code(formats.CodeUnknownFormat), err.Error()
	var fe *formats.Error
	if errors.As(err, &fe) {
		code, d.Format = Code(fe.Code), fe.Format
		if p, ok := v.c.Formats.Lookup(fe.Format); ok {
			d.Title = p.Title
		}
		plain := *fe
		plain.Format = ""
		detail = plain.Error()
	}
	if e := table[code]; strings.EqualFold(detail+".", e.text) { // nothing that the sentence does not say
		detail = ""
	}
	return v.noted(code, "", detail)
}

// noted is a finding under the policy, outside a judgement; it never disqualifies.
func (v *Verifier) noted(code Code, where, detail string) Finding {
	f := finding(code, where, detail)
	v.c.Policy.apply(&f)
	f.Effect = min(f.Effect, Doubt)
	return f
}

// digest is the SHA-256 of a lone file's bytes, or of the names, lengths and bytes of several.
func digest(in formats.Input) [sha256.Size]byte {
	if b, ok := in.Lone(); ok {
		return sha256.Sum256(b)
	}
	h := sha256.New()
	for _, f := range in.Files {
		fmt.Fprintf(h, "%s\x00%d\x00", f.Name, len(f.Data))
		h.Write(f.Data)
	}
	return [sha256.Size]byte(h.Sum(nil))
}
