package cms

import (
	"bytes"

	"github.com/travelseal/travelseal/internal/der"
)

// match finds the certificates of the message that the signer's identifier fits, and notes where that is not just one. An
// identifier is a hint: which certificate is the signer's, the signature decides.
func (sd *SignedData) match(s *SignerInfo, offset int) {
	padded := false
	for i, c := range sd.Certificates {
		n, ok := names(c)
		switch {
		case !ok:
		case s.SubjectKeyID != nil:
			if bytes.Equal(n.keyID, s.SubjectKeyID) {
				s.matching = append(s.matching, i)
			}
		case bytes.Equal(n.issuer, s.Issuer):
			if equal, exact := sameSerial(n.serial, s.Serial); equal {
				s.matching = append(s.matching, i)
				padded = padded || !exact
			}
		}
	}
	switch {
	case len(sd.Certificates) > 0 && len(s.matching) == 0:
		sd.note(SignerUnmatched, "the signer's identifier", offset)
	case len(s.matching) > 1:
		sd.note(SignerAmbiguous, "the signer's identifier", offset)
	}
	if padded {
		sd.note(SerialPadded, "the serial number in the signer's identifier", offset)
	}
}

// sameSerial compares the contents of two INTEGERs. Serial numbers are positive (RFC 5280 §4.1.2.2), but some CAs have
// written their first bit without the zero before it, so that it reads as a sign, while signers write the zero: then the
// two are equal, and not exactly.
func sameSerial(a, b []byte) (equal, exact bool) {
	if bytes.Equal(a, b) {
		return true, true
	}
	return bytes.Equal(bytes.TrimLeft(a, "\x00"), bytes.TrimLeft(b, "\x00")), false
}

// identity is what identifies a certificate within a message.
type identity struct{ issuer, serial, keyID []byte }

var oidSubjectKeyID = der.MustOID("2.5.29.14") // RFC 5280 §4.2.1.2

// names reads of a certificate (RFC 5280 §4.1) what an identifier can name. Everything else about it is read by whoever
// looks for a path, so that a message costs little before anybody does.
func names(certificate []byte) (n identity, ok bool) {
	v, err := der.Only(certificate, der.Sequence, "a certificate")
	if err != nil {
		return n, false
	}
	r := v.Reader()
	tbs, err := r.Read(der.Sequence, "a certificate")
	if err != nil {
		return n, false
	}
	r = tbs.Reader()
	if _, _, err := r.Optional(der.ContextOf(0), "its version"); err != nil {
		return n, false
	}
	serial, err := r.Read(der.Integer, "its serial number")
	if err != nil {
		return n, false
	}
	if _, err := r.Read(der.Sequence, "its algorithm"); err != nil {
		return n, false
	}
	issuer, err := r.Read(der.Sequence, "its issuer")
	if err != nil {
		return n, false
	}
	n.issuer, n.serial = issuer.Raw, serial.Content
	for !r.Empty() {
		v, err := r.Next("its remaining members")
		if err != nil {
			return n, false
		}
		if v.Tag == der.ContextOf(3) {
			n.keyID = keyID(v)
		}
	}
	return n, true
}

// keyID reads the subject key identifier among extensions; nil where there is none.
func keyID(outer der.Value) []byte {
	list, err := outer.Inside(der.Sequence, "the extensions")
	if err != nil {
		return nil
	}
	for r := list.Reader(); !r.Empty(); {
		extension, err := r.Read(der.Sequence, "an extension")
		if err != nil {
			return nil
		}
		in := extension.Reader()
		if oid, err := in.OID("its type"); err != nil || oid != oidSubjectKeyID {
			continue
		}
		if _, _, err := in.Optional(der.Boolean, "whether it is critical"); err != nil {
			return nil
		}
		value, err := in.Read(der.OctetString, "its value")
		if err != nil {
			return nil
		}
		if id, err := value.Inside(der.OctetString, "the key identifier"); err == nil {
			return id.Content
		}
	}
	return nil
}
