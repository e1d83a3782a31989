package verify

import (
	"crypto/sha256"
	"encoding/json"
	"io"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/display"
	"github.com/travelseal/travelseal/trustlist"
)

// ReportSchema names the JSON form of a Report. Fields may be added under it; a changed meaning makes a new number.
const ReportSchema = "travelseal.report/1"

// A Report explains one case: what was checked against what, as of when, and what to do. It vouches for nothing: a
// Report that was read back from JSON is a piece of text.
type Report struct {
	Verdict         Verdict
	AsOf, CheckedAt time.Time
	Software        Software
	Trust           TrustInfo
	Policy          PolicyInfo
	Findings        []Finding // about the case and the list; offers of help first
	Documents       []DocumentReport
}

// Encode writes the report as indented JSON with a final newline; characters that hide others are escaped. The command and the HTTP service both write reports by
// it, so that they print the same bytes.
func (r *Report) Encode(w io.Writer) error {
	b, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return err
	}
	_, err = w.Write(append(display.EscapeJSON(b), '\n'))
	return err
}

// Software names the program that made a Report.
type Software struct{ Version string }

// TrustInfo names the trust list that a Report rests on.
type TrustInfo struct {
	List    string
	Version int64
	Created time.Time     // zero where the list carries no date
	Age     time.Duration // at CheckedAt; 0 where there is no date
	Expires time.Time     // zero where nothing says when it does
	State   string        // fresh, stale, expired, undated, empty or clock
	SHA256  [sha256.Size]byte
	Keys    int
}

// PolicyInfo names the policy that a Report rests on.
type PolicyInfo struct {
	ID     string
	SHA256 [sha256.Size]byte
}

// A DocumentReport is the part of a Report about one document.
type DocumentReport struct {
	Format   formats.ID // "" where it could not be recognised
	Title    string
	Source   string
	SHA256   [sha256.Size]byte // of the bytes that were read
	Status   Status
	Verdict  Verdict
	Findings []Finding
	Seals    []SealReport
	Validity formats.Validity
	// Verified is what the issuer vouched for; nil unless the status is Authentic.
	Verified *formats.Claims
	// Unverified is what the document says without proof; nil unless asked for with ShowUnverified.
	Unverified *formats.Claims

	companion bool // of a kind that never carries a seal
}

// A SealReport says what came of one signature.
type SealReport struct {
	Role      formats.Role
	Envelope  string
	Algorithm string
	State     SealState
	KeyID     []byte // as the document names it
	// Anchor is the trusted key that was tried and decided, or nil.
	Anchor *trustlist.Anchor
}

// sealReports gives the seals of a document in its order.
func (j *judgement) sealReports() []SealReport {
	list := make([]SealReport, len(j.doc.Seals))
	for i := range j.doc.Seals {
		s, o := &j.doc.Seals[i], &j.outcomes[i]
		list[i] = SealReport{Role: s.Role, Envelope: s.Envelope, Algorithm: s.Algorithm.Name(), State: o.state, KeyID: s.Signer.KeyID, Anchor: o.anchor}
	}
	return list
}
