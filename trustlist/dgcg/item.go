package dgcg

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"time"

	"github.com/travelseal/travelseal/internal/cert"
	"github.com/travelseal/travelseal/internal/strict/base64"
	"github.com/travelseal/travelseal/internal/strict/json"
	"github.com/travelseal/travelseal/trustlist"
)

// The types of certificate that a list has.
const (
	DSC    = "DSC"    // a document signer
	CSCA   = "CSCA"   // a country's authority, which issues document signers
	Upload = "UPLOAD" // a country's office, which signs what it uploads
)

// An Item is one certificate of a list, whether it can be used or not.
type Item struct {
	Index     int // its place in the list, from 0
	Type      string
	Country   string // ISO 3166-1 alpha-2, as the list gives it
	KeyID     []byte
	Timestamp time.Time // when it came to the gateway; zero where the list does not say
	Signature []byte    // CMS without its content, which is the certificate
	// Certificate is nil where it cannot be read.
	Certificate    *cert.Certificate
	Authentication trustlist.Authentication
	// Dropped says why the item is left out; "" where it is not.
	Dropped string
}

// The reasons for which an item is left out, beside those of package cert.
const (
	isUnreadable    = "it cannot be read"
	isConnection    = "it is for connections, and seals no document"
	isOffice        = "it signs what a country uploads, and seals no document"
	isUnknown       = "its type is not known here"
	otherThumbprint = "its thumbprint is that of another certificate"
	otherKeyID      = "its key ID is not the beginning of the digest of its certificate"
	otherCountry    = "its certificate is of another country"
	otherRole       = "its certificate is not of the type that the list gives"
	isRepeated      = "its certificate stands in the list twice"
)

// item is the gateway's TrustListDto.
type item struct {
	KeyID       string `json:"kid"`
	Timestamp   string `json:"timestamp"`
	Country     string `json:"country"`
	Type        string `json:"certificateType"`
	Thumbprint  string `json:"thumbprint"`
	Signature   string `json:"signature"`
	Certificate string `json:"rawData"`
}

var itemLimits = json.Limits{Depth: 2, Items: 32}

// A reader makes items of the elements of one list.
type reader struct{ seen map[string]bool }

func (r *reader) item(index int, v json.Value) Item {
	i := Item{Index: index}
	var j item
	if err := json.Unmarshal(v.Raw(), &j, itemLimits); err != nil {
		i.Dropped = fmt.Sprintf("%s: %v", isUnreadable, err)
		return i
	}
	i.Type, i.Country = j.Type, j.Country
	i.Timestamp, _ = time.Parse(time.RFC3339, j.Timestamp)
	i.Dropped = i.read(j)
	if i.Dropped == "" && r.seen[string(i.Certificate.Raw)] {
		i.Dropped = isRepeated
	}
	if i.Dropped == "" {
		r.seen[string(i.Certificate.Raw)] = true
	}
	return i
}

// read reads the members of an item, and says why it is left out.
func (i *Item) read(j item) string {
	for _, member := range []struct {
		name, text string
		to         *[]byte
	}{{"kid", j.KeyID, &i.KeyID}, {"signature", j.Signature, &i.Signature}} {
		b, err := base64.Decode(base64.StdPadded, []byte(member.text))
		if err != nil {
			return fmt.Sprintf("%s: %s: %v", isUnreadable, member.name, err)
		}
		*member.to = b
	}
	raw, err := base64.Decode(base64.StdPadded, []byte(j.Certificate))
	if err == nil {
		i.Certificate, err = cert.Parse(raw)
	}
	if err != nil {
		return fmt.Sprintf("%s: rawData: %v", isUnreadable, err)
	}
	sum := sha256.Sum256(raw)
	switch {
	case hex.EncodeToString(sum[:]) != j.Thumbprint:
		return otherThumbprint
	case string(i.KeyID) != string(sum[:keyIDSize]):
		return otherKeyID
	}
	return i.unfit()
}

// keyIDSize is the length of the kid (eHealth Network, "Digital Green Certificates, volume 1", §3.2.2).
const keyIDSize = 8

// unfit holds the certificate of an item against its type and country.
func (i *Item) unfit() string {
	c := i.Certificate
	if err := c.Usable(); err != nil {
		return err.Error()
	}
	country := c.Subject.Country
	if country == "" {
		country = c.Issuer.Country
	}
	if country != "" && !trustlist.SealsFor(strings.ToUpper(country), i.Country) {
		return otherCountry
	}
	switch isCA := issues(c); i.Type {
	case CSCA:
		if !isCA {
			return otherRole
		}
	case DSC, Upload:
		if isCA {
			return otherRole
		}
	case "AUTHENTICATION":
		return isConnection
	default:
		return isUnknown
	}
	return ""
}

// issues reports whether a certificate is a CA's: it says so, or it has the key usage of one and none for signatures.
// Genuine document signers have keyCertSign beside digitalSignature.
func issues(c *cert.Certificate) bool {
	return c.CA || c.KeyUsage.Has(cert.CertSign) && !c.KeyUsage.Has(cert.DigitalSignature)
}

// String names the item by its place, and by its country and type where these are known.
func (i Item) String() string {
	return strings.TrimRight(fmt.Sprintf("item %d %s %s", i.Index+1, i.Country, i.Type), " ")
}
