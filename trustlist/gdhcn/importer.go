package gdhcn

import (
	"errors"
	"fmt"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/cert"
	"github.com/travelseal/travelseal/trustlist"
)

// Importers are the forms of trust material that this package adds to a [trustlist.Loader].
var Importers = []trustlist.Importer{{Name: "WHO trust list (GDHCN)", Detect: isList, Beside: isAuthority, ImportBeside: importList}}

func isList(data []byte) bool { return trustlist.HasMembers(data, "verificationMethod", "proof") }

func isAuthority(data []byte) bool {
	return trustlist.HasMembers(data, "trustAnchorSignature", "certificateRawData")
}

// domains are the formats of the documents of each domain. Members sign those of the EU and of the WHO with one key (WHO
// SMART Trust, key usages of DSC).
var domains = map[string][]formats.ID{
	"DCC":  {"eu-dcc", "who-ddcc", "who-dvc"},
	"DDCC": {"who-ddcc", "who-dvc"},
}

// importList takes the entries of a list that lead to a root of the relying party, or all where one of its keys has made the
// proof.
func importList(src trustlist.Source, data []byte, roots []trustlist.Anchor, beside []trustlist.File) (trustlist.Material, error) {
	trust := Trust{Authorities: beside}
	for _, a := range roots {
		c, err := cert.Parse(a.Certificate)
		switch {
		case a.Role == trustlist.CA && err == nil:
			trust.Roots = append(trust.Roots, c)
		case a.Role != trustlist.CA: // a key that was named for lists, of which this may be one
			trust.Signers = append(trust.Signers, a)
		}
	}
	l, err := ReadList(src.Name, data, trust)
	switch {
	case errors.Is(err, ErrUnpinned):
		return trustlist.Material{}, fmt.Errorf("%w: name the certificates of WHO's trust anchor as well (TNG_TA.chain.pem)", ErrUnpinned)
	case err != nil:
		return trustlist.Material{}, errors.Unwrap(err)
	}
	m := l.Material()
	for _, a := range m.Anchors {
		if a.Source.Authentication != trustlist.Transport {
			return m, nil
		}
	}
	why := "the files TNG_TA.signed.SCA.json are needed beside"
	if l.Proof.Problem != nil {
		why = fmt.Sprintf("%v, and %s", l.Proof.Problem, why)
	}
	if len(l.Refused) > 0 {
		why = l.Refused[0].Source + ": " + l.Refused[0].Reason
	}
	return trustlist.Material{}, fmt.Errorf("%w: none leads to a pinned root: %s", ErrEmpty, why)
}

// Material makes anchors of the entries that are not left out. Those that nothing vouches for say so by their source's
// authentication, and are the caller's to leave out.
func (l *List) Material() trustlist.Material {
	m := trustlist.Material{Dropped: append([]trustlist.Dropped(nil), l.Refused...), Created: l.Source.Date}
	if l.Proof.Signer != nil {
		m.ListSigner = l.Proof.Signer.Certificate
	}
	for _, e := range l.Entries {
		a, err := e.anchor(l.Source)
		if err != nil {
			m.Dropped = append(m.Dropped, trustlist.Dropped{Source: l.Source.Name, Item: e.String(), Reason: err.Error()})
			continue
		}
		m.Anchors = append(m.Anchors, a)
	}
	return m
}

func (e Entry) anchor(src trustlist.Source) (trustlist.Anchor, error) {
	if e.Dropped != "" {
		return trustlist.Anchor{}, errors.New(e.Dropped)
	}
	src.Authentication = e.Authentication
	a, err := trustlist.FromCertificate(e.Certificate, src)
	if err != nil {
		return trustlist.Anchor{}, err
	}
	a.KeyID = e.KeyID
	var scope []formats.ID
	for _, id := range domains[e.Domain] {
		if a.Permits(id) {
			scope = append(scope, id)
		}
	}
	a.Scope = scope
	return a, nil
}
