package hcert

import (
	"errors"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/strict/cbor"
)

// dcc is the certificate inside the hcert claim: the members of the DCC schema, each still as it stands, because a
// member of the wrong type is a breach of the schema and not an unreadable document.
type dcc struct {
	ver           string
	version       version
	nam, dob      cbor.Value
	groups        [3]cbor.Value // in the order of groups
	fn, gn        string
	fnt, gnt      string
	birth         formats.Date
	events        []formats.Event
	purpose       formats.Uses
	schemaVersion cbor.Value
}

// readDCC finds the certificate, checks it against its schema and writes the Document.
func (r *reading) readDCC() error {
	body, err := r.profile()
	if err != nil {
		return err
	}
	d := &r.dcc
	for k, v := range body.Entries() {
		name, ok := k.TextBytes()
		if !ok {
			continue
		}
		switch string(name) {
		case "ver":
			d.schemaVersion = v
		case "nam":
			d.nam = v
		case "dob":
			d.dob = v
		default:
			for i := range groups {
				if string(name) == groups[i].name {
					d.groups[i] = v
				}
			}
		}
	}
	r.checkSchema()
	r.doc = r.document()
	return nil
}

// profile gives the one certificate of the hcert claim. An empty claim, an unknown member or several are refused: which
// rules apply would be a guess.
func (r *reading) profile() (cbor.Value, error) {
	const step = "claim -260 (hcert)"
	h := r.claims.hcert
	if h.Kind() != cbor.Map {
		return h, fail(formats.CodePayload, step, -1, errors.New("missing or not a map"))
	}
	var found cbor.Value
	for k, v := range h.Entries() {
		n, ok := k.Int()
		if !ok || n != hcertEUDCC || found.Kind() != cbor.Missing {
			return h, fail(formats.CodePayload, step, -1, errors.New("it holds a certificate of a kind that is not known here"))
		}
		found = v
	}
	if found.Kind() != cbor.Map {
		return h, fail(formats.CodePayload, step, -1, errors.New("it holds no certificate, or one that is not a map"))
	}
	return found, nil
}

// document writes what was read in the words that all formats share.
func (r *reading) document() *formats.Document {
	d, c := &r.dcc, &r.claims
	seal := r.message.Seal
	seal.Signer.Issuer = c.iss
	seal.Signer.Country = c.iss
	doc := &formats.Document{
		Format: EUDCC,
		Parts: []formats.Part{{Name: "payload", Unverified: formats.Claims{
			Subjects: []formats.Subject{{Names: d.names(), Birth: d.birth}},
			Events:   d.events,
		}}},
		Seals:    []formats.Seal{seal},
		Checks:   append(r.message.Checks, c.checks...),
		Purpose:  d.purpose,
		Validity: formats.Validity{IssuedAt: c.iat, NotBefore: c.nbf, NotAfter: c.exp, MustExpire: true},
		Handles:  r.handles(),
	}
	if d.ver != "" {
		doc.Parts[0].Unverified.Extra = []formats.Field{{Name: "schema_version", Value: d.ver}}
	}
	return doc
}

// names gives the name as the issuer wrote it, and its transliteration by ICAO Doc 9303-3. Where only the
// transliteration is there, it comes first.
func (d *dcc) names() []formats.Name {
	names := make([]formats.Name, 0, 2)
	if d.fn != "" || d.gn != "" {
		names = append(names, formats.Name{Family: d.fn, Given: d.gn, Source: "nam.fn, nam.gn"})
	}
	if d.fnt != "" || d.gnt != "" {
		names = append(names, formats.Name{Family: d.fnt, Given: d.gnt, Script: "icao", Source: "nam.fnt, nam.gnt"})
	}
	return names
}

// The kinds of value by which EU issuers revoke certificates (Commission Implementing Decision (EU) 2021/1073, annex IV):
// the certificate identifier, the issuing country and the identifier, and the signature.
const (
	HandleUCI        = "dcc.uci"
	HandleCountryUCI = "dcc.countrycode_uci"
	HandleSignature  = "dcc.signature"
)

// handles gives the values by which this certificate can be revoked. Of an ECDSA signature it is r alone, because
// anyone can turn (r, s) into (r, n−s), which verifies as well.
func (r *reading) handles() []formats.Handle {
	handles := make([]formats.Handle, 0, 3)
	for _, e := range r.dcc.events {
		if e.ID == "" {
			continue
		}
		uci := []byte(r.claims.iss + e.ID)
		handles = append(handles,
			formats.Handle{Kind: HandleUCI, Data: uci[len(r.claims.iss):]},
			formats.Handle{Kind: HandleCountryUCI, Data: uci})
	}
	s := r.message.Seal.Signature
	if r.message.Seal.Algorithm.Scheme == formats.ECDSA {
		s = s[:len(s)/2]
	}
	return append(handles, formats.Handle{Kind: HandleSignature, Data: s})
}
