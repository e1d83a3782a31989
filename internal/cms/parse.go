package cms

import (
	"crypto"
	"slices"

	"github.com/travelseal/travelseal/internal/cert"
	"github.com/travelseal/travelseal/internal/der"
)

// Envelope is the name of this envelope in a formats.Seal.
const Envelope = "CMS"

// What the messages of travel documents need at most. The largest master list has some 600 certificates in 1 MiB, all
// within one OCTET STRING, whose content is read by others.
var (
	SODLimits  = der.Limits{Size: 64 << 10, Elements: 4096}
	ListLimits = der.Limits{Size: 8 << 20, Elements: 32 << 10}
)

// The bounds of the parts of a message. Genuine ones have one signer and up to three certificates.
const (
	maxCertificates = 64
	maxSigners      = 16
	maxDigests      = 16
)

var oidSignedData = der.MustOID("1.2.840.113549.1.7.2") // RFC 5652 §5.1

// A SignedData is one message, as it stands. Its byte slices point into the bytes it was parsed from, or into the DER that
// was made of these.
type SignedData struct {
	Version     int
	ContentType der.OID
	// Content is the content itself, the octets of eContent; nil where the message does not carry it. A caller who knows
	// such a detached content may set it.
	Content []byte
	// Certificates and CRLs are in DER, in the order found.
	Certificates, CRLs [][]byte
	Signers            []SignerInfo
	Deviations         []der.Deviation
}

// Parse reads exactly one message, with nothing after it, within the limits. The error is a *formats.Error without a Format.
//
// What is wrong with a signer, but leaves the message readable, does not fail here: see [SignedData.Seal].
func Parse(data []byte, limits der.Limits) (*SignedData, error) {
	message, rest, found, err := der.Normalize(data, limits)
	if err != nil {
		return nil, fail(err)
	}
	if len(rest) > 0 {
		return nil, fail(&der.Error{What: "the message", Offset: len(data) - len(rest), Err: der.ErrTrailing})
	}
	sd := &SignedData{Deviations: found}
	if err := sd.contentInfo(message); err != nil {
		return nil, fail(err)
	}
	return sd, nil
}

// contentInfo reads ContentInfo ::= SEQUENCE { contentType, [0] EXPLICIT content } (RFC 5652 §3).
func (sd *SignedData) contentInfo(message []byte) error {
	info, err := der.Only(message, der.Sequence, "the content info")
	if err != nil {
		return err
	}
	r := info.Reader()
	oid, err := r.OID("the type of the message")
	if err != nil {
		return err
	}
	if oid != oidSignedData {
		return info.Fail("the type of the message", der.ErrValue)
	}
	outer, err := r.Read(der.ContextOf(0), "the signed data")
	if err != nil {
		return err
	}
	if err := r.End("the content info"); err != nil {
		return err
	}
	body, err := outer.Inside(der.Sequence, "the signed data")
	if err != nil {
		return err
	}
	return sd.signedData(body.Reader())
}

// signedData reads the members of SignedData (RFC 5652 §5.1).
func (sd *SignedData) signedData(r der.Reader) error {
	const what = "the signed data"
	version, err := r.Read(der.Integer, "the version of the signed data")
	if err != nil {
		return err
	}
	if sd.Version, err = version.Small(5, "the version of the signed data"); err != nil {
		return err
	}
	digests, err := digestSet(&r)
	if err != nil {
		return err
	}
	if err := sd.encapsulated(&r); err != nil {
		return err
	}
	if sd.Certificates, err = choices(&r, 0, "the certificates"); err != nil {
		return err
	}
	if sd.CRLs, err = choices(&r, 1, "the revocation lists"); err != nil {
		return err
	}
	infos, err := r.Read(der.Set, "the signers")
	if err != nil {
		return err
	}
	if err := r.End(what); err != nil {
		return err
	}
	if err := sd.signers(infos, digests); err != nil {
		return err
	}
	if sd.Version != sd.version() {
		sd.note(Version, what, version.Offset)
	}
	return nil
}

// digestSet reads digestAlgorithms. Hashes that have no name here are passed over: a signer who uses one is told apart
// later.
func digestSet(r *der.Reader) ([]crypto.Hash, error) {
	const what = "the digest algorithms"
	set, err := r.Read(der.Set, what)
	if err != nil {
		return nil, err
	}
	list := make([]crypto.Hash, 0, 2)
	n := 0
	for in := set.Reader(); !in.Empty(); n++ {
		id, err := in.Read(der.Sequence, what)
		if err != nil {
			return nil, err
		}
		if n == maxDigests {
			return nil, id.Fail(what, der.ErrLimit)
		}
		if h, err := cert.Hash(id); err == nil {
			list = append(list, h)
		}
	}
	return list, nil
}

// encapsulated reads encapContentInfo (RFC 5652 §5.2).
func (sd *SignedData) encapsulated(r *der.Reader) error {
	info, err := r.Read(der.Sequence, "the encapsulated content")
	if err != nil {
		return err
	}
	in := info.Reader()
	if sd.ContentType, err = in.OID("the type of the content"); err != nil {
		return err
	}
	outer, found, err := in.Optional(der.ContextOf(0), "the content")
	if err != nil {
		return err
	}
	if found {
		octets, err := outer.Inside(der.OctetString, "the content")
		if err != nil {
			return err
		}
		sd.Content = octets.Content
	}
	return in.End("the encapsulated content")
}

// choices reads CertificateSet or RevocationInfoChoices, of which only X.509 is used: the other choices have other tags
// (RFC 5652 §10.2.1 and §10.2.2) and no use in travel documents.
func choices(r *der.Reader, number uint32, what string) ([][]byte, error) {
	set, found, err := r.Optional(der.ContextOf(number), what)
	if err != nil || !found {
		return nil, err
	}
	list := make([][]byte, 0, 2)
	for in := set.Reader(); !in.Empty(); {
		v, err := in.Read(der.Sequence, what)
		if err != nil {
			return nil, err
		}
		if len(list) == maxCertificates {
			return nil, v.Fail(what, der.ErrLimit)
		}
		list = append(list, v.Raw)
	}
	return list, nil
}

// signers reads SignerInfos.
func (sd *SignedData) signers(set der.Value, digests []crypto.Hash) error {
	for in := set.Reader(); !in.Empty(); {
		v, err := in.Read(der.Sequence, "the signer")
		if err != nil {
			return err
		}
		if len(sd.Signers) == maxSigners {
			return v.Fail("the signers", der.ErrLimit)
		}
		s, err := sd.signer(v)
		if err != nil {
			return err
		}
		if s.Digest != 0 && !slices.Contains(digests, s.Digest) {
			sd.note(DigestNotListed, "the signer", v.Offset)
		}
		sd.Signers = append(sd.Signers, s)
	}
	return nil
}

// version is what §5.1 wants: without the other kinds of certificate, 3 where a signer's version is 3 or the content is
// not id-data, and 1 otherwise.
func (sd *SignedData) version() int {
	if sd.ContentType != oidData || slices.ContainsFunc(sd.Signers, func(s SignerInfo) bool { return s.version == 3 }) {
		return 3
	}
	return 1
}

var oidData = der.MustOID("1.2.840.113549.1.7.1") // RFC 5652 §4
