package chip

import (
	"time"

	"github.com/travelseal/travelseal/internal/mint/der"
	"github.com/travelseal/travelseal/internal/mint/pki"
)

// A MasterList says what stands in a list of CSCAs (Doc 9303-12 §9). List makes a sound one.
type MasterList struct {
	Version      int
	Certificates [][]byte
	Signer       *pki.Credential
	// Signed is the attribute signingTime, by which a list is known to be older than another; the zero time leaves it out.
	Signed time.Time
	// Beside are the certificates beside the signature, default: the signer's and its CSCA's.
	Beside [][]byte
	// Message works on the message before it is signed, Elements on the content's.
	Message  func(pki.Message) pki.Message
	Elements func([]der.Value) []der.Value
}

// List is a master list of authorities by a signer under a CSCA, dated pki.ListedAt.
func List(signer, csca *pki.Credential, authorities ...*pki.Credential) MasterList {
	l := MasterList{Signer: signer, Signed: pki.ListedAt, Beside: [][]byte{signer.Cert, csca.Cert}}
	for _, a := range authorities {
		l.Certificates = append(l.Certificates, a.Cert)
	}
	return l
}

// Utopian is the current list of Utopia's own authorities.
func Utopian() MasterList {
	ut := Utopia()
	return List(ut.ListSigner, ut.CSCA, ut.CSCAs()...)
}

// And gives the list with further authorities.
func (l MasterList) And(authorities ...*pki.Credential) MasterList {
	l.Certificates = append([][]byte(nil), l.Certificates...)
	for _, a := range authorities {
		l.Certificates = append(l.Certificates, a.Cert)
	}
	return l
}

// Dated gives the list another signingTime.
func (l MasterList) Dated(t time.Time) MasterList {
	l.Signed = t
	return l
}

// Content is the CscaMasterList: version and certificates, without a signature.
func (l MasterList) Content() []byte {
	var certificates []der.Value
	for _, c := range l.Certificates {
		certificates = append(certificates, der.Raw(c))
	}
	elements := []der.Value{der.Int(int64(l.Version)), der.Set(certificates...)}
	if l.Elements != nil {
		elements = l.Elements(elements)
	}
	return der.Seq(elements...).Encode()
}

// Encode signs and writes the list.
func (l MasterList) Encode() []byte {
	m := pki.Seal(pki.OIDMasterList, l.Content(), l.Signer).Signer(func(s *pki.SignerInfo) { s.Time = l.Signed })
	m.Certificates = l.Beside
	if l.Message != nil {
		m = l.Message(m)
	}
	return m.Encode()
}

// Master lists that must not be taken as they stand.

// ListByDSC is signed by a document signer, whose certificate permits no lists.
func ListByDSC() MasterList {
	ut := Utopia()
	return List(ut.DSC, ut.CSCA, ut.CSCAs()...)
}

// ListByStranger is signed under an authority that stands nowhere but in the list and beside its signature.
func ListByStranger() MasterList {
	rogue := Rogue()
	return List(rogue.Issue("ML XX 1", pki.MasterListSigner()), rogue, append(Utopia().CSCAs(), rogue)...)
}

// ListByTwin is signed under an authority with the names, the serial number and the key identifier of the genuine one.
func ListByTwin() MasterList {
	twin := Utopia().CSCA.Twin("list forger")
	return List(twin.Issue("ML UT 1", Utopia().ListSigner.Copied()), twin, append(Utopia().CSCAs(), twin)...)
}

// ListByCSCA is signed by the authority itself.
func ListByCSCA() MasterList {
	ut := Utopia()
	return List(ut.CSCA, ut.CSCA, ut.CSCAs()...)
}

// OldList is genuine, and a year older than Utopian; it lacks the authority that came later.
func OldList() MasterList {
	ut := Utopia()
	return List(ut.ListSigner, ut.CSCA, ut.CSCA, ut.RSA).Dated(pki.ListedAt.AddDate(-1, 0, 0))
}

// Rogue is an authority of Utopia's name and country that Utopia does not know.
func Rogue() *pki.Credential {
	return pki.NewCSCA("rogue", pki.CSCA().Named(pki.Utopian("CSCA UT 9")))
}
