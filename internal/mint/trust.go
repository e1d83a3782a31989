package mint

import (
	"bytes"
	"crypto/x509"
	"encoding/json"
	"time"
)

// A TrustFile is one file of testdata/trust: the certificate of one signer that relying parties trust.
type TrustFile struct {
	Name string // "ut-vaccination.pem"
	PEM  []byte
}

// Trust gives the files of testdata/trust: the document signers of Utopia.
func Trust() []TrustFile {
	var files []TrustFile
	for _, s := range Utopia().Signers() {
		files = append(files, TrustFile{Name: s.Name + ".pem", PEM: s.PEM()})
	}
	return files
}

// An Anchor is one entry of a trust list in the project's own form. Empty and zero fields are left out.
type Anchor struct {
	Signer                         Signer // its certificate and its KID, which may be another's
	KeyOnly                        bool   // give the bare public key in place of the certificate
	Issuer                         string
	Country                        string
	Scope                          []string
	Uses                           []string
	NotBefore, NotAfter, RevokedAt time.Time

	SourceName string
	SourceDate time.Time
}

// Anchors makes an entry a signer that says no more than its certificate.
func Anchors(signers ...Signer) []Anchor {
	var list []Anchor
	for _, s := range signers {
		list = append(list, Anchor{Signer: s})
	}
	return list
}

type trustList struct {
	Schema  string        `json:"schema"`
	Created string        `json:"created,omitempty"`
	Anchors []trustAnchor `json:"anchors"`
}

type trustAnchor struct {
	Issuer      string       `json:"issuer,omitempty"`
	Country     string       `json:"country,omitempty"`
	KeyID       []byte       `json:"key_id,omitempty"`
	Certificate []byte       `json:"certificate,omitempty"`
	SPKI        []byte       `json:"spki,omitempty"`
	Scope       []string     `json:"scope,omitempty"`
	Uses        []string     `json:"uses,omitempty"`
	NotBefore   string       `json:"not_before,omitempty"`
	NotAfter    string       `json:"not_after,omitempty"`
	RevokedAt   string       `json:"revoked_at,omitempty"`
	Source      *trustSource `json:"source,omitempty"`
}

type trustSource struct {
	Name string `json:"name"`
	Date string `json:"date,omitempty"`
}

// TrustJSON writes a trust list of the form travelseal.trust/1, created at a moment (the zero time leaves it out).
func TrustJSON(created time.Time, anchors ...Anchor) []byte {
	list := trustList{Schema: "travelseal.trust/1", Created: stamp(created), Anchors: []trustAnchor{}}
	for _, a := range anchors {
		list.Anchors = append(list.Anchors, a.entry())
	}
	return indented(list)
}

func (a Anchor) entry() trustAnchor {
	entry := trustAnchor{
		Issuer: a.Issuer, Country: a.Country, KeyID: a.Signer.KID, Scope: a.Scope, Uses: a.Uses,
		NotBefore: stamp(a.NotBefore), NotAfter: stamp(a.NotAfter), RevokedAt: stamp(a.RevokedAt),
	}
	if a.KeyOnly {
		spki, err := x509.MarshalPKIXPublicKey(a.Signer.Key.Public())
		must(err)
		entry.SPKI = spki
	} else {
		entry.Certificate = a.Signer.Cert
	}
	if a.SourceName != "" {
		entry.Source = &trustSource{Name: a.SourceName, Date: stamp(a.SourceDate)}
	}
	return entry
}

func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

func indented(v any) []byte {
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	must(enc.Encode(v))
	return out.Bytes()
}
