package trustlist

import (
	"bytes"
	"crypto/x509"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/strict/base64"
	"github.com/travelseal/travelseal/internal/strict/json"
)

// Schema names the JSON form of a trust list that Load reads.
const Schema = "travelseal.trust/1"

// listLimits bound a JSON trust list: a hundred thousand anchors with every member.
var listLimits = json.Limits{Depth: 8, Items: 2_000_000}

type jsonList struct {
	Schema      string           `json:"schema"`
	Name        string           `json:"name"`
	Version     int64            `json:"version"`
	Created     string           `json:"created"`
	Anchors     []jsonAnchor     `json:"anchors"`
	Revocations *jsonRevocations `json:"revocations"`
}

type jsonAnchor struct {
	Role        string     `json:"role"`
	Issuer      string     `json:"issuer"`
	Country     string     `json:"country"`
	KeyID       string     `json:"key_id"`
	Certificate string     `json:"certificate"`
	SPKI        string     `json:"spki"`
	JWK         *JWK       `json:"jwk"`
	Scope       []string   `json:"scope"`
	Uses        []string   `json:"uses"`
	NotBefore   string     `json:"not_before"`
	NotAfter    string     `json:"not_after"`
	RevokedAt   string     `json:"revoked_at"`
	Source      jsonSource `json:"source"`
}

type jsonSource struct {
	Name string `json:"name"`
	Date string `json:"date"`
}

type jsonRevocations struct {
	Created    string           `json:"created"`
	NextUpdate string           `json:"next_update"`
	Entries    []jsonRevocation `json:"entries"`
}

type jsonRevocation struct {
	Kind         string `json:"kind"`
	Hash         string `json:"hash"`
	IssuedBefore string `json:"issued_before"`
}

// addJSON takes in a list of the form travelseal.trust/1. Unknown members are refused: a misspelled "scope" must not
// become a wider one.
func (b *builder) addJSON(data []byte, src Source) error {
	var l jsonList
	if err := json.UnmarshalClosed(data, &l, listLimits); err != nil {
		return err
	}
	if l.Schema != Schema {
		return fmt.Errorf("schema %q is not %q", l.Schema, Schema)
	}
	created, err := parseTime("created", l.Created)
	if err != nil {
		return err
	}
	if created.IsZero() {
		b.undated = true
	} else {
		b.dated(created)
	}
	if l.Name != "" {
		src.Name = l.Name
		b.names[len(b.names)-1] = l.Name
	}
	src.Date = created
	b.version = max(b.version, l.Version)
	for i, ja := range l.Anchors {
		a, err := ja.anchor(src)
		if err != nil {
			b.dropped = append(b.dropped, Dropped{Source: src.Name, Item: fmt.Sprintf("anchors[%d]", i), Reason: err.Error()})
			continue
		}
		b.anchors = append(b.anchors, a)
	}
	return b.addRevocations(l.Revocations)
}

// errDraft refuses the folder of a draft: what it says of revoked documents lies in folders below, which nobody reads there.
var errDraft = errors.New("this is the record of an import; a draft is no list: publish it in a bundle, or name its keys.jsonl, overlay.json and rev/*.srt each")

// DraftSchema names the record of an import (package trustlist/provenance), which is no list.
const DraftSchema = "travelseal.provenance/1"

// schemaOf gives the schema that a JSON object names, "" where it names none in a text, and reports whether it has the member.
// Lists of publishers have none.
func schemaOf(text []byte) (schema string, has bool) {
	if !bytes.HasPrefix(text, []byte("{")) || !bytes.Contains(text, []byte(`"schema"`)) { // so that few texts are read as a whole
		return "", false
	}
	v, err := json.Parse(text, objectLimits)
	if err != nil {
		return "", false
	}
	for name, member := range v.Members() {
		if name == "schema" {
			schema, _ = member.Text()
			return schema, true
		}
	}
	return "", false
}

// anchor reads one entry. It starts from what the key's own certificate allows; the entry may narrow that.
func (j jsonAnchor) anchor(src Source) (Anchor, error) {
	a, err := j.key(src)
	if err != nil {
		return Anchor{}, err
	}
	a.Issuer = j.Issuer
	if j.Country != "" {
		a.Country = strings.ToUpper(j.Country)
	}
	if j.KeyID != "" {
		if a.KeyID, err = base64.Decode(base64.StdPadded, []byte(j.KeyID)); err != nil {
			return Anchor{}, fmt.Errorf("key_id: %w", err)
		}
	}
	switch j.Role {
	case "", a.Role.String():
	case "signer", "ca", "list-signer":
		// RFC 5280 §4.2.1.9: the certificate itself says whether it is a CA's.
		if a.Certificate != nil && a.Role == CA {
			return Anchor{}, errors.New("role: its certificate is a CA's")
		}
		if a.Certificate != nil && j.Role == "ca" {
			return Anchor{}, errors.New("role: its certificate is not a CA's")
		}
		a.Role = map[string]Role{"signer": Signer, "ca": CA, "list-signer": ListSigner}[j.Role]
	default:
		return Anchor{}, fmt.Errorf("role: %q is not signer, ca or list-signer", j.Role)
	}
	if j.Scope != nil {
		if a.Scope, err = narrowScope(a.Scope, j.Scope); err != nil {
			return Anchor{}, err
		}
	}
	if j.Uses != nil {
		var uses formats.Uses
		for _, name := range j.Uses {
			u, ok := formats.ParseUse(name)
			if !ok {
				return Anchor{}, fmt.Errorf("uses: %q is not known", name)
			}
			uses |= u
		}
		a.Uses &= uses
	}
	if err := j.dates(&a); err != nil {
		return Anchor{}, err
	}
	date, err := parseTime("source.date", j.Source.Date)
	switch {
	case err != nil:
		return Anchor{}, err
	case j.Source.Name != "":
		a.Source.Name, a.Source.Date = j.Source.Name, date
	case !date.IsZero():
		return Anchor{}, errors.New("source: a date without a name")
	}
	return a, nil
}

// narrowScope gives the listed formats, of those that the certificate allows.
func narrowScope(allowed []formats.ID, listed []string) ([]formats.ID, error) {
	probe := Anchor{Scope: allowed}
	scope := []formats.ID{}
	for _, s := range listed {
		id := formats.ID(s)
		if id == AnyFormat {
			return allowed, nil
		}
		if !probe.Permits(id) {
			return nil, fmt.Errorf("scope: the key's certificate does not allow %q", s)
		}
		scope = append(scope, id)
	}
	return scope, nil
}

func (j jsonAnchor) dates(a *Anchor) error {
	own := *a
	for _, d := range []struct {
		name, text string
		to         *time.Time
	}{{"not_before", j.NotBefore, &a.NotBefore}, {"not_after", j.NotAfter, &a.NotAfter}, {"revoked_at", j.RevokedAt, &a.RevokedAt}} {
		t, err := parseTime(d.name, d.text)
		if err != nil {
			return err
		}
		if !t.IsZero() {
			*d.to = t
		}
	}
	// A list narrows what the key's own certificate allows; it never widens it.
	if own.NotBefore.After(a.NotBefore) {
		a.NotBefore = own.NotBefore
	}
	if !own.NotAfter.IsZero() && (a.NotAfter.IsZero() || own.NotAfter.Before(a.NotAfter)) {
		a.NotAfter = own.NotAfter
	}
	return nil
}

// key reads the one key of an entry.
func (j jsonAnchor) key(src Source) (Anchor, error) {
	given := 0
	for _, has := range []bool{j.Certificate != "", j.SPKI != "", j.JWK != nil} {
		if has {
			given++
		}
	}
	if given != 1 {
		return Anchor{}, fmt.Errorf("one of certificate, spki and jwk is needed, %d are given", given)
	}
	if j.Certificate != "" {
		der, err := base64.Decode(base64.StdPadded, []byte(j.Certificate))
		if err != nil {
			return Anchor{}, fmt.Errorf("certificate: %w", err)
		}
		return fromCertificate(der, src)
	}
	a := Anchor{Role: Signer, Uses: formats.AllUses, Scope: []formats.ID{AnyFormat}, Source: src}
	if j.JWK != nil {
		key, err := j.JWK.PublicKey()
		if err != nil {
			return Anchor{}, fmt.Errorf("jwk: %w", err)
		}
		a.Key = key
		return a, nil
	}
	der, err := base64.Decode(base64.StdPadded, []byte(j.SPKI))
	if err != nil {
		return Anchor{}, fmt.Errorf("spki: %w", err)
	}
	if a.Key, err = x509.ParsePKIXPublicKey(der); err != nil {
		return Anchor{}, fmt.Errorf("spki: %w", err)
	}
	return a, nil
}

func (b *builder) addRevocations(j *jsonRevocations) error {
	if j == nil {
		return nil
	}
	created, err := parseTime("revocations.created", j.Created)
	if err != nil {
		return err
	}
	next, err := parseTime("revocations.next_update", j.NextUpdate)
	if err != nil {
		return err
	}
	list := &Revocations{Created: created, NextUpdate: next}
	for i, e := range j.Entries {
		h, err := base64.Decode(base64.StdPadded, []byte(e.Hash))
		if err != nil || len(h) != HashSize || e.Kind == "" {
			// A list that is broken in one entry may be broken in others: fail closed.
			return fmt.Errorf("revocations.entries[%d]: a kind and the base64 of %d bytes are needed", i, HashSize)
		}
		before, err := parseTime("issued_before", e.IssuedBefore)
		if err != nil {
			return fmt.Errorf("revocations.entries[%d]: %w", i, err)
		}
		list.Add(e.Kind, [HashSize]byte(h), before)
	}
	b.revoke(list)
	return nil
}

func parseTime(name, text string) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return time.Time{}, fmt.Errorf("%s: not an RFC 3339 time", name)
	}
	return t, nil
}
