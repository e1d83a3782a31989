package cert

import (
	"bytes"
	"crypto"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/der"
)

// MaxCertificate is how long a certificate may be, in bytes. The longest on the lists has a third of it.
const MaxCertificate = 16 << 10

// A Certificate is what a certificate says. Nothing about it has been checked: see [Certificate.Usable] and [Pool.Path].
// All byte fields point into the bytes given to [Parse].
type Certificate struct {
	Raw, TBS []byte // the whole, and the part that is signed
	Version  int    // 1 to 3
	// Serial is the content of the INTEGER as it stands: two's complement, negative or padded where the issuer wrote it
	// so. Signer identifiers repeat it byte for byte.
	Serial          []byte
	Issuer, Subject Name
	// NotBefore and NotAfter bound the validity, both included.
	NotBefore, NotAfter time.Time
	// KeyNotBefore and KeyNotAfter bound the time in which the private key signs (RFC 3280 §4.2.1.4, Doc 9303-12 §7.1.1);
	// zero where the certificate does not say.
	KeyNotBefore, KeyNotAfter time.Time

	SPKI []byte // SubjectPublicKeyInfo, DER
	// Key is *rsa.PublicKey, *ecdsa.PublicKey (P-256, P-384, P-521), *ec.PublicKey or ed25519.PublicKey; nil where
	// KeyProblem says why it cannot be used.
	Key        crypto.PublicKey
	KeyProblem error
	KeyLimits  KeyLimits

	// Algorithm is that of the signature; AlgorithmProblem says why it cannot be checked.
	Algorithm        formats.Algorithm
	AlgorithmProblem error
	Signature        []byte

	KeyUsage    KeyUsage
	HasKeyUsage bool
	ExtKeyUsage []der.OID // nil where the extension is absent
	// BasicConstraints says that the extension is present. MaxPath is its path length, -1 where it gives none.
	BasicConstraints, CA bool
	MaxPath              int

	SubjectKeyID, AuthorityKeyID []byte
	AuthorityIssuer              []byte // a Name, DER
	AuthoritySerial              []byte // as Serial
	// DocumentTypes are the document codes of the MRZs that a signer may sign; one of a single letter stands for all that
	// begin with it (Doc 9303-12 §7.1.1.6). nil where the certificate does not say.
	DocumentTypes []string
	// StateCode is the issuing state as the MRZ writes it, such as "UTO" or "D", and StateDetail the state's own code where
	// that is not unique (Doc 9303-12 §7.1.1.2); "" where the subject's alternative name does not say.
	StateCode, StateDetail string
	NameChange             bool // a link certificate under a new name (Doc 9303-12 §7.1.1.5)

	// UnknownCritical are extensions that must be understood and are not (RFC 5280 §4.2).
	UnknownCritical []der.OID
	Deviations      []der.Deviation

	problem error // what the whole contradicts itself in
}

// Parse reads one certificate of at most [MaxCertificate] bytes. Errors are *[der.Error]. The certificate points into raw.
func Parse(raw []byte) (*Certificate, error) {
	const what = "the certificate"
	if len(raw) > MaxCertificate {
		return nil, &der.Error{What: what, Err: der.ErrLimit}
	}
	outer, err := der.Only(raw, der.Sequence, what)
	if err != nil {
		return nil, err
	}
	tbs, algorithm, signature, err := readSigned(outer, what)
	if err != nil {
		return nil, err
	}
	c := &Certificate{Raw: outer.Raw, TBS: tbs.Raw, Signature: signature, MaxPath: -1}
	var n notes
	c.Algorithm, c.AlgorithmProblem = readAlgorithm(algorithm, &n)
	if err := c.readTBS(tbs, algorithm, &n); err != nil {
		return nil, err
	}
	c.Deviations = n.list
	return c, nil
}

// readTBS reads TBSCertificate (RFC 5280 §4.1).
func (c *Certificate) readTBS(tbs, outer der.Value, n *notes) error {
	r := tbs.Reader()
	if err := c.readVersion(&r); err != nil {
		return err
	}
	serial, err := r.Read(der.Integer, "the serial number")
	if err != nil {
		return err
	}
	if err := c.readSerial(serial, n); err != nil {
		return err
	}
	inner, err := r.Read(der.Sequence, "the inner signature algorithm")
	if err != nil {
		return err
	}
	if !bytes.Equal(inner.Raw, outer.Raw) { // RFC 5280 §4.1.1.2
		c.object(inner.Fail("the signature algorithm", errAlgorithms))
	}
	if c.Issuer, err = readName(&r, "the issuer", n); err != nil {
		return err
	}
	if c.Issuer.Empty() { // RFC 5280 §4.1.2.4; a subject may be empty (§4.1.2.6)
		return inner.Fail("the issuer", der.ErrValue)
	}
	if err := c.readValidity(&r, n); err != nil {
		return err
	}
	if c.Subject, err = readName(&r, "the subject", n); err != nil {
		return err
	}
	spki, err := r.Read(der.Sequence, "the public key")
	if err != nil {
		return err
	}
	c.SPKI = spki.Raw
	if c.Key, c.KeyLimits, c.KeyProblem, err = readSPKI(spki, n); err != nil {
		return err
	}
	return c.readRest(&r, n)
}

func (c *Certificate) readVersion(r *der.Reader) error {
	const what = "the version"
	version, found, err := readSmall(r, 0, 2, what)
	if err != nil {
		return err
	}
	c.Version = version + 1
	if found && version == 0 { // X.690 §11.5; no list has it
		return &der.Error{What: what, Offset: r.Offset(), Err: der.ErrValue}
	}
	return nil
}

// maxSerial is how long a serial number may be; RFC 5280 §4.1.2.2 allows 20 octets.
const maxSerial = 32

// readSerial takes what RFC 5280 §4.1.2.2 forbids where issuers do it, as a serial number is only ever compared.
func (c *Certificate) readSerial(v der.Value, n *notes) (err error) {
	const what = "the serial number"
	if c.Serial, err = v.Integer(what); err != nil {
		return err
	}
	switch s := c.Serial; {
	case len(s) > maxSerial:
		return v.Fail(what, der.ErrLimit)
	case s[0] >= 0x80:
		n.add(CodeSerialNegative, what, v.Offset)
	case len(s) == 1 && s[0] == 0:
		n.add(CodeSerialZero, what, v.Offset)
	}
	if len(c.Serial) > 20 {
		n.add(CodeSerialLong, what, v.Offset)
	}
	return nil
}

// object keeps the first reason for which nothing may rest on the certificate.
func (c *Certificate) object(err error) {
	if c.problem == nil {
		c.problem = err
	}
}

// readRest reads what may follow the key.
func (c *Certificate) readRest(r *der.Reader, n *notes) error {
	for _, tag := range []der.Tag{der.Context(1), der.Context(2)} { // unique identifiers, which nobody uses
		if _, _, err := r.Optional(tag, "a unique identifier"); err != nil {
			return err
		}
	}
	outer, found, err := r.Optional(der.ContextOf(3), "the extensions")
	if err != nil {
		return err
	}
	if err := r.End("the signed part"); err != nil || !found {
		return err
	}
	if c.Version < 3 {
		c.object(outer.Fail("the extensions", errVersion))
	}
	list, err := outer.Inside(der.Sequence, "the extensions")
	if err != nil {
		return err
	}
	return c.readExtensions(list, n)
}
