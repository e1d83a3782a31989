package verify

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	"github.com/travelseal/travelseal/formats"
)

// The JSON form of a Report is described by doc/report.schema.json. Its members stand in a fixed order; what is empty is
// left out, except what others rely on.
type (
	jsonReport struct {
		Schema    string         `json:"schema"`
		Verdict   Verdict        `json:"verdict"`
		AsOf      string         `json:"as_of"`
		CheckedAt string         `json:"checked_at"`
		Software  jsonSoftware   `json:"software"`
		Trust     jsonTrust      `json:"trust"`
		Policy    jsonPolicy     `json:"policy"`
		Findings  []jsonFinding  `json:"findings"`
		Documents []jsonDocument `json:"documents"`
	}
	jsonSoftware struct {
		Version string `json:"version"`
	}
	jsonTrust struct {
		List    string `json:"list,omitempty"`
		Version int64  `json:"version,omitempty"`
		Created string `json:"created,omitempty"`
		Age     string `json:"age,omitempty"`
		Expires string `json:"expires,omitempty"`
		State   string `json:"state"`
		Keys    int    `json:"keys"`
		SHA256  string `json:"sha256,omitempty"`
	}
	jsonPolicy struct {
		ID     string `json:"id"`
		SHA256 string `json:"sha256,omitempty"`
	}
	jsonFinding struct {
		Code   Code   `json:"code"`
		Effect Effect `json:"effect"`
		Where  string `json:"where,omitempty"`
		Text   string `json:"text"`
		Detail string `json:"detail,omitempty"`
		Cite   string `json:"cite,omitempty"`
		Next   string `json:"next,omitempty"`
	}
	jsonDocument struct {
		Format     formats.ID    `json:"format,omitempty"`
		Title      string        `json:"title,omitempty"`
		Source     string        `json:"source,omitempty"`
		SHA256     string        `json:"sha256"`
		Status     Status        `json:"status"`
		Verdict    Verdict       `json:"verdict"`
		Findings   []jsonFinding `json:"findings"`
		Seals      []jsonSeal    `json:"seals,omitempty"`
		Validity   *jsonValidity `json:"validity,omitempty"`
		Verified   *jsonClaims   `json:"verified,omitempty"`
		Unverified *jsonClaims   `json:"unverified,omitempty"`
	}
	jsonSeal struct {
		Role      string      `json:"role"`
		Envelope  string      `json:"envelope"`
		Algorithm string      `json:"algorithm,omitempty"`
		Status    SealState   `json:"status"`
		KeyID     string      `json:"key_id,omitempty"`
		Anchor    *jsonAnchor `json:"anchor,omitempty"`
	}
	jsonAnchor struct {
		Issuer  string `json:"issuer,omitempty"`
		Country string `json:"country,omitempty"`
		KeyID   string `json:"key_id,omitempty"`
		Source  string `json:"source,omitempty"`
		Lists   int    `json:"lists,omitempty"` // where there are several
	}
	jsonValidity struct {
		IssuedAt  string `json:"issued_at,omitempty"`
		NotBefore string `json:"not_before,omitempty"`
		NotAfter  string `json:"not_after,omitempty"`
	}
)

// MarshalJSON writes the report by doc/report.schema.json.
func (r Report) MarshalJSON() ([]byte, error) {
	j := jsonReport{
		Schema: ReportSchema, Verdict: r.Verdict, AsOf: stamp(r.AsOf), CheckedAt: stamp(r.CheckedAt),
		Software: jsonSoftware(r.Software),
		Trust: jsonTrust{
			List: r.Trust.List, Version: r.Trust.Version, Created: stamp(r.Trust.Created), Age: age(r.Trust.Age, r.Trust.Created),
			Expires: stamp(r.Trust.Expires),
			State:   r.Trust.State, Keys: r.Trust.Keys, SHA256: sum(r.Trust.SHA256),
		},
		Policy:    jsonPolicy{ID: r.Policy.ID, SHA256: sum(r.Policy.SHA256)},
		Findings:  jsonFindings(r.Findings),
		Documents: make([]jsonDocument, len(r.Documents)),
	}
	for i := range r.Documents {
		j.Documents[i] = r.Documents[i].json()
	}
	return json.Marshal(j)
}

func (d *DocumentReport) json() jsonDocument {
	j := jsonDocument{
		Format: d.Format, Title: d.Title, Source: d.Source, SHA256: hex.EncodeToString(d.SHA256[:]),
		Status: d.Status, Verdict: d.Verdict, Findings: jsonFindings(d.Findings),
		Verified: claimsJSON(d.Verified), Unverified: claimsJSON(d.Unverified),
	}
	for i := range d.Seals {
		j.Seals = append(j.Seals, d.Seals[i].json())
	}
	// Dates are claims like others: they are shown where the claims are.
	if d.Verified != nil || d.Unverified != nil {
		v := jsonValidity{IssuedAt: stamp(d.Validity.IssuedAt), NotBefore: stamp(d.Validity.NotBefore), NotAfter: stamp(d.Validity.NotAfter)}
		if v != (jsonValidity{}) {
			j.Validity = &v
		}
	}
	return j
}

func (s *SealReport) json() jsonSeal {
	j := jsonSeal{
		Role: s.Role.String(), Envelope: s.Envelope, Algorithm: s.Algorithm, Status: s.State,
		KeyID: base64.StdEncoding.EncodeToString(s.KeyID),
	}
	if a := s.Anchor; a != nil {
		j.Anchor = &jsonAnchor{Issuer: a.Issuer, Country: a.Country, KeyID: base64.StdEncoding.EncodeToString(a.KeyID), Source: a.Source.Name}
		if a.Lists > 1 {
			j.Anchor.Lists = a.Lists
		}
	}
	return j
}

func jsonFindings(list []Finding) []jsonFinding {
	out := make([]jsonFinding, len(list))
	for i, f := range list {
		out[i] = jsonFinding(f)
	}
	return out
}

// stamp writes a time as RFC 3339 in UTC; "" for the zero time.
func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339Nano)
}

// age writes how old a list is in days and hours: "3d4h".
func age(d time.Duration, created time.Time) string {
	if created.IsZero() {
		return ""
	}
	hours := int(d / time.Hour)
	return fmt.Sprintf("%dd%dh", hours/24, hours%24)
}

func sum(b [sha256.Size]byte) string {
	if b == [sha256.Size]byte{} {
		return ""
	}
	return hex.EncodeToString(b[:])
}
