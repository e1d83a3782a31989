package trustlist

import (
	"bytes"
	"crypto"
	"crypto/sha256"
	"crypto/x509"
	"slices"
	"strings"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/cert"
	"github.com/travelseal/travelseal/internal/der"
)

// An Anchor is one key or certificate that a relying party has decided to trust: whose it is, for which formats and
// uses, when, and which published list said so.
type Anchor struct {
	Role    Role
	Uses    formats.Uses // what it may vouch for; 0 permits nothing
	Issuer  string       // the issuer's name as documents write it; "" where the key ID alone identifies the key
	Country string       // ISO 3166-1 alpha-2, upper case; "" where unknown
	KeyID   []byte       // as documents write it; nil where only the key's own digests identify it
	Key     crypto.PublicKey
	// Certificate is the DER certificate of the key, where there is one.
	Certificate []byte
	// KeyNotBefore and KeyNotAfter bound the time in which the private key signs, where its certificate says so (private key
	// usage period, RFC 3280 §4.2.1.4). What it has signed lasts longer.
	KeyNotBefore, KeyNotAfter time.Time
	// DocumentTypes are the kinds of travel document that the certificate limits itself to, as the first letters of their
	// machine readable zones: "P", "ID" (Doc 9303-12 §7.1.1.6), or that a list limits an authority to, by the types of mobile
	// documents. Empty where nothing does.
	DocumentTypes []string
	// Scope lists the formats that the key may seal, by ID; AnyFormat permits all, an empty Scope none.
	Scope []formats.ID
	// NotBefore and NotAfter bound the key's use; a zero time is no bound. RevokedAt is the moment from which nothing that
	// the key sealed counts any more.
	NotBefore, NotAfter, RevokedAt time.Time
	Source                         Source
	// Tombstone is the withdrawal of the key from the list, where it is one that a list brought back; its Since is zero where
	// there is none.
	Tombstone Tombstone
	// Lists is how many sources name the authority that the anchor is, or was found through. One name on many lists is worth
	// more than on one alone (a CSCA that a single state publishes may be its mistake).
	Lists int

	index   int  // in the list
	led     bool // it stands on a packed list because it leads to a CA of it
	digests digests
	names   references
	cert    *cert.Certificate // of Certificate
	path    cert.Path         // from the certificate to the CA that is trusted; empty where the key itself is
}

// AnyFormat as a member of Scope permits every format.
const AnyFormat formats.ID = "*"

// A Role says what an Anchor may sign. The zero Role signs nothing.
type Role int

const (
	NoRole Role = iota
	// Signer seals documents (DSC, barcode signer, issuer key).
	Signer
	// CA signs certificates and never documents (CSCA, IACA, SCA).
	CA
	// ListSigner signs trust lists.
	ListSigner
)

var roleNames = [...]string{NoRole: "", Signer: "signer", CA: "ca", ListSigner: "list-signer"}

func (r Role) String() string {
	if r < 0 || int(r) >= len(roleNames) {
		return "unknown"
	}
	return roleNames[r]
}

// A Source says where an Anchor came from.
type Source struct {
	Name   string    // the list or file
	Date   time.Time // the list's own date, or its entry's where the list dates each; zero where it has none
	SHA256 [sha256.Size]byte
	// Authentication says what vouches for the Anchor on this list.
	Authentication Authentication
}

// digests are the hashes of a key by which documents can name it without a list telling them how.
type digests struct{ cert, spki digest }

// A digest is a SHA-256, or nothing where all its bytes are zero.
type digest [sha256.Size]byte

// begins reports whether a key ID is the beginning of the digest, and enough of it to mean this one.
func (d *digest) begins(keyID []byte) bool {
	return len(keyID) >= minDigest && *d != digest{} && bytes.HasPrefix(d[:], keyID)
}

// seal computes the digests of an Anchor's key and certificate once.
func (a *Anchor) seal() {
	if a.cert == nil && a.Certificate != nil {
		a.cert, _ = cert.Parse(a.Certificate) // a caller's own; what cannot be read leads nowhere
	}
	if a.Certificate != nil {
		a.digests.cert = sha256.Sum256(a.Certificate)
	}
	if a.cert != nil {
		a.names = referencesOf(a.cert)
	}
	if spki, err := x509.MarshalPKIXPublicKey(a.Key); err == nil {
		a.digests.spki = sha256.Sum256(spki)
	} else if a.cert != nil { // a curve that the standard library cannot write
		a.digests.spki = sha256.Sum256(a.cert.SPKI)
	}
}

// minDigest is how much of a digest a key ID must hold to identify the key: the eight bytes of the EU's and WHO's kid.
const minDigest = 8

// IdentifiedBy reports whether a document's hints name this very key: its key ID is a digest of the key or the
// certificate, it came with the certificate and no other could be the signer's, issuer and key ID both match, or the key ID is
// a name that the certificate has among the signers of barcodes. Only then does a failing signature disprove the document; a
// key ID alone is a hint that another key may share.
func (a *Anchor) IdentifiedBy(s formats.Signer) bool {
	if a.digests.cert.begins(s.KeyID) || a.digests.spki.begins(s.KeyID) || a.names.identify(a.Country, s) {
		return true
	}
	if a.Certificate != nil && s.Leaves <= 1 && len(s.Chain) > 0 && bytes.Equal(s.Chain[0], a.Certificate) {
		return true
	}
	return a.Issuer != "" && a.Issuer == s.Issuer && len(a.KeyID) > 0 && bytes.Equal(a.KeyID, s.KeyID)
}

// Permits reports whether the key may seal documents of this format.
func (a *Anchor) Permits(id formats.ID) bool {
	return slices.Contains(a.Scope, AnyFormat) || slices.Contains(a.Scope, id)
}

// SealsType reports whether the key's certificate lets it seal travel documents of a type. Machine readable zones write one
// letter and a second one that says more, so that "P" stands for all passports. A document that has no such type is not
// limited.
func (a *Anchor) SealsType(document string) bool {
	return len(a.DocumentTypes) == 0 || document == "" ||
		slices.ContainsFunc(a.DocumentTypes, func(t string) bool { return strings.HasPrefix(document, t) })
}

// ValidAt reports whether a moment lies within the key's own validity.
func (a *Anchor) ValidAt(t time.Time) bool { return within(t, a.NotBefore, a.NotAfter) }

// SignsAt reports whether a moment lies within the time in which the private key signs.
func (a *Anchor) SignsAt(t time.Time) bool { return within(t, a.KeyNotBefore, a.KeyNotAfter) }

// within reports whether a moment lies between two others, both included; a zero time is no bound.
func within(t, from, until time.Time) bool {
	return (from.IsZero() || !t.Before(from)) && (until.IsZero() || !t.After(until))
}

// PathValidAt reports whether every certificate from the signer's up to the trusted CA was valid at a moment. The moment
// that counts is that of signing: a passport outlives the certificate of the CA above its signer.
func (a *Anchor) PathValidAt(t time.Time) bool { return len(a.path.Outside(t)) == 0 }

// Fits is nil where the key's own certificate lets it be used with an algorithm. A certificate can bind a key to RSA-PSS and
// to parameters (RFC 4055 §1.2).
func (a *Anchor) Fits(algorithm formats.Algorithm) error {
	if a.cert == nil {
		return nil
	}
	return a.cert.KeyLimits.Permit(algorithm)
}

// Deviations are the codes of what was tolerated in the certificates from the signer's up to the trusted one, each once.
func (a *Anchor) Deviations() []string {
	var codes []string
	add := func(list []der.Deviation) {
		for _, d := range list {
			if !slices.Contains(codes, d.Code) {
				codes = append(codes, d.Code)
			}
		}
	}
	if a.cert != nil {
		add(a.cert.Deviations)
	}
	for _, c := range a.path.Certificates {
		add(c.Deviations)
	}
	add(a.path.Deviations)
	slices.Sort(codes)
	return codes
}
