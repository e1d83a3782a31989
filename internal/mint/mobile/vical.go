package mobile

import (
	"time"

	"github.com/travelseal/travelseal/internal/cert"
	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/internal/mint/pki"
)

// A VICAL is a list of authorities (ISO/IEC 18013-5 §C.1.7), signed by its provider. It is a value: changing a copy leaves the
// original as it was.
type VICAL struct {
	Signer   *pki.Credential
	Chain    [][]byte // beside the signature; nil is the signer's certificate
	Date     time.Time
	Next     time.Time // zero: the list does not say
	IssueID  int64     // 0: the list has none
	Infos    []Info
	Tagged   bool // with the tag of COSE_Sign1
	Elements VICALHooks
}

// VICALHooks change what a layer of a VICAL has become, in the order in which Encode calls them; a nil hook changes nothing.
type VICALHooks struct {
	Content func(mint.Map) mint.Item   // before signing
	Header  func(mint.Map) mint.Item   // the protected header
	Beside  func(mint.Map) mint.Item   // the unprotected header
	Altered func([]byte) []byte        // the content, after signing
	Sign1   func(mint.Array) mint.Item // the message
}

// An Info is one authority of a list.
type Info struct {
	Cert     []byte // DER
	DocTypes []string
	Change   func(mint.Map) mint.Item // works on the entry
}

// ListedAt is the date of a VICAL, and NextListAt that of the next.
var (
	ListedAt   = time.Date(2026, 10, 30, 8, 0, 0, 0, time.UTC)
	NextListAt = time.Date(2026, 11, 29, 8, 0, 0, 0, time.UTC)
)

// Utopian is a list of both authorities of Utopia.
func Utopian() VICAL {
	ut := Utopia()
	types := []string{LicenceType, PhotoIDType}
	return VICAL{
		Signer: ut.ListSigner, Date: ListedAt, Next: NextListAt, IssueID: 7,
		Infos: []Info{{Cert: ut.IACA.Cert, DocTypes: types}, {Cert: ut.Brainpool.Cert, DocTypes: types}},
	}
}

// Encode writes the list.
func (v VICAL) Encode() []byte {
	infos := mint.Array{}
	for _, i := range v.Infos {
		infos = append(infos, into(i.Change, i.entry()))
	}
	content := mint.Map{
		{mint.Text("version"), mint.Text("1.0")}, {mint.Text("vicalProvider"), mint.Text("Utopia Test Provider")}, {mint.Text("date"), Moment(v.Date)},
	}
	if v.IssueID != 0 {
		content = append(content, mint.Pair{mint.Text("vicalIssueID"), mint.Int(v.IssueID)})
	}
	if !v.Next.IsZero() {
		content = append(content, mint.Pair{mint.Text("nextUpdate"), Moment(v.Next)})
	}
	content = append(content, mint.Pair{mint.Text("certificateInfos"), infos})
	payload := mint.Encode(into(v.Elements.Content, content))
	header := mint.Encode(into(v.Elements.Header, mint.Map{{mint.Int(mint.HeaderAlg), mint.Int(algorithm(v.Signer.Key))}}))
	signature := sign(v.Signer.Key, structure(header, payload))
	beside := into(v.Elements.Beside, mint.Map{{mint.Int(headerChain), Document{Signer: v.Signer, Chain: v.Chain}.chain()}})
	message := mint.Array{mint.Bytes(header), beside, mint.Bytes(hook(v.Elements.Altered, payload)), mint.Bytes(signature)}
	var whole mint.Item = message
	if v.Elements.Sign1 != nil {
		whole = v.Elements.Sign1(message)
	}
	if v.Tagged {
		whole = mint.Tag{Number: 18, Content: whole}
	}
	return mint.Encode(whole)
}

// entry is one CertificateInfo. What stands beside the certificate is read from it.
func (i Info) entry() mint.Map {
	c, err := cert.Parse(i.Cert)
	if err != nil {
		panic("mobile: " + err.Error())
	}
	types := mint.Array{}
	for _, t := range i.DocTypes {
		types = append(types, mint.Text(t))
	}
	return mint.Map{
		{mint.Text("certificate"), mint.Bytes(i.Cert)}, {mint.Text("serialNumber"), mint.Tag{Number: 2, Content: mint.Bytes(c.Serial)}},
		{mint.Text("ski"), mint.Bytes(c.SubjectKeyID)}, {mint.Text("docType"), types},
		{mint.Text("issuingAuthority"), mint.Text("Utopia Test Authority")}, {mint.Text("issuingCountry"), mint.Text("UT")},
	}
}
